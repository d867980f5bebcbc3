import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from lxml.etree import fromstring

from tests import sheets
from tests.strategies import ANSWERS, Given
from tests.two_pages import told
from tests.web.page import Page, select, text_of
from webapp.changes.fingerprint import always_said
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.model import DiscussionSheet

SheetFor = Callable[[dict[str, Any]], Page]
NUMBERS = re.compile(r"( *Source \[\d+\])+")


@pytest.fixture(scope="module")
def answers(person: str) -> dict[str, Any]:
    return sheets.given(person)


@pytest.fixture(scope="module")
def page(sheet_for: SheetFor, answers: dict[str, Any]) -> Page:
    return sheet_for(answers)


def test_the_page_says_all_of_the_two_pages_each_part_in_its_place(page: Page, sheet: DiscussionSheet) -> None:
    wanted = told(sheet)
    shown = {part: text_of(page.one(f".paper__{part}")) for part in wanted}
    assert [(part, text) for part in wanted for text in wanted[part] if text not in shown[part]] == []
    areas = {
        name for part in page.all("[class*=paper__]") for name in part.attrib["class"].split() if "paper__" in name
    }
    assert areas == {f"paper__{part}" for part in wanted}


def test_the_first_screens_are_the_questions_what_to_have_and_facts_and_then_the_tiles(page: Page) -> None:
    order = [part.get("class", "").split()[0] for part in page.one(".paper")]
    wanted = ["questions", "notes", "to-have", "facts", "foot"]
    assert order == [*(f"paper__{part}" for part in wanted), "parts", "meta"]
    assert page.all(".paper > :not(.parts) details[open]") == []


def test_facts_have_a_picture_in_which_the_unwanted_event_is_dark(page: Page, sheet: DiscussionSheet) -> None:
    for row in sheet.two_pages.facts:
        (picture,) = page.by_id(f"fact-{row.id}").iter("{http://www.w3.org/2000/svg}svg")
        drawn = fromstring(row.outcome.picture.svg)
        assert [path.get("d") for path in picture] == [path.get("d") for path in drawn]


def test_two_facts_are_open_and_the_others_open_on_a_tap(page: Page, sheet: DiscussionSheet) -> None:
    folded = [fact.get("id") for fact in page.all(".paper__facts details .fact")]
    assert folded == [f"fact-{row.id}" for row in sheet.two_pages.facts[2:]]


def test_the_boxes_have_on_paper_the_points_of_the_two_pages_and_the_screen_all(
    page: Page, sheet: DiscussionSheet
) -> None:
    boxes = {box.group: box for box in (*sheet.two_pages.boxes, sheet.two_pages.still_open)}
    for group in sheet.groups:
        points = page.all(f"#part-{group.title.id} article.point")
        assert [point.get("id") for point in points] == [point.id for point in (*group.first, *group.more)]
        on_paper = [point.get("id") for point in points if "no-print" not in point.attrib["class"]]
        box = boxes.get(group.title.id)
        assert on_paper == [point.id for point in (box.points if box else ())]


def test_a_point_is_its_headline_and_its_line_and_the_rest_opens_on_a_tap(page: Page, sheet: DiscussionSheet) -> None:
    for point in sheet.points:
        (summary,) = page.by_id(point.id).xpath("details/summary")
        assert text_of(summary).startswith(f"{point.headline} {point.line}")
        shown = text_of(page.by_id(point.id))
        clauses = [reason.question.option(option).clause for reason in point.because for option in reason.options]
        said = [point.say, *point.ask, *point.remind, *clauses]
        assert [text for text in said if text not in shown] == []
        assert "Why this is on my sheet" in shown


def test_each_question_of_the_sheet_can_be_picked_for_each_place(page: Page, sheet: DiscussionSheet) -> None:
    pages = sheet.two_pages
    lists = page.all("select[name=pick][form=answers]")
    assert len(lists) == len(pages.choices[:3])
    for place, choices in enumerate(lists):
        shown = [(option.get("value"), text_of(option)) for option in choices]
        assert shown == [*((choice.point, choice.text) for choice in pages.choices), ("", "No question here")]
        (chosen,) = select(choices, "option[selected]")
        assert chosen.get("value") == pages.questions[place].point


def test_picked_questions_come_in_their_order_each_once_and_go_with_the_pdf(
    client: FlaskClient, answers: dict[str, Any], sheet: DiscussionSheet
) -> None:
    last = [choice.point for choice in sheet.two_pages.choices[-2:]]
    page = Page(client.post("/sheet", data={**answers, "pick": [last[1], "", last[0], last[1]]}).text)
    texts = {choice.point: choice.text for choice in sheet.two_pages.choices}
    assert [text_of(text) for text in page.all(".visit__text")] == [texts[point] for point in reversed(last)]
    chosen = [option.get("value") for option in page.all("select[name=pick] option[selected]")]
    assert chosen == [*reversed(last), ""][: len(sheet.two_pages.choices)]


