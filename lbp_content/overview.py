"""Edition -> the findings of all treatments, grouped by the words of their certainty: what table and picture show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lbp_content import inline
from lbp_content.finding import ContentError, Finding
from lbp_content.model import Evidence, Text, Treatment
from lbp_content.translate import Edition

ORDER = ("SEEMS", "MIGHT", "UNCLEAR", "NOTPROVEN", "NOTENOUGH", "NOGOODSTUDIES", "INCONCLUSIVE", "ABSENT", "SHOWN")


@dataclass(frozen=True)
class Row:
    """One treatment and one outcome. `limits` are words on time span and strength, in order;
    `other`: it is not about chronic low back pain."""

    treatment: Treatment
    subject: str
    outcome: str
    population: str
    other: bool
    limits: tuple[str, ...]
    side_effects: Text

    @property
    def question(self) -> str:
        """The outcome, and for whom."""
        return f"{self.outcome} ({self.population})" if self.population else self.outcome

    @property
    def short_question(self) -> str:
        """The outcome, and for whom where that is not the people the leaflet is for."""
        return self.question if self.other else self.outcome


@dataclass(frozen=True)
class Group:
    """The rows that one certainty describes. `apart`: another question than the treatment of chronic pain."""

    certainty: str
    words: str
    rows: tuple[Row, ...]
    apart: bool = False


def groups(edition: Edition) -> tuple[Group, ...]:
    """Every evidence of every treatment once, in a fixed order that is no ranking; what stands apart comes last.

    Raises ContentError for an evidence that has no group, rather than leave it out."""
    if findings := tuple(_left_out(edition)):
        raise ContentError(findings)
    found = [_group(edition, certainty, apart) for apart in (False, True) for certainty in ORDER]
    return tuple(group for group in found if group.rows)


def _left_out(edition: Edition) -> Iterator[Finding]:
    for treatment in edition.leaflet.treatments:
        for evidence in treatment.evidence:
            if evidence.certainty not in ORDER:
                message = f"{treatment.id}: the overview has no group for {evidence.certainty}"
                yield Finding("certainty-ungrouped", message, f"Use one of {', '.join(ORDER)}.", evidence.where)


def _group(edition: Edition, certainty: str, apart: bool) -> Group:
    rows = tuple(
        _row(edition, treatment, evidence)
        for treatment in edition.leaflet.treatments
        for evidence in treatment.evidence
        if evidence.certainty == certainty and evidence.apart == apart
    )
    return Group(certainty, edition.label(f"certainty/{certainty}") if rows else "", rows, apart)


def _row(edition: Edition, treatment: Treatment, evidence: Evidence) -> Row:
    population = edition.label(f"population/{evidence.population}") if evidence.population else ""
    title = inline.plain(treatment.title.text)
    subject = edition.label(f"subject/{evidence.subject}") if evidence.subject else title
    limits = tuple(_limits(edition, evidence))
    outcome = edition.label(f"outcome/{evidence.outcome}")
    other = evidence.population not in (None, "CLBP")
    return Row(treatment, subject, outcome, population, other, limits, treatment.side_effects)


def _limits(edition: Edition, evidence: Evidence) -> Iterator[str]:
    if evidence.span:
        yield edition.label(f"span/{evidence.span}")
    for limit in evidence.limits:
        yield edition.label(f"limit/{limit}")
