"""The one walk over translatable text: extraction, translation and checks all go through `map_text`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar, cast

from pydantic import BaseModel

from lbp_content.finding import Location
from lbp_content.load import DATA, TOPIC, Content, load
from lbp_content.model import Claim, Fact, Leaflet, Text, Wording

N = TypeVar("N", bound=BaseModel)


class Message(NamedTuple):
    """One entry of a catalog; `context` is the stable id, `comments` are for the translator."""

    context: str
    msgid: str
    comments: tuple[str, ...]
    where: Location


def map_text(node: N, change: Callable[[Text], Text]) -> N:
    """The same tree, with every Text replaced by `change` of it, once, in the order of the model."""
    if isinstance(node, Text):
        return cast(N, change(node))
    fields = {name: _map_value(getattr(node, name), change) for name in type(node).model_fields}
    return node.model_copy(update=fields)


def _map_value(value: Any, change: Callable[[Text], Text]) -> Any:
    if isinstance(value, BaseModel):
        return map_text(value, change)
    if isinstance(value, tuple) and not isinstance(value, Location):
        return tuple(_map_value(item, change) for item in value)
    return value


def texts(leaflet: Leaflet) -> tuple[Text, ...]:
    """Every Text of the leaflet and its labels, in the order of the model."""
    found: list[Text] = []

    def collect(text: Text) -> Text:
        found.append(text)
        return text

    map_text(leaflet, collect)
    return tuple(found)


def messages(content: Content, locale: str | None = None) -> tuple[Message, ...]:
    """What a translator gets; with a `locale`, the comments name its wordings, otherwise the source's."""
    notes = _notes(content, locale or content.leaflet.source_locale)
    return tuple(Message(text.id, text.text, tuple(notes.about(text)), text.where) for text in texts(content.leaflet))


class _Notes(NamedTuple):
    """What comments are made of: titles of chapters, facts, claims and wordings by id."""

    locale: str
    titles: Mapping[str, str]
    facts: Mapping[str, Fact]
    claims: Mapping[str, Claim]
    wordings: Mapping[str, Wording]

    def about(self, text: Text) -> Iterator[str]:
        chapter, _, rest = text.id.partition("/")
        if chapter in self.titles:
            yield f"In the chapter “{self.titles[chapter]}”: {rest}"
        if text.note:
            yield text.note
        for id in text.claims:
            yield from self._stated(id)
        for id, language in text.lang.items():
            yield f'<i id="{id}">: these words are in the language “{language}”; translate around them'

    def _stated(self, id: str) -> Iterator[str]:
        if fact := self.facts.get(id):
            yield f"{id}: {fact.statement}"
        if claim := self.claims.get(id):
            yield f"{id} ({claim.kind}, {claim.certainty}): {claim.statement}"
            yield from self._wording(claim)
            if claim.caution:
                yield f"  careful: {claim.caution}"

    def _wording(self, claim: Claim) -> Iterator[str]:
        """How the certainty reads in the language of the catalog; nothing where the lexicon does not know it."""
        wording = self.wordings.get(claim.wording or "")
        if wording and (phrases := wording.by_locale.get(self.locale)):
            never = f"; never: {_quoted(phrases.never)}" if phrases.never else ""
            yield f"  say: {_quoted(phrases.say)}{never}"
        if hedges := claim.keep.get(self.locale):
            yield f"  keep: {_quoted(hedge.replace(' | ', '” or “') for hedge in hedges)}"


def _notes(content: Content, locale: str) -> _Notes:
    return _Notes(
        locale=locale,
        titles={part.id: part.title.text for part in content.leaflet.parts},
        facts={fact.id: fact for fact in content.claims.facts},
        claims={claim.id: claim for claim in content.claims.claims},
        wordings={wording.id: wording for wording in content.lexicon.wordings},
    )


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def extract(
    fileobj: IO[bytes],
    keywords: Any,  # noqa: ARG001 - Babel calls with these four
    comment_tags: Any,  # noqa: ARG001
    options: Any,  # noqa: ARG001
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Babel's extractor for `pybabel extract`: (line, function, (context, msgid), comments) of one YAML file."""
    file = Path(fileobj.name).resolve()
    topic = file.parent if (file.parent / "leaflet.yaml").exists() else TOPIC
    for message in messages(load(topic, DATA)):
        if Path(message.where.file).resolve() == file:
            yield message.where.line, "pgettext", (message.context, message.msgid), list(message.comments)
