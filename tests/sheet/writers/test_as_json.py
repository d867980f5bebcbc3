import json

from hypothesis import given, settings

from tests.strategies import ANSWERS, Given
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.resume_code import Resumed, decode
from webapp.rulebook.number_text import in_words
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.writers.as_json import as_json
from webapp.sheet.writers.as_text import as_text


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_the_object_says_what_the_sheet_says_in_its_order(answers: Given, rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, answers))
    told = as_json(sheet)
    points = {point.id: point for point in sheet.points}
    assert [point["id"] for point in told["points"]] == list(points)
    for point in told["points"]:
        shown = points[point["id"]]
        assert (point["headline"], point["say"], point["ask"]) == (shown.headline, shown.say, list(shown.ask))
        assert point["findings"] == [note.finding.id for note in shown.notes]
    assert [entry["question"] for entry in told["find_out"]] == [entry.question.id for entry in sheet.find_out]
    assert [source["number"] for source in told["sources"]] == [source.number for source in sheet.sources]


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_the_object_has_the_two_pages(answers: Given, rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, answers))
    told = as_json(sheet)["two_pages"]
    pages = sheet.two_pages
    for_, caution = pages.boxes
    assert told == {
        "about": [f"{label}: {answer}" for label, answer in pages.talk],
        "questions": [
            {"point": question.point, "text": question.text, "because": list(question.because)}
            for question in pages.questions
        ],
        "points_for": [point.id for point in for_.points],
        "points_of_caution": [point.id for point in caution.points],
        "more": {"points_for": for_.more, "points_of_caution": caution.more},
        "to_have": [entry.text for entry in pages.to_have],
        "facts": [
            {"id": row.id, "outcome": rulebook.facts_box[row.id].outcome, "findings": list(row.findings)}
            for row in pages.facts
        ],
    }
    for row in told["facts"]:
        assert set(rulebook.facts_box[row["id"]].findings) <= set(row["findings"]) <= rulebook.findings.keys()


def test_the_object_is_plain_data(rulebook: Rulebook) -> None:
    told = as_json(
        build_sheet(rulebook, parse_answers(rulebook, {"ms_type": "relapsing_remitting", "interest": ["ahsct"]}))
    )
    assert json.loads(json.dumps(told)) == told


def test_each_outcome_has_its_figures_and_the_people_they_are_about(rulebook: Rulebook) -> None:
    told = as_json(build_sheet(rulebook, {}))["numbers"]
    assert [number["id"] for number in told] == list(rulebook.outcomes)
    for number in told:
        outcome = rulebook.outcomes[number["id"]]
        finding = rulebook.findings[number["finding"]]
        figures = rulebook.number(outcome.number)
        assert outcome.number.startswith(f"{finding.id}.")
        assert (number["value"], number["unit"]) == (figures.value, figures.unit)
        assert (number.get("low"), number.get("high")) == (figures.low, figures.high)
        assert (number["range"] is None) is outcome.no_range
        assert (number["who"], number["where"], number["years"]) == (finding.who, finding.where, finding.years)
        assert (number["certainty"], number["via"]) == (finding.certainty.level, finding.via)


def test_each_outcome_is_shown_in_both_frames(rulebook: Rulebook) -> None:
    for told in as_json(build_sheet(rulebook, {}))["numbers"]:
        number = rulebook.number(rulebook.outcomes[told["id"]].number)
        frames = f"{told['loss']} {told['gain']}"
        assert told["loss"] != told["gain"]
        assert [frame for frame in (in_words(number), in_words(number, "rest")) if frame not in frames] == []


def test_each_option_has_all_rows_and_each_cell_its_findings_or_no_number(
    rulebook: Rulebook,
) -> None:
    told = as_json(build_sheet(rulebook, {}))["options"]
    assert [option["id"] for option in told] == [option.id for option in rulebook.options.options]
    for option in told:
        assert [cell["row"] for cell in option["cells"]] == [row.id for row in rulebook.options.rows]
        for cell in option["cells"]:
            assert cell["findings"] or cell["no_number"]
            assert set(cell["findings"]) <= rulebook.findings.keys()


def test_each_study_has_its_criteria_with_the_own_answer_in_words_and_the_relation(rulebook: Rulebook) -> None:
    told = {study["id"]: study for study in as_json(build_sheet(rulebook, {"age_band": ("from_65",)}))["studies"]}
    assert told.keys() == rulebook.studies.keys()
    for name, study in told.items():
        record = rulebook.studies[name]
        assert (study["name"], study["kind"], study["therapy"]) == (record.name, record.kind, record.therapy)
        answers = {row["criterion"]: row["answer"] for row in study["rows"]}
        assert list(answers) == [criterion.criterion for criterion in record.criteria]
        assert {name for name, answer in answers.items() if answer} == {"age"} & answers.keys()
        assert answers.get("age", "65 or over") == "65 or over"


def test_would_change_names_only_answers_that_can_be_given_instead(rulebook: Rulebook) -> None:
    told = as_json(
        build_sheet(rulebook, parse_answers(rulebook, {"ms_type": "relapsing_remitting", "mri_12m": "enhancing"}))
    )
    for reason in (reason for point in told["points"] for reason in point["would_change"]):
        options = {option.id: option for option in rulebook.questions[reason["question"]].options}
        assert reason["answer"]
        assert [name for name in reason["answer"] if options[name].unknown] == []


def test_a_one_answer_question_has_a_word_and_a_many_answer_question_a_list(rulebook: Rulebook) -> None:
    answers = {"ms_type": "dont_know", "interest": ["ahsct"]}
    assert as_json(build_sheet(rulebook, parse_answers(rulebook, answers)))["answers"] == answers


def test_a_source_is_a_record_of_the_citation_style_language_with_its_link(rulebook: Rulebook) -> None:
    for source in as_json(build_sheet(rulebook, {}))["sources"]:
        record = rulebook.sources[source["id"]]
        assert source["title"] == record.title
        assert source["link"] == record.link
        assert source.get("DOI") == record.doi
        assert source["places"]


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_the_resume_code_represents_all_answers_that_were_given(answers: Given, rulebook: Rulebook) -> None:
    taken = parse_answers(rulebook, answers)
    sheet = build_sheet(rulebook, taken)
    assert decode(rulebook, as_json(sheet)["resume_code"]) == Resumed(taken, {})
    assert f": {sheet.resume_code}\n" in as_text(sheet)
