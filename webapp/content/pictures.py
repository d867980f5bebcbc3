"""Pictures of numbers as SVG, drawn once for the page and for the PDF.

They have one colour, that of the text around them (`currentColor`; black in a renderer without style sheets). Kinds
differ by shape and size, so that they can be read in the dark, in print and with any colour vision. A row of marks is
one dashed line, which keeps a thousand of them below a kilobyte. The pictures contain no words; these are next to them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor

from webapp.rulebook.records.evidence import Number

Ends = tuple[float | None, float | None]
"""The two ends of a range, with None for an open end."""

CELL = 10
"""The side of the field of one mark, in units of the picture."""

COLUMNS = {100: 20, 1000: 50}
"""Marks in a row, by how many there are."""

PIXELS = {100: 16, 1000: 6.4}
"""The side of a field on the screen, in CSS pixels."""

SQUARE = 'stroke-width="7" stroke-dasharray="7 3"'
DOT = 'stroke-width="3.6" stroke-linecap="round" stroke-dasharray=".01 9.99" stroke-opacity=".51"'
"""Half opacity gives a contrast of at least 3 to 1 with the background and the squares, in light and dark mode."""

FENCE = 'stroke-width="1.2"'

SCALE = 300
"""The length of an axis, in units of the picture."""

TOPS = (4, 20, 40, 100, 200, 400, 1000)
"""Possible ends of an axis. Each is divisible by four, because the quarters are marked."""


@dataclass(frozen=True)
class Picture:
    """An SVG picture, and its alternative text for readers who cannot see it and have no words next to it."""

    svg: str
    alt: str

    def __html__(self) -> str:
        """Return the SVG, so that a template prints it as it is."""
        return self.svg


def icon_array(number: Number) -> str:
    """Return 100 or 1000 marks: a filled square for each person of `number`, a dot for each of the others.

    A thin line is drawn around its range: the squares may end anywhere within. A value that is not whole is
    rounded; the range is rounded outwards, so that it never seems more exact than it is.
    Raises KeyError if the number is not a part of 100 or of 1000.
    """
    whole = number.whole or 0
    columns, side = COLUMNS[whole], PIXELS[whole]
    squares = people(number)
    marks = _path(_squares(0, squares, columns), SQUARE) + _path(_dots(squares, whole, columns), DOT)
    if number.low is not None and number.high is not None:
        marks += _path(_fence(floor(number.low), ceil(number.high), columns), FENCE)
    rows = whole // columns
    box = f"-1 -1 {columns * CELL + 2} {rows * CELL + 2}"
    return _svg(box, int(columns * side), int(rows * side), marks)


def people(number: Number) -> int:
    """Return the number of squares for `number`: rounded, but to none or all only if the value is exactly that."""
    whole = number.whole or 0
    rounded = int(Decimal(str(number.value)).quantize(Decimal(1), ROUND_HALF_UP))
    return rounded if number.value in {0, whole} else min(max(rounded, 1), whole - 1)


def interval(number: Number, top: int) -> str:
    """Return a number on an axis from 0 to `top`: a dot on the line of its range, or a ring if it has no range."""
    unit = SCALE / top
    quarters = "".join(f"M{SCALE * quarter // 4} 2v20" for quarter in range(5))
    axis = _path(f"{quarters}M0 12h{SCALE}", 'stroke-opacity=".3"')
    at = f'cx="{number.value * unit:g}" cy="12"'
    if number.low is None or number.high is None:
        mark = f'<circle {at} r="6" stroke-width="3"/>'
    else:
        low, high = number.low * unit, number.high * unit
        mark = _path(f"M{low:g} 12H{high:g}M{low:g} 6v12M{high:g} 6v12", 'stroke-width="3"')
        mark += f'<circle {at} r="6" fill="currentColor"/>'
    return _svg(f"-9 0 {SCALE + 18} 24", SCALE + 18, 24, axis + mark)


def published_range(limits: Ends, band: Ends | None, top: float) -> str:
    """Return a published range as a bar on an axis from 0 to `top`, over a frame around the person's own band.

    An end that is open goes on to the end of the axis.
    """
    unit = SCALE / top

    def along(ends: Ends) -> tuple[float, float]:
        low, high = ends
        return (low or 0) * unit, min(top if high is None else high, top) * unit

    low, high = along(limits)
    drawn = _path(f"M0 12h{SCALE}", 'stroke-opacity=".3"') + _path(f"M{low:g} 12H{high:g}", 'stroke-width="8"')
    if band:
        left, right = along(band)
        drawn += _path(f"M{left:g} 1H{max(right, left + 4):g}V23H{left:g}Z", 'stroke-width="2" stroke-dasharray="5 3"')
    return _svg(f"-2 0 {SCALE + 4} 24", SCALE + 4, 24, drawn)


def time_line(said: float | None, due: float | None, years: int) -> str:
    """Return an axis of so many years: a dot where something was said, and a ring where something is due."""
    unit = SCALE / years
    drawn = _path(f"M0 12h{SCALE}M0 6v12M{SCALE} 6v12", 'stroke-opacity=".51"')
    if said is not None:
        drawn += f'<circle cx="{said * unit:g}" cy="12" r="6" fill="currentColor"/>'
    if due is not None:
        drawn += f'<circle cx="{due * unit:g}" cy="12" r="7" stroke-width="3"/>'
    return _svg(f"-9 0 {SCALE + 18} 24", SCALE + 18, 24, drawn)


COURSES = {
    "relapses": "M5 52H60L70 20L90 48H150L160 18L182 44H240L250 22L270 42H295",
    "relapses_then_worse": "M5 52H45L55 24L72 48H110L120 22L138 44C190 40 250 20 295 8",
    "worse_from_the_start": "M5 52C110 46 210 26 295 8",
}
"""How disability can go over the years in a kind of MS, up for worse. They are drawings without any scale."""


def course(kind: str) -> Picture:
    """Return the small curve of a kind of MS, in its axes. The words next to it say the same."""
    axes = _path("M5 2V57H297", 'stroke-opacity=".51"')
    return Picture(_svg("0 0 300 60", 200, 40, axes + _path(COURSES[kind], 'stroke-width="3"')), "")


def axis_top(numbers: Sequence[Number]) -> int:
    """Return the end of an axis that holds all `numbers` with their ranges."""
    furthest = max(number.value if number.high is None else number.high for number in numbers)
    return next(top for top in TOPS if top >= furthest)


def _squares(first: int, last: int, columns: int) -> str:
    """Return the path of the squares in fields `first` to `last` (left out): a dash from the left of each."""
    return "".join(f"M{x + 1.5:g} {y}h{length - 3}" for x, y, length in _rows(first, last, columns))


def _dots(first: int, last: int, columns: int) -> str:
    """Return the path of the dots in fields `first` to `last` (left out): a dash of no length in the middle of each."""
    return "".join(f"M{x + 5} {y}h{length - 9}" for x, y, length in _rows(first, last, columns))


def _rows(first: int, last: int, columns: int) -> Iterator[tuple[int, int, int]]:
    """Yield for each row that the fields touch: its left edge, its middle line, its length."""
    while first < last:
        row, column = divmod(first, columns)
        count = min(columns - column, last - first)
        yield column * CELL, row * CELL + CELL // 2, count * CELL
        first += count


def _fence(first: int, last: int, columns: int) -> str:
    """Return the path of a line around the fields `first` to `last` (left out), which continue from row to row."""
    if first == last:
        return ""
    row, column = divmod(first, columns)
    last_row, last_column = divmod(last - 1, columns)
    left, top, right, bottom = column * CELL, row * CELL, (last_column + 1) * CELL, (last_row + 1) * CELL
    if row == last_row:
        return f"M{left} {top}H{right}V{bottom}H{left}Z"
    return f"M{left} {top}H{columns * CELL}V{bottom - CELL}H{right}V{bottom}H0V{top + CELL}H{left}Z"


def _path(line: str, look: str) -> str:
    return f'<path d="{line}" {look}/>' if line else ""


def _svg(box: str, width: int, height: int, marks: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width}" height="{height}" aria-hidden="true"'
        f' fill="none" stroke="currentColor">{marks}</svg>'
    )


SIGNS = {
    "square": Picture(_svg("0 0 10 10", 18, 18, _path("M1.5 5h7", SQUARE)), ""),
    "dot": Picture(_svg("0 0 10 10", 18, 18, _path("M5 5h1", DOT)), ""),
    "range": Picture(
        _svg("-1 -1 22 12", 29, 16, _path("M1.5 5h7", SQUARE) + _path("M15 5h1", DOT) + _path(_fence(0, 2, 2), FENCE)),
        "",
    ),
}
"""The sign before a sentence that shows which marks of an icon array it means. The sentence is complete without it."""
