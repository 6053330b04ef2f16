"""Texts -> findings where a sentence, a brief or the whole leaflet is longer than readers have patience for."""

from __future__ import annotations

from collections.abc import Iterator

from lbp_content.checks.phrases import sentences
from lbp_content.checks.reading import Reading
from lbp_content.finding import Finding
from lbp_content.model import Figure, Text
from lbp_content.readability import running, words

LONGEST_SENTENCE = 20  # words
LONGEST_LEAFLET = 1900  # words of running text, as readability counts it: without briefs, headings and cells
LONGEST_BRIEF = 45, 300  # words, characters
LONGEST_ALT = 150  # characters
PLACEHOLDERS_FOR_ALT = frozenset({"", "ALT", "TODO"})


def check_sentences(reading: Reading) -> Iterator[Finding]:
    """One idea a sentence."""
    for text in reading.texts:
        for sentence in sentences(text.text, reading.locale):
            if (length := len(words(sentence))) > LONGEST_SENTENCE:
                problem = f"{text.id}: {length} words, {LONGEST_SENTENCE} at most: “{sentence}”"
                yield Finding("sentence-long", problem, "Make two sentences of it; keep every hedge.", text.where)


def check_leaflet(reading: Reading) -> Iterator[Finding]:
    """The whole is short, in every language."""
    texts = [text for part in reading.leaflet.parts for text in running(part)]
    length = sum(_length(text, reading.locale) for text in texts)
    if length > LONGEST_LEAFLET:
        problem = f"{reading.locale}: {length:,} words, {LONGEST_LEAFLET:,} at most"
        where = reading.leaflet.title.where
        yield Finding("leaflet-long", problem, "Shorten it; lose no claim and no hedge.", where)


def _length(text: Text, locale: str) -> int:
    return sum(len(words(sentence)) for sentence in sentences(text.text, locale))


def check_briefs(reading: Reading) -> Iterator[Finding]:
    """A brief fits on its panel."""
    most_words, most_letters = LONGEST_BRIEF
    for text in reading.texts:
        length = _length(text, reading.locale) if text.id.endswith("/brief") else 0
        if length and (length > most_words or len(text.text) > most_letters):
            problem = f"{text.id}: {length} words, {len(text.text)} characters; {most_words} and {most_letters} at most"
            yield Finding("brief-long", problem, "Shorten it; keep hedge, time span and side effects.", text.where)


def check_alts(reading: Reading) -> Iterator[Finding]:
    """An alternative text says what is seen, and no more than a listener can keep in mind."""
    for text in reading.texts:
        if not text.id.endswith("/alt"):
            continue
        if text.text.strip() in PLACEHOLDERS_FOR_ALT:
            yield Finding("alt-missing", f"{text.id} is not written yet", "Say what the picture shows.", text.where)
        elif len(text.text) > LONGEST_ALT:
            problem = f"{text.id}: {len(text.text)} characters, {LONGEST_ALT} at most"
            yield Finding("alt-long", problem, "Say the one thing that the picture shows.", text.where)


def check_pictures(reading: Reading) -> Iterator[Finding]:
    """Every drawing that the leaflet names is there."""
    for figure in _figures(reading):
        if figure.file not in reading.content.figures:
            problem = f"{figure.id}: there is no drawing {figure.file}"
            yield Finding(
                "picture-missing", problem, "Draw it with `make drawings`, or correct its name.", figure.where
            )


def _figures(reading: Reading) -> tuple[Figure, ...]:
    leaflet = reading.leaflet
    return (leaflet.cover, *(treatment.figure for treatment in leaflet.treatments))
