"""A real browser lets a page of another site use the API if the operator lists that site, and no other page."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.rulebooks import tiny
from webapp.sheet.operator import Operator
from webapp.web.app import create_app

ASK = """async address => {
  const headers = { 'Content-Type': 'application/json' };
  const ask = body => fetch(`${address}/api/v1/evaluate`, { method: 'POST', headers, body: JSON.stringify(body) });
  try {
    return [(await ask({ answers: {} })).status, (await (await ask({ answers: { none: 1 } })).json()).status];
  } catch {
    return 'refused';
  }
}"""


@contextmanager
def running(server: HTTPServer) -> Iterator[int]:
    """Run a server in a thread, and give its port."""
    with closing(server.socket):
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(("host", "read"), [("127.0.0.1", [200, 400]), ("localhost", "refused")])
def test_a_page_reads_answers_and_problems_only_if_its_site_is_listed(
    browser: Browser, tmp_path: Path, host: str, read: list[int] | str
) -> None:
    pages = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path))
    with running(pages) as elsewhere:
        # An operator can list sites with HTTPS only, which needs a certificate here.
        listed = Operator.model_construct(
            name="MS", contact="a@ms.example", api_origins=(f"http://127.0.0.1:{elsewhere}",)
        )
        api = make_server("127.0.0.1", 0, create_app(tiny(), operator=listed), threaded=True)
        with running(api) as here, closing(browser.new_context()) as context:
            page = context.new_page()
            page.goto(f"http://{host}:{elsewhere}/")
            assert page.evaluate(ASK, f"http://127.0.0.1:{here}") == read
