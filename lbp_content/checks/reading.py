"""Content and the leaflet in a locale -> what the checks look at, gathered once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from lbp_content.load import Content
from lbp_content.messages import texts
from lbp_content.model import Block, Claim, Fact, Glossary, Leaflet, Overview, Part, Phrases, Section, Text, Treatment

V = TypeVar("V")


class Unit(NamedTuple):
    """The least that a reader may see by itself: the paragraphs of a block, a list item, a brief, a cell.

    `lead` is the line that introduces a list item. A block stays whole on a page, but a list item may stand on a card,
    a panel or a screen of its own: so what must not be parted must stand in one item. `cell`: part of a table's row,
    which says the rest."""

    texts: tuple[Text, ...]
    lead: tuple[Text, ...] = ()
    cell: bool = False

    def claims(self) -> frozenset[str]:
        """The ids that its own texts state."""
        return frozenset(id for text in self.texts for id in text.claims)


@dataclass(frozen=True)
class Reading:
    """A leaflet in one locale beside the content it is made of.

    `texts` and `units` leave out what still is in the source language: that is found elsewhere."""

    content: Content
    leaflet: Leaflet
    locale: str
    texts: tuple[Text, ...]
    units: tuple[Unit, ...]
    source: Mapping[str, Text]
    claims: Mapping[str, Claim]
    facts: Mapping[str, Fact]

    def phrases(self, by_locale: Mapping[str, V]) -> V | None:
        """What a row of the lexicon has for this locale, or for its language."""
        return by_locale.get(self.locale) or by_locale.get(self.locale.split("-")[0])

    def wording(self, id: str | None) -> Phrases | None:
        """How a wording of certainty reads here; None if there is none, which is found elsewhere."""
        found = next((row for row in self.content.lexicon.wordings if row.id == id), None)
        return self.phrases(found.by_locale) if found else None

    def saying(self, id: str) -> Phrases | None:
        """How `span/long-term`, `population/LBP` or `limit/mixed` reads here."""
        found = next((row for row in self.content.lexicon.sayings if row.id == id), None)
        return self.phrases(found.by_locale) if found else None

    def figure(self, id: str | None) -> tuple[str, ...]:
        """How a figure reads here."""
        found = next((row for row in self.content.lexicon.figures if row.id == id), None)
        return (self.phrases(found.by_locale) or ()) if found else ()

    def keep(self, claim: Claim) -> tuple[str, ...]:
        """The small hedges of a claim here, a row for each."""
        return self.phrases(claim.keep) or ()

    def rows(self) -> tuple[Claim | Fact, ...]:
        """Everything that the leaflet must state."""
        return (*self.claims.values(), *self.facts.values())

    def stated(self, text: Text) -> tuple[Claim, ...]:
        """The claims that a text states, facts left out."""
        return tuple(self.claims[id] for id in text.claims if id in self.claims)


def gather(content: Content, leaflet: Leaflet, locale: str) -> Reading:
    """`leaflet` is `content`'s in the words of `locale`."""
    source = {text.id: text for text in texts(content.leaflet)}
    own = locale == content.leaflet.source_locale

    def here(text: Text) -> bool:
        return own or text.where != source[text.id].where

    return Reading(
        content=content,
        leaflet=leaflet,
        locale=locale,
        texts=tuple(filter(here, texts(leaflet))),
        units=tuple(_only(unit, here) for part in leaflet.parts for unit in units(part)),
        source=source,
        claims={claim.id: claim for claim in content.claims.claims},
        facts={fact.id: fact for fact in content.claims.facts},
    )


def _only(unit: Unit, here: Callable[[Text], bool]) -> Unit:
    return unit._replace(texts=tuple(filter(here, unit.texts)), lead=tuple(filter(here, unit.lead)))


def units(part: Part) -> Iterator[Unit]:
    """The units of a chapter, headings and titles left out, in reading order."""
    match part:
        case Section():
            for block in part.blocks:
                yield from _of_block(block)
        case Treatment():
            for own in (part.what, part.context, part.aim, part.advice):
                yield from _of_block(own) if own else ()
            yield Unit(part.findings.found + part.findings.harms)
            yield Unit((part.brief,))
            yield Unit((part.side_effects,), cell=True)
        case Overview():
            yield from _of_block(part.intro)
        case Glossary():
            yield from (Unit((term.term, term.meaning)) for term in part.terms)


def _of_block(block: Block) -> Iterator[Unit]:
    if block.paragraphs:
        yield Unit(block.paragraphs)
    yield from (Unit((item,), lead=block.paragraphs[-1:]) for item in block.items)


def is_below(id: str, parents: Iterable[str]) -> bool:
    """Whether an id is one of `parents` or stands below one: `reading/words` below `reading`."""
    return any(id == parent or id.startswith(f"{parent}/") for parent in parents)