def test_what_to_find_out_is_listed_with_reason_way_and_questions(page: Page, sheet: DiscussionSheet) -> None:
    lists = page.all("ul.find-out__list")
    assert bool(lists) is bool(sheet.find_out)
    for entry, item in zip(sheet.find_out, lists[0].findall("li") if lists else [], strict=True):
        shown = text_of(item)
        said = [entry.question.short_text, entry.why, entry.how, *entry.ask, *entry.points.values()]
        assert [text for text in said if text not in shown] == []


def test_each_part_is_a_tile_that_opens_on_a_tap(page: Page, sheet: DiscussionSheet) -> None:
    tiles = {tile.get("id"): text_of(tile[0].find("h3")) for tile in page.all(".tiles > details.tile:not([open])")}
    own = {"talk", "glance", "agreed", "come-back", "more", *({"before-paying"} if sheet.two_pages.offer else ())}
    elsewhere = {"question", "points", "values", "answers", "afterwards", "numbers", "studies"}
    parts = {part.id: part.title for part in sheet.parts if part.id not in elsewhere}
    groups = {group.title.id for group in sheet.groups if group.first}
    assert tiles.keys() == {f"part-{part}" for part in (*own, *parts, *groups)}
    for part in sheet.parts:
        if part.id in parts:
            assert (part.intro or "") in text_of(page.by_id(f"part-{part.id}"))
    assert text_of(page.one(".to-parts a[href='#parts']")) == "All parts"


def test_steps_values_answers_offers_and_trials_are_shown_in_full(page: Page, sheet: DiscussionSheet) -> None:
    said = {
        "steps": [text for step in sheet.steps for text in (step.name, step.what, step.duration, step.not_found or "")],
        "values": [f"{label}{answer or sheet.texts.labels.no_answer}" for label, answer in sheet.values],
        "answers": [f"{label}{answer}" for label, answer in sheet.own_answers],
        "offers": [text for entry in sheet.offers.entries for text in (entry.text, entry.why)],
        "trials": [text for study in sheet.trials for text in (study.study.name, study.status)],
        "afterwards": [*sheet.texts.differ, *sheet.texts.afterwards],
    }
    tiles = {"values": "talk", "answers": "glance", "afterwards": "agreed"}
    on_sheet = {part.id for part in sheet.parts}
    shown = {part: text_of(page.by_id(f"part-{tiles.get(part, part)}")) for part in said if part in on_sheet}
    assert [(part, text) for part in shown for text in said[part] if text not in shown[part]] == []
    assert {"values", "afterwards"} <= shown.keys()


def test_pages_to_read_open_next_to_the_sheet_which_has_no_address_to_come_back_to(page: Page) -> None:
    links = [link for link in page.all("main a") if link.attrib["href"].startswith("/")]
    assert {(link.get("target"), link.get("rel")) for link in links} == {("_blank", "noopener")}
    assert [text_of(link) for link in links if not text_of(link).endswith("(new tab)")] == []


def test_each_number_in_brackets_is_a_source_and_each_source_has_its_number(page: Page, sheet: DiscussionSheet) -> None:
    referred = {link.get("href") for link in page.all("a.ref")}
    listed = [item.get("id") for item in page.all("ol.sources:not(.print-only) > li")]
    assert sorted(listed) == sorted(f"source-{source.number}" for source in sheet.sources[: sheet.page_sources])
    assert referred == {f"#{name}" for name in listed}
    for link in page.all("a.ref"):
        assert text_of(link) == f"Source [{link.attrib['href'].removeprefix('#source-')}]"


def test_sources_are_grouped_by_kind_and_the_kinds_with_the_most_weight_come_first(
    page: Page, sheet: DiscussionSheet
) -> None:
    kinds = [kind.id for kind in sheet.texts.source_kinds]
    shown = sheet.sources[: sheet.page_sources]
    by_kind = sorted(shown, key=lambda source: (kinds.index(source.named.kind.id), source.number))
    listed = page.all("ol.sources:not(.print-only) > li")
    assert [item.get("id") for item in listed] == [f"source-{entry.number}" for entry in by_kind]
    titles = [text_of(title) for title in page.all("#part-sources h4")]
    assert titles == list(dict.fromkeys(entry.named.kind.title for entry in by_kind))
    for entry, item in zip(by_kind, listed, strict=True):
        assert text_of(item) == f"{entry.short_name}; {entry.named.read}"
        assert [link.get("href") for link in item.iter("a")] == [entry.source.link] * bool(entry.source.link)


