"""Texts -> findings where the spelling or the form of address is not that of the language's other texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lbp_content.checks.phrases import sentences
from lbp_content.checks.reading import Reading
from lbp_content.finding import Finding

IZE = (  # stems that Oxford spelling writes with -ize; exercise, advise, otherwise and the like are no such stems
    "apolog|capital|categor|central|character|critic|custom|emphas|energ|equal|familiar|final|general|global|harmon|"
    "hospital|immun|individual|initial|ital|legal|local|material|maxim|memor|minim|mobil|modern|neutral|normal|optim|"
    "organ|person|personal|popular|prior|priorit|random|rational|real|recogn|revital|scrutin|social|special|stabil|"
    "standard|steril|stigmat|summar|symbol|sympath|synthes|util|visual"
)
WRONG: Mapping[str, tuple[tuple[str, re.Pattern[str], str], ...]] = {
    "en": (
        (
            "spelling",
            re.compile(rf"\b(?:de|im|re|un|dis)?(?:{IZE})is(?:e[drs]?|ers|ing|ations?|ational)\b", re.IGNORECASE),
            "Spell it with -ize.",
        ),
        (
            "spelling",
            re.compile(
                r"\b(?:behavior\w*|cent(?:er|ers|ered)|col(?:or)\w*|fiber\w*|program|programs|favor\w*|labor\w*|"
                r"an(?:alyz)\w*|pediatric\w*|specialt(?:y|ies))\b",
                re.IGNORECASE,
            ),
            "Spell it the British way.",
        ),
    ),
    "de": (
        (
            "form-of-address",
            re.compile(r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|eure?[mnrs]?)\b", re.IGNORECASE),
            "Address readers as “Sie”.",
        ),
    ),
}


def check(reading: Reading) -> Iterator[Finding]:
    """British English with -ize; German with “Sie”."""
    for text in reading.texts:
        for code, pattern, remedy in WRONG.get(reading.locale.split("-")[0], ()):
            for sentence in sentences(text.text, reading.locale):
                for word in pattern.findall(sentence):
                    yield Finding(code, f"{text.id}: “{word}”", remedy, text.where)
