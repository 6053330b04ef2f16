"""Every rule on content and words, tripped by one fault planted in the real leaflet, English or German."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lbp_content import checks, readability
from lbp_content.checks import STRUCTURE, WORDS, check
from lbp_content.checks.phrases import places, said, sentences, without
from lbp_content.checks.reading import gather
from lbp_content.finding import Finding
from lbp_content.load import Content
from lbp_content.messages import map_text
from lbp_content.model import Leaflet, Pair, Treatment
from lbp_content.translate import translated


@pytest.fixture(scope="session")
def german_leaflet(content: Content) -> Leaflet:
    return translated(content, "de")[0]


def changed(leaflet: Leaflet, id: str, **fields: Any) -> Leaflet:
    """The leaflet with other values in one text."""
    hits = []

    def change(text: Any) -> Any:
        if text.id != id:
            return text
        hits.append(id)
        return text.model_copy(update=fields)

    found = map_text(leaflet, change)
    assert hits == [id]
    return found


def english(content: Content, id: str, text: str = "", **fields: Any) -> list[Finding]:
    """What the checks say of the English leaflet with one text changed."""
    fields |= {"text": text} if text else {}
    return found(replace(content, leaflet=changed(content.leaflet, id, **fields)))


def german(content: Content, leaflet: Leaflet, id: str, text: str) -> list[Finding]:
    """What the checks say of the German leaflet with one translation changed."""
    return list(check(content, changed(leaflet, id, text=text), "de"))


def found(content: Content) -> list[Finding]:
    """What the checks say of the source."""
    return list(check(content, content.leaflet, content.leaflet.source_locale))


def with_claim(content: Content, id: str, **fields: Any) -> Content:
    """The content with other values in one claim or fact."""
    claims = content.claims
    rows = {name: _with(getattr(claims, name), id, fields) for name in ("claims", "facts")}
    return replace(content, claims=claims.model_copy(update=rows))


def with_lists(content: Content, **fields: Any) -> Content:
    """The content with other closed lists in claims.yaml."""
    return replace(content, claims=content.claims.model_copy(update=fields))


def with_treatment(content: Content, id: str, **fields: Any) -> Content:
    """The content with other values in one treatment."""
    leaflet = content.leaflet
    return replace(content, leaflet=leaflet.model_copy(update={"parts": _with(leaflet.parts, id, fields)}))


def with_evidence(content: Content, id: str, number: int, **fields: Any) -> Content:
    """The content with other values in one row of evidence."""
    rows = list(treatment(content, id).evidence)
    rows[number] = rows[number].model_copy(update=fields)
    return with_treatment(content, id, evidence=tuple(rows))


def treatment(content: Content, id: str) -> Treatment:
    return next(part for part in content.leaflet.treatments if part.id == id)


def _with(rows: Iterable[Any], id: str, fields: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.model_copy(update=fields) if row.id == id else row for row in rows)


def named(code: str, findings: Iterable[Finding], about: str, file: str = "leaflet.yaml") -> None:
    """One of the findings has the code, names what is wrong, and leads to its line."""
    of_code = [finding for finding in findings if finding.code == code]
    assert of_code, f"no {code} among {sorted({finding.code for finding in findings})}"
    about_it = [finding for finding in of_code if about in finding.message]
    assert about_it, [finding.message for finding in of_code]
    where = about_it[0].where
    assert where.file.endswith(file)
    assert where.line > 0
    assert about_it[0].remedy


# The leaflet as it is


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_leaflet_has_no_fault(content: Content, locale: str) -> None:
    leaflet, _ = translated(content, locale)
    assert [str(finding) for finding in check(content, leaflet, locale)] == []


def test_what_is_not_translated_is_not_read_as_german(content: Content) -> None:
    """A missing message is found by the catalog's own checks, and once is enough."""
    findings = check(content, content.leaflet, "de")
    assert not [f for f in findings if f.code in ("certainty-lost", "hedge-lost", "span-lost", "label-changed")]


