"""The pictures show their numbers: marks are counted from the geometry, as a renderer draws it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.content.comparisons import OutcomeInNumbers, forest_plots, outcomes
from webapp.content.pictures import SIGNS, axis_top, icon_array, interval, people
from webapp.rulebook.number_text import in_words
from webapp.rulebook.records.evidence import Number
from webapp.rulebook.rulebook import Rulebook

SVG = "{http://www.w3.org/2000/svg}"
COLUMNS = {100: 20, 1000: 50}
PRESENTATION = {"fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-opacity"}
GEOMETRY = {"d", "cx", "cy", "r", "viewBox", "width", "height", "aria-hidden"}


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    """Any number of 100 or 1000, with or without a range, whole or not."""
    whole = draw(st.sampled_from([100, 1000]))
    step = draw(st.sampled_from([1, 10]))
    parts = sorted(draw(st.integers(0, whole * step)) / step for _ in range(3))
    unit = {100: "of_100", 1000: "of_1000"}[whole]
    ranged = draw(st.booleans())
    return Number.model_validate(
        {"value": parts[1], "unit": unit} | ({"low": parts[0], "high": parts[2]} if ranged else {})
    )


def marks(svg: str) -> tuple[set[int], set[int]]:
    """Return the fields with a square and those with a dot. Fails if a mark is cut off, or drawn twice."""
    root = ET.fromstring(svg)
    width = float(root.attrib["viewBox"].split()[2]) - 2
    squares: list[int] = []
    dots: list[int] = []
    for path in root.iter(f"{SVG}path"):
        if "stroke-dasharray" not in path.attrib:
            continue
        dash, gap = map(float, path.attrib["stroke-dasharray"].split())
        for x, y, length in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)", path.attrib["d"]):
            starts = [float(x) + n * (dash + gap) for n in range(int(float(length) // (dash + gap)) + 1)]
            assert starts[-1] + dash <= float(x) + float(length) + 1e-6, "the last mark is cut off"
            assert float(x) + float(length) < starts[-1] + dash + gap, "one more mark would begin"
            middles = [start + dash / 2 for start in starts]
            assert all(0 < middle < width and abs(middle % 10 - 5) < 0.1 for middle in middles)
            fields = [int(float(y) // 10 * (width // 10) + middle // 10) for middle in middles]
            (dots if path.get("stroke-linecap") == "round" else squares).extend(fields)
    assert len(set(squares)) == len(squares)
    assert len(set(dots)) == len(dots)
    return set(squares), set(dots)


def fenced(svg: str, whole: int) -> set[int]:
    """Return the fields within the line around the range: those from whose middle a ray meets it an odd time."""
    fences = [path for path in ET.fromstring(svg).iter(f"{SVG}path") if path.attrib["d"].endswith("Z")]
    if not fences:
        return set()
    (fence,) = fences
    corners = list(_corners(fence.attrib["d"]))
    upright = [(a[0], *sorted((a[1], b[1]))) for a, b in pairwise([*corners, corners[0]]) if a[0] == b[0]]
    inside = set()
    for field in range(whole):
        row, column = divmod(field, COLUMNS[whole])
        x, y = column * 10 + 5, row * 10 + 5
        if sum(edge > x and top < y < bottom for edge, top, bottom in upright) % 2:
            inside.add(field)
    return inside


def _corners(line: str) -> Iterator[tuple[int, int]]:
    x = y = 0
    for command, first, second in re.findall(r"([MHV])(\d+)(?: (\d+))?", line):
        match command:
            case "M":
                x, y = int(first), int(second)
            case "H":
                x = int(first)
            case _:
                y = int(first)
        yield x, y


def shows(number: Number, svg: str) -> None:
    """Fail unless the picture has as many squares as the number, a dot for each other, and its range fenced."""
    squares, dots = marks(svg)
    assert number.whole is not None
    assert squares == set(range(people(number)))
    assert dots == set(range(people(number), number.whole))
    if number.low is not None and number.high is not None:
        assert fenced(svg, number.whole) == set(range(floor(number.low), ceil(number.high)))
    else:
        assert fenced(svg, number.whole) == set()


@settings(max_examples=50)
@given(number=numbers())
def test_squares_are_the_number_dots_all_others_and_the_line_goes_around_the_range(number: Number) -> None:
    shows(number, icon_array(number))


def test_each_outcome_of_the_product_is_drawn_as_it_is_shown(rulebook: Rulebook) -> None:
    for entry in outcomes(rulebook):
        shows(entry.unwanted_number, entry.picture.svg)
        told = re.match(r"(?:about )?(\d+) of (\d+)$", entry.unwanted)
        assert told
        assert (str(people(entry.unwanted_number)), str(entry.number.whole)) == told.groups()


@given(number=numbers())
def test_what_is_not_none_and_not_all_is_never_drawn_as_none_or_all(number: Number) -> None:
    assert number.whole is not None
    assert abs(people(number) - number.value) <= (0.5 if 0.5 <= number.value <= number.whole - 0.5 else 1)
    assert (people(number) == 0) == (number.value == 0)
    assert (people(number) == number.whole) == (number.value == number.whole)


def test_a_zero_shows_what_it_could_hide() -> None:
    nobody = Number(value=0, unit="of_1000", low=0, high=21)
    squares, dots = marks(icon_array(nobody))
    assert (len(squares), len(dots), len(fenced(icon_array(nobody), 1000))) == (0, 1000, 21)


def test_a_range_that_is_not_whole_is_drawn_no_shorter_than_it_is() -> None:
    number = Number(value=71.3, unit="of_100", low=57.8, high=84.8)
    assert fenced(icon_array(number), 100) == set(range(57, 85))


def test_an_array_of_anything_but_100_or_1000_is_refused() -> None:
    with pytest.raises(KeyError):
        icon_array(Number(value=3, unit="count", of=250))


@given(number=numbers())
def test_pictures_are_small_well_formed_and_bring_no_style_no_word_and_no_id(number: Number) -> None:
    pictures = [icon_array(number), interval(number, axis_top([number])), *(sign.svg for sign in SIGNS.values())]
    for svg in pictures:
        root = ET.fromstring(svg)
        assert len(svg.encode()) <= 1000
        assert root.attrib["aria-hidden"] == "true"
        assert "".join(root.itertext()) == ""
        for element in root.iter():
            assert element.tag in {f"{SVG}svg", f"{SVG}path", f"{SVG}circle"}
            assert set(element.attrib) <= PRESENTATION | GEOMETRY
            assert {element.get("stroke"), element.get("fill")} <= {None, "none", "currentColor"}


# ---- Numbers on an axis


def drawn(svg: str) -> tuple[float, tuple[float, float] | None, bool]:
    """Return the positions of the number and its range on the axis (0 to 1), and whether it is a ring."""
    root = ET.fromstring(svg)
    (dot,) = root.iter(f"{SVG}circle")
    lines = [re.match(r"M([\d.]+) 12H([\d.]+)M", path.attrib["d"]) for path in root.iter(f"{SVG}path")]
    ranges = [(float(line[1]) / 300, float(line[2]) / 300) for line in lines if line]
    return float(dot.attrib["cx"]) / 300, (ranges[0] if ranges else None), dot.get("fill") is None


@given(found=st.lists(numbers().filter(lambda number: number.unit == "of_100"), min_size=1, max_size=5))
def test_numbers_on_one_axis_are_at_their_place_and_end_before_it(found: list[Number]) -> None:
    top = axis_top(found)
    assert top % 4 == 0
    for number in found:
        value, line, ring = drawn(interval(number, top))
        assert value == pytest.approx(number.value / top, abs=1e-3)
        assert ring is (number.low is None)
        if line and number.low is not None and number.high is not None:
            assert line == pytest.approx((number.low / top, number.high / top), abs=1e-3)
            assert 0 <= line[0] <= line[1] <= 1
        assert (line is None) is ring


def test_studies_are_sorted_by_their_last_year_and_those_without_one_are_last(rulebook: Rulebook) -> None:
    plots = {plot.title: plot for plot in forest_plots(rulebook.sheet, outcomes(rulebook))}
    years = {
        title: [re.findall(r"\d{4}", entry.finding.years or "")[-1:] for entry, _ in plot.rows]
        for title, plot in plots.items()
    }
    assert years == {
        "Deaths": [["2016"], ["2019"], ["2020"], ["2023"]],
        "No sign of active MS": [["2020"], ["2020"], ["2023"], []],
    }


def test_one_axis_holds_all_outcomes_of_a_family_and_no_other(rulebook: Rulebook) -> None:
    found = outcomes(rulebook)
    for plot, family in zip(forest_plots(rulebook.sheet, found), ("deaths", "no_activity"), strict=True):
        rows: list[OutcomeInNumbers] = [entry for entry, _ in plot.rows]
        assert {entry.outcome.id for entry in rows} == {e.outcome.id for e in found if e.outcome.family == family}
        assert {entry.number.unit for entry in rows} == {rows[0].number.unit}
        for entry, picture in plot.rows:
            value, line, ring = drawn(picture.svg)
            assert value == pytest.approx(entry.number.value / plot.top, abs=1e-3)
            assert ring is (line is None) is entry.outcome.no_range
            assert line is None or 0 <= line[0] < line[1] <= 1
            assert entry.value in picture.alt


def test_a_family_without_outcomes_has_no_axis(rulebook: Rulebook) -> None:
    deaths = [entry for entry in outcomes(rulebook) if entry.outcome.family == "deaths"]
    assert [plot.title for plot in forest_plots(rulebook.sheet, deaths)] == ["Deaths"]


def test_the_squares_belong_to_the_sentence_with_the_number(rulebook: Rulebook) -> None:
    for entry in outcomes(rulebook):
        frames = (entry.outcome.loss, entry.outcome.gain)
        squares, dots = frames if entry.counts_loss else reversed(frames)
        assert in_words(entry.number) in squares
        assert in_words(entry.number, "rest") in dots
