"""Which texts the checks read: all that readers meet, as the marks in the record classes say."""

import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp import paths
from webapp.checks.reader_texts import ReaderText, medical_texts, reader_texts
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
            ("options.yaml", "name: Go ahead", "name", "go"),
            ("evidence/findings/study.yaml", "who: 250 people", "who", "study"),
            ("studies/one.yaml", "name: The one study", "name", "one"),
            ("rulebook.yaml", "title: a medicine of the high class", "title", "class.high"),
            ("rulebook.yaml", "intro: All sides are told.", "intro", "sides"),
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
def test_what_is_never_said_is_refused_wherever_it_is(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_what_only_comes_near_or_is_quoted_is_accepted(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(tiny_copy, sample)


def of(tiny: Rulebook, collection: str, record: str) -> dict[str, ReaderText]:
    return {
        ".".join(map(str, text.at.path)): text
        for text in reader_texts(tiny)
        if (text.at.collection, text.at.record) == (collection, record)
    }


def test_all_texts_of_a_point_are_read_with_the_findings_it_may_refer_to(tiny: Rulebook) -> None:
    texts = of(tiny, "rules", "waves-with-spots")
    rule = tiny.rules["waves-with-spots"]
    assert {path: text.text for path, text in texts.items()} == {
        "headline": rule.headline,
        "line": rule.line,
        "say": rule.say,
        "visit_question": rule.visit_question,
        "ask.0": rule.ask[0],
    }
    assert {text.findings for text in texts.values()} == {("study",)}


def test_the_texts_of_a_finding_are_read_with_its_own_numbers(tiny: Rulebook) -> None:
    texts = of(tiny, "findings", "study")
    assert list(texts) == ["says", "who", "certainty.reason", "caveat"]
    assert [text.own for text in texts.values()] == [tiny.findings["study"], None, None, tiny.findings["study"]]


@pytest.mark.parametrize(
    ("collection", "record", "texts"),
    [
        ("find_out", "scan", ["visit_question", "why", "how", "ask.0"]),
        ("glossary", "T2 scan", ["plain"]),
        ("facts", "active", ["means"]),
        ("outcomes", "doing-well", ["title", "gain", "loss", "note"]),
        ("studies", "one", ["name", "status", *(f"criteria.{number}.published" for number in range(3)), "not_seen.0"]),
        ("steps", "before", ["name", "what", "duration", "not_found"]),
        ("claims", "it-is-loved", ["says"]),
        ("standards", "tells-it", ["criterion", "shown_by"]),
        ("standard_texts", "ipdas", ["name"]),
        ("waivers", "never tells-it", ["reason"]),
    ],
)
def test_all_texts_of_the_other_records_are_read(
    tiny: Rulebook, collection: str, record: str, texts: list[str]
) -> None:
    assert list(of(tiny, collection, record)) == texts


def test_the_questionnaire_states_no_medical_facts(tiny: Rulebook) -> None:
    assert {text.at.collection for text in medical_texts(tiny)}.isdisjoint({"questions", "questionnaire"})


def test_every_text_leads_to_its_line(rulebook: Rulebook) -> None:
    """Of a text in one line of a file, that line; a longer one may be folded."""
    lines: dict[str, list[str]] = {}
    for text in reader_texts(rulebook):
        place = text.at.place(rulebook)
        if place.file not in lines:
            lines[place.file] = (paths.RULES / place.file).read_text(encoding="utf-8").splitlines()
        made_from_a_medicine = text.at.path[0] == "options" and text.at.collection == "questions"
        below = " ".join(lines[place.file][place.line - 1 :][:2])
        first = text.text.split()[0]
        assert made_from_a_medicine or first.strip("“”\"'") in below, place
