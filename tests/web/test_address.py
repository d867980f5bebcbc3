"""What sheets print as the address of the guide, and how pages link to each other behind a proxy."""

from io import BytesIO
from ipaddress import ip_network

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import create_environ, run_wsgi_app

from tests.rulebooks import tiny
from tests.web.page import Page
from webapp.cli import main
from webapp.web.address import Network, problem_of, said_at_start
from webapp.web.app import create_app

HOST = "guide.example"
PUBLIC = f"https://{HOST}"
UNDER = "https://example.org/guide"
HERE = "http://127.0.0.1:8000"
PROXY = ip_network("127.0.0.1")
ELSEWHERE = ip_network("10.0.0.0/8")
FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "example.org", "X-Forwarded-Prefix": "/guide"}


def printed(client: FlaskClient, path: str = "", headers: dict[str, str] | None = None) -> list[str]:
    """Return the text of the page of a sheet and of its PDF."""
    page, pdf = (client.post(f"{path}{kind}", headers=headers) for kind in ("/sheet", "/sheet.pdf"))
    assert page.status_code == pdf.status_code == 200
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.data)).pages)
    return [page.text, "".join(words.split())]  # a long address is broken at the end of a line


@pytest.mark.parametrize(
    ("address", "start"),
    [
        (PUBLIC, HOST),
        (f"{PUBLIC}/", HOST),
        (UNDER, "example.org/guide"),
        (f"{UNDER}/", "example.org/guide"),
        ("https://bücher.example/a/b", "bücher.example/a/b"),
        (None, "localhost"),
    ],
)
def test_sheets_print_the_public_address_or_else_the_one_that_a_request_came_to(
    address: str | None, start: str
) -> None:
    for text in printed(create_app(tiny(), address).test_client()):
        assert f"{start}/resume" in text
        assert ("localhost" in text) is (start == "localhost")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:8124", "a..b", ""])
def test_a_public_address_stands_whatever_the_request_says(host: str) -> None:
    client = create_app(tiny(), PUBLIC, [PROXY]).test_client()
    told = {
        "Host": host,
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Proto": "http",
    }
    for text in printed(client, headers=told):
        assert f"{HOST}/resume" in text
        assert "evil" not in text


@pytest.mark.parametrize("kept", ["", "/guide"], ids=["the proxy takes the path off", "the proxy keeps the path"])
@pytest.mark.parametrize(
    ("app", "headers"),
    [(create_app(tiny(), UNDER), {}), (create_app(tiny(), None, [PROXY]), FORWARDED)],
    ids=["by the address", "by a trusted proxy"],
)
def test_under_a_path_every_link_style_and_form_is_under_it(app: Flask, headers: dict[str, str], kept: str) -> None:
    client = app.test_client()
    for text in printed(client, kept, headers):
        assert "example.org/guide/resume" in text
    for response in (client.get(f"{kept}/", headers=headers), client.post(f"{kept}/sheet", headers=headers)):
        page = Page(response.text)
        ours = [
            element.attrib[name]
            for name in ("href", "src", "action", "formaction", "content")
            for element in page.all(f"[{name}^='/']")
        ]
        assert ours
        assert [address for address in ours if not address.startswith("/guide/")] == []
        for address in {address.split("#")[0] for address in ours if "/static/" in address}:
            file = client.get(kept + address.removeprefix("/guide"), headers=headers, buffered=True)
            assert file.status_code == 200


def test_the_start_page_is_at_the_path_itself() -> None:
    client = create_app(tiny(), UNDER).test_client()
    assert client.get("/guide").data == client.get("/guide/").data == client.get("/").data


def test_a_path_that_only_begins_alike_is_another_one() -> None:
    client = create_app(tiny(), UNDER).test_client()
    assert client.get("/guidebook").status_code == client.get("/guide/guide").status_code == 404


@pytest.mark.parametrize("proxies", [[], [ELSEWHERE]])
def test_forwarded_headers_of_anybody_else_change_nothing(proxies: list[Network]) -> None:
    client = create_app(tiny(), None, proxies).test_client()
    assert client.post("/sheet", headers=FORWARDED).data == client.post("/sheet").data


