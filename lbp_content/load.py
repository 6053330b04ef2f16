"""YAML -> Leaflet, Claims, Lexicon; every value remembers its file and line.

Every scalar is read as a string and typed by the model, so that YAML never guesses (`no` is a language, not false).
A message is a mapping with a `text`, or a bare string under one of BARE_TEXTS. Its id is the path of ids down to it.
Its role is the one written at it; else `claim` if it names claims; else `navigation` for titles; else its chapter's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar, get_args
from xml.etree import ElementTree

import yaml
from pydantic import TypeAdapter, ValidationError

from lbp_content import inline, languages, strict_yaml
from lbp_content.finding import ContentError, Finding, Location
from lbp_content.model import Claims, Label, Leaflet, Lexicon, Node, Role, Text

DATA = Path(__file__).parent / "data"
TOPIC = DATA / "low_back_pain"
LABELS = ("labels.yaml", "report.yaml")
TITLES = frozenset({"title", "subtitle", "description", "heading", "alt", "term"})
BARE_TEXTS = TITLES | {"brief", "meaning", "side_effects"}
TABLES = frozenset({"lang", "href", "keep", "by_locale", "number_words", "harms"})  # keys are data, not fields
NAMED = frozenset({"what", "context", "aim", "findings", "advice", "intro", "figure", "cover"})  # the key is the id

T = TypeVar("T")


@dataclass(frozen=True)
class Content:
    """All that is said about one topic, before any language. `figures`: file name -> SVG; `file`: the leaflet's."""

    leaflet: Leaflet
    claims: Claims
    lexicon: Lexicon
    figures: Mapping[str, str]
    file: Path


@dataclass(frozen=True)
class Place:
    """Where the walk over a YAML tree stands; `role` "" where nothing is a message."""

    file: str
    ids: tuple[str, ...] = ()
    role: str = ""


def load(topic: Path = TOPIC, data: Path = DATA) -> Content:
    """Read one topic. Raises ContentError with what is wrong in any of its files."""
    findings: list[Finding] = []
    leaflet = _kept(findings, lambda: _leaflet(topic / "leaflet.yaml", [data / name for name in LABELS]))
    claims = _kept(findings, lambda: read(topic / "claims.yaml", TypeAdapter(Claims)))
    lexicon = _kept(findings, lambda: read(data / "lexicon.yaml", TypeAdapter(Lexicon)))
    figures = _kept(findings, lambda: {file.name: _svg(file) for file in sorted((topic / "figures").glob("*.svg"))})
    if leaflet is None or claims is None or lexicon is None or figures is None:
        raise ContentError(findings)
    return Content(leaflet, claims, lexicon, figures, topic / "leaflet.yaml")


def _kept(findings: list[Finding], read: Callable[[], T]) -> T | None:
    """What `read` gives; None if it can't, and its findings are kept."""
    try:
        return read()
    except ContentError as error:
        findings += error.findings
        return None


def read(file: Path, model: TypeAdapter[T]) -> T:
    """A file of data without messages, typed. Raises ContentError."""
    value = _typed(file, strict_yaml.nodes(file), model)
    nodes = tuple(_nodes(value))
    _stop_at(found for kind in dict.fromkeys(map(type, nodes)) for found in _twice(n for n in nodes if type(n) is kind))
    return value


def _leaflet(file: Path, label_files: Iterable[Path]) -> Leaflet:
    root = strict_yaml.nodes(file)
    leaflet = _typed(file, root, TypeAdapter(Leaflet), role="claim")
    labels = tuple(chain.from_iterable(map(_labels, label_files)))
    whole = leaflet.model_copy(update={"labels": leaflet.labels + labels})
    nodes = tuple(_nodes(whole))
    _stop_at([*_twice(nodes), *_unsound(nodes), *_unknown_locales(file, root, leaflet)])
    return whole


def _labels(file: Path) -> tuple[Label, ...]:
    return _typed(file, strict_yaml.nodes(file), TypeAdapter(tuple[Label, ...]), role="navigation")


def _stop_at(findings: Iterable[Finding]) -> None:
    if found := tuple(findings):
        raise ContentError(found)


