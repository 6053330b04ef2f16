"""The page that leads to all files, and its editions -> findings: each language's part speaks that language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree, html

from exporters.validate import contrast, document, text
from exporters.validate.html import shut_in
from exporters.validate.text import Problem
from lbp_content import inline
from lbp_content.finding import Finding, Location
from lbp_content.translate import Edition

REMEDY = "This is a fault of the exporter: see exporters/html.py and exporters/templates/index.html.j2."


def validate(
    data: bytes, editions: Sequence[Edition], files: Mapping[str, Sequence[str]], name: str
) -> tuple[Finding, ...]:
    """Every rule of this file; `files` are those of each locale, by their names."""
    page = html.document_fromstring(data.decode("utf-8"))
    problems = [problem for rule in RULES for problem in rule(page)]
    problems += [*_language(page, editions[0]), *_title(page, editions), *_links(page, editions, files)]
    problems += [problem for edition in editions for problem in _part(page, edition)]
    problems += _strangers(page, editions)
    return tuple(Finding(code, message, REMEDY, Location(name)) for code, message in dict.fromkeys(problems))


def _structure(page: etree._Element) -> Iterator[Problem]:
    for landmark in ("header", "main"):
        if page.find(f".//{landmark}") is None:
            yield "landmark-missing", f"the page has no <{landmark}>"
    yield from document.headings(document.levels(page))


def _language(page: etree._Element, first: Edition) -> Iterator[Problem]:
    if (page.get("lang"), page.get("dir")) != (first.lang, first.dir):
        yield "lang-wrong", f"the page says {page.get('lang')} {page.get('dir')}, not {first.lang} {first.dir}"


def _title(page: etree._Element, editions: Sequence[Edition]) -> Iterator[Problem]:
    title = page.findtext(".//head/title") or ""
    for edition in editions:
        if inline.plain(edition.leaflet.title.text) not in title:
            yield "title-wrong", f"the title does not name the leaflet in {edition.lang}"


def _links(page: etree._Element, editions: Sequence[Edition], files: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Each file has its link, in its language's part; no link leads to a file that is not there."""
    for edition in editions:
        links = {link.get("href", "") for part in _parts(page, edition) for link in part.iter("a")}
        yield from (("file-unlinked", f"no link leads to {file}") for file in _paths(edition, files) - links)
    there = {path for edition in editions for path in _paths(edition, files)}
    yield from (
        ("link-broken", f"the link to {link.get('href')} leads nowhere")
        for link in page.iter("a")
        if link.get("href") not in there
    )


def _paths(edition: Edition, files: Mapping[str, Sequence[str]]) -> set[str]:
    return {f"{edition.locale}/{file}" for file in files[edition.locale]}


def _part(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    """The parts of one language: a greeting and a section, its words its own, its state said."""
    parts = list(_parts(page, edition))
    if [part.tag for part in parts] != ["span", "section"]:
        yield "part-missing", f"there is no greeting and section in {edition.lang}"
    for part in parts:
        if part.get("dir") != edition.dir:
            yield "dir-wrong", f"the part in {edition.lang} runs {part.get('dir')}, not {edition.dir}"
        yield from text.strangers(text.words(" ".join(map(str, part.itertext()))), edition)
    said = [text.flat("".join(map(str, line.itertext()))) for part in parts for line in part.iter("p")]
    if text.flat(edition.label("state/not-reviewed")) not in said:
        yield "state-missing", f"the part in {edition.lang} does not say whether it was reviewed"


def _parts(page: etree._Element, edition: Edition) -> Iterator[etree._Element]:
    yield from (part for part in page.iter("span", "section") if part.get("lang") == edition.lang)


def _strangers(page: etree._Element, editions: Sequence[Edition]) -> Iterator[Problem]:
    """Words that no edition has, seen or unseen, anywhere on the page."""
    words = document.every_word(page)
    strange = [set(text.strangers(words, edition)) for edition in editions]
    yield from sorted(set.intersection(*strange))


RULES = (_structure, shut_in, document.ids, document.names, document.requests, contrast.page)
