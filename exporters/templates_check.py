"""Templates and style sheets -> findings: never a word, for a word there is a word in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lbp_content.finding import Finding, Location

TEMPLATES = Path(__file__).parent / "templates"
STYLES = Path(__file__).parent / "styles"
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/", re.DOTALL)
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
PROLOGUE = re.compile(r"<!DOCTYPE.*?>|<\?.*?\?>", re.DOTALL | re.IGNORECASE)
SPOKEN = re.compile(
    r"""\b(?P<name>alt|title|label|placeholder|summary|abbr|content|aria-(?:label|description|roledescription"""
    r"""|valuetext|placeholder|braillelabel))\s*=\s*(?P<quote>["'])(?P<said>.*?)(?P=quote)""",
    re.DOTALL | re.IGNORECASE,
)
TECHNICAL = re.compile(r"\s*(width=device-width.*|light dark|default-src .*)")  # what `content` holds besides words
QUOTED = re.compile(r'"([^"\\\n]*(?:\\.[^"\\\n]*)*)"' + r"|'([^'\\\n]*(?:\\.[^'\\\n]*)*)'")
CODE = re.compile(r"[a-z0-9/._#:-]*")  # ids of labels, names of classes and files
GENERATED = re.compile(r"(?<![\w-])(?:content|quotes|string-set|bookmark-label|list-style(?:-type)?)\s*:([^;}]*)")
ATTRIBUTE = re.compile(r"""\s[\w:-]+=(?:"[^"]*"|'[^']*')""")  # in a macro they stand outside of tags
TAG = re.compile(r"<[^<>]*>")
ENTITY = re.compile(r"&#?\w+;")
WORD = re.compile(r"[^\W\d_]+")


@cache
def check() -> tuple[Finding, ...]:
    """A finding for each word that stands in a template or a style sheet, with its line."""
    found: list[Finding] = []
    for file in sorted(TEMPLATES.glob("*.j2")):
        found += words(file, file.read_text("utf-8"))
    for file in sorted(STYLES.glob("*.css")):
        found += style_words(file, file.read_text("utf-8"))
    return tuple(found)


def words(file: Path, template: str) -> Iterator[Finding]:
    """The words of one template: text, attributes read aloud, texts in Jinja, and what a style sheet would print."""
    written = COMMENT.sub(_blank, template)
    for jinja in JINJA.finditer(written):
        yield from _quoted(file, written, jinja.start(), jinja.end())
    markup = JINJA.sub(_blank, written)
    for style in STYLE.finditer(markup):
        yield from _generated(file, markup, style.start(1), style.end(1))
    markup = PROLOGUE.sub(_blank, STYLE.sub(_blank, markup))
    yield from _spoken(file, markup)
    for shape in (TAG, ATTRIBUTE, ENTITY):
        markup = shape.sub(_blank, markup)
    yield from (_finding(file, markup, word.start(), word.group()) for word in WORD.finditer(markup))


def _spoken(file: Path, markup: str) -> Iterator[Finding]:
    for attribute in SPOKEN.finditer(markup):
        technical = attribute["name"] == "content" and TECHNICAL.fullmatch(attribute["said"])
        if WORD.search(attribute["said"]) and not technical:
            yield _finding(file, markup, attribute.start("said"), attribute["said"])


def style_words(file: Path, sheet: str) -> Iterator[Finding]:
    """The words that a style sheet would print."""
    written = COMMENT.sub(_blank, sheet)
    yield from _generated(file, written, 0, len(written))


def _generated(file: Path, sheet: str, start: int, end: int) -> Iterator[Finding]:
    for value in GENERATED.finditer(sheet, start, end):
        for text in QUOTED.finditer(sheet, value.start(1), value.end(1)):
            said = re.sub(r"\\[0-9a-fA-F]{1,6}\s?", "", text.group()[1:-1])
            if WORD.search(said):
                yield _finding(file, sheet, text.start(), said)


def _quoted(file: Path, template: str, start: int, end: int) -> Iterator[Finding]:
    """Texts in quotes that are no code."""
    for text in QUOTED.finditer(template, start, end):
        said = text.group()[1:-1]
        if WORD.search(said) and not CODE.fullmatch(said) and not re.fullmatch(r"\{\w+\}", said):
            yield _finding(file, template, text.start(), said)


def _blank(match: re.Match[str]) -> str:
    """As many characters as before, so that places stay what they are."""
    return re.sub(r"[^\n]", " ", match.group())


def _finding(file: Path, source: str, at: int, words: str) -> Finding:
    where = Location(str(file), source.count("\n", 0, at) + 1)
    remedy = "Make it a label in labels.yaml and write {{ label(...) }} in the template."
    return Finding("template-word", f"“{' '.join(words.split())}” stands in {file.name}", remedy, where)
