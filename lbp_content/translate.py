"""Leaflet + catalog -> Edition: the leaflet complete in one locale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from lbp_content import catalog, inline
from lbp_content.finding import ContentError, Finding, Location, ToolMissing
from lbp_content.load import Content
from lbp_content.messages import map_text, texts
from lbp_content.model import Leaflet, Text

LOCALES = Path(__file__).parent.parent / "locales"
REGION = {"en": "en-GB"}  # what a bare code stands for where the region changes dates, numbers or `lang`
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
        """A word of the interface. Raises KeyError if labels.yaml has no such id."""
        return next((text.text for text in self.leaflet.labels if text.id == id), None) or _no_label(id)

    @property
    def slug(self) -> str:
        """The start of the names of its files."""
        return f"{self.leaflet.id}.{self.locale}"


def _no_label(id: str) -> str:
    raise KeyError(id)


def catalog_file(locale: str, locales: Path = LOCALES) -> Path:
    """Where the catalog of a locale is."""
    return locales / locale / "LC_MESSAGES" / "lbp.po"


def cldr(locale: str) -> Locale:
    """CLDR's data of a locale. Raises ToolMissing (a wrong call) for a code that CLDR does not know."""
    try:
        return Locale.parse(REGION.get(locale, locale), sep="-")
    except (UnknownLocaleError, ValueError):
        raise ToolMissing(f"{locale!r} is not a locale that CLDR knows; write it as in de, pt-BR or zh-Hant.") from None


def translated(content: Content, locale: str, locales: Path = LOCALES) -> tuple[Leaflet, tuple[Finding, ...]]:
    """The leaflet in `locale`, placeholders still in it, and a finding for each message that is missing or fuzzy."""
    if locale == content.leaflet.source_locale:
        return content.leaflet, ()
    entries = catalog.read(catalog_file(locale, locales))
    return in_words_of(content.leaflet, entries)


def in_words_of(leaflet: Leaflet, source: catalog.Catalog) -> tuple[Leaflet, tuple[Finding, ...]]:
    """The leaflet in the words of a catalog; a message that is not there stays in the source language."""

    def change(text: Text) -> Text:
        entry = source.entries.get(text.id)
        if entry is None or _gap(text, entry):
            return text
        return text.model_copy(update={"text": entry.msgstr, "where": entry.where})

    return map_text(leaflet, change), tuple(_gaps(leaflet, source))


def _gaps(leaflet: Leaflet, source: catalog.Catalog) -> Iterator[Finding]:
    for text in texts(leaflet):
        entry = source.entries.get(text.id)
        where = entry.where if entry else Location(str(source.file))
        if problem := _gap(text, entry):
            code, said, remedy = problem
            yield Finding(code, f"{text.id}: {said}", remedy, where)


def _gap(text: Text, entry: catalog.Entry | None) -> tuple[str, str, str] | None:
    """(code, message, remedy) of what is missing of a translation."""
    if entry is None:
        return "message-missing", "is not in the catalog", "Run `lbp update`, then translate it."
    if entry.msgid != text.text:
        return "message-outdated", "the source text has changed", "Run `lbp update`, then revise the translation."
    if not entry.msgstr.strip():
        return "message-untranslated", f"“{_short(text.text)}” has no translation", "Translate it."
    if entry.fuzzy:
        return "message-fuzzy", "is marked fuzzy", "Revise the translation and take the fuzzy flag away."
    return None


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def edition(content: Content, leaflet: Leaflet, locale: str, draft: bool = False) -> Edition:
    """Fill the placeholders of `leaflet`, which is `content`'s in the words of `locale`.

    Raises ContentError for an unknown placeholder."""
    about = cldr(locale)
    values = placeholder_values(leaflet, about)
    unknown: list[Finding] = []

    def change(text: Text) -> Text:
        try:
            return text.model_copy(update={"text": inline.fill(text.text, values)})
        except KeyError as name:
            remedy = f"Use one of {', '.join(sorted(values))}."
            unknown.append(Finding("placeholder-unknown", f"{text.id}: {{{name.args[0]}}}", remedy, text.where))
            return text

    filled = map_text(leaflet, change)
    if unknown:
        raise ContentError(unknown)
    languages = {code: endonym(code) for code in leaflet.locales}
    direction: Literal["ltr", "rtl"] = "rtl" if about.character_order == "right-to-left" else "ltr"
    ours = frozenset(content.claims.ours)
    return Edition(filled, locale, language_tag(locale), direction, languages, ours, content.figures, draft)


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


def language_tag(locale: str) -> str:
    """The value of `lang` for a locale."""
    return REGION.get(locale, locale)


def endonym(locale: str) -> str:
    """A language's name in that language, as CLDR has it."""
    name = Locale.parse(locale, sep="-").get_display_name()
    return name[:1].upper() + name[1:] if name else locale
