"""The templates -> findings: markup only, never a word, for a word in a template is a word in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lbp_content.finding import Finding, Location

TEMPLATES = Path(__file__).parent / "templates"
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
CODE = re.compile(r"<style\b.*?</style>|<!--.*?-->|<!DOCTYPE.*?>|<\?.*?\?>", re.DOTALL | re.IGNORECASE)
SPOKEN = re.compile(r'\b(?:alt|title|aria-label|placeholder|summary|content)="([^"]*)"')
TECHNICAL = re.compile(r"^[\s\x00]*$|width=device-width|light dark|default-src|^[\w:./+-]*$")
WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def check() -> tuple[Finding, ...]:
    """A finding for each word that stands in a template, with its line."""
    return tuple(finding for file in sorted(TEMPLATES.iterdir()) for finding in words(file, file.read_text("utf-8")))


def words(file: Path, template: str) -> Iterator[Finding]:
    """The words of one template: its text, and the attributes that are read aloud."""
    markup = CODE.sub(_blank, JINJA.sub(_blank, template))
    for attribute in SPOKEN.finditer(markup):
        if not TECHNICAL.search(attribute[1]):
            yield _finding(file, template, attribute.start(1), attribute[1])
    text = re.sub(r"<[^<>]*>", _blank, markup)
    for word in WORD.finditer(text):
        yield _finding(file, template, word.start(), word.group())


def _blank(match: re.Match[str]) -> str:
    """As many characters as before, so that places stay what they are."""
    return re.sub(r"[^\n]", " ", match.group())


def _finding(file: Path, template: str, at: int, words: str) -> Finding:
    remedy = "Make it a label in labels.yaml and write {{ label(...) }} here."
    line = template.count("\n", 0, at) + 1
    return Finding(
        "template-word", f"“{' '.join(words.split())}” stands in a template", remedy, Location(str(file), line)
    )
