"""What the rules that come with the product must hold, whatever else changes in them."""

from webapp.checks.reports.coverage import not_exercised
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.rulebook import Rulebook

TOPICS = [
    "ms_type",
    "disease_activity",
    "age_and_duration",
    "disability",
    "treatment_history",
    "treatment_options",
    "general_health",
    "fertility_and_family",
    "risks",
    "after_cell_treatment",
    "recovery_and_aftercare",
    "evidence_and_trials",
    "mesenchymal_cells",
    "other_cells",
    "clinics_and_offers",
    "access_and_cost",
    "values",
    "safety_net",
]
"""As other programs know them."""


def test_every_topic_has_points_and_there_are_no_others(rulebook: Rulebook) -> None:
    assert [topic.id for topic in rulebook.header.topics] == TOPICS
    assert set(rulebook.topics_of.values()) == set(TOPICS)


def test_every_side_has_its_points_and_none_drowns_the_others(rulebook: Rulebook) -> None:
    groups = [rule.group for rule in rulebook.rules.values()]
    for group in ("points_for", "points_of_caution", "open_questions", "background"):
        assert len(groups) / 10 < groups.count(group) < len(groups) / 2, group


def test_there_is_a_body_of_evidence(rulebook: Rulebook) -> None:
    assert len(rulebook.findings) >= 250
    assert len({finding.source for finding in rulebook.findings.values()}) >= 120
    assert len(rulebook.studies) >= 14
    assert len(rulebook.claims) >= 40


def test_studies_of_every_kind_and_of_both_kinds_of_cells_are_included(rulebook: Rulebook) -> None:
    studies = rulebook.studies.values()
    assert {study.kind for study in studies} == {"guideline", "health_system", "payer", "trial"}
    assert {study.therapy for study in studies} >= {"ahsct", "msc", "msc_np"}


def test_no_finding_rests_on_news_or_on_a_provider_for_what_a_treatment_does(rulebook: Rulebook) -> None:
    weak = {"provider_page", "news", "expert_opinion"}
    of_outcomes = {rulebook.findings[outcome.number.partition(".")[0]].design for outcome in rulebook.outcomes.values()}
    assert of_outcomes & weak == set()


def test_not_every_claim_is_right_and_not_every_claim_is_wrong(rulebook: Rulebook) -> None:
    verdicts = {claim.verdict for claim in rulebook.claims.values()}
    assert verdicts >= {"right", "right_but_incomplete", "misleading", "wrong", "cannot_be_checked"}


def test_sources_that_nobody_opened_are_few_and_their_reporter_is_named(rulebook: Rulebook) -> None:
    unread = {source.id for source in rulebook.sources.values() if source.unread}
    resting = [finding for finding in rulebook.findings.values() if finding.source in unread]
    assert len(unread) < len(rulebook.sources) / 3
    assert [finding.id for finding in resting if not finding.via] == []


def test_every_part_of_every_rule_is_exercised_by_an_example(rulebook: Rulebook) -> None:
    assert list(not_exercised(rulebook)) == []


def test_who_has_another_disease_gets_nothing_that_rests_on_answers_about_ms(rulebook: Rulebook) -> None:
    """That comes first. The others are points for everybody, and what to ask at any place."""
    sure = {question.id: (question.options[0].id,) for question in rulebook.questions.values()}
    points = evaluate(rulebook, {**sure, "ms_type": ("other_condition",)}).points
    assert {question for point in points for question, _ in point.judgement.because} == {
        "ms_type",
        "setting",
        "decision_role",
    }
    assert next(point.rule.id for point in points if point.rule.safety) == "other-disease-guide-is-about-ms"
