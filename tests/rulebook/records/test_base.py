"""What all records have in common: tried on a good record of each kind."""

import json
from importlib import import_module
from pkgutil import iter_modules

import pytest
from pydantic import ValidationError

from tests.rulebook.records.samples import GOOD, problem, valid
from webapp.rulebook import records
from webapp.rulebook.records import base, comparison, evidence, points, questionnaire, reference_pages
from webapp.rulebook.records.base import Record

EACH_MODEL = pytest.mark.parametrize("model", GOOD, ids=lambda model: model.__name__)


def test_every_record_class_is_strict_frozen_and_refuses_unknown_keys() -> None:
    modules = [import_module(module.name) for module in iter_modules(records.__path__, f"{records.__name__}.")]
    classes = {model for module in modules for model in vars(module).values() if isinstance(model, type)}
    found = [model for model in classes if issubclass(model, Record)]
    assert GOOD.keys() <= set(found)
    policies = {(model.model_config["strict"], model.model_config["frozen"]) for model in found}
    assert (policies, {model.model_config["extra"] for model in found}) == ({(True, True)}, {"forbid"})


@EACH_MODEL
def test_a_good_record_is_accepted(model: type[Record]) -> None:
    assert isinstance(valid(model), model)


@EACH_MODEL
def test_an_unknown_key_is_refused(model: type[Record]) -> None:
    assert problem(model, unheard_of=1) == (("unheard_of",), "extra_forbidden")


@EACH_MODEL
def test_a_required_key_cannot_be_left_out(model: type[Record]) -> None:
    required = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
    assert required
    for key in required:
        rest = {other: value for other, value in GOOD[model].items() if other != key}
        with pytest.raises(ValidationError) as error:
            model.model_validate_json(json.dumps(rest))
        assert [(found["loc"], found["type"]) for found in error.value.errors()] == [((key,), "missing")]


@pytest.mark.parametrize(
    ("model", "key"),
    [
        *[(model, "id") for model in GOOD if "id" in model.model_fields],
        (questionnaire.Question, "section"),
        (questionnaire.Question, "also_counts_in"),
        (points.FindOut, "question"),
        (evidence.Finding, "source"),
        (comparison.Outcome, "number"),
        (comparison.Criterion, "criterion"),
    ],
)
@pytest.mark.parametrize("name", ["", " a", "a b", "A", "ä", "a/b", "a\n", "<b>"])
def test_a_name_has_no_blanks_capitals_or_signs(model: type[Record], key: str, name: str) -> None:
    assert problem(model, **{key: name}) == ((key,), "string_pattern_mismatch")


@pytest.mark.parametrize("number", ["study", "study.", ".share", "study.1st", "study.share.value"])
def test_a_number_is_named_by_its_finding_and_its_key(number: str) -> None:
    assert problem(comparison.Outcome, number=number) == (("number",), "string_pattern_mismatch")


@pytest.mark.parametrize(
    ("model", "key"),
    [
        (base.Titled, "title"),
        (questionnaire.Option, "clause"),
        (questionnaire.Question, "prompt"),
        (points.Rule, "headline"),
        (points.Rule, "say"),
        (reference_pages.Term, "term"),
        (evidence.Source, "title"),
        (comparison.Cell, "say"),
        (reference_pages.Waiver, "reason"),
    ],
)
@pytest.mark.parametrize("text", ["", " ", " blank before", "blank after ", "two\nlines", "line end\n"])
def test_a_text_is_one_line_that_begins_and_ends_with_a_letter_or_sign(
    model: type[Record], key: str, text: str
) -> None:
    assert problem(model, **{key: text})[0] == (key,)


@pytest.mark.parametrize("model", [points.Rule, points.FindOut])
@pytest.mark.parametrize("text", ["", "A statement.", "?", " Blank before?", "Blank after? ", "Two\nlines?"])
def test_what_is_asked_is_one_line_and_ends_with_a_question_mark(model: type[Record], text: str) -> None:
    assert problem(model, ask=[text])[0] == ("ask", 0)
