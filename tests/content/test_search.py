"""Finding by words: forms, typing errors, brands and people's own words lead to the same places."""

import random
import string
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.content.search import MOST_LETTERS, MOST_WORDS, SHOWN, Entry, Found, Index
from webapp.content.search_entries import alike, entries
from webapp.content.search_words import COMMON, stem, stems, words
from webapp.rulebook.rulebook import Rulebook


def small(*texts: str) -> Index:
    """Return an index of points that have these texts, and their numbers as titles."""
    return Index([Entry("point", str(number), str(number), (text,)) for number, text in enumerate(texts)])


def ids(found: Found) -> list[str]:
    return [hit.entry.id for group in found.groups for hit in group.hits]


@pytest.fixture(scope="module")
def index(rulebook: Rulebook) -> Index:
    return Index(list(entries(rulebook)), list(alike(rulebook)))


def everything(index: Index, query: str) -> set[tuple[str, str]]:
    """Return the kinds and ids of all that a query finds."""
    kinds = [group.kind for group in index.find(query).groups]
    return {(kind, hit.entry.id) for kind in kinds for hit in index.find(query, kind).groups[0].hits}


def test_a_word_of_a_title_counts_more_than_the_same_word_in_a_text() -> None:
    index = Index([Entry("point", "text", "One", ("A stone.",)), Entry("point", "title", "Stone", ("One.",))])
    assert ids(index.find("stone")) == ["title", "text"]


def test_a_rare_word_counts_more_than_one_that_most_texts_have() -> None:
    index = small("blue sky", "blue sea", "blue bird", "blue house", "red sea and bird")
    assert ids(index.find("blue red"))[0] == "4"


@pytest.mark.parametrize("form", ["relapse", "Relapses", "RELAPSING", "relapsed"])
def test_all_forms_of_a_word_find_the_same(form: str) -> None:
    assert ids(small("There was a relapse.", "There was none.").find(form)) == ["0"]


@pytest.mark.parametrize("written", ["CAR-T", "car t", "CART", "Car T"])
def test_a_name_is_found_in_any_spelling_with_or_without_gaps(written: str) -> None:
    index = Index([Entry("term", "car", "CAR T cells", ()), Entry("term", "b", "A cart", ())], [(["CAR-T"], ["CAR T"])])
    assert ids(index.find(written))[0] == "car"


def test_common_words_are_left_out_of_a_search_that_has_others() -> None:
    index = small("What is it? It is a cure.", "What is it and how is it done?")
    assert ids(index.find("is it a cure")) == ["0"]
    assert set(ids(index.find("what is it"))) == {"0", "1"}


def misspelled(word: str, chance: random.Random) -> Iterator[str]:
    """Yield a word with a letter left out, a letter changed, and two letters swapped; never the first letter."""
    at = chance.randrange(1, len(word) - 1)
    yield word[:at] + word[at + 1 :]
    yield word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :]
    yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def test_a_long_word_of_a_title_is_found_in_spite_of_a_typing_error_which_is_told(index: Index) -> None:
    titled = {word: entry for entry in index.entries if entry.kind == "point" for word in words(entry.title)}
    chance = random.Random(14)
    long = chance.sample(sorted(word for word in titled if len(word) > 7 and word.isalpha()), 40)
    missed = []
    for word in long:
        for typed in misspelled(word, chance):
            found = index.find(typed)
            if stem(typed) == stem(word) or not found.instead:
                continue  # no error, or a word of the guide too
            taken = {stem(each) for _, instead in found.instead for each in instead}
            if stem(word) not in taken or ("point", titled[word].id) not in everything(index, typed):
                missed.append((word, typed, taken))
    assert missed == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("transplent", "transplant"), ("ocrevos", "ocrevus"), ("menop", "menopause")]
)
def test_the_words_that_were_taken_instead_are_told(index: Index, typed: str, meant: str) -> None:
    found = index.find(typed)
    assert found.instead == [(typed, [meant])]
    assert found.groups