def test_readability_is_checked_last(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    hard = Finding("readability-grade", "hard", "shorten", content.leaflet.where)
    monkeypatch.setattr(readability, "check", lambda *_: [hard])
    assert found(content)[-1] is hard


@pytest.mark.parametrize("text", ["<b>", "{", "{no}", "|", "*", "…", "1", "\u00ad", ".", '<i id="x">y</i>'])
def test_no_text_brings_the_checks_down(content: Content, text: str) -> None:
    for id in ("multidisciplinary/findings/pain", "about/dates/updated", "certainty/MIGHT", "exercise/brief"):
        assert english(content, id, text)


# The data agree with each other


def test_certainty_without_wording_is_reported(content: Content) -> None:
    named("wording-missing", found(with_claim(content, "MT8", wording=None)), "MT8", "claims.yaml")


def test_aim_without_wording_is_reported(content: Content) -> None:
    named("wording-missing", found(with_claim(content, "MA2", wording=None)), "MA2", "claims.yaml")


def test_unknown_wording_is_reported(content: Content) -> None:
    named("wording-unknown", found(with_claim(content, "MT8", wording="maybe")), "MT8", "claims.yaml")


@pytest.mark.parametrize(("id", "wording"), [("MT8", "shown"), ("OS2", "aim"), ("EL9", "inconclusive")])
def test_wording_of_another_certainty_or_kind_is_reported(content: Content, id: str, wording: str) -> None:
    named("wording-unfit", found(with_claim(content, id, wording=wording)), id, "claims.yaml")


def test_span_outside_of_the_closed_list_is_reported(content: Content) -> None:
    named("span-unknown", found(with_claim(content, "MD5", span="a-year")), "MD5", "claims.yaml")


def test_figure_without_row_is_reported(content: Content) -> None:
    named("figure-row-unknown", found(with_claim(content, "E7", figure="a-third")), "E7", "claims.yaml")


def test_language_without_phrases_is_reported(content: Content) -> None:
    """Without them nobody would notice a lost hedge."""
    findings = list(check(content, content.leaflet, "nl"))
    named("wording-missing-locale", findings, "nl: lexicon.yaml has no phrases for shown", "lexicon.yaml")
    named("wording-missing-locale", findings, "`keep` is missing in L3", "claims.yaml")


def test_population_without_saying_is_reported(content: Content) -> None:
    sayings = tuple(row for row in content.lexicon.sayings if row.id != "population/CLBP")
    lexicon = content.lexicon.model_copy(update={"sayings": sayings})
    named("wording-missing-locale", found(replace(content, lexicon=lexicon)), "population/CLBP", "claims.yaml")


# Claims are stated, all of them and no others


def test_removed_claim_reference_is_reported(content: Content) -> None:
    findings = english(content, "multidisciplinary/findings/structure", claims=())
    named("claim-unstated", findings, "MD8", "claims.yaml")
    named("claim-without-id", findings, "multidisciplinary/findings/structure")


def test_claim_stated_in_a_brief_alone_is_reported(content: Content) -> None:
    """The whole leaflet holds no briefs."""
    findings = english(content, "massage/aim/relax", claims=("MA3",))
    named("claim-unstated", findings, "MA2", "claims.yaml")


def test_fact_that_no_text_states_is_reported(content: Content) -> None:
    named("claim-unstated", english(content, "about/source/rights", claims=()), "M7", "claims.yaml")


def test_quiet_fact_need_not_be_stated(content: Content) -> None:
    findings = found(with_claim(content, "M5", quiet=False))
    named("claim-unstated", findings, "M5", "claims.yaml")
    assert not [finding for finding in found(content) if "M5" in finding.message]


def test_unknown_claim_in_a_text_is_reported(content: Content) -> None:
    named("claim-unknown", english(content, "massage/findings/dose", claims=("MA10", "MA99")), "MA99")


def test_unknown_claim_in_the_lists_is_reported(content: Content) -> None:
    pair = content.claims.pairs[0].model_copy(update={"companions": ("OS55",)})
    findings = found(with_lists(content, pairs=(pair,), harms_in_short=("key-messages/messages/harms",)))
    named("claim-unknown", findings, "OS55", "claims.yaml")
    named("claim-unknown", findings, "key-messages/messages/harms", "claims.yaml")


def test_unknown_claim_in_evidence_is_reported(content: Content) -> None:
    named("claim-unknown", found(with_evidence(content, "massage", 0, claims=("MA8", "MA99"))), "MA99")


@pytest.mark.parametrize(
    ("id", "fields"),
    [
        ("massage/findings/dose", {"role": "explanation", "claims": ()}),  # nobody said that it is ours
        ("massage/findings/dose", {"role": "navigation", "claims": ()}),
        ("massage/findings/dose", {"role": "about", "claims": ()}),
        ("questions/before/when", {"role": "claim", "claims": ("E13",)}),  # ours, but states a claim
        ("about/source/gaps", {"claims": ("E13",)}),
        ("massage/findings/dose", {"claims": ("MA10", "M8")}),
        ("massage/title", {"claims": ("MA2",)}),
    ],
)
def test_text_in_a_wrong_role_is_reported(content: Content, id: str, fields: dict[str, Any]) -> None:
    named("role-wrong", english(content, id, **fields), id)


def test_block_of_ours_that_is_not_there_is_reported(content: Content) -> None:
    ours = (*content.claims.ours, "known/signs")
    named("ours-unknown", found(with_lists(content, ours=ours)), "known/signs", "claims.yaml")


def test_block_that_is_no_longer_ours_is_reported(content: Content) -> None:
    named("role-wrong", found(with_lists(content, ours=("reading", "known/symbols", "glossary"))), "questions/before")


# What belongs together stands together


def test_parted_pair_is_reported(content: Content) -> None:
    """The beliefs of acupuncture without the sentence that they are not proven."""
    part = treatment(content, "acupuncture")
    assert part.aim
    kept = tuple(text for text in part.aim.paragraphs if text.claims != ("A4",))
    parted = with_treatment(content, part.id, aim=part.aim.model_copy(update={"paragraphs": kept}))
    named("pair-parted", found(parted), "states A2, A3 without A4")


def test_pair_parted_between_list_items_is_reported(content: Content) -> None:
    """A list item may stand on a card of its own."""
    findings = english(content, "key-messages/messages/manual-therapy", claims=("L2", "MT8"))
    named("pair-parted", findings, "key-messages/messages/manual-therapy states MT8, L2 without MT10")


def test_companion_alone_is_reported(content: Content) -> None:
    findings = english(content, "exercise/brief", claims=("E10", "E11", "E13", "E14"))
    named("pair-parted", findings, "exercise/brief states E10 without E6 or E7")


def test_pair_of_the_list_is_reported_whatever_it_is(content: Content) -> None:
    pair = Pair.model_validate({"these": ["MA2"], "with": ["MA8"], "where": content.claims.where})
    named("pair-parted", found(with_lists(content, pairs=(pair,))), "massage/aim/relax states MA2 without MA8")


def test_benefit_without_harm_is_reported(content: Content) -> None:
    findings = english(content, "exercise/findings/sore", claims=("E16",))
    named("harm-missing", findings, "exercise/findings/sore: exercise without its side effects, E14")


def test_effect_in_another_block_without_harm_is_reported(content: Content) -> None:
    findings = english(content, "acupuncture/advice/sterile", claims=("A14", "A11"))
    named("harm-missing", findings, "acupuncture/advice/sterile: acupuncture without its side effects, A12, A13")


@pytest.mark.parametrize(("id", "kept"), [("massage/brief", ("MA2", "MA8")), ("massage/side-effects", ("MA8",))])
def test_brief_or_cell_without_harm_is_reported(content: Content, id: str, kept: tuple[str, ...]) -> None:
    named("harm-missing", english(content, id, claims=kept), f"{id}: massage without its side effects, MA12")


def test_key_messages_without_side_effects_are_reported(content: Content) -> None:
    findings = found(with_lists(content, harms_in_short=()))
    named("harm-missing", findings, "key-messages says nothing of side effects")


def test_side_effect_outside_of_the_lists_is_reported(content: Content) -> None:
    harms = dict(content.claims.harms) | {"acupuncture": ("A12",)}
    named("harm-unlisted", found(with_lists(content, harms=harms)), "A13", "claims.yaml")


def test_treatment_without_list_of_side_effects_is_reported(content: Content) -> None:
    harms = {name: ids for name, ids in content.claims.harms.items() if name != "osteopathy"}
    named("harm-unlisted", found(with_lists(content, harms=harms)), "osteopathy")


# Evidence


@pytest.mark.parametrize(
    ("id", "number", "fields", "problem"),
    [
        ("manual-therapy", 0, {"certainty": "SHOWN"}, "certainty is SHOWN, MT8 has MIGHT"),
        ("manual-therapy", 0, {"span": "long-term"}, "span is long-term, MT8 has short-term"),
        ("multidisciplinary", 0, {"population": "CLBP"}, "population is CLBP, MD5 has LBP"),
        ("exercise", 0, {"apart": False}, "apart is False, E6 has True"),
        ("exercise", 0, {"claims": ("E7",), "population": "recurring-acute"}, "E7 is never drawn"),
        ("massage", 0, {"claims": ("MT8",)}, "MT8 is about another treatment"),
        ("occupational-therapy", 0, {"certainty": "NOTENOUGH"}, "certainty is NOTENOUGH, O6 has ABSENT"),
    ],
)
def test_evidence_unlike_its_claims_is_reported(
    content: Content, id: str, number: int, fields: dict[str, Any], problem: str
) -> None:
    named("evidence-wrong", found(with_evidence(content, id, number, **fields)), problem)


def test_effect_without_row_or_reason_is_reported(content: Content) -> None:
    named("evidence-missing", found(with_claim(content, "MD9", not_drawn="")), "MD9", "claims.yaml")


@pytest.mark.parametrize("id", ["certainty/MIGHT", "outcome/pain", "population/CLBP", "span/short-term", "limit/mixed"])
def test_missing_label_is_reported(content: Content, id: str) -> None:
    labels = tuple(label for label in content.leaflet.labels if label.id != id)
    leaflet = content.leaflet.model_copy(update={"labels": labels})
    named("label-missing", found(replace(content, leaflet=leaflet)), id)


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("certainty/NOTPROVEN", "It does not help"),
        ("certainty/MIGHT", "Studies suggest that it may and can help"),
        ("certainty/ABSENT", "No result"),
        ("span/short-term", "in the short term at least"),
        ("population/LBP", "chronic low back pain"),
        ("limit/probably-short", "not for long"),
        ("state/not-reviewed", "Reviewed by a clinician"),
        ("state/draft", "Draft: the translation is complete"),
    ],
)
def test_label_that_says_something_else_is_reported(content: Content, id: str, text: str) -> None:
    named("label-changed", english(content, id, text), id, "labels.yaml")


