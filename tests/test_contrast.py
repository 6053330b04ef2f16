"""Colours on their grounds: the formula, the closed list, and faults planted in finished files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from lxml import html as parser

from exporters.epub import epub
from exporters.html import html
from exporters.pdf import pdf
from exporters.validate import colours, contrast, painted
from exporters.validate.colours import LIST, Colour, Paint, closed_list, faults, flattened, grey
from exporters.validate.epub import validate as validate_epub
from exporters.validate.html import validate as validate_html
from exporters.validate.pdf import validate as validate_pdf
from lbp_content.finding import Finding
from lbp_content.translate import Edition

EDITIONS = ["english", "german", "pseudo", "arabic"]
OURS = {"colour-unlisted", "contrast-low", "shape-missing", "css-unread"}
CSS, NAV, CHAPTER = "EPUB/style.css", "EPUB/nav.xhtml", "EPUB/text/acupuncture.xhtml"
PETROL, SAND, TERRACOTTA = "0.043137 0.333333 0.388235", "0.984314 0.964706 0.92549", "0.65098 0.239216 0.121569"


@pytest.fixture(scope="session")
def page(english: Edition) -> str:
    return html(english).decode()


@pytest.fixture(scope="session")
def book(english: Edition) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub(english))) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@pytest.fixture(scope="session")
def paper(english: Edition) -> bytes:
    return pdf(english)


def about_colours(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.code}: {finding.message}" for finding in findings if finding.code in OURS]


def names(findings: tuple[Finding, ...], code: str, said: str) -> bool:
    return any(finding.code == code and said in finding.message for finding in findings)


# The formula

PUBLISHED = [
    ("#000000", "#ffffff", 21.0),
    ("#777777", "#ffffff", 4.48),
    ("#767676", "#ffffff", 4.54),
    ("#949494", "#ffffff", 3.03),
    ("#595959", "#ffffff", 7.0),
    ("#ff0000", "#ffffff", 4.0),
    ("#0000ff", "#ffffff", 8.59),
    ("#ffff00", "#ffffff", 1.07),
]


@pytest.mark.parametrize(("one", "other", "ratio"), PUBLISHED)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    pair = colour(one), colour(other)
    assert colours.contrast(*pair) == pytest.approx(ratio, abs=0.005)
    assert colours.contrast(*reversed(pair)) == colours.contrast(*pair)


def colour(value: str) -> Colour:
    found = colours.parse(value)
    assert isinstance(found, Colour)
    return found


@pytest.mark.parametrize(
    ("name", "on_white"), [("ink", 14.6), ("petrol", 8.4), ("terracotta", 6.3)]
)  # as the look of the leaflet was decided
def test_our_inks_are_as_dark_as_decided(name: str, on_white: float) -> None:
    assert colours.contrast(closed_list().colours[name], colour("white")) == pytest.approx(on_white, abs=0.05)


def test_a_translucent_ground_is_seen_over_what_is_beneath() -> None:
    tint, black, white = (Paint("", colour(value)) for value in ("rgba(255, 0, 0, 0.5)", "black", "white"))
    assert flattened([tint, black]) == (128, 0, 0, 1.0)
    assert flattened([tint, white]) == (255, 128, 128, 1.0)


def test_a_printer_makes_red_darker_and_green_lighter_than_they_look() -> None:
    assert colours.contrast(grey(colour("red")), colour("white")) > colours.contrast(colour("red"), colour("white"))
    assert grey(colour("lime")) == (150, 150, 150, 1.0)


# The closed list


def test_every_row_of_the_list_keeps_its_distance_in_colour_and_in_grey() -> None:
    assert list(faults(closed_list())) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{ink: petrol, grounds: [terracotta], use: graphic, modes: [light]}", "1.33:1, 3.0:1 is needed"),
        ("{ink: petrol, grounds: [terracotta], use: graphic, modes: [light]}", "1.48:1 as greys, 3.0:1 is needed"),
        ("{ink: ochre, grounds: [white], use: text, modes: [light]}", "ochre on white for text in light"),
        ("{ink: teal, grounds: [teal-tint over page], use: text, modes: [book-night]}", "for text in book-night"),
        ("{ink: ochre, grounds: [white], use: ornament, modes: [light]}", "does not say why"),
    ],
)
def test_a_row_that_is_too_faint_is_reported(row: str, said: str, tmp_path: Path) -> None:
    found = list(faults(closed_list(listed(tmp_path, f"{LIST.read_text('utf-8')}  - {row}\n"))))
    assert {code for code, _ in found} == {"contrast-low"}
    assert any(said in message for _, message in found)


def test_a_value_has_one_name(tmp_path: Path) -> None:
    twice = LIST.read_text("utf-8").replace("colours:\n", 'colours:\n  deep: "#0b5563"\n', 1)
    with pytest.raises(ValueError, match="two names"):
        closed_list(listed(tmp_path, twice))


def listed(folder: Path, text: str) -> Path:
    file = folder / "colours.yaml"
    file.write_text(text, "utf-8")
    return file


def test_no_row_of_the_list_is_left_over(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A colour that nothing uses any more would let something else use it."""
    used = set()

    def note(seen: contrast.Seen, closed: colours.ClosedList) -> list[colours.Problem]:
        used.update(row for pair in seen.pairs if (row := closed.row(*pair)))
        return []

    monkeypatch.setattr(contrast, "judged", note)
    monkeypatch.setattr(painted, "judged", note)
    edition = request.getfixturevalue("english")
    validate_html(html(edition), edition, "page.html")
    validate_epub(epub(edition), edition, "book.epub")
    validate_pdf(pdf(edition), edition, "page.pdf")
    assert closed_list().rows - used == set()


