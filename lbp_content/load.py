"""YAML -> Leaflet, Claims, Lexicon; every value remembers its file and line.

Every scalar is read as a string and typed by the model, so that YAML never guesses (`no` is a language, not false).
A message is a mapping with a `text`, or a bare string under one of BARE_TEXTS. Its id is the path of ids down to it.
Its role is the one written at it; else `claim` if it names claims; else `navigation` for titles; else its chapter's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from lbp_content.finding import ContentError, Finding, Location
from lbp_content.model import Claims, Label, Leaflet, Lexicon

DATA = Path(__file__).parent / "data"
TOPIC = DATA / "low_back_pain"
TITLES = frozenset({"title", "subtitle", "description", "heading", "alt", "term"})
BARE_TEXTS = TITLES | {"brief", "meaning", "side_effects"}
TABLES = frozenset({"lang", "href", "keep", "by_locale", "number_words", "harms"})  # keys are data, not fields
NAMED = frozenset({"what", "context", "aim", "findings", "advice", "intro", "figure", "cover"})  # the key is the id


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
    """Where the walk over a YAML tree stands."""

    file: str
    ids: tuple[str, ...] = ()
    role: str = "claim"


def load(topic: Path = TOPIC, data: Path = DATA) -> Content:
    """Read one topic. Raises ContentError with every value that is wrong."""
    leaflet = _read(topic / "leaflet.yaml", TypeAdapter(Leaflet))
    labels = _read(data / "labels.yaml", TypeAdapter(tuple[Label, ...]), role="navigation")
    return Content(
        leaflet=leaflet.model_copy(update={"labels": labels}),
        claims=_read(topic / "claims.yaml", TypeAdapter(Claims)),
        lexicon=_read(data / "lexicon.yaml", TypeAdapter(Lexicon)),
        figures={file.name: file.read_text("utf-8") for file in sorted((topic / "figures").glob("*.svg"))},
        file=topic / "leaflet.yaml",
    )


def _read(file: Path, model: TypeAdapter[Any], role: str = "claim") -> Any:
    root = _compose(file)
    start = Place(str(file), role=role)
    tree = _sequence(root, start) if isinstance(root, yaml.SequenceNode) else _root(root, start)
    try:
        return model.validate_python(tree)
    except ValidationError as error:
        raise ContentError(_wrong_values(file, error, tree)) from None


def _compose(file: Path) -> yaml.Node:
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([_broken(file, 0, str(error))]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ContentError([_broken(file, line, error.problem or "not YAML")]) from None
    except yaml.YAMLError as error:
        raise ContentError([_broken(file, 0, str(error).splitlines()[0])]) from None
    if not isinstance(root, yaml.MappingNode | yaml.SequenceNode):
        raise ContentError([_broken(file, 1, "a list or keys with values are expected")])
    return root


def _broken(file: Path, line: int, problem: str) -> Finding:
    return Finding("yaml-broken", problem, "Make the file readable as UTF-8 YAML.", Location(str(file), line))


def _root(node: yaml.Node, place: Place) -> dict[str, Any]:
    """The outermost mapping; its id does not count in the path of ids."""
    return {key: _value(key, child, place) for key, child in _pairs(node, place)} | {"where": _where(node, place)}


def _value(key: str, node: yaml.Node, place: Place) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(key, node, place)
    if isinstance(node, yaml.SequenceNode):
        return _sequence(node, place)
    if key in BARE_TEXTS:
        return _text(key, {"text": node.value, "where": _where(node, place)}, place)
    return node.value


def _sequence(node: yaml.SequenceNode, place: Place) -> list[Any]:
    return [_value("", child, place) for child in node.value]


def _mapping(key: str, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
    fields = dict(_pairs(node, place))
    if key in TABLES:
        return {name: _value("", child, place) for name, child in fields.items()}
    if "text" in fields or key in BARE_TEXTS:
        return _text(
            key, {name: _value(name, child, place) for name, child in fields.items()} | _at(node, place), place
        )
    role = fields.pop("role", None)
    own = fields.pop("id", None)
    id = own.value if own else key if key in NAMED else None
    inner = replace(place, ids=(*place.ids, id) if id else place.ids, role=role.value if role else place.role)
    tree = {name: _value(name, child, inner) for name, child in fields.items()} | _at(node, place)
    return tree | ({"id": "/".join(inner.ids)} if id else {})


def _text(key: str, fields: dict[str, Any], place: Place) -> dict[str, Any]:
    role = place.role
    if key in TITLES:
        role = "navigation"
    if fields.get("claims") and role != "about":
        role = "claim"
    return {"role": role} | fields | {"id": "/".join((*place.ids, fields.get("id") or key.replace("_", "-")))}


def _pairs(node: yaml.Node, place: Place) -> Iterator[tuple[str, yaml.Node]]:
    seen = set()
    for key, child in node.value:
        if key.value in seen:
            raise ContentError([_broken(Path(place.file), key.start_mark.line + 1, f"{key.value!r} stands twice")])
        seen.add(key.value)
        yield key.value, child


def _at(node: yaml.Node, place: Place) -> dict[str, Location]:
    return {"where": _where(node, place)}


def _where(node: yaml.Node, place: Place) -> Location:
    return Location(place.file, node.start_mark.line + 1)


def _wrong_values(file: Path, error: ValidationError, tree: Any) -> Iterator[Finding]:
    for problem in error.errors(include_url=False):
        path = ".".join(str(step) for step in problem["loc"])
        yield Finding(
            code="yaml-value",
            message=f"{path}: {problem['msg'][:1].lower()}{problem['msg'][1:]}",
            remedy="Correct the value; lbp_content/model.py lists what may stand here.",
            where=_nearest(Location(str(file), 1), tree, problem["loc"]),
        )


def _leads(tree: Any, step: int | str) -> bool:
    return step in tree if isinstance(tree, dict) else isinstance(tree, list) and step in range(len(tree))


def _nearest(where: Location, tree: Any, path: tuple[int | str, ...]) -> Location:
    """The place of the innermost mapping on `path`; steps that pydantic adds for a union are passed over."""
    for step in path:
        if _leads(tree, step):
            tree = tree[step]
        if isinstance(tree, dict):
            where = tree.get("where", where)
    return where
