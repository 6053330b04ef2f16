"""The 111 claims and ten facts of the source, held against a table typed from it: none lost, raised or lowered."""

from __future__ import annotations

import pytest

from lbp_content.checks.phrases import said, ways
from lbp_content.load import Content

# id, kind, certainty, population ("-": the source names none), time span, figure
TABLE = """
L1   effect      SEEMS          CLBP             short-term-at-least    -
L2   effect      MIGHT          CLBP             short-term             -
L3   effect      MIGHT          CLBP             -                      -
L4   effect      MIGHT          CLBP             -                      -
L5   effect      STATED         CLBP             -                      -
L6   effect      NOTENOUGH      CLBP             long-term              -
L7   effect      NOTENOUGH      LBP              -                      -

E1   context     STATED         LBP              -                      -
E2   risk        CAN            -                -                      -
E3   risk        CAN            LBP              -                      -
E4   risk        CAN            -                -                      -
E5   context     STATED         LBP              -                      -
E6   effect      SHOWN          LBP              -                      -
E7   effect      SHOWN          recurring-acute  -                      one-in-three
E8   definition  STATED         -                -                      -
E9   advice      MIGHT          LBP              -                      -
E10  effect      UNCLEAR        CLBP             -                      -
E11  effect      MIXED          CLBP             -                      -
E12  effect      SEEMS          -                -                      -
E13  advice      MIGHT          -                several-weeks          several-weeks
E14  harm        CAN            -                at-first               -
E15  advice      STATED         LBP              -                      -
E16  advice      STATED         -                -                      -
E17  context     STATED         LBP              -                      -
E18  context     STATED         -                -                      -
E19  context     STATED         -                -                      -
E20  advice      STATED         -                -                      -

P1   aim         STATED         LBP              -                      -
P2   definition  STATED         -                -                      -
P3   definition  STATED         -                -                      -
P4   context     STATED         -                -                      -
P5   effect      NOTPROVEN      CLBP             -                      -
P6   effect      MIXED          -                -                      -
P7   context     STATED         -                -                      -
P8   effect      MIGHT          -                -                      -
P9   effect      STATED         -                -                      -
P10  absent      STATED         -                -                      -

O1   aim         STATED         -                -                      -
O2   definition  STATED         -                -                      -
O3   definition  STATED         -                -                      -
O4   definition  STATED         -                -                      -
O5   aim         STATED         -                -                      -
O6   absent      STATED         -                -                      -

MD1  definition  STATED         -                -                      -
MD2  definition  STATED         -                -                      -
MD3  definition  STATED         -                -                      -
MD4  advice      STATED         -                -                      -
MD5  effect      SEEMS          LBP              at-least-three-months  at-least-three-months
MD6  effect      INCONCLUSIVE   -                long-term              -
MD7  harm        INCONCLUSIVE   -                -                      -
MD8  effect      UNCLEAR        -                -                      -
MD9  effect      SHOWN          -                long-term              -
MD10 advice      MIGHT          -                -                      -

MT1  definition  STATED         -                -                      -
MT2  definition  STATED         -                -                      -
MT3  aim         STATED         -                -                      -
MT4  aim         STATED         -                -                      -
MT5  definition  STATED         -                -                      -
MT6  aim         STATED         -                -                      -
MT7  definition  STATED         -                -                      -
MT8  effect      MIGHT          CLBP             short-term             -
MT9  effect      MIGHT          -                -                      -
MT10 effect      UNCLEAR        -                -                      -
MT11 harm        CAN            -                temporary              -

MA1  definition  STATED         LBP              -                      -
MA2  aim         STATED         -                -                      -
MA3  aim         STATED         -                -                      -
MA4  aim         STATED         -                -                      -
MA5  definition  STATED         -                -                      -
MA6  definition  STATED         -                -                      -
MA7  definition  STATED         -                -                      -
MA8  effect      NOTENOUGH      CLBP             -                      -
MA9  effect      NOTENOUGH      -                -                      -
MA10 effect      NOTENOUGH      -                -                      -
MA11 effect      UNCLEAR        -                -                      -
MA12 harm        CAN            -                -                      -

OS1  definition  STATED         -                -                      -
OS2  belief      STATED         -                -                      -
OS3  belief      STATED         -                -                      -
OS4  belief      STATED         -                -                      -
OS5  belief      NOPROOF        -                -                      -
OS6  definition  STATED         -                -                      -
OS7  definition  STATED         -                -                      -
OS8  definition  STATED         -                -                      -
OS9  belief      STATED         -                -                      -
OS10 effect      NOGOODSTUDIES  CLBP             -                      -
OS11 context     STATED         -                -                      updated

EL1  definition  STATED         -                -                      -
EL2  definition  STATED         -                -                      -
EL3  aim         STATED         -                -                      -
EL4  definition  STATED         -                -                      -
EL5  definition  STATED         -                -                      -
EL6  definition  STATED         -                -                      -
EL7  definition  STATED         -                -                      -
EL8  effect      NOTPROVEN      CLBP             -                      -
EL9  harm        CAN            -                -                      -
EL10 absent      STATED         -                -                      -

A1   definition  STATED         -                -                      -
A2   belief      STATED         -                -                      -
A3   belief      STATED         -                -                      -
A4   belief      NOPROOF        -                -                      -
A5   context     DISAGREE       -                -                      -
A6   context     DISAGREE       -                -                      -
A7   belief      MIGHT          -                -                      -
A8   belief      MIGHT          -                -                      -
A9   effect      MIGHT          CLBP             short-time-at-least    -
A10  effect      PROBABLY       -                -                      -
A11  effect      SEEMS          -                -                      -
A12  harm        CAN            -                -                      -
A13  harm        LOW            -                -                      -
A14  advice      STATED         -                -                      -
"""
ROWS = {row[0]: tuple(row) for row in (line.split() for line in TABLE.splitlines()) if row}
TREATMENTS = {
    "L": "overall",
    "E": "exercise",
    "P": "patient-education",
    "O": "occupational-therapy",
    "MD": "multidisciplinary",
    "MT": "manual-therapy",
    "MA": "massage",
    "OS": "osteopathy",
    "EL": "electrotherapy",
    "A": "acupuncture",
}
FIGURES_OF_FACTS = {"M1": "year-2006", "M3": "updated", "M4": "next-update", "M6": "bookshelf-id", "M10": "nine"}
# pairs that no page, panel, card or language may part
PAIRS = [
    ("OS2", "OS5"), ("OS3", "OS5"), ("OS4", "OS5"), ("A2", "A4"), ("A3", "A4"), ("E6", "E10"), ("E7", "E10"),
    ("E10", "E11"), ("MD5", "MD6"), ("MD5", "MD7"), ("MD9", "MD6"), ("MT8", "MT10"), ("A9", "A10"),
]  # fmt: skip
# small hedges, in the words of the source
HEDGES = [
    ("L3", "might, especially if"), ("L5", "only a few"), ("L6", "many"), ("L7", "such as"), ("E1", "often"),
    ("E5", "most likely"), ("E6", "very effective"), ("E8", "may include, for example"), ("E12", "somewhat"),
    ("E15", "generally"), ("E18", "often"), ("E18", "many"), ("E20", "too afraid"), ("E20", "completely"),
    ("E20", "in the long run"), ("P2", "usually"), ("P3", "typically"), ("P4", "often"), ("P7", "sometimes"),
    ("P9", "no reliable"), ("O2", "can"), ("O3", "might"), ("O4", "might"), ("MD1", "such as"), ("MD2", "may"),
    ("MD3", "often"), ("MD4", "mostly"), ("MD9", "in particular"), ("MT5", "sometimes"),
    ("MT9", "might, especially if"), ("MT11", "such as"), ("MA5", "include"), ("OS4", "particularly"),
    ("OS11", "in Germany"), ("EL7", "similar"), ("EL9", "minor"), ("A8", "one theory"), ("A9", "somewhat"),
    ("A10", "not especially strong"), ("A11", "like"), ("A12", "minor"), ("A13", "serious"),
]  # fmt: skip