def test_the_sheet_says_all_fixed_sentences(page: Page, sheet: DiscussionSheet, rulebook: Rulebook) -> None:
    """The sentence about criteria belongs to the tables of criteria, which are in the record."""
    missing = [sentence for sentence in always_said(rulebook).sentences if sentence not in page.text]
    in_full_elsewhere = {rulebook.wording.always.criteria}
    without_options = set() if sheet.two_pages.options else {rulebook.wording.always.options}
    assert set(missing) <= in_full_elsewhere | without_options


def test_the_sheet_names_the_version_of_the_rules(page: Page, rulebook: Rulebook) -> None:
    assert f"Rules version {rulebook.header.version}" in page.text


def test_no_reference_to_a_number_is_left_unfilled(page: Page) -> None:
    assert re.findall(r"\{[^}]*\}", page.text) == []


def test_change_my_answers_leads_back_to_the_questions_with_the_same_answers_ticked(
    page: Page, sheet: DiscussionSheet, client: FlaskClient, sheet_for: SheetFor
) -> None:
    counted = {name: [chosen] if isinstance(chosen, str) else list(chosen) for name, chosen in sheet.answers.items()}
    assert counted.items() <= page.hidden.items()
    response = client.post("/questions", data=page.hidden)
    questions = Page(response.text)
    assert (response.status, response.headers["Cache-Control"]) == ("200 OK", "no-store")
    assert questions.checked == page.hidden
    assert sheet_for(questions.checked).text == page.text


def test_answers_that_do_not_count_any_more_survive_a_change_of_mind(sheet_for: SheetFor) -> None:
    """Another disease switches the question about relapses off. Whoever changes that answer back has not lost it."""
    page = sheet_for({"ms_type": "other_condition", "relapses_12m": "one"})
    assert page.hidden == {"ms_type": ["other_condition"], "relapses_12m": ["one"]}


def test_one_form_sends_the_answers_and_what_is_chosen_to_the_pdf_the_questions_and_the_record(
    page: Page, sheet: DiscussionSheet
) -> None:
    form = page.one("form#answers[action='/sheet.pdf'][method=post]")
    sent = [(field.get("name"), field.get("value")) for field in select(form, "input[type=hidden]")]
    assert sent == [(question, option) for question, chosen in sheet.given.items() for option in chosen]
    chosen = [(field.get("name"), field.get("value")) for field in select(form, "input[type=checkbox]:not([checked])")]
    assert chosen == [("size", "large"), ("paper", "letter")]
    buttons = {text_of(button): button for button in page.all("#answers button, button[form=answers]")}
    lengths = {name: button.get("value") for name, button in buttons.items() if button.get("name") == "length"}
    assert lengths == {"Save my two pages (PDF)": "short", "Booklet (PDF)": "booklet"}
    elsewhere = {name: button.get("formaction") for name, button in buttons.items() if button.get("formaction")}
    assert elsewhere == {
        "Change my answers": "/questions",
        "Show these questions": "/sheet",
        "Open the record (new tab)": "/sheet/record",
        "Why not, and what if (new tab)": "/what-if",
        "Check what I took from it (new tab)": "/sheet/check",
        "Save as RIS": "/sheet/sources.ris",
        "Save as BibTeX": "/sheet/sources.bib",
        "Save as CSL-JSON": "/sheet/sources.json",
    }


def test_how_to_print_is_kept_when_other_questions_are_picked(client: FlaskClient) -> None:
    page = Page(client.post("/sheet", data={"size": "large", "paper": "letter"}).text)
    assert [box.get("id") for box in page.all("input[checked]")] == ["size-large", "paper-letter"]


def test_a_sheet_is_never_kept(client: FlaskClient) -> None:
    assert client.post("/sheet", data={"ms_type": "dont_know"}).headers["Cache-Control"] == "no-store"


def test_a_sheet_without_answers_shows_what_to_find_out(client: FlaskClient, rulebook: Rulebook) -> None:
    page = Page(client.post("/sheet").text)
    shown = [text_of(heading) for heading in page.all("ul.find-out__list h4")]
    assert sorted(shown) == sorted(rulebook.questions[question].short_text for question in rulebook.find_out)
    assert page.hidden == {}


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_every_set_of_answers_makes_a_sheet(answers: Given, sheet_for: SheetFor) -> None:
    page = sheet_for(answers)
    assert page.all("article.point")
    assert page.all("ol.sources > li")


def test_without_scripts_the_pages_say_which_button_leads_back(client: FlaskClient) -> None:
    on_sheet = text_of(Page(client.post("/sheet").text).one("p.no-views"))
    assert "press “Change my answers”, not the Back button" in on_sheet
    assert "press “Make my sheet” below, not the Back button" in client.post("/questions").text
    assert "not the Back button" not in client.get("/questions").text
