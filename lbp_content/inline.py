"""The closed set of inline markup in a message, parsed strictly: text in, pieces out.

`<b>strong</b>`, `<i id="x">a foreign word</i>`, `<a id="x">a link</a>` and `{placeholder}`. Tags don't nest.
Languages and addresses stay in the model, under the id: a translator can't change them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

TOKEN = re.compile(r'<b>|<[ia] id="(?P<id>[a-z0-9-]+)">|</(?P<end>[bia])>')
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


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
        if wrong := re.search(r"[<>]", piece.text):
            raise MarkupError(f"{wrong.group()!r} is not part of a known tag")
        if re.search(r"[{}]", PLACEHOLDER.sub("", piece.text)):
            raise MarkupError("a brace is not part of a placeholder such as {updated}")
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
