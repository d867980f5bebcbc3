from xml.etree.ElementTree import fromstring

from webapp.sheet.writers.qr import QUIET_ZONE, qr_code

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_has_a_quiet_zone_and_neither_style_nor_size_nor_a_colour_that_others_change() -> None:
    svg = fromstring(qr_code("1X1"))
    flood, ground, modules = svg
    side = 21 + 2 * QUIET_ZONE
    assert svg.attrib == {"viewBox": f"0 0 {side} {side}"}
    assert flood[0].attrib == {"flood-color": "#fff"}
    assert ground.attrib == {"filter": f"url(#{flood.get('id')})", "d": f"M0 0h{side}v{side}h-{side}z"}
    assert modules.attrib.keys() == {"d"}
    assert modules.attrib["d"].startswith(f"M{QUIET_ZONE} {QUIET_ZONE}h7v1h-7z")


def test_two_pictures_on_a_page_share_no_name() -> None:
    names = {fromstring(qr_code(text))[0].get("id") for text in ("1X1", "1X2")}
    assert len(names) == 2


def test_paper_needs_no_ground() -> None:
    assert [part.tag for part in fromstring(qr_code("1X1", ground=False))] == [f"{SVG}path"]
