"""The findings of all treatments under the words of their certainty: each once, prevention apart and last."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from lbp_content import overview
from lbp_content.finding import ContentError, Location
from lbp_content.model import Evidence, Treatment
from lbp_content.overview import ORDER, Row, groups
from lbp_content.translate import Edition


def evidence(certainty: str, outcome: str = "pain", **more: object) -> Evidence:
    return Evidence.model_validate(
        {"certainty": certainty, "outcome": outcome, "claims": ["L1"], "where": Location("leaflet.yaml", 9)} | more
    )


def holding(edition: Edition, *found: tuple[Evidence, ...]) -> Edition:
    """The edition with the first treatments alone, and these findings of them."""
    treatments = [
        treatment.model_copy(update={"evidence": rows})
        for treatment, rows in zip(edition.leaflet.treatments, found, strict=False)
    ]
    return replace(edition, leaflet=edition.leaflet.model_copy(update={"parts": tuple(treatments)}))


def names(edition: Edition) -> list[tuple[str, bool, list[str]]]:
    return [(group.certainty, group.apart, [row.treatment.id for row in group.rows]) for group in groups(edition)]


def test_every_evidence_of_every_treatment_is_shown_once(english: Edition) -> None:
    def key(treatment: Treatment, one: Evidence) -> tuple[str, str, str, bool]:
        return treatment.id, english.label(f"outcome/{one.outcome}"), one.certainty, one.apart

    written = Counter(key(part, one) for part in english.leaflet.treatments for one in part.evidence)
    shown = Counter(
        (row.treatment.id, row.outcome, group.certainty, group.apart) for group in groups(english) for row in group.rows
    )
    assert sum(shown.values()) > 9
    assert shown == written


def test_all_nine_treatments_are_shown(english: Edition) -> None:
    shown = {row.treatment.id for group in groups(english) for row in group.rows}
    assert shown == {treatment.id for treatment in english.leaflet.treatments}
    assert len(shown) == 9


def test_groups_stand_in_a_fixed_order_whatever_is_written_first(english: Edition) -> None:
    there = holding(english, (evidence("UNCLEAR"), evidence("SEEMS")), (evidence("MIGHT"), evidence("UNCLEAR")))
    first, second = (treatment.id for treatment in english.leaflet.treatments[:2])
    assert names(there) == [
        ("SEEMS", False, [first]),
        ("MIGHT", False, [second]),
        ("UNCLEAR", False, [first, second]),
    ]


def test_prevention_stands_apart_and_last(english: Edition) -> None:
    there = holding(english, (evidence("SEEMS", apart=True), evidence("SHOWN"), evidence("SEEMS")))
    first = english.leaflet.treatments[0].id
    assert names(there) == [("SEEMS", False, [first]), ("SHOWN", False, [first]), ("SEEMS", True, [first])]


def test_prevention_of_the_real_leaflet_is_the_last_group(english: Edition) -> None:
    apart = [group.apart for group in groups(english)]
    assert True in apart
    assert apart == sorted(apart)


def test_a_group_without_rows_is_not_shown(english: Edition) -> None:
    assert all(group.rows for group in groups(english))
    assert names(holding(english, ())) == []


@pytest.mark.parametrize("certainty", ["STATED", "PROBABLY", "CAN", "LOW", "MIXED", "NOPROOF", "DISAGREE"])
def test_an_evidence_that_has_no_group_is_found_not_left_out(english: Edition, certainty: str) -> None:
    with pytest.raises(ContentError) as caught:
        groups(holding(english, (evidence(certainty),)))
    found = caught.value.findings
    assert [(one.code, one.where) for one in found] == [("certainty-ungrouped", ("leaflet.yaml", 9))]


def test_every_certainty_of_the_order_has_words_in_every_language(english: Edition, german: Edition) -> None:
    for edition in (english, german):
        assert len({edition.label(f"certainty/{certainty}") for certainty in ORDER}) == len(ORDER)


def test_a_row_says_outcome_population_and_limits_in_words(english: Edition) -> None:
    one = evidence("MIGHT", population="CLBP", span="short-term", limits=["a-little", "duration-unclear"])
    (row,) = groups(holding(english, (one,)))[0].rows
    first = english.leaflet.treatments[0]
    limits = ("in the short term", "a little", "it is not clear how long")
    subject, population = "Staying active and exercise", "chronic low back pain"
    assert row == Row(row.treatment, subject, "Easing pain", population, False, limits, first.side_effects)
    assert (row.question, row.short_question) == ("Easing pain (chronic low back pain)", "Easing pain")


def test_a_row_names_what_was_studied_and_whom_else(english: Edition) -> None:
    one = evidence("SHOWN", outcome="recurrence", population="LBP", subject="regular-exercise")
    (row,) = groups(holding(english, (one,)))[0].rows
    assert (row.subject, row.short_question) == ("Regular exercise", "Keeping pain from coming back (low back pain)")


def test_a_word_that_is_missing_is_a_finding(english: Edition) -> None:
    with pytest.raises(ContentError, match="label-missing: there is no label outcome/fame"):
        groups(holding(english, (evidence("SEEMS", outcome="fame"),)))


def test_the_order_names_each_certainty_once() -> None:
    assert len(set(overview.ORDER)) == len(overview.ORDER)
