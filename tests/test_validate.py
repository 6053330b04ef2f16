"""Faults planted in good files: a gate that no planted fault trips is not a gate."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from exporters.epub import epub
from exporters.html import html
from exporters.validate import styles, text
from exporters.validate.epub import validate as validate_epub
from exporters.validate.html import validate as validate_html
from lbp_content.finding import errors
from lbp_content.translate import Edition

Entries = list[tuple[zipfile.ZipInfo, bytes]]
OPF, NAV, COVER, CSS = "EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/cover.xhtml", "EPUB/style.css"
CHAPTER, TABLE, READING = "EPUB/text/acupuncture.xhtml", "EPUB/text/overview.xhtml", "EPUB/text/reading.xhtml"
MANUAL = "EPUB/text/manual-therapy.xhtml"
SENTENCE = "For serious side effects, the risk is low."

BOOK_FAULTS = [
    # the container
    (OPF, 'href="cover.jpg"', 'href="gone.jpg"', "file-missing"),
    (OPF, 'media-type="font/woff2"', 'media-type="font/ttf"', "media-type"),
    ("mimetype", "application/epub+zip", "application/epub+zip\n", "mimetype-wrong"),
    ("META-INF/container.xml", "EPUB/package.opf", "EPUB/other.opf", "package-missing"),
    # the package document
    (OPF, 'xml:lang="en-GB"', 'xml:lang="de"', "lang-wrong"),
    (OPF, "<dc:language>en-GB", "<dc:language>en", "lang-wrong"),
    (OPF, ' dir="ltr"', "", "dir-wrong"),
    (OPF, 'page-progression-direction="ltr"', 'page-progression-direction="rtl"', "progression-wrong"),
    (OPF, ' properties="nav"', "", "property-wrong"),
    (OPF, ' properties="cover-image"', "", "property-wrong"),
    (OPF, ' properties="svg"', "", "property-wrong"),
    (OPF, '<itemref idref="text-acupuncture.xhtml"/>', "", "spine-wrong"),
    (OPF, "<dc:subject>Massage", "<dc:subject>Healing", "metadata-wrong"),
    (OPF, "<dc:source>NBK284944", "<dc:source>NBK1", "metadata-wrong"),
    (OPF, "T00:00:00Z</meta>", "</meta>", "metadata-wrong"),
    (OPF, "urn:uuid:", "urn:uuid:x", "identifier-wrong"),
    (OPF, 'Hazard">none', 'Hazard">unknown', "claim-unproven"),
    (OPF, 'Feature">alternativeText', 'Feature">braille', "claim-unproven"),
    (OPF, "</metadata>", '<meta property="dcterms:conformsTo">WCAG</meta></metadata>', "claim-person"),
    (OPF, "</metadata>", '<link rel="a11y:certifiedBy" href="https://example.org"/></metadata>', "claim-person"),
    # pages
    (CHAPTER, "</h2>", "</h3>", "xml-broken"),
    (CHAPTER, "<h2 ", "&nbsp;<h2 ", "xml-broken"),
    (CHAPTER, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x "y">]>', "xml-entity"),
    (CHAPTER, ' lang="en-GB"', ' lang="de"', "lang-wrong"),
    (CHAPTER, ' xml:lang="en-GB"', "", "lang-wrong"),
    (CHAPTER, ' dir="ltr"', "", "dir-wrong"),
    (CHAPTER, "<p id=", '<p lang="en-GB" id=', "lang-needless"),
    (CHAPTER, "<title>Acupuncture", "<title>", "title-missing"),
    (CHAPTER, "h3>", "h4>", "heading-skipped"),
    (CHAPTER, "h3>", "h2>", "heading-first"),
    (CHAPTER, 'id="acupuncture-title"', 'id="acupuncture"', "id-twice"),
    (CHAPTER, 'id="acupuncture-title"', 'id="another"', "name-broken"),
    (CHAPTER, ' role="doc-chapter"', "", "role-missing"),
    (CHAPTER, "../style.css", "../gone.css", "link-broken"),
    (CHAPTER, "../style.css", "https://example.org/style.css", "request"),
    (CHAPTER, "</body>", '<script src="https://example.org/x.js"/></body>', "request"),
    (CHAPTER, "</svg>", '<image href="https://example.org/x.png"/></svg>', "request"),
    (CHAPTER, "</body>", '<p><a href="#x"></a></p></body>', "link-empty"),
    (CHAPTER, "Not yet reviewed by a clinician", "", "state-missing"),
    (NAV, "Next update was due in 2018", "", "state-missing"),
    (NAV, "text/massage.xhtml", "text/gone.xhtml", "link-broken"),
    (NAV, '<li><a href="text/massage.xhtml">Massage</a></li>', "", "claim-unproven"),
    (NAV, 'nav.xhtml#contents"', 'nav.xhtml#gone"', "link-broken"),
    (NAV, '<li><a href="text/massage.xhtml">Massage</a></li>', "", "contents-wrong"),
    (COVER, "alt=", "title=", "alt-missing"),
    (COVER, 'alt="', 'alt="Massage. ', "alt-wrong"),
    (CHAPTER, 'figure-alt">', 'figure-alt">Massage. ', "alt-wrong"),
    (CHAPTER, "</svg>", "<animate/></svg>", "motion"),
    (CHAPTER, "viewBox", "viewbox", "picture-broken"),
    (CHAPTER, f'<p id="acupuncture-findings-serious">{SENTENCE}</p>', f"<h3>{SENTENCE}</h3>", "tag-wrong"),
    (CHAPTER, "<p id=", '<p aria-hidden="true" id=', "text-hidden"),
    (CHAPTER, "<h2 ", '<h2 style="visibility: hidden" ', "text-hidden"),
    (MANUAL, ' lang="la"', ' lang="it"', "lang-part"),
    (READING, "Added by us</p>", "</p>", "ours-unmarked"),
    # the table of all treatments
    (TABLE, "<caption", "<p", "xml-broken"),
    (TABLE, ">The main findings on each treatment, and its side effects<", "><", "table-caption"),
    (TABLE, ' scope="row"', "", "table-scope"),
    (TABLE, "thead>", "tbody>", "table-header"),
    (TABLE, ">in the short term; it is not clear how long</td>", ">in the long term</td>", "table-wrong"),
    (TABLE, "Seems to help</th>", "It is less clear whether it helps</th>", "table-wrong"),
    ("EPUB/text/known.xhtml", "Seems to help</li>", "</li>", "legend-wrong"),
    # the words
    (CHAPTER, SENTENCE, "", "message-lost"),
    (CHAPTER, SENTENCE, f"{SENTENCE}</p><p>{SENTENCE}", "message-twice"),
    (CHAPTER, SENTENCE, "Side effects are rare.", "message-lost"),
    (CHAPTER, SENTENCE, "It always helps.", "message-unknown"),
    (CHAPTER, SENTENCE, f"{SENTENCE}</p><p>Wundermittel", "word-unknown"),
    (CHAPTER, "</footer>", "<p>Translated by robots</p></footer>", "word-unknown"),
    (CHAPTER, "<p id=", '<p title="Robots" id=', "word-unknown"),
    (COVER, 'alt="', 'alt="Bookcover ', "word-unknown"),
    # the style sheet
    (CSS, "body {", "body { color: #1a2b33;", "css-colour"),
    (CSS, "body {", "body { font-size: 16px;", "css-absolute"),
    (CSS, "body {", "body { direction: ltr;", "css-direction"),
    (CSS, "body {", "body { margin-left: 1em;", "css-physical"),
    (CSS, "body {", "body { text-align: justify;", "css-justified"),
    (CSS, "body {", "body { font-family: serif !important;", "css-important"),
    (CSS, "body {", "footer { order: -1 } body {", "css-order"),
    (CSS, "body {", ".harms { display: none } body {", "text-hidden"),
    (CSS, "body {", "body { background: url(https://example.org/x.png);", "request"),
    (CSS, "body {", "body { background: url(gone.png);", "link-broken"),
]


@pytest.fixture(scope="session")
def book(english: Edition) -> bytes:
    return epub(english)


@pytest.fixture(scope="session")
def page(english: Edition) -> str:
    return html(english).decode()


def codes(data: bytes, edition: Edition) -> set[str]:
    return {finding.code for finding in errors(validate_epub(data, edition, "book.epub"))}


def rebuilt(data: bytes, change: Callable[[Entries], Entries]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for entry, content in change(entries):
            archive.writestr(entry, content)
    return out.getvalue()


def planted(data: bytes, file: str, old: str, new: str) -> bytes:
    def change(entries: Entries) -> Entries:
        assert any(old.encode() in content for entry, content in entries if entry.filename == file), (file, old)
        return [
            (entry, content.replace(old.encode(), new.encode()) if entry.filename == file else content)
            for entry, content in entries
        ]

    return rebuilt(data, change)


@pytest.mark.parametrize(("file", "old", "new", "code"), BOOK_FAULTS)
def test_fault_in_a_book_is_found(book: bytes, english: Edition, file: str, old: str, new: str, code: str) -> None:
    assert code in codes(planted(book, file, old, new), english)


def test_rebuilding_a_book_plants_no_fault(book: bytes, english: Edition) -> None:
    assert codes(rebuilt(book, lambda entries: entries), english) == set()


def test_file_that_is_no_archive_is_found(english: Edition) -> None:
    assert codes(b"not a book", english) == {"epub-broken"}


def test_mimetype_must_be_first(book: bytes, english: Edition) -> None:
    assert "mimetype-first" in codes(rebuilt(book, lambda entries: entries[::-1]), english)


def test_mimetype_must_lie_open(book: bytes, english: Edition) -> None:
    def packed(entries: Entries) -> Entries:
        entries[0][0].compress_type = zipfile.ZIP_DEFLATED
        return entries

    assert "mimetype-packed" in codes(rebuilt(book, packed), english)


def test_stray_file_is_found(book: bytes, english: Edition) -> None:
    stray = (zipfile.ZipInfo("EPUB/.DS_Store"), b"x")
    assert "file-stray" in codes(rebuilt(book, lambda entries: [*entries, stray]), english)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_file_that_stands_twice_is_found(book: bytes, english: Edition) -> None:
    assert "file-twice" in codes(rebuilt(book, lambda entries: [*entries, entries[-1]]), english)


def test_chapters_in_another_order_are_found(book: bytes, english: Edition) -> None:
    first, second = '<itemref idref="text-massage.xhtml"/>', '<itemref idref="text-osteopathy.xhtml"/>'
    swapped = planted(book, OPF, f"{first}\n{second}", f"{second}\n{first}")
    assert "message-order" in codes(swapped, english)


def test_book_of_another_edition_is_found(book: bytes, german: Edition) -> None:
    assert {"lang-wrong", "message-lost", "word-unknown", "metadata-wrong"} <= codes(book, german)


def test_draft_that_hides_it_is_found(book: bytes, english: Edition) -> None:
    assert codes(book, replace(english, draft=True)) == {"state-missing"}


def test_finding_names_the_word_and_its_file(book: bytes, english: Edition) -> None:
    data = planted(book, CHAPTER, SENTENCE, f"{SENTENCE} Wundermittel")
    found = [str(finding) for finding in validate_epub(data, english, "book.epub") if finding.code == "word-unknown"]
    assert len(found) == 1
    assert found[0].startswith(f"book.epub/{CHAPTER}: error word-unknown: “wundermittel”")


PAGE_FAULTS = [
    ('lang="en-GB"', 'lang="de"', "lang-wrong"),
    ('dir="ltr"', "", "dir-wrong"),
    ("<p id=", '<p lang="en-GB" id=', "lang-needless"),
    ("<title>Exercise", "<title>Exercises", "title-wrong"),
    ("<main ", "<div ", "landmark-missing"),
    ("<footer>", "<div>", "landmark-missing"),
    ("h1>", "h2>", "heading-first"),
    ("<h1>", "<h1>Massage</h1><h1>", "heading-first"),
    ("h3>", "h4>", "heading-skipped"),
    ('id="massage-title"', 'id="exercise-title"', "id-twice"),
    ('id="massage-title"', 'id="another"', "name-broken"),
    ('href="#massage"', 'href="#gone"', "link-broken"),
    (">Skip to the text<", "><", "link-empty"),
    ("<main ", '<img src="https://example.org/x.png" alt="Massage"><main ', "request"),
    ("<main ", '<img src="data:,"><main ', "alt-missing"),
    ('cover-alt">', 'cover-alt">Massage. ', "alt-wrong"),
    ("<h3>Side effects</h3>", "<p>Side effects</p>", "tag-wrong"),
    (SENTENCE, f"<strong hidden>{SENTENCE}</strong>", "text-hidden"),
    ("</style>", "@media print { .harms { display: none } }</style>", "text-hidden"),
    ("</style>", ".ours { font-size: 0 }</style>", "text-hidden"),
    (' lang="la"', "", "lang-part"),
    (SENTENCE, f'<span lang="fr">{SENTENCE}</span>', "lang-part"),
    ("<main ", "<script></script><main ", "request"),
    ("</head>", '<link rel="stylesheet" href="//example.org/x.css"></head>', "request"),
    ("</style>", "@import 'x.css';</style>", "request"),
    ("</style>", "p { background: url(https://example.org/x.png) }</style>", "request"),
    ("</style>", " </style>", "csp-broken"),
    ("default-src 'none'", "default-src *", "csp-missing"),
    (">The main findings on each treatment, and its side effects<", "><", "table-caption"),
    (' scope="row"', "", "table-scope"),
    (">in the short term; it is not clear how long</td>", ">in the long term</td>", "table-wrong"),
    ("Not yet reviewed by a clinician", "", "state-missing"),
    ("Added by us</p>", "</p>", "ours-unmarked"),
    (SENTENCE, "", "message-lost"),
    (SENTENCE, f"{SENTENCE}</p><p>{SENTENCE}", "message-twice"),
    (SENTENCE, "The risk is low.", "message-unknown"),
    (SENTENCE, "Wundermittel", "word-unknown"),
    ("<main ", '<main aria-label="Hauptteil" ', "word-unknown"),
    ('<meta name="description" content="', '<meta name="description" content="Robots ', "word-unknown"),
    ("<main ", '<a href="#main">Hauptteil</a><main ', "word-unknown"),
]


@pytest.mark.parametrize(("old", "new", "code"), PAGE_FAULTS)
def test_fault_in_a_page_is_found(page: str, english: Edition, old: str, new: str, code: str) -> None:
    assert old in page
    found = validate_html(page.replace(old, new).encode(), english, "page.html")
    assert code in {finding.code for finding in errors(found)}


def test_bytes_that_are_no_page_are_found(english: Edition) -> None:
    assert [finding.code for finding in validate_html(b"\xff", english, "page.html")] == ["html-broken"]


def test_benefit_and_harm_that_change_places_are_found(page: str, english: Edition) -> None:
    one, other = "The needles can sometimes cause slight bleeding or a bruise.", SENTENCE
    swapped = page.replace(one, "\0").replace(other, one).replace("\0", other)
    assert [finding.code for finding in validate_html(swapped.encode(), english, "page.html")] == ["message-order"]


def test_every_message_of_the_body_is_expected_once(english: Edition) -> None:
    ids = [message.id for message in text.body(english) if not message.id.startswith("treatment/")]
    assert len(ids) == len(set(ids))
    assert len(text.expected(english)) > 150


def test_words_of_a_style_sheet_may_hold_semicolons() -> None:
    sheet = 'a { background: url("data:image/svg+xml;x") ; color: red }'
    assert dict(styles.rules(sheet)) == {"a": {"background": 'url("data:image/svg+xml;x")', "color": "red"}}
