"""The web page: what is in it, and that it asks for nothing from elsewhere."""

from __future__ import annotations

import re

import pytest
from lxml import html as parser

from exporters.html import html
from exporters.validate import document
from exporters.validate.html import validate
from lbp_content.translate import Edition

BRACKETS = re.compile(r"\[[^][]*\]")


@pytest.fixture(scope="session")
def page(english: Edition) -> bytes:
    return html(english)


@pytest.mark.parametrize("name", ["english", "german", "pseudo", "arabic"])
def test_the_gate_passes_every_edition(name: str, request: pytest.FixtureRequest) -> None:
    edition = request.getfixturevalue(name)
    assert validate(html(edition), edition, "page.html") == ()


def test_same_leaflet_gives_same_bytes(english: Edition, page: bytes) -> None:
    assert html(english) == page


def test_no_word_is_outside_of_the_pseudo_locale(pseudo: Edition) -> None:
    root = parser.document_fromstring(html(pseudo).decode())
    for style in list(root.iter("style")):
        style.drop_tree()
    names = "|".join(map(re.escape, pseudo.languages.values()))
    for words in [root.text_content(), *document.unseen(root)]:
        assert not re.search(r"[^\W\d_]", re.sub(names, "", BRACKETS.sub("", words)))


def test_page_of_a_right_to_left_locale_says_so(arabic: Edition) -> None:
    root = parser.document_fromstring(html(arabic).decode())
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")


def test_page_says_that_nobody_has_reviewed_it(english: Edition, page: bytes) -> None:
    assert english.label("state/not-reviewed") in page.decode()


def test_page_needs_no_other_file(page: bytes) -> None:
    assert not re.search(rb'\ssrc="(?!data:)|<link|<script|@import', page)
