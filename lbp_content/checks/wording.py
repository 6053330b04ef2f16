"""Texts that state claims -> findings where certainty, hedges, time span or population got lost or were changed.

What a text states is known from its claims; how that must read is known from the lexicon. Where several claims share a
text, a sentence belongs to the claims whose words it says: the “can” of a side effect is no raised “might”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lbp_content.checks.phrases import places, quoted, said, sentences, ways
from lbp_content.checks.reading import Reading, Unit
from lbp_content.finding import Finding
from lbp_content.model import Claim, Phrases, Text

EACH_SENTENCE = frozenset({"belief", "risk"})  # without its words, the next sentence reads as a fact


def check_certainty(reading: Reading) -> Iterator[Finding]:
    """A text says how sure each of its claims is, and nothing that is surer or less sure."""
    for text in reading.texts:
        cut = sentences(text.text, reading.locale)
        for wording, claims in _by_wording(reading, text).items():
            if phrases := reading.wording(wording):
                yield from _lost(reading, text, claims, phrases, cut)
                yield from _changed(reading, text, claims, phrases, cut)
        yield from _bare_sentences(reading, text, cut)


def _by_wording(reading: Reading, text: Text) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in reading.stated(text):
        if claim.wording:
            found.setdefault(claim.wording, []).append(claim)
    return found


def _lost(
    reading: Reading, text: Text, claims: list[Claim], phrases: Phrases, cut: tuple[str, ...]
) -> Iterator[Finding]:
    remedy = f"Say {quoted(phrases.say)}."
    carrying = [sentence for sentence in cut if said(phrases.say, sentence)]
    if not carrying:
        problem = f"{text.id}: how sure {_ids(claims)} is ({claims[0].certainty}) is not said"
        yield Finding("certainty-lost", problem, remedy, text.where)
        return
    for claim in claims:
        where = [sentence for sentence in cut if said(_anchor(reading, claim), sentence)]
        if where and not set(where).intersection(carrying):
            problem = f"{text.id}: “{where[0]}” does not say how sure {claim.id} is ({claim.certainty})"
            yield Finding("certainty-lost", problem, remedy, text.where)


def _anchor(reading: Reading, claim: Claim) -> tuple[str, ...]:
    """The words that mark the very sentence which must carry a claim's certainty; none for most wordings."""
    row = next(row for row in reading.content.lexicon.wordings if row.id == claim.wording)
    span = reading.saying(f"span/{claim.span}")
    return reading.figure(claim.figure) + (span.say if span else ()) if row.close else ()


def _changed(
    reading: Reading, text: Text, claims: list[Claim], phrases: Phrases, cut: tuple[str, ...]
) -> Iterator[Finding]:
    others = _words_of_others(reading, text, claims)
    for sentence in cut:
        hits = places(phrases.never, sentence)
        if not hits or (said(others, sentence) and not said(phrases.say, sentence)):
            continue
        meant = places(phrases.say, sentence) + places(others, sentence)
        for start, end in hits:
            if not any(first <= start and end <= last for first, last in meant):
                problem = f"{text.id}: “{sentence[start:end]}” changes how sure {_ids(claims)} is"
                yield Finding(
                    "certainty-changed",
                    f"{problem} ({claims[0].certainty})",
                    f"Say {quoted(phrases.say)}, never {quoted(phrases.never)}.",
                    text.where,
                )


def _words_of_others(reading: Reading, text: Text, claims: list[Claim]) -> tuple[str, ...]:
    """What the other claims of a text need: their wordings and small hedges."""
    found: list[str] = []
    for claim in reading.stated(text):
        if claim not in claims:
            phrases = reading.wording(claim.wording)
            found += phrases.say if phrases else ()
            found += (way for row in reading.keep(claim) for way in ways(row))
    return tuple(found)


def _bare_sentences(reading: Reading, text: Text, cut: tuple[str, ...]) -> Iterator[Finding]:
    """Where all claims of a text are beliefs, or all risks, each of its sentences says so."""
    claims = reading.stated(text)
    wordings = [reading.wording(claim.wording) for claim in claims]
    say = tuple(phrase for phrases in wordings if phrases for phrase in phrases.say)
    if not say or len({claim.kind for claim in claims}) > 1 or claims[0].kind not in EACH_SENTENCE:
        return
    bare = [sentence for sentence in cut if not said(say, sentence)]
    if bare and len(bare) < len(cut):
        problem = f"{text.id}: “{bare[0]}” reads as a fact, but {_ids(claims)} is a {claims[0].kind}"
        yield Finding("certainty-lost", problem, f"Say {quoted(say)} in each sentence.", text.where)