def test_german_label_that_says_something_else_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    findings = german(content, german_leaflet, "certainty/UNCLEAR", "Fraglich, ob es hilft")
    named("label-changed", findings, "certainty/UNCLEAR", "lbp.po")


def test_a_state_that_lost_its_not_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    findings = german(content, german_leaflet, "state/not-reviewed", "Noch medizinisch geprüft")
    named("label-changed", findings, "state/not-reviewed", "lbp.po")


# Certainty


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("exercise/findings/mobility", "Programmes improve general mobility a little."),
        ("massage/aim/flexible", "It makes ligaments, joints and muscles more flexible again."),
        ("acupuncture/aim/pathways", "Needles on energy pathways (meridians) influence how energy flows."),
        ("acupuncture/findings/bleeding", "The needles can cause slight bleeding or a bruise."),
        ("acupuncture/findings/serious", "Serious side effects are rare."),
        ("patient-education/side-effects", "No side effects"),
        # the words stand in another sentence
        ("exercise/findings/recurrence", "You can. If acute low back pain keeps returning, it spares 1 out of 3."),
        ("exercise/advice/patience", "The main thing is patience. You might wait. An effect takes several weeks."),
        # a belief or a risk, and then a sentence that reads as a fact
        ("osteopathy/aim/idea", "According to this idea, all is one. All structures and functions affect each other."),
        ("exercise/context/inactivity", "Too little movement can weaken muscles. It worsens low back pain."),
    ],
)  # fmt: skip
def test_lost_certainty_is_reported(content: Content, id: str, text: str) -> None:
    named("certainty-lost", english(content, id, text), id)


