"""What an eye counts in a picture: marks that stand out from the ground, for several kinds of colour vision."""

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO

from PIL import Image

Colour = tuple[int, int, int]

# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB; grey as a copier sees it.
VISIONS = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
ENOUGH = 3.0
"""The contrast that WCAG 2.2 asks of graphics (1.4.11)."""


@dataclass(frozen=True)
class Seen:
    """The blobs of a picture by kind, and how the darkest (or lightest) colour of each kind stands out."""

    squares: int
    dots: int
    lines: int
    contrast: dict[str, float]


@cache
def luminance(colour: Colour, vision: str) -> float:
    """Return the relative luminance of an sRGB colour as a kind of vision has it."""
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    seen = [sum(w * part for w, part in zip(row, linear, strict=True)) for row in VISIONS[vision]]
    return sum(w * min(max(part, 0.0), 1.0) for w, part in zip((0.2126, 0.7152, 0.0722), seen, strict=True))


def contrast(one: float, other: float) -> float:
    """Return the contrast of two luminances as WCAG defines it, from 1 to 21."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def seen(png: bytes, units: float, vision: str) -> Seen:
    """Count what stands out enough in a picture that is `units` wide.

    A square has more than 30 square units, a dot less; what is longer than a field of 10 units is a line.
    """
    image = Image.open(BytesIO(png)).convert("RGB")
    pixels: list[Colour] = list(image.get_flattened_data())  # type: ignore[arg-type]  # pixels of RGB are triples
    colours = Counter(pixels)
    ground = luminance(colours.most_common(1)[0][0], vision)
    level_of = {colour: contrast(luminance(colour, vision), ground) for colour in colours}
    levels = [level_of[pixel] for pixel in pixels]
    scale = image.width / units
    strongest: dict[str, list[float]] = {"square": [], "dot": [], "line": []}
    for blob in _blobs(bytes(level >= ENOUGH for level in levels), image.width):
        columns = [pixel % image.width for pixel in blob]
        area = len(blob) / scale**2
        kind = "line" if max(columns) - min(columns) > 10 * scale else "square" if area > 30 else "dot"
        strongest[kind].append(max(levels[pixel] for pixel in blob))
    return Seen(
        squares=len(strongest["square"]),
        dots=len(strongest["dot"]),
        lines=len(strongest["line"]),
        contrast={kind: min(found) for kind, found in strongest.items() if found},
    )


@lru_cache(maxsize=4)
def _blobs(marked: bytes, width: int) -> list[list[int]]:
    """Return the groups of marked pixels that touch each other, at the corners too.

    Cached, because most kinds of vision see the same pixels stand out.
    """
    left = {pixel for pixel, mark in enumerate(marked) if mark}
    blobs = []
    around = (-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1)
    while left:
        blob = [left.pop()]
        for pixel in blob:
            near = [pixel + step for step in around if pixel + step in left]
            left.difference_update(near)
            blob += near
        blobs.append(blob)
    return blobs
