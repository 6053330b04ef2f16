"""The PDF: its tags, its navigation, what it says of itself, and that the same leaflet gives the same bytes."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from exporters import markup, pdf_tags, weasy
from exporters.pdf import pdf, pdf_ua2
from exporters.validate import pdf_content, pdf_opened, pdf_tree
from exporters.validate.pdf import validate, validate_ua2
from exporters.validate.pdf_pages import running
from exporters.validate.pdf_tree import Tag
from exporters.validate.text import expected, flat
from lbp_content.finding import ContentError, ToolMissing
from lbp_content.translate import Edition

BRACKETS = re.compile(r"\[[^][]*\]")
EDITIONS = ["english", "german", "pseudo", "arabic"]
PAGE = """<html lang="en"><head><title>Test</title>
<style>@page {{ size: 100mm 60mm; margin: 10mm }} html {{ font: 12pt "Atkinson Hyperlegible" }} {css}</style>
<style>{faces}</style></head><body>{body}</body></html>"""


@pytest.fixture(scope="session")
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return {name: pdf(request.getfixturevalue(name)) for name in EDITIONS}


@pytest.fixture(scope="session")
def second(english: Edition) -> bytes:
    return pdf_ua2(english)


def small(body: str, css: str = "", variant: str = "pdf/ua-1") -> bytes:
    """A page of a few words, made as the leaflets are."""
    page = PAGE.format(body=body, css=css, faces=weasy.faces())
    return weasy.write(page, "small.pdf", pdf_variant=variant, pdf_identifier=b"small")


@cache
def tagged(data: bytes) -> Tag:
    return pdf_tree.read(opened(data), drawn(opened(data))).root


@cache
def opened(data: bytes) -> pikepdf.Pdf:
    """The document; it stays open, for tags are only read when they are asked."""
    return pikepdf.open(io.BytesIO(data))


def drawn(document: pikepdf.Pdf) -> list[list[pdf_content.Content]]:
    return [pdf_content.drawn(page, number) for number, page in enumerate(document.pages)]


def shape(tag: Tag) -> list[Any]:
    """Kinds, and the text of tags that hold no others."""
    kids = [kid for kid in tag.kids if isinstance(kid, Tag)]
    return [tag.kind, *map(shape, kids)] if kids else [tag.kind, tag.text]


# whole leaflets


@pytest.mark.parametrize("name", EDITIONS)
def test_the_gate_passes_every_edition(files: dict[str, bytes], name: str, request: pytest.FixtureRequest) -> None:
    assert validate(files[name], request.getfixturevalue(name), "leaflet.pdf") == ()


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITIONS)
def test_the_gate_passes_every_edition_as_ua2(name: str, request: pytest.FixtureRequest) -> None:
    edition = request.getfixturevalue(name)
    assert validate_ua2(pdf_ua2(edition), edition, "leaflet.ua2.pdf") == ()


@pytest.mark.slow
def test_the_gate_passes_a_draft(english: Edition) -> None:
    draft = replace(english, draft=True)
    assert validate(pdf(draft), draft, "leaflet.pdf") == ()


@pytest.mark.parametrize("name", ["english", "german"])
def test_leaflet_has_twelve_pages_at_most(files: dict[str, bytes], name: str) -> None:
    document = opened(files[name])
    assert len(document.pages) <= 12


@pytest.mark.slow
def test_same_leaflet_gives_same_bytes(files: dict[str, bytes], english: Edition, second: bytes) -> None:
    for cached in (markup.environment, weasy._fonts, weasy._fetcher):
        cached.cache_clear()
    assert pdf(replace(english)) == files["english"]
    assert pdf_ua2(replace(english)) == second


def test_ua2_has_the_same_pages(files: dict[str, bytes], second: bytes) -> None:
    one, other = opened(files["english"]), opened(second)
    assert (one.pdf_version, other.pdf_version) == ("1.7", "2.0")
    for page, same in zip(one.pages, other.pages, strict=True):
        assert page.Contents.read_bytes() == same.Contents.read_bytes()


# no word from elsewhere


def outside(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", BRACKETS.sub("", text)))


def test_running_lines_of_the_pseudo_locale_are_in_brackets(files: dict[str, bytes]) -> None:
    for page in drawn(opened(files["pseudo"])):
        said = " ".join(one.text for one in page if one.artifact)
        assert said.strip()
        assert not outside(said)


def test_every_block_of_the_pseudo_locale_is_in_brackets(files: dict[str, bytes]) -> None:
    for tag in tagged(files["pseudo"]).tags("P", "H1", "H2", "H3", "LBody", "Caption", "TH", "TD"):
        assert not outside(tag.text), tag.text


def test_alternative_texts_of_the_pseudo_locale_are_in_brackets(files: dict[str, bytes]) -> None:
    alts = [tag.alt for tag in tagged(files["pseudo"]).tags("Figure")]
    assert len(alts) == 11
    assert all(BRACKETS.fullmatch(alt) for alt in alts)


def test_metadata_bookmarks_and_links_of_the_pseudo_locale_are_in_brackets(files: dict[str, bytes]) -> None:
    document = opened(files["pseudo"])
    meta = document.open_metadata()
    said = [meta["dc:title"], meta["dc:description"], *meta["dc:creator"]]
    said += [str(document.docinfo[name]) for name in ("/Title", "/Subject", "/Author")]
    said += [str(one.Title) for one in bookmarks(document.Root.Outlines.First)]
    said += [str(one.Contents) for page in document.pages for one in page.obj.get("/Annots", []) if "/A" not in one]
    assert len(said) > 60
    assert [one for one in said if not BRACKETS.fullmatch(one)] == []


def bookmarks(one: Any) -> Iterator[Any]:
    while one is not None:
        yield one
        yield from bookmarks(one.get("/First"))
        one = one.get("/Next")


# what each page and each tag says


def test_text_of_the_tags_is_the_text_of_the_model(files: dict[str, bytes], english: Edition) -> None:
    said = {flat(tag.text) for tag in tagged(files["english"]).tags()}
    assert set(expected(english)) <= said


def test_running_lines_are_artifacts(files: dict[str, bytes]) -> None:
    document = opened(files["english"])
    for number, page in enumerate(drawn(document), 1):
        sides = {one.side for one in page if one.artifact and re.search(r"\w", one.text)}
        assert sides == {"Footer"}
        assert [one.text for one in page if f"Page {number} of" in one.text and not one.artifact] == []


def test_foreign_words_have_a_language(files: dict[str, bytes]) -> None:
    for name, count in (("english", 1), ("german", 6)):
        found = [(tag.text, tag.lang) for tag in tagged(files[name]).tags("Span")]
        assert ("manus", "la") in found
        assert len(found) == count


def test_cells_name_the_headers_of_their_column_group_and_row(files: dict[str, bytes]) -> None:
    table = next(tagged(files["english"]).tags("Table"))
    names = {str(one.object.ID): flat(one.text) for one in table.tags("TH")}
    cell = next(one for one in table.tags("TD") if flat(one.text).startswith("for at least three months"))
    assert [names[str(id)] for id in cell.attribute("/Headers")] == [
        "Time span and limits", "Seems to help", "Multidisciplinary programmes",
    ]  # fmt: skip


def test_every_id_of_a_header_is_in_the_tree_of_ids(files: dict[str, bytes]) -> None:
    document = opened(files["english"])
    tree = document.Root.StructTreeRoot.IDTree
    ids = [str(one.object.ID) for one in tagged(files["english"]).tags("TH")]
    assert [str(id) for id in tree.Names[::2]] == sorted(ids)


def test_links_and_bookmarks_of_ua2_lead_to_tags(second: bytes) -> None:
    document = opened(second)
    names = dict(pikepdf.NameTree(document.Root.Names.Dests).items())
    assert str(names["massage"].SD[0].S) == "/Sect"
    assert all("/S" in one.SD[0] and one.D[0].Type == Name.Page for one in names.values())
    assert {one.A.SD[0].S for one in bookmarks(document.Root.Outlines.First)} == {Name.H1, Name.H2, Name.H3}


# the tags of small pages: each defect of WeasyPrint alone


def test_paragraph_that_crosses_a_page_is_one_tag() -> None:
    text = "All of this is one paragraph. " * 20 + "It ends here."
    data = small(f"<p>{text}</p>")
    assert len(opened(data).pages) > 1
    assert shape(tagged(data)) == ["Document", ["P", text]]


def test_list_that_crosses_a_page_is_one_list() -> None:
    data = small(f"<ul>{'<li>One item</li>' * 12}</ul>")
    assert [tag.kind for tag in tagged(data).tags("L", "LI")] == ["L", *["LI"] * 12]


def test_head_of_a_table_that_is_drawn_again_is_an_artifact() -> None:
    rows = "<tr><th scope='row'>A row</th><td>A cell</td></tr>" * 12
    data = small(f"<table><thead><tr><th scope='col'>Head</th><th scope='col'>Other</th></tr></thead>{rows}</table>")
    document = opened(data)
    again = [one for page in drawn(document)[1:] for one in page if one.text == "Head"]
    assert again
    assert all(one.artifact for one in again)
    assert [tag.text for tag in tagged(data).tags("TH")].count("Head") == 1


def test_lines_end_with_a_space_that_is_drawn() -> None:
    text = "These words are so many that they need more than one line of this page."
    document = opened(small(f"<p>{text}</p>"))
    lines = [one.glyphs for one in drawn(document)[0]]
    assert len(lines) > 1
    assert all(line.endswith(" ") for line in lines[:-1])
    assert "".join(lines) == text


def test_word_that_is_broken_at_its_hyphen_gets_no_space() -> None:
    text = f"{'so ' * 12}long-term-effects-of-non-surgical-treatments-that-are-well-known"
    assert shape(tagged(small(f"<p>{text}</p>"))) == ["Document", ["P", text]]


def test_words_before_and_after_a_forced_line_end_stay_apart() -> None:
    assert shape(tagged(small("<p>One and<br>two</p>"))) == ["Document", ["P", "One and two"]]


def test_words_in_another_language_say_so() -> None:
    tag = tagged(small('<p>“Manual” goes back to <i lang="la">manus</i>, Latin for hand.</p>'))
    assert shape(tag) == ["Document", ["P", ["Span", "manus"]]]
    assert [(one.text, one.lang) for one in tag.tags("Span")] == [("manus", "la")]


def test_block_in_another_language_says_so() -> None:
    tags = [
        (one.kind, one.lang) for one in tagged(small('<div lang="de"><p>Guten Tag</p></div><p>Hello</p>')).tags("P")
    ]
    assert tags == [("P", "de"), ("P", "en")]


def test_terms_are_a_list_of_labels_and_bodies() -> None:
    data = small("<dl><dt>TENS</dt><dd>Through the skin</dd><dt>PENS</dt><dd>By needles</dd></dl>")
    items = [["LI", ["Lbl", "TENS"], ["LBody", "Through the skin"]], ["LI", ["Lbl", "PENS"], ["LBody", "By needles"]]]
    assert shape(tagged(data)) == ["Document", ["L", *items]]


@pytest.mark.parametrize(
    ("body", "variant", "numbering"),
    [
        ("<ul><li>One</li></ul>", "pdf/ua-1", "/Disc"),
        ("<ol><li>One</li></ol>", "pdf/ua-1", "/Decimal"),
        ("<ul style='list-style: none'><li>One</li></ul>", "pdf/ua-1", "/None"),
        ("<ul style='list-style: none'><li>One</li></ul>", "pdf/ua-2", "/Unordered"),
        ("<dl><dt>One</dt><dd>Two</dd></dl>", "pdf/ua-1", "/None"),
        ("<dl><dt>One</dt><dd>Two</dd></dl>", "pdf/ua-2", "/Description"),
    ],
)
def test_list_says_what_its_items_begin_with(body: str, variant: str, numbering: str) -> None:
    around = next(tagged(small(body, variant=variant)).tags("L"))
    assert str(around.attribute("/ListNumbering")) == numbering


def test_sign_before_an_item_is_its_label() -> None:
    assert shape(tagged(small("<ul><li>One</li></ul>"))) == ["Document", ["L", ["LI", ["Lbl", "• "], ["LBody", "One"]]]]


def test_box_of_a_picture_counts_points_from_below() -> None:
    svg = '<svg width="40mm" height="10mm" viewBox="0 0 4 1"><title>A bar</title><rect width="4" height="1"/></svg>'
    figure = next(tagged(small(svg, "body { margin: 0 } svg { display: block }")).tags("Figure"))
    millimetres = [float(one) / 72 * 25.4 for one in figure.attribute("/BBox")]
    assert millimetres == pytest.approx([10, 40, 50, 50], abs=0.01)
    assert figure.alt == "A bar"


def test_generated_content_before_a_heading_is_decoration() -> None:
    data = small("<h1>Side effects</h1>", 'h1::before { content: "!" }')
    assert shape(tagged(data)) == ["Document", ["H1", "Side effects"]]


def test_link_is_called_by_its_text() -> None:
    document = opened(small('<p>See <a href="https://example.org/">the copy</a>.</p>'))
    assert [str(one.Contents) for one in document.pages[0].Annots] == ["the copy"]


def test_running_line_at_the_head_is_an_artifact_of_the_head() -> None:
    document = opened(small("<p>Text</p>", '@page { @top-left { content: "Draft" } }'))
    assert [(one.text, one.side) for page in drawn(document) for one in page if one.artifact] == [("Draft", "Header")]


def test_text_from_right_to_left_says_how_it_reads() -> None:
    document = opened(small('<p dir="rtl">[one, two]</p>'))
    said = [one for page in drawn(document) for one in page]
    assert [one.actual for one in said] == ["[one, two]"]
    assert said[0].glyphs != said[0].actual


# it fails closed


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_tags, "VERSION", "69.0")
    import weasyprint

    with pytest.raises(ToolMissing, match=r"70.0 is installed.*\n.*pip install weasyprint==69.0"):
        pdf_tags.install(weasyprint)


@pytest.mark.parametrize(
    ("body", "css", "said"),
    [
        ('<img src="https://example.org/x.png" alt="x">', "", "example.org"),
        ("<p>Text</p>", "p { colour: red }", "colour"),
        ("<p>\u0634</p>", "", "U\\+0634"),
        ('<p><a href="#gone">Text</a></p>', "", "gone"),
    ],
)
def test_what_weasyprint_only_logs_is_a_finding(body: str, css: str, said: str) -> None:
    with pytest.raises(ContentError, match=said) as raised:
        small(body, css)
    assert {finding.code for finding in raised.value.findings} == {"pdf-warning"}


def test_nothing_is_logged(english: Edition, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        pdf(english)
    assert caplog.records == []


def test_each_page_says_the_state_of_the_text(files: dict[str, bytes], english: Edition) -> None:
    with pdf_opened.opened(files["english"], 1) as file:
        assert list(running(file, english)) == []
        assert len(list(running(file, replace(english, draft=True)))) == len(file.pages)
