"""Phrases of the lexicon and a sentence -> where the one says the other.

The language of patterns is tiny: "…" stands for any words of the same sentence, "*" for the rest of a word, "|" parts
alternatives. Capitals don't count, words are whole words, and a straight apostrophe is as good as a curly one.
"""

from __future__ import annotations

import re
from functools import cache

from lbp_content import inline, readability


@cache
def sentences(text: str, locale: str) -> tuple[str, ...]:
    """The sentences of a message as the patterns read them: without markup and soft hyphens."""
    bare = inline.TOKEN.sub("", text).replace("\xad", "").replace("’", "'")
    return readability.sentences(bare, locale)


def said(phrases: tuple[str, ...], sentence: str) -> bool:
    """Whether the sentence says one of the phrases."""
    return bool(phrases) and bool(_pattern(phrases).search(sentence))


def places(phrases: tuple[str, ...], sentence: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of every word or run of words that belongs to a phrase; what "…" stands for does not."""
    if not phrases:
        return ()
    found = _pattern(phrases).finditer(sentence)
    return tuple(place for match in found for place in match.regs[1:] if place != (-1, -1))


def without(phrases: tuple[str, ...], sentence: str) -> str:
    """The sentence with the phrases taken out."""
    return _pattern(phrases).sub(" ", sentence) if phrases else sentence


def ways(row: str) -> tuple[str, ...]:
    """The alternatives of a row."""
    return tuple(way.strip() for way in row.split("|"))


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_phrase, phrases))})", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    return r".*?(?<!\w)".join(f"({_run(run.split())})" for run in phrase.replace("’", "'").split("…"))


def _run(words: list[str]) -> str:
    """Words that follow each other, the last one to its end."""
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in words) + r"(?!\w)"


def quoted(phrases: tuple[str, ...]) -> str:
    """Phrases for a message: “…” or “…”."""
    return " or ".join(f"“{phrase}”" for phrase in phrases)
