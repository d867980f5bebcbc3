"""QR codes, to be scanned from a screen or from paper."""

import re
from zlib import crc32

import segno

QUIET_ZONE = 4
"""Empty modules on each side, as ISO/IEC 18004 asks for."""

MASK = 0
"""The mask, a chequerboard. To try all eight for the one that scores best takes four times as long as all else, and
every reader of QR codes reads all of them."""

_DARK = re.compile(b"\x01+")
"""Dark modules of a row that are next to each other."""


def qr_code(text: str, ground: bool = True) -> str:
    """Return an SVG element with the QR code of `text`: black on white with its quiet zone, also on a dark page.

    It has no fixed size. Up to about 15 of 100 modules can be damaged (level M), because paper gets folded.
    No attribute gives it a colour, because extensions that darken pages change each colour that they find: the modules
    have the black of SVG, and the ground is flooded by a filter. Paper is white, and needs no ground.
    """
    matrix = segno.make(text, error="m", micro=False, mask=MASK).matrix
    side = len(matrix) + 2 * QUIET_ZONE
    runs = ((run.start(), y, run.end() - run.start()) for y, row in enumerate(matrix) for run in _DARK.finditer(row))
    modules = "".join(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z" for x, y, length in runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'{_ground(side, f"ground-{crc32(text.encode()):x}") if ground else ""}<path d="{modules}"/></svg>'
    )


def _ground(side: int, name: str) -> str:
    return (
        f'<filter id="{name}" x="0" y="0" width="1" height="1"><feFlood flood-color="#fff"/></filter>'
        f'<path filter="url(#{name})" d="M0 0h{side}v{side}h-{side}z"/>'
    )
