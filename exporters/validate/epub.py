"""A finished EPUB and the edition it came from -> findings: container, package, every page, every word in its place."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from exporters.validate import accessibility, contrast, document, meant, rules, styles, text
from exporters.validate.text import Problem
from lbp_content import inline
from lbp_content.finding import Finding, Location
from lbp_content.translate import Edition

REMEDY = "This is a fault of the exporter: see exporters/epub.py, exporters/templates/ and exporters/styles/."
MIMETYPE, CONTAINER = "mimetype", "META-INF/container.xml"
TYPE = accessibility.TYPE
ROLES = {"toc": "doc-toc", "cover": "doc-cover", "chapter": "doc-chapter", "glossary": "doc-glossary"}
MEDIA = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}
PERSONAL = ("dcterms:conformsTo", "a11y:certifiedBy")  # no person has evaluated the book
Placed = tuple[str, str, str]  # file, code, message


class Item(NamedTuple):
    """One line of the manifest; `path` is from the root of the archive."""

    id: str
    path: str
    media_type: str
    properties: tuple[str, ...]


class Book(NamedTuple):
    """What is in the archive, unpacked and parsed. `pages` are in reading order, by path."""

    files: Mapping[str, bytes]
    package_path: str
    package: etree._Element
    items: tuple[Item, ...]
    pages: Mapping[str, etree._Element]

    @property
    def folder(self) -> str:
        """Where the package document is."""
        return posixpath.dirname(self.package_path)

    def sheets(self) -> dict[str, str]:
        """The style sheets by path."""
        return {path: data.decode("utf-8") for path, data in self.files.items() if path.endswith(".css")}


def validate(data: bytes, edition: Edition, name: str) -> tuple[Finding, ...]:
    """Every rule of this file, tried on one book."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = list(_container(archive))
            files = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError) as error:
        return (_finding(name, "", "epub-broken", f"is not a ZIP archive: {error}"),)
    broken = list(_broken(files))
    found += broken or _opened(files, edition)
    return tuple(_finding(name, *problem) for problem in dict.fromkeys(found))


def _finding(name: str, file: str, code: str, message: str) -> Finding:
    return Finding(code, message, REMEDY, Location(f"{name}/{file}" if file else name))


def _container(archive: zipfile.ZipFile) -> Iterator[Placed]:
    """The rules of the Open Container Format, 4.2 and 4.3."""
    entries = archive.infolist()
    first = entries[0] if entries else None
    if first is None or first.filename != MIMETYPE:
        yield "", "mimetype-first", "the first file of the archive is not mimetype"
    elif first.compress_type != zipfile.ZIP_STORED or first.extra:
        yield MIMETYPE, "mimetype-packed", "is compressed, or has an extra field"
    elif archive.read(first) != b"application/epub+zip":
        yield MIMETYPE, "mimetype-wrong", "does not say application/epub+zip"
    for path, times in Counter(entry.filename for entry in entries).items():
        if times > 1:
            yield path, "file-twice", "is in the archive twice"


def _broken(files: Mapping[str, bytes]) -> Iterator[Placed]:
    """Every XML file is well-formed, and has no entities of its own."""
    for path, data in files.items():
        if path.endswith((".xml", ".opf", ".xhtml", ".svg")):
            try:
                document.xml(data)
            except etree.XMLSyntaxError as error:
                yield path, "xml-broken", str(error)
                continue
            if b"<!ENTITY" in data:
                yield path, "xml-entity", "declares an entity"
    if CONTAINER not in files or _package_path(files) not in files:
        yield CONTAINER, "package-missing", "leads to no package document"


def _package_path(files: Mapping[str, bytes]) -> str:
    try:
        root = document.xml(files[CONTAINER])
    except etree.XMLSyntaxError:
        return CONTAINER
    return next((one.get("full-path", "") for one in root.iter("rootfile")), "")


def _opened(files: Mapping[str, bytes], edition: Edition) -> list[Placed]:
    book = _book(files)
    found = [(book.package_path, *problem) for rule in PACKAGE_RULES for problem in rule(book, edition)]
    for path, page in book.pages.items():
        found += [(path, *problem) for rule in PAGE_RULES for problem in rule(page, edition)]
        found += [(path, *problem) for problem in text.strangers(document.every_word(page), edition)]
        found += [(path, *problem) for problem in _page(book, path, page)]
        found += [(path, *problem) for problem in contrast.leaf(page, _linked(book, path, page))]
    found += [(path, *problem) for path, sheet in book.sheets().items() for problem in _sheet(book, path, sheet)]
    read = [block for page in book.pages.values() for block in document.blocks(page)]
    found += [("", *problem) for problem in text.compare_blocks(read, edition)]
    return found + [(book.package_path, *problem) for problem in _refused(book, [code for _, code, _ in found])]


