from collections.abc import Iterator, Sequence

import pytest

from tests.sheets import MANY, sheet_of
from tests.strategies import Given
from webapp.content.comparisons import outcomes, studies
from webapp.evaluation.answers import parse_answers, resolve
from webapp.evaluation.evaluate import evaluate
from webapp.evaluation.explain import would_change
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import FIRST_POINTS, IN_FULL_ELSEWHERE, build_sheet
from webapp.sheet.model import DiscussionSheet, SheetPoint
from webapp.sheet.ordering import HIGHEST
from webapp.sheet.own_answers import MOST_NAMES

ACTIVE: Given = {
    "ms_type": "relapsing_remitting",
    "mri_12m": "enhancing",
    "relapses_12m": "two_or_more",
    "dmt_ever": ["natalizumab"],
    "breakthrough_on": ["natalizumab"],
}


@pytest.fixture(params=MANY)
def sheet(request: pytest.FixtureRequest) -> DiscussionSheet:
    """The sheets of many people in turn."""
    return sheet_of(request.param)


def open_points(sheet: DiscussionSheet) -> Sequence[SheetPoint]:
    return [point for group in sheet.groups for point in group.first]


def folded_points(sheet: DiscussionSheet) -> Sequence[SheetPoint]:
    return [point for group in sheet.groups for point in group.more]


def texts(sheet: DiscussionSheet) -> Iterator[str]:
    """Yield every text of the sheet that a rule or a finding brought."""
    for point in sheet.points:
        yield from (point.headline, point.say, *point.ask, *point.remind)
        yield from (text for note in point.notes for text in (note.finding.says, note.finding.caveat or ""))
        yield point.when
    for entry in (entry for _, entries in sheet.not_shown for entry in entries):
        yield from (entry.headline, entry.when)
    for open_question in sheet.find_out:
        yield from (open_question.why, open_question.how, *open_question.ask, *open_question.points.values())
    yield from (question.text for question in sheet.two_pages.choices)


def test_each_point_that_applies_is_on_the_sheet_once_in_its_own_group(
    sheet: DiscussionSheet, rulebook: Rulebook
) -> None:
    on_sheet = [point.id for point in sheet.points]
    assert sorted(on_sheet) == sorted(point.rule.id for point in evaluate(rulebook, sheet.given).points)
    assert len(set(on_sheet)) == len(on_sheet)
    assert [group.title.id for group in sheet.groups] == [group.id for group in rulebook.header.groups]
    for group in sheet.groups:
        assert {point.group for point in (*group.first, *group.more)} <= {group.title.id}


def test_a_group_opens_with_own_points_by_weight_and_number_of_answers_and_general_ones_follow(
    sheet: DiscussionSheet, rulebook: Rulebook
) -> None:
    """A medicine may answer three questions: they count as one. What everybody gets comes with them if it weighs 3."""
    medicines = {"dmt_ever", "dmt_now", "breakthrough_on"}
    for group in sheet.groups:
        points = [*group.first, *group.more]
        ranks = []
        for point in points:
            asked = {reason.question.id for reason in point.because}
            count = len(asked - medicines) + bool(asked & medicines)
            weight = rulebook.rules[point.id].weight
            general = 2 if point.waits_for else 0 if weight == HIGHEST else 1
            ranks.append((0 if count else general, -weight, -count))
        general_safety = [place for place, point in enumerate(points) if point.safety and not point.because]
        together = range(len(points) - max(0, len(general_safety) - 1), len(points))
        assert general_safety[1:] == list(together)
        assert ranks[: together.start] == sorted(ranks[: together.start])
        assert ranks[together.start :] == sorted(ranks[together.start :])
        assert FIRST_POINTS == 5
        assert len(group.first) == min(FIRST_POINTS, together.start)


