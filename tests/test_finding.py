"""What a person is told: severity, place, message and remedy, in one form."""

from __future__ import annotations

from pathlib import Path

import pytest

from lbp_content.finding import ContentError, Finding, Location, errors, relative

HERE = Location("/somewhere/lbp.po", 42)


def finding(code: str = "message-missing", **more: object) -> Finding:
    return Finding(code, "is not there", "Write it.", HERE, **more)  # type: ignore[arg-type]


def test_a_finding_names_place_severity_code_message_and_remedy() -> None:
    assert str(finding()) == "/somewhere/lbp.po:42: error message-missing: is not there\n    Write it."
    assert "warning message-missing" in str(finding(severity="warning"))


def test_a_file_as_a_whole_has_no_line() -> None:
    assert str(Location("/somewhere/lbp.po")) == "/somewhere/lbp.po"


def test_files_below_the_current_folder_are_named_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert str(Location(str(tmp_path / "locales" / "lbp.po"), 3)) == "locales/lbp.po:3"
    assert relative("locales/lbp.po") == "locales/lbp.po"
    assert relative("/elsewhere/lbp.po") == "/elsewhere/lbp.po"


def test_a_current_folder_that_is_gone_does_not_hide_the_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert relative("/elsewhere/lbp.po") == "/elsewhere/lbp.po"
    assert str(Location("/elsewhere/lbp.po", 1)) == "/elsewhere/lbp.po:1"


def test_only_errors_stop_a_file() -> None:
    warning = finding(severity="warning")
    assert errors([warning, finding(), warning]) == (finding(),)


def test_a_content_error_tells_every_finding_once() -> None:
    error = ContentError(iter([finding("one"), finding("two")]))
    assert [one.code for one in error.findings] == ["one", "two"]
    assert str(error) == f"{finding('one')}\n{finding('two')}"


def test_findings_are_values() -> None:
    assert finding() == finding()
    assert len({finding(), finding(), finding("other")}) == 2
