"""What a reader gets of a file, and its edition -> problems: each message once, in place, no word from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from lbp_content import inline, overview
from lbp_content.messages import texts
from lbp_content.model import Block, Glossary, Overview, Part, Section, Text, Treatment
from lbp_content.translate import Edition

WORD = re.compile(r"\w+")
Problem = tuple[str, str]  # code, message


def body(edition: Edition) -> Iterator[Text]:
    """The messages that every full format holds, once each, in reading order, and the labels that head them."""
    yield edition.leaflet.title
    yield edition.leaflet.subtitle
    for part in edition.leaflet.parts:
        yield part.title
        yield from _part(part, edition)


def _part(part: Part, edition: Edition) -> Iterator[Text]:
    match part:
        case Section():
            for block in part.blocks:
                yield from _block(block)
        case Treatment():
            yield from _treatment(part, edition)
        case Overview():
            yield from _block(part.intro)
        case Glossary():
            for term in part.terms:
                yield from (term.term, term.meaning)


def _treatment(part: Treatment, edition: Edition) -> Iterator[Text]:
    for name, block in (("what", part.what), ("context", part.context), ("aim", part.aim)):
        yield from _block(block, _label(edition, f"treatment/{name}"))
    yield _label(edition, "treatment/found")
    yield from part.findings.found
    yield _label(edition, "treatment/harms")
    yield from part.findings.harms
    yield from _block(part.advice, _label(edition, "treatment/advice"))


def _block(block: Block | None, label: Text | None = None) -> Iterator[Text]:
    if block:
        if heading := block.heading or label:
            yield heading
        yield from block.paragraphs
        yield from block.items


def _label(edition: Edition, id: str) -> Text:
    return next(label for label in edition.leaflet.labels if label.id == id)


def expected(edition: Edition) -> tuple[str, ...]:
    """What `body` reads like: one text for each paragraph, heading and item."""
    return tuple(flat(inline.plain(message.text)) for message in body(edition))


def flat(text: str) -> str:
    """A text on one line, spaces counted once."""
    return " ".join(text.split())


def state(edition: Edition) -> tuple[str, ...]:
    """What every page says of the text it holds."""
    labels = ("state/draft",) * edition.draft + ("state/not-reviewed", "state/dated", "state/overdue")
    return tuple(flat(edition.label(id)) for id in labels)


def legend(edition: Edition) -> tuple[str, ...]:
    """The words beside the symbols."""
    return tuple(flat(group.words) for group in overview.groups(edition))


def table(edition: Edition) -> tuple[str, ...]:
    """The caption, headers and cells of the table of all treatments, row by row."""
    heads = ("caption", "treatment", "outcome", "limits", "side-effects")
    cells = [edition.label(f"table/{head}") for head in heads]
    for group in overview.groups(edition):
        cells.append(f"{group.words} {edition.label('table/apart')}" if group.apart else group.words)
        cells += [cell for row in group.rows for cell in _row(row, edition)]
    return tuple(flat(cell) for cell in cells)


def _row(row: overview.Row, edition: Edition) -> Iterator[str]:
    yield row.subject
    yield row.question
    yield "; ".join(row.limits) or edition.label("table/nothing")
    yield inline.plain(row.side_effects.text)


def compare_blocks(read: Sequence[str], edition: Edition) -> Iterator[Problem]:
    """Hold the blocks of a file against the messages: each once, in order, and nothing else."""
    wanted = expected(edition)
    lost, more = Counter(wanted) - Counter(read), Counter(read) - Counter(wanted)
    yield from (("message-lost", f"missing: “{short(one)}”") for one in lost)
    for one in more:
        code = "message-twice" if one in wanted else "message-unknown"
        yield code, f"{'stands there too often' if one in wanted else 'comes from no message'}: “{short(one)}”"
    if not lost and not more and tuple(read) != wanted:
        first = next(one for one, other in zip(read, wanted, strict=True) if one != other)
        yield "message-order", f"is not where it belongs: “{short(first)}”"


def compare_table(read: Sequence[str], edition: Edition) -> Iterator[Problem]:
    """Hold the cells of a table against the edition's evidence."""
    wanted = table(edition)
    for one, other in zip_longest(read, wanted, fillvalue=""):
        if one != other:
            yield "table-wrong", f"the table says “{short(one)}” where “{short(other)}” belongs"
            return


def short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= 60 else text[:59] + "…"


def words(text: str) -> list[str]:
    """The words of a text: what stays the same when spaces, hyphens and line ends differ."""
    return WORD.findall(text.replace("\u00ad", "").lower())


def strangers(found: Iterable[str], edition: Edition) -> Iterator[Problem]:
    """Words that no message of this edition has: English in a template, a fixed word, a leftover."""
    known = vocabulary(edition)
    for word, times in Counter(found).items():
        if word not in known and not word.isdigit():
            yield "word-unknown", f"“{word}” comes from no message ({times} times)"


def vocabulary(edition: Edition) -> frozenset[str]:
    """Every word of every message of the edition, and the names of the languages."""
    known = [word for text in texts(edition.leaflet) if text.in_leaflet for word in words(inline.plain(text.text))]
    names = [word for name in edition.languages.values() for word in words(name)]
    return frozenset([*known, *names])
