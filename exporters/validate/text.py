"""What a reader gets of a file, held against the edition: every message once, in its place, and no word from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lbp_content import inline, overview
from lbp_content.messages import texts
from lbp_content.model import Block, Glossary, Overview, Part, Section, Text, Treatment
from lbp_content.translate import Edition

WORD = re.compile(r"\w+")
Problem = tuple[str, str]  # code, message


def body(edition: Edition) -> Iterator[Text]:
    """The messages that every full format holds, once each, in reading order."""
    yield edition.leaflet.title
    yield edition.leaflet.subtitle
    for part in edition.leaflet.parts:
        yield part.title
        yield from _part(part)


def _part(part: Part) -> Iterator[Text]:
    match part:
        case Section():
            for block in part.blocks:
                yield from _block(block)
        case Treatment():
            for one in (part.what, part.context, part.aim):
                yield from _block(one)
            yield from part.findings.found
            yield from part.findings.harms
            yield from _block(part.advice)
        case Overview():
            yield from _block(part.intro)
        case Glossary():
            for term in part.terms:
                yield from (term.term, term.meaning)


def _block(block: Block | None) -> Iterator[Text]:
    if block:
        if block.heading:
            yield block.heading
        yield from block.paragraphs
        yield from block.items


def words(text: str) -> list[str]:
    """The words of a text: what stays the same when spaces, hyphens and line ends differ."""
    return WORD.findall(text.replace("\u00ad", "").lower())


def compare(read: str, edition: Edition) -> list[Problem]:
    """Everything that is wrong with the words a reader gets, `read`, in reading order."""
    found = words(read)
    return [*_lost(found, edition), *strangers(found, edition)]


def _lost(found: list[str], edition: Edition) -> Iterator[Problem]:
    """Walk through `found` with the messages: each must come after the one before."""
    text, at = f" {' '.join(found)} ", 0
    for message in body(edition):
        wanted = f" {' '.join(words(inline.plain(message.text)))} "
        place = text.find(wanted, at)
        if place >= 0:
            at = place + len(wanted) - 1
        elif wanted in text:
            yield "message-order", f"{message.id} is not where it belongs"
        else:
            yield "message-lost", f"{message.id} is missing: “{inline.plain(message.text)[:60]}”"
    yield from _twice(text, edition)


def _twice(text: str, edition: Edition) -> Iterator[Problem]:
    """Long messages are unlike each other: one that comes more often than it was written was printed twice."""
    written = [f" {' '.join(words(inline.plain(message.text)))} " for message in texts(edition.leaflet)]
    for message in body(edition):
        wanted = f" {' '.join(words(inline.plain(message.text)))} "
        if wanted.count(" ") > 8 and text.count(wanted) > sum(wanted in other for other in written):
            yield "message-twice", f"{message.id} stands there {text.count(wanted)} times"


def strangers(found: Iterable[str], edition: Edition) -> Iterator[Problem]:
    """Words that no message of this edition has: English in a template, a fixed word, a leftover."""
    known = vocabulary(edition)
    for word, times in Counter(found).items():
        if word not in known and not word.isdigit():
            yield "word-unknown", f"“{word}” comes from no message ({times} times)"


def vocabulary(edition: Edition) -> frozenset[str]:
    """Every word of every message of the edition, and the names of the languages."""
    known = [word for text in texts(edition.leaflet) for word in words(inline.plain(text.text))]
    names = [word for name in edition.languages.values() for word in words(name)]
    return frozenset([*known, *names])


def derived(edition: Edition) -> int:
    """How many rows the table of all treatments has."""
    return sum(len(group.rows) for group in overview.groups(edition))
