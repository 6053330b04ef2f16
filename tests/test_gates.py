"""The page on gates and planted faults is up to date, and true."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from exporters.epub import epub
from exporters.html import html
from exporters.validate.epub import validate as validate_epub
from exporters.validate.html import validate as validate_html
from lbp_content.translate import Edition

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "scripts"))
gates: Any = import_module("gates")
VALIDATE = {"epub": validate_epub, "html": validate_html}


@pytest.fixture(scope="session")
def good(english: Edition) -> dict[str, bytes]:
    return {"epub": epub(english), "html": html(english)}


def test_page_is_up_to_date() -> None:
    assert gates.PAGE.read_text("utf-8") == gates.page(), "run python scripts/gates.py"


def test_as_many_faults_are_planted_as_were_promised() -> None:
    counts = {name: sum(fault.format == name for fault in gates.faults()) for name in gates.TITLES}
    assert (counts["epub"] >= 50, counts["html"] >= 30, counts["pdf"] >= 30) == (True, True, True)


def test_no_fault_stands_twice() -> None:
    keys = [fault.key for fault in gates.faults()]
    assert sorted(key for key in keys if keys.count(key) > 1) == []


def test_judges_were_asked_about_every_fault_that_can_be_planted_in_a_text() -> None:
    seen = gates.json.loads(gates.SEEN.read_text("utf-8"))["seen"]
    asked = {fault.key for fault in gates.faults() if fault.format in gates.JUDGES and fault.old}
    assert asked == set(seen), "run python scripts/gates.py --judges"


@pytest.mark.parametrize("unseen", gates.UNSEEN, ids=lambda one: one.new[:40])
def test_what_nobody_sees_is_seen_by_no_gate(good: dict[str, bytes], english: Edition, unseen: Any) -> None:
    fault = gates.Fault(unseen.format, unseen.place, "", "", unseen.old, unseen.new)
    assert VALIDATE[unseen.format](gates.planted(good[unseen.format], fault), english, "leaflet") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<p>", "", "`<p>` taken out"),
        ("<p>", "<p>x", "`x` put in after `<p>`"),
        ("<p>", "x<p>", "`x` put in before `<p>`"),
        ("a|b", "c", r"`a\|b` becomes `c`"),
    ],
)
def test_fault_is_told_in_words(old: str, new: str, said: str) -> None:
    assert gates.changed(old, new) == said
