"""What the tests share: the leaflet, and its editions in English, in German and in a language of brackets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lbp_content.load import Content, load
from lbp_content.messages import map_text
from lbp_content.model import Text
from lbp_content.translate import Edition, catalog_file, edition, translated

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 620">{}</svg>'
DISC = SVG.format('<circle cx="400" cy="310" r="300" fill="#E2A93B"/>')


@pytest.fixture(scope="session")
def content() -> Content:
    """The leaflet as it is, with a disc for a drawing that is not there yet."""
    found = load()
    names = [found.leaflet.cover.file, *(treatment.figure.file for treatment in found.leaflet.treatments)]
    return replace(found, figures={name: found.figures.get(name, DISC) for name in names})


@pytest.fixture(scope="session")
def english(content: Content) -> Edition:
    return edition(content, content.leaflet, "en")


@pytest.fixture(scope="session")
def german(content: Content) -> Edition:
    """A draft as long as a message is missing."""
    if not catalog_file("de").exists():
        pytest.skip("there is no German catalog")
    leaflet, gaps = translated(content, "de")
    return edition(content, leaflet, "de", draft=bool(gaps))


@pytest.fixture(scope="session")
def pseudo(english: Edition) -> Edition:
    """Every text in brackets: a word outside of them comes from nowhere."""

    def bracketed(text: Text) -> Text:
        return text.model_copy(update={"text": f"[{text.text}]"})

    return replace(english, leaflet=map_text(english.leaflet, bracketed))


@pytest.fixture(scope="session")
def arabic(pseudo: Edition) -> Edition:
    """Right to left, its words those of the pseudo-locale."""
    return replace(pseudo, locale="ar", lang="ar", dir="rtl")
