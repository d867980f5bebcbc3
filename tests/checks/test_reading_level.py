"""Sentences are short and texts are plain; the grade agrees with the published formula counted by hand."""

import re
from dataclasses import replace

import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.checks.problems import At
from webapp.checks.reading_level import (
    LONGEST_SENTENCE,
    MEDIAN_GRADE,
    PAGE_GRADE,
    PAGE_WORDS,
    TEXT_GRADE,
    grade_of_pages,
    grade_of_texts,
    grades,
    hard_words,
    sentences,
)
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

SIDES = "points/sides.yaml"
OPEN = "say: Much is open."
HARD = "Considerable pharmacological heterogeneity necessitates individualised multidisciplinary deliberation."


def words(count: int) -> str:
    return " ".join(["go"] * count)


BAD: Samples = {
    "sentences": [
        Sample(SIDES, OPEN, f"say: {words(26)}.", words(26), "one-open", f"a sentence of 26 words: {words(26)[:60]}…"),
        Sample(  # a number counts as the words that it prints
            SIDES,
            OPEN,
            f"say: {words(23)} {{study.share}}.",
            "{study.share}",
            "one-open",
            f"a sentence of 27 words: {words(23)[:60]}…",
        ),
        Sample(
            "rulebook.yaml",
            "intro: All sides are told.",
            f"intro: {words(40)}.",
            words(40),
            "sides",
            f"a sentence of 40 words: {words(40)[:60]}…",
        ),
    ]
}
GOOD: Samples = {
    "sentences": [
        Sample(SIDES, OPEN, f"say: {words(25)}. {words(25)}? {words(25)}!"),
        Sample(SIDES, OPEN, f"say: {words(22)} {{study.deaths}}."),
    ]
}


