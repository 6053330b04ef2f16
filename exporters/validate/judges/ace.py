"""EPUBs -> the violations that Ace by DAISY finds: one Node and one Chromium for all books."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from exporters.validate.judges import places
from exporters.validate.judges.verdicts import NoVerdict, Verdicts
from lbp_content.finding import Finding, Location

REMEDY = "Mend exporters/templates/ or exporters/styles/epub.css, then export again."


def judge(files: Sequence[Path]) -> Verdicts:
    """What Ace calls `fail`, whatever its impact."""
    version = places.package_version("@daisy/ace-core")
    places.package("@daisy/ace-axe-runner-puppeteer")
    environment = {**places.surroundings(), "PUPPETEER_EXECUTABLE_PATH": places.chromium()}
    with TemporaryDirectory() as folder:
        out = Path(folder, "reports.json")
        command = [places.node(), str(places.HERE / "ace.cjs"), str(out), *(str(file.resolve()) for file in files)]
        run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if run.returncode or not out.is_file():
            raise NoVerdict(f"Ace gave no verdict: {(run.stderr or run.stdout).strip()[-300:]}")
        reports = json.loads(out.read_text("utf-8"))
    found = {file: tuple(_findings(file, report)) for file, report in zip(files, reports, strict=True)}
    return Verdicts(version, found)


def _findings(file: Path, report: dict[str, Any]) -> Iterator[Finding]:
    if "error" in report:
        yield Finding("ace", f"can't be opened: {report['error']}", REMEDY, Location(str(file)))
    for page in report.get("assertions", []):
        where = Location(f"{file}/{page['earl:testSubject']['url']}")
        for one in page["assertions"]:
            if one["earl:result"]["earl:outcome"] == "fail":
                yield Finding("ace", _said(one), REMEDY, where)


def _said(assertion: dict[str, Any]) -> str:
    result, rule = assertion["earl:result"], assertion["earl:test"]["dct:title"]
    return f"{rule}: {' '.join(result['dct:description'].split())} {result.get('html', '')[:200]}".strip()
