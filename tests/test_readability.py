"""Sentences, words, syllables, formulas and the target of a whole leaflet."""

from __future__ import annotations

import subprocess
import sys
from math import sqrt
from pathlib import Path

import pytest

from lbp_content import readability
from lbp_content.finding import Finding
from lbp_content.load import Content, load
from lbp_content.model import Block, Leaflet, Section, Text
from lbp_content.readability import Counts, amstad, flesch_kincaid, lix, scores, sentences, smog, words, wstf1
from lbp_content.readability import syllables as syllables_of

SAMPLES = Path(__file__).parent / "samples"


def text(words: str, id: str = "known/evidence/many") -> Text:
    return Text(id=id, text=words, role="explanation")


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def leaflet_of(content: Content, *said: str) -> Leaflet:
    title = text("A title", "known/title")
    block = Block(id="known/evidence", paragraphs=tuple(text(one) for one in said))
    section = Section(kind="section", id="known", title=title, blocks=(block,))
    return content.leaflet.model_copy(update={"parts": (section,)})


def check(content: Content, locale: str, *said: str) -> list[Finding]:
    return list(readability.check(content, leaflet_of(content, *said), locale))


# Sentences


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", ("Some help, e.g. TENS.", "Others do not, i.e. PENS.")),
        ("en", ("Dr. Smith and Mrs. Jones agree.", "It takes approx. 3 weeks.")),
        ("en", ("It helps with massage, oil, etc.", "Then it stops.")),
        ("en", ("It opens at 9 a.m. and closes early.", "Go at 9 a.m.", "It is quiet then.")),
        ("en", ("The U.S. Institutes of Health agree.", "So do we.")),
        ("de", ("Das hilft, z. B. Massage, d. h. Druck.", "Es gibt u. a. Öl.")),
        ("de", ("Das hilft, z.B. Massage.", "Das sind z.\u202fB. Griffe.")),
        ("de", ("Dr. Meier nennt ca. 3 Wochen bzw. Monate.", "Das ist lang.")),
        ("de", ("Das sind Öle, Nadeln usw.", "Dann ist Schluss.")),
        ("de-AT", ("I. d. R. Geduld haben.", "Vgl. Tabelle 2.")),
    ],
)
def test_abbreviations_do_not_end_a_sentence(locale: str, said: tuple[str, ...]) -> None:
    assert sentences(" ".join(said), locale) == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", ("It lasts 1.5 hours.", "Then rest.")),
        ("en", ("It can spare 1 out of 3.", "The others wait.")),
        ("de", ("Es dauert 1,5 Stunden.", "Das hilft 1 von 3.", "Die anderen warten.")),
        ("de", ("Am 2. Dezember 2015 war es fertig.", "Die 2. Auflage folgt zum 3. Mal.")),
        ("en", ("It ended in 2015.", "A newer one may exist.")),
        ("de", ("Stand ist {updated}.", "{next_update} folgt die nächste.")),
    ],
)
def test_numbers_do_not_end_a_sentence_but_may_stand_last(locale: str, said: tuple[str, ...]) -> None:
    assert sentences(" ".join(said), locale) == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", ("“Does it help?” he asked.", "“Yes.”", "She left.")),
        ("en", ("People hear “get more exercise”.", "(Not always!)", "Others ask: “Why?”")),
        ("de", ("„Hilft es?“, fragte er.", "„Ja.“", "Er ging.")),
        ("de", ("„Hör auf!“ sagte sie.", "»Nein!«", "Wirklich …", "Gut so.")),
    ],
)
def test_quotation_marks_belong_to_their_sentence(locale: str, said: tuple[str, ...]) -> None:
    assert sentences(" ".join(said), locale) == said


def test_end_of_a_message_ends_a_sentence_and_a_colon_does_not() -> None:
    assert sentences("Typical topics:", "en") == ("Typical topics:",)
    assert sentences("Hands move: slowly,\n again", "en") == ("Hands move: slowly, again",)
    assert sentences("  ", "en") == ()


