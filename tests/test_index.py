"""The page that leads to all files: faults planted in it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from exporters.html import index
from exporters.validate.index import validate
from exporters.validate.text import vocabulary
from lbp_content.translate import Edition

LINK = '<li><a href="de/low-back-pain.de.epub">'


@pytest.fixture
def editions(english: Edition, german: Edition) -> list[Edition]:
    return [english, german]


@pytest.fixture
def files(editions: list[Edition]) -> dict[str, list[str]]:
    return {one.locale: [f"{one.slug}.{ending}" for ending in ("html", "epub", "pdf")] for one in editions}


@pytest.fixture
def page(editions: list[Edition], files: dict[str, list[str]]) -> str:
    return index(editions, files).decode()


def codes(page: str, editions: list[Edition], files: dict[str, list[str]]) -> set[str]:
    return {finding.code for finding in validate(page.encode(), editions, files, "index.html")}


def test_the_gate_passes_the_page(page: str, editions: list[Edition], files: dict[str, list[str]]) -> None:
    assert codes(page, editions, files) == set()


def test_page_leads_to_the_files_that_are_there(editions: list[Edition], files: dict[str, list[str]]) -> None:
    some = files | {"de": files["de"][:1]}
    page = index(editions, some).decode()
    assert codes(page, editions, some) == set()
    assert len(re.findall(r'href="(en|de)/', page)) == 4


def test_page_of_one_language_passes(editions: list[Edition], files: dict[str, list[str]]) -> None:
    assert codes(index(editions[1:], files).decode(), editions[1:], files) == set()


def test_page_in_a_right_to_left_language_passes(editions: list[Edition], english: Edition) -> None:
    arabic = replace(english, locale="ar", lang="ar", dir="rtl", languages={**english.languages, "ar": "العربية"})
    files = {"ar": [f"{arabic.slug}.html"], "de": [f"{editions[1].slug}.html"]}
    assert codes(index([arabic, editions[1]], files).decode(), [arabic, editions[1]], files) == set()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('<html lang="en-GB"', '<html lang="de"', "lang-wrong"),
        ('<section class="language" lang="de" dir="ltr"', '<section class="language" lang="de"', "dir-wrong"),
        ('<section class="language" lang="de"', '<section class="language"', "part-missing"),
        ('<span class="greeting" lang="de"', "<span", "part-missing"),
        ("<title>", "<title>Leaflets", "word-unknown"),
        ("<title>.*?</title>", "<title></title>", "title-wrong"),
        ("<main ", "<div ", "landmark-missing"),
        ("<header ", "<div ", "landmark-missing"),
        ("<h1>(.*?)</h1>", r"<h3>\1</h3>", "heading-first"),
        ('id="title-de"', 'id="title-en"', "id-twice"),
        ('aria-labelledby="title-de"', 'aria-labelledby="gone"', "name-broken"),
        ("low-back-pain.de.epub", "low-back-pain.de.mobi", "link-broken"),
        (f"{LINK}.*?</li>", "", "file-unlinked"),
        (f"{LINK}[^<]*", LINK, "link-empty"),
        ("<main ", '<img src="https://example.org/x.png" alt="Massage"><main ', "request"),
        ("</style>", "p { background: url(x.png) }</style>", "request"),
        ("default-src 'none'", "", "csp-missing"),
        ("</style>", " </style>", "csp-broken"),
        ("<svg role", '<svg title="Robots" role', "word-unknown"),
        (r'(lang="de".*?<p class="small">).*?</p>', r"\1</p>", "state-missing"),
    ],
)
def test_fault_in_the_page_is_found(
    page: str, editions: list[Edition], files: dict[str, list[str]], old: str, new: str, code: str
) -> None:
    planted = re.sub(old, new, page, count=1, flags=re.DOTALL)
    assert planted != page
    assert code in codes(planted, editions, files)


def test_word_of_another_language_is_found(page: str, editions: list[Edition], files: dict[str, list[str]]) -> None:
    english = min(vocabulary(editions[0]) - vocabulary(editions[1]))
    planted = page.replace('<ul class="files">', f'<p>{english}</p><ul class="files">')
    found = [str(finding) for finding in validate(planted.encode(), editions, files, "index.html")]
    assert [f"index.html: error word-unknown: “{english}”" in one for one in found] == [True]
