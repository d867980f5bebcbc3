"""Which texts are read by the checks: all that readers meet, and what is not is named here with its reason."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from tests.checks.samples import Sample, Samples, each, expected, refused, told
from tests.conftest import RulesFolder
from webapp import paths
from webapp.checks.reader_texts import TEMPLATES, ReaderText, all_texts, medical_texts
from webapp.rulebook.rulebook import Rulebook

VERDICT = "'suitable' is never said (verdict): Nobody is judged here."
BAD: Samples = {
    "never": [
        Sample(file, old, f"{key}: It is suitable.", "suitable", record, VERDICT)
        for file, old, key, record in (
            ("points/course.yaml", "headline: Waves with spots", "headline", "waves-with-spots"),
            ("points/medicines.yaml", "say: It went on.", "say", "active-on-amber"),
            ("find_out.yaml", "why: Rules count medicines.", "why", "taken"),
            ("facts.yaml", "means: the illness was active, and you have taken amber", "means", "active_on_amber"),
            ("evidence/findings/study.yaml", "caveat: Nobody was asked.", "caveat", "study"),
            ("glossary/words.yaml", "plain: A kind of picture.", "plain", "T2 scan"),
            ("numbers.yaml", "note: Nobody was asked.", "note", "doing-well"),
            ("studies/one.yaml", "status: It is over.", "status", "one"),
            ("offers.yaml", "intro: Ask the same of everybody.", "intro", ""),
            ("timeline.yaml", "what: There are talks.", "what", "before"),
            ("questionnaire.yaml", "prompt: Which course?", "prompt", "course"),
            ("options.yaml", "name: Go ahead", "name", ""),
            ("evidence/findings/study.yaml", "who: 250 people", "who", "study"),
            ("studies/one.yaml", "name: The one study", "name", "one"),
            ("rulebook.yaml", "title: a medicine of the high class", "title", ""),
            ("rulebook.yaml", "intro: All sides are told.", "intro", ""),
        )
    ]
}
GOOD: Samples = {
    "never": [
        Sample("claims/claims.yaml", "claim: It is new.", "claim: It is suitable."),  # quoted to be judged
        Sample("points/medicines.yaml", "say: It went on.", "say: It suited nobody."),
        Sample("wording.yaml", "numbers_you: Your situation may differ.", "numbers_you: Nothing here is suitable."),
    ]
}


@each(BAD)
def test_what_is_never_said_is_refused_wherever_it_stands(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert told(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_what_only_comes_near_or_is_quoted_is_taken(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(tiny_copy, sample)


def strings(record: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a record and below it, with the class and the key it stands under."""
    match record:
        case str():
            yield key, record
        case BaseModel():
            for name in type(record).model_fields:
                yield from strings(getattr(record, name), f"{type(record).__name__}.{name}")
        case dict():
            for value in record.values():
                yield from strings(value, key)
        case list() | tuple():
            for value in record:
                yield from strings(value, key)


NOT_READ = {
    "always said, word for word": {f"Always.{key}" for key in ("purpose", "assess", "criteria", "numbers")}
    | {f"Always.{key}" for key in ("numbers_you", "options", "no_change", "contact", "privacy", "review")},
    "what must not be said": {"Never.patterns", "Never.why"},
    "quoted to be judged": {"Claim.claim"},
    "names and headings as others have given them": {
        "Finding.locator",
        "Listing.says",
        "IndexEntry.also",
        "IndexEntry.name",
        "IndexEntry.terms",
        "Source.title",
        "Term.forms",
        "Term.term",
    },
    "for authors": {"Option.inert", "Header.version", "Waiver.check"},
    "read once for each medicine": {"Question.clause"},
}


def test_every_text_of_every_record_is_read_but_for_those_with_a_reason(tiny: Rulebook) -> None:
    read = {text.text for text in all_texts(tiny)}
    collections = (getattr(tiny, name) for name in tiny.__dataclass_fields__ if name not in {"origins", "topics_of"})
    records = [list(part.values()) if isinstance(part, dict) else part for part in collections]
    sentences = {key for key, text in strings(records) if " " in text and text not in read}
    assert sentences - set().union(*NOT_READ.values()) == set()