def _refused(book: Book, codes: Sequence[str]) -> Iterator[Problem]:
    said = {claim.property: _values(book, claim.property) for claim in rules.claims_of("epub")}
    yield from accessibility.refused(said, "epub", codes)


def _book(files: Mapping[str, bytes]) -> Book:
    path = _package_path(files)
    package = document.xml(files[path])
    items = tuple(_item(one, posixpath.dirname(path)) for one in package.iter("item"))
    paths = {item.id: item.path for item in items}
    spine = [paths.get(one.get("idref", ""), "") for one in package.iter("itemref")]
    pages = {one: document.xml(files[one]) for one in spine if one in files}
    return Book(files, path, package, items, pages)


def _item(item: etree._Element, folder: str) -> Item:
    path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
    return Item(item.get("id", ""), path, item.get("media-type", ""), tuple(item.get("properties", "").split()))


def _manifest(book: Book, _edition: Edition) -> Iterator[Problem]:
    listed = Counter(item.path for item in book.items)
    for path in (path for path in book.files if path not in (*listed, MIMETYPE, CONTAINER, book.package_path)):
        yield "file-stray", f"{path} is in the archive, but not in the manifest"
    for path, times in listed.items():
        if path not in book.files:
            yield "file-missing", f"{path} is in the manifest, but not in the archive"
        if times > 1:
            yield "file-twice", f"{path} is in the manifest {times} times"
    for item in book.items:
        if item.media_type != MEDIA.get(posixpath.splitext(item.path)[1]):
            yield "media-type", f"{item.path} can't be {item.media_type}"


def _properties(book: Book, _edition: Edition) -> Iterator[Problem]:
    counted = Counter(value for item in book.items for value in item.properties)
    for needed in ("nav", "cover-image"):
        if counted[needed] != 1:
            yield "property-wrong", f"{counted[needed]} files are the book's {needed}"
    for item in book.items:
        page = book.pages.get(item.path)
        drawn = page is not None and page.find(".//svg") is not None
        if drawn != ("svg" in item.properties):
            yield "property-wrong", f"{item.path} has a drawing that the manifest does not name, or the reverse"


def _spine(book: Book, edition: Edition) -> Iterator[Problem]:
    spine = list(book.package.iter("spine"))
    if [one.get("page-progression-direction") for one in spine] != [edition.dir]:
        yield "progression-wrong", f"the pages do not turn as in {edition.dir}"
    pages = [item for item in book.items if item.media_type == MEDIA[".xhtml"]]
    references = [one.get("idref") for one in book.package.iter("itemref")]
    if sorted(map(str, references)) != sorted(page.id for page in pages):
        yield "spine-wrong", "the spine is not made of every page once"


def _language(book: Book, edition: Edition) -> Iterator[Problem]:
    said = {book.package.get("{http://www.w3.org/XML/1998/namespace}lang"), *_values(book, "language")}
    if said != {edition.lang}:
        yield "lang-wrong", f"the package's languages are {sorted(map(str, said))}, not {edition.lang}"
    if book.package.get("dir") != edition.dir:
        yield "dir-wrong", f"the package's direction is {book.package.get('dir')}, not {edition.dir}"


def _metadata(book: Book, edition: Edition) -> Iterator[Problem]:
    leaflet, label = edition.leaflet, edition.label
    wanted = {
        "title": [inline.plain(leaflet.title.text), inline.plain(leaflet.subtitle.text)],
        "description": [inline.plain(leaflet.description.text)],
        "publisher": [label("file/publisher")],
        "subject": [inline.plain(treatment.title.text) for treatment in leaflet.treatments],
        "source": [leaflet.source.identifier],
        "dcterms:audience": [label("file/audience")],
        "schema:accessibilitySummary": [label("file/accessibility")],
        "date": [f"{leaflet.as_of.isoformat()}T00:00:00Z"],
        "dcterms:modified": [f"{leaflet.as_of.isoformat()}T00:00:00Z"],
    }
    for name, values in wanted.items():
        if (said := _values(book, name)) != values:
            yield "metadata-wrong", f"{name} is {said}, not {values}"
    unique = [
        one.text for one in book.package.iter("identifier") if one.get("id") == book.package.get("unique-identifier")
    ]
    if len(unique) != 1 or not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", unique[0] or ""):
        yield "identifier-wrong", f"the book's identifier is {unique}"


