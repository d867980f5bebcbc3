"""A page as a browser reads it, and what every page of the guide must satisfy."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from urllib.parse import urlsplit

from html5lib import HTMLParser, treebuilders
from html5lib.html5parser import ParseError
from lxml.cssselect import CSSSelector
from lxml.etree import XPath
from lxml.etree import _Element as Element

from webapp.rulebook.records.evidence import Finding

PAGES = [
    "/read",
    "/primer",
    "/options",
    "/numbers",
    "/studies",
    "/claims",
    "/offers",
    "/rules",
    "/glossary",
    "/names",
    "/sources",
    "/about",
]
PAGES += ["/privacy", "/accessibility", "/rules/versions", "/two-offers"]
"""The pages to read, by their addresses."""

HEADINGS = "h1, h2, h3, h4, h5, h6"
_STRING = XPath("string()")


class Page:
    """A page, parsed as HTML5. A page that is not valid HTML5 raises html5lib's ParseError."""

    def __init__(self, html: str) -> None:
        self.root = _parsed(html)

    def all(self, selector: str) -> list[Element]:
        """Return the elements that a CSS selector selects, in the order of the page."""
        return select(self.root, selector)

    def one(self, selector: str) -> Element:
        """Return the only element that a CSS selector selects."""
        (element,) = self.all(selector)
        return element

    def by_id(self, name: str) -> Element:
        """Return the only element with this id."""
        (element,) = _by_id(self.root)[name]
        return element

    @property
    def links(self) -> list[str]:
        """Where the links lead, in the order of the page."""
        return [link.attrib["href"] for link in self.all("a")]

    @property
    def outside(self) -> list[str]:
        """The links that lead to other hosts."""
        return [link for link in self.links if urlsplit(link).netloc]

    @property
    def text(self) -> str:
        """All text of the page in one line."""
        return text_of(self.root)

    @property
    def checked(self) -> dict[str, list[str]]:
        """The ticked options of the form, by the name of their field."""
        return _values(self.all("input[checked]:not([value=''])"))  # without "No answer"

    @property
    def hidden(self) -> dict[str, list[str]]:
        """The values that the page's first form sends along unseen, by the name of their field."""
        return _values(select(self.all("form")[0], "input[type=hidden]"))


@lru_cache(maxsize=32)
def _parsed(html: str) -> Element:
    """Return the tree of a page. A sheet takes a while, and most pages are looked at more than once."""
    parser = HTMLParser(treebuilders.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(html).getroot()
    return root


@lru_cache(maxsize=32)
def _by_id(root: Element) -> dict[str, list[Element]]:
    """Return the elements of a page by their id, because tests ask for hundreds of them."""
    found: dict[str, list[Element]] = {}
    for element in root.iterfind(".//*[@id]"):
        found.setdefault(element.attrib["id"], []).append(element)
    return found


@cache
def _selector(selector: str) -> CSSSelector:
    return CSSSelector(selector)


def select(element: Element, selector: str) -> list[Element]:
    """Return the elements within `element` that a CSS selector selects, in the order of the page."""
    found: list[Element] = _selector(selector)(element)
    return found


def _values(inputs: list[Element]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for element in inputs:
        values.setdefault(element.attrib["name"], []).append(element.attrib["value"])
    return values


def text_of(element: Element) -> str:
    """Return the text of an element in one line, as a reader sees it."""
    return " ".join(_STRING(element).split())


@lru_cache(maxsize=32)
def problems(html: str) -> Sequence[str]:
    """Return what is wrong with a page. Empty if nothing is."""
    try:
        page = Page(html)
    except ParseError as error:
        return (f"not valid HTML5: {error}",)
    return (*_outline(page), *_references(page), *_names(page), *_unexpected_files(page))


def _outline(page: Page) -> Iterator[str]:
    if not page.root.get("lang"):
        yield "the page does not say its language"
    if not any(text_of(title) for title in page.all("title")):
        yield "the page has no title"
    if len(page.all("h1")) != 1:
        yield f"the page has {len(page.all('h1'))} main headings"
    level = 1
    for heading in page.all(HEADINGS):
        if int(heading.tag[1]) > level + 1:
            yield f"a level is left out before the heading '{text_of(heading)}'"
        level = int(heading.tag[1])
    mains = [main.get("id") for main in page.all("main")]
    if len(mains) != 1:
        yield f"the page has {len(mains)} main landmarks"
    links = page.all("a")
    if not links or links[0].get("href") not in {f"#{main}" for main in mains}:
        yield "the first link does not skip to the main content"


def _references(page: Page) -> Iterator[str]:
    ids = Counter(element.attrib["id"] for element in page.all("[id]"))
    yield from (f"the id '{name}' stands {count} times" for name, count in ids.items() if count > 1)
    for element in page.all("*"):
        targets = [element.get("for", "")] if element.tag == "label" else []
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            targets += element.get(name, "").split()
        if element.get("href", "").startswith("#"):
            targets.append(element.attrib["href"][1:])
        yield from (
            f"<{element.tag}> points to '{target}', which is not there" for target in targets if not ids[target]
        )


def _names(page: Page) -> Iterator[str]:
    for fieldset in page.all("fieldset"):
        if not len(fieldset) or fieldset[0].tag != "legend" or not text_of(fieldset[0]):
            yield "a fieldset does not begin with a legend"
    labelled = {label.get("for") for label in page.all("label") if text_of(label)}
    for field in page.all("input:not([type=hidden]), select, textarea"):
        if field.get("id") not in labelled:
            yield f"the field '{field.get('name')}' has no label"
    for element in page.all(f"a, button, summary, legend, th, {HEADINGS}"):
        if not text_of(element) and not element.get("aria-label"):
            yield f"<{element.tag}> has no text"
    yield from (f"the picture {image.get('src')} has no text for it" for image in page.all("img:not([alt])"))


def _unexpected_files(page: Page) -> Iterator[str]:
    """Yield what the page takes from elsewhere or carries inline.

    Only links may lead to other hosts, to https, without telling them where the reader comes from.
    """
    outside = page.all("a[rel=noreferrer]")
    for element in page.all("*"):
        data = element.get("type") == "text/html"  # a text for scripts, which no browser runs
        script = element.tag == "script" and not data
        if element.tag == "style" or (script and ("src" not in element.attrib or element.text)):
            yield f"<{element.tag}> stands inline"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"<{element.tag}> has the attribute '{name}'"
            if name in {"href", "src", "srcset", "action", "formaction", "poster", "data"}:
                address = urlsplit(value)
                may_lead_outside = element in outside and address.scheme in {"https", "mailto"}
                if (address.scheme or address.netloc) and not may_lead_outside:
                    yield f"<{element.tag}> leads to another host: {value}"


def missing(said: Iterable[str | None], place: Element) -> list[str]:
    """Return what of `said` is not in the text of an element."""
    shown = text_of(place)
    return [text for text in said if text and " ".join(text.split()) not in shown]


def sources_named(place: Element) -> set[str]:
    """Return the ids of the sources that an element refers to."""
    links = (link.get("href", "") for link in place.iter("a"))
    return {link.partition("#")[2] for link in links if link.startswith("/sources/")}


def sources_of(findings: Iterable[Finding]) -> set[str]:
    return {finding.source for finding in findings}
