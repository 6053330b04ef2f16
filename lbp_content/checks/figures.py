"""Texts -> findings where a number is not on the closed list of figures, or a figure of a claim got lost.

A figure may stand only where its claim is stated. Figures of quiet facts (the number of treatments) may stand anywhere.
Digits, number words and units of time all count; so does a placeholder that is filled with a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lbp_content.checks.phrases import places, quoted, said, sentences, without
from lbp_content.checks.reading import Reading
from lbp_content.finding import Finding
from lbp_content.inline import PLACEHOLDER
from lbp_content.model import Label, Text

DIGITS = re.compile(r"\d+(?:[.,/]\d+)*|[¼-¾²³¹½⅓⅔%‰]")
WORDS = frozenset({"source_title"})  # placeholders without a number


def check_unknown(reading: Reading) -> Iterator[Finding]:
    """No text has a number of its own."""
    everywhere = _quiet(reading)
    words = reading.phrases(reading.content.lexicon.number_words) or ()
    for text in reading.texts:
        allowed = everywhere + _allowed(reading, text)
        for sentence in sentences(text.text, reading.locale):
            for number in _numbers(without(allowed, sentence), words, isinstance(text, Label)):
                problem = f"{text.id}: “{number}” is not on the closed list of figures for {_named(text)}"
                remedy = "Take it out, or say the figure as lexicon.yaml has it in the text that states its claim."
                yield Finding("figure-unknown", problem, remedy, text.where)


def _quiet(reading: Reading) -> tuple[str, ...]:
    return tuple(phrase for fact in reading.facts.values() if fact.quiet for phrase in reading.figure(fact.figure))


def _allowed(reading: Reading, text: Text) -> tuple[str, ...]:
    """The figures of what a text states; for the label of a time span, that span."""
    span = reading.saying(text.id) if isinstance(text, Label) else None
    return (span.say if span else ()) + tuple(phrase for id in text.claims for phrase in _of(reading, id))


def _of(reading: Reading, id: str) -> tuple[str, ...]:
    row = reading.claims.get(id) or reading.facts.get(id)
    return reading.figure(row.figure) if row else ()


def _numbers(rest: str, words: tuple[str, ...], is_label: bool) -> Iterator[str]:
    yield from (f"{{{name}}}" for name in PLACEHOLDER.findall(rest) if name not in WORDS and not is_label)
    bare = PLACEHOLDER.sub(" ", rest)
    yield from DIGITS.findall(bare)
    yield from (bare[start:end] for start, end in places(words, bare))


def _named(text: Text) -> str:
    return ", ".join(text.claims) or "a text that states no claim"


def check_lost(reading: Reading) -> Iterator[Finding]:
    """What a unit says of a claim or fact with a figure says the figure."""
    for unit in reading.units:
        for id in sorted(unit.claims()):
            texts = [text for text in unit.lead + unit.texts if id in text.claims]
            figures = _of(reading, id)
            whole = [sentence for text in texts for sentence in sentences(text.text, reading.locale)]
            if figures and not any(said(figures, sentence) for sentence in whole):
                problem = f"{texts[0].id}: the figure of {id} is lost"
                yield Finding("figure-lost", problem, f"Say {quoted(figures)}.", texts[0].where)
