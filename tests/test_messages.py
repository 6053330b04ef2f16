"""The one walk over translatable text, what a translator is told, and the two extractors."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbp_content import catalog
from lbp_content.load import DATA, TOPIC, Content, load
from lbp_content.messages import extract, map_text, messages, texts
from lbp_content.model import Block, Glossary, Section, Term, Text
from lbp_content.translate import LOCALES, catalog_file

ROOT = LOCALES.parent
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="<>{}&"), min_size=1)


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def text(id: str, words: str = "Some words") -> Text:
    return Text(id=id, text=words, role="explanation")


SECTION = Section(
    kind="section",
    id="known",
    title=text("known/title"),
    blocks=(
        Block(
            id="known/first",
            heading=text("known/first/heading"),
            paragraphs=(text("known/first/one"), text("known/first/two")),
            items=(text("known/first/item"),),
        ),
        Block(id="known/second", paragraphs=(text("known/second/one"),)),
    ),
)


# The walk


def test_every_text_is_visited_once_in_the_order_of_the_model() -> None:
    seen: list[str] = []

    def note(one: Text) -> Text:
        seen.append(one.id)
        return one

    assert map_text(SECTION, note) == SECTION
    assert seen == [
        "known/title",
        "known/first/heading",
        "known/first/one",
        "known/first/two",
        "known/first/item",
        "known/second/one",
    ]


def test_texts_within_texts_of_a_glossary_are_visited() -> None:
    term = Term(id="words/lbp", term=text("words/lbp/term"), meaning=text("words/lbp/meaning"))
    glossary = Glossary(kind="glossary", id="words", title=text("words/title"), terms=(term,))
    shouted = map_text(glossary, lambda one: one.model_copy(update={"text": one.text.upper()}))
    assert (shouted.title.text, shouted.terms[0].term.text, shouted.terms[0].meaning.text) == ("SOME WORDS",) * 3
    assert glossary.title.text == "Some words"  # values in, values out


def test_no_text_of_the_real_leaflet_is_passed_over(content: Content) -> None:
    def count(value: object) -> int:
        if isinstance(value, dict):
            return ("role" in value and "text" in value) + sum(map(count, value.values()))
        return sum(map(count, value)) if isinstance(value, list | tuple) else 0

    assert len(texts(content.leaflet)) == count(content.leaflet.model_dump())


def test_messages_of_the_leaflet_come_in_the_order_of_writing(content: Content) -> None:
    for name in ("leaflet.yaml", "labels.yaml"):
        lines = [message.where.line for message in messages(content) if message.where.file.endswith(name)]
        assert len(lines) > 50
        assert lines == sorted(lines)


@given(st.lists(WORDS, min_size=6, max_size=6))
def test_the_walk_puts_each_text_back_in_its_place(words: list[str]) -> None:
    new = iter(words)
    changed = map_text(SECTION, lambda one: one.model_copy(update={"text": next(new)}))
    found: list[str] = []
    map_text(changed, lambda one: found.append(one.text) or one)  # type: ignore[func-returns-value]
    assert found == words


# Extraction


def test_a_message_is_its_id_and_its_source_text(content: Content) -> None:
    assert [(message.context, message.msgid) for message in messages(content)] == [
        (one.id, one.text) for one in texts(content.leaflet)
    ]


def test_ids_stay_when_words_and_neighbours_change(content: Content) -> None:
    first = content.leaflet.parts[0]
    fewer = content.leaflet.model_copy(update={"parts": content.leaflet.parts[1:]})
    ids = [one.id for one in texts(content.leaflet)]
    assert [one.id for one in texts(fewer)] == [id for id in ids if not id.startswith(f"{first.id}/")]


def test_the_comment_tells_place_claims_and_certainty(content: Content) -> None:
    found = next(message for message in messages(content, "de") if message.context.startswith("massage/findings/"))
    assert found.comments[0].startswith("In the chapter “Massage”: findings/")
    assert found.comments[1].startswith("MA8 (effect, NOTENOUGH): ")


def test_the_wording_is_that_of_the_language_of_the_catalog(content: Content) -> None:
    def told(locale: str | None) -> str:
        return "\n".join(comment for message in messages(content, locale) for comment in message.comments)

    assert "say: “scheinen … zu”" in told("de")
    assert "seem able to" not in told("de")
    assert "say: “seem able to”" in told("en")
    assert told(None) == told("en")  # the template is in the source's
    assert "say: " not in told("nl")  # the lexicon has no Dutch: rather nothing than English


def test_the_small_hedges_that_must_be_kept_are_told(content: Content) -> None:
    assert any(
        "keep: “oft” or “oftmals”" in comment for message in messages(content, "de") for comment in message.comments
    )


def test_the_note_and_the_language_of_foreign_words_are_told(content: Content) -> None:
    one = text("page/word", 'Latin <i id="hand">manus</i>').model_copy(
        update={"note": "A noun.", "lang": {"hand": "la"}}
    )
    leaflet = content.leaflet.model_copy(update={"parts": (), "labels": (one,)})
    message = messages(replace(content, leaflet=leaflet))[-1]
    assert message.comments[0] == "A noun."
    assert "“la”" in message.comments[1]


def test_the_extractor_names_the_line_of_each_message() -> None:
    with (TOPIC / "leaflet.yaml").open("rb") as file:
        found = list(extract(file, [], [], {}))
    lines = (TOPIC / "leaflet.yaml").read_text("utf-8").splitlines()
    assert len(found) > 150
    for line, function, (_, msgid), _ in found:
        assert function == "pgettext"
        assert msgid[:20] in "".join(lines[line - 1 : line + 2])  # its id, then its text


def test_the_extractor_gives_nothing_for_a_file_without_messages() -> None:
    file = io.BytesIO(b"")
    file.name = str(DATA / "lexicon.yaml")
    assert list(extract(file, [], [], {})) == []


@pytest.mark.slow
def test_pybabel_extracts_the_same_messages_from_the_same_lines(tmp_path: Path, content: Content) -> None:
    out = tmp_path / "babel.pot"
    pybabel = Path(sys.executable).with_name("pybabel")
    done = subprocess.run(
        [pybabel, "-q", "extract", "-F", "babel.cfg", "-o", out, "."], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    theirs = polib.pofile(str(out))
    ours = {entry.msgctxt: entry for entry in polib.pofile(catalog.template(messages(content), ROOT))}
    assert sorted(entry.msgctxt for entry in theirs) == sorted(ours)
    for entry in theirs:
        assert entry.msgid == ours[entry.msgctxt].msgid
        assert [(file.removeprefix("./"), line) for file, line in entry.occurrences] == ours[entry.msgctxt].occurrences
        assert "python-format" not in entry.flags  # msgfmt would refuse good translations


# What is in the repository


def test_the_template_is_in_step_with_the_leaflet(content: Content) -> None:
    now = catalog.template(messages(content), ROOT)
    assert (LOCALES / "lbp.pot").read_text("utf-8") == now, "run `lbp extract` and commit locales/lbp.pot"


@pytest.mark.parametrize("locale", sorted(path.name for path in LOCALES.iterdir() if (path / "LC_MESSAGES").is_dir()))
def test_every_catalog_is_in_step_with_the_leaflet(content: Content, locale: str) -> None:
    old = catalog.checked_text(catalog_file(locale))
    now = catalog.update(messages(content, locale), ROOT, locale, old)
    assert old == now, f"run `lbp update --locale {locale}`, revise what became fuzzy, and commit the catalog"
