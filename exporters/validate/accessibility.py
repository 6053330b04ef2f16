"""The files of a book -> what it may say of its accessibility: each value rests on rules that were tried on it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from exporters.validate import document, rules, styles
from exporters.validate.rules import Claim
from exporters.validate.text import Problem

TYPE = "{http://www.idpf.org/2007/ops}type"
HAZARD = "schema:accessibilityHazard"
MOVING = frozenset({"script", "video", "audio", "animate", "animateMotion", "animateTransform", "set", "object"})


class Pages(NamedTuple):
    """The documents of a book in reading order, and its style sheets."""

    documents: Mapping[str, etree._Element]
    styles: Sequence[str]


def claims(files: Mapping[str, bytes], spine: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What the metadata may say: the values of each property of schema.org. Without proof, a hazard is unknown."""
    documents = {name: document.xml(files[name]) for name in spine}
    book = Pages(documents, [data.decode() for name, data in files.items() if name.endswith(".css")])
    codes = {code for code, _ in problems(book)}
    said: dict[str, tuple[str, ...]] = {claim.property: () for claim in rules.claims_of("epub")}
    for claim in rules.claims_of("epub"):
        if _about(claim, book) and not claim.rests_on() & codes:
            said[claim.property] += (claim.value,)
    return said | {HAZARD: said[HAZARD] or ("unknown",)}


def _about(claim: Claim, book: Pages) -> bool:
    """Whether the book has what the claim is about."""
    return not claim.needs or any(next(page.iter(*claim.needs), None) is not None for page in book.documents.values())


def refused(said: Mapping[str, Collection[str]], format: str, codes: Iterable[str]) -> Iterator[Problem]:
    """What a file says of itself, though a rule that it rests on has failed; `codes` are those that were found."""
    found = set(codes)
    for claim in rules.claims_of(format):
        if claim.value in said.get(claim.property, ()) and (failed := claim.rests_on() & found):
            yield "claim-unproven", f"{claim.property} says {claim.value}, but: {', '.join(sorted(failed))}"


def problems(book: Pages) -> Iterator[Problem]:
    """Every rule that claims rest on and that needs no edition."""
    for page in book.documents.values():
        yield from document.headings(document.levels(page))
        yield from document.names(page)
        yield from document.headers(page)
        yield from motion(page)
    yield from contents(book.documents)
    for sheet in book.styles:
        yield from styles.problems(sheet)
        if styles.reordered(sheet):
            yield "css-order", "something is shown in another place than where it is read"


def contents(documents: Mapping[str, etree._Element]) -> Iterator[Problem]:
    """Every chapter stands in the table of contents, in the order of the book."""
    for name, page in documents.items():
        for nav in (one for one in page.iter("nav") if one.get(TYPE) == "toc"):
            links = [posixpath.join(posixpath.dirname(name), link.get("href", "")) for link in nav.iter("a")]
            if links != [other for other in documents if other not in ("cover.xhtml", name)]:
                yield "contents-wrong", "the table of contents does not name each chapter, in order"


def motion(page: etree._Element) -> Iterator[Problem]:
    """Nothing moves, flashes or sounds."""
    for element in page.iter(etree.Element):
        if element.tag in MOVING or re.search(r"\.gif\b", element.get("src", "")):
            yield "motion", f"the page has a <{element.tag}>, which may move, flash or sound"
