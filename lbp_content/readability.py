"""Messages of one locale -> sentences, words, syllables, scores, and a Finding when the whole is too hard."""

from __future__ import annotations

import re
from collections.abc import Iterator

END = re.compile(r"""(?:[.!?…؟।]+["'”“’‘»«›‹)\]]*(?=\s|$)|[。！？]["'”’」』）]*)""")
INITIALS = re.compile(r"(?:\b[^\W\d_]\.\s?)+[^\W\d_]$")  # z. B, e.g, i. d. R, U.S
ABBREVIATIONS = {  # without the last dot; never the end of a sentence
    "en": frozenset("approx cf dr fig incl max mr mrs ms prof st viz vs".split()),
    "de": frozenset("abb bspw bzw ca dr evtl fr ggf hr inkl insb max mind nr prof sog st tab tel vgl zzgl".split()),
}
MAY_END = frozenset({"a.m", "p.m", "etc", "usw"})  # the end of a sentence if a capital follows
MONTHS = "januar februar märz april mai juni juli august september oktober november dezember".split()
ORDINAL = re.compile(r"\b(?:(?:am|dem|den|der|des|die|das|im|vom|zum|zur|bis|ab|seit)\s)?\d{1,2}$", re.IGNORECASE)
BETWEEN_WORDS = re.compile(r"[\s/–—…]+")
AROUND_WORD = re.compile(r"^[\W_]+|[\W_]+$")


def sentences(text: str, locale: str) -> tuple[str, ...]:
    """The sentences of one message without markup. Its end is an end, with or without a full stop; a colon is none."""
    text, start, found = " ".join(text.split()), 0, []
    for end in END.finditer(text):
        if _ends(text[start : end.start()], end.group(), text[end.end() :].lstrip(), locale):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return (*found, rest) if (rest := text[start:].strip()) else tuple(found)


def _ends(before: str, mark: str, after: str, locale: str) -> bool:
    """Whether the mark between `before` and `after` ends a sentence: small letters never start one."""
    if not after:
        return True
    if AROUND_WORD.sub("", after)[:1].islower():
        return False
    return mark != "." or not _abbreviated(before, after, locale)


def _abbreviated(before: str, after: str, locale: str) -> bool:
    """Whether the dot after `before` belongs to its last word: Dr., z. B., e.g., or in German the 2. Dezember."""
    language = locale.split("-")[0]
    last = before.split()[-1].lstrip("(„“\"'»«").lower() if before.split() else ""
    if last in MAY_END:
        return False
    if last in ABBREVIATIONS.get(language, ()) or INITIALS.search(before) or _split_initials(before, after):
        return True
    return language == "de" and _ordinal(before, after)


def _split_initials(before: str, after: str) -> bool:
    """Whether the dot is the first one in z. B."""
    return bool(re.search(r"\b[^\W\d_]$", before) and re.match(r"[^\W\d_]\.", after))


def _ordinal(before: str, after: str) -> bool:
    number = ORDINAL.search(before)
    month = AROUND_WORD.sub("", after.split()[0]).lower() in MONTHS
    return bool(number) and (month or not number.group().isdigit())


def words(sentence: str) -> tuple[str, ...]:
    """The words; a hyphenated compound, a number and a {placeholder} are one word each."""
    tokens = (AROUND_WORD.sub("", token) for token in BETWEEN_WORDS.split(sentence.replace("\xad", "")))
    return tuple(token for token in tokens if token)
