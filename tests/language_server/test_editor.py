"""What an author sees in an editor while typing a rule, shown by the language server that editors use."""

from collections.abc import Iterator

import pytest

from tests.language_server import LanguageServer, missing
from webapp import paths
from webapp.rulebook.rulebook import Rulebook

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")

RISKS = paths.RULES / "points" / "risks.yaml"


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with LanguageServer() as server:
        yield server


def typed(server: LanguageServer, name: str, *lines: str) -> str:
    """Open a new file of points with the line that leads to its schema, and these lines below."""
    modeline = RISKS.read_text(encoding="utf-8").split("\n", 1)[0]
    return server.open(RISKS.with_name(name), "\n".join((modeline, "- id: a-new-point", *lines, "")))


def test_files_as_they_are_have_no_problem(server: LanguageServer) -> None:
    for file in (
        RISKS,
        *(paths.RULES / name for name in ("facts.yaml", "evidence/findings/values.yaml", "sheet.yaml")),
    ):
        assert server.problems_of(server.open(file, file.read_text(encoding="utf-8"))) == []


def test_keys_and_ids_are_completed(server: LanguageServer) -> None:
    uri = typed(
        server, "completed.yaml", "  when:", "    ms_type: [relapsing_remitting, ]", "  findings: [swe]", "  wh"
    )
    assert {"unless", "weight", "visit_question"} <= server.completions(uri, 6, 4)
    assert {"secondary_progressive", "primary_progressive"} <= server.completions(uri, 4, 35)
    assert "dont_know" not in server.completions(uri, 4, 35)
    assert "sweden-neda-5y" in server.completions(uri, 5, 16)


def test_a_key_is_explained(server: LanguageServer, rulebook: Rulebook) -> None:
    uri = typed(server, "explained.yaml", "  weight: 3", "  when:", "    ms_type: [relapsing_remitting]")
    assert "3 the most" in server.hover(uri, 3, 4)
    assert rulebook.questions["ms_type"].prompt in server.hover(uri, 5, 6)


def test_mistakes_are_marked_in_their_lines(server: LanguageServer) -> None:
    uri = typed(
        server, "marked.yaml", "  group: points_foor", "  wieght: 3", "  when: {ms_type: [relapsing]}", "  findings: 7"
    )
    problems = server.problems_of(uri)
    assert {line for line, message in problems if "Missing property" not in message} == {3, 4, 5, 6}
    assert (4, "Property wieght is not allowed.") in problems