@pytest.mark.parametrize(
    ("id", "text"),
    [
        (
            "manual-therapy/findings/pain",
            "Studien deuten darauf hin, dass manuelle Therapie chronische Kreuzschmerzen kurzfristig lindern kann. "
            "Das gilt vor allem, wenn Sie sich zugleich mehr bewegen.",
        ),
        ("acupuncture/aim/healing", "Das soll die Selbstheilung des Körpers wecken."),
        ("electrotherapy/findings/unproven", "Elektrotherapie lindert chronische Kreuzschmerzen nicht."),
    ],
)
def test_certainty_lost_in_german_is_reported(content: Content, german_leaflet: Leaflet, id: str, text: str) -> None:
    named("certainty-lost", german(content, german_leaflet, id, text), id, "lbp.po")


@pytest.mark.parametrize(
    ("id", "text", "word"),
    [
        (
            "manual-therapy/findings/pain",
            "In the short term, manual therapy can ease chronic low back pain. "
            "Studies suggest that this might be so especially if you move more too.",
            "“can”",
        ),
        (
            "exercise/findings/pain",
            "Less clear, not clear for chronic low back pain. Some studies found a benefit, others did not.",
            "“not clear”",
        ),
        ("osteopathy/findings/unknown", "There are no good studies on harms: it is safe.", "“safe”"),
        ("acupuncture/findings/bleeding", "Needles can sometimes, but rarely, cause slight bleeding.", "“rarely”"),
        (
            "acupuncture/brief",
            "Studies suggest that needles may ease chronic low back pain a little, for a short time at least. "
            "Needles can help. Its effect is not particularly strong, and it probably does not last. "
            "Slight bleeding can sometimes occur. For serious side effects, the risk is low.",
            "“can”",
        ),
    ],
)  # fmt: skip
def test_changed_certainty_is_reported(content: Content, id: str, text: str, word: str) -> None:
    findings = english(content, id, text)
    named("certainty-changed", findings, id)
    named("certainty-changed", findings, word)


