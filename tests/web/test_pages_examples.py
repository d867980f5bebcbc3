"""All examples on one page: answers, points and reasons, and nothing that is not on the sheets."""

import pytest
from flask.testing import FlaskClient

from tests.rulebooks import real
from tests.web.page import Page, select, text_of
from webapp.evaluation.answers import parse_answers
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> Page:
    return Page(client.get("/examples").text)


@pytest.mark.parametrize("name", real().example_sheets)
def test_an_example_has_its_answers_and_each_point_that_they_bring_with_the_answers_that_do(
    page: Page, rulebook: Rulebook, name: str
) -> None:
    example, part = rulebook.example_sheets[name], page.by_id(name)
    discussion = evaluate(rulebook, parse_answers(rulebook, example.answers))
    shown = {text_of(line) for line in select(part, "ul li")}
    for point in discussion.points:
        clauses = {rulebook.questions[name].option(option).clause for name, option in point.judgement.because}
        lines = [line for line in shown if line.startswith(rulebook.filled.rules[point.rule.id].headline)]
        assert bool(lines) is bool(clauses)
        assert [clause for clause in clauses if not any(clause in line for line in lines)] == []
    assert len(shown) == sum(bool(point.judgement.because) for point in discussion.points)
    assert len(select(part, "dl div")) == (len(list(_known(rulebook, example.answers))) or 1)
    assert f"/examples/{name}" in page.links
    assert part.get("open") is None


def _known(rulebook: Rulebook, answers: dict[str, str | list[str]]) -> list[str]:
    resolved = evaluate(rulebook, parse_answers(rulebook, answers)).resolved
    return [name for name in resolved.answers if name not in resolved.unknown]


def test_the_examples_are_reached_from_the_rules_and_from_the_start(client: FlaskClient) -> None:
    assert [path for path in ("/", "/rules") if "/examples" not in Page(client.get(path).text).links] == []
