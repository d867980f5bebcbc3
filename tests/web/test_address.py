"""What sheets print as the address of the guide: the operator's public one, on the page and on paper."""

from io import BytesIO

import pytest
from click.testing import CliRunner
from flask import Flask
from pypdf import PdfReader

from tests.rulebooks import tiny
from webapp.cli import main
from webapp.web.address import problem_of, warning_about
from webapp.web.app import create_app

HOST = "guide.example"
HERE, PUBLIC = "http://localhost", f"https://{HOST}"


def printed(app: Flask) -> list[str]:
    """Return the text of the page of a sheet and of its PDF."""
    client = app.test_client()
    pdf = PdfReader(BytesIO(client.post("/sheet.pdf").data))
    return [client.post("/sheet").text, "".join(page.extract_text() for page in pdf.pages)]


@pytest.mark.parametrize(("address", "host"), [(PUBLIC, HOST), (f"{PUBLIC}/", HOST), (None, "localhost")])
def test_sheets_print_the_public_address_or_else_the_one_that_a_request_came_to(address: str | None, host: str) -> None:
    for text in printed(create_app(tiny(), address)):
        assert f"{host}/resume" in text
        assert ("localhost" in text) is (host == "localhost")


@pytest.mark.parametrize("address", [PUBLIC, "http://guide.example:8000", "https://guide.example/"])
def test_an_address_of_a_host_is_taken(address: str) -> None:
    assert problem_of(address) is None


@pytest.mark.parametrize(
    "address", ["guide.example", "ftp://guide.example", f"{PUBLIC}/sheet", f"{PUBLIC}?a=1", "https://"]
)
def test_any_other_address_is_refused_before_the_server_starts(address: str) -> None:
    done = CliRunner().invoke(main, ["serve", "--address", address])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"--address: '{address}' is not an address such as https://guide.example\n"


def test_an_operator_is_warned_of_an_address_that_others_cannot_open_or_that_others_can_read_along() -> None:
    assert warning_about(PUBLIC) is None
    assert "--address" in (warning_about(None) or "")
    assert "without HTTPS" in (warning_about("http://guide.example") or "")
