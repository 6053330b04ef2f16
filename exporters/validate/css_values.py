"""A declaration of CSS and the variables that it may use -> the values that a style is made of.

Colours come as `Paint`, by their name in the closed list; what can't be computed is a paint without a colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2
from tinycss2 import ast

from exporters.validate.colours import Colour, Paint, closed_list, parse

Tokens = Sequence[ast.Node]
VEILS = {"opacity": "1", "fill-opacity": "1", "stroke-opacity": "1", "filter": "none", "mix-blend-mode": "normal"}
SIDES = ("block-start", "inline-end", "block-end", "inline-start")
PHYSICAL = dict(zip(("top", "right", "bottom", "left"), SIDES, strict=True))
BORDER = re.compile(
    r"(?:border(?:-(block|inline)(?:-(start|end))?|-(top|right|bottom|left))?|outline)(?:-(color|style|width))?"
)
LINE_STYLES = frozenset(
    {"none", "hidden", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset", "outset", "auto"}
)
GROUND_WORDS = frozenset(  # of `background`, besides a colour
    {"none", "no-repeat", "repeat", "repeat-x", "repeat-y", "space", "round", "scroll", "fixed", "local", "auto"}
    | {"center", "top", "left", "right", "bottom", "cover", "contain", "border-box", "padding-box", "content-box"}
)
KEYWORDS = frozenset({"inherit", "initial", "unset", "revert"})
CURRENT = "currentcolor"


@dataclass(frozen=True, eq=False)
class Declared:
    """One declaration, its value not yet read: it may hold variables."""

    name: str
    tokens: Tokens
    important: bool


@dataclass(frozen=True, eq=False)
class Variables:
    """The custom properties that an element has."""

    values: Mapping[str, Tokens]


def split(tokens: Iterable[ast.Node]) -> list[list[ast.Node]]:
    """Tokens cut at their commas."""
    parts: list[list[ast.Node]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def word(token: ast.Node) -> str:
    """An identifier; "" for anything else."""
    return str(token.lower_value) if token.type == "ident" else ""


@lru_cache(maxsize=8192)
def longhands(declared: Declared, variables: Variables) -> tuple[tuple[str, Any], ...]:
    """A declaration as the values that `Style` is made of."""
    if declared.name.startswith("--"):
        return ()
    tokens = _substituted(declared.tokens, variables, 0)
    if tokens is None:  # a variable that is not there: invalid at computed-value time, as if unset
        tokens = tinycss2.parse_component_value_list("unset")
    meaning = [one for one in tokens if one.type != "whitespace"]
    return tuple(_values(declared.name.removeprefix("-webkit-"), meaning)) if meaning else ()


def _substituted(tokens: Tokens, variables: Variables, depth: int) -> list[ast.Node] | None:
    """Tokens with each `var()` replaced; None where one is not there."""
    found: list[ast.Node] = []
    for token in tokens:
        if token.type != "function":
            found.append(token)
            continue
        inner = _variable(token, variables, depth) if token.lower_name == "var" else _filled(token, variables, depth)
        if inner is None or depth > 20:
            return None
        found += inner
    return found


def _variable(token: ast.FunctionBlock, variables: Variables, depth: int) -> list[ast.Node] | None:
    name, *fallback = split(token.arguments)
    value = variables.values.get(tinycss2.serialize(name).strip(), fallback[0] if fallback else None)
    return None if value is None else _substituted(value, variables, depth + 1)


def _filled(token: ast.FunctionBlock, variables: Variables, depth: int) -> list[ast.Node] | None:
    inner = _substituted(token.arguments, variables, depth + 1)
    filled = ast.FunctionBlock(token.source_line, token.source_column, token.name, inner or [])
    return None if inner is None else [filled]


def _values(name: str, tokens: Tokens) -> Iterator[tuple[str, Any]]:
    first = word(tokens[0])
    if BORDER.fullmatch(name):
        yield from _borders(name, tokens)
    elif name in ("color", "background-color", "fill", "stroke"):
        yield name, "none" if first == "none" else _paint(tokens)
    elif name in ("background", "background-image"):
        yield from _background(name, tokens)
    elif name in VEILS or name == "all" or name.startswith("text-"):
        value = tinycss2.serialize(tokens)
        yield "veil", "" if value in (VEILS.get(name), *KEYWORDS) else f"{name}: {value}"
    else:
        yield from _others(name, tokens, first)


def _others(name: str, tokens: Tokens, first: str) -> Iterator[tuple[str, Any]]:
    if name == "content":
        yield name, "".join(_content(tokens))
    elif name == "display":
        yield name, first != "none"
    elif name == "visibility":
        yield "seen", first not in ("hidden", "collapse")
    elif name == "print-color-adjust":
        yield name, first
    elif name == "font-weight" and first not in KEYWORDS:
        yield "bold", first in ("bold", "bolder") or getattr(tokens[0], "value", 0) in range(700, 1001)
    elif name == "font-size" and first not in KEYWORDS:
        yield name, _length(tokens[0])
    elif name == "font" and first not in KEYWORDS:
        yield from (("font-size", (0, "")), ("bold", "bold" in map(word, tokens)))


def _content(tokens: Iterable[ast.Node]) -> Iterator[str]:
    """The text of `content`, without what only screen readers get (CSS Generated Content 3, 1.2)."""
    for token in tokens:
        if token == "/":
            return
        yield token.value if token.type == "string" else "…" if token.type == "function" else ""


def _length(token: ast.Node) -> tuple[float, str]:
    """(number, unit); the smallest of a `clamp()`; 0 for what is not written as a length."""
    if token.type == "function" and token.lower_name == "clamp":
        return _length(next(one for one in token.arguments if one.type != "whitespace"))
    if token.type == "dimension":
        return token.value, token.lower_unit
    if token.type == "percentage":
        return token.value, "%"
    return (token.value, "px") if token.type == "number" else (0.8, "em") if word(token) == "smaller" else (0, "")


def _paint(tokens: Tokens) -> Paint | str:
    """A colour by its name; a keyword; what can't be read by its text."""
    return _one_paint(tokens[0]) if len(tokens) == 1 else Paint(tinycss2.serialize(tokens), None)


