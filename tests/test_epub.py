"""The e-book: what is in it, what it says of itself, and that the same leaflet gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import pytest
from lxml import etree
from PIL import Image

from exporters import cover, fonts, markup
from exporters.epub import epub, identifier
from exporters.validate import document, styles
from exporters.validate.epub import validate
from lbp_content.translate import Edition

BRACKETS = re.compile(r"\[[^][]*\]")
EDITIONS = ["english", "german", "pseudo", "arabic"]


@pytest.fixture(scope="session")
def book(english: Edition) -> bytes:
    return epub(english)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def pages(files: Mapping[str, bytes]) -> dict[str, etree._Element]:
    return {name: document.xml(data) for name, data in files.items() if name.endswith(".xhtml")}


def values(files: Mapping[str, bytes], name: str) -> list[str]:
    package = document.xml(files["EPUB/package.opf"])
    return [one.text or "" for one in package.iter() if name in (one.tag, one.get("property"))]


@pytest.mark.parametrize("name", EDITIONS)
def test_the_gate_passes_every_edition(name: str, request: pytest.FixtureRequest) -> None:
    edition = request.getfixturevalue(name)
    assert validate(epub(edition), edition, "book.epub") == ()


def test_same_leaflet_gives_same_bytes(english: Edition, book: bytes) -> None:
    for cached in (markup.environment, fonts.woff2, fonts.letters):
        cached.cache_clear()
    assert epub(replace(english)) == book


def test_no_file_tells_when_and_where_it_was_made(book: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        made = {(entry.date_time, entry.create_system, entry.external_attr) for entry in archive.infolist()}
    assert made == {((1980, 1, 1, 0, 0, 0), 3, 0o644 << 16)}


def test_mimetype_is_first_and_lies_open(book: bytes) -> None:
    assert book[30:58] == b"mimetypeapplication/epub+zip"


def test_each_locale_and_version_has_an_identifier_of_its_own(english: Edition, german: Edition) -> None:
    newer = replace(english, leaflet=english.leaflet.model_copy(update={"version": "9.9"}))
    assert len({identifier(one) for one in (english, german, newer)}) == 3
    assert identifier(english) == identifier(replace(english, draft=True))


def test_no_word_is_outside_of_the_pseudo_locale(pseudo: Edition) -> None:
    for name, page in pages(unpacked(epub(pseudo))).items():
        for words in ["".join(map(str, page.itertext())), *document.unseen(page)]:
            assert not re.search(r"[^\W\d_]", BRACKETS.sub("", words)), name


def test_no_word_of_the_metadata_is_outside_of_the_pseudo_locale(pseudo: Edition) -> None:
    files = unpacked(epub(pseudo))
    for name in ("title", "description", "publisher", "subject", "dcterms:audience", "schema:accessibilitySummary"):
        assert values(files, name)
        assert all(BRACKETS.fullmatch(value) for value in values(files, name)), name


@pytest.mark.parametrize("draft", [False, True])
def test_every_page_says_its_state(english: Edition, draft: bool) -> None:
    edition = replace(english, draft=draft)
    for name, page in pages(unpacked(epub(edition))).items():
        said = " ".join(map(str, page.itertext()))
        assert edition.label("state/not-reviewed") in said, name
        assert (edition.label("state/draft") in said) is draft, name


def test_no_warning_hides_in_an_aside(book: bytes) -> None:
    assert not any(page.find(".//aside") is not None for page in pages(unpacked(book)).values())


def test_book_of_a_right_to_left_locale_turns_its_pages_so(arabic: Edition) -> None:
    files = unpacked(epub(arabic))
    package = document.xml(files["EPUB/package.opf"])
    assert package.get("dir") == "rtl"
    assert [spine.get("page-progression-direction") for spine in package.iter("spine")] == ["rtl"]
    assert {(page.get("lang"), page.get("dir")) for page in pages(files).values()} == {("ar", "rtl")}


def test_cover_contents_then_every_chapter(english: Edition, book: bytes) -> None:
    package = document.xml(unpacked(book)["EPUB/package.opf"])
    chapters = [f"text-{part.id}.xhtml" for part in english.leaflet.parts]
    assert [one.get("idref") for one in package.iter("itemref")] == ["cover.xhtml", "nav.xhtml", *chapters]


def test_cover_says_the_title_and_what_is_drawn(english: Edition, book: bytes) -> None:
    image = next(pages(unpacked(book))["EPUB/cover.xhtml"].iter("img"))
    assert image.get("alt") == f"{english.leaflet.title.text}. {english.leaflet.cover.alt.text}"
    assert image.get("role") == "doc-cover"


def test_cover_is_a_picture_that_shops_take(book: bytes) -> None:
    with Image.open(io.BytesIO(unpacked(book)["EPUB/cover.jpg"])) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1600, 2560))
        assert image.getpixel((20, 20)) == pytest.approx((0xFB, 0xF6, 0xEC), abs=3)


@pytest.mark.parametrize("title", ["Pain", "Bewegung und Physiotherapie bei chronischen Kreuzschmerzen", "Word " * 30])
def test_every_line_of_the_title_fits_the_cover(title: str) -> None:
    size = cover.title_size(title)
    lines = list(cover._lines(title, size))
    assert " ".join(lines) == title.strip()
    assert all(cover._width(line, size) <= cover.TEXT for line in lines)
    assert len(lines) * size * cover.LEADING <= cover.ROOM


def test_fonts_are_whole_and_bring_their_licence(book: bytes) -> None:
    files = unpacked(book)
    assert b"SIL OPEN FONT LICENSE" in files["EPUB/fonts/OFL.txt"].upper()
    assert [name for name in files if name.endswith(".woff2") and files[name][:4] == b"wOF2"]
    assert len([name for name in files if name.endswith(".woff2")]) == len(fonts.FACES)


def test_claims_rest_on_what_is_in_the_book(book: bytes) -> None:
    files = unpacked(book)
    assert values(files, "schema:accessibilityFeature") == [
        "structuralNavigation", "tableOfContents", "readingOrder", "alternativeText", "longDescription",
        "displayTransformability",
    ]  # fmt: skip
    assert values(files, "schema:accessibilityHazard") == ["none"]
    assert values(files, "schema:accessModeSufficient") == ["textual"]


def test_nobody_is_said_to_have_evaluated_the_book(book: bytes) -> None:
    package = unpacked(book)["EPUB/package.opf"].decode()
    assert "conformsTo" not in package
    assert "certif" not in package
    assert "WCAG" not in package


def test_a_book_without_names_for_its_pictures_does_not_claim_them(
    english: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    unnamed = markup.environment().filters | {"picture": lambda *_: markup.Markup("<svg></svg>")}
    monkeypatch.setattr(markup.environment(), "filters", unnamed)
    files = unpacked(epub(english))
    assert "alternativeText" not in values(files, "schema:accessibilityFeature")
    assert values(files, "schema:accessModeSufficient") == []


def test_style_sheet_leaves_the_reader_in_charge(book: bytes) -> None:
    sheet = unpacked(book)["EPUB/style.css"].decode()
    assert list(styles.problems(sheet)) == []
    assert not styles.reordered(sheet)


def test_no_text_vanishes_at_night(book: bytes) -> None:
    """A colour of text has a ground of its own that is an image, which night modes keep."""
    coloured = [
        declared for _, declared in styles.rules(unpacked(book)["EPUB/style.css"].decode()) if "color" in declared
    ]
    alone = [declared for declared in coloured if declared["color"] != "inherit" and "background-image" not in declared]
    assert alone == []


def test_drawings_and_symbols_bring_their_own_light_ground(book: bytes) -> None:
    sheet = unpacked(book)["EPUB/style.css"].decode()
    grounds = [
        selector for selector, declared in styles.rules(sheet) if "#ffffff" in declared.get("background-image", "")
    ]
    assert ".margin svg, .picture svg" in grounds
    assert len([selector for selector in grounds if selector.startswith(".symbol-")]) == 9
