"""What went wrong, and where: everything a person is ever told is a Finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Location(NamedTuple):
    """A place in a file; line 0 means the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        file = relative(self.file)
        return f"{file}:{self.line}" if self.line else file


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `code` is made of words and stays stable; `remedy` says how to mend it."""

    code: str
    message: str
    remedy: str
    where: Location
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.where}: {self.severity} {self.code}: {self.message}\n    {self.remedy}"


class ContentError(Exception):
    """The work can't go on; `findings` say why. Exit code 1."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class ToolMissing(Exception):
    """Something outside of this program is missing or was called wrongly; the text is the remedy. Exit code 2."""


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those findings that stop a file from being published."""
    return tuple(finding for finding in findings if finding.severity == "error")


def relative(file: str | Path) -> str:
    """`file` as a person in the current folder would write it; files elsewhere keep their full path."""
    path = Path(file)
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except (ValueError, OSError):
        return str(path)
