"""What those who offer the guide say of themselves is added to the pages and the PDF, and replaces nothing."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.rulebooks import real, tiny
from tests.sheet.longest import longest_sheet
from tests.two_pages import squeezed
from tests.web.page import Page, problems
from webapp.cli import main
from webapp.sheet.operator import Operator
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import CHOICES, PrintOptions
from webapp.web.app import create_app

MAIL = "mistakes@example.org"
WORDS = {
    "name": "MS Exampleland",
    "contact": MAIL,
    "about": "We are a charity of people with MS.",
    "referral": "Here, a family doctor sends people to a neurologist.",
}
PAGES = ("/", "/about")


@pytest.fixture(scope="module")
def offered() -> FlaskClient:
    return create_app(real(), operator=Operator.model_validate(WORDS)).test_client()


@pytest.mark.parametrize("path", PAGES)
def test_an_operator_is_named_in_its_own_words(offered: FlaskClient, path: str) -> None:
    html = offered.get(path).text
    assert problems(html) == ()
    page = Page(html)
    assert [text for text in WORDS.values() if text not in page.text] == []
    assert f"mailto:{MAIL}" in page.links


@pytest.mark.parametrize("path", PAGES)
def test_an_operator_takes_nothing_away(offered: FlaskClient, client: FlaskClient, path: str) -> None:
    with_operator = squeezed(Page(offered.get(path).text).text)
    labels = real().sheet.labels
    for text in (f"{labels.offered_by} {WORDS['name']}", WORDS["about"], WORDS["referral"], labels.mistakes_to, MAIL):
        assert squeezed(text) in with_operator
        with_operator = with_operator.replace(squeezed(text), "", 1)
    assert with_operator == squeezed(Page(client.get(path).text).text)


def test_the_sheet_names_the_operator_on_the_page_and_in_print(offered: FlaskClient) -> None:
    page, document = (offered.post(path) for path in ("/sheet", "/sheet.pdf"))
    meta = squeezed(Page(page.text).one(".paper__meta").xpath("string()"))
    first, second = (squeezed(page.extract_text()) for page in PdfReader(BytesIO(document.data)).pages)
    for key in ("name", "contact", "referral"):
        assert squeezed(WORDS[key]) in meta
        assert squeezed(WORDS[key]) in second
        assert squeezed(WORDS[key]) not in first


@pytest.mark.parametrize("path", PAGES)
def test_without_a_host_nobody_is_named(client: FlaskClient, path: str) -> None:
    assert real().sheet.labels.offered_by not in Page(client.get(path).text).text


@pytest.mark.parametrize("paper", CHOICES["paper"])
def test_two_pages_stay_two_pages_with_the_longest_words_that_a_host_may_write(paper: str) -> None:
    """Also under the longest sheet that there could be; no letter is wider than a W."""
    operator = Operator(
        name="WWWWW " * 9 + "WWWWWW",
        contact=f"https://{'w' * 43}.example/",
        referral="WWWWW " * 19 + "WWWWWW",
    )
    assert [len(text) for text in (operator.name, operator.contact, operator.referral or "")] == [60, 60, 120]
    document = PdfReader(
        BytesIO(pdf(longest_sheet(), PrintOptions(paper=paper), "https://guide.example/resume", operator))
    )
    assert len(document.pages) == 2
    assert squeezed(operator.referral or "") in squeezed(document.pages[1].extract_text())


def test_no_site_may_show_the_guide_within_its_own_pages_unless_the_host_lists_it(client: FlaskClient) -> None:
    """That they are forbidden by default, the client checks with each response."""
    sites = ("https://www.example.org", "https://example.com:8443")
    offered = create_app(tiny(), operator=Operator.model_validate({**WORDS, "embed": sites})).test_client()
    for response in (offered.get("/"), offered.post("/sheet"), offered.get("/nowhere")):
        policy = response.headers["Content-Security-Policy"]
        assert policy.endswith(f"frame-ancestors {' '.join(sites)}")
        assert policy.replace(" ".join(sites), "'none'") == client.get("/").headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in response.headers
    assert all(site in Page(offered.get("/privacy").text).text for site in sites)


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[int, str]]:
    """Return a function that starts `serve` with the words of a file. It returns the status, and what is said."""
    monkeypatch.setattr("webapp.web.server.run", lambda *_: None)

    def serve(words: str) -> tuple[int, str]:
        file = tmp_path / "operator.yaml"
        file.write_text(words, encoding="utf-8")
        done = CliRunner().invoke(main, ["serve", "--port", "0", "--operator", str(file)])
        return done.exit_code, done.output.replace(f"{tmp_path}/", "")

    return serve


RIGHT = f"name: MS Exampleland\ncontact: {MAIL}\n"
WRONG = {
    "name: MS Exampleland\n": "operator.yaml:1: the key 'contact' is missing",
    f"nme: MS Exampleland\ncontact: {MAIL}\n": "unknown key 'nme'; did you mean 'name'?",
    "name: MS Exampleland\ncontact: 555\n": "operator.yaml:2: 'contact' must be text, not 555; write \"555\"",
    "name: MS Exampleland\ncontact: our desk\n": "'contact' must be an e-mail address, or the address of a page",
    "name: MS Exampleland\ncontact: http://example.org\n": "the address of a page that begins with https://",
    f"name: {'M' * 61}\ncontact: {MAIL}\n": "operator.yaml:1: 'name' must have at most 60 characters",
    f"{RIGHT}referral: {'so ' * 41}so\n": "operator.yaml:3: 'referral' must have at most 120 characters",
    f"{RIGHT}about: AHSCT is a proven cure.\n": "operator.yaml:3: about: 'proven' is never said (promise)",
    f"{RIGHT}referral: You should have AHSCT.\n": "operator.yaml:3: referral: 'You should' is never said (advice)",
    f"{RIGHT}about: {'so ' * 25}long.\n": "operator.yaml:3: about: a sentence of 26 words",
    f"{RIGHT}about: Мы here.\n": "(U+041C, cyrillic capital letter em) is not among the 'letters'",
    f"{RIGHT}embed: ['*']\n": "such as https://www.example.org, without a path and without *, not '*'",
    f"{RIGHT}embed: ['https://example.org/page']\n": "without a path",
    f"{RIGHT}api_origins: [https://example.org/]\n": "'api_origins' lists sites such as https://",
    f"{RIGHT}purpose: ''\n": "unknown key 'purpose'",
    f"{RIGHT}review: We reviewed it.\n": "unknown key 'review'",
    "": "nothing behind it",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_word_of_a_host_stops_the_start_with_a_clear_sentence(
    serve: Callable[[str], tuple[int, str]], words: str
) -> None:
    status, said = serve(words)
    assert status == 2
    assert WRONG[words] in said
    assert "Traceback" not in said


def test_a_host_without_a_fault_starts(serve: Callable[[str], tuple[int, str]]) -> None:
    assert (
        serve(f"{RIGHT}about: We read it with you.\nreferral: Ask at our desk.\nembed: [https://example.org]\n")[0] == 0
    )


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["serve", "--port", "0", "--operator", str(tmp_path / "none.yaml")])
    assert (done.exit_code, "cannot be read" in done.output) == (2, True)
