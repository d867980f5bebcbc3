from collections.abc import Iterator
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.web.page import Page, text_of
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.schema import Question


def fieldsets(page: Page, rulebook: Rulebook) -> Iterator[tuple[Question, Element]]:
    """Yield each question with its group of fields, as they stand on the page."""
    yield from zip(rulebook.questions.values(), page.all("fieldset"), strict=True)


def inputs_of(fieldset: Element) -> list[Element]:
    return list(fieldset.iter("input"))


def test_each_question_is_one_group_of_fields_named_by_its_prompt(questions: Page, rulebook: Rulebook) -> None:
    for question, fieldset in fieldsets(questions, rulebook):
        assert text_of(fieldset[0]).removesuffix(" Main question") == question.prompt
        assert {field.get("name") for field in inputs_of(fieldset)} == {question.id}


def test_each_option_of_a_question_can_be_chosen_in_the_order_of_the_questionnaire(
    questions: Page, rulebook: Rulebook
) -> None:
    for question, fieldset in fieldsets(questions, rulebook):
        offered = [field.get("value") for field in inputs_of(fieldset)]
        labels = [text_of(label) for label in fieldset.iter("label")]
        assert offered == [option.id for option in question.options]
        assert labels == [option.label for option in question.options]


def test_one_answer_questions_are_radio_buttons_and_many_answer_questions_are_tick_boxes(
    questions: Page, rulebook: Rulebook
) -> None:
    for question, fieldset in fieldsets(questions, rulebook):
        kinds = {field.get("type") for field in inputs_of(fieldset)}
        assert kinds == {"radio" if question.kind == "one" else "checkbox"}, question.id


def test_help_reason_and_hints_of_each_question_are_on_the_page(questions: Page, rulebook: Rulebook) -> None:
    for question, fieldset in fieldsets(questions, rulebook):
        group = text_of(questions.by_id(question.id))
        said = [question.why, question.help, *(option.hint for option in question.options)]
        assert [text for text in said if text and text not in group] == []
        if question.help:
            assert fieldset.get("aria-describedby") == f"{question.id}-help"


def test_a_hint_is_read_out_with_its_option(questions: Page, rulebook: Rulebook) -> None:
    for question, fieldset in fieldsets(questions, rulebook):
        for option, field in zip(question.options, inputs_of(fieldset), strict=True):
            described = field.get("aria-describedby")
            assert (text_of(questions.by_id(described)) if described else None) == option.hint


def test_main_questions_and_no_others_are_marked(questions: Page, rulebook: Rulebook) -> None:
    marked = [question.id for question, group in fieldsets(questions, rulebook) if "Main question" in text_of(group)]
    assert marked == [question.id for question in rulebook.questions.values() if question.core]


def test_questions_stand_under_their_section(questions: Page, rulebook: Rulebook) -> None:
    for section in rulebook.questionnaire.sections:
        part = questions.one("section", **{"aria-labelledby": f"section-{section.id}"})
        own = [question.prompt for question in rulebook.questions.values() if question.section == section.id]
        assert text_of(part).startswith(f"{section.title} {section.intro or ''}".strip())
        assert [text_of(legend).removesuffix(" Main question") for legend in part.iter("legend")] == own


def test_answers_are_sent_in_the_body_to_the_sheet(questions: Page) -> None:
    form = questions.one("form")
    assert (form.get("method"), form.get("action")) == ("post", "/sheet")
    assert questions.all("input", type="text") == []


def test_nothing_is_ticked_beforehand_and_nothing_must_be_answered(questions: Page) -> None:
    assert questions.checked == {}
    assert [field.get("name") for field in questions.all("input") if "required" in field.attrib] == []


def test_the_questions_may_be_kept_and_are_the_same_for_everybody(client: FlaskClient) -> None:
    plain = client.get("/questions")
    asked = client.get("/questions?ms_type=relapsing_remitting", headers={"Cookie": "a=b", "Accept-Language": "de"})
    assert plain.headers["Cache-Control"] == "public, max-age=300"
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert asked.text == plain.text
