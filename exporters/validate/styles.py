"""A style sheet of a book -> problems: the reading system and the reader own colours, fonts, sizes and direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporters.validate.text import Problem

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]*)[\"']?\s*\)")
ABSOLUTE = re.compile(r"\d(px|pt|pc|cm|mm|in|q|vw|vh)\b", re.IGNORECASE)
INHERITED = ("inherit", "currentcolor", "unset")
PHYSICAL = re.compile(r"^((margin|padding|border)-(left|right)\b.*|left|right)$")
OWNED = ("font-family", "font-size", "line-height", "color", "background", "background-color")  # never !important


def problems(sheet: str) -> Iterator[Problem]:
    """Every rule of this file, tried on each declaration."""
    if "@import" in sheet:
        yield "request", "the style sheet asks for another one"
    for selector, declared in rules(sheet):
        yield from _colours(selector, declared)
        for name, value in declared.items():
            yield from _declaration(selector, name, value)


def rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(selector, declarations) of each rule, those in `@media` too."""
    for selector, body in RULE.findall(COMMENT.sub("", sheet)):
        pairs = (part.split(":", 1) for part in re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", body) if ":" in part)
        yield selector.strip(), {name.strip().lower(): value.strip() for name, value in pairs}


def _colours(selector: str, declared: dict[str, str]) -> Iterator[Problem]:
    """A text with a colour of its own and no ground of its own vanishes at night."""
    colour = declared.get("color", "inherit").lower()
    if colour not in INHERITED and not any(name.startswith("background") for name in declared):
        yield "css-colour", f"{selector} sets the colour of text without a ground"


def _declaration(selector: str, name: str, value: str) -> Iterator[Problem]:
    if name in ("direction", "unicode-bidi"):
        yield "css-direction", f"{selector} sets {name}: that is for `dir` to say"
    if PHYSICAL.match(name) or (name in ("text-align", "float", "clear") and value in ("left", "right")):
        yield "css-physical", f"{selector} says left or right: {name}: {value}"
    if name in ("font", "font-size", "line-height") and ABSOLUTE.search(value):
        yield "css-absolute", f"{selector} sets {name} to {value}: readers could not change it"
    if "!important" in value and name in OWNED:
        yield "css-important", f"{selector} takes {name} from the reader"
    if name == "text-align" and value == "justify":
        yield "css-justified", f"{selector} is justified"


def addresses(sheet: str) -> Iterator[str]:
    """What the style sheet asks for."""
    yield from (address for address in ADDRESS.findall(COMMENT.sub("", sheet)) if not address.startswith("data:"))


def reordered(sheet: str) -> bool:
    """Whether something is shown in another place than where it is read."""
    return any(
        name == "order" or (name == "position" and value in ("absolute", "fixed")) or "reverse" in value
        for _, declared in rules(sheet)
        for name, value in declared.items()
        if name in ("order", "position", "flex-direction", "flex-flow", "flex-wrap")
    )