def test_sources_are_numbered_without_gaps_as_they_come_and_each_is_used(sheet: DiscussionSheet) -> None:
    by_number = {source.number: source for source in sheet.sources}
    pages = sheet.two_pages
    used = [number for box in (*pages.boxes, pages.still_open) for point in box.points for number in point.sources]
    used += [number for row in pages.facts for number in row.sources]
    used += [number for row in pages.options for _, numbers in row.cells for number in numbers]
    used += [number for entry in sheet.find_out for number in entry.sources]
    used += [note.number for point in (*open_points(sheet), *folded_points(sheet)) for note in point.notes]
    rows = [row.id for row in sheet.options.rows]
    of_parts = {
        "options": [
            finding for option in sheet.options.options for row in rows for finding in option.cells[row].findings
        ],
        "steps": [finding for step in sheet.steps for finding in step.findings],
        "numbers": [outcome.finding.id for outcome in sheet.outcomes],
        "studies": [finding for study in sheet.studies for row in study.rows for finding in row.criterion.findings],
        "offers": [finding for entry in sheet.offers.entries for finding in entry.findings],
        "trials": [finding for trial in sheet.trials for row in trial.rows for finding in row.criterion.findings],
    }
    in_order = sorted(sheet.parts, key=lambda part: part.id in IN_FULL_ELSEWHERE)
    beside = [finding for part in in_order for finding in (*of_parts.get(part.id, ()), *part.findings)]
    used += [number for finding in beside for number in sheet.cited([finding])]
    assert list(dict.fromkeys(used)) == list(by_number) == list(range(1, len(sheet.sources) + 1))
    assert len({source.source.id for source in sheet.sources}) == len(sheet.sources)
    for note in (note for point in sheet.points for note in point.notes):
        source = by_number[note.number]
        assert source.source.id == note.finding.source
        assert note.finding in source.findings
        assert note.finding.locator.removesuffix(".") in source.places
        assert source.checked <= note.finding.checked


def test_what_is_not_on_the_sheet_is_listed_by_topic_with_nothing_left_out(
    sheet: DiscussionSheet, rulebook: Rulebook
) -> None:
    shown = {point.id for point in sheet.points}
    absent = {
        topic.id: [rule for rule, its in rulebook.topics_of.items() if its == topic.id and rule not in shown]
        for topic in rulebook.header.topics
    }
    listed = {topic.id: [entry.id for entry in entries] for topic, entries in sheet.not_shown}
    assert listed == {topic: rules for topic, rules in absent.items() if rules}
    assert list(listed) == [topic for topic in absent if topic in listed]


def test_the_single_answer_that_would_change_a_point_does_change_it(rulebook: Rulebook) -> None:
    taken = parse_answers(
        rulebook, {"ms_type": "relapsing_remitting", "mri_12m": "no_new_lesions", "walking": "unlimited"}
    )
    sheet = build_sheet(rulebook, taken)
    shown = {point.id for point in sheet.points}
    one_answer = [
        (name, reason.question.id, option)
        for name, reasons in (
            *((point.id, point.would_change) for point in sheet.points),
            *((entry.id, entry.would_change) for _, entries in sheet.not_shown for entry in entries),
        )
        for reason in reasons
        if reason.question.kind == "one"
        for option in reason.options
    ]
    changed = {(question, option) for _, question, option in one_answer}
    then = {
        (question, option): {point.rule.id for point in evaluate(rulebook, {**taken, question: (option,)}).points}
        for question, option in changed
    }
    assert {name for name, _, _ in one_answer} & shown
    assert {name for name, _, _ in one_answer} - shown
    for name, question, option in one_answer:
        assert (name in then[question, option]) is not (name in shown), (name, question, option)


def test_the_details_of_a_finding_are_printed_once_and_later_points_name_the_place(sheet: DiscussionSheet) -> None:
    printed: dict[str, str] = {}
    for point in (*open_points(sheet), *folded_points(sheet)):
        for note in point.notes:
            assert note.details_at == printed.get(note.finding.id), point.id
        printed = {note.finding.id: point.headline for note in point.notes} | printed


def test_every_text_is_complete_and_every_word_that_is_explained_is_used(sheet: DiscussionSheet) -> None:
    every = list(texts(sheet))
    assert [text for text in every if "{" in text or "}" in text or "  " in text] == []
    together = "\n".join(every).casefold()
    for term in sheet.words:
        assert any(form.casefold() in together for form in (term.term, *term.forms)), term.term


def test_find_out_lists_open_questions_with_the_points_that_hang_on_them(
    sheet: DiscussionSheet, rulebook: Rulebook
) -> None:
    for entry in sheet.find_out:
        options = sheet.answers.get(entry.question.id, [])
        chosen = [options] if isinstance(options, str) else options
        assert [option for option in chosen if not entry.question.option(option).unknown] == []
        for point, headline in entry.points.items():
            assert rulebook.rules[point].when is not None
            assert headline


