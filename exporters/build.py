"""What must be made, making it, and publishing it: a locale's files together or not at all.

Imports the standard library alone; what is heavy is imported where it runs.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from lbp_content.finding import Finding
    from lbp_content.load import Content
    from lbp_content.translate import Edition


class Format(NamedTuple):
    """A kind of file: the function that makes it, the gate that must pass it, and how its name ends."""

    export: str
    validate: str
    ending: str


FORMATS = {
    "html": Format("exporters.html:html", "exporters.validate.html:validate", "html"),
    "epub": Format("exporters.epub:epub", "exporters.validate.epub:validate", "epub"),
    "pdf": Format("exporters.pdf:pdf", "exporters.validate.pdf:validate", "pdf"),
}
STAGING, JOURNAL = ".staging", "journal.json"


@dataclass(frozen=True)
class Result:
    """What came of one locale: files by their path below the output folder, and what there is to say."""

    locale: str
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


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
    """Check, export and validate one locale; all of a stage before it stops."""
    from lbp_content.finding import errors

    edition, findings = prepare(content, locale)
    if edition is None:
        return Result(locale, {}, findings)
    files: dict[str, bytes] = {}
    for name in formats:
        step(f"{locale}/{file_name(edition, name)}")
        data, problems = make(edition, name)
        findings = (*findings, *problems)
        files[f"{locale}/{file_name(edition, name)}"] = data
    return Result(locale, {} if errors(findings) else files, findings)


def make(edition: Edition, name: str) -> tuple[bytes, tuple[Finding, ...]]:
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


def index(content: Content, out: Path) -> dict[str, bytes]:
    """The page that leads to every published locale with files in `out`; nothing if one can't be made now."""
    from exporters.html import index as page

    found = [(locale, prepare(content, locale)[0]) for locale in content.leaflet.locales if _files(out, locale)]
    editions = [edition for _, edition in found if edition]
    if not editions or len(editions) < len(found):
        return {}
    return {"index.html": page(editions, {edition.locale: _files(out, edition.locale) for edition in editions})}


def _files(out: Path, locale: str) -> Sequence[str]:
    return sorted(path.name for path in (out / locale).glob("*.*") if not path.name.startswith("."))


def publish(files: Mapping[str, bytes], out: Path) -> None:
    """Put files into `out`, all of them or none: staged first, then renamed under a journal.

    A call that is killed leaves every published file whole; the next call finishes what the journal says, or undoes.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _alone(out):
        recover(out)
        for name, data in files.items():
            _write(out / STAGING / name, data)
        _write(out / STAGING / f"{JOURNAL}.new", json.dumps(sorted(files)).encode())
        os.replace(out / STAGING / f"{JOURNAL}.new", out / STAGING / JOURNAL)
        recover(out)


def recover(out: Path) -> None:
    """Finish the renames that a journal lists; without a journal, throw away what was staged."""
    staging = out / STAGING
    if (staging / JOURNAL).exists():
        for name in json.loads((staging / JOURNAL).read_text("utf-8")):
            if (staging / name).exists():
                (out / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(staging / name, out / name)
        (staging / JOURNAL).unlink()
    if staging.exists():
        shutil.rmtree(staging)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Wait until no other call is publishing into this folder."""
    folder = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
