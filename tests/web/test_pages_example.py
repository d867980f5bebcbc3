"""The sheets of invented people, each at an address of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.rulebooks import real
from tests.web.page import Page, text_of

EXAMPLES = {name: example for name, example in real().example_sheets.items() if example.start_page}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_says_first_that_it_is_of_an_invented_person(client: FlaskClient, name: str) -> None:
    main = Page(client.get(f"/examples/{name}").text).one("main")
    assert text_of(main).startswith(f"{EXAMPLES[name].title} ")
    assert "invented" in EXAMPLES[name].title  # also on paper
    assert "invented person" in EXAMPLES[name].who
    assert text_of(main).index(EXAMPLES[name].who) < text_of(main).index("My three questions")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_the_two_pages_and_the_points_of_the_sheet_for_its_answers(
    client: FlaskClient, sheet_for: Callable[[dict[str, Any]], Page], name: str
) -> None:
    example, sheet = Page(client.get(f"/examples/{name}").text), sheet_for(EXAMPLES[name].answers)
    for part in (".paper__questions ol", ".paper__to-have", ".fact", ".paper__options", ".paper__sources", ".point"):
        assert [text_of(found) for found in example.all(part)] == [text_of(found) for found in sheet.all(part)], part


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_sends_no_answers_and_has_no_code_that_could_be_taken_for_ones_own(
    client: FlaskClient, name: str
) -> None:
    page = Page(client.get(f"/examples/{name}").text)
    assert page.all("form, input, select, .resume__code, .resume__qr") == []


def test_an_example_is_the_same_for_everybody(client: FlaskClient) -> None:
    plain = client.get("/examples/new-ms")
    assert plain.headers["Cache-Control"] == "public, max-age=300"
    assert client.get("/examples/new-ms?ms_type=primary_progressive").text == plain.text


def test_there_is_no_example_of_another_name(client: FlaskClient) -> None:
    assert client.get("/examples/nobody").status_code == 404
