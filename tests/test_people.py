"""Whole cases: people with their answers, and the points that they get.

`people/expected.yaml` has the points of each. To write it anew after a change of the rules, `make expected` deletes it
and runs these tests: one writes it, and fails to say so. Then read the difference.
"""

from pathlib import Path
from typing import Any

import pytest

from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read

FOLDER = Path(__file__).parent / "people"
EXPECTED = FOLDER / "expected.yaml"
PEOPLE = {path.stem: path for path in sorted(FOLDER.glob("*-*.yaml"))}

MUST_AND_MUST_NOT: dict[str, tuple[set[str], set[str]]] = {
    # Ocrelizumab is on every list of high-efficacy medicines, and a scan showed an enhancing lesion while she took it.
    "anna-active-on-ocrelizumab": (
        {"activity-on-high-efficacy-medicine", "enhancing-lesions-and-results", "stopping-a-b-cell-medicine"},
        {"activity-on-other-medicines-only", "quiet-year", "anti-cd20-before-ahsct", "stopping-can-bring-ms-back"},
    ),
    # Lists differ about cladribine: it must not count as a high-efficacy medicine without a word.
    "bogdan-core-only-active-on-cladribine": (
        {"medicine-class-lists-differ", "one-relapse"},
        {"activity-on-high-efficacy-medicine", "activity-on-other-medicines-only"},
    ),
    # Interferon is a lower-efficacy medicine, and cost kept her from a stronger one.
    "chipo-active-on-interferon": (
        {"activity-on-other-medicines-only", "access-or-cost-as-reason"},
        {"activity-on-high-efficacy-medicine", "severe-start-never-treated"},
    ),
    # He never took a medicine, so nothing can come back by stopping it; his start was severe.
    "dilan-severe-start-never-treated": (
        {"severe-start-never-treated", "never-treated-first-line"},
        {"stopping-can-bring-ms-back", "activity-on-high-efficacy-medicine"},
    ),
    # No relapse, no new lesion: quiet. Natalizumab needs a word about JC virus and about stopping.
    "elena-quiet-on-natalizumab": (
        {"quiet-year", "natalizumab-and-jc-virus", "stopping-can-bring-ms-back"},
        {"two-or-more-relapses", "enhancing-lesions-and-results", "activity-on-high-efficacy-medicine"},
    ),
    # Progressive with new lesions: inside some published rules, and no first course of MS is relapsing here.
    "farid-secondary-progressive-with-activity": (
        {"progressive-with-activity-published-rules", "spms-results-weaker-than-relapsing"},
        {"progressive-no-activity-outside-guidance", "rr-most-long-term-data", "quiet-year"},
    ),
    # Progressive, and neither a relapse nor a new lesion: the guidelines name activity as a condition.
    "greta-primary-progressive-quiet-scan": (
        {"progressive-no-activity-outside-guidance", "ppms-few-people-studied"},
        {"progressive-with-activity-published-rules", "rr-most-long-term-data"},
    ),
    # No scan: whether the disease is active is open, so neither of the two points about it may be shown.
    "hiroshi-progressive-without-a-scan": (
        {"progressive-activity-not-known", "no-scan-in-the-last-year"},
        {"progressive-with-activity-published-rules", "progressive-no-activity-outside-guidance", "quiet-year"},
    ),
    # Not MS: her answers about relapses and medicines were given before, and do not count any more.
    "kavita-nmosd": (
        {"other-disease-guide-is-about-ms", "nmosd-published-position"},
        {"two-or-more-relapses", "rr-most-long-term-data", "stopping-can-bring-ms-back"},
    ),
    # In a wheelchair, over 65, with an offer of mesenchymal cells: nothing that is written of AHSCT is about her.
    "ines-wheelchair-over-65": (
        {"offer-which-cells", "msc-largest-trial", "injections-outside-trials-harm", "msc-spinal-injection-effects"},
        {"wheelchair-outside-most-rules", "age-65-plus", "cancer-now-or-before", "deaths-in-studies", "under-18"},
    ),
    # One attack and pregnant: her family plans bring points although she has not thought about any therapy.
    "joana-first-attack-pregnant": (
        {"pregnant-or-breastfeeding-now", "fertility-can-be-lost", "cis-not-named-in-ahsct-guidance"},
        {"two-or-more-relapses", "rr-most-long-term-data", "early-menopause-without-plans"},
    ),
    # A child: the guide has no facts about children, and says so first.
    "lars-under-18": (
        {"under-18", "two-or-more-relapses"},
        {"age-18-44-inside-limits"},
    ),
    # She gave every answer: both kinds of cells, an offer, a child soon. Values that pull apart must all be there.
    "mei-everything-answered-planning-children": (
        {"pregnancy-soon-and-the-order", "msc-np-main-result", "value-having-children", "value-stop-relapses"},
        {"value-time-away", "value-keep-current", "quiet-year", "early-menopause-without-plans"},
    ),
    # An offer abroad of mesenchymal cells, to somebody whose progressive MS was never treated: no results of AHSCT.
    "nadia-offer-from-a-private-clinic": (
        {"offer-which-cells", "offer-signs-to-check", "msc-largest-trial", "never-treated-progressive"},
        {"abroad-published-results", "abroad-wider-entry-rules", "never-treated-first-line", "quiet-year"},
    ),
    # Active on a high-efficacy medicine before, on none now, and without a scan: nothing may be said of a present one.
    "omar-two-medicines-at-once": (
        {"activity-on-high-efficacy-medicine", "active-while-off-medicine", "no-scan-in-the-last-year"},
        {"never-treated-first-line", "present-medicine-and-a-quiet-year", "enhancing-lesions-and-results"},
    ),
    # Ofatumumab, an anti-CD20 medicine, is named only as taken now. It counts as taken all the same.
    "petra-takes-a-medicine-she-did-not-list": (
        {"anti-cd20-before-ahsct", "stopping-a-b-cell-medicine"},
        {"never-treated-first-line", "activity-on-high-efficacy-medicine", "stopping-can-bring-ms-back"},
    ),
    # "I don't know" is no answer: he gets what is for safety, and no point that rests on a fact about him.
    "quentin-everything-dont-know": (
        {"safety-get-help-now", "under-18", "stopping-can-bring-ms-back", "role-not-sure"},
        {"quiet-year", "activity-on-high-efficacy-medicine", "never-treated-first-line", "no-scan-in-the-last-year"},
    ),
    # Nothing is known: what is for safety is shown, what rests on answers is not.
    "rosa-nothing-answered": (
        {"safety-get-help-now", "safety-no-change-alone", "other-disease-guide-is-about-ms"},
        {"quiet-year", "activity-on-high-efficacy-medicine", "age-18-44-inside-limits"},
    ),
    # Active again after AHSCT: what comes next is open, and nothing is said of limits or results of a first one.
    "sofia-relapse-two-years-after-ahsct": (
        {
            "after-ahsct-active-now",
            "after-ahsct-second-transplant",
            "after-ahsct-active-medicine-trials",
            "after-cells-papers",
        },
        {"relapse-freedom-after-ahsct", "deaths-in-studies", "time-it-takes", "after-ahsct-years-quiet"},
    ),
    # Worse with a quiet scan, in secondary progressive MS: results in relapsing MS are no point for him.
    "tomas-slow-worsening-six-years-after-ahsct": (
        {"after-ahsct-slow-worsening", "after-ahsct-progressive-held", "after-ahsct-thyroid-and-autoimmune"},
        {"after-ahsct-years-quiet", "after-ahsct-first-year", "after-ahsct-active-now", "quiet-but-getting-worse"},
    ),
    # Results in MS are no point for him, although every sheet needs one: the side effects of MSC stay.
    "caspar-mogad-with-an-offer": (
        {"other-disease-guide-is-about-ms", "offer-signs-to-check", "msc-trial-side-effects"},
        {"msc-smaller-positive-trial", "centre-experience", "two-or-more-relapses"},
    ),
    # Quiet on natalizumab and a child soon: nothing tells her that a rule about relapses is about her.
    "devika-planning-a-child-on-natalizumab": (
        {"pregnancy-soon-and-the-order", "natalizumab-and-jc-virus", "quiet-year", "pregnancies-after-ahsct"},
        {"access-us-routes", "activity-on-high-efficacy-medicine"},
    ),
    # Quiet for years and over 55: to keep his medicine is the comparison, a stronger one is not.
    "gustav-quiet-for-years": (
        {"quiet-year", "present-medicine-and-a-quiet-year", "heart-or-lung-illness"},
        {"high-efficacy-medicine-not-yet-tried", "active-while-off-medicine"},
    ),
    # A child: the ages of the NHS begin at 18.
    "zoe-under-18-never-treated": ({"under-18", "never-treated-first-line"}, {"access-uk-nhs"}),
    # More cells of the same kind: the trial that missed its goal is there too, and AHSCT is not her topic.
    "ulla-more-cells-offered-after-msc": (
        {
            "after-msc-repeated-courses",
            "after-msc-repeat-not-compared",
            "msc-largest-trial",
            "after-cells-late-problems",
        },
        {"after-ahsct-vaccines-again", "deaths-in-studies", "mist-trial-result", "age-18-44-inside-limits"},
    ),
}


