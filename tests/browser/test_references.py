"""The sources of a sheet arrive as a file, and the sheet stays as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
import rispy
from playwright.sync_api import Page

from tests.browser.conftest import Answers, OpenPage


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_sources_of_a_sheet_arrive_as_a_file_and_the_sheet_stays(
    open_page: OpenPage, make_sheet: Callable[[Page, Answers], None], anna: Answers, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/questions")
    make_sheet(page, anna)
    address, questions = page.url, list[str]()
    page.on("dialog", lambda dialog: questions.append(dialog.message))
    page.locator("#part-sources > summary").click()
    with page.expect_download() as file:
        page.get_by_role("button", name="Save as RIS").click()
    assert file.value.suggested_filename == "sources.ris"
    entries = rispy.loads(Path(file.value.path()).read_text(encoding="utf-8"))
    assert len(entries) >= page.locator("#part-sources ol:not(.print-only) > li").count() > 0
    assert (page.url, questions) == (address, [])
