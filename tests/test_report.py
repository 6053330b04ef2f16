"""The accessibility report: true of each file, complete, in its own language, and as accessible as the rest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import lacking
from lxml import html as parser

from exporters import build, cli
from exporters.epub import epub
from exporters.html import html
from exporters.pdf import pdf
from exporters.report import File, checks, report, sheet, standards, verdicts_page
from exporters.validate import document, judges, rules, text
from exporters.validate.report import validate, validate_verdicts
from lbp_content.finding import Finding, Location
from lbp_content.load import Content
from lbp_content.translate import Edition

NAME = "accessibility.html"


def files_of(edition: Edition, *findings: Finding) -> list[File]:
    made = (("html", html), ("epub", epub), ("pdf", pdf))
    return [File(name, build.file_name(edition, name), export(edition), findings) for name, export in made]


@pytest.fixture(scope="session")
def files(english: Edition) -> list[File]:
    return files_of(english)


@pytest.fixture(scope="session")
def page(english: Edition, files: Sequence[File]) -> str:
    return report(english, files).decode()


def codes(page: str, edition: Edition, files: Sequence[File]) -> set[str]:
    return {finding.code for finding in validate(page.encode(), edition, files, NAME)}


def fault(code: str) -> Finding:
    return Finding(code, "is wrong", "Mend it.", Location("leaflet"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["english", "german", "arabic"])
def test_the_gate_passes_the_report_of_every_edition(name: str, request: pytest.FixtureRequest) -> None:
    edition = request.getfixturevalue(name)
    files = files_of(edition)
    assert validate(report(edition, files), edition, files, NAME) == ()


def test_same_files_give_same_bytes(english: Edition, files: list[File], page: str) -> None:
    assert report(replace(english), list(files)).decode() == page


def test_report_names_the_files_of_this_export_only(english: Edition, files: list[File]) -> None:
    page = report(english, files[1:2]).decode()
    assert codes(page, english, files[1:2]) == set()
    assert files[1].name in page
    assert not any(file.name in page for file in (files[0], files[2]))
    assert "Matterhorn" not in page


def test_every_file_has_its_checksum(page: str, files: list[File]) -> None:
    for file in files:
        assert hashlib.sha256(file.data).hexdigest() in page


def test_every_rule_says_its_numbers_and_passed(page: str, files: list[File]) -> None:
    headings = next(one for one in sheet(files[2]).verdicts if one.id == "headings")
    assert headings.numbers == (("WCAG", ("1.3.1",)), ("Matterhorn", ("14-002", "14-003")))
    assert page.count(">passed<") == sum(len(list(rules.tried_on(file.format))) for file in files)


def test_rule_that_failed_does_not_pass(files: list[File]) -> None:
    failed = [one.id for one in sheet(files[2]._replace(findings=(fault("alt-missing"),))).verdicts if not one.passed]
    assert failed == ["pictures"]


def test_claim_whose_rule_failed_does_not_hold(files: list[File]) -> None:
    proofs = sheet(files[1]._replace(findings=(fault("heading-skipped"),))).proofs
    assert [one.claim.value for one in proofs if not one.holds] == ["structuralNavigation"]
    proofs = sheet(files[2]._replace(findings=(fault("heading-skipped"),))).proofs
    assert [(one.claim.property, one.holds) for one in proofs] == [("pdfuaid:part", False)]


def test_checks_of_people_are_those_of_the_files() -> None:
    assert {one.id for one in checks(["html"])} & {"keyboard", "reader", "hidden"} == {"keyboard"}
    assert {one.id for one in checks(["pdf"])} & {"keyboard", "reader", "hidden"} == {"hidden"}
    assert 10 <= len(checks(["html", "epub", "pdf"])) <= 20
    assert [one.id for one in standards(["pdf-ua2"])] == ["wcag", "ua2"]


def test_report_says_what_no_machine_proves_and_that_nobody_evaluated(page: str, german: Edition) -> None:
    assert "Checked by machine, not yet evaluated by a person." in page
    assert "A machine can see that a picture has an alternative text." in page
    assert page.count("<strong>Open</strong>") == len(checks(["html", "epub", "pdf"]))
    assert "noch von keinem Menschen bewertet" in report(german, []).decode()


def test_no_word_is_outside_of_the_pseudo_locale(pseudo: Edition) -> None:
    root = parser.document_fromstring(report(pseudo, [File("pdf", "a.pdf", b"", ())]).decode())
    for name in root.iter("style", "code", "th"):  # names of files and properties
        if name.tag != "th" or name.get("scope") == "row":
            name.text = ""
    said = " ".join([*root.xpath("//body//text()"), *document.unseen(root)])
    known = {"a", "pdf", "SHA", *re.findall(r"\w+", " ".join(f"{o.name} {o.title}" for o in rules.table().standards))}
    outside = re.findall(r"[^\W\d_]+", re.sub(r"\[[^][]*\]", "", said))
    assert set(outside) <= known


def test_no_leaflet_may_say_a_word_of_the_report(english: Edition) -> None:
    assert {"matterhorn", "checksum", "landmarks", "keyboard"}.isdisjoint(text.vocabulary(english))
    assert not any(message.id.startswith("report/") for message in text.body(english))


HASH = r"<code>[0-9a-f]{64}</code>"
ROW = r"<tr><th scope=\"row\">Every picture has.*?</tr>"
FAULTS = [  # a pattern, what comes in its place, and the code that names it
    ('lang="en-GB"', 'lang="de"', "lang-wrong"),
    ('dir="ltr"', "", "dir-wrong"),
    ("<p class=\"subtitle\"", '<p lang="en-GB" class="subtitle"', "lang-needless"),
    ("<title>Accessibility report", "<title>Report", "title-wrong"),
    ("<main ", "<div ", "landmark-missing"),
    ("<h3>", "<h4>", "heading-skipped"),
    ("<h1>", "<h1>Open</h1><h1>", "heading-first"),
    ('id="files-title"', 'id="limits-title"', "id-twice"),
    ('id="files-title"', 'id="another"', "name-broken"),
    ('href="#files"', 'href="#gone"', "link-broken"),
    ('href="low-back-pain.en.pdf"', 'href="low-back-pain.fr.pdf"', "link-broken"),
    (">Skip to the text<", "><", "link-empty"),
    ("<main ", '<img src="data:,"><main ', "alt-missing"),
    ("<main ", "<script></script><main ", "request"),
    ("</style>", " </style>", "csp-broken"),
    ("default-src 'none'", "default-src *", "csp-missing"),
    ("Rules tried on this file, and their verdicts", "", "table-caption"),
    ('<th scope="col">Verdict', "<th>Verdict", "table-scope"),
    ("thead>", "tbody>", "table-header"),
    ("Not yet reviewed by a clinician", "", "state-missing"),
    (HASH, f"<code>{'0' * 64}</code>", "file-missing"),
    (HASH, f"<code>{'0' * 64}</code>", "table-wrong"),
    (ROW, "", "table-wrong"),
    ("<td>passed</td>", "<td>not passed</td>", "table-wrong"),
    ("Is the reading order sensible", "Is it sensible", "message-lost"),
    ("<strong>Open</strong>", "<strong>passed</strong>", "message-lost"),
    ("Checked by machine, not yet evaluated by a person.", "", "message-lost"),
    ("A machine can see that a picture has an alternative text.", "", "message-lost"),
    ("<main ", "<p>Conforms to WCAG</p><main ", "word-unknown"),
    ('aria-labelledby="people-title"', 'aria-label="Menschen"', "word-unknown"),
    ("</style>", ".small { color: #cccccc }</style>", "contrast-low"),
    ("</style>", ".small { color: #123456 }</style>", "colour-unlisted"),
    ("</style>", "p:is(:hover) { color: #cccccc }</style>", "css-unread"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), FAULTS)
def test_fault_in_the_report_is_found(
    page: str, english: Edition, files: list[File], old: str, new: str, code: str
) -> None:
    planted = re.sub(old, new, page, flags=re.DOTALL)
    assert planted != page
    assert code in codes(planted, english, files)


def test_verdict_that_hides_a_fault_is_found(page: str, english: Edition, files: list[File]) -> None:
    failed = [files[0]._replace(findings=(fault("link-broken"),)), *files[1:]]
    assert codes(page, english, failed) == {"table-wrong"}


def test_report_on_another_file_is_found(page: str, english: Edition, files: list[File]) -> None:
    edited = [*files[:2], files[2]._replace(data=files[2].data + b"\n")]
    assert {"file-missing", "table-wrong"} <= codes(page, english, edited)


def test_bytes_that_are_no_page_are_found(english: Edition) -> None:
    assert [one.code for one in validate(b"\xff", english, [], NAME)] == ["html-broken"]


@pytest.mark.slow
def test_edited_file_beside_its_report_is_found(content: Content, english: Edition, tmp_path: Path) -> None:
    from exporters.validate.gates import gates

    folder = tmp_path / "en"
    folder.mkdir()
    made = files_of(english)
    (folder / NAME).write_bytes(report(english, made))
    for file in made:
        (folder / file.name).write_bytes(file.data)
    assert gates(content, [folder / NAME]) == {folder / NAME: ()}
    (folder / made[0].name).write_bytes(made[0].data + b"\n")
    assert {"file-missing"} <= {finding.code for finding in gates(content, [folder / NAME])[folder / NAME]}


@pytest.mark.slow
def test_no_judge_finds_anything_in_the_report(english: Edition, german: Edition, tmp_path: Path) -> None:
    for edition in (english, german):
        folder = tmp_path / edition.locale
        folder.mkdir()
        made = files_of(edition)
        (folder / NAME).write_bytes(report(edition, made))
    found = judges.judge(judges.files_in([tmp_path]), {}, [one for one in judges.JUDGES if one.ending == ".html"])
    for column in found.columns:
        if column.missing and column.needed:
            lacking(f"{column.name}: {column.missing}")
    assert "\n".join(map(str, found.findings())) == ""


# the verdicts of judges, in the same form


VERDICTS = {
    "files": {
        "0" * 64: {
            "name": "low-back-pain.en.epub",
            "judges": [
                {"judge": "EPUBCheck", "version": "5.3.0", "verdict": "passed", "findings": []},
                {"judge": "Ace", "version": "1.4.6", "verdict": "failed", "findings": [{"message": "no <alt>"}]},
                {"judge": "calibre", "version": "", "verdict": "not run", "findings": []},
            ],
        },
        "1" * 64: {"name": "validation.html", "judges": []},
    }
}


@pytest.mark.parametrize("name", ["english", "german", "arabic"])
def test_verdicts_are_a_page_like_the_report(name: str, request: pytest.FixtureRequest) -> None:
    edition = request.getfixturevalue(name)
    page = verdicts_page(edition, VERDICTS)
    assert validate_verdicts(page, edition, "validation.html") == ()
    assert all(word in page.decode() for word in ("EPUBCheck 5.3.0", "no &lt;alt&gt;", "0" * 64))
    assert "1" * 64 not in page.decode()


def test_verdicts_are_passed_failed_or_not_run(english: Edition) -> None:
    rows = parser.document_fromstring(verdicts_page(english, VERDICTS).decode()).xpath("//tbody/tr")
    assert [document.cells(row) for row in rows] == [
        ["EPUBCheck 5.3.0", "passed", "nothing"],
        ["Ace 1.4.6", "not passed", "no <alt>"],
        ["calibre", "not run", "–"],
    ]


def test_what_a_judge_says_is_marked_as_english(german: Edition) -> None:
    assert '<ul lang="en">' in verdicts_page(german, VERDICTS).decode()


def test_command_writes_the_verdicts_beside_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(judges, "JUDGES", ())
    monkeypatch.setattr(judges.judge, "__defaults__", ((),))
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "notes.pdf").write_bytes(b"")
    assert cli.main(["validate", "--all", str(tmp_path), "--html"]) == 0
    assert f"{tmp_path}/en/validation.html" in capsys.readouterr().out
    assert (tmp_path / "en" / "validation.html").read_bytes().startswith(b"<!DOCTYPE html>")
