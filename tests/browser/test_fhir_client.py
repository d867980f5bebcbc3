"""LHC-Forms, a FHIR client that others wrote, shows our questionnaire, and its answers give the sheet of our form."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml.etree import fromstring
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as Window

from tests.fhir import CLIENT, Resource, problems, with_packages
from tests.server import Server
from tests.sheets import given
from tests.web.page import Page, text_of
from webapp.evaluation.answers import as_given, parse_answers, resolve
from webapp.rulebook.rulebook import Rulebook

pytestmark = with_packages

ADDRESS = "http://forms.example/"
SCRIPTS = ["zone.min.js", "runtime.js", "polyfills.js", "main.js", "lformsFHIR.min.js"]
FILES = {file.name: file for file in CLIENT.glob("webcomponent/**/*.*")} | {
    "lformsFHIR.min.js": CLIENT / "fhir" / "R4" / "lformsFHIR.min.js"
}
PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Form</title>
<link rel="stylesheet" href="styles.css"><body><div id="form"></div>
{"".join(f'<script src="{name}"></script>' for name in SCRIPTS)}"""
SHOW = "questionnaire => LForms.Util.addFormToPage(questionnaire, 'form', {fhirVersion: 'R4'})"
FORM_TYPE = "application/x-www-form-urlencoded"
EXPORT = "LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')"

PEOPLE = ["viktor-nearly-everything-answered-after-msc", "kavita-nmosd"]
"""Nearly everything answered, with a cell treatment and medicines; another disease, so most questions are left out."""


@pytest.fixture(scope="module")
def client(browser: Browser) -> Iterator[Window]:
    """A page with LHC-Forms, which gets its own files and nothing else."""
    strangers: list[str] = []
    faults: list[str] = []

    def serve(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS).rpartition("/")[2]
        if not route.request.url.startswith(ADDRESS):
            strangers.append(route.request.url)
            route.abort()
        elif name:
            route.fulfill(path=FILES[name])
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    context = browser.new_context()
    window = context.new_page()
    window.on("pageerror", lambda error: faults.append(str(error)))
    window.route("**/*", serve)
    window.goto(ADDRESS)
    yield window
    context.close()
    assert (strangers, faults) == ([], [])


@pytest.fixture(scope="module")
def questionnaire(client: Window, server: Server) -> Resource:
    """Our questionnaire, as a client finds it: by a search."""
    found: Resource = client.request.get(f"{server.address}/fhir/Questionnaire").json()["entry"][0]["resource"]
    return found


def fill(client: Window, questionnaire: Resource, answers: Mapping[str, Any]) -> Resource:
    """Show the questionnaire anew, press the options, and return what LHC-Forms exports."""
    client.evaluate(SHOW, questionnaire)
    for group in questionnaire["item"]:
        for item in group["item"]:
            chosen = answers.get(item["linkId"], [])
            for coding in (option["valueCoding"] for option in item.get("answerOption", ())):
                if coding["code"] in ([chosen] if isinstance(chosen, str) else chosen):
                    client.locator(f'[id="{item["linkId"]}/1/1|{coding["system"]}|{coding["code"]}"]').click()
    exported: Resource = client.evaluate(EXPORT)
    return exported


@pytest.mark.parametrize("person", PEOPLE)
def test_a_client_of_others_fills_it_in_and_gets_the_sheet_of_our_form(
    client: Window, questionnaire: Resource, server: Server, rulebook: Rulebook, person: str
) -> None:
    resolved = resolve(rulebook, parse_answers(rulebook, given(person)))
    answers = as_given(rulebook, resolved.answers)
    exported = fill(client, questionnaire, answers)
    asked = {link for link in rulebook.questions if client.locator(f'[id="label-{link}/1/1"]').count()}
    assert asked == rulebook.questions.keys() - resolved.disabled
    assert problems(exported) == []
    evaluate = f"{server.address}/fhir/QuestionnaireResponse/$evaluate"
    made = client.request.post(evaluate, data=exported, headers={"Content-Type": "application/fhir+json"}).json()
    form = urlencode(answers, doseq=True)
    sheet, record = (
        Page(client.request.post(server.address + path, data=form, headers={"Content-Type": FORM_TYPE}).text())
        for path in ("/sheet", "/sheet/record")
    )
    sections = made["entry"][0]["resource"]["section"]
    texts = {each["id"]: fromstring(each["text"]["div"]) for each in sections if "text" in each}
    points = [each["id"] for part in sections if part["id"] != "find_out" for each in part.get("section", ())]
    assert points == [point.get("id") for point in record.all("article.point")]
    assert [each.text for each in texts["questions"].iter("{*}li")] == [
        text_of(each) for each in sheet.all(".visit__text")
    ]
    assert texts["resume_code"][0].text == text_of(sheet.one(".resume__code"))


def test_help_hints_and_why_we_ask_are_shown(client: Window, questionnaire: Resource, rulebook: Rulebook) -> None:
    fill(client, questionnaire, {})
    client.locator('[id="help-button-mri_12m/1/1"]').click()
    shown = client.locator(".lhc-popover-help").inner_text()
    question = rulebook.questions["mri_12m"]
    said = [question.help, question.why, *(option.hint for option in question.options)]
    assert [text for text in said if text and text not in shown] == []


def test_what_an_answer_decides_is_asked_and_no_longer_asked(client: Window, questionnaire: Resource) -> None:
    fill(client, questionnaire, {})
    options = client.locator('[id^="ms_type/1/1|"]')
    age = client.locator('[id="label-age_band/1/1"]')
    assert age.count() == 1
    options.and_(client.locator('[id$="|other_condition"]')).click()
    age.wait_for(state="detached")
    options.and_(client.locator('[id$="|relapsing_remitting"]')).click()
    age.wait_for()
