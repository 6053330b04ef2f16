"""A finished report, the edition and the files that it is about -> findings: it says what is true of each, no more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Protocol

from lxml import etree, html

from exporters.validate import document, rules, text
from exporters.validate.html import RULES as PAGE_RULES
from exporters.validate.text import Problem, flat
from lbp_content import inline
from lbp_content.finding import Finding, Location
from lbp_content.messages import texts
from lbp_content.translate import Edition

REMEDY = "This is a fault of the exporter: see exporters/report.py and exporters/templates/report.html.j2."
PROCEDURE = "SHA-256"


class File(Protocol):
    """A file that the report is about, and what its gate said of it."""

    @property
    def format(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def data(self) -> bytes: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...


def validate(data: bytes, edition: Edition, files: Sequence[File], name: str) -> tuple[Finding, ...]:
    """Every rule of this file, and those of every page."""
    try:
        page = html.document_fromstring(data.decode("utf-8"))
    except (ValueError, etree.LxmlError) as error:
        return (Finding("html-broken", f"this is no web page: {error}", REMEDY, Location(name)),)
    problems = [problem for rule in PAGE_RULES for problem in rule(page)]
    for rule in (document.language, document.state, _title, _people):
        problems += rule(page, edition)
    problems += [*document.headers(page), *_links(page, files), *_files(page, files), *_strangers(page, edition, files)]
    problems += [problem for made in files for problem in _verdicts(page, edition, made)]
    return tuple(Finding(code, message, REMEDY, Location(name)) for code, message in dict.fromkeys(problems))


def validate_verdicts(data: bytes, edition: Edition, name: str) -> tuple[Finding, ...]:
    """The rules of every page, tried on the verdicts of judges: their words are their own."""
    page = html.document_fromstring(data.decode("utf-8"))
    problems = [problem for rule in PAGE_RULES for problem in rule(page)]
    problems += [*document.language(page, edition), *document.state(page, edition), *document.headers(page)]
    return tuple(Finding(code, message, REMEDY, Location(name)) for code, message in dict.fromkeys(problems))


def _title(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    title = f"{edition.label('report/title')}: {inline.plain(edition.leaflet.title.text)}"
    if page.findtext(".//head/title") != title:
        yield "title-wrong", f"the title is {page.findtext('.//head/title')!r}, not {title!r}"


def _links(page: etree._Element, files: Sequence[File]) -> Iterator[Problem]:
    """What is linked lies beside the page."""
    there = {made.name for made in files}
    for target in (link.get("href", "") for link in page.iter("a")):
        if not target.startswith("#") and target not in there:
            yield "link-broken", f"the link to {target} leads nowhere"


def _rows(page: etree._Element, name: str, section: str) -> list[tuple[str, str]]:
    """The first and the last cell of each row of a table, by the section and the class it has."""
    tables = (one for part in page.iter("section") if part.get("id") == section for one in part.iter("table"))
    rows = (row for one in tables if one.get("class") == name for body in one.iter("tbody") for row in body.iter("tr"))
    return [(cells[0], cells[-1]) for row in rows if (cells := document.cells(row))]


def _files(page: etree._Element, files: Sequence[File]) -> Iterator[Problem]:
    """Each file of the export with its checksum, and no other."""
    said = _rows(page, "files", "files")
    wanted = [(made.name, hashlib.sha256(made.data).hexdigest()) for made in files]
    for one in wanted:
        if one not in said:
            yield "file-missing", f"the report is not about this {one[0]}, but about another one, or none"
    for one in said:
        if one not in wanted:
            yield "table-wrong", f"the report names {one[0]} with the checksum {one[1][:8]}…: there is no such file"


def _verdicts(page: etree._Element, edition: Edition, made: File) -> Iterator[Problem]:
    """Each rule that is tried on a format, in order, with the verdict that its gate gave."""
    codes = {finding.code for finding in made.findings}
    said, wanted = _rows(page, "verdicts", made.format), []
    for rule, tried in rules.tried_on(made.format):
        verdict = "failed" if codes & {code.code for code in tried} else "passed"
        wanted.append((flat(edition.label(f"report/rule/{rule.id}")), flat(edition.label(f"report/{verdict}"))))
    if said != wanted:
        lost = next((one for one in wanted if one not in said), wanted[0])
        yield "table-wrong", f"{made.name}: the report does not say “{lost[0]}”: {lost[1]}, once and in its place"


def _people(page: etree._Element, edition: Edition) -> Iterator[Problem]:
    """Each check that people must make on a format of this report, and that it is open; what a machine can't tell."""
    said = [flat("".join(map(str, one.itertext()))) for one in page.iter("h1", "h2", "h3", "p", "li")]
    formats = [one.get("id", "") for one in page.iter("section")]
    people = [one for one in rules.table().people if any(map(one.on, formats))]
    ids = [f"report/person/{one.id}{part}" for one in people for part in ("", "/how")]
    ids += ["report/status", *(f"report/limits/{one}" for one in ("pictures", "words", "verdict"))]
    for id in ids:
        if flat(edition.label(id)) not in said:
            yield "message-lost", f"missing: “{text.short(edition.label(id))}”"
    if said.count(flat(edition.label("report/open"))) != len(people):
        yield "message-lost", "a check of people is not said to be open"


def _strangers(page: etree._Element, edition: Edition, files: Sequence[File]) -> Iterator[Problem]:
    """Words that are neither from the edition nor names: of files, standards, properties."""
    own = [inline.plain(one.text) for one in texts(edition.leaflet) if not one.in_leaflet]
    names = [made.name for made in files] + [hashlib.sha256(made.data).hexdigest() for made in files]
    names += [part for one in rules.table().standards for part in (one.name, one.title)]
    names += [f"{claim.property} {claim.value}" for claim in rules.table().claims]
    known = set(text.words(" ".join([PROCEDURE, *own, *names])))
    yield from text.strangers((word for word in document.every_word(page) if word not in known), edition)
