"""QR codes, to be scanned from a screen or from paper."""

from io import BytesIO

import segno

QUIET_ZONE = 4
"""Empty modules on each side, as ISO/IEC 18004 asks for."""


def qr_code(text: str) -> str:
    """Return an SVG element with the QR code of `text`: black on white with its quiet zone, also on a dark page.

    It has no fixed size. Up to about 15 of 100 modules can be damaged (level M), because paper gets folded.
    """
    svg = BytesIO()
    segno.make(text, error="m", micro=False).save(
        svg,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        omitsize=True,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return svg.getvalue().decode()
