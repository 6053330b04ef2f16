"""Locale codes are a closed list, since they become paths; CLDR knows direction and names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbp_content import languages
from lbp_content.finding import ToolMissing
from lbp_content.languages import cldr, direction, endonym, language_tag


@pytest.mark.parametrize("code", ["de", "en", "zh-Hant", "pt-BR", "sr-Latn", "es-419", "de-AT", "ckb", "no"])
def test_a_locale_of_cldr_is_known(code: str) -> None:
    assert str(cldr(code)).replace("_", "-") == language_tag(code)


@pytest.mark.parametrize(
    "code",
    [
        "", " ", "de_DE", "DE", "de-de", "xx", "de-XX", "de-", "-de", "de\n", "de\0", "../x", "de/../en", "/etc", "..",
        ".", "de.", "C:\\de", "de-" + "A" * 3000, "A" * 3000, "root", "en-u-ca-buddhist", "x-private", "*",
    ],
)  # fmt: skip
def test_any_other_code_is_a_wrong_call(code: str) -> None:
    with pytest.raises(ToolMissing, match="is not a locale that CLDR knows") as caught:
        cldr(code)
    assert len(str(caught.value)) < 150
    assert "\n" not in str(caught.value)


@given(st.text())
def test_a_known_code_is_no_path(code: str) -> None:
    try:
        cldr(code)
    except ToolMissing:
        return
    assert Path(code).name == code


def test_every_known_code_can_be_used() -> None:
    assert len(languages.known()) > 1000
    for code in languages.known():
        assert endonym(code)
        assert direction(code) in ("ltr", "rtl")


@pytest.mark.parametrize("code", ["ar", "he", "fa", "ur", "pa-Arab"])
def test_scripts_that_run_from_right_to_left(code: str) -> None:
    assert direction(code) == "rtl"


@pytest.mark.parametrize("code", ["en", "de", "zh-Hant", "ja", "pa"])
def test_scripts_that_run_from_left_to_right(code: str) -> None:
    assert direction(code) == "ltr"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("de", "Deutsch"),
        ("fr", "Français"),
        ("tr", "Türkçe"),
        ("pt-BR", "Português (Brasil)"),
        ("ar", "العربية"),
        ("ka", "ქართული"),
    ],
)
def test_a_language_is_named_in_itself(code: str, name: str) -> None:
    assert endonym(code) == name


def test_english_is_british() -> None:
    assert language_tag("en") == "en-GB"
    assert language_tag("en-US") == "en-US"
    assert language_tag("de") == "de"
