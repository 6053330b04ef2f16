"""Leaflet + catalog -> Edition: the leaflet complete in one locale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date

from lbp_content import catalog, inline
from lbp_content.finding import ContentError, Finding, Location
from lbp_content.languages import cldr as cldr
from lbp_content.languages import direction, endonym
from lbp_content.languages import language_tag as language_tag
from lbp_content.load import Content
from lbp_content.messages import map_text, texts
from lbp_content.model import Leaflet, Text

LOCALES = Path(__file__).parent.parent / "locales"
LATE = ("page", "pages")  # filled by the format that counts the pages


@dataclass(frozen=True)
class Edition:
    """A leaflet in one locale, placeholders filled. `languages` are the names of the published locales in their own
    language; `draft`: some messages still are in the source language."""

    leaflet: Leaflet
    locale: str
    lang: str  # BCP 47
    dir: Literal["ltr", "rtl"]
    languages: Mapping[str, str]
    ours: frozenset[str]  # ids of blocks and chapters that are not from the source
    figures: Mapping[str, str]  # name of a drawing's file -> SVG
    draft: bool = False

    def label(self, id: str) -> str:
        """A word of the interface. Raises ContentError if labels.yaml has no such id."""
        found = next((text.text for text in self.leaflet.labels if text.id == id), None)
        if found is None:
            where = Location(self.leaflet.labels[0].where.file if self.leaflet.labels else "labels.yaml")
            raise ContentError([Finding("label-missing", f"there is no label {id}", "Add it to labels.yaml.", where)])
        return found

    @property
    def slug(self) -> str:
        """The start of the names of its files."""
        return f"{self.leaflet.id}.{self.locale}"


def catalog_file(locale: str, locales: Path = LOCALES) -> Path:
    """Where the catalog of a locale is. Raises ToolMissing for a code that CLDR does not know: it would be a path."""
    cldr(locale)
    return locales / locale / "LC_MESSAGES" / "lbp.po"


def translated(content: Content, locale: str, locales: Path = LOCALES) -> tuple[Leaflet, tuple[Finding, ...]]:
    """The leaflet in `locale`, placeholders still in it, and a finding for each message that is missing or fuzzy."""
    if locale == content.leaflet.source_locale:
        return content.leaflet, ()
    return in_words_of(content.leaflet, catalog.read(catalog_file(locale, locales)))


def in_words_of(leaflet: Leaflet, source: catalog.Catalog) -> tuple[Leaflet, tuple[Finding, ...]]:
    """The leaflet in the words of a catalog; a message that can't be used stays in the source language."""

    def change(text: Text) -> Text:
        entry = source.entries.get(text.id)
        if entry is None or _gap(text, entry):
            return text
        return text.model_copy(update={"text": entry.msgstr.strip(), "where": entry.where})

    return map_text(leaflet, change), (*_gaps(leaflet, source), *_strangers(leaflet, source))


def _gaps(leaflet: Leaflet, source: catalog.Catalog) -> Iterator[Finding]:
    for text in texts(leaflet):
        entry = source.entries.get(text.id)
        where = entry.where if entry else Location(str(source.file))
        if gap := _gap(text, entry):
            code, said, remedy = gap
            yield Finding(code, f"{text.id}: {said}", remedy, where)


def _gap(text: Text, entry: catalog.Entry | None) -> tuple[str, str, str] | None:
    """(code, message, remedy) of what keeps a translation from being used."""
    if entry is None:
        return "message-missing", "is not in the catalog", "Run `lbp update`, then translate it."
    if entry.msgid != text.text:
        return "message-outdated", "the source text has changed", "Run `lbp update`, then revise the translation."
    if not entry.msgstr.strip():
        return "message-untranslated", f"“{_short(text.text)}” has no translation", "Translate it."
    if entry.fuzzy:
        return "message-fuzzy", "is marked fuzzy", "Revise the translation and take the fuzzy flag away."
    if problem := inline.problem(entry.msgstr, text.lang, text.href):
        return "markup-broken", problem, "Write tags and placeholders as the msgid does."
    return None


def _strangers(leaflet: Leaflet, source: catalog.Catalog) -> Iterator[Finding]:
    ours = {text.id for text in texts(leaflet)}
    for id, entry in source.entries.items():
        if id not in ours:
            remedy = "Run `lbp update`: it keeps the translation as obsolete."
            yield Finding("message-unknown", f"{id}: the leaflet has no such message", remedy, entry.where, "warning")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def edition(content: Content, leaflet: Leaflet, locale: str, draft: bool = False) -> Edition:
    """Fill the placeholders of `leaflet`, which is `content`'s in the words of `locale`.

    Raises ContentError for an unknown placeholder and for broken markup: every text of an edition can be parsed."""
    values = placeholder_values(leaflet, cldr(locale))
    findings: list[Finding] = []

    def change(text: Text) -> Text:
        filled = _filled(text, values)
        findings.extend([filled] if isinstance(filled, Finding) else [])
        return text if isinstance(filled, Finding) else filled

    whole = map_text(leaflet, change)
    if findings:
        raise ContentError(findings)
    languages = {code: endonym(code) for code in leaflet.locales}
    ours = frozenset(content.claims.ours)
    return Edition(whole, locale, language_tag(locale), direction(locale), languages, ours, content.figures, draft)


def _filled(text: Text, values: Mapping[str, str]) -> Text | Finding:
    try:
        words = inline.fill(text.text, values)
    except KeyError as name:
        remedy = f"Use one of {', '.join(sorted(values))}."
        return Finding("placeholder-unknown", f"{text.id}: {{{name.args[0]}}}", remedy, text.where)
    if problem := inline.problem(words, text.lang, text.href):
        return Finding("markup-broken", f"{text.id}: {problem}", "Write tags as the source text does.", text.where)
    return text.model_copy(update={"text": words})


def placeholder_values(leaflet: Leaflet, about: Locale) -> dict[str, str]:
    """What {names} in a message stand for."""
    source = leaflet.source
    return {
        "updated": format_date(source.updated, "long", locale=about),
        "as_of": format_date(leaflet.as_of, "long", locale=about),
        "since": str(source.since),
        "next_update": str(source.next_update),
        "identifier": source.identifier,
        "source_title": source.document,
        "version": leaflet.version,
    } | {name: f"{{{name}}}" for name in LATE}
