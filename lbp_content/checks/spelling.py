"""Texts -> findings where the spelling or the form of address is not that of the language's other texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lbp_content.checks.phrases import sentences
from lbp_content.checks.reading import Reading
from lbp_content.finding import Finding
from lbp_content.model import Text

IZE = (  # stems that Oxford spelling writes with -ize; exercise, advise, otherwise and the like are no such stems
    "apolog|capital|categor|central|character|critic|custom|emphas|energ|equal|familiar|final|general|global|harmon|"
    "hospital|immun|individual|initial|ital|legal|local|material|maxim|memor|minim|mobil|modern|neutral|normal|optim|"
    "organ|person|personal|popular|prior|priorit|random|rational|real|recogn|revital|scrutin|social|special|stabil|"
    "standard|steril|stigmat|summar|symbol|sympath|synthes|util|visual"
)
NOT_BRITISH_IZE = re.compile(
    rf"\b(?:de|dis|im|re|un)?(?:{IZE})is(?:e[drs]?|ers|ing|ations?|ational)\b"
    r"|\b(?:behavior\w*|center(?:s|ed)?|color(?:s|ed|ful)?|favor\w*|fiber\w*|labor(?:s|ed|ing)?|analyz\w*|pediatric\w*|programs?)\b",
    re.IGNORECASE,
)
DU = re.compile(r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|eure?[mnrs]?)\b", re.IGNORECASE)


def check_spelling(reading: Reading) -> Iterator[Finding]:
    """English is British, with -ize."""
    for text, word in _found(reading, "en", NOT_BRITISH_IZE):
        remedy = "Spell it the British way, with -ize where Oxford has it."
        yield Finding("spelling", f"{text.id}: “{word}”", remedy, text.where)


def check_address(reading: Reading) -> Iterator[Finding]:
    """German readers are addressed as “Sie”."""
    for text, word in _found(reading, "de", DU):
        yield Finding("form-of-address", f"{text.id}: “{word}”", "Address readers as “Sie”.", text.where)


def _found(reading: Reading, language: str, pattern: re.Pattern[str]) -> Iterator[tuple[Text, str]]:
    if reading.locale.split("-")[0] == language:
        for text in reading.texts:
            for sentence in sentences(text.text, reading.locale):
                yield from ((text, match.group()) for match in pattern.finditer(sentence))
