"""Content -> the files of each locale and the page that leads to them, each with what its gate says of it.

Imports the standard library alone; what is heavy is imported where it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from exporters.publish import alone, swap

if TYPE_CHECKING:
    from lbp_content.finding import Finding
    from lbp_content.load import Content
    from lbp_content.translate import Edition


class Format(NamedTuple):
    """A kind of file: the function that makes it, the gate that must pass it, and how its name ends.

    `usual`: made when no format is asked for, and led to by the index."""

    export: str
    validate: str
    ending: str
    usual: bool = True


FORMATS = {
    "html": Format("exporters.html:html", "exporters.validate.html:validate", "html"),
    "epub": Format("exporters.epub:epub", "exporters.validate.epub:validate", "epub"),
    "pdf": Format("exporters.pdf:pdf", "exporters.validate.pdf:validate", "pdf"),
    "pdf-ua2": Format("exporters.pdf:pdf_ua2", "exporters.validate.pdf:validate_ua2", "ua2.pdf", usual=False),
}
INDEX = "index.html"
REPORT = "accessibility.html"  # beside the files of a locale
Made = tuple[bytes, "tuple[Finding, ...]"]  # a file, and what its gate says of it


@dataclass(frozen=True)
class Result:
    """What came of one locale: files by their path below the output folder, and what there is to say.

    `edition` is what the files were made of; None when there are none, and for the page of all locales.
    """

    locale: str
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    edition: Edition | None = None


def usual() -> tuple[str, ...]:
    """The formats that are made when none is asked for."""
    return tuple(name for name, row in FORMATS.items() if row.usual)


def prepare(content: Content, locale: str) -> tuple[Edition | None, tuple[Finding, ...]]:
    """The edition of one locale and every finding of the checks; None when it can't be complete."""
    from exporters import fonts, templates_check
    from lbp_content.checks import check
    from lbp_content.finding import ContentError, errors
    from lbp_content.translate import edition, translated

    try:
        leaflet, gaps = translated(content, locale)
        findings = (*gaps, *check(content, leaflet, locale), *templates_check.check())
        if errors(findings):
            return None, findings
        whole = edition(content, leaflet, locale)
        findings = (*findings, *fonts.check(whole))
    except ContentError as error:
        return None, error.findings
    return (None if errors(findings) else whole), findings


def build(content: Content, locale: str, formats: Iterable[str], step: Callable[[str], None]) -> Result:
    """Check, export and validate one locale, then report on its files; all of a stage before it stops."""
    from lbp_content.finding import errors

    edition, findings = prepare(content, locale)
    if edition is None:
        return Result(locale, {}, findings)
    made: dict[str, Made] = {}
    for name in formats:
        step(f"{locale}/{file_name(edition, name)}")
        made[name] = make(edition, name)
        findings = (*findings, *made[name][1])
    if not errors(findings):
        page, problems = _report(edition, made)
        findings = (*findings, *problems)
    if errors(findings):
        return Result(locale, {}, findings)
    files = {f"{locale}/{file_name(edition, name)}": data for name, (data, _) in made.items()}
    return Result(locale, {**files, f"{locale}/{REPORT}": page}, findings, edition)


def _report(edition: Edition, made: Mapping[str, Made]) -> Made:
    """The page on the files of this export."""
    from exporters.report import File, report
    from exporters.validate.report import validate

    files = [File(name, file_name(edition, name), *one) for name, one in made.items()]
    page = report(edition, files)
    return page, validate(page, edition, files, REPORT)


def make(edition: Edition, name: str) -> Made:
    """One file of a format, and what its gate says of it."""
    from lbp_content.finding import ContentError

    try:
        data: bytes = _function(FORMATS[name].export)(edition)
    except ContentError as error:
        return b"", error.findings
    return data, validate(data, edition, name)


def validate(data: bytes, edition: Edition, name: str) -> tuple[Finding, ...]:
    """Hold a finished file against the edition it came from."""
    findings: tuple[Finding, ...] = _function(FORMATS[name].validate)(data, edition, file_name(edition, name))
    return findings


def _function(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def file_name(edition: Edition, name: str) -> str:
    """`low-back-pain.de.pdf`."""
    return f"{edition.slug}.{FORMATS[name].ending}"


def publish_index(content: Content, out: Path, known: Mapping[str, Edition | None]) -> Result:
    """Write the page that leads to the files of each published locale; `known`: editions of this call.

    Where an edition has errors, its files are those of before: the page then stays as it was, with a warning.
    """
    with alone(out):
        files = {locale: there for locale in content.leaflet.locales if (there := led_to(content, out, locale))}
        editions = {locale: known[locale] if locale in known else prepare(content, locale)[0] for locale in files}
        result = _index(editions, files, out)
        if result.files:
            swap(result.files, out)
    return result


def led_to(content: Content, out: Path, locale: str) -> tuple[str, ...]:
    """The names of a locale's published files that the index leads to."""
    names = [f"{content.leaflet.id}.{locale}.{row.ending}" for row in FORMATS.values() if row.usual]
    return tuple(name for name in (*names, REPORT) if (out / locale / name).is_file())


def _index(editions: Mapping[str, Edition | None], files: Mapping[str, tuple[str, ...]], out: Path) -> Result:
    from exporters.html import index
    from exporters.validate.index import validate
    from lbp_content.finding import errors

    whole = [edition for edition in editions.values() if edition]
    if not whole or len(whole) < len(editions):
        return Result("", {}, tuple(_kept(locale, out) for locale, edition in editions.items() if edition is None))
    data = index(whole, files)
    findings = validate(data, whole, files, INDEX)
    return Result("", {} if errors(findings) else {INDEX: data}, findings)


def _kept(locale: str, out: Path) -> Finding:
    from lbp_content.finding import Finding, Location

    said = f"stays as it was: there are files for {locale}, but errors in {locale} now"
    return Finding("index-kept", said, f"Run `lbp check --locale {locale}`.", Location(str(out / INDEX)), "warning")
