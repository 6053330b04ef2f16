"""A locale's code -> what CLDR knows of it: the value of `lang`, the direction, the language's own name."""

from __future__ import annotations

from functools import cache
from typing import Literal

from babel import Locale, localedata

from lbp_content.finding import ToolMissing

REGION = {"en": "en-GB"}  # what a bare code stands for where the region changes dates, numbers or `lang`


@cache
def known() -> frozenset[str]:
    """Every code that may be used: the locales of CLDR, written as in BCP 47. A closed list, since codes become paths
    and Locale.parse reads `de-AAAA...` as de."""
    return frozenset(name.replace("_", "-") for name in localedata.locale_identifiers())


def cldr(code: str) -> Locale:
    """CLDR's data of a locale. Raises ToolMissing (a wrong call) for a code that is not known."""
    if code not in known():
        shown = code if len(code) <= 40 else code[:39] + "…"
        raise ToolMissing(f"{shown!r} is not a locale that CLDR knows; write it as in de, pt-BR or zh-Hant.")
    return Locale.parse(language_tag(code), sep="-")


def language_tag(code: str) -> str:
    """The value of `lang` for a locale."""
    return REGION.get(code, code)


def direction(code: str) -> Literal["ltr", "rtl"]:
    """The value of `dir` for a locale."""
    return "rtl" if cldr(code).character_order == "right-to-left" else "ltr"


def endonym(code: str) -> str:
    """A language's name in that language, as CLDR has it, as the start of a line is written."""
    cldr(code)
    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[:1].title() + name[1:]  # upper() would give Georgian a capital that it has for headlines alone