# Good files


@pytest.mark.parametrize("name", EDITIONS)
def test_good_page_passes(name: str, request: pytest.FixtureRequest) -> None:
    edition = request.getfixturevalue(name)
    assert about_colours(validate_html(html(edition), edition, "page.html")) == []


@pytest.mark.parametrize("name", EDITIONS)
def test_good_book_passes(name: str, request: pytest.FixtureRequest) -> None:
    edition = request.getfixturevalue(name)
    assert about_colours(validate_epub(epub(edition), edition, "book.epub")) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITIONS)
def test_good_pdf_passes(name: str, request: pytest.FixtureRequest) -> None:
    edition = request.getfixturevalue(name)
    assert about_colours(validate_pdf(pdf(edition), edition, "page.pdf")) == []


# Faults in a page

DISC = "color: var(--paper); background: var(--terracotta)"
PAGE_FAULTS = [
    # too faint
    ("--ink: #1a2b33", "--ink: #8a9a9f", "contrast-low", "#8a9a9f on white is 2.92:1 in light"),
    ("--ink: #e8eef0", "--ink: #4a5a60", "contrast-low", "#4a5a60 on night is"),
    ("--link: #8cd3dc", "--link: #2a6f7a", "contrast-low", "#2a6f7a on night is"),
    ("print {\n  :root { --ink: #1a2b33", "print {\n  :root { --ink: #9fb0b0", "contrast-low", "in print"),
    (
        ".harms h3 { color: var(--terracotta)",
        ".harms h3 { color: var(--line)",
        "colour-unlisted",
        "night-petrol on night-harm",
    ),
    (
        DISC,
        "color: var(--petrol); background: var(--terracotta)",
        "contrast-low",
        "petrol on terracotta is 1.33:1 in light",
    ),
    (DISC, "color: var(--petrol); background: var(--terracotta)", "contrast-low", "is 1.48:1 as greys in light"),
    (".subtitle {", ".subtitle { color: #ff0000; background: #000000;", "contrast-low", "as greys in light"),
    ('<p class="subtitle"', '<p style="color: #b0b8ba" class="subtitle"', "contrast-low", "#b0b8ba on sand"),
    ("outline: 3px solid var(--petrol)", "outline: 3px solid var(--mist)", "contrast-low", "mist on white"),
    (".contents a:hover {", ".contents a:hover { color: #c0d8d8;", "contrast-low", "#c0d8d8 on white"),
    ("(min-width: 64rem) {", "(min-width: 64rem) { h3 { color: #aaaaaa }", "contrast-low", "#aaaaaa on white"),
    (
        ", .harms, .group, thead th { print",
        ", .group, thead th { print",
        "contrast-low",
        "white on page is 1.00:1 in print",
    ),
    # in pictures
    ('fill="#1A2B33" font-weight="700">', 'fill="#C3CACC" font-weight="700">', "contrast-low", "hair-grey on mist"),
    ('fill="#E4F0EF"/><g', 'fill="#0B5563"/><g', "contrast-low", "ink on petrol is"),
    ("stroke%3D%22%231A2B33", "stroke%3D%22%23C3CACC", "contrast-low", "hair-grey on white"),
    ('fill="none" stroke="#0B5563"', 'stroke="#0B5563"', "colour-unlisted", "#000000 is none of the colours"),
    ('<g fill="none" stroke="#1A2B33"', '<g fill="none" stroke="#C3CACC"', "contrast-low", "hair-grey on sand"),
    # not on the list
    (".subtitle {", ".subtitle { color: #333333;", "colour-unlisted", "p.subtitle: #333333 is none of the colours"),
    (".subtitle {", ".subtitle { color: midnightblue;", "colour-unlisted", "#191970"),
    (
        ".found h3 { color: var(--petrol)",
        ".found h3 { color: var(--terracotta)",
        "colour-unlisted",
        "terracotta on mist",
    ),
    ("border: 2px solid;", "border: 2px solid #bbbbbb;", "colour-unlisted", "#bbbbbb"),
    ('<p class="subtitle"', '<p bgcolor="#eeeeee" class="subtitle"', "colour-unlisted", "#eeeeee"),
    # what can't be computed
    (".subtitle {", ".subtitle { opacity: 0.8;", "colour-unlisted", "“opacity: 0.8” is no colour"),
    (".subtitle {", ".subtitle { color: color-mix(in srgb, red, blue);", "colour-unlisted", "color-mix"),
    (
        ".found { background: var(--mist)",
        ".found { background: linear-gradient(red, blue)",
        "colour-unlisted",
        "gradient",
    ),
    (
        ".found { background: var(--mist)",
        '.found { background: url("data:image/png,x")',
        "colour-unlisted",
        "a picture",
    ),
    ("body {", "a:popover-open { color: #cccccc } body {", "css-unread", "a:popover-open"),
    ("body {", "p:is(:hover) { color: #cccccc } body {", "css-unread", "p:is(:hover)"),
    ("body {", "@media (prefers-contrast: less) { p { color: #cccccc } } body {", "css-unread", "prefers-contrast"),
    ("body {", "@layer x { p { color: #cccccc } } body {", "css-unread", "@layer"),
    # harms told by their colour alone
    ('::before { content: "!" / "";', '::before { content: "";', "shape-missing", "in light"),
    ('::before { content: "!" / "";', '::before { content: "?";', "shape-missing", "in dark"),
    (DISC, "color: var(--terracotta)", "shape-missing", "div.harms h3 has no shape"),
    (DISC, f"{DISC}; display: none", "shape-missing", "in print"),
    (
        ".kind { color: var(--petrol)",
        ".kind { color: var(--terracotta)",
        "shape-missing",
        "p.kind says harm by its colour",
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "said"), PAGE_FAULTS)
def test_fault_in_a_page_is_named(old: str, new: str, code: str, said: str, page: str, english: Edition) -> None:
    assert old in page
    assert names(validate_html(page.replace(old, new, 1).encode(), english, "page.html"), code, said)


