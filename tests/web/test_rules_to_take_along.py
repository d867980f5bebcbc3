"""The spreadsheet and the history of the rules, as readers get them."""

from flask.testing import FlaskClient

from tests.web.page import Page, text_of
from webapp.content.history import history
from webapp.content.spreadsheet import spreadsheet
from webapp.rulebook.rulebook import Rulebook


def test_the_spreadsheet_is_a_file_with_the_version_in_its_name(client: FlaskClient, rulebook: Rulebook) -> None:
    response = client.get("/rules/rules.xlsx")
    assert response.data == spreadsheet(rulebook)
    assert response.headers["Content-Disposition"] == f"attachment; filename=rules-{rulebook.header.version}.xlsx"
    assert "/rules/rules.xlsx" in Page(client.get("/rules").text).links


def test_the_page_of_versions_shows_each_with_what_changed_folded(client: FlaskClient, rulebook: Rulebook) -> None:
    page = Page(client.get("/rules/versions").text)
    sections = page.all("main section")
    for section, version in zip(sections, history(rulebook), strict=True):
        text = text_of(section)
        said = [*version.new, *version.other_words, *version.other_people, *version.gone, *version.notes]
        assert version.name in text
        assert [line for line in said if " ".join(line.split()) not in text] == []
    assert page.all("details[open]") == []
    assert {"/rules/versions"} <= {*Page(client.get("/rules").text).links} & {*Page(client.get("/about").text).links}
