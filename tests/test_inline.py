"""The closed set of inline markup: what is in it, and that nothing else gets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbp_content import inline
from lbp_content.inline import MarkupError, Piece, parse, plain

PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="<>{}&")).filter(
    lambda text: not inline.forbidden(text)
)
WORDS = PLAIN.filter(str.strip)


# What is read


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("a", (Piece("a"),)),
        ("<b>a</b>", (Piece("a", "b"),)),
        ("a <b>b</b> c", (Piece("a "), Piece("b", "b"), Piece(" c"))),
        ('<i id="hand">manus</i>', (Piece("manus", "i", "hand"),)),
        ('See <a id="web-1">this</a>.', (Piece("See "), Piece("this", "a", "web-1"), Piece("."))),
        ("<b>a</b><b>b</b>", (Piece("a", "b"), Piece("b", "b"))),
        ("In {updated}", (Piece("In {updated}"),)),
        ("<b>{updated}</b>", (Piece("{updated}", "b"),)),
    ],
)
def test_a_message_is_cut_into_pieces(text: str, pieces: tuple[Piece, ...]) -> None:
    assert parse(text) == pieces


@given(PLAIN)
def test_plain_text_is_one_piece(text: str) -> None:
    assert parse(text) == ((Piece(text),) if text else ())
    assert plain(text) == text


@given(st.lists(st.tuples(st.sampled_from(["", "b", "i", "a"]), WORDS), max_size=5))
def test_reading_what_was_written_gives_the_pieces_back(written: list[tuple[str, str]]) -> None:
    starts = {"": "", "b": "<b>", "i": '<i id="x">', "a": '<a id="x">'}
    text = "".join(f"{starts[tag]}{words}{f'</{tag}>' if tag else ''}" for tag, words in written)
    assert plain(text) == "".join(words for _, words in written)
    assert [piece for piece in parse(text) if piece.tag] == [
        Piece(words, tag, "" if tag == "b" else "x") for tag, words in written if tag
    ]


@given(st.text(st.sampled_from('<>/bia ="{}x&;')))
def test_whatever_is_read_has_no_markup_left_in_it(text: str) -> None:
    try:
        pieces = parse(text)
    except MarkupError:
        return
    assert not any(char in piece.text for piece in pieces for char in "<>")
    assert all(piece.tag in ("", "b", "i", "a") for piece in pieces)


def test_an_ampersand_is_a_letter_like_others() -> None:
    assert plain("Research & Development; AT&T, a&b") == "Research & Development; AT&T, a&b"


# What is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<em>a</em>", "'<' is not part of a known tag"),
        ("<script>alert(1)</script>", "'<'"),
        ("<B>a</B>", "'<'"),
        ("< b>a</b>", "</b> stands where it can't"),
        ("<b >a</b>", "</b> stands where it can't"),
        ('<b class="x">a</b>', "</b> stands where it can't"),
        ("<b>a", "<b> is not closed"),
        ("a</b>", "</b> stands where it can't"),
        ("<b>a</i>", "</i> stands where it can't"),
        ('<b>a<i id="x">b</i></b>', '<i id="x"> stands where it can\'t'),
        ("<b>a<b>b</b></b>", "<b> stands where it can't"),
        ("<b></b>", "<b> is empty"),
        ('<a id="x"> </a>', "<a> is empty"),
        ("<i>a</i>", "</i> stands where it can't"),
        ('<i id="">a</i>', "</i> stands where it can't"),
        ('<i id="X Y">a</i>', "</i> stands where it can't"),
        ("<i id='x'>a</i>", "</i> stands where it can't"),
        ('<a id="x" href="https://example.org">a</a>', "</a> stands where it can't"),
        ('<a href="javascript:alert(1)">a</a>', "</a> stands where it can't"),
        ("a<br/>b", "'<'"),
        ("a <!-- b --> c", "'<'"),
        ("<![CDATA[a]]>", "'<'"),
        ("1 < 2", "'<'"),
        ("2 > 1", "'>'"),
        ("a &lt;b&gt; c", "&lt; would be shown as it is written"),
        ("a&nbsp;b", "&nbsp;"),
        ("a&#160;b", "&#160;"),
        ("a&#xA0;b", "&#xA0;"),
        ("a {b", "a brace"),
        ("a } b", "a brace"),
        ("{}", "a brace"),
        ("{{updated}}", "a brace"),
        ("{Updated}", "a brace"),
        ("{updated.year}", "a brace"),
        ("{0}", "a brace"),
        ("{updated!r}", "a brace"),
        ("a\u202eb", "U+202E"),
        ("a\x00b", "U+0000"),
        ("a\ufeffb", "U+FEFF"),
        ("a\u2028b", "U+2028"),
        ("a\U000e0041b", "U+E0041"),
    ],
)
def test_everything_outside_of_the_closed_set_is_refused(text: str, said: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(text)
    assert said in str(caught.value)


@pytest.mark.parametrize("char", ["\n", "\t", "\u00a0", "\u00ad", "\u200b", "\u200c", "\u200d", "\u202f", "„", "😀"])
def test_characters_that_typography_and_scripts_need_are_read(char: str) -> None:
    assert plain(f"a{char}b") == f"a{char}b"


def test_a_tag_with_an_id_that_the_model_does_not_have_is_a_problem() -> None:
    text = '<i id="hand">manus</i> and <a id="web">this</a>'
    assert inline.problem(text, {"hand": "la"}, {"web": "https://example.org"}) == ""
    assert inline.problem(text, {}, {"web": "https://example.org"}) == '<i id="hand"> has no such id in the source'
    assert '<a id="web">' in inline.problem(text, {"hand": "la", "web": "la"}, {})
    assert inline.problem("<b>a", {}, {}) == "<b> is not closed"


# Placeholders


def test_placeholders_and_tags_are_counted() -> None:
    text = 'On {updated}, <b>a</b> and <b>b</b> <i id="x">c</i>, {updated}'
    assert inline.placeholders(text) == {"updated": 2}
    assert inline.tags(text) == {("b", ""): 2, ("i", "x"): 1}


def test_placeholders_are_filled_by_plain_lookup() -> None:
    assert inline.fill("On {updated}: {page}", {"updated": "{page}", "page": "\\1"}) == "On {page}: \\1"
    with pytest.raises(KeyError, match="dose"):
        inline.fill("{dose}", {})
