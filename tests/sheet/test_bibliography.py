import pytest

from webapp.rulebook.evidence import Source
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.bibliography import citation


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
