"""An open page -> what goes wrong when it is read with the Tab key alone: order, visible focus, nothing covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from exporters.validate.judges import places

if TYPE_CHECKING:
    from playwright.sync_api import Page

Problem = tuple[str, str]
PAST = 5  # so many more steps than there are places, before we call it a trap


def walk(page: Page) -> Iterator[Problem]:
    """Tab from the first place to the last, then the skip link."""
    known = page.evaluate(places.script("focus.js"))
    stops = list(_stops(page, len(known["order"]) + PAST))
    for stop in stops:
        yield from (tuple(problem) for problem in stop["problems"])
    yield from _order([stop["place"] for stop in stops], [stop["words"] for stop in stops], known["order"])
    if known["before"]:
        yield from _skip(page)


def _stops(page: Page, most: int) -> Iterator[dict[str, Any]]:
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate("lbpFocus.look()")
        if stop is None:
            return
        yield stop


def _order(reached: list[int], names: list[str], order: list[str]) -> Iterator[Problem]:
    """Every place once, in the order in which the page is written."""
    for place, name in zip(reached, names, strict=True):
        if place < 0:
            yield "focus-stray", f"{name} takes the focus and is not meant to"
    for missing in sorted(set(range(len(order))) - set(reached)):
        yield "focus-missing", f"{order[missing]} can't be reached with the Tab key"
    if len(reached) > len(order):
        yield "focus-trap", "the Tab key does not lead out of the page"
    elif [place for place in reached if place >= 0] != sorted(place for place in reached if place >= 0):
        yield "focus-order", "the Tab key does not follow the order in which the page is written"


def _skip(page: Page) -> Iterator[Problem]:
    """The first link skips what stands before the main part (WCAG 2.4.1), and Tab goes on there."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.reload()
    page.keyboard.press("Tab")
    if not page.evaluate("document.querySelector('main').matches(document.activeElement.hash || 'none')"):
        yield "skip-link", "the first link does not lead to the main part"
        return
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "!!(document.querySelector('main').compareDocumentPosition(document.activeElement) & 20)"
    if not page.evaluate(inside):  # 16 within, 4 after
        yield "skip-link", "after the skip link, the Tab key does not go on in the main part"