def test_the_claims_are_the_111_of_the_source(content: Content) -> None:
    assert len(ROWS) == 111
    assert [claim.id for claim in content.claims.claims] == list(ROWS)


@pytest.mark.parametrize("id", ROWS)
def test_claim_is_as_the_source_has_it(content: Content, id: str) -> None:
    claim = next(claim for claim in content.claims.claims if claim.id == id)
    found = (claim.kind, claim.certainty, claim.population or "-", claim.span or "-", claim.figure or "-")
    assert found == ROWS[id][1:]
    assert claim.treatment == TREATMENTS[id.rstrip("0123456789")]
    assert claim.statement


def test_the_facts_are_the_ten_of_the_source(content: Content) -> None:
    facts = content.claims.facts
    assert [fact.id for fact in facts] == ["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10"]
    assert {fact.id: fact.figure for fact in facts if fact.figure} == FIGURES_OF_FACTS
    assert [fact.id for fact in facts if fact.quiet] == ["M5", "M9", "M10"]


def test_the_figures_are_those_of_the_source(content: Content) -> None:
    """And our own nine. Who adds one has to change this test."""
    read = {row.id: row.by_locale["en"] for row in content.lexicon.figures}
    assert read == {
        "one-in-three": ("1 out of 3",),
        "at-least-three-months": ("at least three months",),
        "several-weeks": ("several weeks",),
        "nine": ("nine",),
        "year-2006": ("{since}",),
        "updated": ("{updated}",),
        "next-update": ("{next_update}",),
        "bookshelf-id": ("{identifier}",),
    }
    source = content.leaflet.source
    assert (source.since, source.updated.isoformat(), source.next_update) == (2006, "2015-12-02", 2018)
    assert source.identifier == "NBK284944"


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_pair_of_the_source_is_in_the_list(content: Content, pair: tuple[str, str]) -> None:
    claim, companion = pair
    assert any(claim in row.these and companion in row.companions for row in content.claims.pairs)


@pytest.mark.parametrize(("id", "hedge"), HEDGES)
def test_small_hedge_of_the_source_is_kept(content: Content, id: str, hedge: str) -> None:
    claim = next(claim for claim in content.claims.claims if claim.id == id)
    assert any(said(ways(row), hedge) for row in claim.keep["en"])


def test_hedges_are_kept_in_every_published_language(content: Content) -> None:
    for claim in content.claims.claims:
        rows = {locale: len(claim.keep.get(locale, ())) for locale in content.leaflet.locales}
        assert len(set(rows.values())) == 1, f"{claim.id}: {rows}"


def test_nine_treatments_and_their_side_effects(content: Content) -> None:
    treatments = [treatment.id for treatment in content.leaflet.treatments]
    assert len(treatments) == 9
    assert sorted(content.claims.harms) == sorted(treatments)
