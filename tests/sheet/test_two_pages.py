"""What is on the two pages, for everybody: equal boxes, right counts, questions of this sheet, first numbers."""

import re
from collections.abc import Sequence
from fractions import Fraction

import pytest

from tests.sheets import MANY, NAMED, given, sheet_of
from tests.strategies import random_sets
from webapp.evaluation.answers import AnswersError, parse_answers
from webapp.evaluation.evaluate import Discussion, evaluate
from webapp.evaluation.facts_box import ROWS
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.ordering import in_order
from webapp.sheet.two_pages import BOXES, MOST_IN_A_BOX, MOST_TO_HAVE, TwoPages, two_pages
from webapp.sheet.visit_questions import MOST_QUESTIONS, MOST_REASONS

SETS = 500


@pytest.fixture(params=MANY)
def sheet(request: pytest.FixtureRequest) -> DiscussionSheet:
    """The sheets of many people in turn."""
    return sheet_of(request.param)


@pytest.fixture(scope="module")
def many(rulebook: Rulebook) -> Sequence[tuple[Discussion, TwoPages]]:
    """Random discussions with their two pages."""
    discussions = [evaluate(rulebook.filled, answers) for answers in random_sets(rulebook, SETS)]
    return [(each, pages_of(rulebook, each)) for each in discussions]


def pages_of(rulebook: Rulebook, discussion: Discussion) -> TwoPages:
    return two_pages(rulebook, discussion, in_order(rulebook, discussion), (), lambda findings: [len(list(findings))])


def test_both_boxes_have_the_same_number_of_points_and_count_all_others(
    many: Sequence[tuple[Discussion, TwoPages]],
) -> None:
    for discussion, pages in many:
        of_group = {
            group: {point.rule.id for point in discussion.points if point.rule.group == group}
            for group in (*BOXES, pages.still_open.group)
        }
        assert [box.group for box in pages.boxes] == list(BOXES)
        shown = [len(box.points) for box in pages.boxes]
        assert shown[0] == shown[1] or not all(of_group[group] for group in BOXES)
        assert max(shown) <= MOST_IN_A_BOX
        assert min(shown) >= 1
        for box in (*pages.boxes, pages.still_open):
            assert {point.id for point in box.points} <= of_group[box.group]
            assert len(box.points) + box.more == len(of_group[box.group])
        assert len(pages.still_open.points) == min(1, len(of_group[pages.still_open.group]))


def test_a_box_is_shorter_than_three_only_if_one_side_has_no_more_to_put_into_it(
    many: Sequence[tuple[Discussion, TwoPages]],
) -> None:
    for discussion, pages in many:
        room = []
        for group in BOXES:
            points = [point for point in discussion.points if point.rule.group == group]
            general_safety = [point for point in points if point.rule.safety and not point.judgement.because]
            room.append(len(points) - max(0, len(general_safety) - 1))
        assert [len(box.points) for box in pages.boxes] == [min(MOST_IN_A_BOX, *room)] * 2


def test_at_most_one_general_point_for_safety_is_in_a_box(many: Sequence[tuple[Discussion, TwoPages]]) -> None:
    pinned = 0
    for discussion, pages in many:
        general = {point.rule.id for point in discussion.points if point.rule.safety and not point.judgement.because}
        counts = [len(general & {point.id for point in box.points}) for box in pages.boxes]
        assert max(counts) <= 1
        pinned += sum(counts)
    assert pinned > 0


def test_own_points_come_before_general_ones_of_no_more_weight_and_heavy_ones_before_light_ones(
    many: Sequence[tuple[Discussion, TwoPages]], rulebook: Rulebook
) -> None:
    for discussion, pages in many:
        own = {point.rule.id for point in discussion.points if point.judgement.because}
        for_everybody = {point.rule.id for point in discussion.points if point.judgement.truth} - own
        for box in pages.boxes:
            shown = [point.id for point in box.points]
            weights = [(name not in own, -rulebook.rules[name].weight) for name in shown if name in own]
            assert weights == sorted(weights)
            left_out = [
                rulebook.rules[point.rule.id].weight
                for point in discussion.points
                if point.rule.group == box.group and point.rule.id in own - set(shown)
            ]
            for name in shown if left_out else ():
                weight = rulebook.rules[name].weight
                heavier = name in for_everybody and weight > max(left_out)
                assert heavier or (name in own and weight >= max(left_out)), (shown, box.group)


