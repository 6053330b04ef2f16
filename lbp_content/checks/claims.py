"""Which texts state which claims -> findings: nothing lost, nothing added, nothing parted that must stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lbp_content.checks.reading import Reading, Unit, is_below, units
from lbp_content.finding import Finding, Location
from lbp_content.model import Claim, Fact, Pair, Section, Text, Treatment, blocks

BENEFITS = frozenset({"SHOWN", "SEEMS", "MIGHT", "PROBABLY"})


def check_stated(reading: Reading) -> Iterator[Finding]:
    """Every claim and every fact is stated by running text; what is in short somewhere (a brief, a cell) adds nothing.

    Facts that are `quiet` bind the writers, not the text."""
    stated = {id for text in _running(reading) for id in text.claims}
    for row in reading.rows():
        if row.id not in stated and not (isinstance(row, Fact) and row.quiet):
            remedy = f"Name {row.id} in the `claims` of the text that states it, or write that text."
            yield Finding("claim-unstated", f"{row.id}: no text states “{row.statement}”", remedy, row.where)


def _running(reading: Reading) -> Iterator[Text]:
    in_short = reading.content.claims.harms_in_short
    for part in reading.leaflet.parts:
        for _, texts in blocks(part):
            yield from (text for text in texts if not text.id.endswith("/brief") and text.id not in in_short)


def check_named(reading: Reading) -> Iterator[Finding]:
    """Every id that is named somewhere exists."""
    known, ids = reading.claims.keys() | reading.facts.keys(), reading.source.keys()
    for name, named, where in _names(reading):
        for id in named:
            if id not in known:
                yield Finding("claim-unknown", f"{name}: claims.yaml has no {id}", "Correct the id.", where)
    for id in reading.content.claims.harms_in_short:
        if id not in ids:
            where = reading.content.claims.where
            yield Finding("claim-unknown", f"harms_in_short: the leaflet has no text {id}", "Correct the id.", where)


def _names(reading: Reading) -> Iterator[tuple[str, Iterable[str], Location]]:
    claims = reading.content.claims
    yield from ((text.id, text.claims, text.where) for text in reading.texts)
    yield from (("pairs", pair.these + pair.companions, pair.where) for pair in claims.pairs)
    yield from ((f"harms of {name}", named, claims.where) for name, named in claims.harms.items())
    for treatment in reading.leaflet.treatments:
        yield from ((f"{treatment.id}: evidence", row.claims, row.where) for row in treatment.evidence)


def check_roles(reading: Reading) -> Iterator[Finding]:
    """A medical text names its claims; what is not from the source stands in the closed list `ours` alone."""
    for text in reading.texts:
        if text.role == "claim" and not text.claims:
            remedy = "Name the claims that it states, or give it the role that it has."
            yield Finding("claim-without-id", f"{text.id} names no claim", remedy, text.where)
        elif problem := _wrong_role(text, reading):
            remedy = "Move the text, name claims that fit its role, or change its role."
            yield Finding("role-wrong", f"{text.id}, {text.role}: {problem}", remedy, text.where)


def _wrong_role(text: Text, reading: Reading) -> str:
    ours = is_below(text.id, reading.content.claims.ours)
    facts = any(id in reading.facts for id in text.claims)
    claims = any(id in reading.claims for id in text.claims)
    if ours and text.claims:
        return "it states claims in a place that is marked as ours"
    if text.role in ("explanation", "help") and not ours:
        return "`ours` in claims.yaml does not list its block"
    if text.role == "about" and claims:
        return "it is about the leaflet, but names claims instead of facts"
    if text.role == "claim" and facts:
        return "it names facts about the source, but is not about the leaflet"
    return "it names claims" if text.role == "navigation" and text.claims else ""


def check_places(reading: Reading) -> Iterator[Finding]:
    """Running text of a chapter is no navigation, and what is about the leaflet has a chapter of its own."""
    for part in reading.leaflet.parts:
        if not isinstance(part, Section | Treatment):
            continue
        running = [text for _, texts in blocks(part) for text in texts]
        about = {text.role == "about" for text in running}
        for text in running:
            if text.role == "navigation" or (text.role == "about" and len(about) > 1):
                remedy = "Name the claims that it states, or move it to a place that is marked as ours."
                yield Finding("role-wrong", f"{text.id}: {text.role} within running text", remedy, text.where)


def check_ours(reading: Reading) -> Iterator[Finding]:
    """The closed list of what is not from the source names blocks and chapters that exist."""
    parts = reading.leaflet.parts
    known = {part.id for part in parts} | {id for part in parts for id, _ in blocks(part)}
    for id in reading.content.claims.ours:
        if id not in known:
            problem = f"ours: the leaflet has no block or chapter {id}"
            yield Finding("ours-unknown", problem, "Correct the id.", reading.content.claims.where)


def check_pairs(reading: Reading) -> Iterator[Finding]:
    """What must not be parted stands in one unit: within a block, and in a list within one item (see Unit)."""
    for unit in reading.units:
        if unit.cell:
            continue
        for pair in reading.content.claims.pairs:
            yield from _lonely_claim(unit, pair)
        yield from _lonely_companion(unit, reading.content.claims.pairs)


def _lonely_claim(unit: Unit, pair: Pair) -> Iterator[Finding]:
    stated = unit.claims()
    present, missing = [id for id in pair.these if id in stated], [id for id in pair.companions if id not in stated]
    if present and missing:
        yield _parted(unit, present, missing)


def _lonely_companion(unit: Unit, pairs: Iterable[Pair]) -> Iterator[Finding]:
    """A companion may belong to several pairs; one of all their claims is enough."""
    stated = unit.claims()
    for id in sorted(stated):
        partners = [these for pair in pairs if id in pair.companions for these in pair.these]
        if partners and not stated.intersection(partners):
            yield _parted(unit, [id], partners)


def _parted(unit: Unit, present: list[str], missing: list[str]) -> Finding:
    text = _stating(unit, present)
    problem = f"{text.id} states {', '.join(present)} without {' or '.join(missing)}"
    return Finding("pair-parted", problem, "Say both in one paragraph, list item or block.", text.where)


def _stating(unit: Unit, ids: Iterable[str]) -> Text:
    return next(text for text in unit.texts if set(ids).intersection(text.claims))


def check_harms(reading: Reading) -> Iterator[Finding]:
    """What a treatment does never stands without what is known of its side effects, or that nothing is."""
    for part in reading.leaflet.parts:
        if isinstance(part, Treatment):
            yield from _harms_of_treatment(reading, part)
        elif isinstance(part, Section):
            yield from _harms_in_short(reading, part)


def _harms_of_treatment(reading: Reading, part: Treatment) -> Iterator[Finding]:
    """A unit owes the side effects of each treatment whose effects it states; findings, brief and cell always do."""
    owing = {text.id for text in (*part.findings.harms, part.brief, part.side_effects)}
    for unit in units(part):
        owed = {claim.treatment for text in unit.texts for claim in reading.stated(text) if claim.kind == "effect"}
        owed |= {part.id} if owing.intersection(text.id for text in unit.texts) else set()
        for treatment, harms in reading.content.claims.harms.items():
            missing = [id for id in harms if id not in unit.claims()]
            if treatment in owed and missing:
                text = unit.texts[-1]
                problem = f"{text.id}: {treatment} without its side effects, {', '.join(missing)}"
                yield Finding("harm-missing", problem, "Say them in the same block, brief or cell.", text.where)


def _harms_in_short(reading: Reading, part: Section) -> Iterator[Finding]:
    """A chapter of prose that states effects of treatments has one sentence on side effects at least."""
    texts = [text for _, block in blocks(part) for text in block]
    if any(text.id in reading.content.claims.harms_in_short for text in texts):
        return
    for text in texts:
        if effects := [claim.id for claim in reading.stated(text) if _is_result(claim)]:
            problem = f"{text.id} states {', '.join(effects)}, and {part.id} says nothing of side effects"
            remedy = "Add a sentence on side effects to the chapter, and its id to `harms_in_short` in claims.yaml."
            yield Finding("harm-missing", problem, remedy, text.where)


def _is_result(claim: Claim) -> bool:
    """Whether it says what one treatment does; L5-L7 speak of how well treatments were tested."""
    return claim.kind == "effect" and (claim.treatment != "overall" or claim.certainty in BENEFITS)


def check_harm_lists(reading: Reading) -> Iterator[Finding]:
    """Every side effect, and every silence on them, is in the list of its treatment."""
    harms = reading.content.claims.harms
    for claim in reading.claims.values():
        if claim.kind in ("harm", "absent") and not any(claim.id in listed for listed in harms.values()):
            problem = f"{claim.id}, {claim.kind}: `harms` does not list it"
            yield Finding("harm-unlisted", problem, f"Add it to the list of {claim.treatment}.", claim.where)
    for treatment in reading.leaflet.treatments:
        if not harms.get(treatment.id):
            problem = f"{treatment.id}: `harms` in claims.yaml has no list for it"
            yield Finding("harm-unlisted", problem, "Add the claims on its side effects.", treatment.where)
