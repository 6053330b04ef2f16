"""No word stands in a template or a style sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporters import templates_check
from lbp_content.finding import Finding


def said(template: str) -> list[str]:
    return [finding.message for finding in templates_check.words(Path("page.html.j2"), template)]


def printed(sheet: str) -> list[str]:
    return [finding.message for finding in templates_check.style_words(Path("print.css"), sheet)]


def test_our_templates_and_style_sheets_hold_no_word() -> None:
    assert templates_check.check() == ()


@pytest.mark.parametrize(
    "template",
    [
        "<h2>Contents</h2>",
        "<p>{{ label('page/top') }} or</p>",
        "<p>&copy; I</p>",
        "{% if draft %}Draft{% endif %}",
        "{% macro span(rows) %}many{% endmacro %}",
        '<img src="cover.jpg" alt="Cover">',
        "<img src='cover.jpg' alt='The cover'>",
        '<nav aria-label="Languages">',
        '<td title="{{ outcome }} of all">',
        '<th abbr="Harms">',
        '<meta name="author" content="Somebody">',
        '{{ "Contents" }}',
        '{{ names | join(" and ") }}',
        '{% set heading = "Read this first" %}',
        '<style>@page { @top-left { content: "Page " counter(page) } }</style>',
        "漢",
    ],
)
def test_word_in_a_template_is_found(template: str) -> None:
    assert len(said(template)) == 1


@pytest.mark.parametrize(
    "template",
    [
        '<h2 id="contents-title" class="hidden">{{ label("page/contents") }}</h2>',
        '<img role="img" aria-labelledby="title" alt="{{ plain(cover.alt) }}. {{ state }}"/>',
        "{# The shell: every word comes from the edition. #}",
        "<!-- a note to ourselves -->",
        '<!DOCTYPE html><?xml version="1.0" encoding="UTF-8"?>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '{% block matter %} class="cover"{% endblock %}',
        '{{ names | join(" · ") }} &nbsp; 100 % 3–4',
        '{% for ending, name in [("html", "page/read"), ("pdf", "page/download-pdf")] %}{% endfor %}',
        '{{ number.split("{page}") }}',
        '<style>h3::before { content: "!" / ""; font-family: "Some Font" }</style>',
    ],
)
def test_markup_is_no_word(template: str) -> None:
    assert said(template) == []


@pytest.mark.parametrize(
    "sheet",
    [
        'a::after { content: " (link)" }',
        "a::after { content: counter(page) ' of ' counter(pages) }",
        '.harms::before { content: "!" / "Warning" }',
        'h2 { bookmark-label: "Chapter " content() }',
        'ol { list-style: "No. " inside }',
        '@page { @bottom-left { content: "Not reviewed" } }',
    ],
)
def test_word_that_a_style_sheet_would_print_is_found(sheet: str) -> None:
    assert len(printed(sheet)) == 1


@pytest.mark.parametrize(
    "sheet",
    [
        'h3::before { content: "!" / "" }',
        'a::after { content: "\\a" counter(page) "\\2192 " }',
        'html { font-family: "Atkinson Hyperlegible", sans-serif }',
        '/* content: "Page" */',
        'p { background: url("data:image/svg+xml,content") }',
        'h1 { bookmark-label: content(text); justify-content: "center" }',
    ],
)
def test_looks_are_no_words(sheet: str) -> None:
    assert printed(sheet) == []


def test_finding_names_the_line_and_the_word() -> None:
    template = "<p>\n{{ label(\n'page/top') }}\n</p>\n<h2>All\n  treatments</h2>"
    found: list[Finding] = list(templates_check.words(Path("page.html.j2"), template))
    assert [(finding.code, finding.where.line) for finding in found] == [("template-word", 5), ("template-word", 6)]
    assert str(found[0]).startswith("page.html.j2:5: error template-word: “All” stands in page.html.j2\n")
