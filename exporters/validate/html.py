"""A finished HTML page and its edition -> findings: structure, language, no request, every word in its place."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from lxml import etree, html

from exporters.validate import contrast, document, meant, styles, text
from exporters.validate.text import Problem
from lbp_content import inline
from lbp_content.finding import Finding, Location
from lbp_content.translate import Edition

REMEDY = "This is a fault of the exporter: see exporters/html.py, exporters/templates/ and exporters/styles/."
LANDMARKS = ("header", "nav", "main", "footer")
POLICY = "default-src 'none'"


def validate(data: bytes, edition: Edition, name: str) -> tuple[Finding, ...]:
    """Every rule of this file, tried on one page."""
    try:
        page = html.document_fromstring(data.decode("utf-8"))
    except (ValueError, etree.LxmlError) as error:
        return (Finding("html-broken", f"this is no web page: {error}", REMEDY, Location(name)),)
    problems = [problem for rule in RULES for problem in rule(page)]
    problems += [problem for rule in EDITION_RULES for problem in rule(page, edition)]
    problems += text.compare_blocks(document.blocks(page), edition)
    problems += text.strangers(document.every_word(page), edition)
    return tuple(Finding(code, message, REMEDY, Location(name)) for code, message in dict.fromkeys(problems))


def _title(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    title = inline.plain(edition.leaflet.title.text)
    if page.findtext(".//head/title") != title:
        yield "title-wrong", f"the title is {page.findtext('.//head/title')!r}, not {title!r}"


def _structure(page: etree._Element) -> Iterator[Problem]:
    for landmark in LANDMARKS:
        if page.find(f".//{landmark}") is None:
            yield "landmark-missing", f"the page has no <{landmark}>"
    levels = document.levels(page)
    yield from document.headings(levels)
    if levels.count(1) != 1:
        yield "heading-first", f"{levels.count(1)} headings of level 1; there is one title"


def _links(page: etree._Element) -> Iterator[Problem]:
    ids = {element.get("id") for element in page.iter(etree.Element)}
    for target in (link.get("href", "") for link in page.iter("a")):
        if target.startswith("#") and target[1:] not in ids:
            yield "link-broken", f"the link to {target} leads nowhere"


def shut_in(page: etree._Element) -> Iterator[Problem]:
    """The style sheet asks for nothing, and the content security policy lets this one through and nothing else."""
    policy = " ".join(meta.get("content", "") for meta in page.iter("meta") if meta.get("http-equiv"))
    if POLICY not in policy:
        yield "csp-missing", "no content security policy shuts the page in"
    for style in page.iter("style"):
        css = style.text or ""
        if "@import" in css or list(styles.addresses(css)):
            yield "request", f"the style sheet asks for {', '.join(styles.addresses(css)) or 'another one'}"
        hashed = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        if f"'sha256-{hashed}'" not in policy:
            yield "csp-broken", "the content security policy does not fit the style sheet: browsers would drop it"


RULES = (_structure, _links, shut_in, document.ids, document.names, document.requests, contrast.page)
EDITION_RULES = (_title, document.language, document.tables, document.marks, document.state, *meant.RULES)