def test_the_questions_are_different_and_of_this_sheet(many: Sequence[tuple[Discussion, TwoPages]]) -> None:
    for discussion, pages in many:
        on_sheet = {point.rule.id for point in discussion.points}
        on_sheet |= {entry.find_out.question for entry in discussion.find_out}
        asked = [question.point for question in pages.questions]
        choices = [question.point for question in pages.choices]
        assert len(asked) == MOST_QUESTIONS
        assert len({question.text for question in pages.questions}) == MOST_QUESTIONS
        assert choices[:MOST_QUESTIONS] == asked
        assert len(set(choices)) == len(choices)
        assert set(choices) <= on_sheet
        assert all(len(question.because) <= MOST_REASONS for question in pages.choices)


def test_a_topic_has_a_second_question_only_if_no_other_topic_has_one_of_the_same_weight(
    many: Sequence[tuple[Discussion, TwoPages]], rulebook: Rulebook
) -> None:
    seconds = 0
    for discussion, pages in many:
        own = {point.rule.id for point in discussion.points if point.judgement.because}
        asked = [question.point for question in pages.questions]
        topics = [rulebook.topics_of.get(name, name) for name in asked]
        for place, name in enumerate(asked):
            if topics[place] in topics[:place]:
                seconds += 1
                weight = rulebook.rules[name].weight
                others = [question.point for question in pages.choices if question.point not in asked[:place]]
                of_other_topics = [
                    other
                    for other in others
                    if other in own
                    and rulebook.rules[other].weight >= weight
                    and rulebook.topics_of[other] not in topics[:place]
                ]
                assert of_other_topics == []
    assert seconds > 0


def test_what_decides_the_visit_comes_first_if_the_answers_brought_it(
    many: Sequence[tuple[Discussion, TwoPages]], rulebook: Rulebook
) -> None:
    for discussion, pages in many:
        brought = {point.rule.id for point in discussion.points if point.judgement.because}
        brought |= {question.point for question in pages.choices if question.point in rulebook.questions}
        deciding = [name for name in rulebook.sheet.visit_first if name in brought]
        assert not deciding or pages.questions[0].point == deciding[0]


def test_what_a_person_keeps_to_themselves_is_one_neutral_line_and_no_task(
    many: Sequence[tuple[Discussion, TwoPages]], rulebook: Rulebook
) -> None:
    labels, words = rulebook.sheet.labels, rulebook.sheet.two_pages
    kept_once = 0
    for discussion, pages in many:
        kept = {name for name, chosen in discussion.resolved.answers.items() if chosen == ("prefer_not",)}
        asked = {question.point for question in pages.choices}
        lines = dict(pages.glance)
        assert len(lines) == len(pages.glance)
        assert kept & asked == set()
        assert [label for name, label in words.glance_labels.items() if name in kept and label in lines] == []
        kept_once += words.prefer_not in lines
        for name, label in words.glance_labels.items():
            if name in {entry.find_out.question for entry in discussion.find_out} - kept:
                assert lines[label].endswith(labels.not_known)
    assert kept_once > 0


def test_nobody_over_55_is_asked_about_plans_for_a_child(rulebook: Rulebook) -> None:
    sheet = build_sheet(rulebook, parse_answers(rulebook, {"ms_type": "relapsing_remitting", "age_band": "from_65"}))
    assert rulebook.sheet.two_pages.glance_labels["family_plans"] not in dict(sheet.two_pages.glance)
    assert "family_plans" not in {question.point for question in sheet.two_pages.choices}


def test_what_to_bring_and_the_facts_are_few_and_different(
    many: Sequence[tuple[Discussion, TwoPages]], rulebook: Rulebook
) -> None:
    for discussion, pages in many:
        resolved = discussion.resolved
        called_for = [
            entry.when is not None
            or any(name in resolved.unknown and resolved.answers.get(name) != ("prefer_not",) for name in entry.unknown)
            for entry in pages.to_have
        ]
        assert len({entry.id for entry in pages.to_have}) == len(pages.to_have) <= MOST_TO_HAVE
        assert called_for == sorted(called_for, reverse=True)
        assert len({row.id for row in pages.facts}) == len(pages.facts) == ROWS
        for row in pages.facts:
            assert row.outcome.number in rulebook.findings[row.outcome.finding.id].numbers.values()


