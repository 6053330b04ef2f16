"""Export fails closed: what is wrong stops its language alone, by name and place, and what was published stays."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Checkout, needs

from exporters import build, cli, fonts
from exporters.publish import publish
from lbp_content.finding import ContentError, Finding, Location, errors
from lbp_content.load import Content
from lbp_content.translate import Edition

LEAFLET = "lbp_content/data/low_back_pain/leaflet.yaml"
CATALOG = "locales/de/LC_MESSAGES/lbp.po"
TEMPLATE = "exporters/templates/page.html.j2"
BOLD = f"{fonts.folder().name}/files/{fonts.FACES[1].name}.ttf"
ENTRY = 'msgctxt "exercise/findings/recurrence"\n'  # it holds a figure
ENGLISH = "en/low-back-pain.en.html"
REPORT = "en/accessibility.html"
OLD = {
    "index.html": b"the index of before",
    "de/low-back-pain.de.html": b"the page of before",
    "de/low-back-pain.de.pdf": b"the sheets of before",
    "de/accessibility.html": b"the report of before",
    ENGLISH: b"the page of before",
    REPORT: b"the report of before",
}

Plant = Callable[[Checkout], Any]


def change(file: str, old: str, new: str) -> Plant:
    return lambda checkout: checkout.edit(file, old, new)


def delete(file: str) -> Plant:
    return lambda checkout: (checkout.folder / file).unlink()


def untranslate(checkout: Checkout) -> None:
    text = (checkout.folder / CATALOG).read_text("utf-8")
    entry = text[text.index(ENTRY) :].split("\n\n")[0]
    checkout.edit(CATALOG, entry, re.sub(r"msgstr .*", 'msgstr ""', entry, flags=re.DOTALL))


FIGURES = f"{Path(LEAFLET).parent}/figures"
STYLE = "exporters/styles/html.css"
FAULTS: dict[
    str, tuple[Plant, str, Sequence[str]]
] = {  # what it is, the languages that it stops, how the findings begin
    "claim reference removed": (
        change(LEAFLET, "          claims: [E9]\n", ""),
        "en de",
        [rf"{LEAFLET}:\d+: error claim-without-id: exercise/what/", r"\S+claims\.yaml:\d+: error claim-unstated: E9"],
    ),
    "pair parted": (
        change(LEAFLET, "[L4, A9, A10]", "[L4, A9]"),
        "en de",
        [rf"{LEAFLET}:\d+: error pair-parted: key-messages/"],
    ),
    "figure changed": (change(LEAFLET, "1 out of 3", "2 out of 3"), "en de", [rf"{LEAFLET}:\d+: error figure-"]),
    "bad value": (
        change(LEAFLET, "certainty: SEEMS", "certainty: SURE"),
        "en de",
        [rf"{LEAFLET}:\d+: error yaml-value: .*certainty"],
    ),
    "broken YAML": (change(LEAFLET, "parts:", "parts: ["), "en de", [rf"{LEAFLET}:\d+: error yaml-broken"]),
    "letter that the font lacks": (
        change(LEAFLET, "title: Key messages", "title: 漢"),
        "en de",
        [rf"{LEAFLET}:\d+: error glyph-missing: .*U\+6F22"],
    ),
    "missing picture": (
        delete(f"{FIGURES}/massage.svg"),
        "en de",
        [rf"{LEAFLET}:\d+: error picture-missing: .*massage\.svg"],
    ),
    "word in a template": (
        change(TEMPLATE, "<h1>", "<h1>Leaflet:"),
        "en de",
        [rf"{TEMPLATE}:\d+: error template-word: “Leaflet”"],
    ),
    "word in a style sheet": (
        change(STYLE, "", 'p::after { content: "The end" }\n'),
        "en de",
        [f"{STYLE}:1: error template-word"],
    ),
    "font gone": (delete(BOLD), "en de", [f"{BOLD}: error font-missing"]),
    "message untranslated": (
        untranslate,
        "de",
        [rf"{CATALOG}:\d+: error message-untranslated: exercise/findings/recurrence"],
    ),
    "message fuzzy": (
        change(CATALOG, ENTRY, f"#, fuzzy\n{ENTRY}"),
        "de",
        [rf"{CATALOG}:\d+: error message-fuzzy: exercise/findings/recurrence"],
    ),
    "merge conflict": (
        change(CATALOG, ENTRY, f"<<<<<<< HEAD\n{ENTRY}"),
        "de",
        [rf"{CATALOG}:\d+: error catalog-broken: a merge conflict"],
    ),
    "broken catalog": (change(CATALOG, ENTRY, ENTRY[:-2] + "\n"), "de", [rf"{CATALOG}:\d+: error catalog-broken"]),
    "catalog gone": (delete(CATALOG), "de", [f"{CATALOG}: error catalog-missing"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_fault_stops_its_language_and_names_the_place(checkout: Checkout, fault: str) -> None:
    plant, stopped, findings = FAULTS[fault]
    publish(OLD, checkout.folder / "leaflets")
    plant(checkout)
    done = checkout.lbp("export", "--format", "html")
    for finding in findings:
        assert re.search(rf"^{finding}.*\n    \w", done.stderr, re.MULTILINE), done.stderr
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    fresh = {} if "en" in stopped else {name: checkout.published()[name] for name in (ENGLISH, REPORT)}
    assert checkout.published() == OLD | fresh
    assert all(data.startswith(b"<!DOCTYPE html>") for data in fresh.values())


@pytest.mark.slow
def test_what_weasyprint_only_logs_stops_all_formats(checkout: Checkout) -> None:
    publish(OLD, checkout.folder / "leaflets")
    checkout.edit("exporters/styles/print.css", "", "p { frobnicate: 1 }\n")
    done = checkout.lbp("export", "--locale", "en", "--format", "html", "pdf")
    assert "low-back-pain.en.pdf: error pdf-warning: WeasyPrint: Ignored `frobnicate: 1" in done.stderr
    assert (done.returncode, checkout.published()) == (1, OLD)


@pytest.mark.slow
def test_folder_that_may_not_be_written_to_stays_as_it_is(checkout: Checkout) -> None:
    out = checkout.folder / "leaflets"
    publish(OLD, out)
    out.chmod(0o555)
    done = checkout.lbp("export", "--locale", "en", "--format", "html", before=as_anybody())
    assert done.stderr.startswith("leaflets/.staging: error file-system: Permission denied\n    Check that")
    assert (done.returncode, done.stdout, checkout.published()) == (1, "", OLD)


def as_anybody() -> Sequence[str]:
    """What makes root respect permissions."""
    if os.getuid():
        return ()
    powers = "-dac_override,-dac_read_search"
    return (needs("setpriv"), f"--bounding-set={powers}", f"--inh-caps={powers}")


@pytest.mark.slow
def test_disk_that_is_full_leaves_what_was_there(checkout: Checkout) -> None:
    publish(OLD, checkout.folder / "leaflets")
    no_room = ("sh", "-c", 'ulimit -f 20; exec "$@"', "sh")
    done = checkout.lbp("export", "--locale", "en", "--format", "html", before=no_room, PYTHONDONTWRITEBYTECODE="1")
    assert "error file-system: File too large\n" in done.stderr
    assert (done.returncode, checkout.published()) == (1, OLD)


SIGNAL = """
import itertools, os, signal, sys
renames = itertools.count(1)

