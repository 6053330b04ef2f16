"""A finished PDF and the edition it came from -> findings: every rule of a table, tried on one file."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from exporters.validate import accessibility, painted, pdf_file, pdf_links, pdf_pages, pdf_words
from exporters.validate.pdf_opened import Opened, Rule, opened
from exporters.validate.text import Problem
from lbp_content.finding import Finding, Location
from lbp_content.translate import Edition

REMEDY = "This is a fault of the exporter: see exporters/pdf.py, pdf_tags.py and exporters/templates/print.html.j2."
FORMATS = {1: "pdf", 2: "pdf-ua2"}  # by the part of PDF/UA
BROKEN = (pikepdf.PdfError, pikepdf.PasswordError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


def validate(data: bytes, edition: Edition, name: str) -> tuple[Finding, ...]:
    """The PDF for reading and printing, PDF/UA-1."""
    return _validate(data, edition, name, part=1)


def validate_ua2(data: bytes, edition: Edition, name: str) -> tuple[Finding, ...]:
    """The same as PDF 2.0 and PDF/UA-2."""
    return _validate(data, edition, name, part=2)


def _validate(data: bytes, edition: Edition, name: str, part: int) -> tuple[Finding, ...]:
    try:
        with opened(data, part) as file:
            problems = [problem for rule in RULES for problem in _tried(rule, file, edition)]
            said = pdf_file.said(file)
        problems += painted.problems(data)
        problems += accessibility.refused(said, FORMATS[part], [code for code, _ in problems])
    except BROKEN as error:
        problems = [("pdf-broken", f"can't be read: {error}")]
    return tuple(Finding(code, message, REMEDY, Location(name)) for code, message in dict.fromkeys(problems))


def _tried(rule: Rule, file: Opened, edition: Edition) -> list[Problem]:
    """What one rule finds; a file so broken that a rule can't read it does not hide what others find."""
    try:
        return list(rule(file, edition))
    except BROKEN as error:
        return [("pdf-broken", f"something is not what it should be: {error}")]


def _of_tags(rule: pdf_words.Rule) -> Rule:
    """A rule that looks at the tags alone."""

    def tried(file: Opened, edition: Edition) -> Iterator[Problem]:
        yield from rule(file.root, edition)

    return tried


RULES: tuple[Rule, ...] = (*pdf_file.RULES, *pdf_pages.RULES, *map(_of_tags, pdf_words.RULES), *pdf_links.RULES)