def test_red_on_black_fails_as_greys_alone(page: str, english: Edition) -> None:
    """5.25:1 in colour: only a black-and-white printer loses it."""
    faulty = page.replace(".subtitle {", ".subtitle { color: #ff0000; background: #000000;", 1)
    findings = validate_html(faulty.encode(), english, "page.html")
    assert names(findings, "contrast-low", "as greys in dark")
    assert not names(findings, "contrast-low", "#ff0000 on #000000 is 5")


# Faults in a book

TINT = ".found { background-color: rgba(31, 127, 144, 0.13)"
PICTURES = ".margin svg, .picture svg { background-color: #ffffff; background-image: linear-gradient(#ffffff, #ffffff);"
BOOK_FAULTS = [
    (CSS, TINT, ".found { background-color: rgba(230, 240, 240, 0.7)", "contrast-low", "in book-night"),
    (CSS, TINT, ".found { background-color: rgba(31, 127, 144, 0.14)", "colour-unlisted", "#1f7f90 at 14%"),
    (CSS, "a { color: inherit;", "a {", "colour-unlisted", "#0000ee"),
    (CSS, ".kind {", ".kind { color: #777777;", "contrast-low", "#777777 on page is 3.80:1 in book-sepia"),
    (CSS, PICTURES, ".margin svg, .picture svg {", "contrast-low", "ink on page is 1.44:1 in book-night"),
    (CSS, "outline: 0.15em solid #1f7f90", "outline: 0.15em solid #0b5563", "contrast-low", "petrol on page is"),
    (CSS, "linear-gradient(#a63d1f, #a63d1f)", "linear-gradient(#a63d1f, #e2a93b)", "colour-unlisted", "gradient"),
    (CSS, ".harms h3::before, ", "", "shape-missing", "has no shape"),
    (CSS, "thead th:nth-child(4)::before {", ".none::before {", "shape-missing", "says harm by its colour alone"),
    (NAV, "</head>", '<style media="screen">p { color: #999999 }</style></head>', "contrast-low", "#999999"),
    (CHAPTER, "<h2 ", '<h2 style="color: #0b5563" ', "contrast-low", "petrol on page is"),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "said"), BOOK_FAULTS)
