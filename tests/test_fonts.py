"""The fonts: from their package alone, whole, and with every letter of the text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from exporters import fonts
from lbp_content.finding import ContentError
from lbp_content.messages import map_text
from lbp_content.translate import Edition

REGULAR = fonts.FACES[0]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of fonts that a test may damage."""
    (tmp_path / "files").mkdir()
    for face in fonts.FACES:
        (tmp_path / "files" / f"{face.name}.ttf").write_bytes(fonts.file(face).read_bytes())
    monkeypatch.setattr(fonts, "folder", lambda: tmp_path)
    forget()
    yield tmp_path / "files"
    forget()


def forget() -> None:
    fonts.letters.cache_clear()
    fonts.woff2.cache_clear()


def test_every_letter_of_the_text_can_be_drawn(english: Edition, german: Edition) -> None:
    assert [*fonts.check(english), *fonts.check(german)] == []


@pytest.mark.parametrize("letter", ["漢", "ש", "🙂", "→"])
def test_letter_that_the_font_lacks_is_found(english: Edition, letter: str) -> None:
    title = english.leaflet.title
    leaflet = map_text(
        english.leaflet, lambda text: text.model_copy(update={"text": letter}) if text.id == title.id else text
    )
    found = list(fonts.check(replace(english, leaflet=leaflet)))
    assert [(finding.code, finding.where) for finding in found] == [("glyph-missing", title.where)]
    assert f"U+{ord(letter):04X}" in found[0].message


def test_font_that_is_gone_is_found(package: Path, english: Edition) -> None:
    (package / f"{REGULAR.name}.ttf").unlink()
    with pytest.raises(ContentError, match=rf"{REGULAR.name}\.ttf: error font-missing: .*\n.*pip install"):
        list(fonts.check(english))


@pytest.mark.parametrize("size", [0, 3, 300, 20_000])
def test_font_that_is_cut_off_is_found(package: Path, size: int) -> None:
    file = package / f"{REGULAR.name}.ttf"
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(ContentError, match=rf"{REGULAR.name}\.ttf: error font-broken"):
        fonts.woff2(REGULAR)


def test_package_that_is_gone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find_spec", lambda _name: None)
    with pytest.raises(ContentError, match="font-missing"):
        fonts.file(REGULAR)


def test_web_font_holds_the_whole_face_in_the_same_bytes_each_time() -> None:
    first = fonts.woff2(REGULAR)
    fonts.woff2.cache_clear()
    assert fonts.woff2(REGULAR) == first
    with TTFont(io.BytesIO(first)) as font:
        assert frozenset(font.getBestCmap()) == fonts.letters(REGULAR)


def test_licence_travels_with_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in fonts.licence()
