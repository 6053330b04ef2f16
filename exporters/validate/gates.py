"""Files in a published folder -> what the gates say of each, by the names that files of ours have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from exporters import build
from lbp_content.finding import Finding
from lbp_content.load import Content
from lbp_content.translate import Edition

Prepared = tuple[Edition | None, tuple[Finding, ...]]


def gates(content: Content, files: Sequence[Path]) -> dict[Path, tuple[Finding, ...]]:
    """A file that no gate knows by its name is not among them."""

    @cache
    def prepared(locale: str) -> Prepared:
        return build.prepare(content, locale)

    known = _names(content)
    found: dict[Path, tuple[Finding, ...]] = {}
    for file in files:
        if file.name in known:
            locale, name = known[file.name]
            found[file] = _file(file, name, *prepared(locale))
        elif file.name == build.REPORT and file.parent.name in content.leaflet.locales:
            found[file] = _report(file, known, *prepared(file.parent.name))
        elif file.name == build.INDEX:
            there = dict(_there(known, file.parent))
            found[file] = _index(file, [prepared(locale) for locale in there], there)
    return found


def _names(content: Content) -> dict[str, tuple[str, str]]:
    """`low-back-pain.de.pdf` -> (locale, format)."""
    rows = [(locale, name, row) for locale in content.leaflet.locales for name, row in build.FORMATS.items()]
    return {f"{content.leaflet.id}.{locale}.{row.ending}": (locale, name) for locale, name, row in rows}


def _there(known: Mapping[str, tuple[str, str]], out: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each locale with files in `out`, and their names."""
    for locale in dict.fromkeys(locale for locale, _ in known.values()):
        names = [file for file, (of, _) in known.items() if of == locale and (out / of / file).is_file()]
        if names:
            yield locale, tuple(names)


def _file(file: Path, name: str, edition: Edition | None, problems: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return build.validate(file.read_bytes(), edition, name) if edition else problems


def _report(
    file: Path, known: Mapping[str, tuple[str, str]], edition: Edition | None, problems: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """The report is about those files beside it that it names, as they are now."""
    from exporters.report import File
    from exporters.validate.report import validate

    if edition is None:
        return problems
    page = file.read_bytes()
    beside = [(format, file.parent / name) for name, (_, format) in known.items() if name.encode() in page]
    there = [(format, path.name, path.read_bytes()) for format, path in beside if path.is_file()]
    files = [File(*one, build.validate(one[2], edition, one[0])) for one in there]
    return validate(page, edition, files, file.name)


def _index(file: Path, prepared: Sequence[Prepared], there: Mapping[str, Sequence[str]]) -> tuple[Finding, ...]:
    from exporters.validate.index import validate

    editions = [edition for edition, _ in prepared if edition]
    if len(editions) < len(prepared) or not editions:
        return tuple(finding for _, problems in prepared for finding in problems)
    return validate(file.read_bytes(), editions, there, file.name)
