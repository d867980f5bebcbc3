"""How a person's band lies to a published criterion: proved for all bands and limits against counting one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from webapp.evaluation.answer_space import answer_sets
from webapp.evaluation.answers import parse_answers, resolve
from webapp.evaluation.criteria import Relation, rows
from webapp.rulebook.compiled import judge
from webapp.rulebook.conditions import AllOf, Selected
from webapp.rulebook.records.comparison import Criterion, Limits, Study
from webapp.rulebook.records.evidence import Number
from webapp.rulebook.records.questionnaire import Option, Span
from webapp.rulebook.rulebook import Rulebook

COUNTS_FROM = ("first_symptoms", "diagnosis", "not_stated")
LOWER = ("at_least", "over")
UPPER = ("at_most", "below")


def relations(rulebook: Rulebook, study: Study, given: Mapping[str, Any]) -> list[Relation]:
    return [row.relation for row in rows(rulebook, study, resolve(rulebook, parse_answers(rulebook, given)))]


def holds(bound: str, limit: float, value: float) -> bool:
    match bound:
        case "at_least":
            return value >= limit
        case "over":
            return value > limit
        case "at_most":
            return value <= limit
        case _:
            return value < limit


def expected(band: Span, limits: Mapping[str, float], step: float, counted_from: str = "first_symptoms") -> Relation:
    """Count the values of a band one by one, up to what nobody reaches.

    From the diagnosis it may be fewer years than from the first symptoms, down to none.
    """
    end = 1000 if band.end is None else band.end
    value = band.start if counted_from == "first_symptoms" else 0
    inside = set()
    while value <= end:
        inside.add(all(holds(bound, limit, value) for bound, limit in limits.items()))
        value += step
    if inside == {True}:
        return "same_range"
    return "different_range" if inside == {False} else "partly_overlaps"


def some_limits(values: list[float]) -> Iterator[dict[str, float]]:
    """Yield each pair of a lower and an upper bound out of `values`, with one of them left out too."""
    lower = [{}, *({bound: value} for bound, value in product(LOWER, values))]
    upper = [{}, *({bound: value} for bound, value in product(UPPER, values))]
    for low, high in product(lower, upper):
        if low or high:
            yield {**low, **high}


@pytest.mark.no_cover
@pytest.mark.parametrize("step", [1, 0.5])
@pytest.mark.parametrize("counted_from", COUNTS_FROM)
def test_a_band_is_inside_limits_outside_them_or_partly_inside_as_its_values_are(
    tiny: Rulebook, step: float, counted_from: str
) -> None:
    """All bands and all limits over the first steps of a scale, in whole and in half steps."""
    values: list[float] = [number * step for number in range(5)]
    bands = [Span.model_validate({"from": start, "to": end}) for start in values for end in values if start <= end]
    bands += [Span.model_validate({"from": start}) for start in values]
    options = [
        Option(id=f"b{number}", label="B", short_text="B", clause="c", values=band) for number, band in enumerate(bands)
    ]
    names = {value: f"n{number}" for number, value in enumerate(values)}
    numbers = {name: Number(value=value, unit="number") for value, name in names.items()}
    limits = list(some_limits(values))
    study = tiny.studies["one"].model_copy(
        update={
            "criteria": tuple(
                Criterion(
                    criterion="spots",
                    published="p",
                    findings=("study",),
                    limits=Limits.model_validate(
                        {bound: f"study.{names[value]}" for bound, value in limit.items()}
                        | {"counted_from": counted_from}
                    ),
                )
                for limit in limits
            )
        }
    )
    asked = tiny.questions["scan"].model_copy(update={"options": tuple(options)})
    questionnaire = tiny.questionnaire.model_copy(
        update={"questions": tuple(asked if old.id == "scan" else old for old in tiny.questionnaire.questions)}
    )
    spots = tiny.header.criteria[0].model_copy(update={"step": float(step)})
    rulebook = replace(
        tiny,
        questionnaire=questionnaire,
        header=tiny.header.model_copy(update={"criteria": (spots, *tiny.header.criteria[1:])}),
        findings={"study": tiny.findings["study"].model_copy(update={"numbers": numbers})},
    )
    for option, band in zip(options, bands, strict=True):
        told = relations(rulebook, study, {"scan": option.id})
        assert told == [expected(band, limit, step, counted_from) for limit in limits], band


@pytest.mark.parametrize("counted_from", COUNTS_FROM[1:])
def test_a_least_number_of_years_counted_from_the_diagnosis_is_never_said_to_be_met(
    tiny: Rulebook, counted_from: str
) -> None:
    """The diagnosis comes later than the first symptoms: it may have been made this year."""
    limits = Limits.model_validate({"at_least": "study.least", "counted_from": counted_from})
    criterion = Criterion(criterion="spots", published="p", findings=("study",), limits=limits)
    study = tiny.studies["one"].model_copy(update={"criteria": (criterion,)})
    assert relations(tiny, study, {"scan": "spots"}) == ["partly_overlaps"]


@pytest.mark.parametrize(
    ("given", "relation"),
    [
        ({"scan": "clear"}, ["different_range", "not_answered", "not_stated"]),
        ({"scan": "spots", "course": "steady"}, ["same_range", "different_range", "not_stated"]),
        ({"scan": "dont_know", "course": "waves"}, ["not_answered", "same_range", "not_stated"]),
        ({"scan": "spots", "course": "other"}, ["not_answered", "different_range", "not_stated"]),  # switched off
        ({}, ["not_answered", "not_answered", "not_stated"]),
    ],
)
def test_each_criterion_is_related_to_the_answers_to_its_own_questions(
    tiny: Rulebook, given: Mapping[str, str], relation: list[Relation]
) -> None:
    assert relations(tiny, tiny.studies["one"], given) == relation


def test_a_criterion_of_which_every_question_is_switched_off_is_not_answered(tiny: Rulebook) -> None:
    about_scan = Criterion.model_validate(
        {"criterion": "spots", "published": "p", "findings": ("study",), "different_when": {"scan": ["clear"]}}
    )
    study = tiny.studies["one"].model_copy(update={"criteria": (about_scan,)})
    assert relations(tiny, study, {"course": "other"}) == ["not_answered"]
    assert relations(tiny, study, {"course": "waves", "scan": "spots"}) == ["partly_overlaps"]


def test_a_band_without_values_cannot_be_compared_with_limits(tiny: Rulebook) -> None:
    bare = [option.model_copy(update={"values": None}) for option in tiny.questions["scan"].options]
    asked = tiny.questions["scan"].model_copy(update={"options": tuple(bare)})
    questions = tuple(asked if old.id == "scan" else old for old in tiny.questionnaire.questions)
    rulebook = replace(tiny, questionnaire=tiny.questionnaire.model_copy(update={"questions": questions}))
    assert relations(rulebook, tiny.studies["one"], {"scan": "spots"})[0] == "not_answered"


def test_a_row_shows_the_persons_own_answers_that_count(tiny: Rulebook) -> None:
    study = tiny.studies["one"]
    answers = parse_answers(tiny, {"course": "waves", "taken": ["amber", "coral"], "taking": "amber"})
    spots, course, medicines = rows(tiny, study, resolve(tiny, answers))
    assert spots.answers == {}
    assert {name: [option.id for option in options] for name, options in course.answers.items()} == {
        "course": ["waves"]
    }
    assert {name: [option.id for option in options] for name, options in medicines.answers.items()} == {
        "taken": ["amber", "coral"],
        "taking": ["amber"],
    }
    assert [row.criterion for row in (spots, course, medicines)] == list(study.criteria)
    assert [row.compared for row in (spots, course, medicines)] == list(tiny.header.criteria)


def limited(rulebook: Rulebook) -> Iterator[tuple[Study, int, Criterion]]:
    for study in rulebook.studies.values():
        for number, criterion in enumerate(study.criteria):
            if criterion.limits:
                yield study, number, criterion


def test_every_real_band_lies_to_every_real_limit_as_its_values_do(rulebook: Rulebook) -> None:
    compared = {criterion.id: criterion for criterion in rulebook.header.criteria}
    for study, number, criterion in limited(rulebook):
        (question,) = compared[criterion.criterion].questions
        step = compared[criterion.criterion].step
        assert step
        assert criterion.limits
        stated = criterion.limits.model_dump(exclude_none=True)
        counted_from = stated.pop("counted_from")
        limits = {bound: rulebook.number(name).value for bound, name in stated.items()}
        for option in rulebook.questions[question].options:
            if not option.unknown:
                assert option.values, f"{question}: {option.id}"
                told = relations(rulebook, study, {question: option.id})[number]
                assert told == expected(option.values, limits, step, counted_from), (study.id, option.id)


def test_real_years_counted_from_the_diagnosis_are_never_called_different(rulebook: Rulebook) -> None:
    counted = [
        found for found in limited(rulebook) if found[2].limits and found[2].limits.counted_from in COUNTS_FROM[1:]
    ]
    assert counted
    for study, number, _ in counted:
        for option in rulebook.questions["years_since_onset"].options:
            assert relations(rulebook, study, {"years_since_onset": option.id})[number] != "different_range"


def weaker(condition: AllOf) -> AllOf:
    """Return `condition` without the parts that count beyond one, which would make too many answer sets to look at.

    It holds whenever `condition` does.
    """
    parts = condition.parts
    return AllOf(tuple(part for part in parts if not (isinstance(part, Selected) and part.count > 1)))


@pytest.mark.no_cover
def test_no_answers_make_a_real_criterion_both_the_same_and_different(rulebook: Rulebook) -> None:
    """Proved over all answer sets."""
    for study in rulebook.studies.values():
        for criterion in study.criteria:
            if criterion.same_when and criterion.different_when:
                both = [weaker(criterion.same_when), criterion.different_when]
                for answers in answer_sets(rulebook, both):
                    known = resolve(rulebook, answers).known
                    truths = [judge(condition, known, rulebook.definitions).truth for condition in both]
                    assert truths != [True, True], (study.id, criterion.criterion, answers)
