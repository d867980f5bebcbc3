import pytest
from hypothesis import given, settings

from tests.strategies import ANSWERS, Given
from webapp.changes.fingerprint import always_said
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.writers.as_text import as_text
from webapp.sheet.writers.text_lines import WIDTH


def squeezed(text: str) -> str:
    """Return a text without its spaces and line ends, to compare texts that are broken differently."""
    return "".join(text.split())


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_everything_that_a_point_says_and_asks_is_in_the_text(answers: Given, rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, answers))
    text = squeezed(as_text(sheet))
    for point in sheet.points:
        said = [point.headline, point.say, *point.ask, *point.remind]
        assert [part for part in said if squeezed(part) not in text] == []
    for entry in sheet.find_out:
        assert [part for part in (entry.why, entry.how, *entry.ask) if squeezed(part) not in text] == []


@settings(max_examples=10)
@given(answers=ANSWERS)
def test_the_text_begins_with_the_two_pages(answers: Given, rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, answers))
    pages = sheet.two_pages
    first = squeezed(as_text(sheet).partition(f"\n{sheet.parts[0].title}\n---")[0])
    told = [f"{label}: {answer}" for label, answer in (*pages.talk, *pages.glance)]
    told += [text for question in pages.questions for text in (question.text, "; ".join(question.because))]
    told += [text for box in pages.boxes for point in box.points for text in (point.headline, point.line)]
    told += [f"+ {box.more} {sheet.texts.two_pages.more_in_booklet}" for box in pages.boxes if box.more]
    told += [entry.text for entry in pages.to_have]
    told += [
        text
        for row in pages.facts
        for text in (
            row.title,
            row.others or "",
            row.who,
            row.sure,
            row.happened,
            row.did_not,
            row.beside,
            row.span or "",
        )
    ]
    told += [text for row in pages.options for text, _ in row.cells]
    told += [*pages.offer.questions, *pages.offer.signs] if pages.offer else []
    assert [text for text in told if squeezed(text) not in first] == []


@settings(max_examples=10)
@given(answers=ANSWERS)
def test_all_parts_are_shown_in_their_order(answers: Given, rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, answers))
    text = as_text(sheet)
    places = [text.find(f"\n{part.title}\n---") for part in sheet.parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_content_of_each_part_is_shown(rulebook: Rulebook) -> None:
    sheet = build_sheet(
        rulebook, parse_answers(rulebook, {"ms_type": "primary_progressive", "matters_most": ["strong_evidence"]})
    )
    text = squeezed(as_text(sheet))
    told = [cell.say for option in sheet.options.options for cell in option.cells.values()]
    told += [part for step in sheet.steps for part in (step.name, step.what, step.duration, step.not_found or "")]
    told += [
        part
        for out in sheet.outcomes
        for part in (out.outcome.title, out.outcome.loss, out.outcome.gain, out.outcome.note)
    ]
    told += [
        part
        for entry in sheet.criteria
        for _, row in entry.rows
        for part in (row.criterion.published, row.relation_in_words)
    ]
    told += [study.study.name for study in sheet.studies] + [study.status for study in sheet.trials]
    told += [f"{label}: {answer or sheet.texts.labels.no_answer}" for label, answer in sheet.values]
    told += [f"{label}: {answer}" for label, answer in sheet.own_answers]
    told += [part for entry in sheet.offers.entries for part in (entry.text, entry.why)]
    told += [*sheet.texts.differ, *sheet.texts.afterwards, *(term.plain for term in sheet.words), sheet.resume_code]
    assert [part for part in told if squeezed(part) not in text] == []


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_no_line_is_wider_than_eighty_characters_unless_it_is_an_address(answers: Given, rulebook: Rulebook) -> None:
    text = as_text(build_sheet(rulebook, parse_answers(rulebook, answers)))
    wide = [line for line in text.splitlines() if len(line) > WIDTH == 80]
    assert [line for line in wide if not line.strip().startswith("https://") or " " in line.strip()] == []


@pytest.mark.parametrize("name", ["purpose", "no_change", "contact", "options", "review", "assess"])
def test_the_text_says_the_fixed_sentences(rulebook: Rulebook, name: str) -> None:
    assert squeezed(getattr(always_said(rulebook), name)) in squeezed(as_text(build_sheet(rulebook, {})))


def test_sources_are_listed_with_number_and_link(rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, {"ms_type": "primary_progressive"}))
    listed = squeezed(as_text(sheet).split("\nSources\n")[1])
    for source in sheet.sources:
        assert squeezed(f"[{source.number}]") in listed
        assert squeezed(source.source.title) in listed
        assert (source.source.link or "") in listed


def test_no_line_ends_in_a_space_and_the_text_ends_with_one_line_end(rulebook: Rulebook) -> None:
    text = as_text(build_sheet(rulebook, parse_answers(rulebook, {"ms_type": "primary_progressive"})))
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_a_group_without_points_has_no_heading(rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, {})
    text = as_text(sheet)
    for group in sheet.groups:
        assert (f"\n{group.title.title}\n..." in text) is bool(group.first)
