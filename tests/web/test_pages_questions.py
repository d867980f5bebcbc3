from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from lxml.etree import _Element as Element

from tests.web.page import Page, select, text_of
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook


def fieldsets(page: Page, rulebook: Rulebook) -> Iterator[tuple[Question, Element]]:
    """Yield each question with its group of fields, in the order of the page: main questions first."""
    asked = sorted(rulebook.questions.values(), key=lambda question: not question.core)
    yield from zip(asked, page.all("fieldset"), strict=True)


def inputs_of(fieldset: Element) -> list[Element]:
    """Return the fields that are sent; the one for finding a medicine has no name, so it is not."""
    return list(select(fieldset, "input[name]"))


def test_each_question_is_one_group_of_fields_named_by_its_prompt(questions: Page, rulebook: Rulebook) -> None:
    for question, fieldset in fieldsets(questions, rulebook):
        assert text_of(fieldset[0]) == question.prompt
        assert {field.get("name") for field in inputs_of(fieldset)} == {question.id}


def test_each_option_of_a_question_can_be_chosen_in_the_order_of_the_questionnaire(
    questions: Page, rulebook: Rulebook
) -> None:
    for question, fieldset in fieldsets(questions, rulebook):
        offered = [field.get("value") for field in inputs_of(fieldset)]
        names = {field.get("id") for field in inputs_of(fieldset)}
        labels = [text_of(label) for label in fieldset.iter("label") if label.get("for") in names]
        none = [("", "No answer")] if question.single_choice else []
        assert sorted(zip(offered, labels, strict=True)) == sorted(
            [*none, *((o.id, o.label) for o in question.options)]
        )
        assert [option for option in offered if option] == [option.id for option in question.options]


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
        fields = [field for field in inputs_of(fieldset) if field.get("value")]
        for option, field in zip(question.options, fields, strict=True):
            described = field.get("aria-describedby")
            assert (text_of(questions.by_id(described)) if described else None) == option.hint


def test_the_main_questions_come_first_and_then_the_sheet_can_be_made_at_once(
    questions: Page, rulebook: Rulebook
) -> None:
    parts = questions.all("fieldset, button:not([type=button])")
    stop = next(number for number, part in enumerate(parts) if part.tag == "button")
    core = [question for question in rulebook.questions.values() if question.core]
    assert [text_of(part[0]) for part in parts[:stop]] == [question.prompt for question in core]
    assert text_of(parts[stop]) == "Make my sheet now"
    assert text_of(parts[-1]) == "Make my sheet"


def test_it_is_said_what_more_answers_add_before_they_are_given(questions: Page, rulebook: Rulebook) -> None:
    told = text_of(questions.by_id("answer-more"))
    assert [
        section.id for section in rulebook.questionnaire.sections if f"{section.title}. {section.intro}" not in told
    ] == []
    link = questions.one("#answer-more a")
    further = next(question for question in rulebook.questions.values() if not question.core)
    assert link.get("href") == f"#{further.id}"


@pytest.mark.parametrize("core", [True, False])
def test_questions_are_under_their_section(questions: Page, rulebook: Rulebook, core: bool) -> None:
    for section in rulebook.questionnaire.sections:
        every = [question for question in rulebook.questions.values() if question.section == section.id]
        own = [question.prompt for question in every if question.core == core]
        if own:
            title = f"section-{section.id}" + ("" if core else "-more")
            part = questions.one(f"section[aria-labelledby='{title}']")
            assert text_of(part).startswith(section.title)
            assert [text_of(legend) for legend in part.iter("legend")] == own


def test_answers_are_sent_in_the_body_to_the_sheet(questions: Page) -> None:
    form = questions.one("form")
    assert (form.get("method"), form.get("action")) == ("post", "/sheet")
    assert questions.all("input[type=text][name]") == []


def test_nothing_is_ticked_beforehand_and_nothing_must_be_answered(questions: Page) -> None:
    assert questions.checked == {}
    assert questions.all("input[required]") == []


def test_the_questions_may_be_kept_and_are_the_same_for_everybody(client: FlaskClient) -> None:
    plain = client.get("/questions")
    asked = client.get("/questions?ms_type=relapsing_remitting", headers={"Cookie": "a=b", "Accept-Language": "de"})
    assert plain.headers["Cache-Control"] == "public, max-age=300"
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert asked.text == plain.text
