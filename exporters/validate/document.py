"""One document, a web page or a page of a book, its tags without namespaces -> problems that every format shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from lxml import etree

from exporters.markup import anchor
from exporters.validate import text
from exporters.validate.text import Problem
from lbp_content.translate import Edition

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INLINE = frozenset({"a", "abbr", "b", "br", "em", "i", "small", "span", "strong", "sub", "sup"})
DERIVED_TAGS = frozenset({"nav", "table", "footer", "svg", "img", "script", "style", "title"})
DERIVED_CLASSES = frozenset({"symbols", "ours", "state", "kind", "skip"})
Rule = Callable[[etree._Element], Iterator[Problem]]
EditionRule = Callable[[etree._Element, Edition], Iterator[Problem]]
SPOKEN = ("alt", "aria-label", "title", "placeholder")


def xml(data: bytes) -> etree._Element:
    """A tree without namespaces. Raises etree.XMLSyntaxError; entities stay unresolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(data, parser)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def language(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    """The page says its language and direction, and no part of it says the same again."""
    if page.get("lang") != edition.lang:
        yield "lang-wrong", f"the page's language is {page.get('lang')}, not {edition.lang}"
    if page.get("dir") != edition.dir:
        yield "dir-wrong", f"the page's direction is {page.get('dir')}, not {edition.dir}"
    if edition.lang in _strings(page, ".//body//@lang"):
        yield "lang-needless", f"a part names {edition.lang}, the language of the page"


def levels(page: etree._Element) -> list[int]:
    """The level of each heading, in order."""
    return [int(str(element.tag)[1]) for element in page.iter(*HEADINGS)]


def headings(found: list[int]) -> Iterator[Problem]:
    """No level is skipped on the way down, and the highest one stands first and once: the title."""
    for before, level in pairwise(found):
        if level > before + 1:
            yield "heading-skipped", f"a heading of level {level} follows one of level {before}"
    if found and (found[0] != min(found) or found.count(found[0]) != 1):
        yield "heading-first", "the page does not begin with one title above all other headings"


def ids(page: etree._Element) -> Iterator[Problem]:
    """No id stands twice, and what is named by an id is there."""
    known = Counter(_strings(page, "//@id"))
    for twice in (id for id, times in known.items() if times > 1):
        yield "id-twice", f"the id {twice} stands there twice"
    named = _strings(page, "//@aria-labelledby | //@aria-describedby | //@aria-details | //@headers")
    for reference in (reference for one in named for reference in one.split()):
        if reference not in known:
            yield "name-broken", f"the name {reference} leads nowhere"


def names(page: etree._Element) -> Iterator[Problem]:
    """Every picture and every link has words."""
    for picture in pictures(page):
        if not spoken(picture, page):
            yield "alt-missing", "a picture has no alternative text"
    for link in page.iter("a"):
        if not _run(link):
            yield "link-empty", f"the link to {link.get('href')} has no words"


def pictures(page: etree._Element) -> Iterator[etree._Element]:
    """Pictures that carry meaning: all of them, for none of ours is hidden from screen readers."""
    yield from (element for element in page.iter("img", "svg") if element.get("aria-hidden") != "true")


def spoken(picture: etree._Element, page: etree._Element) -> str:
    """What a screen reader says of a picture."""
    if picture.tag == "img":
        return (picture.get("alt") or "").strip()
    name = picture.get("aria-labelledby")
    return " ".join(_run(one) for one in page.iter(etree.Element) if name and one.get("id") == name)


def tables(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    """Every table can be found one's way in; its cells are those of the edition."""
    yield from headers(page)
    for table in page.iter("table"):
        yield from text.compare_table(cells(table), edition)


def cells(table: etree._Element) -> list[str]:
    """The caption, headers and cells of a table, row by row."""
    return [_flat(cell) for cell in table.iter("caption", "th", "td")]


def headers(page: etree._Element) -> Iterator[Problem]:
    """Every table has a caption, a header row, and headers that say what they head."""
    for table in page.iter("table"):
        if not any(_run(caption) for caption in table.iter("caption")):
            yield "table-caption", "a table has no caption"
        if any(header.get("scope") is None for header in table.iter("th")):
            yield "table-scope", "a table header does not say what it heads"
        if not any(True for head in table.iter("thead") for _ in head.iter("th")):
            yield "table-header", "a table has no header row"


def marks(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    """What is not from the source says so, and the symbols stand beside their words."""
    ours = {anchor(id) for id in edition.ours}
    for element in (one for one in page.iter() if one.get("id") in ours):
        if edition.label("state/ours") not in [_flat(mark) for mark in _of_class(element, "ours")]:
            yield "ours-unmarked", f"{element.get('id')} is not marked as ours"
    for legend in _of_class(page, "symbols"):
        if tuple(_flat(item) for item in legend.iter("li")) != text.legend(edition):
            yield "legend-wrong", "the words beside the symbols are not those of the table"


def state(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    """The page says whether it was reviewed, how old it is, and whether it is a draft."""
    said = [_flat(line) for block in _of_class(page, "state") for line in block.iter("p")]
    for label in text.state(edition):
        if label not in said:
            yield "state-missing", f"the page does not say “{label}”"


def requests(page: etree._Element) -> Iterator[Problem]:
    """Nothing is asked from elsewhere; only a link that a reader follows may lead outside."""
    for address in _strings(page, "//@src | //link/@href | //@srcset | //form/@action | //@poster | //@data"):
        if "//" in address:
            yield "request", f"the page asks for {address}"
    for element in page.iter("script", "iframe", "object", "embed", "audio", "video"):
        yield "request", f"the page has a <{element.tag}>"
    for element in page.iter("image", "use"):
        yield from (
            ("request", f"a drawing asks for {value}") for value in map(str, element.attrib.values()) if "//" in value
        )


def blocks(page: etree._Element) -> list[str]:
    """The text of each paragraph, heading and item in reading order; what is derived is left out."""
    cut: list[str] = [""]
    for body in page.iter("body"):
        _collect(body, cut)
    return [flat for flat in (" ".join(block.split()) for block in cut) if flat]


def _collect(element: etree._Element, cut: list[str]) -> None:
    inline = element.tag in INLINE
    if not inline:
        cut.append("")
    if not _derived(element):
        cut[-1] += (element.text or "") + (" " if element.tag == "br" else "")
        for child in element:
            _collect(child, cut)
    if not inline:
        cut.append("")
    cut[-1] += element.tail or ""


def _derived(element: etree._Element) -> bool:
    classes = (element.get("class") or "").split()
    return (
        not isinstance(element.tag, str) or element.tag in DERIVED_TAGS or bool(DERIVED_CLASSES.intersection(classes))
    )


def unseen(page: etree._Element) -> Iterator[str]:
    """What is heard or found but not seen: names of pictures, labels, the title."""
    for attribute in SPOKEN:
        yield from _strings(page, f"//@{attribute}")
    yield from _strings(page, "//meta[@name='description']/@content")


def every_word(page: etree._Element) -> list[str]:
    """All words of a page, seen and unseen, derived or not; styles left out."""
    seen = (piece for piece in page.itertext() if isinstance(piece, str))
    styles = {style.text for style in page.iter("style", "script")}
    return text.words(" ".join([*(piece for piece in seen if piece not in styles), *unseen(page)]))


def _flat(element: etree._Element) -> str:
    """Its text on one line; a line end in the markup is a space."""
    broken = element.find(".//br") is not None
    return text.flat((" " if broken else "").join(map(str, element.itertext())))


def _run(element: etree._Element) -> str:
    return text.flat("".join(map(str, element.itertext())))


def _of_class(element: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from (one for one in element.iter() if name in (one.get("class") or "").split())


def _strings(page: etree._Element, path: str) -> Iterable[str]:
    found = page.xpath(path)
    return [str(one) for one in found] if isinstance(found, list) else []
