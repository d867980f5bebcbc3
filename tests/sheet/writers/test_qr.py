from xml.etree.ElementTree import fromstring

from webapp.sheet.writers.qr import QUIET_ZONE, qr_code

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_is_black_on_white_with_a_quiet_zone_and_without_style_or_size() -> None:
    svg = fromstring(qr_code("1X1"))
    ground, modules = svg
    side = 21 + 2 * QUIET_ZONE
    assert svg.attrib == {"viewBox": f"0 0 {side} {side}"}
    assert ground.tag == modules.tag == f"{SVG}path"
    assert ground.attrib == {"fill": "#fff", "d": f"M0 0h{side}v{side}h-{side}z"}
    assert modules.attrib.keys() == {"stroke", "d"}
    assert modules.attrib["stroke"] == "#000"
    assert modules.attrib["d"].startswith(f"M{QUIET_ZONE} {QUIET_ZONE}.5h7")
