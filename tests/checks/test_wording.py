"""What is never said is caught, however it is put; what our texts say passes.

The sentences stand in wording/caught.yaml and wording/passes.yaml, so that anybody can add one.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rulebooks import tiny
from webapp import paths
from webapp.checks import wording as checked_wording
from webapp.checks.reader_texts import reader_texts
from webapp.checks.template_texts import template_texts
from webapp.checks.wording import wrong_words
from webapp.rulebook.records.header import Allowed, Wording
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read

ODDS = "odds"


def sentences(name: str) -> Mapping[str, list[str]]:
    listed: dict[str, list[str]] = read(Path(__file__).parent / "wording" / name, name).data
    return listed


CAUGHT = sentences("caught.yaml")
PASSES = sentences("passes.yaml")


def each(listed: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(heading, sentence) for heading, group in listed.items() for sentence in group]


@pytest.fixture(scope="module")
def wording() -> Wording:
    data = read(paths.RULES / "wording.yaml", "wording.yaml").data
    return Wording.model_validate_json(json.dumps(data, default=str))


@pytest.fixture(scope="module")
def guide(wording: Wording) -> Rulebook:
    return with_wording(wording)


def with_wording(wording: Wording) -> Rulebook:
    return replace(tiny(), wording=wording)


def caught_by(guide: Rulebook, text: str, *, odds: bool = True) -> set[str]:
    """Return the ids of the entries that catch `text`; `odds` for a word for a probability."""
    reasons = list(wrong_words(guide, text, odds=odds))
    found = {entry.id for entry in guide.wording.never if any(f" ({entry.id}): " in reason for reason in reasons)}
    return found | ({ODDS} if any("is a word for a probability" in reason for reason in reasons) else set())


@pytest.mark.parametrize(("entry", "sentence"), each(CAUGHT))
def test_is_caught(guide: Rulebook, entry: str, sentence: str) -> None:
    assert entry in caught_by(guide, sentence)


@pytest.mark.parametrize("sentence", [sentence for _, sentence in each(PASSES)])
def test_passes(guide: Rulebook, sentence: str) -> None:
    assert list(wrong_words(guide, sentence)) == []


def test_the_case_of_letters_does_not_count(guide: Rulebook, wording: Wording) -> None:
    """Not for letters either that are small or large in other alphabets: a dotless i, a long s."""
    for entry, sentence in each(CAUGHT):
        for written in (sentence.upper(), sentence.title(), sentence.replace("i", "\u0131").replace("s", "\u017f")):
            exact = [e.id for e in wording.never if re.search("|".join(e.patterns), written, re.IGNORECASE)]
            assert caught_by(guide, written, odds=False) == set(exact), entry


def test_every_entry_of_the_never_list_has_sentences_that_it_catches(wording: Wording) -> None:
    assert set(CAUGHT) == {*(entry.id for entry in wording.never), ODDS}


def test_every_pattern_catches_one_of_the_sentences(wording: Wording) -> None:
    for entry in wording.never:
        for pattern in entry.patterns:
            alone = wording.model_copy(update={"never": (entry.model_copy(update={"patterns": (pattern,)}),)})
            assert any(caught_by(with_wording(alone), sentence, odds=False) for sentence in CAUGHT[entry.id]), pattern


def test_every_form_that_is_allowed_lets_one_of_the_sentences_through(wording: Wording) -> None:
    for entry in wording.never:
        for allowed in entry.allowed:
            for form in allowed.forms:
                rest = tuple(other for other in entry.allowed if other != allowed)
                others = tuple(other for other in allowed.forms if other != form)
                rest += (allowed.model_copy(update={"forms": others}),) if others else ()
                without = entry.model_copy(update={"allowed": rest})
                fewer = with_wording(wording.model_copy(update={"never": (without,)}))
                assert any(caught_by(fewer, sentence, odds=False) for _, sentence in each(PASSES)), form


def test_all_that_is_always_said_is_among_the_sentences_that_pass(wording: Wording) -> None:
    assert sorted(PASSES["always_said"]) == sorted(wording.always.sentences)


@pytest.mark.parametrize("sentence", [sentence for _, sentence in each(CAUGHT)])
def test_capitals_do_not_hide_anything(guide: Rulebook, sentence: str) -> None:
    assert caught_by(guide, sentence.upper()) == caught_by(guide, sentence.lower())


def test_what_is_always_said_passes_word_for_word_only(guide: Rulebook, wording: Wording) -> None:
    said = wording.always.assess
    assert caught_by(guide, f"{said} {said}") == set()
    assert caught_by(guide, said.replace("neurologist", "nurse")) == {"device"}
    assert caught_by(guide, f"{said} You are eligible.") == {"verdict"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Relapses were {a.b} more on the medicine.", {"relative_risk"}),
        ("Relapses were {a.b.value} fewer.", {"relative_risk"}),
        ("About {a.b} in {c.d} had shingles.", {"relative_risk"}),
        ("They came {a.b} times more often.", {"relative_risk"}),
        ("Some rules name {a.b} or more relapses.", set()),
        ("It was {a.b} in Sweden and {c.d} in Norway.", set()),
        ("It rose from {a.b} to {c.d}, with {e.f} in between.", set()),
        ("It was {best-candidates.eligible_proven_safe} at most.", set()),
    ],
)
def test_references_are_read_as_numbers_and_their_names_do_not_count(
    guide: Rulebook, text: str, found: set[str]
) -> None:
    assert caught_by(guide, text) == found


def test_a_word_for_a_probability_passes_next_to_a_number_and_in_texts_without_facts(guide: Rulebook) -> None:
    assert caught_by(guide, "Deaths were rare: {a.b} of {c.d}.") == {ODDS}
    assert caught_by(guide, "Deaths were rare, with {a.b} people.") == set()
    assert caught_by(guide, "Deaths were rare, with 3 of 174 people.") == set()
    assert caught_by(guide, "Deaths were rare.", odds=False) == set()


def test_the_sieve_hides_nothing_that_a_look_with_every_pattern_finds(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [text.text for text in (*reader_texts(rulebook), *template_texts())]
    texts += [sentence for listed in (CAUGHT, PASSES) for _, sentence in each(listed)]
    sieved = [list(wrong_words(rulebook, text)) for text in dict.fromkeys(texts)]
    monkeypatch.setattr(checked_wording, "_sieve", lambda rulebook: lambda _: rulebook.wording.never)
    assert sieved == [list(wrong_words(rulebook, text)) for text in dict.fromkeys(texts)]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bcure(?! not)\b", "It cures: a cure."),
        (r"\bcure(?!( does)? not)", "A cure."),
        (r"(?<=a )cure", "A cure."),
        (r"(cu)re \1", "It will cure cu."),
        (r"cur{,2}e", "A curre."),
        (r"[a[:space:]]cure", ":]cure"),
        (r"\(?!cure", "!Cure"),
        (r"our \w+ cure", "Our naïve cure."),
        (r"\bcure\b", "çcure cure"),
    ],
)
def test_a_pattern_that_the_sieve_does_not_know_catches_all_the_same(wording: Wording, pattern: str, text: str) -> None:
    entry = wording.never[0].model_copy(update={"patterns": (pattern,)})
    guide = with_wording(wording.model_copy(update={"never": (entry,)}))
    assert caught_by(guide, text) == {entry.id}
    assert caught_by(guide, "Nothing of it.") == set()


def test_a_pattern_about_a_word_that_is_let_through_catches_it(wording: Wording) -> None:
    allowed = Allowed(why="A question.", words=("cure",), forms=("Is it a {word}?",))
    entry = wording.never[0].model_copy(update={"patterns": (r"…\? yes",), "allowed": (allowed,)})
    guide = with_wording(wording.model_copy(update={"never": (entry,)}))
    assert caught_by(guide, "Is it a cure? Yes.") == {entry.id}
    assert caught_by(guide, "Is it a cure? No.") == set()
