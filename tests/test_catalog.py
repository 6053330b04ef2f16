"""Catalogs: nothing is misread, nothing a translator wrote is lost, and GNU gettext would write the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lbp_content import catalog, strict_po
from lbp_content.finding import ContentError, Location
from lbp_content.messages import Message

SAMPLES = Path(__file__).parent / "samples" / "catalogs"
BROKEN = {  # sample: (line, words of the finding)
    "backslash-after-comment": (13, "a backslash ends the line"),
    "backslash-at-end": (11, "a backslash is out of place"),
    "bidi-in-comment": (9, "U+202E"),
    "bidi-isolate": (11, "U+2067"),
    "bidi-override": (11, "U+202E"),
    "byte-order-mark": (1, "byte order mark"),
    "carriage-return": (11, "U+000D"),
    "charset-latin-1": (6, "charset=UTF-8"),
    "charset-missing": (6, "charset=UTF-8"),
    "charset-unknown": (6, "charset=UTF-8"),
    "charset-utf-7": (6, "charset=UTF-8"),
    "comment-inside": (11, "a comment stands inside"),
    "conflict": (11, "merge conflict"),
    "continuation-of-other-mark": (12, "a text without a keyword"),
    "cut-off-before-the-msgstr": (14, "msgstr is missing"),
    "cut-off-in-a-text": (15, "the closing quotation mark is missing"),
    "cut-off-in-comments": (17, "cut off"),
    "date-wrong": (4, "is not a date"),
    "domain": (9, "domain is not a keyword"),
    "duplicate": (15, "dose has a translation in line 11 already"),
    "duplicate-context": (15, "dose has a translation in line 11 already"),
    "duplicate-obsolete": (15, "dose has a translation in line 11 already"),
    "empty": (1, "the header is missing"),
    "escape-sequence": (11, "U+001B"),
    "field-broken": (5, "not a field"),
    "field-twice": (4, "Language stands twice"),
    "garbage": (12, "neither a comment nor"),
    "half-obsolete": (11, "obsolete (#~) and another is not"),
    "header-missing": (1, "the header is missing"),
    "header-second": (1, "the header is missing"),
    "keyword-unknown": (11, "msgtext is not a keyword"),
    "language-missing": (1, "names no language"),
    "language-other": (4, "the header says fr, the folder de"),
    "language-path": (4, "the header says ../../evil, the folder de"),
    "line-separator": (11, "U+2028"),
    "msgctxt-after-msgid": (10, "msgctxt stands where msgstr is expected"),
    "msgctxt-missing": (10, "no msgctxt"),
    "msgid-empty": (11, "the msgid is empty"),
    "msgid-missing": (10, "msgstr stands where msgid is expected"),
    "msgid-twice": (11, "msgid stands where msgstr is expected"),
    "msgstr-before-msgid": (10, "msgstr stands where msgid is expected"),
    "msgstr-missing": (12, "msgctxt stands where msgstr is expected"),
    "msgstr-twice": (12, "msgstr stands where msgid is expected"),
    "next-line": (11, "U+0085"),
    "not-utf-8": (11, "not UTF-8"),
    "nul": (11, "U+0000"),
    "plural-bomb": (5, "not a formula for plurals"),
    "plural-code": (5, "not a formula for plurals"),
    "plural-msgid": (11, "the messages of this leaflet have none"),
    "previous-inside": (11, "a comment stands inside"),
    "quote-missing": (11, "the closing quotation mark is missing"),
    "quote-missing-in-continuation": (13, "the closing quotation mark is missing"),
    "replacement-character": (11, "U+FFFD"),
    "text-after-quote": (11, "a quotation mark or a backslash"),
    "text-alone": (14, "a text without a keyword"),
    "text-behind": (11, "text stands behind the closing quotation mark"),
    "two-texts-on-a-line": (11, "a quotation mark or a backslash"),
    "unknown-escape": (11, "a quotation mark or a backslash"),
    "utf-16": (1, "not UTF-8"),
}
HEADER = """\
# Patient information, one message a paragraph.
msgid ""
msgstr ""
"Project-Id-Version: lbp-content\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def message(context: str, msgid: str, *comments: str, line: int = 1) -> Message:
    return Message(context, msgid, comments, Location("/somewhere/leaflet.yaml", line))


def update(messages: Sequence[Message], old: str | None, locale: str = "de") -> str:
    return catalog.update(messages, Path("/somewhere"), locale, old)


