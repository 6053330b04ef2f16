"""A translation held against its source: inline markup in order, tags and placeholders the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

from lbp_content import inline
from lbp_content.checks.reading import Reading
from lbp_content.finding import Finding
from lbp_content.model import Text

K = TypeVar("K")


def check(reading: Reading) -> Iterator[Finding]:
    """Order of words is the translator's; what they are wrapped around, and how often, is the source's."""
    for text in reading.texts:
        if problem := inline.problem(text.text, text.lang, text.href):
            remedy = 'Use <b>, <i id="…"> and <a id="…"> as the source does, each closed by its own end.'
            yield Finding("markup-broken", f"{text.id}: {problem}", remedy, text.where)
        else:
            yield from _unlike(text, reading.source[text.id])


def _unlike(text: Text, source: Text) -> Iterator[Finding]:
    placeholders = inline.placeholders(source.text), inline.placeholders(text.text)
    if problem := _differ(*placeholders):
        yield Finding("placeholder-changed", f"{text.id}: {problem}", "Use those of the source, once each.", text.where)
    if problem := _differ(inline.tags(source.text), inline.tags(text.text)):
        yield Finding("markup-changed", f"{text.id}: {problem}", "Use the tags of the source, once each.", text.where)


def _differ(source: Counter[K], here: Counter[K]) -> str:
    lost, added = source - here, here - source
    said = [f"{_shown(key)} is lost" for key in lost] + [f"{_shown(key)} is added" for key in added]
    return ", ".join(said)


def _shown(key: object) -> str:
    if isinstance(key, tuple):
        tag, id = key
        return f'<{tag} id="{id}">' if id else f"<{tag}>"
    return f"{{{key}}}"
