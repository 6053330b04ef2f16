"""The links and bookmarks of a PDF, and its edition -> problems: each says where it leads, and leads there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

from exporters.validate import text
from exporters.validate.pdf_opened import Opened
from exporters.validate.pdf_tree import HEADINGS, Tag, Touch, parent
from exporters.validate.text import Problem, flat, short
from lbp_content import inline
from lbp_content.translate import Edition


class Mark(NamedTuple):
    """A bookmark; `depth` counts from 0, `page` too, -1 for nowhere."""

    depth: int
    title: str
    page: int
    object: Any


def clickable(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """What can be clicked is a link, belongs to a tag, and is called what its text says."""
    held = {kid.object.objgen: tag for tag in file.root.tags() for kid in tag.kids if isinstance(kid, Touch)}
    top = file.catalog.get("/StructTreeRoot", {})
    for number, annotation in _annotations(file):
        tag = held.get(annotation.objgen)
        back = parent(top, annotation.get("/StructParent"))
        if annotation.get("/Subtype") != "/Link":
            yield "annotation-foreign", f"page {number + 1} has an annotation {annotation.get('/Subtype')}"
        if tag is None or tag.kind != "Link" or back is None or back.objgen != tag.object.objgen:
            yield "annotation-untagged", f"a link on page {number + 1} belongs to no tag"
        elif not _named(str(annotation.get("/Contents", "")), flat(tag.text)):
            yield "link-name", f"the link “{short(flat(tag.text))}” is called “{annotation.get('/Contents', '')}”"
    there = {annotation.objgen for _, annotation in _annotations(file)}
    for tag in file.root.tags("Link"):
        if not any(isinstance(kid, Touch) and kid.object.objgen in there for kid in tag.kids):
            yield "link-broken", f"“{short(flat(tag.text))}” is tagged as a link, and none"


def _named(name: str, said: str) -> bool:
    """In the contents, the number of a page stands after the name."""
    rest = said.removeprefix(name).strip()
    return bool(name) and said.startswith(name) and (not rest or rest.isdigit())


def _annotations(file: Opened) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(file.document.pages):
        yield from ((number, one) for one in page.obj.get("/Annots", []))


def destinations(file: Opened, edition: Edition) -> Iterator[Problem]:
    """Links in the contents lead to their chapters, in order; those in the text to the addresses that the model has."""
    begins = dict(_chapters(file, edition))
    outside = Counter(str(one.A.URI) for _, one in _annotations(file) if "/URI" in one.get("/A", {}))
    wanted = Counter(href for message in text.body(edition) for href in _addresses(message))
    for address in [*(set(wanted) - set(outside)), *(set(outside) - set(wanted))]:
        yield "link-broken", f"{address} is {'not linked' if address in wanted else 'no address of ours'}"
    last = (-1, 0.0)
    for number, annotation in _annotations(file):
        if "/URI" not in annotation.get("/A", {}):
            name = str(annotation.get("/Contents", ""))
            page, top = _place(file, annotation)
            if page < 0 or page != begins.get(name, page) or (name in begins and (page, -top) < last):
                yield "link-broken", f"the link “{short(name)}” on page {number + 1} leads nowhere, or elsewhere"
            last = (page, -top) if name in begins else last


def _addresses(message: Any) -> Iterator[str]:
    yield from (message.href[piece.id] for piece in inline.parse(message.text) if piece.tag == "a")


def _chapters(file: Opened, edition: Edition) -> Iterator[tuple[str, int]]:
    """Each chapter and the page where it begins."""
    titles = {flat(inline.plain(part.title.text)) for part in edition.leaflet.parts}
    for tag in file.root.tags("H2"):
        if flat(tag.text) in titles:
            yield flat(tag.text), _begins(tag)


def _begins(tag: Tag) -> int:
    return next((content.page for content in tag.contents()), -1)


def _place(file: Opened, one: Any) -> tuple[int, float]:
    """The page that a link or a bookmark leads to, and how high on it; page -1 for nowhere."""
    found = _destination(file, one)
    if not isinstance(found, pikepdf.Array) or len(found) < 4:
        return -1, 0.0
    return file.number(found[0]), float(found[3])


def _destination(file: Opened, one: Any, name: str = "/D") -> Any:
    """A destination as an array: given at once, by an action, or by a name."""
    action = one.get("/A", {})
    found = one.get("/Dest", action if name in action else action.get("/D"))
    if isinstance(found, pikepdf.String):
        tree = file.catalog.get("/Names", {}).get("/Dests")
        names = dict(pikepdf.NameTree(tree).items()) if tree is not None else {}
        found = names.get(str(found))
    return found.get(name) if isinstance(found, pikepdf.Dictionary) else (found if name == "/D" else None)


def bookmarks(file: Opened, edition: Edition) -> Iterator[Problem]:
    """The title, below it each chapter, below these headings: in order, and each leads to its page."""
    found = list(_bookmarks(file, file.catalog.get("/Outlines", {}).get("/First"), 0, set()))
    if not found:
        yield "bookmarks-missing", "the document has no bookmarks"
        return
    titles = [flat(inline.plain(part.title.text)) for part in edition.leaflet.parts]
    wanted = [(0, flat(inline.plain(edition.leaflet.title.text))), *((1, title) for title in titles)]
    if (upper := [(one.depth, one.title) for one in found if one.depth < 2]) != wanted:
        lost = next((b for a, b in zip(upper, wanted, strict=False) if a != b), wanted[-1])
        yield "bookmark-wrong", f"the bookmarks are not title and chapters in order: “{short(lost[1])}”"
    headings = iter([(int(tag.kind[1]) - 1, flat(tag.text), _begins(tag)) for tag in file.root.tags(*HEADINGS)])
    for one in found:
        if (one.depth, one.title, one.page) not in headings:
            yield "bookmark-wrong", f"“{short(one.title)}” is no heading there, or leads to another page"
            return


def _bookmarks(file: Opened, one: Any, depth: int, met: set[Any]) -> Iterator[Mark]:
    while one is not None and one.objgen not in met:
        met.add(one.objgen)
        yield Mark(depth, flat(str(one.get("/Title", ""))), _place(file, one)[0], one)
        yield from _bookmarks(file, one.get("/First"), depth + 1, met)
        one = one.get("/Next")


def lead_to_tags(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """In PDF/UA-2 links and bookmarks lead to tags (ISO 14289-2, 8.8), and these say the same."""
    if file.part < 2:
        return
    texts = {tag.object.objgen: flat(tag.text) for tag in file.root.tags()}
    outline = _bookmarks(file, file.catalog.get("/Outlines", {}).get("/First"), 0, set())
    links = ((str(one.get("/Contents", "")), one) for _, one in _annotations(file) if "/URI" not in one.get("/A", {}))
    for name, one in [*((mark.title, mark.object) for mark in outline), *links]:
        found = _destination(file, one, "/SD")
        if found is None or not texts.get(found[0].objgen, "").startswith(name):
            yield "destination-untagged", f"“{short(name)}” does not lead to a tag that begins with these words"


RULES = (clickable, destinations, bookmarks, lead_to_tags)
