"""The command line: what it takes, what it says, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Checkout

from exporters import __version__, build, cli
from lbp_content.finding import Finding, Location

HEAVY = {"pydantic", "yaml", "jinja2", "weasyprint", "babel", "lxml", "pikepdf", "polib", "fontTools", "textstat"}


def call(*arguments: str) -> int:
    """The exit code, whoever decides it."""
    try:
        return cli.main(arguments)
    except SystemExit as end:
        return int(end.code or 0)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["export", "--frobnicate"],
        ["export", "--format", "docx"],
        ["export", "--format", "html", "docx"],
        ["export", "--format"],
        ["export", "--locale"],
        ["export", "--locale", "xx"],
        ["export", "--locale", "de", "xx"],
        ["export", "--locale", "../de"],
        ["export", "--locale", "DE"],
        ["export", "--locale", "de_DE"],
        ["check", "--locale", ""],
        ["update", "--locale", "klingon"],
        ["validate"],
        ["validate", "README.md"],
        ["validate", "low-back-pain.de.mobi"],
        ["validate", "nowhere/low-back-pain.de.html"],
        ["validate", "nowhere/low-back-pain.xx.html"],
    ],
)
def test_wrong_call_is_two_and_writes_nothing(
    arguments: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(*arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "lbp" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["export", "--help"]])
def test_help_and_version_load_nothing_heavy(arguments: Sequence[str]) -> None:
    script = "import sys; from exporters import cli\ntry: cli.main(sys.argv[1:])\nfinally: print('\\n', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split("\n")[-2].split())


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--version") == 0
    assert capsys.readouterr().out == f"lbp {__version__}\n"


def test_options_take_lists_and_may_be_given_again() -> None:
    options = cli.parser().parse_args(
        ["export", "--locale", "de", "en", "--format", "html", "--locale", "nl", "--format", "pdf", "epub"]
    )
    assert options.locale == ["de", "en", "nl"]
    assert options.format == ["html", "pdf", "epub"]


def test_each_locale_is_done_once_in_the_order_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(build, "prepare", lambda _content, locale: (asked.append(locale), (None, ()))[1])
    call("check", "--locale", "pt-BR", "de", "--locale", "pt-BR", "en")
    assert asked == ["pt-BR", "de", "en"]


def test_language_without_a_catalog_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("export", "--locale", "nl", "--out", str(tmp_path / "out")) == 1
    said = capsys.readouterr().err
    assert "locales/nl/LC_MESSAGES/lbp.po: error catalog-missing: " in said
    assert "Run `lbp update`" in said
    assert not (tmp_path / "out").exists()


# how it speaks


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files made at once, without content."""

    def built(_content: object, locale: str, formats: Sequence[str], step: object) -> build.Result:
        step(f"{locale}/page.html")  # type: ignore[operator]
        return build.Result(locale, {f"{locale}/page.{name}": b"page" for name in formats}, ())

    monkeypatch.setattr(build, "build", built)
    monkeypatch.setattr(build, "publish_index", lambda *_: build.Result("", {}, ()))


@pytest.mark.usefixtures("pages")
def test_export_says_a_line_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("export", "--locale", "de", "--format", "html", "pdf", "html", "--out", str(tmp_path)) == 0
    assert capsys.readouterr().out == f"{tmp_path}/de/page.html\n{tmp_path}/de/page.pdf\n"


@pytest.mark.usefixtures("pages")
def test_export_shows_its_progress_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert call("export", "--locale", "de", "--format", "html", "--out", str(tmp_path)) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("\r\033[Kde/page.html …\r\033[K")
    assert shown.rstrip("\r\033[K").endswith(f"{tmp_path}/de/page.html\n")


def test_finding_that_two_languages_share_is_told_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    same = Finding("wrong", "is wrong", "Mend it.", Location("leaflet.yaml", 3))
    monkeypatch.setattr(build, "prepare", lambda *_: (None, (same,)))
    assert call("check", "--locale", "en", "de") == 1
    said = capsys.readouterr()
    assert said.err == "leaflet.yaml:3: error wrong: is wrong\n    Mend it.\n"
    assert said.out == "en: errors, 1 findings\nde: errors, 1 findings\n"


