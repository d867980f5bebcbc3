"""What `make bench` measures: our work, and the same work by engines and tools of others."""

import gc
import html
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from http.client import HTTPConnection
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, NamedTuple

import pypdfium2
import typst
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.bench.engines import Run, case_of, engines, per_set
from tests.bench.load import BODIES, FORM, ask, sheets
from tests.bench.proofs import grown
from tests.rulebooks import real
from tests.server import ROOT, Server
from tests.sheets import MANY, NAMED, given, sheet_of
from tests.strategies import random_sets
from webapp import paths
from webapp.checks import AUTHORS, MEANING, PROOFS, SHAPE
from webapp.checks.reports.coverage import implied
from webapp.checks.reports.summary import summary
from webapp.evaluation.answers import resolve
from webapp.evaluation.evaluate import evaluate
from webapp.rulebook.compiled import compiled_together
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import PrintOptions
from webapp.web.app import create_app

SETS = 500
"""Answer sets for the work that takes less than a millisecond."""

OURS = "the guide"


class Contest(NamedTuple):
    """A piece of work, the unit and the aim of its time, and who does it: ours first."""

    work: str
    aim: str
    runs: Mapping[str, Run]
    unit: str = "ms"
    rounds: int = 7


def timed(work: Callable[[], object], scale: float = 1000) -> Run:
    """Return a run of `work`: its processor time in milliseconds, or in another unit (1: seconds)."""

    def run() -> float:
        begun = process_time()
        work()
        return (process_time() - begun) * scale

    return run


def truth() -> Iterator[Contest]:
    """Three values of every conditional rule: ours with what is known of the answers at hand, as the others have it."""
    rulebook = real()
    known = [resolve(rulebook, answers).known for answers in random_sets(rulebook, SETS)]
    case = case_of(rulebook, known)
    rails = compiled_together(case.conditions, rulebook.definitions)
    ours = per_set(lambda known: [rail(known.certain, known.possible) for rail in rails], known)
    others = engines(case)
    yield Contest(
        f"Truth of all {len(case.conditions)} conditional rules", "half the fastest engine", {OURS: ours, **others}
    )


def reasons() -> Iterator[Contest]:
    """Everything that follows from answers. No other engine gives reasons, or what is waited for."""
    rulebook = real()
    sets = list(random_sets(rulebook, SETS))
    ours = per_set(lambda answers: evaluate(rulebook, answers), sets)
    yield Contest("`evaluate`: points with reasons, what is waited for, find out", "0.25 ms", {OURS: ours})


def _pages(ask_for: Callable[[FlaskClient, Any], TestResponse], app: Flask, asked: Sequence[Any]) -> Run:
    client = app.test_client()
    for each in asked:
        if (response := ask_for(client, each)).status_code != 200:
            raise AssertionError(response.status)
    return per_set(lambda each: ask_for(client, each), asked)


def pages() -> Iterator[Contest]:
    """Requests within one process, as a browser that takes brotli sends them."""
    app = create_app(real())
    brotli = {"Accept-Encoding": "br"}
    yield Contest(
        "`POST /sheet`",
        "15 ms",
        {OURS: _pages(lambda client, body: client.post("/sheet", data=body, headers=FORM | brotli), app, BODIES)},
    )
    answers = [{"answers": given(person)} for person in MANY]
    yield Contest(
        "`POST /api/v1/evaluate`",
        "8 ms",
        {OURS: _pages(lambda client, each: client.post("/api/v1/evaluate", json=each, headers=brotli), app, answers)},
    )
    ready = Flask("ready")
    page = app.test_client().get("/questions", headers=brotli).data
    ready.route("/questions")(lambda: Response(page, headers={"Content-Encoding": "br"}))
    get = ["/questions"] * 100
    yield Contest(
        "`GET /questions`",
        "1 ms",
        {
            OURS: _pages(lambda client, path: client.get(path, headers=brotli), app, get),
            "the same bytes, ready, from Flask alone": _pages(lambda client, path: client.get(path), ready, get),
        },
    )


def _text(document: bytes) -> list[str]:
    """Return the lines of a PDF, without the marks of its reader."""
    lines = [
        line for page in pypdfium2.PdfDocument(document) for line in page.get_textpage().get_text_bounded().split("\n")
    ]
    printed = ("".join(sign for sign in line if sign.isprintable()).strip() for line in lines)
    return [line for line in printed if line]


PLAIN = """
#set document(title: "Plain", date: none)
#set text(font: "Atkinson Hyperlegible", size: 10pt, lang: "en")
#for line in sys.inputs.text.split("\\n") { par(line) }
"""