def test_every_name_of_a_medicine_finds_all_that_its_other_names_find(index: Index, rulebook: Rulebook) -> None:
    for medicine in rulebook.treatments.values():
        named = {name: everything(index, name) for name in (medicine.name, *medicine.brands, *medicine.generics)}
        plain = [
            (entry.kind, entry.id)
            for entry in index.entries
            if set(stems(medicine.name)) <= set(stems(f"{entry.title} {' '.join(entry.texts)}"))
            and entry.kind == "point"
        ]
        if plain:
            assert {name: bool(set(plain) & found) for name, found in named.items()} == dict.fromkeys(named, True)


def test_every_word_that_people_say_finds_what_we_say(index: Index, rulebook: Rulebook) -> None:
    known = {part for entry in index.entries for part in stems(" ".join((entry.title, *entry.names, *entry.texts)))}
    for said in rulebook.people_say.values():
        assert [name for name in said.we_say if not set(stems(name)) <= known] == [], said.word
        for word in (said.word, *said.also):
            assert index.find(word).total, word


def test_what_people_say_is_listed_only_where_the_guide_itself_would_not_find_it(
    index: Index, rulebook: Rulebook
) -> None:
    plain = Index(index.entries)
    said = [word for record in rulebook.people_say.values() for word in (record.word, *record.also)]
    assert [word for word in said if everything(index, word) <= everything(plain, word)] == []


def test_of_each_kind_a_few_are_shown_and_all_on_request_in_the_same_order(index: Index) -> None:
    found = index.find("relapse")
    assert len(found.groups) > 5
    for group in found.groups:
        assert len(group.hits) == min(group.total, SHOWN)
        (alone,) = index.find("relapse", group.kind).groups
        assert (alone.kind, len(alone.hits), alone.hits[: len(group.hits)]) == (group.kind, group.total, group.hits)
    assert index.find("relapse", "nonsense") == found


def test_what_is_found_nowhere_has_near_words_that_are_found() -> None:
    index = Index([Entry("term", "menopause", "menopause", ()), Entry("term", "relapse", "relapse", ())])
    found = index.find("mennopozze")
    assert (found.groups, found.near) == ((), ["menopause"])


@pytest.mark.parametrize("query", ["", "   ", "?!", "\u200b", "«»", "0" * 500])
def test_what_holds_no_word_of_the_guide_finds_nothing_and_does_no_harm(index: Index, query: str) -> None:
    assert index.find(query).groups == ()


def test_only_the_first_letters_and_words_of_a_query_count(index: Index) -> None:
    cut = "cost " * MOST_WORDS
    assert index.find(cut + "fertility") == index.find(cut)
    assert index.find("cost" + " " * MOST_LETTERS + "fertility") == index.find("cost")


@given(st.text(max_size=40))
def test_any_text_is_looked_for_and_what_is_shown_is_what_was_written(query: str) -> None:
    index = small("A relapse is a time with new symptoms.", "It's the doctor\u2019s word, café or Øre.")
    for group in index.find(query + " relapse doctor").groups:
        for hit in group.hits:
            assert "".join(part for part, _ in hit.text) in " ".join(hit.entry.texts)
            assert any(marked for _, marked in hit.text)


def test_the_sentence_that_is_shown_is_the_one_with_the_words_and_they_are_marked() -> None:
    (group,) = small("First this. " * 20 + "Then menopause came early. Last that.").find("menopause").groups
    assert [part for part, marked in group.hits[0].text if marked] == ["menopause"]
    assert "".join(part for part, _ in group.hits[0].text) == "Then menopause came early. Last that."


def test_every_point_claim_study_number_step_term_name_and_source_can_be_found(
    index: Index, rulebook: Rulebook
) -> None:
    kinds = {
        "point": rulebook.rules,
        "claim": rulebook.claims,
        "study": rulebook.studies,
        "number": rulebook.outcomes,
        "step": rulebook.steps,
        "question": rulebook.questions,
        "term": rulebook.glossary,
        "name": rulebook.looked_for,
        "source": rulebook.sources,
    }
    for kind, records in kinds.items():
        assert {entry.id for entry in index.entries if entry.kind == kind} == set(records)
    asked = {question for rule in rulebook.filled.rules.values() for question in (*rule.ask, rule.visit_question)}
    assert {entry.title for entry in index.entries if entry.kind == "ask"} == asked


def test_no_common_word_is_a_name(rulebook: Rulebook) -> None:
    assert [name for typed, _ in alike(rulebook) for name in typed if set(words(name)) <= COMMON] == []