def test_sentences_of_other_scripts() -> None:
    assert sentences("これは文。次の文。", "ja") == ("これは文。", "次の文。")
    assert sentences("هل يساعد؟ نعم.", "ar") == ("هل يساعد؟", "نعم.")


def test_a_compound_a_number_and_a_placeholder_are_one_word_each() -> None:
    assert words("Self-healing (“non-surgical”) takes 1.5 hours – {updated}.") == (
        "Self-healing", "non-surgical", "takes", "1.5", "hours", "{updated}",
    )  # fmt: skip
    assert words("Arm- und Bein\xadschmerz/Fuß: 20\u202f%") == ("Arm", "und", "Beinschmerz", "Fuß", "20")
    assert words("The body’s muscles’ tone…") == ("The", "body’s", "muscles", "tone")


# Syllables


@pytest.mark.parametrize("locale", ["en", "de"])
def test_syllables_of_the_gold_list(locale: str) -> None:
    """Counted by hand from dictionaries, with medical compounds."""
    rows = [row.split() for row in (SAMPLES / f"syllables.{locale}.txt").read_text("utf-8").splitlines()]
    wrong = [(word, number) for word, number in rows if syllables_of(word, locale) != int(number)]
    assert len(rows) >= 100
    assert len(wrong) <= 0.03 * len(rows), wrong


def test_every_part_of_a_compound_is_counted() -> None:
    assert syllables_of("self-healing", "en") == 3
    assert syllables_of("Thai-Massage", "de") == 4


def test_acronyms_are_said_letter_by_letter_unless_they_are_said_as_words() -> None:
    assert [syllables_of(word, "en") for word in ("CBT", "NIH", "TENS", "PENS", "I")] == [3, 3, 1, 1, 1]
    assert [syllables_of(word, "de") for word in ("KVT", "TENS", "Arm")] == [3, 1, 1]


def test_figures_and_placeholders_are_one_syllable() -> None:
    assert [syllables_of(word, "en") for word in ("2015", "1.5", "3rd", "{next_update}")] == [1, 1, 1, 1]


def test_a_language_without_rules_has_no_syllables() -> None:
    with pytest.raises(KeyError):
        syllables_of("dolor", "es")


