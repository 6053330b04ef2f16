"""Pages laid out by WeasyPrint -> one tree of tags for the whole document, an element of the page once in it.

The tree follows the elements, not the boxes: what crosses a page or a column stays one paragraph, list or table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SVG = "{http://www.w3.org/2000/svg}"
POINTS = 0.75  # in one CSS pixel
KINDS = {
    "section": "Sect", "p": "P", "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "ul": "L", "ol": "L", "dl": "L",
    "li": "LBody", "dt": "Lbl", "dd": "LBody", "a": "Link", "table": "Table", "caption": "Caption", "thead": "THead",
    "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD", "img": "Figure", f"{SVG}svg": "Figure",
}  # fmt: skip
WORDS = frozenset({"b", "cite", "em", "i", "q", "span", "strong"})  # tagged only when in another language
BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "LBody", "Lbl", "Caption", "TH", "TD"})
NUMBERING = {"none": "None", "disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal"}
SCOPES = {"col": "Column", "row": "Row", "rowgroup": "Column"}


@dataclass(eq=False)
class Mark:
    """One run of drawn text, or a picture: marked content `mcid` of a page, counted from 0.

    `spaced`: a space stood after it that layout has dropped. `ours`: generated, not in the source of the page.
    `backwards`: drawn from right to left, so that its glyphs are not in the order in which it is read."""

    page: int
    mcid: int
    text: str = ""
    ours: bool = False
    backwards: bool = False
    spaced: bool = False


class Touch(NamedTuple):
    """A place that can be clicked, as WeasyPrint's annotation."""

    page: int
    annotation: Any


@dataclass(eq=False)
class Node:
    """One tag. `lang` is the language of its text; `box` the place of a picture in points, y upwards."""

    kind: str
    element: Any
    parent: Node | None
    lang: str
    kids: list[Node | Mark | Touch] = field(default_factory=list)
    numbering: str = ""
    box: tuple[float, float, float, float] | None = None
    id: str = ""
    headers: tuple[str, ...] = ()

    def nodes(self) -> Iterator[Node]:
        """This tag and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()


class Artifact(NamedTuple):
    """Marked content that is no part of the text: `side` "Header" or "Footer", or "" for decoration."""

    page: int
    mcid: int
    side: str = ""
    text: str = ""
    backwards: bool = False


class Tree(NamedTuple):
    """The tags, what is drawn beside them, and the tag that stands for each id of the page."""

    root: Node
    artifacts: Sequence[Artifact]
    places: dict[str, Node]


class _Page(NamedTuple):
    number: int
    height: float
    marks: dict[Any, dict[str, Any]]  # box: {"mcid": number}


def tree(document: Any, streams: Sequence[Any]) -> Tree:
    """Tag every box that was drawn: `streams` are the pages, `document` is WeasyPrint's."""
    html = document.pages[0]._page_box.children[0].element
    languages = dict(_languages(html, html.get("lang", "")))
    walk = _Walk(Node("Document", html, None, languages[html]), languages)
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        walk.page = _Page(number, page.height, stream._tags)
        for box in page._page_box.children:
            if side := _margin(box):
                walk.skip(box, side)
            else:
                walk.box(box, walk.root)
    for node in walk.root.nodes():
        if node.kind in BLOCKS:
            _spaces(node)
    return Tree(walk.root, walk.artifacts, walk.places)


def _languages(element: Any, lang: str) -> Iterator[tuple[Any, str]]:
    lang = element.get("lang") or lang
    yield element, lang
    for child in element:
        yield from _languages(child, lang)


def _margin(box: Any) -> str:
    keyword = getattr(box, "at_keyword", "")
    if not keyword:
        return ""
    return "Footer" if "bottom" in keyword else "Header"