@pytest.mark.parametrize("sender", ["10.1.2.3", "::ffff:10.1.2.3"])
def test_a_proxy_is_known_by_its_network(sender: str) -> None:
    client = create_app(tiny(), None, [ELSEWHERE]).test_client()
    page = client.post("/sheet", headers=FORWARDED, environ_overrides={"REMOTE_ADDR": sender}).text
    assert "https://example.org/guide/resume" in page


ODD = [
    *["a..b", "a_b", ".a", "a b", "a:", "a:b:c", "a/b", "a@b", "<b>", "%41", "a,b", "a?b", "[::x]", "127.0.0.1:99999"],
    *["[", ":80", "", "\x80", "xn--\x80", "\u0661", "a\x00b", "a\tb", "x" * 64],
]
"""Values of Host that are no host."""
UNUSUAL = ["xn--a", "xn--strae-oqa.example", "guide.example.", "[::1]", "[::1]:8000", "localhost:1", "1"]


@pytest.mark.parametrize("address", [None, PUBLIC])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/"), ("POST", "/sheet"), ("GET", "/no"), ("PUT", "/api/v1/evaluate")]
)
def test_a_host_that_is_none_is_refused_or_does_not_matter(address: str | None, method: str, path: str) -> None:
    app = create_app(tiny(), address)
    for host in ["localhost", *UNUSUAL, *ODD]:
        environ = {**create_environ(path, method=method), "HTTP_HOST": host}
        _, status, headers = run_wsgi_app(app, environ, buffered=True)
        assert status.startswith("400") is (host in ODD and not address), (host, status)
        assert status[0] != "5"
        assert "Content-Security-Policy" in headers


@pytest.mark.parametrize("prefix", ["//evil.example", "/a b", "/a'", "a", "/a//b", "/\x80"])
def test_a_path_that_is_none_is_refused_even_from_a_proxy(prefix: str) -> None:
    response = create_app(tiny(), None, [PROXY]).test_client().get("/", headers={"X-Forwarded-Prefix": prefix})
    assert (response.status_code, "evil" in response.text) == (400, False)


@pytest.mark.parametrize("address", [PUBLIC, "http://guide.example:8000", f"{PUBLIC}/", UNDER, "https://[::1]/a-b/c_d"])
def test_an_address_of_a_host_and_a_path_is_taken(address: str) -> None:
    assert problem_of(address) is None


@pytest.mark.parametrize(
    "address",
    [
        *[
            "guide.example",
            "ftp://guide.example",
            f"{PUBLIC}?a=1",
            f"{PUBLIC}#a",
            "https://",
            "https:///a",
            "https://a..b",
        ],
        *[
            f"{PUBLIC}//a",
            f"{PUBLIC}/a b",
            f"{PUBLIC}/ä",
            "https://me:secret@guide.example",
            "https://[::1",
            "https://a:b",
        ],
    ],
)
def test_any_other_address_is_refused_before_the_server_starts(address: str) -> None:
    done = CliRunner().invoke(main, ["serve", "--address", address])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"--address: '{address}' is not an address such as https://guide.example")


@pytest.mark.parametrize("proxy", ["nginx", "10.0.0.0/33", "10.0.0.1/8", "", "127.0.0.1,::1"])
def test_a_proxy_that_is_no_network_is_refused_before_the_server_starts(proxy: str) -> None:
    done = CliRunner().invoke(main, ["serve", "--proxy", proxy])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "'--proxy'" in done.stderr


def test_the_start_says_which_address_sheets_print() -> None:
    assert said_at_start(UNDER, [PROXY], HERE) == f"Sheets print {UNDER} as the address of the guide."
    assert "no HTTPS" in said_at_start("http://guide.example", [], HERE)
    assert "10.0.0.0/8" in said_at_start(None, [ELSEWHERE], HERE)
    alone = said_at_start(None, [], HERE)
    assert HERE in alone
    assert "--address" in alone