def test_certainty_changed_in_german_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    text = "Massage lockert die Muskeln. Auch soll sie schmerzhafte Spannung mindern und das Wohlbefinden verbessern."
    findings = german(content, german_leaflet, "massage/aim/relax", text)
    named("certainty-changed", findings, "massage/aim/relax: “lockert”", "lbp.po")


def test_words_of_another_claim_in_the_text_are_no_change(content: Content) -> None:
    """The “can” that a side effect needs stands beside the “might” of a result."""
    text = (
        "Studies suggest that, in the short term, hand movements, which are meant to move joints, might ease chronic "
        "low back pain. It is not clear how long. Sore muscles and, for a time, stiff joints or pain, for example, "
        "can sometimes follow."
    )
    codes = {finding.code for finding in english(content, "manual-therapy/brief", text)}
    assert not codes & {"certainty-lost", "certainty-changed"}


# Hedges, time spans, populations


@pytest.mark.parametrize(
    ("id", "text", "claim"),
    [
        ("key-messages/messages/few", "A few treatments are proven to help with chronic low back pain.", "L5"),
        ("exercise/advice/active", "Being active and mobile is important with low back pain.", "E15"),
        ("exercise/what/kinds", "Exercise programmes include, for example, strength training.", "E8"),
        ("patient-education/what/topics", "Topics:", "P3"),
        ("electrotherapy/findings/pens", "With PENS, there may be bleeding or an infection.", "EL9"),
    ],
)
def test_lost_hedge_is_reported(content: Content, id: str, text: str, claim: str) -> None:
    named("hedge-lost", english(content, id, text), f"a small hedge of {claim} is lost")