def _bare(texts: Sequence[list[str]]) -> Run:
    """Return a run of typst alone: paragraphs with the same text, tagged (PDF/UA-1), nothing remembered."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[paths.TEMPLATES / "fonts"]
    )
    compiler = typst.Compiler(root=paths.TEMPLATES, font_paths=fonts)

    def typeset(lines: list[str]) -> None:
        sent = {"text": "\n".join(lines)}
        compiler.compile(PLAIN.encode(), format="pdf", sys_inputs=sent, pdf_standards=["ua-1"])
        for _ in range(11):
            compiler.compile(b"", format="pdf", sys_inputs={})

    return per_set(typeset, texts)


def _weasyprint(texts: Sequence[list[str]]) -> Run:
    from weasyprint import HTML  # noqa: PLC0415  # only with the dependency group "bench", and Pango

    def typeset(lines: list[str]) -> None:
        page = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        HTML(string=f"<title>Plain</title>{page}").write_pdf(BytesIO(), pdf_variant="pdf/ua-1")

    return per_set(typeset, texts)


def pdfs() -> Iterator[Contest]:
    """Sheets as PDFs, of people with long and short ones, beside plain paragraphs with the same text."""
    people = [sheet_of(person) for person in MANY[:6]]
    for length, called, aim in (
        ("short", "Two pages as a PDF", "35 ms"),
        ("booklet", "Booklet as a PDF", "1.5 x typst"),
    ):
        options = PrintOptions(length=length)
        texts = [_text(pdf(sheet, options)) for sheet in people]
        runs = {
            OURS: per_set(partial(pdf, options=options), people),
            "typst alone, the same text": _bare(texts),
        }
        try:
            runs["WeasyPrint, the same text"] = _weasyprint(texts)
        except (ImportError, OSError) as error:
            sys.stderr.write(f"WeasyPrint is left out: {error}\n")
        yield Contest(called, aim, runs, rounds=3)


def _memory() -> float:
    """Return the memory (PSS, in MB) of the one process that answers, after 1,000 sheets and 150 booklets."""
    server = Server(paths.RULES, "--workers", "1")
    try:
        booklets = ((f"{path}.pdf", f"{body}&length=booklet") for path, body in sheets(Random(2)))
        for request in (*islice(sheets(Random(1)), 1000), *islice(booklets, 150)):
            connection = HTTPConnection("127.0.0.1", server.port, timeout=300)
            if not ask(connection, *request):
                raise AssertionError(request[0])
            connection.close()
        _, worker = server.processes
        rows = Path(f"/proc/{worker}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024
    finally:
        server.stop()


def memory() -> Iterator[Contest]:
    """What a process keeps."""
    yield Contest("A worker after 1,000 sheets and 150 booklets", "120 MB", {OURS: _memory}, "MB", rounds=1)


def _command(*words: str) -> Run:
    def run() -> float:
        command = [str(Path(sys.executable).with_name("discussion-guide")), *words]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return used.ru_utime + used.ru_stime

    return run


def cpu_seconds(server: Server) -> float:
    """Return the processor time that all processes of a server have used."""
    ticks = [Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2] for each in server.processes]
    return sum(int(used) for each in ticks for used in each.split()[11:13]) / os.sysconf("SC_CLK_TCK")


def _serve() -> float:
    """Return the processor time of all processes of a server until it has answered for the first time."""
    server = Server()
    try:
        server.ask(b"GET / HTTP/1.0\r\n\r\n")
        return cpu_seconds(server)
    finally:
        server.stop()


def start() -> Iterator[Contest]:
    """How long people wait for a command."""
    yield Contest("`serve` until the first answer", "1.5 s", {OURS: _serve}, "s")
    person = str(next(iter(NAMED.values())))
    yield Contest("`evaluate FILE`", "1.2 s", {OURS: _command("evaluate", person)}, "s")
    yield Contest("`--help`", "0.2 s", {OURS: _command("--help")}, "s")


def _fresh(times: int) -> Callable[[], Rulebook]:
    """Return what makes a rulebook with so many times the rules, of which nothing has been worked out yet."""
    return lambda: grown(load(paths.RULES), times) if times > 1 else load(paths.RULES)


def prove(rulebook: Rulebook) -> None:
    """Run all proofs, and find which rules imply others."""
    for look in (*PROOFS.values(), implied):
        for _ in look(rulebook):
            pass


def check_whole(rulebook: Rulebook) -> None:
    """Run all checks, and make the summary."""
    for look in {**SHAPE, **MEANING, **AUTHORS}.values():
        for _ in look(rulebook):
            pass
    summary(rulebook)


def of_fresh(work: Callable[[Rulebook], None], times: int) -> Run:
    """Return a run of `work`, in seconds, on a rulebook of which nothing has been worked out yet."""

    def run() -> float:
        rulebook = _fresh(times)()
        gc.disable()  # as the command does
        try:
            return timed(lambda: work(rulebook), 1)()
        finally:
            gc.enable()

    return run


def proofs() -> Iterator[Contest]:
    """Proofs over all answers, and everything that `check` does, with the rules as they are and ten times as many."""
    yield Contest("Proofs and implications", "0.3 s", {OURS: of_fresh(prove, 1)}, "s")
    yield Contest("… with ten times the rules", "5 s", {OURS: of_fresh(prove, 10)}, "s", rounds=1)
    check = _command("check", "--as-of", str(real().header.checked))
    yield Contest("`check`", "1.5 s", {OURS: check}, "s", rounds=5)
    yield Contest(
        "… with ten times the rules, without reading files", "15 s", {OURS: of_fresh(check_whole, 10)}, "s", rounds=1
    )


GROUPS: Mapping[str, Callable[[], Iterator[Contest]]] = {
    each.__name__: each for each in (truth, reasons, pages, pdfs, memory, start, proofs)
}
