"""The typed evidence held against the claims it names, and the words that table and picture are made of."""

from __future__ import annotations

from collections.abc import Iterator

from lbp_content.checks import phrases
from lbp_content.checks.reading import Reading
from lbp_content.finding import Finding
from lbp_content.model import Claim, Evidence, Label, Phrases, Treatment

STATES = ("state/not-reviewed", "state/draft")  # a lost "not" would turn them round

NEVER_DRAWN = "recurring-acute"  # E7: one figure about other people, without baseline, comparison or time span


def check_rows(reading: Reading) -> Iterator[Finding]:
    """A row is as sure, as long and about the same people as the first claim it names."""
    for treatment in reading.leaflet.treatments:
        for row in treatment.evidence:
            claims = [reading.claims[id] for id in row.claims if id in reading.claims]
            if claims and (problem := _disagrees(row, claims, treatment)):
                remedy = f"Write what {claims[0].id} says in claims.yaml."
                yield Finding("evidence-wrong", f"{treatment.id}, {row.outcome}: {problem}", remedy, row.where)


def _disagrees(row: Evidence, claims: list[Claim], treatment: Treatment) -> str:
    first = claims[0]
    certainty = "ABSENT" if first.kind == "absent" else first.certainty
    if strangers := [claim.id for claim in claims if claim.treatment != treatment.id]:
        return f"{', '.join(strangers)} is about another treatment"
    if first.population == NEVER_DRAWN:
        return f"{first.id} is never drawn"
    wanted = {"certainty": certainty, "population": first.population, "span": first.span, "apart": first.apart}
    wrong = [name for name, value in wanted.items() if getattr(row, name) != value]
    return "; ".join(f"{name} is {getattr(row, name)}, {first.id} has {wanted[name]}" for name in wrong)


def check_complete(reading: Reading) -> Iterator[Finding]:
    """Every effect has its row, or says why it has none."""
    drawn = {id for treatment in reading.leaflet.treatments for row in treatment.evidence for id in row.claims}
    for claim in reading.claims.values():
        if claim.kind == "effect" and claim.treatment != "overall" and claim.id not in drawn and not claim.not_drawn:
            remedy = f"Add a row to the evidence of {claim.treatment}, or say in `not_drawn` why it has none."
            yield Finding("evidence-missing", f"{claim.id}: no evidence names it", remedy, claim.where)


def check_labels(reading: Reading) -> Iterator[Finding]:
    """Every word that table and picture need is there."""
    known = {label.id for label in reading.leaflet.labels}
    for treatment in reading.leaflet.treatments:
        for row in treatment.evidence:
            for id in _labels(row):
                if id not in known:
                    problem = f"{treatment.id}, {row.outcome}: there is no label {id}"
                    yield Finding("label-missing", problem, "Add it to labels.yaml.", row.where)


def _labels(row: Evidence) -> Iterator[str]:
    yield f"certainty/{row.certainty}"
    yield f"outcome/{row.outcome}"
    yield from [f"subject/{row.subject}"] if row.subject else []
    yield from _sayings(row)


def _sayings(row: Evidence) -> Iterator[str]:
    yield from [f"population/{row.population}"] if row.population else []
    yield from [f"span/{row.span}"] if row.span else []
    yield from (f"limit/{limit}" for limit in row.limits)


def check_words(reading: Reading) -> Iterator[Finding]:
    """The cells say what prose says: each label in the words of the lexicon."""
    labels = {text.id: text for text in reading.texts if isinstance(text, Label)}
    for id, said in _words(reading).items():
        if label := labels.get(id):
            yield from _unlike(label, said, reading.locale)


def _words(reading: Reading) -> dict[str, Phrases]:
    """How each label in use, or on the state of the text, may read. A certainty reads like its rows' first claim."""
    found: dict[str, Phrases | None] = {id: reading.saying(id) for id in STATES}
    for treatment in reading.leaflet.treatments:
        for row in treatment.evidence:
            first = reading.claims.get(row.claims[0])
            found |= {f"certainty/{row.certainty}": reading.wording(first.wording)} if first else {}
            found |= {id: reading.saying(id) for id in _sayings(row)}
    return {id: said for id, said in found.items() if said}


def _unlike(label: Label, said: Phrases, locale: str) -> Iterator[Finding]:
    whole = " ".join(phrases.sentences(label.text, locale))
    if not phrases.said(said.say, whole) or phrases.said(said.never, whole):
        never = f", never {phrases.quoted(said.never)}" if said.never else ""
        remedy = f"Say {phrases.quoted(said.say)}{never}."
        yield Finding("label-changed", f"{label.id}: “{label.text}” says something else", remedy, label.where)