@pytest.mark.parametrize("limit", ["too ", "altogether ", " in the long run"])
def test_each_of_several_hedges_is_kept(content: Content, limit: str) -> None:
    text = "Others fear that they might get hurt. Nobody need be too afraid, or avoid it altogether in the long run."
    lost = text.replace(limit, "", 1)
    assert lost != text
    named("hedge-lost", english(content, "exercise/advice/fear", lost), "E20")


def test_hedge_lost_in_german_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    text = "Die Programme scheinen Sie insgesamt beweglicher zu machen."
    findings = german(content, german_leaflet, "exercise/findings/mobility", text)
    named("hedge-lost", findings, "E12", "lbp.po")


@pytest.mark.parametrize(
    ("id", "text", "claim"),
    [
        (
            "known/evidence/many",
            "Many treatments for chronic low back pain have not been tested well enough. "
            "So it is not known whether they effectively ease pain or improve quality of life.",
            "L6",
        ),
        ("manual-therapy/side-effects", "Can sometimes cause, for example, sore muscles and stiff joints", "MT11"),
        (
            "key-messages/messages/multidisciplinary",
            "In the short term, multidisciplinary programmes seem able to ease chronic low back pain. "
            "There are no conclusive studies on long-term benefit or on possible disadvantages.",
            "L1",
        ),
    ],
)  # fmt: skip
def test_lost_span_is_reported(content: Content, id: str, text: str, claim: str) -> None:
    named("span-lost", english(content, id, text), f"the time span of {claim}")


def test_longer_span_is_reported(content: Content) -> None:
    text = "Studies suggest that, at least in the short term, manual therapy might ease chronic low back pain."
    named("span-changed", english(content, "manual-therapy/findings/pain", text), "MT8")


def test_span_lost_in_german_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    text = "Studien deuten darauf hin, dass manuelle Therapie chronische Kreuzschmerzen lindern könnte."
    named("span-lost", german(content, german_leaflet, "manual-therapy/findings/pain", text), "MT8", "lbp.po")


@pytest.mark.parametrize(
    ("id", "text", "people"),
    [
        ("massage/brief", "It is meant to relax. There is not enough research to say if it eases pain.", "CLBP"),
        ("key-messages/messages/few", "Only a few treatments are proven to help with low back pain.", "CLBP"),
        # the rest of the block speaks of low back pain, but recurring acute pain is named in the sentence itself
        ("exercise/findings/recurrence", "With low back pain, it can spare 1 out of 3 an episode.", "recurring-acute"),
    ],
)  # fmt: skip
def test_lost_population_is_reported(content: Content, id: str, text: str, people: str) -> None:
    named("population-lost", english(content, id, text), f"about, {people}, is not said")


@pytest.mark.parametrize(
    ("id", "text"),
    [
        (
            "multidisciplinary/findings/pain",
            "The programmes seem able to ease chronic low back pain for at least three months. "
            "There are no conclusive studies on long-term benefit.",
        ),
        (
            "exercise/findings/recurrence",
            "In people whose acute low back pain keeps returning or is chronic, it can spare 1 out of 3 an episode.",
        ),
        # the source does not say for whom
        (
            "multidisciplinary/findings/cbt",
            "Studies have shown that CBT in particular helps with low back pain, also in the long term. "
            "So programmes that contain CBT might be worthwhile.",
        ),
    ],
)
def test_changed_population_is_reported(content: Content, id: str, text: str) -> None:
    named("population-changed", english(content, id, text), id)


def test_population_lost_in_german_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    text = "Bei Kreuzschmerzen, die immer wiederkehren, kann Bewegung 1 von 3 Menschen einen Rückfall ersparen."
    findings = german(content, german_leaflet, "exercise/findings/recurrence", text)
    named("population-lost", findings, "recurring-acute", "lbp.po")


# Figures


