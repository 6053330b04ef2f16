"""Finished files -> the verdicts of judges from outside: they confirm, never alter; one that is missing is no pass."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from exporters.validate.judges.report import Column, Report
from exporters.validate.judges.verdicts import Verdicts
from lbp_content.finding import Finding, Location, ToolMissing

ENDINGS = (".html", ".epub", ".pdf")


class Judge(NamedTuple):
    """A row of the table of judges: what it is called, what it reads, the module with its function `judge`.

    One that is not `needed` is on no package registry, or too large for a test: where it is missing, CI goes on.
    """

    name: str
    ending: str
    module: str
    needed: bool = True


JUDGES = (  # in the order of the columns
    Judge("Nu", ".html", "nu"),
    Judge("axe", ".html", "axe"),
    Judge("EPUBCheck", ".epub", "epubcheck"),
    Judge("Ace", ".epub", "ace"),
    Judge("foliate-js", ".epub", "reader"),
    Judge("calibre", ".epub", "calibre", needed=False),
    Judge("veraPDF", ".pdf", "verapdf", needed=False),
)
SLOWEST = ("axe", "Ace")  # are started first
REMEDY = "Run the command again; if it stays, look at the file and at the judge."


def files_in(places: Iterable[Path]) -> tuple[Path, ...]:
    """Files, and every file of ours in folders. Raises ToolMissing for a place that is not there, or empty."""
    found: list[Path] = []
    for place in places:
        inside = sorted(file for file in place.rglob("*") if file.suffix in ENDINGS and file.is_file())
        if not inside and not place.is_file():
            raise ToolMissing(f"{place}: there are no files to judge; run `lbp export` first.")
        found += inside or [place]
    return tuple(dict.fromkeys(file for file in found if not any(part.startswith(".") for part in file.parts[1:])))


def judge(files: Sequence[Path], gates: Mapping[Path, tuple[Finding, ...]], among: Sequence[Judge] = JUDGES) -> Report:
    """Every judge on every file it can read, one process each, as many at a time as there are cores."""
    order = sorted(among, key=lambda one: one.name not in SLOWEST)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        columns = dict(zip(order, pool.map(lambda one: _column(one, files), order), strict=True))
    return Report(tuple(files), (Column("gates", "", tuple(gates), gates), *(columns[one] for one in among)))


def _column(one: Judge, files: Sequence[Path]) -> Column:
    chosen = tuple(file for file in files if file.suffix == one.ending)
    if not chosen:
        return Column(one.name, "", (), {}, needed=one.needed)
    try:
        verdicts: Verdicts = import_module(f"{__name__}.{one.module}").judge(chosen)
    except ToolMissing as missing:
        return Column(one.name, "", chosen, {}, str(missing), one.needed)
    except Exception as error:  # a tool from outside fails in ways of its own; that is no pass and no traceback
        return Column(one.name, "", chosen, dict(_unjudged(one, chosen, error)), needed=one.needed)
    return Column(one.name, verdicts.version, chosen, verdicts.found, needed=one.needed)


def _unjudged(one: Judge, files: Sequence[Path], error: Exception) -> Iterator[tuple[Path, tuple[Finding, ...]]]:
    said = " ".join(str(error).split())[-400:] or type(error).__name__
    for file in files:
        yield file, (Finding("no-verdict", f"{one.name} gave no verdict: {said}", REMEDY, Location(str(file))),)
