"""What gates and judges found -> one table, its exit code, and the verdicts that stand beside the files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from exporters.publish import publish
from lbp_content.finding import Finding, errors, relative

VERDICTS = "validation.json"
OK, NOT_RUN, NOT_MEANT = "ok", "not run", "–"


class Column(NamedTuple):
    """One gate or judge. `missing` says what to install; a file that it does not apply to is not among `files`."""

    name: str
    version: str
    files: tuple[Path, ...]
    found: Mapping[Path, tuple[Finding, ...]]
    missing: str = ""
    needed: bool = True

    def cell(self, file: Path) -> str:
        """What the table says of a file."""
        if file in self.found:
            return str(len(self.found[file]) or OK)
        return NOT_RUN if self.missing and file in self.files else NOT_MEANT


class Report(NamedTuple):
    """Every column on every file, in the order in which they are shown. The first column is that of the gates."""

    files: tuple[Path, ...]
    columns: tuple[Column, ...]

    def findings(self) -> tuple[Finding, ...]:
        """All of them, file by file."""
        return tuple(chain.from_iterable(column.found.get(file, ()) for file in self.files for column in self.columns))

    def code(self) -> int:
        """1 for an error; 2 where CI=true and a judge is missing that can be installed."""
        if errors(self.findings()):
            return 1
        strict = os.environ.get("CI", "").lower() in ("true", "1")
        return 2 if strict and any(column.missing and column.needed for column in self.columns) else 0

    def text(self) -> str:
        """The table, then the judges' versions, then those that are missing."""
        return "\n".join([*_table(self), "", *_versions(self), *_missing(self)])


def _table(report: Report) -> Iterator[str]:
    rows = [["", *(column.name for column in report.columns)]]
    rows += [[relative(file), *(column.cell(file) for column in report.columns)] for file in report.files]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield from ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _versions(report: Report) -> Iterator[str]:
    told = [f"{column.name} {column.version}" for column in report.columns if column.version]
    if told:
        yield f"run: {', '.join(told)}"


def _missing(report: Report) -> Iterator[str]:
    yield from (f"not run: {column.name}: {column.missing}" for column in report.columns if column.missing)


def write(report: Report) -> tuple[Path, ...]:
    """Put the judges' verdicts beside the files, in each folder's `validation.json`; the files stay as they are."""
    written = []
    for folder in dict.fromkeys(file.parent for file in report.files):
        inside = [file for file in report.files if file.parent == folder]
        verdicts = {**_kept(folder), **{digest(file): _entry(report, file) for file in inside}}
        text = json.dumps({"files": dict(sorted(verdicts.items()))}, ensure_ascii=False, indent=1)
        publish({VERDICTS: f"{text}\n".encode()}, folder)
        written.append(folder / VERDICTS)
    return tuple(written)


def digest(file: Path) -> str:
    """A file's SHA-256: a verdict holds for these bytes and no others."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _kept(folder: Path) -> dict[str, Any]:
    """Verdicts on files of this folder that have not changed since."""
    try:
        old = json.loads((folder / VERDICTS).read_text("utf-8"))["files"]
        return {sha: entry for sha, entry in old.items() if _same(folder / entry["name"], sha)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _same(file: Path, sha: str) -> bool:
    return file.is_file() and digest(file) == sha


def _entry(report: Report, file: Path) -> dict[str, Any]:
    judges = [_verdict(column, file) for column in report.columns[1:] if column.cell(file) != NOT_MEANT]
    return {"name": file.name, "judges": judges}


def _verdict(column: Column, file: Path) -> dict[str, Any]:
    if file not in column.found:
        return {"judge": column.name, "version": "", "verdict": NOT_RUN, "remedy": column.missing, "findings": []}
    found = column.found[file]
    told = {"judge": column.name, "version": column.version, "verdict": "failed" if found else "passed"}
    return {**told, "findings": [_told(finding, file) for finding in found]}


def _told(finding: Finding, file: Path) -> dict[str, Any]:
    inside = finding.where.file.removeprefix(str(file)).lstrip("/")
    place = {"inside": inside, "line": finding.where.line}
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "remedy": finding.remedy,
        **{name: value for name, value in place.items() if value},
    }
