"""The leaflet in one locale: complete, or with a finding for each message that is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbp_content import inline
from lbp_content.catalog import Catalog, Entry
from lbp_content.finding import ContentError, Finding, Location, ToolMissing
from lbp_content.load import Content
from lbp_content.messages import texts
from lbp_content.model import Block, Label, Leaflet, Section, Text
from lbp_content.translate import catalog_file, edition, in_words_of, translated

FILE = Path("locales/de/LC_MESSAGES/lbp.po")
HEADER = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1)


def entry(text: Text, msgstr: str, line: int = 7) -> Entry:
    return Entry(text.id, text.text, msgstr, fuzzy=False, where=Location(str(FILE), line))


def catalog(*entries: Entry) -> Catalog:
    return Catalog(FILE, {one.context: one for one in entries})


def paragraph(words: str) -> Text:
    return Text(id="known/first/one", text=words, role="explanation", where=Location("leaflet.yaml", 3))


def leaflet(content: Content, one: Text) -> Leaflet:
    """A leaflet that says one thing."""
    title = Text(id="known/title", text="Known", role="navigation")
    section = Section(kind="section", id="known", title=title, blocks=(Block(id="known/first", paragraphs=(one,)),))
    return content.leaflet.model_copy(update={"parts": (section,)})


def said(leaflet: Leaflet) -> str:
    return next(text.text for text in texts(leaflet) if text.id == "known/first/one")


def on_paragraph(leaflet: Leaflet, source: Catalog) -> list[Finding]:
    """The findings on the paragraph; the rest of the leaflet is not in the catalog."""
    return [finding for finding in in_words_of(leaflet, source)[1] if "known/first/one" in finding.message]


# In the words of a catalog


def test_translating_with_the_source_text_changes_nothing(content: Content) -> None:
    same = catalog(*(replace(entry(text, text.text), where=text.where) for text in texts(content.leaflet)))
    assert in_words_of(content.leaflet, same) == (content.leaflet, ())


@given(words=TEXTS)
def test_translating_any_sound_text_with_itself_changes_nothing(content: Content, words: str) -> None:
    text = paragraph(words.strip() or "x")
    if inline.problem(text.text, {}, {}):
        return
    there = leaflet(content, text)
    assert said(in_words_of(there, catalog(entry(text, text.text)))[0]) == text.text
    assert on_paragraph(there, catalog(entry(text, text.text))) == []


@given(words=TEXTS)
def test_whatever_a_translator_writes_either_parses_or_is_a_finding(content: Content, words: str) -> None:
    text = paragraph("Some words")
    there = leaflet(content, text)
    german, findings = (
        in_words_of(there, catalog(entry(text, words)))[0],
        on_paragraph(there, catalog(entry(text, words))),
    )
    inline.plain(said(german))
    assert said(german) == words.strip() or findings


def test_a_translation_stands_in_place_of_the_text_and_knows_its_line(content: Content) -> None:
    text = paragraph("Some words")
    german, _ = in_words_of(leaflet(content, text), catalog(entry(text, "Einige Worte\n", line=42)))
    found = next(one for one in texts(german) if one.id == text.id)
    assert (found.text, found.where) == ("Einige Worte", (str(FILE), 42))


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (lambda _: None, "message-missing", 0),
        (lambda one: replace(one, msgstr=""), "message-untranslated", 7),
        (lambda one: replace(one, msgstr=" \n"), "message-untranslated", 7),
        (lambda one: replace(one, fuzzy=True), "message-fuzzy", 7),
        (lambda one: replace(one, msgid="Other words"), "message-outdated", 7),
        (lambda one: replace(one, msgstr="<b>Einige Worte"), "markup-broken", 7),
        (lambda one: replace(one, msgstr="Einige {Worte"), "markup-broken", 7),
        (lambda one: replace(one, msgstr='<i id="other">Einige</i> Worte'), "markup-broken", 7),
        (lambda one: replace(one, msgstr="Einige&nbsp;Worte"), "markup-broken", 7),
        (lambda one: replace(one, msgstr="<script>x</script>"), "markup-broken", 7),
    ],
)
def test_what_keeps_a_translation_from_being_used_is_found_in_its_line(
    content: Content, change: Callable[[Entry], Entry | None], code: str, line: int
) -> None:
    text = paragraph("Some words")
    changed = change(entry(text, "Einige Worte"))
    source = catalog(changed) if changed else catalog()
    there = leaflet(content, text)
    assert [(one.code, one.where) for one in on_paragraph(there, source)] == [(code, (str(FILE), line))]
    assert said(in_words_of(there, source)[0]) == "Some words"  # never half a translation


def test_a_translation_of_a_message_that_the_leaflet_does_not_have_is_told(content: Content) -> None:
    stranger = entry(paragraph("Some words"), "Einige Worte")
    found = [one for one in in_words_of(content.leaflet, catalog(stranger))[1] if one.code == "message-unknown"]
    assert [(one.severity, one.where) for one in found] == [("warning", (str(FILE), 7))]


def test_the_source_needs_no_catalog(content: Content, tmp_path: Path) -> None:
    assert translated(content, "en", tmp_path) == (content.leaflet, ())


def test_a_catalog_is_read_from_the_folder_of_its_locale(content: Content, tmp_path: Path) -> None:
    file = catalog_file("de", tmp_path)
    file.parent.mkdir(parents=True)
    title = content.leaflet.title
    file.write_text(f'{HEADER}\nmsgctxt "title"\nmsgid "{title.text}"\nmsgstr "Bewegung"\n', "utf-8")
    german, findings = translated(content, "de", tmp_path)
    assert german.title.text == "Bewegung"
    assert {one.code for one in findings} == {"message-missing"}


def test_a_language_without_a_catalog_names_the_command_that_makes_one(content: Content, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="catalog-missing") as caught:
        translated(content, "nl", tmp_path)
    assert "lbp update" in str(caught.value)


@pytest.mark.parametrize("code", ["../x", "de/../en", "de_DE", "", "de-" + "A" * 3000, "/etc", "de\0"])
def test_a_code_that_is_no_locale_never_becomes_a_path(content: Content, tmp_path: Path, code: str) -> None:
    planted = tmp_path / "locales" / "de" / "LC_MESSAGES" / "lbp.po"
    planted.parent.mkdir(parents=True)
    planted.write_text("garbage that would be a ContentError if it were read", "utf-8")
    for use in (catalog_file, lambda code, folder: translated(content, code, folder)):
        with pytest.raises(ToolMissing):
            use(code, tmp_path / "locales")


# Editions


def test_dates_are_written_out_as_the_language_does(content: Content) -> None:
    there = leaflet(content, paragraph("On {updated}, since {since}, {identifier}"))
    assert said(edition(content, there, "en").leaflet) == "On 2 December 2015, since 2006, NBK284944"
    assert said(edition(content, there, "de").leaflet) == "On 2. Dezember 2015, since 2006, NBK284944"
    assert said(edition(content, there, "pt-BR").leaflet) == "On 2 de dezembro de 2015, since 2006, NBK284944"


def test_an_edition_knows_its_language_direction_and_names(content: Content) -> None:
    english, arabic = edition(content, content.leaflet, "en"), edition(content, content.leaflet, "ar", draft=True)
    assert (english.lang, english.dir, english.draft) == ("en-GB", "ltr", False)
    assert (arabic.lang, arabic.dir, arabic.draft) == ("ar", "rtl", True)
    assert english.languages == {"en": "English", "de": "Deutsch"}
    assert english.slug == "low-back-pain.en"


def test_pages_are_left_to_the_format_that_counts_them(content: Content) -> None:
    there = leaflet(content, paragraph("Page {page} of {pages}"))
    assert said(edition(content, there, "en").leaflet) == "Page {page} of {pages}"


@pytest.mark.parametrize("name", ["dose", "updated_", "__class__", "page_number"])
def test_an_unknown_placeholder_is_found_in_its_line(content: Content, name: str) -> None:
    with pytest.raises(ContentError) as caught:
        edition(content, leaflet(content, paragraph(f"Take {{{name}}}")), "en")
    found = caught.value.findings
    assert [(one.code, one.where) for one in found] == [("placeholder-unknown", ("leaflet.yaml", 3))]
    assert "updated" in found[0].remedy


@pytest.mark.parametrize(
    "words", ["{", "}", "{updated", "{0}", "{updated.year}", "{updated!r}", "<b>", "a < b", "&lt;"]
)
def test_markup_that_can_not_be_read_never_gets_into_an_edition(content: Content, words: str) -> None:
    with pytest.raises(ContentError) as caught:
        edition(content, leaflet(content, paragraph(words)), "en")
    assert [(one.code, one.where) for one in caught.value.findings] == [("markup-broken", ("leaflet.yaml", 3))]


def test_a_value_that_is_filled_in_can_not_bring_markup(content: Content) -> None:
    source = content.leaflet.source.model_copy(update={"document": "<script>"})
    there = leaflet(content, paragraph("From {source_title}")).model_copy(update={"source": source})
    with pytest.raises(ContentError, match="markup-broken"):
        edition(content, there, "en")


def test_all_faults_are_told_at_once(content: Content) -> None:
    there = leaflet(content, paragraph("{dose}"))
    labels = (*there.labels, Label(id="my-own", text="<b>"))
    with pytest.raises(ContentError) as caught:
        edition(content, there.model_copy(update={"labels": labels}), "en")
    assert [one.code for one in caught.value.findings] == ["placeholder-unknown", "markup-broken"]


def test_every_text_of_the_real_editions_can_be_read(content: Content) -> None:
    for locale in content.leaflet.locales:
        leaflet, findings = translated(content, locale)
        for text in texts(edition(content, leaflet, locale, draft=bool(findings)).leaflet):
            assert inline.plain(text.text)


def test_a_label_that_is_not_there_is_a_finding_not_a_traceback(content: Content) -> None:
    english = edition(content, content.leaflet, "en")
    assert english.label("page/contents") == "Contents"
    with pytest.raises(ContentError, match=r"labels\.yaml: error label-missing: there is no label page/missing"):
        english.label("page/missing")
