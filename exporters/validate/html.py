"""A finished HTML page and the edition it came from -> findings."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from lxml import html as parser

from exporters.validate import text
from lbp_content.finding import Finding, Location
from lbp_content.translate import Edition

REMEDY = "This is a fault of the exporter: see exporters/html.py and exporters/templates/."
SPOKEN = ("alt", "aria-label", "title", "placeholder")
LANDMARKS = ("header", "nav", "main", "footer")
REQUEST = re.compile(r"url\(\s*[\"']?(?!data:|#)([^)\"']*)|@import", re.IGNORECASE)


def validate(data: bytes, edition: Edition, name: str) -> tuple[Finding, ...]:
    """Every rule of this file, tried on one page."""
    page = parser.document_fromstring(data.decode("utf-8"))
    rules = (_language, _structure, _tables, _names, _links, _requests)
    problems = [problem for rule in rules for problem in rule(page, edition)]
    problems += text.compare(read(page), edition)
    problems += text.strangers(text.words(" ".join(_unseen(page))), edition)
    return tuple(Finding(code, message, REMEDY, Location(name)) for code, message in dict.fromkeys(problems))


def _language(page: parser.HtmlElement, edition: Edition) -> Iterator[text.Problem]:
    if page.get("lang") != edition.lang:
        yield "lang-wrong", f"the page's language is {page.get('lang')}, not {edition.lang}"
    if page.get("dir") != edition.dir:
        yield "dir-wrong", f"the page's direction is {page.get('dir')}, not {edition.dir}"
    if page.findtext(".//title") != edition.leaflet.title.text:
        yield "title-wrong", f"the title is {page.findtext('.//title')!r}"
    declared = Counter(element.get("lang") for element in page.body.iter() if element.get("lang"))
    if wrong := {lang for lang in declared if lang == edition.lang}:
        yield "lang-needless", f"a part names {', '.join(wrong)}, the language of the page"


def _structure(page: parser.HtmlElement, edition: Edition) -> Iterator[text.Problem]:
    for landmark in LANDMARKS:
        if not page.xpath(f"//{landmark}"):
            yield "landmark-missing", f"the page has no <{landmark}>"
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    yield from headings(levels)
    ids = Counter(page.xpath("//@id"))
    for twice in (id for id, times in ids.items() if times > 1):
        yield "id-twice", f"the id {twice} stands there twice"
    if len(page.xpath("//main//section")) != len(edition.leaflet.parts):
        yield "chapter-missing", "the page does not have every chapter"


def headings(levels: list[int]) -> Iterator[text.Problem]:
    """No level is skipped on the way down, and there is one title."""
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield "heading-skipped", f"a heading of level {level} follows one of level {before}"
    if levels.count(1) != 1:
        yield "heading-first", f"{levels.count(1)} headings of level 1; there is one title"


def _tables(page: parser.HtmlElement, edition: Edition) -> Iterator[text.Problem]:
    for table in page.iter("table"):
        if not (table.findtext("caption") or "").strip():
            yield "table-caption", "a table has no caption"
        rows = table.xpath(".//tbody/tr[th[@scope='row'] or td]")
        if len(rows) != text.derived(edition):
            yield "table-rows", f"the table has {len(rows)} rows, not {text.derived(edition)}"
        if table.xpath(".//th[not(@scope)]"):
            yield "table-scope", "a table header does not say what it heads"
        if not table.xpath("./thead/tr/th"):
            yield "table-header", "a table has no header row"


def _names(page: parser.HtmlElement, _edition: Edition) -> Iterator[text.Problem]:
    known = {element.get("id"): element for element in page.xpath("//*[@id]")}
    for picture in page.xpath("//*[local-name()='svg'][@role='img'] | //img"):
        name = known.get(picture.get("aria-labelledby"))
        said = picture.get("alt") if picture.tag == "img" else name.text_content() if name is not None else ""
        if not (said or "").strip():
            yield "alt-missing", "a picture has no alternative text"
    for link in page.xpath("//a[not(normalize-space())]"):
        yield "link-empty", f"the link to {link.get('href')} has no words"


def _links(page: parser.HtmlElement, _edition: Edition) -> Iterator[text.Problem]:
    ids = set(page.xpath("//@id"))
    for target in page.xpath("//a/@href"):
        if target.startswith("#") and target[1:] not in ids:
            yield "link-broken", f"the link to {target} leads nowhere"
    for reference in page.xpath("//@aria-labelledby"):
        if reference not in ids:
            yield "name-broken", f"aria-labelledby {reference} leads nowhere"


def _requests(page: parser.HtmlElement, _edition: Edition) -> Iterator[text.Problem]:
    for address in page.xpath("//@src | //link/@href | //@srcset | //form/@action | //*[local-name()='image']/@href"):
        if not address.startswith("data:"):
            yield "request", f"the page asks for {address}"
    if page.xpath("//script | //iframe | //object | //embed"):
        yield "request", "the page has a script or a frame"
    for style in page.iter("style"):
        css = style.text or ""
        if wrong := REQUEST.search(css):
            yield "request", f"the style sheet asks for {wrong.group()}"
        hashed = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        if f"'sha256-{hashed}'" not in "".join(page.xpath("//meta[@http-equiv]/@content")):
            yield "csp-broken", "the content security policy does not fit the style sheet: browsers would drop it"


def read(page: parser.HtmlElement) -> str:
    """The visible words in reading order: pictures and styles left out."""
    skipped = ("style", "script", "svg", "title")
    parts = []
    for node in page.body.iter():
        inside = any(str(up.tag).rpartition("}")[2] in skipped for up in (node, *node.iterancestors()))
        if isinstance(node.tag, str) and not inside and node.text:
            parts.append(node.text)
        outside = any(str(up.tag).rpartition("}")[2] in skipped for up in node.iterancestors())
        if node.tail and not outside:
            parts.append(node.tail)
    return " ".join(" ".join(parts).split())


def _unseen(page: parser.HtmlElement) -> Iterator[str]:
    """What is heard or found but not seen: names of pictures, words in pictures, labels, metadata."""
    for attribute in SPOKEN:
        yield from page.xpath(f"//@{attribute}")
    yield from page.xpath("//meta[@name='description']/@content")
    yield page.findtext(".//title") or ""
    yield from ("".join(svg.itertext()) for svg in page.xpath("//*[local-name()='svg']"))