def test_counting_prints_nothing_and_needs_no_network() -> None:
    program = """
import socket
def refuse(*_args, **_more): raise AssertionError("network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import nltk
nltk.download = nltk.data.find = refuse
from lbp_content.readability import syllables
assert syllables("patient", "en") == 2
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


# Formulas: each value worked out by hand


def test_flesch_kincaid() -> None:
    # 0.39 x 6 + 11.8 x 1 - 15.59 = 2.34 + 11.8 - 15.59
    assert flesch_kincaid(Counts(sentences=1, words=6, syllables=6)) == pytest.approx(-1.45)
    # 0.39 x 10 + 11.8 x 1.5 - 15.59 = 3.9 + 17.7 - 15.59
    assert flesch_kincaid(Counts(sentences=2, words=20, syllables=30)) == pytest.approx(6.01)
    # 0.39 x 20 + 11.8 x 1.7 - 15.59 = 7.8 + 20.06 - 15.59
    assert flesch_kincaid(Counts(sentences=5, words=100, syllables=170)) == pytest.approx(12.27)


def test_smog() -> None:
    # no long word: the constant alone
    assert smog(Counts(sentences=30, words=200, many=0)) == pytest.approx(3.1291)
    # 30 x 36 / 30 = 36, root 6; 1.043 x 6 + 3.1291 = 6.258 + 3.1291
    assert smog(Counts(sentences=30, words=200, many=36)) == pytest.approx(9.3871)
    # 30 x 12 / 10 = 36: the same share in fewer sentences
    assert smog(Counts(sentences=10, words=90, many=12)) == pytest.approx(9.3871)
    # 30 x 100 / 30 = 100, root 10; 10.43 + 3.1291
    assert smog(Counts(sentences=30, words=500, many=100)) == pytest.approx(13.5591)


def test_amstad() -> None:
    # 180 - 6 - 58.5
    assert amstad(Counts(sentences=1, words=6, syllables=6)) == pytest.approx(115.5)
    # 180 - 10 - 58.5 x 2 = 170 - 117
    assert amstad(Counts(sentences=10, words=100, syllables=200)) == pytest.approx(53)
    # 180 - 15 - 58.5 x 1.6 = 165 - 93.6
    assert amstad(Counts(sentences=2, words=30, syllables=48)) == pytest.approx(71.4)


def test_first_wiener_sachtextformel() -> None:
    # 0.1935 x 20 + 0.1672 x 10 + 0.1297 x 30 - 0.0327 x 40 - 0.875 = 3.87 + 1.672 + 3.891 - 1.308 - 0.875
    assert wstf1(Counts(sentences=10, words=100, many=20, long=30, single=40)) == pytest.approx(7.25)
    # 10 %, 10 words, 20 %, 60 %: 1.935 + 1.672 + 2.594 - 1.962 - 0.875
    assert wstf1(Counts(sentences=5, words=50, many=5, long=10, single=30)) == pytest.approx(3.364)
    # 0 %, 10 words, 0 %, 100 %: 1.672 - 3.27 - 0.875
    assert wstf1(Counts(sentences=1, words=10, single=10)) == pytest.approx(-2.473)


def test_lix() -> None:
    assert lix(Counts(sentences=1, words=6)) == 6  # 6 / 1 + 0 %
    assert lix(Counts(sentences=10, words=100, long=30)) == 40  # 10 + 30 %
    assert lix(Counts(sentences=5, words=50, long=10)) == 30  # 10 + 20 %


def test_formulas_agree_with_textstat_where_textstat_counts_right() -> None:
    """Plain sentences of three words and more, without decimals, hyphens and words that pyphen gets wrong."""
    from textstat.backend import metrics

    english = "Regular exercise can help many people. Patience is important. The effect does not last long."
    ours = scores([text(english)], "en").values
    assert ours["flesch_kincaid"] == pytest.approx(metrics.flesch_kincaid_grade(english, "en"))
    assert ours["smog"] == pytest.approx(metrics.smog_index(english, "en"))
    german = "Die Schmerzen werden langsam besser. Manche Menschen brauchen Geduld. Das hilft nicht immer."
    ours = scores([text(german)], "de").values
    assert ours["amstad"] == pytest.approx(metrics.flesch_reading_ease(german, "de"))
    assert ours["wstf1"] == pytest.approx(metrics.wiener_sachtextformel(german, 1, "de"))
    assert ours["lix"] == pytest.approx(metrics.lix(german))


def test_scores_of_an_english_text() -> None:
    # 8 words, 2 sentences, reg-u-lar ex-er-cise and 6 of one syllable: 12; two words of three syllables
    found = scores([text("<b>Regular</b> exercise helps. It does not cure pain.")], "en")
    assert (found.words, found.sentences) == (8, 2)
    assert (found.words_per_sentence, found.syllables_per_word) == (4, 1.5)
    # 0.39 x 4 + 11.8 x 1.5 - 15.59 = 1.56 + 17.7 - 15.59
    assert found.values["flesch_kincaid"] == pytest.approx(3.67)
    assert found.values["smog"] == pytest.approx(1.0430 * sqrt(30) + 3.1291)


def test_scores_of_a_german_text() -> None:
    # 6 words, 2 sentences, syllables 3 2 1 and 1 2 2: 11; Übungen, lindern, Schmerzen are long
    found = scores([text("Übungen helfen oft"), text("Sie lindern Schmerzen.")], "de-CH")
    # 180 - 3 - 58.5 x 11 / 6 = 177 - 107.25
    assert found.values["amstad"] == pytest.approx(69.75)
    assert found.values["lix"] == pytest.approx(53)  # 3 + 50 %
    assert set(found.values) == {"amstad", "wstf1", "lix"}


def test_another_language_gets_lix_alone() -> None:
    found = scores([text("El dolor lumbar crónico mejora.")], "es")
    assert found.values == {"lix": pytest.approx(25)}  # 5 words + 1 of 5 is long (crónico)
    assert found.syllables_per_word == 0


def test_no_words_give_no_values() -> None:
    assert scores([], "en").values == {}


# What counts, and the target

LONG = (
    "Multidisciplinary rehabilitation programmes that combine pharmacological interventions, "
    "physiotherapeutic exercises, occupational consultation and cognitive behavioural psychotherapy are "
    "predominantly recommended for individuals whose musculoskeletal symptoms persist notwithstanding the "
    "conservative treatment that is customarily administered by comparatively uncomplicated institutions of "
    "all the surrounding communities."
)
LANG = (
    "Multidisziplinäre Rehabilitationsprogramme, die medikamentöse Schmerzbehandlungen mit "
    "physiotherapeutischen Übungen kombinieren, werden überwiegend denjenigen Patientinnen empfohlen, deren "
    "Beschwerden trotz konservativer Behandlungsverfahren weiterhin unverändert fortbestehen."
)


def test_a_text_that_is_too_hard_is_reported(content: Content) -> None:
    assert len(words(LONG)) >= 40
    (finding,) = check(content, "en", "Muscles may be sore.", LONG)
    assert (finding.code, finding.severity, finding.where.line) == ("readability-grade", "error", 0)
    assert finding.where.file == str(content.file)
    assert "target at most 7" in finding.message
    first, second = finding.message.index("Multidisciplinary"), finding.message.index("Muscles")
    assert "known/evidence/many" in finding.message
    assert first < second


def test_a_german_text_that_is_too_hard_is_reported(content: Content) -> None:
    (finding,) = check(content, "de", LANG)
    assert finding.message.startswith("Amstad score -")
    assert "target at least 60" in finding.message


def test_the_three_hardest_sentences_are_named(content: Content) -> None:
    (finding,) = check(content, "en", LONG, "One is short.", "Two is short.", "Physiotherapy varies.")
    assert finding.message.count("known/evidence/many") == 3
    assert "Physiotherapy" in finding.message


def test_sentences_too_short_for_a_formula_come_last() -> None:
    said = text("Multidisciplinary physiotherapy. It may take some weeks until you feel that it helps.")
    assert [words(one.words)[0] for one in readability.hardest([said], "en")] == ["It", "Multidisciplinary"]


def test_plain_texts_are_good(content: Content) -> None:
    assert check(content, "en", "Muscles may be sore at first. An effect might take several weeks.") == []
    assert check(content, "de", "Die Muskeln können wehtun. Das ist nicht schlimm. Haben Sie Geduld.") == []


def test_a_language_without_a_target_is_not_gated(content: Content) -> None:
    assert check(content, "es", LONG) == []


def test_an_empty_leaflet_is_not_gated(content: Content) -> None:
    assert check(content, "en") == []


def test_running_text_counts_but_titles_terms_and_briefs_do_not(content: Content) -> None:
    counted = {text.id for part in content.leaflet.parts for text in readability.running(part)}
    assert {"exercise/what/kinds", "glossary/acute/meaning", "patient-education/what/anatomy"} <= counted
    never = {f"exercise/{name}" for name in ("title", "brief", "side-effects", "figure/alt")}
    assert not counted & (never | {"title", "description", "exercise/context/heading", "glossary/acute/term"})


def test_every_target_has_a_formula_a_limit_and_a_source() -> None:
    for target in readability.targets():
        assert target.formula in readability.FORMULAS[target.language]
        assert (target.at_most is None) != (target.at_least is None)
        assert target.formula in readability.NAMES
        assert target.source
        assert str(target)