def test_the_same_answers_always_make_the_same_sheet(sheet: DiscussionSheet, rulebook: Rulebook) -> None:
    reversed_answers = dict(reversed(list(sheet.given.items())))
    assert sheet == build_sheet(rulebook, reversed_answers)
    assert would_change(rulebook, sheet.given) == would_change(rulebook, reversed_answers)


def test_an_answer_that_is_not_known_is_named_as_not_known(rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, {"ms_type": "dont_know", "age_band": "from_65"}))
    labels, glance = rulebook.sheet.two_pages.glance_labels, dict(sheet.two_pages.glance)
    assert glance[labels["age_band"]] == "65 or over"
    assert glance[labels["ms_type"]] == rulebook.sheet.labels.not_known
    assert rulebook.questions["ms_type"].short_text not in dict(sheet.own_answers)


def test_of_a_long_list_the_first_page_names_the_first_and_counts_the_others_which_are_under_all_answers(
    rulebook: Rulebook,
) -> None:
    question = rulebook.questions["dmt_ever"]
    taken = [option.id for option in question.options if not option.exclusive][:6]
    names = [question.option(name).short_text for name in taken]
    sheet = build_sheet(rulebook, parse_answers(rulebook, {"dmt_ever": taken, "region": "uk"}))
    line = dict(sheet.two_pages.glance)[rulebook.sheet.two_pages.glance_labels["dmt_ever"]]
    assert line == ", ".join([*names[:MOST_NAMES], f"{6 - MOST_NAMES} more"])
    assert dict(sheet.own_answers)[question.short_text] == ", ".join(names)
    assert rulebook.questions["region"].short_text in dict(sheet.own_answers)


def test_what_matters_is_in_a_part_of_its_own_with_what_was_not_answered(
    rulebook: Rulebook,
) -> None:
    given_ = {"matters_most": ["having_children", "stop_relapses"], "filled_in_by": "with_help", "region": "uk"}
    sheet = build_sheet(rulebook, parse_answers(rulebook, given_))
    assert sheet.values == [
        ("What matters most", "Stopping relapses, Having children"),
        ("How we decide", None),
        ("Filled in", "With help"),
    ]
    assert dict(sheet.own_answers) == {"Region": "United Kingdom"}


def test_a_question_switched_off_by_another_answer_is_neither_shown_nor_asked_for_but_kept(rulebook: Rulebook) -> None:
    taken = parse_answers(rulebook, {"ms_type": "other_condition", "relapses_12m": "one"})
    sheet = build_sheet(rulebook, taken)
    assert (sheet.given, sheet.answers) == (taken, {"ms_type": "other_condition"})
    assert rulebook.sheet.two_pages.glance_labels["relapses_12m"] not in dict(sheet.two_pages.glance)
    assert rulebook.questions["relapses_12m"].short_text not in dict(sheet.own_answers)


def test_outcomes_and_studies_are_compared_with_the_answers_that_count(rulebook: Rulebook) -> None:
    taken = parse_answers(rulebook, ACTIVE)
    sheet = build_sheet(rulebook, taken)
    assert sheet.outcomes == outcomes(rulebook)
    assert sheet.studies == studies(rulebook, resolve(rulebook, taken))
    assert sheet.studies != studies(rulebook, resolve(rulebook, {}))


def test_the_sheet_carries_the_version_of_the_rules_and_the_day_of_their_check(rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, {})
    assert (sheet.version, sheet.checked) == (rulebook.header.version, rulebook.header.checked)


def test_the_parts_that_could_still_add_something_are_those_asked_of_which_nothing_is_answered(
    sheet: DiscussionSheet, rulebook: Rulebook
) -> None:
    off = resolve(rulebook, sheet.given).disabled
    further = {
        section.id: [
            question.id
            for question in rulebook.questions.values()
            if question.section == section.id and not question.core
        ]
        for section in rulebook.questionnaire.sections
    }
    told = [section.id for section in sheet.further]
    assert told == [
        section
        for section, questions in further.items()
        if not set(questions) <= off and not any(question in sheet.given for question in questions)
    ]


def test_each_part_says_in_words_what_it_adds(rulebook: Rulebook) -> None:
    assert [section.id for section in build_sheet(rulebook, {}).further if not section.intro] == []