@pytest.mark.parametrize(
    ("id", "text", "number"),
    [
        ("exercise/findings/recurrence", "Acute low back pain that keeps returning: it can spare 33 of 100.", "“33”"),
        ("exercise/findings/recurrence", "If acute low back pain keeps returning, it can spare a third.", "“third”"),
        ("exercise/findings/recurrence", "If acute low back pain keeps returning, it spares one in three.", "“three”"),
        ("exercise/findings/mobility", "Programmes seem to improve it a little in 1 out of 3 people.", "“1”"),
        ("exercise/advice/patience", "An effect might take several weeks, at best three.", "“three”"),
        ("massage/findings/dose", "There is not enough research to say whether 30 minutes work.", "“30”"),
        ("massage/findings/dose", "There is not enough research to say whether sessions work.", "“sessions”"),
        ("massage/title", "Massage in 5 steps", "“5”"),
        ("questions/before/when", "Will I notice a change after two visits?", "“two”"),
        ("about/source/gaps", "The source was updated on {updated}, and lists no studies.", "“{updated}”"),
        ("about/dates/updated", "The source was last updated on 2 December 2015. It named {next_update}.", "“2015”"),
    ],
)  # fmt: skip
def test_figure_outside_of_the_closed_list_is_reported(content: Content, id: str, text: str, number: str) -> None:
    findings = english(content, id, text)
    named("figure-unknown", findings, id)
    named("figure-unknown", findings, number)


def test_figure_added_in_german_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    text = "Bei akuten Kreuzschmerzen, die immer wiederkehren, kann Bewegung jedem Dritten einen Rückfall ersparen."
    findings = german(content, german_leaflet, "exercise/findings/recurrence", text)
    named("figure-unknown", findings, "“Dritten”", "lbp.po")
    named("figure-lost", findings, "E7", "lbp.po")


@pytest.mark.parametrize(
    ("id", "text", "row"),
    [
        ("exercise/advice/patience", "The main thing is patience. An effect might take a while.", "E13"),
        ("osteopathy/advice/germany", "In Germany, “osteopath” is not a protected occupation.", "OS11"),
        ("about/source/copy", "We used a copy.", "M6"),
    ],
)
def test_lost_figure_is_reported(content: Content, id: str, text: str, row: str) -> None:
    named("figure-lost", english(content, id, text), f"the figure of {row} is lost")


@pytest.mark.parametrize("word", ["one", "first", "at first", "once"])
def test_words_that_only_look_like_numbers_are_none(content: Content, word: str) -> None:
    findings = english(content, "questions/before/when", f"Is there {word} a change that I might notice?")
    assert not [finding for finding in findings if finding.code == "figure-unknown"]


def test_our_own_nine_may_be_counted(content: Content) -> None:
    findings = english(content, "overview/intro/how", "All nine treatments are here. The order is not a ranking.")
    assert not [finding for finding in findings if finding.code == "figure-unknown"]


# Length


def test_long_sentence_is_reported(content: Content) -> None:
    text = "It is not clear whether some kinds suit people better than others" + " or than others" * 3 + "."
    named("sentence-long", english(content, "massage/findings/kinds", text), "massage/findings/kinds: 21 words")


def test_long_leaflet_is_reported(content: Content) -> None:
    text = "It is not clear whether some kinds suit people better than others." + " That is so." * 100
    named("leaflet-long", english(content, "massage/findings/kinds", text), "1,900 at most")


@pytest.mark.parametrize("more", [" It may." * 10, " Unquestionably" * 8])
def test_long_brief_is_reported(content: Content, more: str) -> None:
    text = treatment(content, "massage").brief.text + more
    named("brief-long", english(content, "massage/brief", text), "massage/brief")


# Markup


def test_broken_markup_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    findings = german(content, german_leaflet, "electrotherapy/what/interferential", "<b>Interferenzstrom")
    named("markup-broken", findings, "electrotherapy/what/interferential", "lbp.po")


def test_lost_tag_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    text = "Interferenzstrom funktioniert ähnlich wie TENS."
    findings = german(content, german_leaflet, "electrotherapy/what/interferential", text)
    named("markup-changed", findings, "<b> is lost", "lbp.po")


def test_changed_placeholder_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    findings = german(content, german_leaflet, "state/dated", "Stand der Fakten: {as_of}")
    named("placeholder-changed", findings, "{updated} is lost, {as_of} is added", "lbp.po")