def points(rulebook: Rulebook, answers: Any) -> list[str]:
    return sorted(point.rule.id for point in evaluate(rulebook, parse_answers(rulebook, answers)).points)


@pytest.mark.parametrize("person", PEOPLE)
def test_each_file_begins_with_a_line_that_says_who_it_is(person: str) -> None:
    first, second, *_ = PEOPLE[person].read_text(encoding="utf-8").splitlines()
    name = person.partition("-")[0].capitalize()
    assert first.startswith(f"# {name}")
    assert first.endswith(".")
    assert not second.startswith("#")


def test_each_person_gets_exactly_the_points_that_are_expected(rulebook: Rulebook) -> None:
    found = {person: points(rulebook, read(path, person).data) for person, path in PEOPLE.items()}
    if not EXPECTED.exists():
        lists = (f"{person}:\n" + "".join(f"  - {point}\n" for point in names) for person, names in found.items())
        EXPECTED.write_text("".join(lists), encoding="utf-8")
        pytest.fail(f"{EXPECTED.name} was not there and has been written: read what differs, then run again")
    expected = read(EXPECTED, EXPECTED.name).data
    differing = {
        person: {"too many": sorted(set(found.get(person, [])) - names), "missing": sorted(names - set(found[person]))}
        for person, names in ((person, set(expected.get(person, []))) for person in found)
        if set(found[person]) != names
    }
    assert differing == {}, f"if this is as wanted, delete {EXPECTED.name} and run the tests once"
    assert list(expected) == list(found)


@pytest.mark.parametrize("person", MUST_AND_MUST_NOT)
def test_a_person_gets_the_points_that_the_case_is_about_and_not_their_opposites(
    rulebook: Rulebook, person: str
) -> None:
    must, must_not = MUST_AND_MUST_NOT[person]
    found = set(points(rulebook, read(PEOPLE[person], person).data))
    assert must - found == set()
    assert must_not & found == set()
    assert must_not - rulebook.rules.keys() == set(), "a point that does not exist is never shown"


def test_the_examples_for_readers_are_these_people(rulebook: Rulebook) -> None:
    """So what comes first on its page was chosen by hand."""
    everybody = [parse_answers(rulebook, read(path, person).data) for person, path in PEOPLE.items()]
    examples = {name: parse_answers(rulebook, example.answers) for name, example in rulebook.example_sheets.items()}
    assert {name for name, answers in examples.items() if answers not in everybody} == set()
    assert [answers for answers in everybody if answers not in examples.values()] == []