def _values(book: Book, name: str) -> list[str]:
    """The texts of a `dc:` element, or of the `meta` with a property."""
    elements = [*book.package.iter(name), *(meta for meta in book.package.iter("meta") if meta.get("property") == name)]
    return [(element.text or "").strip() for element in elements if element.tag in (name, "meta")]


def _claims(book: Book, _edition: Edition) -> Iterator[Problem]:
    """What the book says of its accessibility is what the rules find in it."""
    inside = {posixpath.relpath(path, book.folder or "."): data for path, data in book.files.items()}
    spine = [posixpath.relpath(path, book.folder or ".") for path in book.pages]
    found = accessibility.claims(inside, spine)
    yield from accessibility.contents({path: document.xml(inside[path]) for path in spine})
    for name, values in found.items():
        if sorted(said := _values(book, name)) != sorted(values):
            yield "claim-unproven", f"{name} says {said}; the rules find {list(values)}"
    links = [link.get("rel", "") for link in book.package.iter("link")]
    for name in PERSONAL:
        if _values(book, name) or name in links:
            yield "claim-person", f"{name} is for a person to say who has evaluated the book"


def _page(book: Book, path: str, page: etree._Element) -> Iterator[Problem]:
    """Rules on a page and its place in the book."""
    yield from document.headings(document.levels(page))
    yield from accessibility.motion(page)
    if path.startswith(posixpath.join(book.folder, "text/")) and not document.levels(page):
        yield "heading-first", "the chapter has no title"
    for element in page.iter(etree.Element):
        role = ROLES.get(element.get(TYPE, ""))
        if role and element.tag != "a" and element.get("role") != role:
            yield "role-missing", f"epub:type {element.get(TYPE)} stands without the role {role}"
    if any(drawing.get("viewBox") is None for drawing in page.iter("svg")):
        yield "picture-broken", "a drawing has no viewBox, spelled so: it would be cut off"
    for address in (one.get("href") or one.get("src") or "" for one in page.iter("a", "link", "img")):
        if not re.match(r"https?://|mailto:", address) and not _leads(book, path, address):
            yield "link-broken", f"{address} leads nowhere"


def _linked(book: Book, path: str, page: etree._Element) -> list[str]:
    """The style sheets that a page names, in its order."""
    addresses = (link.get("href", "") for link in page.iter("link") if "stylesheet" in link.get("rel", "").split())
    paths = (posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address))) for address in addresses)
    return [sheet for one in paths if (sheet := book.sheets().get(one)) is not None]


def _leads(book: Book, path: str, address: str) -> bool:
    file, _, fragment = address.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path
    if not fragment:
        return target in book.files
    page = book.pages.get(target)
    return page is not None and any(one.get("id") == fragment for one in page.iter(etree.Element))


def _titles(page: etree._Element, _edition: Edition) -> Iterator[Problem]:
    if not (page.findtext(".//head/title") or "").strip():
        yield "title-missing", "the page has no title"
    if page.get("{http://www.w3.org/XML/1998/namespace}lang") != page.get("lang"):
        yield "lang-wrong", "xml:lang and lang differ"


def _sheet(book: Book, path: str, sheet: str) -> Iterator[Problem]:
    yield from styles.problems(sheet)
    yield from meant.hidden(sheet)
    if styles.reordered(sheet):
        yield "css-order", "something is shown in another place than where it is read"
    for address in styles.addresses(sheet):
        if "//" in address:
            yield "request", f"the style sheet asks for {address}"
        elif not _leads(book, path, address):
            yield "link-broken", f"{address} leads nowhere"


def _without_edition(rule: document.Rule) -> document.EditionRule:
    return lambda page, _edition: rule(page)


PACKAGE_RULES = (_manifest, _properties, _spine, _language, _metadata, _claims)
PAGE_RULES = (
    _titles,
    document.language,
    document.tables,
    document.marks,
    document.state,
    *meant.RULES,
    *map(_without_edition, (document.ids, document.names, document.requests)),
)
