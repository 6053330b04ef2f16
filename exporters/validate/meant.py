"""A page, of the web or of a book, and its edition -> problems: each text as what it is, and for all to see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from lxml import etree

from exporters.markup import anchor
from exporters.validate import document, styles, text
from exporters.validate.pdf_words import kinds as kinds_of
from exporters.validate.text import Problem, flat, short
from lbp_content import inline
from lbp_content.model import Text
from lbp_content.translate import Edition, language_tag

TAGS = {"H1": {"h1"}, "H2": {"h2"}, "H3": {"h3"}, "P": {"p"}, "Lbl": {"dt"}, "LBody": {"li", "dd"}}
BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd")
BESIDE = frozenset({"nav", "footer", "table"})  # what is derived says texts of the body once more
HIDING = {"display": "none", "visibility": "hidden", "opacity": "0", "font-size": "0", "content-visibility": "hidden"}
MAY_HIDE = frozenset({".picture .wide", ".picture .narrow", ".languages, .skip, .contents, footer a"})


def kinds(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    """Headings, paragraphs, items and terms are marked up as such."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for said, kind in zip(text.expected(edition), kinds_of(edition), strict=True):
        wanted[said] |= TAGS[kind]
    for element in (one for one in page.iter(*BLOCKS) if not _beside(one)):
        said = flat("".join(map(str, element.itertext())))
        if said in wanted and element.tag not in wanted[said]:
            yield "tag-wrong", f"“{short(said)}” is a <{element.tag}>, not a <{' or '.join(sorted(wanted[said]))}>"


def _beside(element: etree._Element) -> bool:
    return any(one.tag in BESIDE for one in element.iterancestors())


def alternatives(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    """Each picture has the alternative text that the model has for its chapter, or for the cover."""
    own, title = dict(_alternatives(edition)), inline.plain(edition.leaflet.title.text)
    for picture in document.pictures(page):
        chapters = (one.get("id", "") for one in picture.iterancestors("section"))
        wanted = next((own[id] for id in chapters if id in own), own[""])
        said = flat(document.spoken(picture, page)).removeprefix(f"{title}. ")
        if said and said != wanted:
            yield "alt-wrong", f"a picture is called “{short(said)}”, not “{short(wanted)}”"


def _alternatives(edition: Edition) -> Iterator[tuple[str, str]]:
    """(id of a chapter, what its picture is called); the cover's id is empty."""
    yield "", flat(inline.plain(edition.leaflet.cover.alt.text))
    for part in edition.leaflet.parts:
        if part.kind == "treatment":
            yield part.id, flat(inline.plain(part.figure.alt.text))
        elif part.kind == "overview":
            yield part.id, flat(inline.plain(part.alt.text))


def languages(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    """The words of another language are marked with it, and no others."""
    messages = {anchor(message.id): message for message in text.body(edition)}
    places = [(one, messages[one.get("id", "")]) for one in page.iter(*BLOCKS) if one.get("id") in messages]
    wanted = Counter(piece for _, message in places for piece in _foreign(message, edition))
    marked = (one for one in page.iter(etree.Element) if one.get("lang") and one is not page and not _beside(one))
    found = Counter((flat("".join(map(str, one.itertext()))), one.get("lang", "")) for one in marked)
    for said, lang in [*(wanted - found), *(found - wanted)]:
        yield "lang-part", f"“{short(said)}” {'is not' if (said, lang) in wanted else 'is'} marked as {lang}"


def _foreign(message: Text, edition: Edition) -> Iterator[tuple[str, str]]:
    for piece in inline.parse(message.text):
        language = message.lang.get(piece.id, "") if piece.tag == "i" else ""
        if language and language.split("-")[0] != edition.locale.split("-")[0]:
            yield flat(piece.text), language_tag(language)


def shown(page: etree._Element, _edition: Edition) -> Iterator[Problem]:
    """Nothing is kept from those who see, or from those who listen; a book's landmarks are for its reading system."""
    for element in page.iter(etree.Element):
        hides = next((name for name in ("hidden", "aria-hidden", "inert") if element.get(name) is not None), None)
        if hides and element.tag != "nav" and flat("".join(map(str, element.itertext()))):
            yield "text-hidden", f"a <{element.tag}> is {hides}"
        yield from hidden(f"* {{ {element.get('style', '')} }}")
    for sheet in page.iter("style"):
        yield from hidden(sheet.text or "")


def hidden(sheet: str) -> Iterator[Problem]:
    """What a style sheet hides: one of the two widths of a picture and, on paper, what can't be clicked there."""
    for selector, declared in styles.rules(sheet):
        for name, value in declared.items():
            if selector not in MAY_HIDE and value.split("!")[0].strip() == HIDING.get(name):
                yield "text-hidden", f"{selector} is hidden by {name}: {value}"


RULES = (kinds, alternatives, languages, shown)
