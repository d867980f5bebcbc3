"""Files of sources for reference managers, as readers get them."""

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from tests.web.page import Page
from webapp.content.references import FORMATS, all_items, item
from webapp.evaluation.answers import parse_answers
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet

ANSWERS: Mapping[str, str | list[str]] = {"ms_type": "relapsing_remitting", "dmt_ever": ["natalizumab"]}
EACH = pytest.mark.parametrize("name", FORMATS)


@EACH
def test_all_sources_are_a_file_that_the_page_of_sources_links(
    client: FlaskClient, rulebook: Rulebook, name: str
) -> None:
    response = client.get(f"/sources.{name}")
    assert response.text == FORMATS[name].write(all_items(rulebook))
    assert response.mimetype == FORMATS[name].media_type
    assert response.headers["Content-Disposition"] == f"attachment; filename=sources.{name}"
    assert f"/sources.{name}" in Page(client.get("/sources").text).links


@EACH
def test_a_button_of_a_sheet_sends_its_answers_in_the_body_and_gets_its_sources_only(
    client: FlaskClient, rulebook: Rulebook, name: str
) -> None:
    page = Page(client.post("/sheet", data=ANSWERS).text)
    button = page.one(f"#part-sources button[formaction='/sheet/sources.{name}']")
    assert (button.get("form"), page.one("form#answers").get("method")) == ("answers", "post")
    response = client.post(f"/sheet/sources.{name}", data=ANSWERS)
    sheet = build_sheet(rulebook, parse_answers(rulebook, ANSWERS))
    assert response.text == FORMATS[name].write([item(entry.named, entry.findings) for entry in sheet.sources])
    assert len(sheet.sources) < len(rulebook.sources)
    assert response.headers["Cache-Control"] == "no-store"


@EACH
def test_wrong_answers_lead_back_to_the_questions(client: FlaskClient, name: str) -> None:
    response = client.post(f"/sheet/sources.{name}", data={"ms_type": "waves"})
    assert (response.status_code, response.mimetype) == (400, "text/html")