def watch(event, arguments):
    if event == "os.rename" and ".staging" in str(arguments[0]) and next(renames) == int(os.environ["AT"]):
        os.kill(os.getpid(), getattr(signal, os.environ["SIGNAL"]))

sys.addaudithook(watch)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("at", "signal", "code", "new"),
    [("1", "SIGKILL", -9, False), ("2", "SIGKILL", -9, True), ("1", "SIGINT", 130, False), ("2", "SIGINT", 130, False)],
)
def test_export_that_is_killed_or_stopped_is_settled_by_the_next(
    checkout: Checkout, at: str, signal: str, code: int, new: bool
) -> None:
    """The first rename puts the journal in place, the second the page."""
    publish(OLD, checkout.folder / "leaflets")
    (checkout.folder / "sitecustomize.py").write_text(SIGNAL)
    done = checkout.lbp("export", "--locale", "en", "--format", "html", AT=at, SIGNAL=signal)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert checkout.published().items() >= OLD.items()
    assert checkout.lbp("export", "--locale", "fr", AT="0", SIGNAL=signal).returncode == 1
    assert (checkout.published()[ENGLISH] != OLD[ENGLISH]) is new
    assert checkout.published().keys() == OLD.keys()


# what build does with what exporters and gates give it


def page(edition: Edition) -> bytes:
    return f"page in {edition.lang}".encode()


def no_page(edition: Edition) -> bytes:
    raise ContentError([problem(edition.slug)])


def crash(edition: Edition) -> bytes:
    raise RuntimeError(f"a fault of ours in {edition.lang}")


def crash_in_german(edition: Edition) -> bytes:
    return crash(edition) if edition.lang == "de" else page(edition)