def saved(folder: Path, text: str | bytes, locale: str = "de") -> Path:
    """The text as the catalog of a locale."""
    file = folder / locale / "LC_MESSAGES" / "lbp.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def entries(text: str) -> dict[tuple[str, bool], polib.POEntry]:
    """The entries by msgctxt, and whether they are obsolete."""
    return {(entry.msgctxt, entry.obsolete): entry for entry in strict_po.parse(text, Path("lbp.po")).entries}


def gettext(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    """A program of GNU gettext; skipped where there is none, except in continuous integration."""
    if not shutil.which(str(command[0])):
        if os.environ.get("CI") == "true":
            pytest.fail(f"{command[0]} is not installed: apt-get install gettext")
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, check=False)


# Reading


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_catalog_is_found_in_its_line(tmp_path: Path, name: str) -> None:
    file = saved(tmp_path, (SAMPLES / f"{name}.po").read_bytes())
    line, words = BROKEN[name]
    with pytest.raises(ContentError) as caught:
        catalog.read(file)
    first = caught.value.findings[0]
    assert first.code == ("catalog-language" if name.startswith("language-") else "catalog-broken")
    assert first.where == (str(file), line)
    assert words in first.message
    assert first.remedy


def test_every_sample_has_its_finding_and_the_good_one_has_none(tmp_path: Path) -> None:
    assert {file.stem for file in SAMPLES.glob("*.po")} == {*BROKEN, "good"}
    found = catalog.read(saved(tmp_path, (SAMPLES / "good.po").read_bytes()))
    assert {id: entry.msgstr for id, entry in found.entries.items()} == {
        "dose": "Nehmen Sie 400 mg.",
        "other": "Das ist alles.",
    }


def test_an_entry_knows_the_line_of_its_msgstr(tmp_path: Path) -> None:
    file = saved(tmp_path, (SAMPLES / "good.po").read_bytes())
    assert catalog.read(file).entries["other"].where == (str(file), 15)


def test_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    text = (SAMPLES / "good.po").read_bytes()
    plain = catalog.read(saved(tmp_path, text))
    assert catalog.read(saved(tmp_path, text.replace(b"\n", b"\r\n"))) == plain


def test_what_other_programs_write_is_read(tmp_path: Path) -> None:
    text = f"""{HEADER}"X-Generator: Poedit 3.4.2\\n"
"PO-Revision-Date: 2026-01-31 09:30+0100\\n"

# A translator's note
#
#. extracted
#: leaflet.yaml:1 leaflet.yaml:2
#, fuzzy, python-format
#| msgctxt "old"
#| msgid ""
#| "What it "
#| "was"
msgctxt "one"

msgid   ""
 "A \\"word\\" \\\\ and "
"50 % of it\\n"
"\\tand a tab"
msgstr ""

# kept
#~| msgid "Before"
#~ msgctxt "gone"
#~ msgid "Gone"
#~ msgstr ""
#~ "Fort"
"""
    found = entries(text)
    one = found["one", False]
    assert one.msgid == 'A "word" \\ and 50 % of it\n\tand a tab'
    assert (one.tcomment, one.flags) == ("A translator's note\n", ["fuzzy", "python-format"])
    assert (one.previous_msgctxt, one.previous_msgid) == ("old", "What it was")
    gone = found["gone", True]
    assert (gone.msgstr, gone.previous_msgid, gone.tcomment) == ("Fort", "Before", "kept")
    assert list(catalog.read(saved(tmp_path, text)).entries) == ["one"]


def test_text_that_is_the_name_of_a_file_is_not_read_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path, HEADER)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ContentError):
        update([], "de/LC_MESSAGES/lbp.po")


def test_a_missing_catalog_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        catalog.read(tmp_path / "de" / "LC_MESSAGES" / "lbp.po")
    assert caught.value.findings[0].code == "catalog-missing"
    assert "lbp update" in caught.value.findings[0].remedy


def test_a_folder_in_place_of_a_catalog_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "lbp.po").mkdir()
    with pytest.raises(ContentError, match=r"lbp\.po: error catalog-unreadable: Is a directory"):
        catalog.read(tmp_path / "lbp.po")


def test_language_fits_the_folder_in_the_spelling_of_gettext(tmp_path: Path) -> None:
    text = HEADER.replace("Language: de", "Language: pt_BR")
    assert catalog.read(saved(tmp_path, text, "pt-BR")).entries == {}
    with pytest.raises(ContentError, match="catalog-language"):
        catalog.read(saved(tmp_path, text, "pt-PT"))


def test_a_catalog_without_a_language_can_be_updated(tmp_path: Path) -> None:
    file = saved(tmp_path, HEADER.replace('"Language: de\\n"\n', ""))
    assert update([], catalog.checked_text(file)) == HEADER


