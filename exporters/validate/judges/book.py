"""An EPUB -> what a reading system should make of it: title, language, direction, contents, the words of each page."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from exporters.validate.judges.verdicts import NoVerdict

NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "s": "http://www.w3.org/2000/svg",
}
UNREAD = "ancestor::h:script or ancestor::h:style"
DRAWN = f"{UNREAD} or ancestor::s:svg"
HIDDEN = f"{DRAWN} or ancestor::*[@hidden]"


class Book(NamedTuple):
    """`contents` holds labels and addresses, `paths` and `pages` the pages in reading order and all text on each.

    `bare` is that text without the words in drawings; `seen` is without contents lists that are hidden, too.
    """

    title: str
    language: str
    direction: str
    contents: tuple[tuple[str, str], ...]
    paths: tuple[str, ...]
    pages: tuple[str, ...]
    bare: tuple[str, ...]
    seen: tuple[str, ...]


def opened(file: Path) -> Book:
    """Raises NoVerdict for what is no book."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _book({name: archive.read(name) for name in archive.namelist()})
    except (OSError, zipfile.BadZipFile, etree.XMLSyntaxError, LookupError, StopIteration) as error:
        raise NoVerdict(f"{file.name} can't be opened as a book: {error!r}") from None


def _book(files: Mapping[str, bytes]) -> Book:
    path = _found(etree.fromstring(files["META-INF/container.xml"]), "//c:rootfile/@full-path")[0]
    package = etree.fromstring(files[path])
    folder = posixpath.dirname(path)
    items = {_found(item, "@id")[0]: item for item in _elements(package, "//o:item")}
    spine = [_path(folder, items[ref]) for ref in _found(package, "//o:itemref/@idref")]
    nav = next(_path(folder, item) for item in items.values() if "nav" in (item.get("properties") or "").split())
    return Book(
        _found(package, "//d:title/text()")[0],
        _found(package, "//d:language/text()")[0],
        (_found(package, "//o:spine/@page-progression-direction") or ["default"])[0],
        _contents(files, nav),
        tuple(spine),
        *(
            tuple(_text(etree.fromstring(files[page]), without) for page in spine)
            for without in (UNREAD, DRAWN, HIDDEN)
        ),
    )


def flat(text: str) -> str:
    """Words with one space between them."""
    return " ".join(text.split())


def _path(folder: str, item: etree._Element) -> str:
    return posixpath.normpath(posixpath.join(folder, item.get("href") or ""))


def _contents(files: Mapping[str, bytes], nav: str) -> tuple[tuple[str, str], ...]:
    links = _elements(etree.fromstring(files[nav]), "//h:nav[@e:type='toc']//h:a")
    folder = posixpath.dirname(nav)
    return tuple(
        (flat("".join(map(str, link.itertext()))), posixpath.normpath(posixpath.join(folder, link.get("href") or "")))
        for link in links
    )


def _text(page: etree._Element, without: str) -> str:
    return flat(" ".join(_found(page, f"//h:body//text()[not({without})]")))


def _elements(element: etree._Element, path: str) -> Iterable[etree._Element]:
    found = element.xpath(path, namespaces=NAMES)
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []


def _found(element: etree._Element, path: str) -> list[str]:
    found = element.xpath(path, namespaces=NAMES)
    return [str(one) for one in found] if isinstance(found, list) else []
