"""EPUBs -> what goes wrong when foliate-js, a reading system, opens them in Chromium: words, fonts, sizes, night."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from exporters.validate.judges import book, places
from exporters.validate.judges.axe import browser
from exporters.validate.judges.verdicts import NoVerdict, Verdicts
from lbp_content.finding import Finding, Location

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

SITE = "http://localhost/"  # nothing listens there: every request is answered from here, and others are findings
SHELL = "<!DOCTYPE html><title>Reader</title><style>foliate-view { display: block; height: 100vh }</style>"
REMEDY = "Mend exporters/epub.py, exporters/templates/ or exporters/styles/epub.css, then export again."
Problem = tuple[str, str, str]  # page, code, message


def judge(files: Sequence[Path]) -> Verdicts:
    """Each book is opened once; every page is read as it is, then with the reader's own font, size and colours."""
    version = places.package_version("foliate-js")
    with browser() as (chromium, its_version):
        found = {file: tuple(_file(chromium, file)) for file in files}
    return Verdicts(f"{version} in Chromium {its_version}", found)


def _file(chromium: Browser, file: Path) -> Iterator[Finding]:
    try:
        problems = list(_problems(chromium, file, book.opened(file)))
    except NoVerdict as error:
        problems = [("", "reader", str(error))]
    for page, code, message in dict.fromkeys(problems):
        yield Finding(code, message, REMEDY, Location(f"{file}/{page}" if page else str(file)))


def _problems(chromium: Browser, file: Path, expected: book.Book) -> Iterator[Problem]:
    said: list[Problem] = []
    read = _read(chromium, file, said)
    yield from said
    yield from _facts(read, expected)
    yield from _pages(read["pages"], expected)
    yield from ((page, code, message) for page, code, message in read["problems"])


def _read(chromium: Browser, file: Path, said: list[Problem]) -> Mapping[str, Any]:
    from playwright.sync_api import Error

    page = chromium.new_page(viewport={"width": 600, "height": 800})
    page.route("**/*", lambda route: said.extend(_answer(route, file)))
    page.on("pageerror", lambda error: said.append(("", "reader", f"the reader fails: {error}")))
    try:
        page.goto(SITE)
        read: Mapping[str, Any] = page.evaluate(f"() => ({places.script('reader.js')})({places.script('contrast.js')})")
    except Error as error:
        raise NoVerdict(f"foliate-js can't open the book: {error.message.partition(chr(10))[0]}") from None
    finally:
        page.close()
    return read


def _answer(route: Route, file: Path) -> Iterator[Problem]:
    """Answer a request with the book, the shell or a module of foliate-js; tell of any other."""
    address = urlsplit(route.request.url)
    module = places.package("foliate-js") / address.path.lstrip("/")
    if not route.request.url.startswith(SITE):
        route.abort()
        yield "", "request", f"the book asks for {route.request.url}"
    elif address.path == "/":
        route.fulfill(body=SHELL, content_type="text/html")
    elif address.path == "/book.epub":
        route.fulfill(body=file.read_bytes(), content_type="application/epub+zip")
    elif module.is_file():
        route.fulfill(body=module.read_bytes(), content_type=mimetypes.guess_type(module)[0] or "text/plain")
    else:
        route.fulfill(status=404)


def _facts(read: Mapping[str, Any], expected: book.Book) -> Iterator[Problem]:
    if expected.direction not in ("default", read["direction"]):
        yield "", "direction", f"pages turn {read['direction']}, not {expected.direction}"
    contents = tuple((book.flat(label), unquote(address or "")) for label, address in read["contents"])
    if contents != expected.contents:
        yield "", "contents", "the reader's contents list is not that of the nav document"
    if len(read["pages"]) != len(expected.pages):
        yield "", "text", f"the reader has {len(read['pages'])} pages, not {len(expected.pages)}"


def _pages(pages: Sequence[Mapping[str, str]], expected: book.Book) -> Iterator[Problem]:
    for page, text, path in zip(pages, expected.pages, expected.paths, strict=False):
        if book.flat(page["text"]) != text:
            yield path, "text", "the reader does not show the words of the page"
        if page["lang"] != expected.language:
            yield path, "language", f"the reader takes the page for {page['lang']}, not {expected.language}"
        if page["direction"] != (page["dir"] or "ltr") or expected.direction not in ("default", page["direction"]):
            yield path, "direction", f"the page runs {page['direction']}, not {expected.direction}"
