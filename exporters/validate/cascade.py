"""A page and its style sheets -> the style of each element: colours, grounds, lines, size, as a browser has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import cssselect2
import tinycss2
from lxml import etree
from tinycss2 import ast

from exporters.validate.colours import Colour, Paint, closed_list
from exporters.validate.css_values import CURRENT, KEYWORDS, SIDES, Declared, Tokens, Variables, longhands, split, word

BROWSER = """
head, script, style, title, template, [hidden], desc, metadata { display: none }
a[href] { color: #0000ee } mark { color: #000000; background: #ffff00 }
b, strong, th, h1, h2, h3, h4, h5, h6 { font-weight: bold }
h1 { font-size: 2em } h2 { font-size: 1.5em } h3 { font-size: 1.17em } h5 { font-size: 0.83em } h6 { font-size: 0.67em }
small, sub, sup { font-size: smaller }
"""
WANTED = re.compile(
    r"--.|color$|(background|border|outline|font)(-|$)|(display|visibility|content|fill|stroke|opacity|filter|all"
    r"|mix-blend-mode|fill-opacity|stroke-opacity|-webkit-text-\w+-color|(-webkit-)?print-color-adjust)$"
)
ATTRIBUTES = {  # what drawings, and old pages, write without CSS
    **{name: name for name in ("fill", "stroke", "color", "opacity", "fill-opacity", "stroke-opacity", "display")},
    **{name: name for name in ("visibility", "font-size", "font-weight", "filter")},
    "bgcolor": "background-color",
}
STATES = frozenset({"hover", "focus", "focus-visible", "focus-within", "active", "visited", "target"})
HARMLESS = frozenset({"font-face", "page", "charset", "namespace", "counter-style", "import"})
PIXELS = {"px": 1.0, "pt": 4 / 3, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "pc": 16.0}
NEVER = tinycss2.parse_component_value_list(":not(._)")  # as specific as a state, and true of every element
LINK = tinycss2.parse_component_value_list("[href]")


class Circumstances(NamedTuple):
    """How a page is shown. `economy`: printed as browsers do by default, without grounds."""

    media: str
    scheme: str
    width: float
    economy: bool


@dataclass(frozen=True, eq=False)
class Rule:
    """The declarations of a rule that matter here, when they hold, and for which state of the element."""

    media: tuple[str, ...]
    states: frozenset[str]
    declared: tuple[Declared, ...]
    ours: bool


@dataclass(frozen=True, eq=False)
class Matched:
    """All rules of an element, the weakest first, each with its pseudo-element or ""; elements alike share one."""

    rules: tuple[tuple[str, Rule], ...]
    attributes: tuple[Declared, ...]
    inline: tuple[Declared, ...]

    @cached_property
    def states(self) -> frozenset[frozenset[str]]:
        """The states that change the element."""
        return frozenset(rule.states for _, rule in self.rules if rule.states)

    @cached_property
    def pseudos(self) -> frozenset[str]:
        """Its pseudo-elements."""
        return frozenset(pseudo for pseudo, _ in self.rules if pseudo)


@dataclass(frozen=True, eq=False)
class Style:
    """What an element looks like. `grounds`: the uppermost layer first, down to an opaque one; `veil`: an opacity."""

    color: Paint
    grounds: tuple[Paint, ...]
    fill: Paint | None
    stroke: Paint | None
    size: float
    bold: bool
    seen: bool
    exact: bool
    veil: str
    variables: Variables
    rem: float = 0.0
    lines: tuple[Paint, ...] = ()
    outline: Paint | None = None
    images: tuple[str, ...] = ()
    content: str = ""
    shown: bool = True


@dataclass(frozen=True, eq=False)
class Node:
    """An element with its rules. `words`: it has text of its own; `place`: how a person finds it.

    `plain`: no style sheet of ours speaks of what is in it.
    """

    tag: str
    attributes: Mapping[str, str]
    matched: Matched
    children: tuple[Node, ...]
    words: bool
    place: str
    plain: bool


@dataclass(frozen=True, eq=False)
class Sheets:
    """Style sheets, compiled. `unread`: what the gate can't read, and must not pass over."""

    matcher: Any
    media: frozenset[str]
    unread: tuple[str, ...]
    known: dict[Any, Matched] = field(default_factory=dict)
    styles: dict[Any, Style] = field(default_factory=dict)
    looks: dict[Any, dict[Any, Any]] = field(default_factory=dict)


# Style sheets


@lru_cache(maxsize=16)
def compiled(css: tuple[str, ...]) -> Sheets:
    """Style sheets in the order in which a page names them."""
    matcher, unread, media = cssselect2.Matcher(), list[str](), set[str]()
    for text, ours in ((BROWSER, False), *((text, True) for text in css)):
        for selector, rule in _rules(tinycss2.parse_stylesheet(text, skip_comments=True), (), ours):
            media.update(rule.media)
            try:
                for one in cssselect2.compile_selector_list(selector):
                    matcher.add_selector(one, rule)
            except cssselect2.SelectorError:
                unread.append(tinycss2.serialize(selector).strip())
    unread += [query for query in media if applies(query, Circumstances("screen", "light", 0, False)) is None]
    return Sheets(matcher, frozenset(media), tuple(unread))


def _rules(nodes: Iterable[ast.Node], media: tuple[str, ...], ours: bool) -> Iterator[tuple[Tokens, Rule]]:
    """(selector, rule) for each selector of each rule; what can't be read comes with a selector that says so."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield from _rule(node, media, ours)
        elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports"):
            query = tinycss2.serialize(node.prelude).strip().lower()
            inner = (*media, query) if node.lower_at_keyword == "media" else media
            yield from _rules(tinycss2.parse_rule_list(node.content, skip_comments=True), inner, ours)
        elif node.type == "at-rule" and node.lower_at_keyword not in HARMLESS and _coloured(node.content or ()):
            yield tinycss2.parse_component_value_list(f"@{node.at_keyword}"), Rule(media, frozenset(), (), ours)


def _coloured(content: Iterable[ast.Node]) -> bool:
    return bool(re.search(r"color|background|border|outline|fill|stroke|opacity", tinycss2.serialize(content)))


def _rule(node: ast.QualifiedRule, media: tuple[str, ...], ours: bool) -> Iterator[tuple[Tokens, Rule]]:
    declared = tuple(_declarations(node.content))
    for selector in split(node.prelude) if declared else ():
        found, states = _stateless(selector)
        yield found, Rule(media, states, declared, ours)


def _declarations(content: str | Tokens) -> Iterator[Declared]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration" and WANTED.match(node.lower_name):
            name = node.name if node.name.startswith("--") else node.lower_name
            yield Declared(name, [one for one in node.value if one.type != "comment"], node.important)


def _stateless(selector: Tokens) -> tuple[Tokens, frozenset[str]]:
    """A selector without `:hover` and the like, and these. One that hides them in a function becomes unreadable."""
    found: list[ast.Node] = []
    states = set()
    for token in selector:
        name = word(token)
        pseudo = bool(found) and found[-1] == ":" and found[-2:] != [":", ":"]
        if pseudo and name in STATES:
            states.add(name)
            found[-1:] = NEVER
        elif pseudo and name in ("link", "any-link"):
            found[-1:] = LINK
        elif token.type == "function" and re.search(rf":({'|'.join(STATES)})\b", tinycss2.serialize([token])):
            return [*selector, *tinycss2.parse_component_value_list("!")], frozenset()
        else:
            found.append(token)
    return found, frozenset(states)


# Media queries


@lru_cache(maxsize=1024)
def applies(query: str, shown: Circumstances) -> bool | None:
    """Whether a media query holds; None when it speaks of something else."""
    answers = [_one(part.strip(), shown) for part in query.split(",")]
    return True if True in answers else None if None in answers else False


def _one(query: str, shown: Circumstances) -> bool | None:
    terms = [_term(term.strip(), shown) for term in re.split(r"\band\b", re.sub(r"^(only|not)\b", "", query))]
    answer = False if False in terms else None if None in terms else True
    return answer if answer is None or not query.startswith("not") else not answer


def _term(term: str, shown: Circumstances) -> bool | None:
    term = re.sub(r"\s+", "", term)
    if term in ("all", "screen", "print"):
        return term in ("all", shown.media)
    if scheme := re.fullmatch(r"\(prefers-color-scheme:(light|dark)\)", term):
        return scheme[1] == shown.scheme and shown.media == "screen"
    if term in ("(forced-colors:active)", "(prefers-reduced-motion:reduce)"):
        return False  # forced colours are the reader's own
    if width := re.fullmatch(r"\((min|max)-width:([\d.]+)(px|r?em)\)", term):
        length = float(width[2]) * (1 if width[3] == "px" else 16)
        return shown.width >= length if width[1] == "min" else shown.width <= length
    return None


def widths(sheets: Sheets) -> list[float]:
    """A width of each kind that the style sheets tell apart, the smallest screen first."""
    found = {
        float(number) * (1 if unit == "px" else 16) + 1
        for query in sheets.media
        for number, unit in re.findall(r"-width:\s*([\d.]+)(px|r?em)", query)
    }
    return [320.0, *sorted(width for width in found if width > 320)]


# Elements


def tree(root: etree._Element, sheets: Sheets) -> Node:
    """The elements of a page, its tags without namespaces."""
    return _node(cssselect2.ElementWrapper.from_html_root(root), sheets, "")


def _node(element: Any, sheets: Sheets, around: str) -> Node:
    one: etree._Element = element.etree_element
    names = [f"#{element.id}"] if element.id else [f".{name}" for name in sorted(element.classes)]
    attributes = {str(name): str(value) for name, value in one.attrib.items()}
    own = f"{one.tag}{''.join(names)}" if names else f"{around} {one.tag}".strip()
    children = tuple(_node(child, sheets, own if names else around) for child in element.iter_children())
    words = "".join([one.text or "", *(child.tail or "" for child in one)]).strip()
    plain = all(child.plain and not any(rule.ours for _, rule in child.matched.rules) for child in children)
    return Node(str(one.tag), attributes, _matched(element, sheets), children, bool(words), own, plain)


def _matched(element: Any, sheets: Sheets) -> Matched:
    attributes = element.etree_element.attrib
    found = [(pseudo or "", rule) for _, _, pseudo, rule in sheets.matcher.match(element)]
    rules = tuple(sorted(found, key=lambda one: one[1].ours))  # stable: specificity and order stay as they are
    plain = tuple((name, attributes[name]) for name in ATTRIBUTES if name in attributes)
    key = (rules, plain, attributes.get("style", ""))
    if key not in sheets.known:
        sheets.known[key] = Matched(rules, tuple(_attributes(plain)), tuple(_declarations(key[2])))
    return sheets.known[key]


def _attributes(plain: Iterable[tuple[str, str]]) -> Iterator[Declared]:
    for name, value in plain:
        yield Declared(ATTRIBUTES[name], tinycss2.parse_component_value_list(value), False)


# Styles


@lru_cache(maxsize=32)
def root_style(page: Colour, text: Colour) -> Style:
    """What the first element inherits: the reader's own page and text. A drawing is black unless it says otherwise."""
    black = closed_list().paint(Colour(0, 0, 0))
    return Style(Paint("text", text), (Paint("page", page),), black, None, 16, False, True, False, "", Variables({}), 0)


def style(
    node: Node,
    parent: Style,
    sheets: Sheets,
    shown: Circumstances,
    *,
    pseudo: str = "",
    states: frozenset[str] = frozenset(),
) -> Style:
    """The style of an element, of one of its pseudo-elements, or of it in a state, inheriting from `parent`."""
    key = (node.matched, parent, shown, pseudo, states)
    if key not in sheets.styles:
        declared = list(_cascaded(node.matched, shown, pseudo, states))
        sheets.styles[key] = _computed(parent, declared, shown)
    return sheets.styles[key]


def _cascaded(matched: Matched, shown: Circumstances, pseudo: str, states: frozenset[str]) -> Iterator[Declared]:
    """The declarations that hold, the weakest first (CSS Cascading 4, 6.1)."""
    rules = [
        rule
        for name, rule in matched.rules
        if name == pseudo and rule.states <= states and all(applies(query, shown) for query in rule.media)
    ]
    browser, author = ([one for rule in rules if rule.ours is ours for one in rule.declared] for ours in (False, True))
    own = ((), ()) if pseudo else (matched.attributes, matched.inline)
    every = [*browser, *own[0], *author, *own[1]]
    yield from sorted(every, key=lambda one: one.important)


def _computed(parent: Style, declared: Sequence[Declared], shown: Circumstances) -> Style:
    variables = _variables(parent.variables, declared)
    values: dict[str, Any] = {}
    for one in declared:
        values.update(longhands(one, variables))
    color = _inherited(values.get("color"), parent.color, Paint("text", None), parent.color)
    exact = {"exact": True, "economy": False}.get(values.get("print-color-adjust", ""), parent.exact)
    layers, images = _layers(values, color) if exact or not shown.economy else ((), ())
    size = _size(values.get("font-size"), parent)
    return Style(
        color=color,
        grounds=_down_to_opaque((*layers, *parent.grounds)),
        fill=_shape(values.get("fill"), parent.fill, color),
        stroke=_shape(values.get("stroke"), parent.stroke, color),
        size=size,
        bold=values.get("bold", parent.bold),
        seen=values.get("seen", parent.seen),
        exact=exact,
        veil=values.get("veil", "") or parent.veil,
        variables=variables,
        rem=parent.rem or size,
        lines=tuple(dict.fromkeys(line for side in SIDES if (line := _line(side, values, color)))),
        outline=_line("outline", values, color),
        images=images,
        content=values.get("content", ""),
        shown=values.get("display", True),
    )


def _variables(inherited: Variables, declared: Iterable[Declared]) -> Variables:
    own = {one.name: one.tokens for one in declared if one.name.startswith("--")}
    return Variables({**inherited.values, **own}) if own else inherited


def _inherited(value: Any, inherited: Paint, initial: Paint, current: Paint) -> Paint:
    if value is None or value in KEYWORDS - {"initial"}:
        return inherited
    return initial if value == "initial" else current if value == CURRENT else value


def _shape(value: Any, inherited: Paint | None, color: Paint) -> Paint | None:
    if value is None or value in KEYWORDS:
        return inherited
    return None if value == "none" else color if value == CURRENT else value


def _line(side: str, values: Mapping[str, Any], color: Paint) -> Paint | None:
    """The colour of a border or outline that is drawn."""
    if values.get(f"{side}-style", "none") in ("none", "hidden") or values.get(f"{side}-width", 1) == 0:
        return None
    value = values.get(f"{side}-color", CURRENT)
    return color if isinstance(value, str) else None if value.colour and value.colour.alpha == 0 else value


def _layers(values: Mapping[str, Any], color: Paint) -> tuple[tuple[Paint, ...], tuple[str, ...]]:
    """What an element lays on the ground beneath it, and the addresses of pictures among it."""
    images = values.get("background-image", ())
    ground = values.get("background-color")
    paints = [one if isinstance(one, Paint) else Paint("a picture", None) for one in images]
    paints += [] if ground is None or ground in KEYWORDS else [color if ground == CURRENT else ground]
    visible = tuple(paint for paint in paints if paint.colour is None or paint.colour.alpha)
    return visible, tuple(one for one in images if isinstance(one, str))


def _down_to_opaque(layers: Sequence[Paint]) -> tuple[Paint, ...]:
    last = next(at for at, layer in enumerate(layers) if layer.colour and layer.colour.alpha == 1)
    return tuple(layers[: last + 1])


def _size(value: Any, parent: Style) -> float:
    """In pixels; 0, the size of small text, for what can't be computed."""
    if value is None:
        return parent.size
    number, unit = value
    relative = {"em": parent.size, "%": parent.size / 100, "rem": parent.rem or 16.0}
    return float(number * (relative | PIXELS).get(unit, 0.0))
