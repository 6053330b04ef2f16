"""The closed set of inline markup in a message, parsed strictly: text in, pieces out.

`<b>strong</b>`, `<i id="x">a foreign word</i>`, `<a id="x">a link</a>` and `{placeholder}`. Tags don't nest.
Languages and addresses stay in the model, under the id: a translator can't change them. `&` is a letter like others:
what looks like an entity (`&lt;`, `&nbsp;`) is refused, for readers would see it as it is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

TOKEN = re.compile(r'<b>|<[ia] id="(?P<id>[a-z0-9-]+)">|</(?P<end>[bia])>')
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{0,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
FORBIDDEN = re.compile(  # in any file: they are invisible, or a sign of a mistaken encoding
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters other than tab and newline
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction: that is the business of `dir`
    "\u2028\u2029"  # line ends that some programs know and others don't
    "\ufeff\ufffd-\uffff\U000e0000-\U000e007f]"
)


class Piece(NamedTuple):
    """A run of text; `tag` is "", "b", "i" or "a"; `id` names the language or the address in the model."""

    text: str
    tag: str = ""
    id: str = ""


class MarkupError(ValueError):
    """The message does not follow the closed set; the text says what is wrong."""


def parse(text: str) -> tuple[Piece, ...]:
    """Cut a message into pieces. Raises MarkupError for anything outside of the closed set."""
    pieces = tuple(_pieces(text))
    for piece in pieces:
        if problem := _problem(piece):
            raise MarkupError(problem)
    return pieces


def _pieces(text: str) -> Iterator[Piece]:
    tag, id, at = "", "", 0
    for token in TOKEN.finditer(text):
        run, at = text[at : token.start()], token.end()
        end = token["end"]
        if bool(end) != bool(tag) or (end and end != tag):
            raise MarkupError(f"{token.group()} stands where it can't")
        if run or tag:
            yield Piece(run, tag, id)
        tag, id = ("", "") if end else (token.group()[1], token["id"] or "")
    if tag:
        raise MarkupError(f"<{tag}> is not closed")
    if rest := text[at:]:
        yield Piece(rest)


def _problem(piece: Piece) -> str:
    if piece.tag and not piece.text.strip():
        return f"<{piece.tag}> is empty"
    if wrong := re.search(r"[<>]", piece.text):
        return f"{wrong.group()!r} is not part of a known tag"
    if wrong := ENTITY.search(piece.text):
        return f"{wrong.group()} would be shown as it is written; write the character itself"
    if re.search(r"[{}]", PLACEHOLDER.sub("", piece.text)):
        return "a brace is not part of a placeholder such as {updated}"
    return forbidden(piece.text)


def forbidden(text: str) -> str:
    """The first character that no text may hold, in words; "" if there is none."""
    found = FORBIDDEN.search(text)
    return f"the character U+{ord(found.group()):04X}, which no text may hold" if found else ""


def problem(text: str, lang: Mapping[str, str], href: Mapping[str, str]) -> str:
    """What is wrong with the markup of a message whose ids are in `lang` and `href`; "" if nothing is."""
    known = {("b", "")} | {("i", id) for id in lang} | {("a", id) for id in href}
    try:
        unknown = tags(text).keys() - known
    except MarkupError as error:
        return str(error)
    return "; ".join(f'<{tag} id="{id}"> has no such id in the source' for tag, id in sorted(unknown))


def plain(text: str) -> str:
    """The words alone, as a reader sees them."""
    return "".join(piece.text for piece in parse(text))


def placeholders(text: str) -> Counter[str]:
    """The names in braces, counted."""
    return Counter(PLACEHOLDER.findall(text))


def tags(text: str) -> Counter[tuple[str, str]]:
    """The tags with their ids, counted."""
    return Counter((piece.tag, piece.id) for piece in parse(text) if piece.tag)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in place of placeholders, by plain lookup. Raises KeyError for an unknown name."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], text)