def test_fault_in_a_book_is_named(
    file: str, old: str, new: str, code: str, said: str, book: dict[str, bytes], english: Edition
) -> None:
    assert old.encode() in book[file]
    faulty = book | {file: book[file].replace(old.encode(), new.encode(), 1)}
    assert names(validate_epub(zipped(faulty), english, "book.epub"), code, said)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


# Faults in a PDF

PDF_FAULTS = [
    (f"{PETROL} rg", "0.5 0.5 0.5 rg", "colour-unlisted", "#808080 is none of the colours"),
    (f"{PETROL} rg", "0.5 g", "colour-unlisted", "#808080"),
    (f"{PETROL} rg", "0.9 0.2 0 0.6 k", "colour-unlisted", "0.9 0.2 0 0.6 k"),
    (f"{PETROL} RG", "0.2 0.4 0.4 RG", "colour-unlisted", "#336666"),
    (f"{PETROL} rg", "/lab-d50 cs 50 0 0 sc", "colour-unlisted", "a colour in /lab-d50"),
    (f"{SAND} rg", f"{PETROL} rg", "contrast-low", "ink on petrol is"),
    (f"{SAND} rg", f"{TERRACOTTA} rg", "contrast-low", "petrol on terracotta is 1.33:1 in pdf"),
    (f"{TERRACOTTA} rg", f"{SAND} rg", "shape-missing", "a text says harm by its colour alone"),
    ("\n1 1 1 rg", f"\n{SAND} rg", "colour-unlisted", "sand on terracotta"),
]


@pytest.mark.parametrize(("old", "new", "code", "said"), PDF_FAULTS)
def test_fault_in_a_pdf_is_named(old: str, new: str, code: str, said: str, paper: bytes, english: Edition) -> None:
    def change(content: bytes) -> bytes:
        found = content.replace(old.encode(), new.encode())
        # the disc alone, where the fault is one of discs: it is painted as the last area before its sign
        return found if code != "shape-missing" else discs(content, old.encode(), new.encode())

    assert names(validate_pdf(redrawn(paper, change), english, "page.pdf"), code, said)


def discs(content: bytes, old: bytes, new: bytes) -> bytes:
    """Change the colour of what is painted right before white text."""
    before, *signs = content.split(b"\n1 1 1 rg")
    pieces = [b"\n1 1 1 rg".join([before])]
    for sign in signs:
        head, found, tail = pieces[-1].rpartition(old)
        pieces[-1] = head + new + tail if found else pieces[-1]
        pieces.append(sign)
    return b"\n1 1 1 rg".join(pieces)


