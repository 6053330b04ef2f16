"""Faults planted in a good PDF: a gate that no planted fault trips is not a gate."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exporters.pdf import pdf, pdf_ua2
from exporters.validate import pdf_content, pdf_tree
from exporters.validate.pdf import validate, validate_ua2
from exporters.validate.pdf_tree import Tag
from exporters.validate.text import flat
from lbp_content.translate import Edition

Fault = Callable[[pikepdf.Pdf], object]
SENTENCE = "For serious side effects, the risk is low."


# what the faults are planted with


def tree(document: pikepdf.Pdf) -> Tag:
    pages = [pdf_content.drawn(page, number) for number, page in enumerate(document.pages)]
    return pdf_tree.read(document, pages).root


def tags(document: pikepdf.Pdf, kind: str, words: str = "") -> Iterator[Tag]:
    yield from (tag for tag in tree(document).tags(kind) if words in flat(tag.text))


def tag(document: pikepdf.Pdf, kind: str, words: str = "") -> Any:
    """The element of the first tag of a kind with these words."""
    return next(tags(document, kind, words)).object


def links(document: pikepdf.Pdf) -> list[Any]:
    return [one for page in document.pages for one in page.obj.get("/Annots", [])]


def named(document: pikepdf.Pdf, name: str) -> Any:
    return next(one for one in links(document) if str(one.Contents) == name)


def outline(document: pikepdf.Pdf) -> Any:
    """The bookmark of the first chapter."""
    return document.Root.Outlines.First.First


def rewrite(document: pikepdf.Pdf, page: int, old: str, new: str) -> None:
    """Change the operators of a page."""
    before = document.pages[page].Contents.read_bytes().decode("latin-1")
    after = re.sub(old, new, before, count=1, flags=re.DOTALL)
    assert after != before, old
    document.pages[page].Contents.write(after.encode("latin-1"))


def place(document: pikepdf.Pdf, kind: str, words: str) -> tuple[int, int]:
    """(page, MCID) of the first content of a tag."""
    content = next(next(tags(document, kind, words)).contents())
    assert content.mcid is not None
    return content.page, content.mcid


def remark(document: pikepdf.Pdf, kind: str, words: str, mark: str) -> None:
    """Give the first content of a tag another mark; {} stands for its number."""
    page, mcid = place(document, kind, words)
    rewrite(document, page, rf"/\w+\s*<</MCID {mcid}>>\s*BDC", mark.format(mcid))


def font(document: pikepdf.Pdf) -> Any:
    return next(iter(document.pages[1].resources.Font.values()))


def reread(document: pikepdf.Pdf, letter: str, other: str) -> None:
    """Let a font say that one of its letters is another."""
    for one in document.pages[1].resources.Font.values():
        cmap = one.ToUnicode.read_bytes().decode()
        one.ToUnicode.write(cmap.replace(f"> <{ord(letter):04x}>", f"> <{ord(other):04x}>").encode())


def meta(document: pikepdf.Pdf, old: str, new: str) -> None:
    before = document.Root.Metadata.read_bytes()
    after = before.replace(old.encode(), new.encode())
    assert after != before, old
    document.Root.Metadata.write(after)


def swap(document: pikepdf.Pdf, kind: str, one: str, other: str) -> None:
    """Let two tags of the same parent change places."""
    first, second = tag(document, kind, one), tag(document, kind, other)
    kids = first.P.K
    a, b = (next(at for at, kid in enumerate(kids) if kid.objgen == two.objgen) for two in (first, second))
    kids[a], kids[b] = second, first


def without(kids: Any, gone: Any) -> Array:
    return Array([kid for kid in kids if not (isinstance(kid, Dictionary) and kid.objgen == gone.objgen)])


def drop(document: pikepdf.Pdf, kind: str, words: str) -> None:
    element = tag(document, kind, words)
    element.P.K = without(element.P.K, element)


def repeat(document: pikepdf.Pdf, *, copied: bool) -> None:
    element = tag(document, "P", SENTENCE)
    element.P.K.append(document.make_indirect(Dictionary(element)) if copied else element)


def put(element: Any, **entries: Any) -> None:
    """Set entries of a dictionary; None takes one away."""
    for name, value in entries.items():
        if value is None:
            assert f"/{name}" in element, name
            del element[f"/{name}"]
        else:
            element[f"/{name}"] = value


def head_of_rows(document: pikepdf.Pdf) -> Any:
    return next(one for one in tree(document).tags("TH") if str(one.attribute("/Scope")) == "/Row").object


def swap_alts(document: pikepdf.Pdf) -> None:
    first, *_, second = [one.object for one in tags(document, "Figure")]
    first.Alt, second.Alt = second.Alt, first.Alt


def upside_down(document: pikepdf.Pdf) -> None:
    box = tag(document, "Figure").A.BBox
    tag(document, "Figure").A.BBox = Array([box[0], 842 - float(box[3]), box[2], 842 - float(box[1])])


def footer_as_text(document: pikepdf.Pdf) -> None:
    rewrite(document, 1, r"/Artifact\s*<<[^>]*/Pagination[^>]*>>\s*BDC", "/P <</MCID 900>> BDC")
    row = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)[1]
    root = document.Root.StructTreeRoot.K[0]
    page = document.pages[1].obj
    element = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page, K=Array([900])))
    while len(row) < 900:
        row.append(None)
    row.append(element)
    root.K.append(element)


def swap_links(document: pikepdf.Pdf) -> None:
    one, other = named(document, "Massage"), named(document, "Osteopathy")
    one.Dest, other.Dest = other.Dest, one.Dest


def swap_bookmarks(document: pikepdf.Pdf) -> None:
    one = outline(document)
    other = one.Next
    one.Title, other.Title = other.Title, one.Title


def footer_without_mark(document: pikepdf.Pdf) -> None:
    rewrite(document, 1, r"/Artifact\s*<<[^>]*/Pagination[^>]*>>\s*BDC(.*?)EMC", r"\1")


def nested(document: pikepdf.Pdf) -> None:
    remark(document, "P", SENTENCE, "/Span <</MCID {}>> BDC /Artifact BMC EMC")


def signed_list(document: pikepdf.Pdf) -> Any:
    """A list whose items have signs."""
    return next(one for one in tree(document).tags("L") if list(one.tags("Lbl"))).object


def backwards(element: Any) -> None:
    element.K = Array(list(element.K)[::-1])


def thirteen(document: pikepdf.Pdf) -> None:
    while len(document.pages) < 13:
        document.pages.append(document.pages[0])


def foreign_type(document: pikepdf.Pdf) -> None:
    tag(document, "P", SENTENCE).S = Name.Absatz
    document.Root.StructTreeRoot.RoleMap = Dictionary(Absatz=Name.Unsinn)


def remapped(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.H1)


def picture_without_a_word(document: pikepdf.Pdf) -> None:
    """Take one text out of the picture of all findings."""
    content = next(one for figure in tags(document, "Figure") for one in figure.contents() if one.glyphs.strip())
    mark = rf"(/Figure\s*<</MCID {content.mcid}>>\s*BDC.*?)\[[^]]*\]\s*TJ"
    rewrite(document, content.page, mark, r"\1")


def attach(document: pikepdf.Pdf) -> None:
    document.attachments["notes.txt"] = b"notes"


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))


def parents(document: pikepdf.Pdf) -> Any:
    return pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)


FAULTS: list[tuple[str, Fault, str]] = [
    # the file
    ("wrong language", lambda pdf: put(pdf.Root, Lang=String("de")), "lang-wrong"),
    ("no language", lambda pdf: put(pdf.Root, Lang=None), "lang-wrong"),
    ("MarkInfo gone", lambda pdf: put(pdf.Root, MarkInfo=None), "pdf-untagged"),
    ("tags gone", lambda pdf: put(pdf.Root, StructTreeRoot=None), "pdf-untagged"),
    ("tags suspect", lambda pdf: put(pdf.Root.MarkInfo, Suspects=True), "pdf-untagged"),
    ("title hidden", lambda pdf: put(pdf.Root, ViewerPreferences=None), "title-hidden"),
    ("title wrong", lambda pdf: meta(pdf, "Exercise and", "Exercises and"), "title-wrong"),
    ("title of old viewers wrong", lambda pdf: put(pdf.docinfo, Title=String("Leaflet")), "title-wrong"),
    ("description gone", lambda pdf: put(pdf.docinfo, Subject=None), "metadata-wrong"),
    ("made another day", lambda pdf: put(pdf.docinfo, ModDate=String("D:20200101")), "metadata-wrong"),
    ("another day in XMP", lambda pdf: meta(pdf, "<xmp:ModifyDate>20", "<xmp:ModifyDate>19"), "metadata-wrong"),
    ("PDF/UA not named", lambda pdf: meta(pdf, 'pdfuaid:part="1"', ""), "pdfua-missing"),
    ("another PDF/UA", lambda pdf: meta(pdf, 'pdfuaid:part="1"', 'pdfuaid:part="2"'), "pdfua-missing"),
    ("a word of the metadata unknown", lambda pdf: put(pdf.docinfo, Keywords=String("Wunder")), "word-unknown"),
    ("JavaScript when opened", lambda pdf: put(pdf.Root, OpenAction=script()), "pdf-active"),
    ("JavaScript on a page", lambda pdf: put(pdf.pages[0].obj, AA=Dictionary(O=script())), "pdf-active"),
    ("JavaScript in a link", lambda pdf: put(links(pdf)[0], A=script()), "pdf-active"),
    ("a form", lambda pdf: put(pdf.Root, AcroForm=Dictionary(Fields=Array())), "pdf-active"),
    ("an attachment", attach, "pdf-attachment"),
    ("twelve by twelve", lambda pdf: put(pdf.pages[2].obj, MediaBox=Array([0, 0, 340, 340])), "page-size"),
    ("cut to another size", lambda pdf: put(pdf.pages[2].obj, CropBox=Array([0, 0, 420, 595])), "page-size"),
    ("a page on its side", lambda pdf: put(pdf.pages[2].obj, Rotate=90), "page-size"),
    ("thirteen pages", thirteen, "too-many-pages"),
    ("tab order gone", lambda pdf: put(pdf.pages[0].obj, Tabs=None), "tab-order"),
    # fonts and glyphs
    ("foreign font", lambda pdf: put(font(pdf), BaseFont=Name("/ABCDEF+Arial")), "font-foreign"),
    ("ToUnicode gone", lambda pdf: put(font(pdf), ToUnicode=None), "font-unreadable"),
    ("ToUnicode gone, letters", lambda pdf: put(font(pdf), ToUnicode=None), "glyph-unknown"),
    ("font not embedded", lambda pdf: put(font(pdf).DescendantFonts[0], FontDescriptor=None), "font-not-embedded"),
    ("letters read as others", lambda pdf: reread(pdf, "k", "x"), "message-lost"),
    ("letters of private use", lambda pdf: reread(pdf, "k", "\ue000"), "glyph-unknown"),
    (
        "another text said",
        lambda pdf: remark(pdf, "P", SENTENCE, "/Span <</MCID {} /ActualText (Safe.)>> BDC"),
        "actual-text-wrong",
    ),
    (
        "another text said, words",
        lambda pdf: remark(pdf, "P", SENTENCE, "/Span <</MCID {} /ActualText (Safe.)>> BDC"),
        "message-lost",
    ),
    (
        "a tag that says another text",
        lambda pdf: put(tag(pdf, "P", SENTENCE), ActualText=String("It is safe.")),
        "actual-text-wrong",
    ),
    # what is drawn, and the tags
    ("text as artifact", lambda pdf: remark(pdf, "P", SENTENCE, "/Artifact BMC"), "artifact-text"),
    ("text as artifact, tags", lambda pdf: remark(pdf, "P", SENTENCE, "/Artifact BMC"), "mcid-missing"),
    (
        "text as footer",
        lambda pdf: remark(pdf, "P", SENTENCE, "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"),
        "message-lost",
    ),
    ("footer as text", footer_as_text, "footer-missing"),
    ("footer as text, words", footer_as_text, "state-missing"),
    ("footer without a mark", footer_without_mark, "content-unmarked"),
    (
        "paragraph beside the page",
        lambda pdf: remark(pdf, "P", SENTENCE, "/P <</MCID {}>> BDC 1 0 0 1 5000 0 cm"),
        "pdfium-differs",
    ),
    ("a mark within a mark", nested, "content-nested"),
    ("content of no tag", lambda pdf: put(tag(pdf, "P", SENTENCE), K=Array()), "mcid-orphan"),
    ("tag without content", lambda pdf: put(tag(pdf, "P", SENTENCE), K=Array()), "tag-empty"),
    ("tag of content that is not there", lambda pdf: tag(pdf, "P", SENTENCE).K.append(777), "mcid-missing"),
    ("way back gone", lambda pdf: put(pdf.Root.StructTreeRoot, ParentTree=None), "parent-wrong"),
    ("way back to another", lambda pdf: parents(pdf)[1].__setitem__(1, parents(pdf)[1][0]), "parent-wrong"),
    ("an unknown kind of tag", foreign_type, "tag-foreign"),
    ("a role map", remapped, "tag-foreign"),
    ("text in no paragraph", lambda pdf: put(tag(pdf, "P", SENTENCE), S=Name.Sect), "tag-place"),
    # the words, in their order, as what they are
    ("paragraph lost", lambda pdf: drop(pdf, "P", SENTENCE), "message-lost"),
    ("tag twice", lambda pdf: repeat(pdf, copied=False), "tag-twice"),
    ("paragraph twice", lambda pdf: repeat(pdf, copied=True), "message-twice"),
    ("content in two tags", lambda pdf: repeat(pdf, copied=True), "mcid-twice"),
    ("order of two paragraphs", lambda pdf: swap(pdf, "P", SENTENCE, "The needles can"), "message-order"),
    ("order of two chapters", lambda pdf: swap(pdf, "Sect", "acupressure", "PENS"), "message-order"),
    ("title twice", lambda pdf: put(tag(pdf, "H2", "Massage"), S=Name.H1), "heading-first"),
    ("heading level skipped", lambda pdf: put(tag(pdf, "H3"), S=Name.H4), "heading-skipped"),
    ("heading as paragraph", lambda pdf: put(tag(pdf, "H3"), S=Name.P), "tag-wrong"),
    ("paragraph as heading", lambda pdf: put(tag(pdf, "P", SENTENCE), S=Name.H3), "tag-wrong"),
    ("list as paragraph", lambda pdf: put(signed_list(pdf), S=Name.P), "tag-place"),
    ("list does not say how it counts", lambda pdf: put(signed_list(pdf).A, ListNumbering=None), "list-numbering"),
    ("draft state lost", lambda pdf: drop(pdf, "P", "Not yet reviewed by a clinician"), "state-missing"),
    ("version lost", lambda pdf: drop(pdf, "P", "Version "), "state-missing"),
    ("mark of what is ours lost", lambda pdf: drop(pdf, "P", "Added by us"), "ours-unmarked"),
    ("kind of text lost", lambda pdf: drop(pdf, "P", "Patient information"), "kind-missing"),
    ("words of a symbol lost", lambda pdf: drop(pdf, "LI", "Seems to help"), "legend-wrong"),
    ("chapter not in the contents", lambda pdf: drop(pdf, "LI", "Massage"), "contents-wrong"),
    ("contents in another order", lambda pdf: swap(pdf, "LI", "Massage", "Osteopathy"), "contents-wrong"),
    # languages
    ("foreign word in no language", lambda pdf: put(tag(pdf, "Span", "manus"), Lang=None), "lang-part"),
    ("foreign word in a wrong language", lambda pdf: put(tag(pdf, "Span", "manus"), Lang=String("it")), "lang-part"),
    ("sentence in a foreign language", lambda pdf: put(tag(pdf, "P", SENTENCE), Lang=String("de")), "lang-part"),
    # pictures
    ("alternative text gone", lambda pdf: put(tag(pdf, "Figure"), Alt=None), "alt-missing"),
    ("alternative text too long", lambda pdf: put(tag(pdf, "Figure"), Alt=String("People walk. " * 20)), "alt-long"),
    ("alternative text changed", lambda pdf: put(tag(pdf, "Figure"), Alt=String("A picture")), "alt-wrong"),
    ("two pictures exchanged", swap_alts, "alt-wrong"),
    ("picture upside down", upside_down, "bbox-wrong"),
    ("a word of the picture lost", picture_without_a_word, "picture-wrong"),
    ("picture nowhere", lambda pdf: put(tag(pdf, "Figure").A, BBox=None), "bbox-wrong"),
    # the table
    ("header of a column as a cell", lambda pdf: put(tag(pdf, "TH"), S=Name.TD), "table-header"),
    ("header of a row as a cell", lambda pdf: put(head_of_rows(pdf), S=Name.TD), "table-scope"),
    ("scope gone", lambda pdf: put(head_of_rows(pdf).A, Scope=None), "table-scope"),
    ("headers of a cell gone", lambda pdf: put(tag(pdf, "TD").A, Headers=None), "table-scope"),
    ("id of a header gone", lambda pdf: put(head_of_rows(pdf), ID=None), "table-scope"),
    ("header row as body", lambda pdf: put(tag(pdf, "THead"), S=Name.TBody), "table-header"),
    ("caption gone", lambda pdf: drop(pdf, "Caption", ""), "table-caption"),
    ("rows in another order", lambda pdf: backwards(tag(pdf, "TBody")), "table-wrong"),
    # links and bookmarks
    ("link named by its address", lambda pdf: put(named(pdf, "Massage"), Contents=String("#massage")), "link-name"),
    ("link without a name", lambda pdf: put(named(pdf, "Massage"), Contents=None), "link-name"),
    ("link of no tag", lambda pdf: put(named(pdf, "Massage"), StructParent=None), "annotation-untagged"),
    ("link that is none", lambda pdf: put(pdf.pages[0].obj, Annots=None), "link-broken"),
    ("dead link", lambda pdf: put(named(pdf, "Massage"), Dest=String("gone")), "link-broken"),
    ("links of two chapters exchanged", swap_links, "link-broken"),
    ("another address", lambda pdf: put(links(pdf)[-1].A, URI=String("https://example.org/")), "link-broken"),
    ("a note", lambda pdf: put(named(pdf, "Massage"), Subtype=Name.Text), "annotation-foreign"),
    ("no bookmarks", lambda pdf: put(pdf.Root, Outlines=None), "bookmarks-missing"),
    ("bookmark gone", lambda pdf: put(pdf.Root.Outlines.First, First=outline(pdf).Next), "bookmark-wrong"),
    ("bookmark with another title", lambda pdf: put(outline(pdf), Title=String("Chapter 1")), "bookmark-wrong"),
    ("two bookmarks exchanged", swap_bookmarks, "bookmark-wrong"),
    ("bookmark to another page", lambda pdf: outline(pdf).Dest.__setitem__(0, pdf.pages[5].obj), "bookmark-wrong"),
]

SECOND_FAULTS: list[tuple[str, Fault, str]] = [
    ("year of the standard gone", lambda pdf: meta(pdf, "<pdfuaid:rev>2024</pdfuaid:rev>", ""), "pdfua-missing"),
    ("tag of no namespace", lambda pdf: put(tag(pdf, "P", SENTENCE), NS=None), "namespace-missing"),
    ("list without numbering", lambda pdf: put(signed_list(pdf).A, ListNumbering=Name("/None")), "list-numbering"),
    ("bookmark that leads to a page alone", lambda pdf: put(outline(pdf).A, SD=None), "destination-untagged"),
    (
        "bookmark that leads to another tag",
        lambda pdf: put(outline(pdf).A, SD=outline(pdf).Next.A.SD),
        "destination-untagged",
    ),
    (
        "link that leads to a page alone",
        lambda pdf: put(pikepdf.NameTree(pdf.Root.Names.Dests)["massage"], SD=None),
        "destination-untagged",
    ),
]


@pytest.fixture(scope="session")
def good(english: Edition) -> bytes:
    return pdf(english)


@pytest.fixture(scope="session")
def second(english: Edition) -> bytes:
    return pdf_ua2(english)


def planted(data: bytes, fault: Fault, **how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        fault(document)
        document.save(out, **how)
    return out.getvalue()


def codes(data: bytes, edition: Edition) -> set[str]:
    return {finding.code for finding in validate(data, edition, "leaflet.pdf")}


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "code"), [pytest.param(*rest, id=name) for name, *rest in FAULTS])
def test_fault_is_found(good: bytes, english: Edition, fault: Fault, code: str) -> None:
    assert code in codes(planted(good, fault), english)


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "code"), [pytest.param(*rest, id=name) for name, *rest in SECOND_FAULTS])
def test_fault_in_ua2_is_found(second: bytes, english: Edition, fault: Fault, code: str) -> None:
    assert code in {finding.code for finding in validate_ua2(planted(second, fault), english, "leaflet.ua2.pdf")}


def test_good_file_passes(good: bytes, english: Edition) -> None:
    assert validate(good, english, "leaflet.pdf") == ()


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"linearize": True},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"normalize_content": True},
        {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
    ],
)
def test_saving_a_file_in_another_way_plants_no_fault(good: bytes, english: Edition, how: dict[str, Any]) -> None:
    assert codes(planted(good, lambda _: None, **how), english) == set()


def test_encrypted_file_is_found(good: bytes, english: Edition) -> None:
    locked = planted(good, lambda _: None, encryption=pikepdf.Encryption(owner="x", user="", R=6))
    assert "pdf-encrypted" in codes(locked, english)


def test_file_that_asks_for_a_password_is_found(good: bytes, english: Edition) -> None:
    locked = planted(good, lambda _: None, encryption=pikepdf.Encryption(owner="x", user="y", R=6))
    assert codes(locked, english) == {"pdf-broken"}


@pytest.mark.parametrize("data", [b"", b"not a leaflet", b"%PDF-1.7"])
def test_file_that_is_no_pdf_is_found(english: Edition, data: bytes) -> None:
    assert codes(data, english) == {"pdf-broken"}


def test_file_of_another_part_is_found(good: bytes, second: bytes, english: Edition) -> None:
    assert "pdfua-missing" in codes(second, english)
    assert "pdfua-missing" in {finding.code for finding in validate_ua2(good, english, "leaflet.ua2.pdf")}


def test_file_of_another_edition_is_found(good: bytes, german: Edition) -> None:
    assert {"lang-wrong", "title-wrong", "message-lost", "message-unknown", "word-unknown", "alt-wrong"} <= codes(
        good, german
    )


def test_draft_that_hides_it_is_found(good: bytes, english: Edition) -> None:
    assert codes(good, replace(english, draft=True)) == {"state-missing", "footer-missing", "claim-unproven"}


def test_tags_of_weasyprint_alone_do_not_pass(english: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tags that stock WeasyPrint writes trip the rules that its defects are the reason for."""
    import weasyprint.pdf
    from weasyprint.pdf import tags as stock

    monkeypatch.setattr(weasyprint.pdf, "add_tags", stock.add_tags)
    assert {"lang-part", "bbox-wrong", "table-scope", "link-name", "footer-missing"} <= codes(pdf(english), english)


def test_finding_names_the_words_and_the_remedy(good: bytes, english: Edition) -> None:
    found = validate(planted(good, lambda pdf: drop(pdf, "P", SENTENCE)), english, "leaflet.pdf")
    said = next(str(one) for one in found if one.code == "message-lost")
    assert said.startswith(f"leaflet.pdf: error message-lost: missing: “{SENTENCE}”")
    assert "exporters/pdf.py" in said


def test_each_rule_has_a_fault_of_its_own() -> None:
    assert len({name for name, _, _ in FAULTS}) == len(FAULTS) > 90