def test_warnings_are_shown_and_are_no_errors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warning = Finding("odd", "is odd", "Look at it.", Location("leaflet.yaml", 3), "warning")
    monkeypatch.setattr(build, "prepare", lambda *_: (object(), (warning,)))
    assert call("check", "--locale", "en") == 0
    assert "warning odd" in capsys.readouterr().err


def test_ctrl_c_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "prepare", stopped)
    assert call("check") == 130
    assert capsys.readouterr().err == "lbp: stopped; what was published before is whole\n"


# where it speaks


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--locale", "nl"]])
@pytest.mark.parametrize("both", [False, True])
def test_pipe_that_is_closed_ends_quietly(checkout: Checkout, arguments: Sequence[str], both: bool) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = checkout.lbp(*arguments, stdout=writer, stderr=writer if both else subprocess.PIPE)
    os.close(writer)
    assert done.returncode == 141
    assert "Traceback" not in (done.stderr or "")
    assert "Exception" not in (done.stderr or "")


def test_output_that_is_full_is_a_finding(checkout: Checkout) -> None:
    with Path("/dev/full").open("w") as full:
        done = checkout.lbp("--version", stdout=full)
    assert done.stderr.startswith("standard output: error file-system: No space left on device\n")
    assert (done.returncode, "Exception" in done.stderr) == (1, False)


def test_output_may_be_closed(checkout: Checkout) -> None:
    done = checkout.lbp("check", "--locale", "nl", before=("sh", "-c", 'exec "$@" >&-', "sh"))
    assert (done.returncode, "catalog-missing" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


@pytest.mark.usefixtures("pages")
def test_folder_may_have_any_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"bl\xe4tter mit Leerzeichen")
    assert call("export", "--locale", "de", "--format", "html", "--out", str(tmp_path / name)) == 0
    assert capsys.readouterr().out == f"{tmp_path}/bl\\udce4tter mit Leerzeichen/de/page.html\n"
    assert (tmp_path / name / "de/page.html").read_bytes() == b"page"


@pytest.mark.usefixtures("pages")
def test_folder_that_is_a_file_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    assert call("export", "--locale", "de", "--out", str(tmp_path / "out")) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}/out: error file-system: File exists\n    Check that")
    assert (tmp_path / "out").read_bytes() == b"mine"


# catalogs and finished files


@pytest.mark.slow
def test_catalog_of_a_new_language_is_written_and_a_second_time_the_same(checkout: Checkout) -> None:
    catalog = checkout.folder / "locales/nl/LC_MESSAGES/lbp.po"
    for command in (("extract",), ("update", "--locale", "nl", "de")):
        assert checkout.lbp(*command).returncode == 0
    written = [(file, file.read_bytes()) for file in sorted((checkout.folder / "locales").rglob("lbp.po*"))]
    assert catalog in dict(written)
    for command in (("extract",), ("update", "--locale", "nl", "de")):
        assert checkout.lbp(*command).returncode == 0
    assert [(file, file.read_bytes()) for file in sorted((checkout.folder / "locales").rglob("lbp.po*"))] == written
    assert not (checkout.folder / "locales/.staging").exists()


def test_installed_package_is_not_written_to(checkout: Checkout) -> None:
    (checkout.folder / "pyproject.toml").unlink()
    for command in ("extract", "update"):
        done = checkout.lbp(command)
        assert done.returncode == 2
        assert "Run it in a checkout of the project" in done.stderr


@pytest.mark.parametrize("command", [("update", "--locale", "de"), ("check", "--locale", "de")])
def test_catalog_that_can_not_be_read_is_a_finding(checkout: Checkout, command: Sequence[str]) -> None:
    catalog = checkout.folder / "locales/de/LC_MESSAGES/lbp.po"
    catalog.unlink()
    catalog.mkdir()
    done = checkout.lbp(*command)
    assert done.stderr.startswith("locales/de/LC_MESSAGES/lbp.po: error ")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


@pytest.mark.slow
def test_file_that_was_edited_by_hand_fails(checkout: Checkout) -> None:
    name = "leaflets/en/low-back-pain.en.html"
    assert checkout.lbp("export", "--locale", "en", "--format", "html").returncode == 0
    done = checkout.lbp("validate", name)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{name}: no errors\n", "")
    checkout.edit(name, "Key messages", "Wonderful news")
    done = checkout.lbp("validate", name)
    assert (done.returncode, done.stdout) == (1, f"{name}: errors\n")
    assert "error word-unknown: “wonderful”" in done.stderr