def of(tiny: Rulebook, collection: str, record: str) -> dict[str, ReaderText]:
    return {
        ".".join(map(str, text.path)): text
        for text in all_texts(tiny)
        if (text.collection, text.record) == (collection, record)
    }


def test_all_texts_of_a_point_are_read_with_the_findings_it_may_refer_to(tiny: Rulebook) -> None:
    texts = of(tiny, "rules", "waves-with-spots")
    rule = tiny.rules["waves-with-spots"]
    assert {path: text.text for path, text in texts.items()} == {
        "headline": rule.headline,
        "say": rule.say,
        "ask.0": rule.ask[0],
    }
    assert {text.findings for text in texts.values()} == {("study",)}


def test_the_texts_of_a_finding_are_read_with_its_own_numbers(tiny: Rulebook) -> None:
    texts = of(tiny, "findings", "study")
    assert list(texts) == ["says", "caveat", "certainty", "who"]
    assert [text.own for text in (texts["says"], texts["caveat"])] == [tiny.findings["study"]] * 2


@pytest.mark.parametrize(
    ("collection", "record", "texts"),
    [
        ("find_out", "scan", ["why", "how", "ask.0"]),
        ("glossary", "T2 scan", ["plain"]),
        ("facts", "active", ["means"]),
        ("outcomes", "doing-well", ["title", "gain", "loss", "note"]),
        ("studies", "one", [*(f"criteria.{number}.published" for number in range(3)), "status", "not_seen.0", "name"]),
        ("steps", "before", ["name", "what", "duration", "not_found"]),
        ("claims", "it-is-loved", ["says"]),
        ("standards", "tells-it", ["criterion", "shown_by", "standard"]),
        ("waivers", "never tells-it", ["reason"]),
    ],
)
def test_all_texts_of_the_other_records_are_read(
    tiny: Rulebook, collection: str, record: str, texts: list[str]
) -> None:
    assert list(of(tiny, collection, record)) == texts


def test_the_questionnaire_states_no_medical_facts(tiny: Rulebook) -> None:
    assert {text.collection for text in medical_texts(tiny)}.isdisjoint({"questions", "questionnaire", TEMPLATES})


def test_every_text_leads_to_the_line_where_it_stands(rulebook: Rulebook) -> None:
    roots = {TEMPLATES: paths.TEMPLATES.parent}
    for text in all_texts(rulebook):
        place = text.place(rulebook)
        lines = (roots.get(text.collection, paths.RULES) / place.file).read_text(encoding="utf-8").splitlines()
        assert 1 <= place.line <= len(lines), place


def test_a_problem_with_a_text_names_its_place_and_record(tiny: Rulebook) -> None:
    text = of(tiny, "rules", "waves-with-spots")["say"]
    problem = text.problem(tiny, "wording", "wrong")
    assert (problem.place, problem.record) == (tiny.place("rules", "waves-with-spots", "say"), "waves-with-spots")
    assert (problem.check, problem.message) == ("wording", "wrong")


def test_the_templates_are_read_without_their_tags_and_what_is_filled_in(
    tiny: Rulebook, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text(
        "{# a\nremark #}\n<p class='x{{ '>' }}'>Some\n  <em>words</em> {{ name }}.</p>\n\n{% if\n x %}<br>End\n"
        '<img alt="A picture" src="b">\n<a\n aria-label="Go on">on</a>\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(paths, "TEMPLATES", tmp_path)
    texts = [text for text in all_texts(tiny) if text.collection == TEMPLATES]
    assert [(str(text.place(tiny)), " ".join(text.text.split())) for text in texts] == [
        ("templates/pages/a.html:3", "Some words ."),
        ("templates/pages/a.html:7", "End"),
        ("templates/pages/a.html:8", "A picture"),
        ("templates/pages/a.html:9", "Go on"),
        ("templates/pages/a.html:10", "on"),
    ]
    assert not any(text.states_facts for text in texts)