def test_a_catalog_of_another_language_can_not_be_updated(tmp_path: Path) -> None:
    file = saved(tmp_path, HEADER.replace("Language: de", "Language: fr"))
    with pytest.raises(ContentError, match="catalog-language"):
        catalog.checked_text(file)


# Hostile size


LONG = 4_900_000


@pytest.mark.parametrize(
    "line",
    [
        '"' + "a" * LONG,
        '"' * LONG,
        '"' + '\\"' * (LONG // 2),
        '"a" ' * (LONG // 4),
        'msgid "' + "\\n" * (LONG // 2) + '"',
        "m" * LONG,
        "msgid" + " " * LONG,
        " " * LONG + "x",
        "#~" + " |" * (LONG // 2),
        "#" * LONG,
        "=" * LONG,
        'msgid ""\nmsgstr "' + "A" * LONG + '"',
        'msgid ""\nmsgstr "' + "A:\\n" * (LONG // 4) + '"',
        'msgid ""\nmsgstr "Content-Type: text/plain; ' + " " * LONG + '"',
    ],
    ids=lambda line: line[:12] + line[-4:],
)
def test_a_line_of_five_megabytes_is_refused_quickly(line: str) -> None:
    start = time.process_time()
    with pytest.raises(ContentError):
        strict_po.parse(line, Path("lbp.po"))
    assert time.process_time() - start < 20


def test_more_than_five_megabytes_are_not_read(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="more than 5,000,000 bytes"):
        catalog.read(saved(tmp_path, HEADER + "#" * 5_000_000))


def test_findings_of_one_file_are_limited() -> None:
    with pytest.raises(ContentError) as caught:
        strict_po.parse("garbage\n" * 100_000, Path("lbp.po"))
    assert len(caught.value.findings) == 20


# Writing


def test_the_template_has_every_message_and_no_translation() -> None:
    text = catalog.template([message("a", "A", "In the chapter", line=3), message("b", "A")], Path("/somewhere"))
    assert text.endswith(
        """\

#. In the chapter
#: leaflet.yaml:3
msgctxt "a"
msgid "A"
msgstr ""

#: leaflet.yaml:1
msgctxt "b"
msgid "A"
msgstr ""
"""
    )
    assert "#, fuzzy\nmsgid" in text  # the header, as gettext marks that of a template


@pytest.mark.parametrize(
    ("locale", "language", "plurals"),
    [
        ("de", "de", "nplurals=2; plural=(n != 1);"),
        ("fr", "fr", "nplurals=2; plural=(n > 1);"),
        ("ja", "ja", "nplurals=1; plural=0;"),
        ("zh-Hant", "zh_Hant", "nplurals=1; plural=0;"),
        ("pt-BR", "pt_BR", "nplurals=2; plural=(n > 1);"),
        ("ar", "ar", "nplurals=6; plural="),
    ],
)
def test_a_new_catalog_has_the_header_of_its_language(tmp_path: Path, locale: str, language: str, plurals: str) -> None:
    text = update([message("a", "A")], None, locale)
    assert f'"Language: {language}\\n"' in text
    assert f'"Plural-Forms: {plurals}' in text
    assert catalog.read(saved(tmp_path, text, locale)).entries["a"].msgstr == ""


def translated(text: str, msgid: str, msgstr: str) -> str:
    """The catalog after a translator has filled in one msgstr."""
    assert f'msgid "{msgid}"\nmsgstr ""' in text
    return text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"', 1)


def test_a_translation_stays_when_nothing_has_changed() -> None:
    old = translated(update([message("a", "A")], None), "A", "Ä")
    assert update([message("a", "A")], old) == old


def test_what_the_translator_added_is_kept() -> None:
    old = f"""\
# My own
#
# words
#,not a flag
msgid ""
msgstr ""
"Project-Id-Version: mine\\n"
"PO-Revision-Date: 2026-01-31 09:30+0100\\n"
"Last-Translator: Ada <ada@example.org>\\n"
"Language-Team: German\\n"
{HEADER[HEADER.index('"Language:') :]}"X-Generator: Poedit 3.4.2\\n"

# Checked with a physiotherapist
#
# on Monday
#, no-wrap
msgctxt "a"
msgid "A"
msgstr "Ä"
"""
    new = update([message("a", "A", "place")], old.replace("#,not a flag\n", ""))
    for kept in ("# My own\n#\n# words\n", "Project-Id-Version: mine", "Ada <ada@example.org>", "X-Generator: Poedit"):
        assert kept in new
    assert "# Checked with a physiotherapist\n#\n# on Monday\n#. place\n#: leaflet.yaml:1\n#, no-wrap\n" in new
    assert update([message("a", "A", "place")], new) == new


def test_a_comment_of_the_header_never_becomes_flags_or_places() -> None:
    text = update([], HEADER.replace("# Patient", "# , fuzzy\n# : leaflet.yaml:1\n# Patient"))
    assert text.startswith("#  , fuzzy\n#  : leaflet.yaml:1\n# Patient")
    assert update([], text) == text


def test_a_reworded_message_is_fuzzy_and_shows_what_was_translated() -> None:
    old = translated(update([message("a", "A")], None), "A", "Ä")
    new = update([message("a", "A!")], old)
    assert '#, fuzzy\n#| msgctxt "a"\n#| msgid "A"\nmsgctxt "a"\nmsgid "A!"\nmsgstr "Ä"\n' in new
    assert update([message("a", "A!")], new) == new


def test_a_message_reworded_twice_still_shows_what_was_translated() -> None:
    old = translated(update([message("a", "A")], None), "A", "Ä")
    new = update([message("a", "A!!")], update([message("a", "A!")], old))
    assert entries(new)["a", False].previous_msgid == "A"


def test_what_was_translated_is_forgotten_when_the_translator_has_revised() -> None:
    old = translated(update([message("a", "A")], None), "A", "Ä")
    revised = update([message("a", "A!")], old).replace("#, fuzzy\n", "")
    assert "#|" not in update([message("a", "A!")], revised)


def test_an_untranslated_message_is_not_fuzzy_when_it_is_reworded() -> None:
    assert "fuzzy" not in update([message("a", "A!")], update([message("a", "A")], None))


def test_a_removed_message_is_obsolete_and_its_translation_comes_back() -> None:
    both = [message("a", "A"), message("b", "B")]
    old = translated(translated(update(both, None), "A", "Ä"), "B", "Be")
    without = update(both[:1], old)
    assert without.endswith('\n#~ msgctxt "b"\n#~ msgid "B"\n#~ msgstr "Be"\n')
    assert update(both[:1], without) == without
    assert update(both, without) == old


def test_a_fuzzy_message_that_is_removed_keeps_what_was_translated() -> None:
    old = translated(update([message("a", "A")], None), "A", "Ä")
    fuzzy = update([message("a", "A!")], old)
    gone = update([], fuzzy)
    assert '#, fuzzy\n#~| msgctxt "a"\n#~| msgid "A"\n#~ msgctxt "a"\n' in gone
    assert update([], gone) == gone
    assert update([message("a", "A!")], gone) == fuzzy


def test_a_removed_message_without_translation_is_gone() -> None:
    assert update([], update([message("a", "A")], None)) == HEADER


def test_one_msgid_in_two_places_keeps_both_translations_apart() -> None:
    two = [message("a", "Side effects"), message("b", "Side effects")]
    old = translated(translated(update(two, None), "Side effects", "Eins"), "Side effects", "Zwei")
    new = update([message("b", "Side effects!"), message("a", "Side effects?")], old)
    assert [(entry.msgctxt, entry.msgstr) for entry in entries(new).values()] == [("b", "Zwei"), ("a", "Eins")]


def test_a_translation_of_the_very_same_words_is_taken_back_from_the_obsolete_ones() -> None:
    old = f"""{HEADER}
msgctxt "a"
msgid "Now"
msgstr ""

#~ msgctxt "a"
#~ msgid "Then"
#~ msgstr "Damals"
"""
    assert entries(update([message("a", "Then")], old))["a", False].msgstr == "Damals"
    now = entries(update([message("a", "Now")], old))["a", False]
    assert (now.msgstr, now.flags, now.previous_msgid) == ("Damals", ["fuzzy"], "Then")


def test_a_translation_that_gives_way_becomes_obsolete() -> None:
    old = f"""{HEADER}
msgctxt "a"
msgid "Now"
msgstr "Jetzt"

#~ msgctxt "a"
#~ msgid "Then"
#~ msgstr "Damals"
"""
    new = update([message("a", "Then")], old)
    assert {key: entry.msgstr for key, entry in entries(new).items()} == {("a", False): "Damals", ("a", True): "Jetzt"}
    assert update([message("a", "Then")], new) == new


def test_no_format_flag_survives() -> None:
    flagged = update([message("a", "50 % of all")], None).replace("msgctxt", "#, fuzzy, python-format\nmsgctxt")
    assert "#, fuzzy\nmsgctxt" in update([message("a", "50 % of all")], flagged)


def test_what_windows_wrote_is_normalised() -> None:
    old = translated(update([message("a", "A")], None), "A", "Ä")
    assert update([message("a", "A")], old.replace("\n", "\r\n")) == old


def test_a_broken_catalog_stops_the_update_and_is_left_as_it_was(tmp_path: Path) -> None:
    root = Path(catalog.__file__).parent.parent
    for name in ("lbp_content", "exporters", "locales"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(root / "pyproject.toml", tmp_path)
    file = saved(tmp_path / "locales", (SAMPLES / "conflict.po").read_bytes())
    command = [sys.executable, "-m", "exporters.cli", "update", "--locale", "de"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("locales/de/LC_MESSAGES/lbp.po:11: error catalog-broken: a merge conflict")
    assert file.read_bytes() == (SAMPLES / "conflict.po").read_bytes()


# In agreement with GNU gettext and polib

TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"), include_characters='\n\t\\"'
    ),
    min_size=1,
    max_size=200,
).filter(lambda text: text.strip() == text)
COMMENT = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "Zs"))).map(lambda text: text.strip("\\ "))
IDS = st.sampled_from(["a", "b", "c/d", "e"])
MESSAGES = st.lists(st.builds(message, IDS, TEXT, COMMENT), max_size=4, unique_by=lambda one: one.context)


@st.composite
def catalogs(draw: st.DrawFn) -> str:
    """A catalog with a history: translated, reworded, emptied, and each of it by chance."""
    text = None
    for _ in range(draw(st.integers(1, 3))):
        po = polib.pofile(update(draw(MESSAGES), text), wrapwidth=0)
        for entry in po:
            if not entry.obsolete:
                entry.msgstr = draw(st.one_of(st.just(entry.msgstr), TEXT))
                entry.tcomment = draw(st.one_of(st.just(entry.tcomment), COMMENT))
        text = update([message(entry.msgctxt, entry.msgid) for entry in po if not entry.obsolete], f"{po}")
    assert text
    return text


@settings(deadline=None)
@given(catalogs(), MESSAGES)
def test_updating_twice_changes_nothing(text: str, messages: list[Message]) -> None:
    once = update(messages, text)
    assert update(messages, once) == once


@settings(deadline=None)
@given(catalogs(), MESSAGES)
def test_no_translation_is_lost(text: str, messages: list[Message]) -> None:
    def translations(text: str) -> set[tuple[str, str]]:
        found = strict_po.parse(text, Path("lbp.po")).entries
        return {(entry.msgctxt, entry.msgstr) for entry in found if entry.msgstr}

    assert translations(text) <= translations(update(messages, text))


@settings(deadline=None)
@given(catalogs())
def test_we_read_what_polib_reads(text: str) -> None:
    theirs = polib.pofile(text, wrapwidth=0)
    ours = strict_po.parse(text, Path("lbp.po"))
    assert ours.fields == theirs.metadata
    assert [(entry.msgctxt, entry.msgid, entry.msgstr, entry.flags, entry.tcomment) for entry in ours.entries] == [
        (entry.msgctxt, entry.msgid, entry.msgstr, entry.flags, entry.tcomment) for entry in theirs
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=catalogs())
def test_gnu_gettext_writes_the_same_bytes_and_finds_no_fault(tmp_path: Path, text: str) -> None:
    file = saved(tmp_path, text)
    done = gettext("msgcat", "--no-wrap", "--force-po", file)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == text
    assert gettext("msgfmt", "-c", "-o", os.devnull, file).returncode == 0


def test_gnu_gettext_agrees_on_long_texts_comments_and_what_was_translated(tmp_path: Path) -> None:
    long = 'A paragraph with “quotes”, "plain ones" and a backslash \\ in it. ' * 20
    old = update([message("a", f"{long}\nand\nmore"), message("b", long.strip())], None)
    po = polib.pofile(old, wrapwidth=0)
    for entry in po:
        entry.msgstr, entry.tcomment = f"Ein Absatz. {entry.msgid}", "one\n\ntwo"
    new = update([message("a", f"New {long}".strip(), "place\n\nand note")], f"{po}")
    file = saved(tmp_path, new)
    assert gettext("msgcat", "--no-wrap", "--force-po", file).stdout.decode() == new
    assert gettext("msgfmt", "-c", "-o", os.devnull, file).returncode == 0


def test_gnu_gettext_accepts_the_template(tmp_path: Path) -> None:
    text = catalog.template([message("a", "A", "place", line=3)], Path("/somewhere"))
    (tmp_path / "lbp.pot").write_text(text, "utf-8")
    assert gettext("msgcat", "--no-wrap", "--force-po", tmp_path / "lbp.pot").stdout.decode() == text
    assert gettext("msgfmt", "-c", "-o", os.devnull, tmp_path / "lbp.pot").returncode == 0
