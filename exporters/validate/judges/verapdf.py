"""PDFs -> the rules of PDF/UA that veraPDF finds broken, each file held against the part that it claims for itself."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf

from exporters.validate.judges.verdicts import NoVerdict, Verdicts
from lbp_content.finding import Finding, Location, ToolMissing

PART = "{http://www.aiim.org/pdfua/ns/id/}part"
REMEDY = "Mend exporters/pdf.py, then export again; rules: https://docs.verapdf.org/validation/"
INSTALL = "It is on no package registry: get it from https://verapdf.org and put `verapdf` on the PATH"


def judge(files: Sequence[Path]) -> Verdicts:
    """A file that claims no part of PDF/UA has nothing to prove here."""
    command = shutil.which("verapdf")
    if command is None:
        raise ToolMissing(INSTALL)
    claims = sorted((part, file) for file in files if (part := claimed(file)))
    found: dict[Path, tuple[Finding, ...]] = {}
    for part, group in groupby(claims, key=lambda claim: claim[0]):
        found |= _judged(command, part, [file for _, file in group])
    return Verdicts(_version(command), found)


def claimed(file: Path) -> str:
    """The part of PDF/UA that a file names in its metadata; empty if it names none, or can't be opened."""
    try:
        with pikepdf.open(file) as pdf, pdf.open_metadata() as metadata:
            return str(metadata.get(PART, ""))
    except pikepdf.PdfError:
        return ""


def _version(command: str) -> str:
    run = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    return run.stdout.strip().partition("\n")[0].removeprefix("veraPDF").strip()


def _judged(command: str, part: str, files: Sequence[Path]) -> dict[Path, tuple[Finding, ...]]:
    paths = [str(file.resolve()) for file in files]
    call = [command, "--flavour", f"ua{part}", "--format", "json", *paths]
    run = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        jobs = {job["itemDetails"]["name"]: job for job in json.loads(run.stdout)["report"]["jobs"]}
        return {file: tuple(_findings(file, jobs[path], part)) for file, path in zip(files, paths, strict=True)}
    except (ValueError, KeyError):
        raise NoVerdict(f"veraPDF gave no verdict: {(run.stderr or run.stdout).strip()[-300:]}") from None


def _findings(file: Path, job: Mapping[str, Any], part: str) -> Iterator[Finding]:
    results = job.get("validationResult", [])
    for result in results if isinstance(results, list) else [results]:  # a list since veraPDF 1.26
        broken = [rule for rule in result["details"]["ruleSummaries"] if _failed(rule)]
        yield from (_finding(file, rule) for rule in broken)
        if not result["compliant"] and not broken:
            yield Finding("verapdf", f"PDF/UA-{part} is not met", REMEDY, Location(str(file)))
    if not results:
        said = job.get("taskException", {}).get("exceptionMessage", "no result")
        yield Finding("verapdf", f"could not be read: {said}", REMEDY, Location(str(file)))


def _failed(rule: Mapping[str, Any]) -> bool:
    """Releases differ in whether they say it as `ruleStatus: FAILED`, as `status: failed`, or both."""
    return "failed" in (str(rule.get("ruleStatus", "")).lower(), str(rule.get("status", "")).lower())


def _finding(file: Path, rule: Mapping[str, Any]) -> Finding:
    name = f"{rule['specification']}, {rule['clause']}-{rule['testNumber']}"
    times = f" ({rule['failedChecks']} times)" if rule.get("failedChecks", 1) > 1 else ""
    return Finding("verapdf", f"{name}: {rule['description']}{times}", REMEDY, Location(str(file)))
