"""The files of an edition and what the gates said of them -> a page that says what was checked, and what was not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from exporters import markup
from exporters.html import faces, hashed
from exporters.validate import rules
from exporters.validate.claimed import claimed
from exporters.validate.report import PROCEDURE
from exporters.validate.rules import Claim, Numbered
from lbp_content.finding import Finding
from lbp_content.translate import Edition

VERDICTS = "validation.html"
Numbers = tuple[tuple[str, tuple[str, ...]], ...]  # (name of a standard, its numbers)


class File(NamedTuple):
    """A file of this export; `findings` are what its gate said of it."""

    format: str
    name: str
    data: bytes
    findings: tuple[Finding, ...]


class Verdict(NamedTuple):
    """A rule that was tried."""

    id: str
    numbers: Numbers
    passed: bool


class Proof(NamedTuple):
    """What a file says of itself, the ids of the rules and names of the standards that it rests on, and if it may."""

    claim: Claim
    rules: tuple[str, ...]
    standards: tuple[str, ...]
    holds: bool


class Sheet(NamedTuple):
    """All that the page says of one file."""

    format: str
    name: str
    digest: str
    verdicts: tuple[Verdict, ...]
    proofs: tuple[Proof, ...]


class Check(NamedTuple):
    """A check that only a person can make, and the formats of this export that need it."""

    id: str
    numbers: Numbers
    formats: tuple[str, ...]


def report(edition: Edition, files: Sequence[File]) -> bytes:
    """The page as UTF-8: the same files and findings give the same bytes."""
    return _page(
        "report.html.j2",
        edition,
        sheets=[sheet(made) for made in files],
        checks=checks([made.format for made in files]),
        standards=standards([made.format for made in files]),
    )


def verdicts_page(edition: Edition, judged: Mapping[str, Any]) -> bytes:
    """What the judges said, as `validation.json` has it, in the form of the report."""
    files = [{"digest": digest, **entry} for digest, entry in judged["files"].items() if entry["name"] != VERDICTS]
    return _page("verdicts.html.j2", edition, files=sorted(files, key=lambda one: str(one["name"])))


def _page(template: str, edition: Edition, **values: Any) -> bytes:
    css = "\n".join([faces(), markup.style("base.css", "html.css", "report.css")]).strip()  # Nu hashes it so
    looks = {"css": Markup(css), "style_hash": Markup(hashed(css))}
    return markup.render(template, edition, digest_name=PROCEDURE, **looks, **values).encode()


def sheet(made: File) -> Sheet:
    """What there is to say of one file."""
    codes = {finding.code for finding in made.findings}
    digest = hashlib.sha256(made.data).hexdigest()
    return Sheet(made.format, made.name, digest, tuple(_verdicts(made.format, codes)), tuple(_proofs(made, codes)))


def _verdicts(format: str, codes: set[str]) -> Iterator[Verdict]:
    for rule, tried in rules.tried_on(format):
        yield Verdict(rule.id, _numbers(tried, format), not codes.intersection(code.code for code in tried))


def _numbers(tried: Sequence[Numbered], *formats: str) -> Numbers:
    return tuple(dict(pair for format in formats for pair in rules.numbers(tried, format)).items())


def _proofs(made: File, codes: set[str]) -> Iterator[Proof]:
    said = claimed(made.format, made.data)
    names = {standard.id: standard.name for standard in rules.table().standards if made.format in standard.formats}
    for claim in rules.claims_of(made.format):
        if claim.value in said.get(claim.property, ()):
            answering = tuple(names[id] for id in claim.answering if id in names)
            yield Proof(claim, tuple(_named(claim)), answering, not claim.rests_on() & codes)


def _named(claim: Claim) -> Iterator[str]:
    """The ids of the rules whose codes a claim names."""
    for rule, tried in rules.tried_on(claim.format):
        if any(code.code in claim.codes for code in tried):
            yield rule.id


def checks(formats: Sequence[str]) -> tuple[Check, ...]:
    """The checks that people have to make on files of these formats."""
    found = []
    for person in rules.table().people:
        if on := tuple(format for format in formats if person.on(format)):
            found.append(Check(person.id, _numbers([person], *on), on))
    return tuple(found)


def standards(formats: Sequence[str]) -> tuple[rules.Standard, ...]:
    """The standards that are about files of these formats."""
    return tuple(one for one in rules.table().standards if set(one.formats) & set(formats))
