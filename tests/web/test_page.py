"""What the checks of every page find, each shown on a page that is good but for one thing."""

import pytest

from tests.web.page import problems

GOOD = """<!doctype html><html lang="en"><head><title>A title</title><link rel="icon" href="/mark.svg">
<script src="/static/sheet.js" defer></script></head>
<body><a href="#main">Skip</a><main id="main"><h1>Heading</h1><h2 id="two">Below</h2>
<form action="/sheet" method="post"><fieldset aria-describedby="two"><legend>Legend</legend><input id="a" name="a">
<label for="a">A</label></fieldset><button>Send</button></form><img src="/mark.svg" alt="">
<ol><li id="source"><a href="https://doi.org/10.1/1" rel="noreferrer">A source</a></li></ol></main></body></html>"""


def test_a_good_page_has_no_fault() -> None:
    assert not problems(GOOD)


@pytest.mark.parametrize(
    ("part", "instead", "problem"),
    [
        ("<!doctype html>", "", "not valid HTML5"),
        ("</h2>", "</h3>", "not valid HTML5"),
        (' lang="en"', "", "language"),
        ("A title", "", "no title"),
        ("<h1>Heading</h1>", "", "0 main headings"),
        ("</form>", "</form><h1>Again</h1>", "2 main headings"),
        ("</form>", "</form><h4>Deep</h4>", "a level is left out before the heading 'Deep'"),
        ("<main id=", "<main></main><main id=", "2 main landmarks"),
        ('<a href="#main">Skip</a>', "", "does not skip"),
        ('id="source"', 'id="a"', "the id 'a' stands 2 times"),
        ('<label for="a">', '<label for="b">', "<label> points to 'b'"),
        ('"two">Below', '"three">Below', "<fieldset> points to 'two'"),
        ('href="https://doi.org/10.1/1" rel="noreferrer"', 'href="#source-1"', "<a> points to 'source-1'"),
        ("<legend>Legend</legend>", "", "does not begin with a legend"),
        ('<label for="a">A</label>', "", "the field 'a' has no label"),
        ("<button>Send", "<button>", "<button> has no text"),
        (' alt=""', "", "no text for it"),
        ("</title>", "</title><style>a {}</style>", "<style> stands inline"),
        (' src="/static/sheet.js" defer', "", "<script> stands inline"),
        ("<h1>", '<h1 style="color: red">', "the attribute 'style'"),
        ("<h1>", '<h1 onclick="print()">', "the attribute 'onclick'"),
        ('href="/mark.svg"', 'href="//cdn.example/mark.svg"', "<link> leads to another host"),
        ('src="/mark.svg"', 'src="data:image/svg+xml,x"', "<img> leads to another host"),
        (' rel="noreferrer"', "", "<a> leads to another host"),
        ("https://doi.org/10.1/1", "http://doi.org/10.1/1", "<a> leads to another host"),
        ('action="/sheet"', 'action="https://example.org/"', "<form> leads to another host"),
    ],
)
def test_a_page_with_one_thing_wrong_is_found_out(part: str, instead: str, problem: str) -> None:
    found = problems(GOOD.replace(part, instead, 1))
    assert any(problem in words for words in found), found
