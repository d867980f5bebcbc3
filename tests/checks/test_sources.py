import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.rulebook.loader import load

SOURCES, STUDY, COURSE, SHEET = (
    "evidence/sources/sources.yaml",
    "evidence/findings/study.yaml",
    "points/course.yaml",
    "sheet.yaml",
)
PAPER = "DOI: 10.1000/paper"
WEAK_KIND = "  - {id: news, title: News, weak: true, designs: {news: news, provider_page: provider}}"
RUMOUR = """
- id: rumour
  source: paper
  locator: page 2
  says: It was {many} people.
  numbers: {many: {value: 9, unit: count}}
  about: {}
  design: cohort
  certainty: {level: low, reason: It is made up.}
  checked: 2026-01-01
  review_by: 2027-01-01
"""
LINE = "In all {rumour.many} people."
EXAMPLE = "\n  examples:\n    applies:\n      - {course: waves, scan: spots}"
ALONE = "a number of the two pages rests on 'rumour' alone, "
NEWS = f"{ALONE}and 'paper' is news or a page of those who sell"


def same(old: str, new: str, address: str) -> Sample:
    return Sample(SOURCES, old, new, "{id: paper", "paper", f"'{address}' is 'list' too; merge the two records")


def told(old: str, new: str, message: str) -> Sample:
    return Sample(STUDY, old, new, "  line: In all", "waves-with-spots", message)


BAD: Samples = {
    "linked": [
        Sample(
            SOURCES,
            f", {PAPER}",
            "",
            "{id: paper",
            "paper",
            "no DOI, PubMed id or address; give one, or the reason in 'no_link'",
        ),
        Sample(
            SOURCES,
            PAPER,
            f"{PAPER}, no_link: It has none.",
            "{id: paper",
            "paper",
            "a source with a link needs no reason for having none",
        ),
    ],
    "one_record": [
        same(PAPER, 'URL: "https://www.example.org/List/"', "example.org/list"),
        Sample(
            SOURCES,
            'URL: "https://example.org/list"',
            "DOI: 10.1000/PAPER",
            "{id: paper",
            "paper",
            "'10.1000/paper' is 'list' too; merge the two records",
        ),
    ],
    "weak_numbers": [
        told("  design: cohort\n  certainty: {level: low", "  design: news\n  certainty: {level: low", NEWS),
        told("  design: cohort\n  certainty: {level: low", "  design: provider_page\n  certainty: {level: low", NEWS),
        told(
            "  locator: page 2",
            "  locator: page 2\n  via: A page",
            f"{ALONE}read on another page; say in 'via_kind' what page that is",
        ),
        told(
            "  locator: page 2",
            "  locator: page 2\n  via: A page\n  via_kind: news",
            f"{ALONE}read on a news page, in a press release, in a blog or in a forum",
        ),
    ],
}
GOOD: Samples = {
    "linked": [
        Sample(SOURCES, PAPER, 'PMID: "123"'),
        Sample(SOURCES, PAPER, "no_link: Nobody found it."),
    ],
    "one_record": [
        Sample(SOURCES, PAPER, 'URL: "https://example.org/list?page=2"'),
        Sample(SOURCES, PAPER, f'{PAPER}, PMID: "123"'),
    ],
    "weak_numbers": [
        Sample(STUDY, "  locator: page 2", "  locator: page 2\n  via: A page\n  via_kind: copy"),
        Sample(STUDY, "  locator: page 2", "  locator: page 2\n  via: A page\n  via_kind: report"),
        Sample(COURSE, LINE, "In all, it was many people."),
    ],
}


@pytest.fixture
def folder(tiny_copy: RulesFolder) -> RulesFolder:
    """Return the tiny rules with a weak kind of source, and a line of the two pages on a finding of its own."""
    tiny_copy.edit(SHEET, "      provider_page: provider\n      news: news\n", "")
    tiny_copy.edit(SHEET, "source_kinds:\n", f"source_kinds:\n{WEAK_KIND}\n")
    tiny_copy.edit(STUDY, "  review_by: 2027-01-01\n", f"  review_by: 2027-01-01\n{RUMOUR}")
    tiny_copy.edit(COURSE, "  line: Most people did well in one study, without a comparison.", f"  line: {LINE}")
    tiny_copy.edit(COURSE, f"findings: [study]{EXAMPLE}", f"findings: [study, rumour]{EXAMPLE}")
    tiny_copy.edit(COURSE, "say: In one study {study.share}", "say: In one study of {rumour.many} {study.share}")
    return tiny_copy


def test_the_rules_of_these_samples_are_in_order(folder: RulesFolder) -> None:
    assert check(load(folder.path)) == []


@each(BAD)
def test_a_source_that_nobody_can_find_or_has_twice_and_a_number_of_news_are_refused(
    folder: RulesFolder, name: str, sample: Sample
) -> None:
    place = COURSE if name == "weak_numbers" else sample.file
    assert problems_after(folder, sample) == expected(folder, name, sample._replace(file=place))


@each(GOOD)
def test_a_source_with_a_link_or_a_reason_and_a_number_of_a_paper_are_taken(
    folder: RulesFolder, name: str, sample: Sample
) -> None:
    assert name not in refused(folder, sample)


@pytest.mark.parametrize("type_", ["article-newspaper", "post-weblog"])
def test_what_a_newspaper_or_a_blog_tells_is_news_whatever_the_study(folder: RulesFolder, type_: str) -> None:
    folder.edit(SOURCES, "{id: paper, type: article-journal", f"{{id: paper, type: {type_}")
    problems = check(load(folder.path))
    assert {problem.check for problem in problems} == {"weak_numbers"}
    assert {problem.record for problem in problems} >= {"waves-with-spots", "died", "not-well", "go"}