def _svg(file: Path) -> str:
    """The text of a drawing that is whole: an SVG in which something is drawn."""
    try:
        text = file.read_text("utf-8")
        root = ElementTree.fromstring(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([_no_drawing(file, str(error))]) from None
    except ElementTree.ParseError as error:
        raise ContentError([_no_drawing(file, str(error), error.position[0])]) from None
    if root.tag != "{http://www.w3.org/2000/svg}svg" or not len(root) or not text.startswith("<svg "):
        raise ContentError([_no_drawing(file, "is no SVG in which something is drawn")])
    return text


def _no_drawing(file: Path, problem: str, line: int = 0) -> Finding:
    remedy = "Draw it again, as SVG in UTF-8: `make drawings` draws ours."
    return Finding("figure-broken", problem, remedy, Location(str(file), line))


def _typed(file: Path, root: yaml.Node, model: TypeAdapter[T], role: str = "") -> T:
    tree = _root(root, Place(str(file), role=role))
    try:
        return model.validate_python(tree)
    except ValidationError as error:
        raise ContentError(_wrong_values(file, root, error)) from None


def _root(node: yaml.Node, place: Place) -> Any:
    """The outermost mapping or list; its id does not count in the path of ids."""
    if isinstance(node, yaml.SequenceNode):
        return _sequence(node, place)
    return {key: _value(key, child, place) for key, child in _fields(node, place).items()} | _at(node, place)


def _value(key: str, node: yaml.Node, place: Place) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(key, node, place)
    if isinstance(node, yaml.SequenceNode):
        return _sequence(node, place)
    if place.role and key in BARE_TEXTS:
        return _text(key, {"text": node.value} | _at(node, place), place)
    return node.value


def _sequence(node: yaml.SequenceNode, place: Place) -> list[Any]:
    return [_value("", child, place) for child in node.value]


def _mapping(key: str, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
    if key in TABLES:
        return {name.value: _value("", child, place) for name, child in node.value}
    fields = _fields(node, place)
    if place.role and ("text" in fields or key in BARE_TEXTS):
        return _message(key, fields, node, place)
    id = _word(fields.pop("id"), place) if "id" in fields else key if key in NAMED else ""
    inner = replace(place, ids=(*place.ids, id) if id else place.ids)
    if place.role and id and "role" in fields:
        inner = replace(inner, role=_role(fields.pop("role"), place))
    tree = {name: _value(name, child, inner) for name, child in fields.items()} | _at(node, place)
    return tree | ({"id": "/".join(inner.ids)} if id else {})


def _message(key: str, fields: Mapping[str, yaml.Node], node: yaml.Node, place: Place) -> dict[str, Any]:
    own = {"id": _word(fields["id"], place)} if "id" in fields else {}
    own |= {"role": _role(fields["role"], place)} if "role" in fields else {}
    tree = {name: _value(name, child, place) for name, child in fields.items() if name not in own}
    return _text(key, tree | own | _at(node, place), place)


def _text(key: str, fields: dict[str, Any], place: Place) -> dict[str, Any]:
    role = place.role
    if key in TITLES:
        role = "navigation"
    if fields.get("claims") and role != "about":
        role = "claim"
    name = fields.get("id") or key.replace("_", "-")
    return {"role": role} | fields | ({"id": "/".join((*place.ids, name))} if name else {})


def _fields(node: yaml.Node, place: Place) -> dict[str, yaml.Node]:
    fields = {key.value: child for key, child in node.value}
    if "where" in fields:  # the model's own
        raise ContentError([_wrong("where: not a field", Location(place.file, strict_yaml.line(fields["where"])))])
    return fields


def _word(node: yaml.Node, place: Place) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise ContentError([_wrong("an id or a role is one word", Location(place.file, strict_yaml.line(node)))])
    return str(node.value)


def _role(node: yaml.Node, place: Place) -> str:
    role = _word(node, place)
    if role not in get_args(Role):
        expected = f"role: one of {', '.join(get_args(Role))} is expected"
        raise ContentError([_wrong(expected, Location(place.file, strict_yaml.line(node)))])
    return role


def _at(node: yaml.Node, place: Place) -> dict[str, Location]:
    return {"where": Location(place.file, strict_yaml.line(node))}


def _wrong_values(file: Path, root: yaml.Node, error: ValidationError) -> Iterator[Finding]:
    for problem in error.errors(include_url=False):
        path = ".".join(str(step) for step in problem["loc"])
        said = f"{path}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
        key, value = _nearest(root, problem["loc"])
        node = key if problem["type"] == "extra_forbidden" else value
        yield _wrong(said, Location(str(file), strict_yaml.line(node)))


def _wrong(problem: str, where: Location) -> Finding:
    return Finding("yaml-value", problem, "Correct the value; lbp_content/model.py lists what may stand here.", where)


def _nearest(root: yaml.Node, path: Iterable[int | str]) -> tuple[yaml.Node, yaml.Node]:
    """The innermost (key, value) on `path`; steps that pydantic adds for a union are passed over."""
    found = root, root
    for step in path:
        found = _child(found[1], step) or found
    return found


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, child) for key, child in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and step in range(len(node.value)):
        return node.value[step], node.value[step]
    return None


def _nodes(value: Any) -> Iterator[Node]:
    """Every node of the model at or below `value`."""
    if isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, Node):
        yield value
        for name in type(value).model_fields:
            yield from _nodes(getattr(value, name))


def _twice(nodes: Iterable[Node]) -> Iterator[Finding]:
    """An id is a message's name in every catalog, and an anchor in every file."""
    seen: dict[str, Location] = {}
    for node in nodes:
        id = getattr(node, "id", None)
        if id in seen:
            yield Finding("id-twice", f"{id} stands in {seen[id]} already", "Give one of them another id.", node.where)
        elif id:
            seen[id] = node.where


def _unsound(nodes: Iterable[Node]) -> Iterator[Finding]:
    for text in nodes:
        if isinstance(text, Text) and (problem := inline.problem(text.text, text.lang, text.href)):
            remedy = 'Write <b>, <i id="…"> with its language under `lang`, <a id="…"> with its address under `href`.'
            yield Finding("markup-broken", f"{text.id}: {problem}", remedy, text.where)


def _unknown_locales(file: Path, root: yaml.Node, leaflet: Leaflet) -> Iterator[Finding]:
    used: list[tuple[tuple[int | str, ...], str]] = [(("source_locale",), leaflet.source_locale)]
    used += [(("locales", number), code) for number, code in enumerate(leaflet.locales)]
    for path, code in used:
        if code not in languages.known():
            where = Location(str(file), strict_yaml.line(_nearest(root, path)[1]))
            yield Finding("locale-unknown", f"CLDR has no locale {code}", "Write it as in de, pt-BR or zh-Hant.", where)
