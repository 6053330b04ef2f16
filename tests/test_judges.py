"""Judges from outside: each names a fault that was planted, and none of them finds anything in files of ours."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from conftest import lacking

from exporters.epub import epub
from exporters.html import html, index
from exporters.pdf import pdf
from exporters.validate import judges
from exporters.validate.judges import ace, axe, calibre, epubcheck, nu, places, reader, report, verapdf
from exporters.validate.judges.report import Column, Report
from exporters.validate.judges.verdicts import Verdicts
from lbp_content.finding import Finding, Location, ToolMissing
from lbp_content.translate import Edition

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Walking</title>
<style>
body { margin: 1rem; color: #111111; background: #ffffff }
a { color: #0b5563; display: inline-block; min-height: 24px; min-width: 24px }
a:focus-visible { outline: 3px solid #0b5563 }
.skip { position: absolute; top: -6rem }
.skip:focus { position: static }
@media (prefers-color-scheme: dark) {
  body { color: #eeeeee; background: #101c21 }
  a, a:focus-visible { color: #8cd3dc; outline-color: #8cd3dc }
}
</style>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header><nav aria-label="Contents"><a href="#part">Outside</a></nav></header>
<main id="main">
<h1>Walking</h1>
<p id="part">Walking helps many people.</p>
<p><a href="#top">To the top</a></p>
</main>
</body>
</html>
"""
PAGE_FAULTS: Mapping[str, tuple[str, str, str]] = {  # the code that names it: what was there, what is there now
    "axe": ("<h1>", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><h1>'),
    "target-small": ("<p><a", '<p><a style="min-width: 0; width: 15px; overflow-wrap: anywhere"'),
    "scroll-sideways": ('<p id="part">', '<p id="part" style="width: 25rem">'),
    "text-clipped": ('<p id="part">', '<p id="part" style="height: 1.2em; overflow: hidden">'),
    "text-overlap": ("<p><a", '<p style="margin-top: -2.2em"><a'),
    "contrast": (
        "<h1>",
        '<svg width="90" height="30" role="img" aria-label="x"><text y="20" fill="#bbb">Mild</text></svg><h1>',
    ),
    "focus-invisible": ("a:focus-visible { outline: 3px", "a:focus-visible { outline: 0px"),
    "focus-faint": ("outline: 3px solid #0b5563", "outline: 3px solid #dddddd"),
    "focus-order": ("<p><a", '<p><a tabindex="2"'),
    "focus-missing": ("<p><a", '<p><a onfocus="blur()"'),
    "focus-covered": ("</main>", '<p style="position: fixed; inset: 0; background: #ffffff">Hello</p></main>'),
    "skip-link": ('<a class="skip" href="#main">', '<a class="skip" href="#part">'),
    "csp": ("<title>", """<meta http-equiv="Content-Security-Policy" content="style-src 'none'"><title>"""),
    "console": ("<h1>", "<script>console.error('broken')</script><h1>"),
    "request": ("<h1>", '<img alt="x" src="http://localhost:9/x.png"><h1>'),
}


def page(folder: Path, name: str, text: str = PAGE) -> Path:
    file = folder / f"{name}.html"
    file.write_text(text, "utf-8")
    return file


def book(folder: Path, edition: Edition, faults: Mapping[str, tuple[str, str]] = {}) -> Path:
    """A real book with faults planted: the name of a file in it -> what was there, what is there now."""
    file = folder / f"{len(list(folder.iterdir()))}.epub"
    with zipfile.ZipFile(io.BytesIO(epub(edition))) as good, zipfile.ZipFile(file, "w") as bad:
        for entry in good.infolist():
            data = good.read(entry)
            if entry.filename in faults:
                old, new = (text.encode() for text in faults[entry.filename])
                assert old in data
                data = data.replace(old, new)
            bad.writestr(entry, data)
    return file


def tool(folder: Path, name: str, script: str) -> None:
    """A program of this name, for the PATH."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IEXEC)


def codes(verdicts: Verdicts, file: Path) -> set[str]:
    return {finding.code for finding in verdicts.found[file]}


def present(judge: object, *files: Path) -> Verdicts:
    """The judge's verdicts; the test is skipped where the judge is not installed, and fails there in CI."""
    try:
        verdicts: Verdicts = judge.judge(files)  # type: ignore[attr-defined]
    except ToolMissing as missing:
        lacking(str(missing))
    return verdicts


# --- each judge names a fault


@pytest.mark.slow
def test_epubcheck_names_a_missing_property_and_warnings_count(english: Edition, tmp_path: Path) -> None:
    bad, good = book(tmp_path, english, {"EPUB/package.opf": (' properties="svg"', "")}), book(tmp_path, english)
    warned = book(tmp_path, english, {"EPUB/package.opf": ("urn:uuid:", "urn:uuid:x")})
    found = present(epubcheck, bad, good, warned)
    assert {finding.message.split(":")[0] for finding in found.found[bad]} == {"OPF-014"}
    assert all(finding.where.file.endswith(".xhtml") for finding in found.found[bad])
    assert [finding.severity for finding in found.found[warned]] == ["error"]
    assert found.found[good] == ()


@pytest.mark.slow
def test_ace_names_a_missing_alternative_text_and_a_file_that_is_no_book(english: Edition, tmp_path: Path) -> None:
    bad = book(tmp_path, english, {"EPUB/cover.xhtml": (" alt=", " data-alt=")})
    broken = tmp_path / "broken.epub"
    broken.write_bytes(b"not a book")
    found = present(ace, bad, broken)
    assert any("image-alt" in finding.message for finding in found.found[bad])
    assert [finding.message.split(":")[0] for finding in found.found[broken]] == ["can't be opened"]


@pytest.mark.slow
def test_nu_names_a_line_and_remarks_count(tmp_path: Path) -> None:
    bad, good = page(tmp_path, "bad", PAGE.replace("<h1>", "<br/><h1>")), page(tmp_path, "good")
    found = present(nu, bad, good)
    assert [(finding.message.split(":")[0], finding.where.line) for finding in found.found[bad]] == [("info", 24)]
    assert found.found[good] == ()


@pytest.mark.slow
def test_browser_names_what_people_would_trip_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(axe, "MODES", [mode for mode in axe.MODES if mode.name in ("light", "320 px", "text spacing")])
    faulty = {code: page(tmp_path, code, PAGE.replace(*fault)) for code, fault in PAGE_FAULTS.items()}
    good = page(tmp_path, "good")
    found = present(axe, good, *faulty.values())
    assert found.found[good] == ()
    assert {code: code in codes(found, file) for code, file in faulty.items()} == dict.fromkeys(PAGE_FAULTS, True)


@pytest.mark.slow
def test_browser_names_the_mode(tmp_path: Path) -> None:
    dark = page(tmp_path, "dark", PAGE.replace("color: #eeeeee", "color: #555555"))
    found = present(axe, dark).found[dark]
    assert {finding.message.rpartition(" (")[2] for finding in found} == {"dark)", "forced colours, dark)"}


def test_browser_sees_the_fonts_that_are_hidden_from_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/dev/null")
    monkeypatch.setenv("HOME", "/anywhere")
    assert "FONTCONFIG_FILE" not in places.surroundings()
    assert places.surroundings()["HOME"] == "/anywhere"


READING_FAULTS = {
    "contrast": ("EPUB/style.css", "body {", "h2 { color: #222222 } body {"),
    "font": ("EPUB/style.css", "fonts/AtkinsonHyperlegible-Regular", "fonts/gone"),
    "user-font": ("EPUB/style.css", "body {", "h2 { font-family: serif } body {"),
    "user-size": ("EPUB/style.css", "body {", "h3 { font-size: 30px !important } body {"),
    "direction": ("EPUB/package.opf", 'page-progression-direction="ltr"', 'page-progression-direction="rtl"'),
    "contents": ("EPUB/nav.xhtml", "<ol>", '<ol class="x"><li><span>More</span></li>'),
    "language": ("EPUB/text/massage.xhtml", ' lang="en-GB" xml:lang="en-GB"', ' lang="de" xml:lang="de"'),
}


@pytest.mark.slow
def test_reading_system_names_what_readers_would_miss(english: Edition, tmp_path: Path) -> None:
    faulty = {code: book(tmp_path, english, {name: (old, new)}) for code, (name, old, new) in READING_FAULTS.items()}
    found = present(reader, *faulty.values())
    assert {code: code in codes(found, file) for code, file in faulty.items()} == dict.fromkeys(READING_FAULTS, True)


@pytest.mark.slow
def test_reading_system_names_a_file_that_is_no_book(tmp_path: Path) -> None:
    broken = tmp_path / "broken.epub"
    broken.write_bytes(b"not a book")
    assert codes(present(reader, broken), broken) == {"reader"}


# --- veraPDF and calibre, played by scripts


def claiming(folder: Path, part: str) -> Path:
    file = folder / f"ua{part}.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        if part:
            with made.open_metadata() as metadata:
                metadata[verapdf.PART] = part
        made.save(file)
    return file


def verapdf_says(folder: Path, file: Path, rules: list[dict[str, object]]) -> None:
    result = {"details": {"ruleSummaries": rules}, "compliant": not rules}
    jobs = [{"itemDetails": {"name": str(file.resolve())}, "validationResult": [result]}]
    (folder / "said.json").write_text(json.dumps({"report": {"jobs": jobs}}), "utf-8")
    script = f'echo "$@" >> "{folder}/calls"\n[ "$1" = --version ] && echo "veraPDF 1.28.2" || cat "{folder}/said.json"'
    tool(folder, "verapdf", script)


RULE = {
    "ruleStatus": "FAILED",
    "specification": "ISO 14289-1:2014",
    "clause": "7.2",
    "testNumber": 34,
    "failedChecks": 2,
}


def test_verapdf_is_asked_for_the_part_that_the_file_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    file, silent = claiming(tmp_path, "2"), claiming(tmp_path, "")
    verapdf_says(tmp_path, file, [{**RULE, "description": "Language can't be told"}])
    found = verapdf.judge([file, silent])
    assert found.version == "1.28.2"
    assert "--flavour ua2" in (tmp_path / "calls").read_text("utf-8")
    assert [finding.message for finding in found.found[file]] == [
        "ISO 14289-1:2014, 7.2-34: Language can't be told (2 times)"
    ]
    assert silent not in found.found


def test_verapdf_passes_what_it_calls_compliant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    file = claiming(tmp_path, "1")
    verapdf_says(tmp_path, file, [])
    assert verapdf.judge([file]).found == {file: ()}


def calibre_says(folder: Path, text: str, language: str = "eng") -> None:
    (folder / "said.txt").write_text(text, "utf-8")
    tool(
        folder,
        "ebook-convert",
        f'[ "$1" = --version ] && echo "ebook-convert (calibre 8.5.0)" || cp "{folder}/said.txt" "$2"',
    )
    title = "Exercise and physiotherapy for chronic low back pain"
    tool(folder, "ebook-meta", f'echo "Title               : {title}"\necho "Languages           : {language}"')


def test_calibre_names_lost_words_and_a_missing_language(
    english: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    file = book(tmp_path, english)
    words = " ".join(calibre.book.opened(file).seen)
    calibre_says(tmp_path, words)
    assert calibre.judge([file]) == Verdicts("8.5.0", {file: ()})
    calibre_says(tmp_path, words.replace("the risk is low", "the risk"), "und")
    said = [finding.message for finding in calibre.judge([file]).found[file]]
    assert said[0] == "no language is found, where the book says en-GB"
    assert any("is low" in message for message in said[1:])


# --- what is missing, and what fails


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any judge."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(places, "find_spec", lambda _name: None)
    monkeypatch.setattr(places, "MODULES", tmp_path / "nowhere")


def samples(folder: Path) -> tuple[Path, ...]:
    for ending in judges.ENDINGS:
        (folder / f"low-back-pain.en{ending}").write_bytes(b"")
    return judges.files_in([folder])


@pytest.mark.usefixtures("bare")
def test_missing_judge_is_no_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = judges.judge(samples(tmp_path), {})
    assert [column.name for column in found.columns[1:] if column.missing] == [one.name for one in judges.JUDGES]
    assert found.code() == 0
    assert "not run: Nu: vnu-jar is not installed. Install the judges: make judges" in found.text()
    monkeypatch.setenv("CI", "true")
    assert found.code() == 2


@pytest.mark.usefixtures("bare")
def test_verapdf_and_calibre_may_be_missing_in_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    few = [one for one in judges.JUDGES if one.name in ("veraPDF", "calibre")]
    found = judges.judge(samples(tmp_path), {}, few)
    assert all(column.missing for column in found.columns[1:])
    assert found.code() == 0


@pytest.mark.usefixtures("bare")
def test_every_missing_judge_says_how_to_install_it(tmp_path: Path) -> None:
    for column in judges.judge(samples(tmp_path), {}).columns[1:]:
        assert any(word in column.missing for word in ("pip install", "apt-get install", "make judges", "https://"))


def test_judge_that_fails_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    file = claiming(tmp_path, "1")
    tool(tmp_path, "verapdf", "echo out of memory >&2; exit 3")
    found = judges.judge([file], {}, [one for one in judges.JUDGES if one.name == "veraPDF"])
    assert [finding.code for finding in found.findings()] == ["no-verdict"]
    assert "out of memory" in found.findings()[0].message
    assert found.code() == 1


def test_folder_without_files_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="lbp export"):
        judges.files_in([tmp_path])


# --- the table and the verdicts


def reported(folder: Path) -> Report:
    """An EPUB in which the first judge finds a fault and the second is missing, and a PDF that only the gates see."""
    files = (folder / "book.epub", folder / "print.pdf")
    for file in files:
        file.write_bytes(file.name.encode())
    fault = Finding("epubcheck", "OPF-014: no", "Mend it.", Location(f"{files[0]}/EPUB/nav.xhtml", 7))
    gates = Column("gates", "", files, dict.fromkeys(files, ()))
    first = Column("EPUBCheck", "5.3.0", files[:1], {files[0]: (fault,)})
    return Report(files, (gates, first, Column("Ace", "", files[:1], {}, "Install it.")))


def test_table_says_ok_a_number_not_run_or_does_not_apply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert reported(tmp_path).text().splitlines() == [
        "           gates  EPUBCheck  Ace",
        "book.epub  ok     1          not run",
        "print.pdf  ok     –          –",
        "",
        "run: EPUBCheck 5.3.0",
        "not run: Ace: Install it.",
    ]


def test_verdicts_are_kept_by_the_bytes_they_hold_for(tmp_path: Path) -> None:
    assert report.write(reported(tmp_path)) == (tmp_path / "validation.json",)
    files = json.loads((tmp_path / "validation.json").read_text("utf-8"))["files"]
    entry = files[hashlib.sha256(b"book.epub").hexdigest()]
    assert entry["name"] == "book.epub"
    fault = {"code": "epubcheck", "severity": "error", "message": "OPF-014: no", "remedy": "Mend it."}
    first = {"judge": "EPUBCheck", "version": "5.3.0", "verdict": "failed"}
    assert entry["judges"] == [
        {**first, "findings": [{**fault, "inside": "EPUB/nav.xhtml", "line": 7}]},
        {"judge": "Ace", "version": "", "verdict": "not run", "remedy": "Install it.", "findings": []},
    ]
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == [
        "book.epub",
        "print.pdf",
        "validation.json",
    ]
    assert (tmp_path / "book.epub").read_bytes() == b"book.epub"


def test_verdicts_on_files_that_have_changed_are_dropped(tmp_path: Path) -> None:
    whole = reported(tmp_path)
    report.write(whole)
    (tmp_path / "print.pdf").write_bytes(b"another")
    report.write(Report(whole.files[:1], whole.columns))
    kept = json.loads((tmp_path / "validation.json").read_text("utf-8"))["files"]
    assert [entry["name"] for entry in kept.values()] == ["book.epub"]


def test_pins_are_one_version_each() -> None:
    wanted = json.loads((places.HERE / "package.json").read_text("utf-8"))["dependencies"]
    lock = json.loads((places.HERE / "package-lock.json").read_text("utf-8"))["packages"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert not any(key.startswith("resolve") for entry in lock.values() for key in entry)


# --- our own files


@pytest.mark.slow
def test_no_judge_finds_anything_in_our_files(english: Edition, german: Edition, tmp_path: Path) -> None:
    names: dict[str, list[str]] = {}
    for edition in (english, german):
        (tmp_path / edition.locale).mkdir()
        for ending, export in (("html", html), ("epub", epub), ("pdf", pdf)):
            file = tmp_path / edition.locale / f"{edition.slug}.{ending}"
            file.write_bytes(export(edition))
            names.setdefault(edition.locale, []).append(file.name)
    (tmp_path / "index.html").write_bytes(index([english, german], names))
    found = judges.judge(judges.files_in([tmp_path]), {})
    print(found.text())
    for column in found.columns:
        if column.missing and column.needed:
            lacking(f"{column.name}: {column.missing}")
    assert "\n".join(map(str, found.findings())) == ""


@pytest.mark.slow
def test_books_are_read_from_right_to_left(arabic: Edition, tmp_path: Path) -> None:
    file = book(tmp_path, arabic)
    found = judges.judge([file], {})
    for column in found.columns:
        if column.missing and column.needed:
            lacking(f"{column.name}: {column.missing}")
    assert "\n".join(map(str, found.findings())) == ""
