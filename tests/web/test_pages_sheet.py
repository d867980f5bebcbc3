import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings

from tests.strategies import ANSWERS, Given
from tests.web.page import Page, text_of
from webapp.evaluation.answers import Answers, parse_answers
from webapp.evaluation.explain import Reason
from webapp.rulebook.number_text import fill
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.yaml_file import read
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.writers.as_json import as_json

SheetFor = Callable[[dict[str, Any]], Page]
NUMBERS = re.compile(r"( *Source \[\d+\])+")
PEOPLE = sorted(path for path in (Path(__file__).parents[1] / "people").glob("*.yaml") if path.stem != "expected")


@pytest.fixture(scope="module", params=PEOPLE, ids=lambda path: path.stem)
def answers(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The answers of each of the people in turn."""
    answers: dict[str, Any] = read(request.param, "").data
    return answers


@pytest.fixture(scope="module")
def sheet(rulebook: Rulebook, answers: dict[str, Any]) -> DiscussionSheet:
    return build_sheet(rulebook, parse_answers(rulebook, answers))


@pytest.fixture(scope="module")
def page(sheet_for: SheetFor, answers: dict[str, Any]) -> Page:
    return sheet_for(answers)


def changes(reasons: Sequence[Reason], given: Answers) -> list[str]:
    """Return the single answers that would change a point as they must be written.

    All other answers to a question are told as "any other answer", but only to somebody who gave one.
    """
    lines = []
    for reason in reasons:
        question = reason.question
        known = {option.id for option in question.options if not option.unknown}
        options = ", ".join(question.option(option).short_text for option in reason.options)
        if question.kind == "one" and len(known) > 2 and known - set(reason.options) == set(given.get(question.id, ())):
            lines.append(f"any other answer to “{question.short_text}”")
        else:
            lines.append(f"{question.short_text}{', ticked or unticked' * (question.kind == 'many')}: {options}")
    return lines


def test_the_strip_comes_first_and_shows_answers_unknowns_values_and_questions(
    page: Page, sheet: DiscussionSheet
) -> None:
    strip = page.one("section.strip")
    shown = text_of(strip)
    lines = [f"{text_of(row[0])}: {text_of(row[1])}" for row in strip.findall("dl/div")]
    assert lines == [f"{label}: {value}" for label, value in sheet.strip.answers]
    assert [text for text in (*sheet.strip.unknown, *sheet.strip.values) if text not in shown] == []
    assert [text_of(question) for question in strip.findall("div/ol/li/p")] == list(sheet.strip.questions)
    assert page.all("section")[0] is strip


def test_each_question_of_the_strip_has_boxes_to_tick_and_a_line_to_write_on(page: Page) -> None:
    for question in page.all("section.strip > div > ol > li"):
        assert [text_of(tick) for tick in question.findall("div/ul/li")] == [
            "applies",
            "does not apply",
            "needs a test",
        ]
        assert question.find("div/div[@class='write-line']") is not None


def test_what_to_find_out_is_listed_with_reason_way_and_questions(page: Page, sheet: DiscussionSheet) -> None:
    lists = page.all("ul.find-out__list")
    assert bool(lists) is bool(sheet.find_out)
    for entry, item in zip(sheet.find_out, lists[0].findall("li") if lists else [], strict=True):
        shown = text_of(item)
        said = [entry.question.short_text, entry.why, entry.how, *entry.ask, *entry.points.values()]
        assert [text for text in said if text not in shown] == []


def test_points_are_in_their_groups_each_once_in_the_order_of_the_sheet(page: Page, sheet: DiscussionSheet) -> None:
    for group in sheet.groups:
        wanted = [point.id for point in (*group.first, *group.more)]
        sections = page.all(f"section[aria-labelledby='group-{group.title.id}']")
        shown = [point.get("id") for section in sections for point in section.iter("article")]
        assert shown == wanted
    assert [point.get("id") for point in page.all("article.point")] == [point.id for point in sheet.points]


def test_all_parts_are_on_the_page_in_their_order_each_with_its_heading_and_first_words(
    page: Page, sheet: DiscussionSheet
) -> None:
    parts = page.all("section[id^='part-']")
    assert [part.get("id") for part in parts] == [f"part-{part.id}" for part in sheet.parts]
    assert [text_of(part[0]) for part in parts] == [part.title for part in sheet.parts]
    for part, section in zip(sheet.parts, parts, strict=True):
        assert (part.intro or "") in text_of(section)
        assert ("part--full" in section.attrib["class"].split()) is not part.short


def test_the_contents_name_each_part_and_lead_to_it(page: Page, sheet: DiscussionSheet) -> None:
    links = page.all("nav.contents a")
    assert [(link.get("href"), text_of(link)) for link in links] == [
        (f"#part-{part.id}", part.title) for part in sheet.parts
    ]


def test_options_steps_numbers_values_answers_offers_and_trials_are_shown_in_full(
    page: Page, sheet: DiscussionSheet
) -> None:
    told = {
        "options": [
            text for option in sheet.options.options for text in (option.name, *(c.say for c in option.cells.values()))
        ],
        "steps": [text for step in sheet.steps for text in (step.name, step.what, step.duration, step.not_found or "")],
        "numbers": [
            text
            for out in sheet.outcomes
            for text in (out.outcome.title, out.outcome.loss, out.outcome.gain, out.outcome.note)
        ],
        "values": [f"{label}{answer or sheet.texts.labels.no_answer}" for label, answer in sheet.values],
        "answers": [f"{label}{answer}" for label, answer in sheet.own_answers],
        "offers": [text for entry in sheet.offers.entries for text in (entry.text, entry.why)],
        "trials": [text for study in sheet.trials for text in (study.study.name, study.study.status)],
        "afterwards": [*sheet.texts.differ, *sheet.texts.afterwards],
    }
    printed = {part.id for part in sheet.parts}
    shown = {part: text_of(page.by_id(f"part-{part}")) for part in told if part in printed}
    assert [(part, text) for part in shown for text in told[part] if text not in shown[part]] == []
    assert {"values", "trials", "afterwards"} <= shown.keys()


def test_only_the_points_after_the_first_of_a_group_are_folded(page: Page, sheet: DiscussionSheet) -> None:
    folded = [point.get("id") for point in page.all("details.more article")]
    assert folded == [point.id for group in sheet.groups for point in group.more]


def test_each_point_says_what_it_says_asks_and_why_it_is_here(page: Page, sheet: DiscussionSheet) -> None:
    for point in sheet.points:
        shown = text_of(page.by_id(point.id))
        clauses = [reason.question.option(option).clause for reason in point.because for option in reason.options]
        said = [point.headline, point.say, *point.ask, *point.remind, *clauses]
        assert [text for text in said if text not in shown] == []
        assert "Why this is on my sheet" in shown


def test_each_point_says_its_rule_and_which_one_answer_would_take_it_away(page: Page, sheet: DiscussionSheet) -> None:
    for point in sheet.points:
        (why,) = page.by_id(point.id).cssselect("details.point__why")
        shown = [text_of(item) for item in why.cssselect("div.no-print li")]
        assert shown == changes(point.would_change, sheet.given), point.id
        assert (f"The rule: {point.when}" in text_of(why)) is bool(point.because or point.waits_for)


def test_sources_of_folded_points_only_are_marked_so_that_paper_can_leave_them_out(
    page: Page, sheet: DiscussionSheet
) -> None:
    marked = [item.get("id") for item in page.all("li.sources__more")]
    rest = {f"source-{source.number}" for source in sheet.sources if source.number > sheet.first_sources}
    assert (len(marked), set(marked)) == (len(rest), rest)


def test_not_on_my_sheet_lists_exactly_the_points_that_are_not_shown_by_topic(
    page: Page, sheet: DiscussionSheet, rulebook: Rulebook
) -> None:
    on_sheet = {point.get("id") for point in page.all("article.point")}
    parts = page.all("section[aria-labelledby='not-shown-title'] details")
    shown = {
        text_of(part[0]).partition(":")[0]: [text_of(item[0]) for item in part.findall("div/ul/li")] for part in parts
    }
    assert shown == {
        topic.title: headlines
        for topic in rulebook.header.topics
        if (
            headlines := [
                fill(rule.headline, rulebook.findings)
                for rule in rulebook.rules.values()
                if rulebook.topics_of[rule.id] == topic.id and rule.id not in on_sheet
            ]
        )
    }
    assert [text_of(part[0]) for part in parts] == [
        f"{topic.title}: {len(entries)}" for topic, entries in sheet.not_shown
    ]


def test_not_on_my_sheet_says_the_rule_and_which_one_answer_would_bring_a_point(
    page: Page, sheet: DiscussionSheet
) -> None:
    items = page.all("section[aria-labelledby='not-shown-title'] details > div > ul > li")
    entries = [entry for _, entries in sheet.not_shown for entry in entries]
    for entry, item in zip(entries, items, strict=True):
        assert text_of(item).startswith(f"{entry.headline}{entry.when}")
        assert [text_of(line) for line in item.findall("ul/li")] == changes(entry.would_change, sheet.given), entry.id


def test_the_tables_set_each_published_criterion_next_to_the_answer_with_the_relation_in_words(
    page: Page, sheet: DiscussionSheet
) -> None:
    shown = {
        (table.attrib["aria-labelledby"], *(NUMBERS.sub("", text_of(cell)).strip() for cell in row))
        for table in page.all("#part-studies table")
        for row in table.findall("tbody/tr")
    }
    if all(part.id != "studies" for part in sheet.parts):  # written for people before a treatment
        assert shown == set()
        return
    assert shown == {
        (
            f"criterion-{row['criterion']}",
            study["name"],
            row["published"],
            getattr(sheet.texts.relations, row["relation"]),
        )
        for study in as_json(sheet)["studies"]
        for row in study["rows"]
        if (study["name"], row["criterion"]) not in unstated(sheet) and has_tables(sheet)
    }
    for entry in sheet.criteria if has_tables(sheet) else ():
        about = text_of(page.one(f"section[aria-labelledby='criterion-{entry.id}']"))
        assert f"{sheet.texts.labels.my_answer}: {entry.answer or sheet.texts.labels.no_answer}" in about
        assert all(name in about for name in entry.not_stated)


def has_tables(sheet: DiscussionSheet) -> bool:
    """Return whether the sheet has the tables of studies: whoever only looks back at a treatment has none."""
    return "studies" in {part.id for part in sheet.parts}


def unstated(sheet: DiscussionSheet) -> set[tuple[str, str]]:
    """Return the studies, by name, with the criteria that they do not state."""
    return {(name, entry.id) for entry in sheet.criteria for name in entry.not_stated}


def test_pages_to_read_open_next_to_the_sheet_which_has_no_address_to_come_back_to(page: Page) -> None:
    links = page.all("section[aria-labelledby='more-title'] a")
    assert {(link.get("target"), link.get("rel")) for link in links} == {("_blank", "noopener")}
    assert [text_of(link) for link in links if not text_of(link).endswith("(new tab)")] == []


def test_each_number_in_brackets_is_a_source_and_each_source_has_its_number(page: Page, sheet: DiscussionSheet) -> None:
    referred = {link.get("href") for link in page.all("a.ref")}
    listed = [item.get("id") for item in page.all("ol.sources > li")]
    assert sorted(listed) == sorted(f"source-{source.number}" for source in sheet.sources)
    assert referred == {f"#{name}" for name in listed}
    for link in page.all("a.ref"):
        assert text_of(link) == f"Source [{link.attrib['href'].removeprefix('#source-')}]"


def test_sources_are_grouped_by_kind_and_the_kinds_with_the_most_weight_come_first(
    page: Page, sheet: DiscussionSheet
) -> None:
    kinds = [kind.id for kind in sheet.texts.source_kinds]
    by_kind = sorted(sheet.sources, key=lambda source: (kinds.index(source.named.kind.id), source.number))
    assert [item.get("id") for item in page.all("ol.sources > li")] == [f"source-{entry.number}" for entry in by_kind]
    titles = [text_of(title) for title in page.all("details h3:has(~ ol.sources)")]
    assert titles == list(dict.fromkeys(entry.named.kind.title for entry in by_kind))
    for entry in by_kind:
        assert entry.short_name in text_of(page.by_id(f"source-{entry.number}"))
        assert entry.named.read in text_of(page.by_id(f"source-{entry.number}"))


def test_each_source_shows_its_title_its_link_and_where_in_it_to_look(page: Page, sheet: DiscussionSheet) -> None:
    for source in sheet.sources:
        item = page.by_id(f"source-{source.number}")
        assert source.source.title in text_of(item)
        assert [place for place in source.places if place not in text_of(item)] == []
        assert [link.get("href") for link in item.iter("a")] == [source.source.link] * bool(source.source.link)


def test_the_sheet_says_all_fixed_sentences(page: Page, sheet: DiscussionSheet, rulebook: Rulebook) -> None:
    """Only the sentence about criteria depends on a part: it belongs to the published criteria."""
    missing = [sentence for sentence in rulebook.wording.always.sentences if sentence not in page.text]
    with_criteria = any(part.id == "studies" for part in sheet.parts)
    assert set(missing) <= (set() if with_criteria else {rulebook.wording.always.criteria})


def test_the_sheet_names_the_version_of_the_rules(page: Page, rulebook: Rulebook) -> None:
    assert f"Rules version {rulebook.header.version}" in page.text


def test_no_reference_to_a_number_is_left_unfilled(page: Page) -> None:
    assert re.findall(r"\{[^}]*\}", page.text) == []


def test_change_my_answers_leads_back_to_the_questions_with_the_same_answers_ticked(
    page: Page, sheet: DiscussionSheet, client: FlaskClient, sheet_for: SheetFor
) -> None:
    counted = {name: [chosen] if isinstance(chosen, str) else list(chosen) for name, chosen in sheet.answers.items()}
    buttons = page.all("form[action='/questions'][method=post] button")
    assert [text_of(button) for button in buttons] == ["Change my answers"]
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


def test_the_form_of_the_pdf_sends_the_answers_and_how_to_print(page: Page, sheet: DiscussionSheet) -> None:
    form = page.one("form[action='/sheet.pdf'][method=post]")
    sent = [(field.get("name"), field.get("value")) for field in form.cssselect("input[type=hidden]")]
    assert sent == [(question, option) for question, chosen in sheet.given.items() for option in chosen]
    chosen, others = (form.cssselect(f"input[type=radio]{state}") for state in ("[checked]", ":not([checked])"))
    assert [(field.get("name"), field.get("value")) for field in chosen] == [
        ("length", "short"),
        ("size", "normal"),
        ("paper", "a4"),
    ]
    assert {(field.get("name"), field.get("value")) for field in others} == {
        ("length", "full"),
        ("size", "large"),
        ("paper", "letter"),
    }


def test_a_sheet_is_never_kept(client: FlaskClient) -> None:
    assert client.post("/sheet", data={"ms_type": "dont_know"}).headers["Cache-Control"] == "no-store"


def test_a_sheet_without_answers_shows_what_to_find_out(client: FlaskClient, rulebook: Rulebook) -> None:
    page = Page(client.post("/sheet").text)
    shown = [text_of(heading) for heading in page.all("ul.find-out__list h3")]
    assert sorted(shown) == sorted(rulebook.questions[question].short_text for question in rulebook.find_out)
    assert page.hidden == {}


def test_the_sheet_needs_no_script_and_hides_the_buttons_that_do(sheet_for: SheetFor) -> None:
    page = sheet_for({})
    assert [text_of(button) for button in page.all("button[hidden]")] == ["Open all parts", "Print"]
    assert [text_of(button) for button in page.all("button:not([hidden])")] == [
        "Change my answers",
        "Download as PDF",
    ]


@settings(max_examples=25)
@given(answers=ANSWERS)
def test_every_set_of_answers_makes_a_sheet(answers: Given, sheet_for: SheetFor) -> None:
    page = sheet_for(answers)
    assert page.all("article.point")
    assert page.all("ol.sources > li")
