"""Claims and lexicon held against each other, before any text: every row that a claim names exists and fits it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lbp_content.checks.reading import Reading
from lbp_content.finding import Finding
from lbp_content.model import Claim, Node

WORDED = frozenset({"aim", "belief", "absent"})  # kinds whose strength is in their wording, though they are STATED


def check_wordings(reading: Reading) -> Iterator[Finding]:
    """Every certainty has its wording: one that is made for it, and for the kind of claim."""
    rows = {row.id: row for row in reading.content.lexicon.wordings}
    for claim in reading.claims.values():
        row = rows.get(claim.wording or "")
        if claim.wording is None:
            if claim.certainty != "STATED" or claim.kind in WORDED:
                remedy = "Give it the `wording` that carries its certainty."
                yield _wrong("wording-missing", claim, f"{claim.kind}, {claim.certainty}, has no wording", remedy)
        elif row is None:
            yield _wrong("wording-unknown", claim, f"lexicon.yaml has no wording {claim.wording}", _one_of(rows))
        elif row.certainty != claim.certainty or (row.kinds and claim.kind not in row.kinds):
            problem = f"{claim.kind}, {claim.certainty}, with the wording {row.id}, which is for {row.certainty}"
            fitting = [row.id for row in rows.values() if row.certainty == claim.certainty]
            yield _wrong("wording-unfit", claim, problem, _one_of(fitting))


def check_spans(reading: Reading) -> Iterator[Finding]:
    """Time spans are a closed list."""
    spans = reading.content.claims.spans
    for claim in reading.claims.values():
        if claim.span and claim.span not in spans:
            yield _wrong("span-unknown", claim, f"the span {claim.span} is not in the list", _one_of(spans))


def check_figures(reading: Reading) -> Iterator[Finding]:
    """Figures are a closed list."""
    rows = {row.id for row in reading.content.lexicon.figures}
    for row in reading.rows():
        if row.figure and row.figure not in rows:
            problem = f"{row.id}: lexicon.yaml has no figure {row.figure}"
            yield Finding("figure-row-unknown", problem, _one_of(sorted(rows)), row.where)


def check_phrases(reading: Reading) -> Iterator[Finding]:
    """Whatever holds a text in one language holds it in this one too."""
    lexicon, claims = reading.content.lexicon, reading.claims.values()
    missing = [row.id for row in (*lexicon.wordings, *lexicon.sayings) if not reading.phrases(row.by_locale)]
    missing += [row.id for row in lexicon.figures if not reading.phrases(row.by_locale)]
    if not reading.phrases(lexicon.number_words):
        missing.append("number_words")
    if missing:
        yield _unspoken(reading, f"lexicon.yaml has no phrases for {_list(missing)}", lexicon)
    if hedged := [claim.id for claim in claims if claim.keep and not reading.phrases(claim.keep)]:
        yield _unspoken(reading, f"`keep` is missing in {_list(hedged)}", reading.claims[hedged[0]])
    yield from _unlisted(reading)


def _unlisted(reading: Reading) -> Iterator[Finding]:
    """Every population, span and limit in use has a row among the sayings."""
    known = {row.id for row in reading.content.lexicon.sayings}
    used: dict[str, Node] = {}
    for claim in reading.claims.values():
        used |= {f"population/{claim.population}": claim} if claim.population else {}
        used |= {f"span/{claim.span}": claim} if claim.span else {}
    for treatment in reading.leaflet.treatments:
        used |= {f"limit/{limit}": row for row in treatment.evidence for limit in row.limits}
    for id, node in used.items():
        if id not in known:
            yield _unspoken(reading, f"lexicon.yaml has no row {id} among its sayings", node)


def _unspoken(reading: Reading, problem: str, node: Node) -> Finding:
    remedy = "Add the phrases; without them nobody notices when a translation says more or less than the source."
    return Finding("wording-missing-locale", f"{reading.locale}: {problem}", remedy, node.where)


def _wrong(code: str, claim: Claim, problem: str, remedy: str) -> Finding:
    return Finding(code, f"{claim.id}: {problem}", remedy, claim.where)


def _one_of(ids: Iterable[str]) -> str:
    return f"Use one of {', '.join(ids)}."


def _list(ids: list[str], most: int = 8) -> str:
    return ", ".join(ids[:most]) + (f" and {len(ids) - most} more" if len(ids) > most else "")
