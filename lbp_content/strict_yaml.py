"""A YAML file -> its tree of nodes, each with its line, or a ContentError for whatever YAML would guess at or copy.

Anchors, aliases, merge keys and tags are not read: they copy values out of sight (and a few lines of them can fill the
memory). A key is a word and stands once, a value is never empty, and nothing is nested deeper than a leaflet needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import ComposerError

from lbp_content.finding import ContentError, Finding, Location
from lbp_content.inline import forbidden

SIZE = 1_000_000  # bytes; the leaflet is a thirtieth of it
DEPTH = 20  # a leaflet needs eight
NULL = "tag:yaml.org,2002:null"
LIMIT = 20  # findings of one file; whoever has more has one cause


class _Loader(yaml.SafeLoader):
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if event.anchor:
            raise ComposerError(None, None, "anchors (&) and aliases (*) are not read: write it out", event.start_mark)
        if event.tag:
            raise ComposerError(None, None, f"tags such as {event.tag} are not read", event.start_mark)
        self.depth += 1
        if self.depth > DEPTH:
            raise ComposerError(None, None, f"nested more than {DEPTH} levels deep", event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def nodes(file: Path) -> yaml.Node:
    """The root of a file: a mapping or a sequence, whose keys are words. Raises ContentError."""
    root = _composed(file, _text(file))
    if not isinstance(root, yaml.MappingNode | yaml.SequenceNode):
        raise ContentError([_broken(file, 1, "keys with values, or a list, are expected")])
    faults = [_broken(file, line, problem) for line, problem in _faults(root)]
    if faults:
        raise ContentError(faults[:LIMIT])
    return root


def line(node: yaml.Node) -> int:
    """Where a node begins, counted from 1."""
    return int(node.start_mark.line) + 1


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(SIZE + 1)
    except OSError as error:
        remedy = "Check the name of the file, and that it may be read."
        where = Location(str(file))
        raise ContentError([Finding("yaml-unreadable", error.strerror or str(error), remedy, where)]) from None
    if len(data) > SIZE:
        raise ContentError([_broken(file, 0, f"more than {SIZE:,} bytes")])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError([_broken(file, data[: error.start].count(b"\n") + 1, "not UTF-8")]) from None


def _composed(file: Path, text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise ContentError([_broken(file, line, forbidden(chr(error.character)))]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        said = ", ".join(words for words in (error.context, error.problem) if words)
        raise ContentError([_broken(file, line, said.replace("\t", "\\t"))]) from None


def _faults(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of everything below a node."""
    if isinstance(node, yaml.MappingNode):
        yield from _key_faults([key for key, _ in node.value])
        for _, child in node.value:
            yield from _faults(child)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _faults(child)
    elif node.tag == NULL:
        yield line(node), "an empty value; leave its key out, or put quotation marks around a word such as null"
    elif problem := forbidden(node.value):
        yield line(node), problem


def _key_faults(keys: list[yaml.Node]) -> Iterator[tuple[int, str]]:
    seen: dict[str, int] = {}
    for key in keys:
        if not isinstance(key, yaml.ScalarNode):
            yield line(key), "a list or mapping stands where a key is expected"
        elif key.value in seen:
            yield line(key), f"the key {key.value} stands in line {seen[key.value]} already"
        else:
            seen[key.value] = line(key)


def _broken(file: Path, line: int, problem: str) -> Finding:
    return Finding("yaml-broken", problem, "Mend this line; the file is UTF-8 YAML.", Location(str(file), line))