def test_both_frames_of_a_fact_are_of_the_same_people_with_the_range_around_the_unwanted_event(
    many: Sequence[tuple[Discussion, TwoPages]],
) -> None:
    rows = {row.id: row for _, pages in many for row in pages.facts}
    assert len(rows) > ROWS
    for row in rows.values():
        number, happened, did_not = map(share, (row.outcome.unwanted, row.happened, row.did_not))
        assert happened + did_not == 1, row.id
        assert abs(happened - number) <= Fraction(1, 200), row.id
        if row.span:
            low, span = row.span.split(" to ")
            whole = span.partition(" of ")[2]
            assert share(f"{low} of {whole}") <= number <= share(span), row.id


def share(text: str) -> Fraction:
    """Return the first "a of b" of a text as a fraction."""
    found = re.search(r"([\d.,]+) of ([\d,]+)", text)
    assert found, text
    part, whole = (Fraction(figure.replace(",", "")) for figure in found.groups())
    return part / whole


def test_only_those_with_an_offer_or_a_place_abroad_ahead_get_the_check_of_an_offer(
    many: Sequence[tuple[Discussion, TwoPages]],
) -> None:
    seen = set()
    for discussion, pages in many:
        place = set(discussion.resolved.answers.get("setting", ()))
        interest = set(discussion.resolved.answers.get("interest", ()))
        behind = "already_had_one" in interest and not interest & {"ahsct", "msc", "msc_np", "other_cells"}
        offered = "had_an_offer_or_advert" in place or ("clinic_abroad_or_private" in place and not behind)
        assert (pages.offer is not None) is offered
        assert ("offer" in {entry.id for entry in pages.to_have}) is offered
        seen.add(pages.offer is not None)
        if pages.offer:
            assert (len(pages.offer.questions), len(pages.offer.signs)) == (6, 4)
    assert seen == {True, False}


def test_msc_is_explained_where_it_occurs(many: Sequence[tuple[Discussion, TwoPages]], rulebook: Rulebook) -> None:
    words = rulebook.sheet.two_pages.explained
    for _, pages in many:
        points = [point for box in (*pages.boxes, pages.still_open) for point in box.points]
        printed = [
            *(text for point in points for text in (point.headline, point.line)),
            *(answer for _, answer in pages.talk),
            *(question.text for question in pages.questions),
            *(text for row in pages.facts for text in (row.title, row.happened, row.did_not, row.beside)),
            *(text for row in pages.options for text, _ in row.cells),
        ]
        assert pages.explained == [words.ahsct, words.edss, words.msc][: 2 + any("MSC" in text for text in printed)]
    assert {len(pages.explained) for _, pages in many} == {2, 3}


def test_the_sources_of_the_two_pages_have_the_first_numbers(sheet: DiscussionSheet) -> None:
    pages = sheet.two_pages
    points = [point for box in (*pages.boxes, pages.still_open) for point in box.points]
    cited = {number for point in points for number in point.sources}
    cited |= {number for row in pages.facts for number in row.sources}
    cited |= {number for row in pages.options for _, numbers in row.cells for number in numbers}
    assert cited == {source.number for source in pages.sources}
    assert list(pages.sources) == list(sheet.sources[: len(cited)])
    assert all(point.sources for point in points)


def test_picked_questions_are_on_the_page_in_their_order(rulebook: Rulebook) -> None:
    for person in NAMED:
        answers = parse_answers(rulebook, given(person))
        choices = sheet_of(person).two_pages.choices
        wanted = [choices[-1], choices[3], choices[0]]
        picked = build_sheet(rulebook, answers, [question.point for question in wanted])
        assert list(picked.two_pages.questions) == wanted
        assert picked.two_pages.boxes == sheet_of(person).two_pages.boxes


def test_what_is_picked_must_be_on_this_sheet_once_and_three_at_most(rulebook: Rulebook) -> None:
    answers = parse_answers(rulebook, {"ms_type": "relapsing_remitting"})
    names = [question.point for question in build_sheet(rulebook, answers).two_pages.choices]
    for pick, message in (
        (
            ["rr-most-long-term-dat"],
            "there is no question 'rr-most-long-term-dat' on this sheet; did you mean 'rr-most-long-term-data'?",
        ),
        (["quiet-year"], "there is no question 'quiet-year' on this sheet"),
        (["ms_type"], "there is no question 'ms_type' on this sheet"),
        ([names[0], names[0]], "the same question was picked twice"),
        (names[:4], "pick at most 3 questions, not 4"),
    ):
        with pytest.raises(AnswersError) as refused:
            build_sheet(rulebook, answers, pick)
        (problem,) = refused.value.problems
        assert problem.question == "pick"
        assert problem.message.startswith(message)
        assert problem.nearest is None or problem.nearest in names
