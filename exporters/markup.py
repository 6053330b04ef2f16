"""Edition -> the body that every format shares: one piece of XHTML for each chapter."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from exporters import fonts
from exporters.evidence_picture import Band, Fonts, Row, evidence_picture
from exporters.symbols import symbol_svg
from lbp_content import inline, overview
from lbp_content.model import Figure, Findings, Overview, Text, Treatment
from lbp_content.translate import Edition, language_tag

TEMPLATES = Path(__file__).parent / "templates"
STYLES = Path(__file__).parent / "styles"


class Chapter(NamedTuple):
    """One part of the leaflet as XHTML; `id` is its anchor."""

    id: str
    title: str
    body: Markup
    treatment: bool


def chapters(edition: Edition) -> tuple[Chapter, ...]:
    """The parts of the leaflet in reading order."""
    return tuple(
        Chapter(part.id, inline.plain(part.title.text), _body(edition, part), isinstance(part, Treatment))
        for part in edition.leaflet.parts
    )


def _body(edition: Edition, part: Any) -> Markup:
    groups = overview.groups(edition)
    return Markup(render("body.xhtml.j2", edition, part=part, groups=groups, pictures=_pictures(edition, part, groups)))


def _pictures(edition: Edition, part: Any, groups: tuple[overview.Group, ...]) -> dict[str, Markup]:
    """The picture of all findings, for a narrow and for a wide page; each format shows one."""
    if not isinstance(part, Overview):
        return {}
    title = inline.plain(part.alt.text)
    bands = [_band(group) for group in groups if not group.apart]
    apart = next((_band(group, edition.label("table/apart")) for group in groups if group.apart), None)
    faces = Fonts(*(fonts.file(face) for face in fonts.FACES))

    def drawn(columns: int, id: str) -> Markup:
        return Markup(evidence_picture(bands, apart, columns=columns, title=title, title_id=id, fonts=faces))

    return {"narrow": drawn(1, "picture-narrow"), "wide": drawn(2, "picture-wide")}


def _band(group: overview.Group, above: str = "") -> Band:
    rows = tuple(Row(row.subject, row.short_question, row.limits) for row in group.rows)
    return Band(group.certainty, ": ".join(filter(None, (above, group.words))), rows)


def render(template: str, edition: Edition, **values: Any) -> str:
    """Fill a template with an edition. Values are escaped unless they are Markup."""
    return environment().get_template(template).render(edition=edition, label=edition.label, **values)


def style(*names: str) -> str:
    """Style sheets of ours, one after the other."""
    return "\n".join((STYLES / name).read_text("utf-8") for name in names)


@cache
def environment() -> Environment:
    """Jinja with our filters; an unknown name in a template is an error."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    jinja.filters |= {"words": words, "picture": picture, "symbol": symbol, "anchor": anchor, "css_string": css_string}
    jinja.tests |= {"even_sided": even_sided}
    return jinja


@pass_context
def words(context: Context, text: Text) -> Markup:
    """A message as XHTML: its closed set of inline markup, everything else escaped."""
    edition: Edition = context["edition"]
    return Markup("").join(_piece(piece, text, edition) for piece in inline.parse(text.text))


def _piece(piece: inline.Piece, text: Text, edition: Edition) -> Markup:
    match piece.tag:
        case "b":
            return Markup("<strong>{}</strong>").format(piece.text)
        case "a":
            return Markup('<a href="{}">{}</a>').format(text.href[piece.id], piece.text)
        case "i" if _foreign(text.lang[piece.id], edition):
            return Markup('<span lang="{0}" xml:lang="{0}">{1}</span>').format(
                language_tag(text.lang[piece.id]), piece.text
            )
    return Markup("{}").format(piece.text)


def _foreign(language: str, edition: Edition) -> bool:
    return language.split("-")[0] != edition.locale.split("-")[0]


@pass_context
def picture(context: Context, figure: Figure) -> Markup:
    """A drawing as inline SVG that names itself: `<title>` first, so that PDF, EPUB and browsers all read it."""
    edition: Edition = context["edition"]
    name = anchor(figure.alt.id)
    head = Markup('<svg role="img" aria-labelledby="{0}" ').format(name)
    title = Markup('<title id="{}">{}</title>').format(name, inline.plain(figure.alt.text))
    start, _, rest = edition.figures[figure.file].strip().partition(">")
    return head + Markup(start.removeprefix("<svg ")) + Markup(">") + title + Markup(rest)


def symbol(certainty: str) -> Markup:
    """The symbol of a certainty, as decoration beside its words: a background, which no reader speaks."""
    return Markup('<span class="symbol symbol-{}"></span>').format(certainty)


def symbol_styles() -> str:
    """The backgrounds that `symbol` names."""
    return "\n".join(
        f'.symbol-{certainty} {{ background-image: url("data:image/svg+xml,{quote(symbol_svg(certainty))}") }}'
        for certainty in overview.ORDER
    )


def even_sided(findings: Findings) -> bool:
    """Whether side effects need as much room as what studies found, so that two equal columns are the shortest."""
    found, harms = (sum(len(text.text) for text in texts) for texts in (findings.found, findings.harms))
    return harms > 0.45 * found


def anchor(id: str) -> str:
    """A message's id as an XML id."""
    return id.replace("/", "-")


def css_string(text: str) -> Markup:
    """Text as a CSS string, quotes included (CSS Syntax 3, 4.3.5)."""
    escaped = "".join(char if char.isalnum() or char in " .,·–-" else f"\\{ord(char):x} " for char in text)
    return Markup(f'"{escaped}"')
