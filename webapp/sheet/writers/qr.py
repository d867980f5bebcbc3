"""QR codes, to be scanned from a screen or from paper."""

from collections.abc import Iterable
from itertools import groupby
from zlib import crc32

import segno

QUIET_ZONE = 4
"""Empty modules on each side, as ISO/IEC 18004 asks for."""


def qr_code(text: str, ground: bool = True) -> str:
    """Return an SVG element with the QR code of `text`: black on white with its quiet zone, also on a dark page.

    It has no fixed size. Up to about 15 of 100 modules can be damaged (level M), because paper gets folded.
    No attribute gives it a colour, because extensions that darken pages change each colour that they find: the modules
    have the black of SVG, and the ground is flooded by a filter. Paper is white, and needs no ground.
    """
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=QUIET_ZONE))
    side = len(rows)
    modules = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'{_ground(side, f"ground-{crc32(text.encode()):x}") if ground else ""}<path d="{modules}"/></svg>'
    )


def _runs(row: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Yield the dark modules of a row that are next to each other, as (place of the first, their number)."""
    for dark, run in groupby(enumerate(row), lambda module: module[1]):
        places = [place for place, _ in run]
        if dark:
            yield places[0], len(places)


def _ground(side: int, name: str) -> str:
    return (
        f'<filter id="{name}" x="0" y="0" width="1" height="1"><feFlood flood-color="#fff"/></filter>'
        f'<path filter="url(#{name})" d="M0 0h{side}v{side}h-{side}z"/>'
    )
