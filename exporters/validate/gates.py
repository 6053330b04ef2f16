"""Files in a published folder -> what the gates say of each, by the names that files of ours have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from exporters import build
from lbp_content import languages
from lbp_content.finding import Finding
from lbp_content.load import Content
from lbp_content.model import Leaflet
from lbp_content.translate import Edition

Prepared = tuple[Edition | None, tuple[Finding, ...]]


def gates(content: Content, files: Sequence[Path]) -> dict[Path, tuple[Finding, ...]]:
    """What the gates say of each file; a file that is not one of ours is not among them."""

    @cache
    def prepared(locale: str) -> Prepared:
        return build.prepare(content, locale)

    found: dict[Path, tuple[Finding, ...]] = {}
    for file in files:
        match about(content.leaflet, file):
            case (_, build.INDEX):
                led_to = {locale: build.led_to(content, file.parent, locale) for locale in content.leaflet.locales}
                there = {locale: names for locale, names in led_to.items() if names}
                found[file] = _index(file, [prepared(locale) for locale in there], there)
            case (locale, build.REPORT):
                found[file] = _report(file, *prepared(locale))
            case (locale, name):
                found[file] = _file(file, name, *prepared(locale))
    return found


def about(leaflet: Leaflet, file: Path) -> tuple[str, str] | None:
    """`low-back-pain.de.pdf` -> (locale, format); index and report stand for themselves. None: not one of ours."""
    if file.name == build.INDEX:
        return "", build.INDEX
    if file.name == build.REPORT:
        return (file.resolve().parent.name, build.REPORT) if file.resolve().parent.name in languages.known() else None
    topic, _, rest = file.name.partition(".")
    locale, _, ending = rest.partition(".")
    name = next((name for name, row in build.FORMATS.items() if row.ending == ending), None)
    return (locale, name) if topic == leaflet.id and locale in languages.known() and name else None


def _file(file: Path, name: str, edition: Edition | None, problems: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return build.validate(file.read_bytes(), edition, name) if edition else problems


def _report(file: Path, edition: Edition | None, problems: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The report is about those files beside it that it names, as they are now."""
    from exporters.report import File
    from exporters.validate.report import validate

    if edition is None:
        return problems
    page = file.read_bytes()
    names = {format: build.file_name(edition, format) for format in build.FORMATS}
    beside = [(format, file.parent / name) for format, name in names.items() if name.encode() in page]
    there = [(format, path.name, path.read_bytes()) for format, path in beside if path.is_file()]
    files = [File(*one, build.validate(one[2], edition, one[0])) for one in there]
    return validate(page, edition, files, file.name)


def _index(file: Path, prepared: Sequence[Prepared], there: Mapping[str, Sequence[str]]) -> tuple[Finding, ...]:
    from exporters.validate.index import validate

    editions = [edition for edition, _ in prepared if edition]
    if len(editions) < len(prepared) or not editions:
        return tuple(finding for _, problems in prepared for finding in problems)
    return validate(file.read_bytes(), editions, there, file.name)