def passes(_data: bytes, _edition: Edition, _name: str) -> Sequence[Finding]:
    return ()


def fails(_data: bytes, _edition: Edition, name: str) -> Sequence[Finding]:
    return (problem(name),)


def warns(_data: bytes, _edition: Edition, name: str) -> Sequence[Finding]:
    return (replace(problem(name), severity="warning"),)


def problem(name: str) -> Finding:
    return Finding("wrong", "is wrong", "Mend it.", Location(name))


@pytest.fixture
def formats(monkeypatch: pytest.MonkeyPatch, english: Edition, german: Edition) -> Callable[..., None]:
    """Put (exporter, gate) pairs of this file in the place of the formats, and editions that pass the checks."""

    def use(**rows: tuple[str, str]) -> None:
        table = {
            name: build.Format(f"test_build:{export}", f"test_build:{gate}", name)
            for name, (export, gate) in rows.items()
        }
        monkeypatch.setattr(build, "FORMATS", table)

    editions = {"en": english, "de": german}
    monkeypatch.setattr(build, "prepare", lambda _content, locale: (editions.get(locale), ()))
    return use


def built(content: Content, *names: str) -> build.Result:
    return build.build(content, "de", names, lambda _name: None)


def test_files_that_pass_are_named_after_topic_and_locale(content: Content, formats: Callable[..., None]) -> None:
    formats(html=("page", "passes"), pdf=("page", "warns"))
    result = built(content, "html", "pdf")
    files = {name: data for name, data in result.files.items() if name != "de/accessibility.html"}
    assert files == {"de/low-back-pain.de.html": b"page in de", "de/low-back-pain.de.pdf": b"page in de"}
    assert [finding.severity for finding in result.findings] == ["warning"]


def test_file_that_fails_withholds_its_whole_locale(content: Content, formats: Callable[..., None]) -> None:
    formats(html=("page", "passes"), pdf=("no_page", "passes"), epub=("page", "fails"))
    result = built(content, "html", "pdf", "epub")
    assert result.files == {}
    assert [finding.where.file for finding in result.findings] == ["low-back-pain.de", "low-back-pain.de.epub"]


def test_crash_of_ours_is_not_swallowed(tmp_path: Path, formats: Callable[..., None]) -> None:
    formats(html=("page", "passes"), pdf=("crash_in_german", "passes"))
    with pytest.raises(RuntimeError, match="a fault of ours in de"):
        cli.main(["export", "--locale", "en", "de", "--out", str(tmp_path)])
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.*")) == [
        "en/accessibility.html",
        "en/low-back-pain.en.html",
        "en/low-back-pain.en.pdf",
    ]


@pytest.mark.parametrize("name", ["html", "epub", "pdf"])
@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"no such thing", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"])
def test_any_bytes_are_validated_without_a_crash(english: Edition, name: str, data: bytes) -> None:
    assert errors(build.validate(data, english, name))


# the page that leads to the files


def test_index_leads_to_the_files_that_are_there(
    content: Content, tmp_path: Path, english: Edition, german: Edition
) -> None:
    publish({"en/low-back-pain.en.html": b"", "de/low-back-pain.de.pdf": b"", "de/notes.txt": b""}, tmp_path)
    result = build.publish_index(content, tmp_path, {"en": english, "de": german})
    links = set(re.findall(r'href="([^"]*)"', (tmp_path / "index.html").read_text("utf-8")))
    assert (result.findings, links) == ((), {"en/low-back-pain.en.html", "de/low-back-pain.de.pdf"})


def test_index_without_files_is_not_written(content: Content, tmp_path: Path, english: Edition) -> None:
    assert build.publish_index(content, tmp_path, {"en": english}).files == {}
    assert list(tmp_path.iterdir()) == []


def test_index_stays_when_one_of_its_editions_has_errors(content: Content, tmp_path: Path, english: Edition) -> None:
    publish({"index.html": b"old", ENGLISH: b"", "de/low-back-pain.de.pdf": b""}, tmp_path)
    found = build.publish_index(content, tmp_path, {"en": english, "de": None}).findings
    assert [(one.code, one.severity, "for de," in one.message) for one in found] == [("index-kept", "warning", True)]
    assert (tmp_path / "index.html").read_bytes() == b"old"


def test_index_that_fails_its_gate_is_withheld(
    content: Content, tmp_path: Path, english: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exporters.html.index", lambda *_: b"<html lang='en-GB'><p>Hello")
    publish({ENGLISH: b""}, tmp_path)
    assert errors(build.publish_index(content, tmp_path, {"en": english}).findings)
    assert not (tmp_path / "index.html").exists()