class _Walk:
    """One way through all boxes; what was met on an earlier page is met again where it goes on."""

    def __init__(self, root: Node, languages: dict[Any, str]) -> None:
        self.root = root
        self.languages = languages
        self.found: dict[Any, Node] = {root.element: root}
        self.first: dict[Any, int] = {}  # the page on which a table head stands
        self.places: dict[str, Node] = {}
        self.artifacts: list[Artifact] = []
        self.page = _Page(0, 0, {})

    def box(self, box: Any, parent: Node) -> None:
        """Tag a box and all that is in it."""
        box = getattr(box, "_box", box)  # behind a placeholder for what is positioned
        if box in self.page.marks:
            self.mark(box, parent)
        elif self.repeated(box) or str(box.element_tag).endswith("::before"):
            self.skip(box)
        else:
            node = self.node(box, parent)
            if box.link_annotation:
                node.kids.append(Touch(self.page.number, box.link_annotation))
            for child in getattr(box, "children", ()):
                self.box(child, node)

    def mark(self, box: Any, parent: Node) -> None:
        """Hang drawn content onto its tag."""
        mcid = self.page.marks[box]["mcid"]
        text = getattr(box, "text", None)
        if text is None:
            self.node(box, parent).kids.append(Mark(self.page.number, mcid))
        elif text.strip():
            ours = "::" in str(box.element_tag)
            parent.kids.append(Mark(self.page.number, mcid, text, ours, box.style["direction"] == "rtl"))
        else:
            self.skip(box)

    def skip(self, box: Any, side: str = "") -> None:
        """A running line, decoration, or nothing at all: no part of the text."""
        box = getattr(box, "_box", box)
        if box in self.page.marks:
            text, backwards = getattr(box, "text", ""), box.style["direction"] == "rtl"
            self.artifacts.append(Artifact(self.page.number, self.page.marks[box]["mcid"], side, text, backwards))
        for child in getattr(box, "children", ()):
            self.skip(child, side)

    def repeated(self, box: Any) -> bool:
        """Whether this is the head of a table again, on a later page."""
        if box.element_tag != "thead":
            return False
        return self.first.setdefault(box.element, self.page.number) != self.page.number

    def node(self, box: Any, parent: Node) -> Node:
        """The tag of a box; that of its parent when it has none of its own."""
        element, tag = box.element, str(box.element_tag)
        if element is None:
            return parent
        if tag.endswith("::marker"):
            return self.marker(element)
        if element not in self.found and (kind := self.kind(element, parent)):
            self.found[element] = self.made(kind, box, self.item(tag, parent))
        node = self.found.get(element, parent)
        if id := element.get("id"):
            self.places.setdefault(id, node)
        return node

    def kind(self, element: Any, parent: Node) -> str:
        foreign = self.languages[element] != parent.lang
        return "Span" if element.tag in WORDS and foreign else KINDS.get(element.tag, "")

    def made(self, kind: str, box: Any, parent: Node) -> Node:
        """A new tag at the end of its parent."""
        node = Node(kind, box.element, parent, self.languages[box.element])
        if kind == "Figure":
            node.box = _place(box, self.page.height)
        if kind == "L":
            node.numbering = "Description" if box.element.tag == "dl" else ""
        if box.element_tag == "li" and parent.parent:
            parent.parent.numbering = NUMBERING.get(box.style["list_style_type"], "None")
        parent.kids.append(node)
        return node

    def item(self, tag: str, parent: Node) -> Node:
        """Where a tag belongs: parts of a list belong to an item, which has no box of its own in a `dl`."""
        if tag in ("li", "dt"):
            item = Node("LI", parent.element, parent, parent.lang)
            parent.kids.append(item)
            return item
        items = [kid for kid in parent.kids if isinstance(kid, Node)]
        return items[-1] if tag == "dd" else parent

    def marker(self, element: Any) -> Node:
        """The label of a list item: its bullet or number, before its text."""
        item = self.found[element].parent
        assert item
        first = item.kids[0]
        if not isinstance(first, Node) or first.kind != "Lbl":
            first = Node("Lbl", element, item, item.lang)
            item.kids.insert(0, first)
        return first


def _place(box: Any, height: float) -> tuple[float, float, float, float]:
    """The box of a picture as PDF counts: points, from the lower left corner of the page."""
    left, top = box.content_box_x(), box.content_box_y()
    right, bottom = left + box.width, top + box.height
    return left * POINTS, (height - bottom) * POINTS, right * POINTS, (height - top) * POINTS


def _spaces(block: Node) -> None:
    """Find the spaces that layout has dropped where lines end: without them, words of two lines run together."""
    marks, source, at = list(_marks(block)), source_text(block.element), 0
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        if mark.ours:
            continue
        text = _collapsed(mark.text).strip(" ")
        at = source.find(text, at) + len(text)
        dropped = source[at : at + 1] == " " or (after is not None and after.ours)
        mark.spaced = after is not None and dropped and not (mark.text[-1:] == " " or after.text[:1] == " ")


def _marks(node: Node) -> Iterator[Mark]:
    """The runs of one block, in order; blocks within it have their own."""
    for kid in node.kids:
        if isinstance(kid, Mark):
            yield kid
        elif isinstance(kid, Node) and kid.kind in ("Span", "Link"):
            yield from _marks(kid)


def source_text(element: Any) -> str:
    """The text of an element as it is laid out: spaces collapsed, a forced line end is a space."""
    return _collapsed("".join(_pieces(element))).strip(" ")


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield " " if child.tag == "br" else ""
        yield from _pieces(child)
        yield child.tail or ""


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)