def _one_paint(token: ast.Node) -> Paint | str:
    if word(token) in KEYWORDS:
        return word(token)
    colour = parse(token)
    if isinstance(colour, str):
        return CURRENT
    return closed_list().paint(colour) if colour else Paint(tinycss2.serialize([token]), None)


def _borders(name: str, tokens: Tokens) -> Iterator[tuple[str, Any]]:
    axis, end, physical, part = BORDER.fullmatch(name).groups()  # type: ignore[union-attr]
    sides = [f"{axis}-{end}"] if end else [side for side in SIDES if side.startswith(axis or "")]
    sides = ["outline"] if name.startswith("outline") else [PHYSICAL[physical]] if physical else sides
    if part:
        at = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1)}.get(len(tokens), (0, 1, 2, 3))
        spread = [tokens[place] for place in at[: len(sides)]]
        yield from ((f"{side}-{part}", _part(part, token)) for side, token in zip(sides, spread, strict=True))
        return
    for side in sides:
        yield from ((f"{side}-style", "none"), (f"{side}-width", 1), (f"{side}-color", CURRENT))
        for token in tokens:
            kind = _kind(token)
            yield f"{side}-{kind}", _part(kind, token)


def _kind(token: ast.Node) -> str:
    """Which part of a line a token of a shorthand is."""
    if token.type in ("dimension", "number") or word(token) in ("thin", "medium", "thick"):
        return "width"
    return "style" if word(token) in LINE_STYLES | KEYWORDS else "color"


def _part(part: str, token: ast.Node) -> Any:
    if part == "color":
        return _one_paint(token)
    if part == "style":
        return "none" if word(token) in KEYWORDS else word(token)
    return getattr(token, "value", 1)


def _background(name: str, tokens: Tokens) -> Iterator[tuple[str, Any]]:
    """The colour and the images of a ground."""
    colour: Paint | str = "initial"
    images: list[Paint | str] = []
    for token in tokens:
        if token.type == "url":
            images.append(token.value)
        elif token.type == "function" and token.lower_name == "url":
            images.append("".join(_content(token.arguments)))
        elif token.type == "function" and token.lower_name.endswith("gradient"):
            images.append(_gradient(token))
        elif token.type in ("function", "hash") or word(token) not in ("", *GROUND_WORDS):
            colour = _one_paint(token)
    if name == "background":
        yield "background-color", colour
    yield "background-image", tuple(images)


def _gradient(token: ast.FunctionBlock) -> Paint:
    """A gradient from a colour to the same colour is a ground that night modes keep; any other can't be computed."""
    colours = {parse(one) for one in token.arguments}.difference({None})
    only = colours.pop() if len(colours) == 1 else None
    return closed_list().paint(only) if isinstance(only, Colour) else Paint(tinycss2.serialize([token]), None)
