"""YAML -> Leaflet: strings until the model types them, and every fault with its file and line."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from lbp_content.finding import ContentError, Finding
from lbp_content.load import TOPIC, load, read
from lbp_content.messages import texts
from lbp_content.model import Claims, Leaflet

LEAFLET = """\
id: back
version: 1.0
source_locale: en
locales: [en, no]
as_of: 2026-11-24
source:
  document: Exercise
  since: 2006
  updated: 2015-12-02
  next_update: 2018
  identifier: NBK284944
title: A title
subtitle: A subtitle
description: A description
cover: {file: cover.svg, alt: A sun}
parts:
  - id: reading
    kind: section
    role: explanation
    title: Before you read
    blocks:
      - id: for-whom
        role: help
        paragraphs:
          - id: people
            text: For people with back pain.
          - id: doubt
            text: It has been said.
            claims: [L5]
      - id: words
        items:
          - {id: manus, text: 'Latin <i id="hand">manus</i>, a hand', lang: {hand: la}}
"""
CLAIMS = "{spans: [], facts: [], claims: [], pairs: [], harms: {}, harms_in_short: [], ours: []}\n"
LEXICON = "{wordings: [], sayings: [], figures: [], number_words: {}}\n"
LABELS = "- {id: page/number, text: Page}\n"


def topic(folder: Path, leaflet: str | bytes = LEAFLET, labels: str = LABELS) -> Path:
    """A topic with this leaflet and these labels, and neither claims nor wordings."""
    files = {"labels.yaml": labels, "report.yaml": "[]\n", "claims.yaml": CLAIMS, "lexicon.yaml": LEXICON}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "leaflet.yaml").write_bytes(leaflet.encode() if isinstance(leaflet, str) else leaflet)
    return folder


def loaded(folder: Path, leaflet: str = LEAFLET, labels: str = LABELS) -> Leaflet:
    topic(folder, leaflet, labels)
    return load(folder, folder).leaflet


def faults(folder: Path, leaflet: str | bytes = LEAFLET, labels: str = LABELS) -> tuple[Finding, ...]:
    topic(folder, leaflet, labels)
    with pytest.raises(ContentError) as caught:
        load(folder, folder)
    return caught.value.findings


def changed(old: str, new: str) -> str:
    assert LEAFLET.count(old) == 1
    return LEAFLET.replace(old, new)


# What is read


def test_the_leaflet_loads_and_every_id_is_its_own() -> None:
    ids = [text.id for text in texts(load().leaflet)]
    assert len(ids) > 200
    assert len(set(ids)) == len(ids)


def test_scalars_are_strings_until_the_model_types_them(tmp_path: Path) -> None:
    leaflet = loaded(tmp_path)
    assert leaflet.version == "1.0"  # not the number 1.0
    assert leaflet.locales == ("en", "no")  # not false
    assert leaflet.as_of.isoformat() == "2026-11-24"
    assert leaflet.source.since == 2006


def test_an_id_is_the_path_of_ids_down_to_it(tmp_path: Path) -> None:
    ids = [text.id for text in texts(loaded(tmp_path))]
    assert ids == [
        "title",
        "subtitle",
        "description",
        "cover/alt",
        "reading/title",
        "reading/for-whom/people",
        "reading/for-whom/doubt",
        "reading/words/manus",
        "page/number",
    ]


def test_a_role_is_written_or_follows_from_claims_titles_and_chapter(tmp_path: Path) -> None:
    roles = {text.id: text.role for text in texts(loaded(tmp_path))}
    assert roles["reading/title"] == "navigation"
    assert roles["reading/for-whom/people"] == "help"
    assert roles["reading/for-whom/doubt"] == "claim"
    assert roles["reading/words/manus"] == "explanation"
    assert roles["page/number"] == "navigation"


def test_every_message_knows_the_line_it_was_written_in(tmp_path: Path) -> None:
    lines = LEAFLET.splitlines()
    for text in texts(loaded(tmp_path)):
        if text.where.file.endswith("leaflet.yaml"):
            line = lines[text.where.line - 1]
            assert text.text in line or f"id: {text.id.split('/')[-1]}" in line


def test_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    topic(tmp_path, LEAFLET.replace("\n", "\r\n").encode())
    assert load(tmp_path, tmp_path).leaflet == loaded(tmp_path)


# What is refused, and where


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("id: back\n", "\tid: back\n", 1, "character '\\t'"),
        ("id: back\n", "id: [back\n", 2, "expected ',' or ']'"),
        ("version: 1.0", "id: twice", 2, "the key id stands in line 1 already"),
        ("            claims: [L5]", "            text: Again", 29, "the key text stands in line 28 already"),
        ("version: 1.0", "? [version]\n: 1.0", 2, "where a key is expected"),
        ("version: 1.0", "version: &v 1.0", 2, "anchors"),
        ("version: 1.0", "version: *v", 2, "anchors"),
        ("version: 1.0", "version: !!float 1.0", 2, "tags"),
        ("version: 1.0", "version:", 2, "an empty value"),
        ("version: 1.0", "version: ~", 2, "an empty value"),
        ("\ntitle: A title", "\ntitle: null", 12, "an empty value"),
        ("\ntitle: A title", '\ntitle: "A\\u202Etitle"', 12, "U+202E"),
        ("\ntitle: A title", '\ntitle: "A\\u0007title"', 12, "U+0007"),
        ("\ntitle: A title", "\ntitle: A\x1btitle", 12, "U+001B"),
        ("version: 1.0", "--- \nversion: 1.0", 2, "single document"),
    ],
)
def test_broken_yaml_is_found_in_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    found = faults(tmp_path, changed(old, new))
    assert {finding.code for finding in found} == {"yaml-broken"}
    assert found[0].where == (str(tmp_path / "leaflet.yaml"), line)
    assert said in found[0].message


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("as_of: 2026-11-24", "as_of: 2026-11-31", 5, "as_of: input should be a valid date"),
        ("  updated: 2015-12-02", "  updated: in winter", 9, "source.updated"),
        ("  since: 2006", "  since: long ago", 8, "source.since"),
        ("locales: [en, no]", "locales: []", 4, "locales"),
        ("locales: [en, no]", "locales:\n  - en\n  - NO", 6, "locales.1"),
        ("locales: [en, no]", "locales: en", 4, "locales"),
        ("version: 1.0", "versoin: 1.0", 2, "versoin: extra inputs are not permitted"),
        ("version: 1.0", "colour:\n  red: 1", 2, "colour: extra inputs are not permitted"),
        ("version: 1.0", "1: 1.0", 2, "1: extra inputs are not permitted"),
        ("version: 1.0", "<<: {version: 1.0}", 2, "<<: extra inputs are not permitted"),
        ("version: 1.0", "version: [1.0]", 2, "version"),
        ("version: 1.0", "where: here", 2, "where"),
        ("  identifier: NBK284944", "  # identifier: NBK284944", 7, "source.identifier: field required"),
        ("  identifier: NBK284944", "  identifier: NBK284944\n  role: help", 12, "source.role: extra inputs"),
        ("    kind: section", "    kind: chapter", 17, "parts.0"),
        ("        role: help", "        role: helpful", 23, "role: one of"),
        ("        role: help", "        role: [help]", 23, "one word"),
        ("      - id: words", "      - id: [words]", 30, "one word"),
        ("      - id: words\n        items:", "      - items:", 30, "parts.0.section.blocks.1.id: field required"),
        ("          - id: doubt\n            text:", "          - text:", 27, "paragraphs.1.id: field required"),
        ("          - id: doubt\n", "          - id: not a word\n", 27, "paragraphs.1.id"),
        ("            claims: [L5]", "            claims: L5", 29, "claims"),
        ("            claims: [L5]", "            role: medical", 29, "role: one of"),
        ("            text: It has been said.", "            text: [It, has]", 28, "text"),
        ("            text: It has been said.", "            text: ''", 28, "text"),
        ("    title: Before you read", "    title: [Before, you read]", 20, "title"),
    ],
)
def test_a_wrong_value_is_found_in_its_own_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    found = faults(tmp_path, changed(old, new))
    assert {finding.code for finding in found} == {"yaml-value"}
    assert any(finding.where == (str(tmp_path / "leaflet.yaml"), line) and said in finding.message for finding in found)


def test_every_wrong_value_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    topic(tmp_path, changed("as_of: 2026-11-24", "as_of: soon").replace("since: 2006", "since: x"))
    (tmp_path / "claims.yaml").write_text("spans: none\n")
    with pytest.raises(ContentError) as caught:
        load(tmp_path, tmp_path)
    said = str(caught.value)
    assert all(word in said for word in ("as_of", "source.since", "claims.yaml:1: error yaml-value: spans"))


def test_not_utf8_is_found_in_its_line(tmp_path: Path) -> None:
    found = faults(tmp_path, changed("A title", "Rücken").encode("latin-1"))
    assert (found[0].where.line, found[0].message) == (12, "not UTF-8")


def test_a_nul_is_found_in_its_line(tmp_path: Path) -> None:
    found = faults(tmp_path, changed("A title", "A\0title"))
    assert (found[0].where.line, found[0].message) == (12, "the character U+0000, which no text may hold")


@pytest.mark.parametrize("leaflet", ["", "# nothing\n", "word", "---\n"])
def test_a_file_without_keys_is_a_finding(tmp_path: Path, leaflet: str) -> None:
    found = faults(tmp_path, leaflet)
    assert (found[0].code, found[0].where.line) == ("yaml-broken", 1)


def test_a_list_where_keys_are_expected_is_a_finding(tmp_path: Path) -> None:
    assert faults(tmp_path, "- id: back\n")[0].code == "yaml-value"
    assert faults(tmp_path, labels="page: Page\n")[0].code == "yaml-value"


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x]\n"
    for before, one in pairwise("abcdefghijk"):
        bomb += f"{one}: &{one} [{', '.join([f'*{before}'] * 8)}]\n"
    start = time.process_time()
    assert faults(tmp_path, bomb)[0].where.line == 1
    assert time.process_time() - start < 20


@pytest.mark.parametrize("leaflet", ["a: " + "[" * 5000, "".join(f"{' ' * depth}a:\n" for depth in range(400))])
def test_what_is_nested_too_deeply_is_a_finding(tmp_path: Path, leaflet: str) -> None:
    found = faults(tmp_path, leaflet)
    assert "levels deep" in found[0].message
    assert found[0].where.line > 0


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    assert "bytes" in faults(tmp_path, "#" * 1_000_001)[0].message


def test_a_folder_or_nothing_in_place_of_a_file_is_a_finding(tmp_path: Path) -> None:
    topic(tmp_path)
    (tmp_path / "leaflet.yaml").unlink()
    (tmp_path / "claims.yaml").unlink()
    (tmp_path / "claims.yaml").mkdir()
    with pytest.raises(ContentError) as caught:
        load(tmp_path, tmp_path)
    told = [(finding.code, finding.message) for finding in caught.value.findings]
    assert told == [("yaml-unreadable", "No such file or directory"), ("yaml-unreadable", "Is a directory")]


# What holds between values


def test_two_texts_with_one_id_are_found(tmp_path: Path) -> None:
    found = faults(tmp_path, changed("id: doubt", "id: people"))
    assert [(finding.code, finding.where.line) for finding in found] == [("id-twice", 27)]
    assert "leaflet.yaml:25" in found[0].message


def test_a_label_with_the_id_of_a_text_is_found(tmp_path: Path) -> None:
    found = faults(tmp_path, labels="- {id: page/number, text: Page}\n- {id: reading/for-whom/people, text: People}\n")
    assert [(finding.code, finding.where) for finding in found] == [("id-twice", (str(tmp_path / "labels.yaml"), 2))]


def test_a_block_with_the_id_of_another_is_found(tmp_path: Path) -> None:
    found = faults(tmp_path, changed("      - id: words", "      - id: for-whom"))
    assert [(finding.code, finding.where.line) for finding in found] == [("id-twice", 30)]


def test_two_claims_with_one_id_are_found(tmp_path: Path) -> None:
    claims = (TOPIC / "claims.yaml").read_text("utf-8")
    (tmp_path / "claims.yaml").write_text(claims.replace("- id: L2\n", "- id: L1\n"), "utf-8")
    with pytest.raises(ContentError, match="id-twice: L1 stands in"):
        read(tmp_path / "claims.yaml", TypeAdapter(Claims))


def test_labels_of_a_topic_stand_beside_the_common_ones(tmp_path: Path) -> None:
    leaflet = loaded(tmp_path, f"{LEAFLET}labels:\n  - {{id: my-own, text: Mine, role: navigation}}\n")
    assert [label.id for label in leaflet.labels] == ["my-own", "page/number"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("For <b>people.", "<b> is not closed"),
        ("For <em>people</em>.", "'<' is not part of a known tag"),
        ('For <a id="web">people</a>.', '<a id="web"> has no such id'),
        ("For {people.", "a brace"),
        ("For &lt;people.", "&lt;"),
    ],
)
def test_broken_markup_is_found_before_anything_is_made_of_it(tmp_path: Path, words: str, said: str) -> None:
    found = faults(tmp_path, changed("For people with back pain.", f"'{words}'"))
    assert [(finding.code, finding.where.line) for finding in found] == [("markup-broken", 25)]
    assert said in found[0].message


def test_a_locale_that_cldr_does_not_know_is_found_in_its_line(tmp_path: Path) -> None:
    found = faults(tmp_path, changed("locales: [en, no]", "locales:\n  - en\n  - xx"))
    assert [(finding.code, finding.where.line) for finding in found] == [("locale-unknown", 6)]


@pytest.mark.parametrize(
    "drawing",
    [
        b"<svg>\xff</svg>",
        b"",
        b"<svg ",
        b'<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0 0"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        b"<p>sun</p>",
    ],
)
def test_a_picture_that_is_no_whole_drawing_is_a_finding(tmp_path: Path, drawing: bytes) -> None:
    topic(tmp_path)
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "sun.svg").write_bytes(drawing)
    with pytest.raises(ContentError, match=r"sun\.svg(:\d+)?: error figure-broken"):
        load(tmp_path, tmp_path)