def check_hedges(reading: Reading) -> Iterator[Finding]:
    """What a unit says of a claim keeps each of its small hedges: “usually”, “such as”, “only a few”."""
    for _, claim, texts in statements(reading):
        whole = _joined(texts, reading.locale)
        for row in reading.keep(claim):
            if not any(said(ways(row), sentence) for sentence in whole):
                problem = f"{texts[0].id}: a small hedge of {claim.id} is lost"
                yield Finding("hedge-lost", problem, f"Say {quoted(ways(row))}.", texts[0].where)


def statements(reading: Reading) -> Iterator[tuple[Unit, Claim, tuple[Text, ...]]]:
    """(unit, claim, texts): all that a unit says of a claim, the line that leads to a list item included.

    Texts on the side effects of all treatments at once only sum up, and are left out."""
    in_short = reading.content.claims.harms_in_short
    for unit in reading.units:
        for id in sorted(unit.claims()):
            texts = tuple(text for text in unit.lead + unit.texts if id in text.claims and text.id not in in_short)
            if texts and id in reading.claims:
                yield unit, reading.claims[id], texts


def _joined(texts: Iterable[Text], locale: str) -> tuple[str, ...]:
    return tuple(sentence for text in texts for sentence in sentences(text.text, locale))


def check_spans(reading: Reading) -> Iterator[Finding]:
    """A text says the time span of each of its claims, and no longer one."""
    in_short = reading.content.claims.harms_in_short
    for text in reading.texts:
        spans = {claim.span: claim for claim in reading.stated(text) if claim.span and text.id not in in_short}
        cut = sentences(text.text, reading.locale)
        for span, claim in spans.items():
            phrases = reading.saying(f"span/{span}")
            if phrases and not any(said(phrases.say, sentence) for sentence in cut):
                problem = f"{text.id}: the time span of {claim.id}, {span}, is not said"
                yield Finding("span-lost", problem, f"Say {quoted(phrases.say)}.", text.where)
            if phrases and len(spans) == 1 and any(said(phrases.never, sentence) for sentence in cut):
                problem = f"{text.id}: another time span than {claim.id} has, {span}"
                yield Finding("span-changed", problem, f"Never say {quoted(phrases.never)}.", text.where)


def check_populations(reading: Reading) -> Iterator[Finding]:
    """A claim is said of the people it is about: in its text or its unit; recurring acute pain in its text itself."""
    for unit, claim, texts in statements(reading):
        phrases = reading.saying(f"population/{claim.population}")
        if unit.cell or not phrases:
            continue
        around = texts if claim.population == "recurring-acute" else unit.lead + unit.texts
        if not any(said(phrases.say, sentence) for sentence in _joined(around, reading.locale)):
            problem = f"{texts[0].id}: whom {claim.id} is about, {claim.population}, is not said"
            yield Finding("population-lost", problem, f"Say {quoted(phrases.say)}.", texts[0].where)


def check_other_populations(reading: Reading) -> Iterator[Finding]:
    """A text never says its claims of other people, and names no people where the source names none."""
    for text in reading.texts:
        claims = reading.stated(text)
        people = {claim.population for claim in claims if claim.population}
        phrases = reading.saying(f"population/{next(iter(people))}") if len(people) == 1 else None
        cut = sentences(text.text, reading.locale)
        if phrases and any(said(phrases.never, sentence) for sentence in cut):
            problem = f"{text.id}: {_ids(claims)} is about {people.pop()}, and said of others"
            yield Finding("population-changed", problem, f"Never say {quoted(phrases.never)}.", text.where)
        if not people and any(claim.kind == "effect" for claim in claims):
            yield from _added_people(reading, text, claims, cut)


def _added_people(reading: Reading, text: Text, claims: tuple[Claim, ...], cut: tuple[str, ...]) -> Iterator[Finding]:
    everybody = reading.saying("population/LBP")
    if everybody and any(said(everybody.say, sentence) for sentence in cut):
        problem = f"{text.id}: the source does not say whom {_ids(claims)} is about"
        yield Finding("population-changed", problem, f"Leave out {quoted(everybody.say)}.", text.where)


def _ids(claims: Iterable[Claim]) -> str:
    return ", ".join(claim.id for claim in claims)