def redrawn(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        changed = False
        for one in document.pages:
            content = one.Contents.read_bytes()
            changed |= change(content) != content
            one.Contents = document.make_stream(change(content))
        assert changed
        document.save(out)
    return out.getvalue()


def test_colour_in_a_drawing_of_a_pdf_is_named(paper: bytes, english: Edition) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as document:
        forms = [one for page in document.pages for one in page.resources.XObject.values()]
        forms[0].write(forms[0].read_bytes() + b"\n0.7 0.7 0.7 RG")
        document.save(out)
    assert names(validate_pdf(out.getvalue(), english, "page.pdf"), "colour-unlisted", "#b2b2b2")


def test_a_file_that_is_no_pdf_is_a_finding() -> None:
    assert [code for code, _ in painted.problems(b"%PDF-1.7 broken")] == ["pdf-broken"]


# The cascade


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ("p { color: #555555 } .x { color: #666666 }", '<p class="x">'),
        ("#x { color: #666666 } p.x { color: #555555 }", '<p id="x" class="x">'),
        ("p { color: #666666 !important }", '<p style="color: #555555">'),
        ("p { color: #555555 }", '<p style="color: #666666">'),
        ("body { color: #666666 }", "<p>"),
        ("p { --a: #666666; color: var(--a) }", "<p>"),
        (":root { --b: #666666; --a: var(--b) } p { color: var(--a, #555555) }", "<p>"),
        ("p { color: var(--missing, #666666) }", "<p>"),
        ("body { color: #666666 } p { color: var(--missing) }", "<p>"),
        ("body { color: #666666 } p { color: inherit }", "<p>"),
        ("@media screen and (min-width: 10px) { @media print, all { p { color: #666666 } } }", "<p>"),
        ("@media not print { p { color: #666666 } }", "<p>"),
        ("@supports (color: red) { p { color: #666666 } }", "<p>"),
        ("p::before { content: 'a' counter(b); color: #666666 }", "<p>"),
        ("p::first-line { color: #666666 }", "<p>"),
        ("p { border-left: solid #666666 }", "<p>"),
        ("p { border: 1px solid red; border-color: #666666 }", "<p>"),
        ("p { color: #666666; border-block: 1px solid }", "<p>"),
        ("p:not(:has(b)) { outline: thin dotted #666666 }", "<p>"),
        ("p { background: rgb(102 102 102) }", "<p>"),
        ("p { background: no-repeat center linear-gradient(to top, #666666, #666666) }", "<p>"),
    ],
)
def test_the_colour_that_a_browser_shows_is_found(css: str, body: str) -> None:
    said = " ".join(message for _, message in tiny(css, body))
    assert "#666666" in said
    assert "#555555" not in said


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ("p { display: none; color: #666666 }", "<p>"),
        ("p { color: #666666 }", "<p hidden>"),
        ("p { visibility: hidden; color: #666666 }", "<p>"),
        ("p { border: 0 solid #666666; outline: none #666666 }", "<p>"),
        ("p::before { content: none; color: #666666 }", "<p>"),
        ("@media (forced-colors: active) { p { color: #666666 } }", "<p>"),
        ("p { background: #66666600 }", "<p>"),
    ],
)
def test_what_a_browser_does_not_show_is_not_found(css: str, body: str) -> None:
    assert not any("#666666" in message for _, message in tiny(css, body))


@pytest.mark.parametrize(
    ("css", "use"),
    [
        ("p { font-size: 24px }", "large"),
        ("p { font-size: 23px }", "text"),
        ("p { font-size: 14pt; font-weight: 700 }", "large"),
        ("html { font-size: 12pt } p { font-size: clamp(1.5rem, 9vw, 9rem) }", "large"),
        ("body { font-size: 150% } p { font-size: 1em }", "large"),
        ("p { font-size: calc(9px + 9vw) }", "text"),
        ("p { font: 9rem serif }", "text"),
    ],
)
def test_large_text_is_told_from_small(css: str, use: str) -> None:
    assert any(f"for {use} in light" in message for _, message in tiny(f"p {{ color: #0b5563 }} {css}", "<p>"))


def tiny(css: str, body: str) -> list[colours.Problem]:
    root = parser.document_fromstring(f"<html><head><style>{css}</style></head><body>{body}text</p></body></html>")
    return list(contrast.page(root))
