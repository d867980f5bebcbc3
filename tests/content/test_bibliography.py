import pytest

from tests.sheet.findings import finding
from webapp.content.bibliography import citation, describe_findings
from webapp.rulebook.records.evidence import Source
from webapp.rulebook.rulebook import Rulebook


def source(**fields: object) -> Source:
    return Source.model_validate({"id": "a", "type": "article-journal", "title": "A trial", **fields})


@pytest.mark.parametrize(
    ("record", "written"),
    [
        (source(), "A trial."),
        (source(author=("Burt RK", "Balabanov R")), "Burt RK, Balabanov R. A trial."),
        (source(title="Does it work?"), "Does it work?"),
        (source(issued=2019), "A trial. 2019."),
        (source(**{"container-title": "JAMA"}), "A trial. JAMA."),
        (source(**{"container-title": "JAMA"}, issued=2019), "A trial. JAMA 2019."),
        (source(**{"container-title": "JAMA"}, issued=2019, volume="321"), "A trial. JAMA 2019; 321."),
        (
            source(**{"container-title": "JAMA"}, issued=2019, volume="321", issue="2", page="165-174"),
            "A trial. JAMA 2019; 321(2):165-174.",
        ),
        (source(**{"container-title": "JAMA"}, issued=2019, page="165"), "A trial. JAMA 2019; 165."),
        (source(**{"container-title": "JAMA"}, issue="2"), "A trial. JAMA; (2)."),
        (source(title="A trial et al."), "A trial et al."),
    ],
)
def test_a_source_is_written_with_what_is_known_of_it(record: Source, written: str) -> None:
    assert citation(record) == written


def test_every_source_is_written_as_one_line_that_ends_a_sentence(rulebook: Rulebook) -> None:
    for record in rulebook.sources.values():
        line = citation(record)
        assert record.title in line
        assert line[-1] in ".?!"
        assert [mark for mark in ("\n", "  ", "..", " ;", " .", "None") if mark in line.replace("...", "")] == [], (
            record.id
        )


def test_findings_are_described_by_who_where_when_how_long_by_whom_and_how_sure(
    rulebook: Rulebook,
) -> None:
    told = {"who": "20 people", "where": "Italy", "years": "2001", "followup": "1 year", "via": "a news page"}
    assert describe_findings([finding(**told)], rulebook.sheet.about) == [
        ("Who", "20 people"),
        ("Where", "Italy"),
        ("Years", "2001"),
        ("How long", "1 year"),
        ("As reported by", "a news page"),
        ("How sure", "very low: It is made up"),
    ]


def test_what_is_the_same_for_two_findings_is_shown_once_and_what_is_not_known_is_left_out(rulebook: Rulebook) -> None:
    cited = [finding(who="20 people"), finding(who="20 people.", where="Italy"), finding(who="30 people")]
    assert describe_findings(cited, rulebook.sheet.about) == [
        ("Who", "20 people; 30 people"),
        ("Where", "Italy"),
        ("How sure", "very low: It is made up"),
    ]