@each(BAD)
def test_a_long_sentence_is_refused(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_short_sentences_are_taken(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(tiny_copy, sample)


@pytest.mark.parametrize(
    ("text", "expected_grade"),
    [
        ("The cat sat.", 0.39 * 3 / 1 + 11.8 * 3 / 3 - 15.59),
        ("The cat sat. The dog ran!", 0.39 * 6 / 2 + 11.8 * 6 / 6 - 15.59),
        ("The doctor has a letter.", 0.39 * 5 / 1 + 11.8 * 7 / 5 - 15.59),
        ("Doctors don't wait.", 0.39 * 3 / 1 + 11.8 * 4 / 3 - 15.59),
        ("In {study.years} it came.", 0.39 * 5 / 1 + 11.8 * 5 / 5 - 15.59),  # "1 year": the figure is one syllable
        ("A zzyblorf came.", 0.39 * 3 / 1 + 11.8 * 4 / 3 - 15.59),  # in no dictionary: a syllable for each vowel group
        ("A zzyblorfe came.", 0.39 * 3 / 1 + 11.8 * 4 / 3 - 15.59),
        ("The tzpfk came.", 0.39 * 3 / 1 + 11.8 * 3 / 3 - 15.59),  # one syllable at the least
        ("The succinum came.", 0.39 * 3 / 1 + 11.8 * 3 / 3 - 15.59),  # names of medicines, glossary terms
        ("The AHSCT came.", 0.39 * 3 / 1 + 11.8 * 3 / 3 - 15.59),  # and abbreviations are excused
    ],
)
def test_the_grade_is_that_of_flesch_and_kincaid(tiny_copy: RulesFolder, text: str, expected_grade: float) -> None:
    tiny_copy.edit(SIDES, OPEN, f"say: {text}")
    grade = {
        (reader_text.at.record, reader_text.at.path): grade
        for reader_text, grade in grade_of_texts(load(tiny_copy.path))
    }
    assert grade["one-open", ("say",)] == pytest.approx(expected_grade)


def test_a_text_without_a_word_has_grade_0(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(SIDES, OPEN, "say: '…'")
    assert 0.0 in {grade for text, grade in grade_of_texts(load(tiny_copy.path)) if text.at.record == "one-open"}


def test_a_hard_page_is_named_by_its_first_text(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(SIDES, OPEN, f"say: {HARD} {HARD}")
    page, text = check(load(tiny_copy.path), {"grades": grades})
    assert (page.check, page.record, page.place.file) == ("grades", "one-for", SIDES)
    assert page.message.startswith(f"the page {SIDES} is at grade ")
    assert (text.check, text.record, text.place.file) == ("grades", "one-open", SIDES)
    assert text.message.startswith("this text is at grade ")


def graded(folder: RulesFolder, text: str) -> list[tuple[str, float]]:
    """Return the record and the grade of each text that is too hard after `one-open` says `text`."""
    folder.edit(SIDES, OPEN, f"say: {text}")
    found = [problem for problem in grades(load(folder.path)) if problem.message.startswith("this text")]
    return [(problem.at.record, float(re.findall(r"[\d.]+", problem.message)[0])) for problem in found]


MEMORY = "Consider immunological memory as a possibility"
"""Seven words at a very high grade."""


@pytest.mark.parametrize(
    ("text", "hard"),
    [
        (f"{MEMORY} so so so so.", True),
        (f"{MEMORY} so so.", False),  # nine words are too few
        (f"{MEMORY}. So so. So so. So so. So so. So so. So so. So so. So so. So so. So so. So so.", False),
        ("It was so with Immunological Memory, Possibility and Consideration as so many of us know it.", False),
        ("It was so with immunological memory, possibility and consideration as so many of us know it.", True),
        ("It took {study.years} or {study.deaths}, or so, and then so on.", False),
    ],
)
def test_a_text_of_some_words_has_a_limit_of_its_own(tiny_copy: RulesFolder, text: str, hard: bool) -> None:
    found = graded(tiny_copy, text)
    assert [record for record, _ in found] == (["one-open"] if hard else [])
    assert all(grade > TEXT_GRADE for _, grade in found)


def test_a_text_can_be_waived(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(SIDES, OPEN, f"say: {MEMORY} so so so so.")
    tiny_copy.edit(
        "waivers.yaml", "- {check", "- {check: grades, record: one-open, reason: R, until: 2030-12-31}\n- {check"
    )
    assert check(load(tiny_copy.path), {"grades": grades}) == []


@pytest.mark.parametrize(
    ("text", "hard"),
    [
        ("It is inflammatory.", ["inflammatory"]),
        ("Inflammatory it is, and pharmaceutical.", ["inflammatory", "pharmaceutical"]),
        ("A zzyblorf came.", ["zzyblorf"]),  # in no dictionary
        ("A zzyblorf (a kind of cold) came.", []),
        ("A cold (zzyblorf) came, or what is called zzyblorf.", []),
        ("Zzyblorf, a kind of cold, came.", []),
        ("The Inflammatory Society came.", []),  # a name
        ("See zzyblorf.org or tests/zzyblorf.", []),
        ("Two vocabularies came.", []),  # listed
        ("The succinum came from the waves.", []),  # a medicine
        ("The regular doctor came in {study.years}.", []),
    ],
)
def test_a_hard_word_is_explained_or_known(tiny_copy: RulesFolder, text: str, hard: list[str]) -> None:
    tiny_copy.edit("wording.yaml", "known_words: [", "known_words: [vocabularies, ")
    tiny_copy.edit(SIDES, OPEN, f"say: {text}")
    found = [problem for problem in hard_words(load(tiny_copy.path)) if problem.at.record == "one-open"]
    assert [problem.message.split("'")[1] for problem in found] == hard


def test_no_real_word_is_hard_because_the_list_has_those_that_readers_know(rulebook: Rulebook) -> None:
    assert list(hard_words(rulebook)) == []
    without = replace(rulebook, wording=rulebook.wording.model_copy(update={"known_words": ()}))
    found = {problem.message.split("'")[1] for problem in hard_words(without)}
    assert len(found) > 50
    assert found <= {form for word in rulebook.wording.known_words for form in (word, f"{word}s")}


@pytest.mark.parametrize(("words", "graded"), [(PAGE_WORDS - 1, False), (PAGE_WORDS, True)])
def test_only_a_page_of_some_words_has_a_grade(tiny_copy: RulesFolder, words: int, graded: bool) -> None:
    (tiny_copy.path / "timeline.yaml").write_text(
        f"- {{id: s, name: Start, what: So{' so' * (words - 3)}., duration: Short.}}\n", encoding="utf-8"
    )
    assert ("timeline.yaml" in grade_of_pages(load(tiny_copy.path))) is graded


def test_texts_that_are_hard_on_the_whole_are_refused(tiny: Rulebook) -> None:
    """Reported once, in addition to the pages."""
    hard = {name: rule.model_copy(update={"ask": (HARD,) * 40}) for name, rule in tiny.rules.items()}
    problems = [problem for problem in grades(replace(tiny, rules=hard)) if problem.at == At("header", "")]
    assert len(problems) == 1
    assert problems[0].message.startswith("the median text is at grade ")


@pytest.mark.no_cover
def test_every_real_sentence_is_short_and_every_real_page_and_the_median_text_are_plain(rulebook: Rulebook) -> None:
    assert list(sentences(rulebook)) == list(grades(rulebook)) == []
    pages = grade_of_pages(rulebook)
    assert max(grade for grade, _ in pages.values()) <= PAGE_GRADE
    middle = sorted(grade for _, grade in grade_of_texts(rulebook))[len(grade_of_texts(rulebook)) // 2]
    assert middle <= MEDIAN_GRADE
    assert LONGEST_SENTENCE == 25