# Spelling


@pytest.mark.parametrize("word", ["mobilised", "organisation", "Recognise", "programs", "behavioral", "centers"])
def test_spelling_that_is_not_british_ize_is_reported(content: Content, word: str) -> None:
    named("spelling", english(content, "questions/before/known", f"What about {word}?"), f"“{word}”")


@pytest.mark.parametrize("word", ["exercise", "advised", "otherwise", "precise", "surprising", "analysed", "emphasis"])
def test_british_words_in_ise_are_right(content: Content, word: str) -> None:
    findings = english(content, "questions/before/known", f"What about {word}?")
    assert not [finding for finding in findings if finding.code == "spelling"]


def test_german_du_is_reported(content: Content, german_leaflet: Leaflet) -> None:
    findings = german(content, german_leaflet, "questions/before/known", "Was weißt du darüber?")
    named("form-of-address", findings, "“du”", "lbp.po")


# Pictures


@pytest.mark.parametrize("text", ["ALT", " "])
def test_missing_alternative_text_is_reported(content: Content, text: str) -> None:
    named("alt-missing", english(content, "cover/alt", text), "cover/alt")


def test_long_alternative_text_is_reported(content: Content) -> None:
    named("alt-long", english(content, "cover/alt", "People walk towards you. " * 7), "cover/alt: 175 characters")


def test_missing_picture_is_reported(content: Content) -> None:
    figures = {name: svg for name, svg in content.figures.items() if name != "massage.svg"}
    named("picture-missing", found(replace(content, figures=figures)), "massage.svg")


# The language of patterns


def test_dots_stand_for_words_of_the_sentence() -> None:
    phrases = ("studies suggest … might",)
    assert said(phrases, "Studies suggest that, in the short term, it might.")
    assert said(phrases, "Studies suggest might.")
    assert not said(phrases, "It might, as studies suggest.")
    assert places(phrases, "studies suggest it might") == ((0, 15), (19, 24))


def test_star_stands_for_the_rest_of_a_word() -> None:
    assert said(("chronische* Kreuzschmerz*",), "bei chronischen Kreuzschmerzen")
    assert not said(("chronische Kreuzschmerz*",), "bei chronischen Kreuzschmerzen")


def test_words_are_whole_words() -> None:
    assert not said(("can",), "It cannot, says the American.")
    assert said(("can",), "CAN it?")
    assert without(("1 out of 3",), "In 1 out of 3, not 1 out of 33.") == "In  , not 1 out of 33."


def test_markup_and_spaces_do_not_part_a_phrase() -> None:
    (sentence,) = sentences("There is <b>not\nenough</b>\u00a0research to say.", "en")
    assert said(("not enough research",), sentence)


# Every rule has its fault


def test_every_check_is_in_the_list() -> None:
    listed = {(rule.__module__, rule.__name__) for rule in (*STRUCTURE, *WORDS)}
    folder = Path(checks.__file__).parent
    defined = {
        (f"lbp_content.checks.{file.stem}", node.name)
        for file in folder.glob("[a-z]*.py")
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and re.match("check(_|$)", node.name)
    }
    assert listed == defined


def test_every_code_has_a_planted_fault() -> None:
    folder = Path(checks.__file__).parent
    codes = {code for file in folder.glob("*.py") for code in _first_words(file, {"Finding", "_wrong"})}
    assert len(codes) > 30
    assert codes == _first_words(Path(__file__), {"named"})


def _first_words(file: Path, functions: set[str]) -> set[str]:
    """What is written as the first argument in calls of `functions`."""
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in functions and call.args
        if isinstance(call.args[0], ast.Constant)
    }


def test_every_unit_has_each_text_once(content: Content) -> None:
    """What stands in two units would be reported twice; what stands in none, never."""
    reading = gather(content, content.leaflet, "en")
    in_units = [text.id for unit in reading.units for text in unit.texts]
    stating = [text.id for text in reading.texts if text.claims]
    assert len(in_units) == len(set(in_units))
    assert set(stating) <= set(in_units)
