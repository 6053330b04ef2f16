"""A document of WeasyPrint 70.0, about to be written -> its tags, mended: in place of WeasyPrint's own step.

What the own step gets wrong, and no validator sees: no language of foreign words, boxes of pictures in pixels from
above, table headers without scope, links that are read out as addresses, running lines as text, a paragraph that
crosses a page as two, and line ends without a space, which join two words. For PDF/UA-2 also: links and bookmarks
lead to tags, and lists say how they are numbered. The step reaches into WeasyPrint, and so holds for one version.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import pydyf

from exporters.pdf_cells import head
from exporters.pdf_tree import SCOPES, SVG, Artifact, Mark, Node, Touch, Tree, source_text, tree
from lbp_content.finding import ToolMissing

VERSION = "70.0"
PDF_2 = "http://iso.org/pdf2/ssn"
HEADINGS = frozenset({"H1", "H2", "H3", "H4"})


def install(weasyprint: Any) -> None:
    """Put our step in the place of WeasyPrint's. Raises ToolMissing for a version that was not looked into."""
    if weasyprint.__version__ != VERSION:
        said = (
            f"WeasyPrint {weasyprint.__version__} is installed; the tags of our PDFs are proven with {VERSION} alone."
        )
        raise ToolMissing(f"{said}\n    Install that one: pip install weasyprint=={VERSION}")
    import_module("weasyprint.pdf").add_tags = add_tags  # type: ignore[attr-defined]


def add_tags(pdf: Any, document: Any, pdf_version: str | None, page_streams: Sequence[Any]) -> None:
    """Write the tags of a document that is drawn; called by WeasyPrint, and named as it names its own."""
    found = tree(document, page_streams)
    for number, table in enumerate(node for node in found.root.nodes() if node.kind == "Table"):
        head(table, f"th{number}-")
    for number, stream in enumerate(page_streams):
        _mend(stream, document.fonts, _on_page(found, number))
        stream._tags.clear()
    elements = _write(pdf, found.root, second=str(pdf_version) >= "2.0")
    if str(pdf_version) >= "2.0":
        _lead_to_tags(pdf, found, elements)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _on_page(found: Tree, number: int) -> dict[int, Mark | Artifact]:
    drawn: list[Mark | Artifact] = [kid for node in found.root.nodes() for kid in node.kids if isinstance(kid, Mark)]
    return {one.mcid: one for one in [*drawn, *found.artifacts] if one.page == number}


def _mend(stream: Any, fonts: dict[Any, Any], contents: dict[int, Mark | Artifact]) -> None:
    """Correct what is drawn: name what is no text, and give back the spaces at the ends of lines."""
    spaces = {font.hash: _space(font) for font in fonts.values()}
    items, now, font = stream.stream, None, ""
    for at, item in enumerate(items):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item:
            now = contents.get(item["MCID"])
            if isinstance(now, Artifact):
                items[at - 1], items[at] = "/Artifact", _artifact(now)
            elif now and now.backwards and now.text:
                item["ActualText"] = pydyf.String(now.text + " " * now.spaced)
        elif not isinstance(item, pydyf.Dictionary):
            line = item.encode() if isinstance(item, str) else item
            font = line.split()[0].decode().removeprefix("/") if line.endswith(b" Tf") else font
            if line.endswith(b"] TJ") and isinstance(now, Mark) and now.spaced and not now.backwards:
                items[at] = line.removesuffix(b"] TJ") + spaces[font] + b"] TJ"
            now = None if line == b"ET" else now


def _space(font: Any) -> bytes:
    """The glyph of a space as shown in a string; nothing in a font that draws none."""
    return next((b"<%04x>" % glyph for glyph, text in sorted(font.to_unicode.items()) if text == " "), b"")


def _artifact(content: Artifact) -> Any:
    said = pydyf.Dictionary({"Type": "/Layout"})
    if content.side:
        said = pydyf.Dictionary({"Type": "/Pagination", "Subtype": f"/{content.side}"})
    if content.backwards and content.text.strip():
        said["ActualText"] = pydyf.String(content.text)
    return said


def _write(pdf: Any, root: Node, *, second: bool) -> dict[Node, Any]:
    """The structure tree of the file, and each tag's element in it."""
    top = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(top)
    pdf.catalog["StructTreeRoot"] = top.reference
    namespace = _namespace(pdf, top) if second else None
    elements = {node: _element(pdf, node, namespace) for node in root.nodes()}
    for node, element in elements.items():
        element["P"] = elements[node.parent].reference if node.parent else top.reference
        element["K"] = pydyf.Array(_kid(pdf, kid, node, elements) for kid in node.kids)
    top["K"] = pydyf.Array([elements[root].reference])
    _parents(pdf, top, elements)
    ids = sorted((node.id, element.reference) for node, element in elements.items() if node.id)
    if ids:
        flat = [item for id, reference in ids for item in (pydyf.String(id), reference)]
        top["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(flat)})
    return elements


def _namespace(pdf: Any, top: Any) -> Any:
    namespace = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String(PDF_2)})
    pdf.add_object(namespace)
    top["Namespaces"] = pydyf.Array([namespace.reference])
    return namespace


def _element(pdf: Any, node: Node, namespace: Any) -> Any:
    """One element, not yet tied to others. `namespace` None: PDF 1.7."""
    element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}"})
    if namespace:
        element["NS"] = namespace.reference
    if (page := _page(node)) is not None:
        element["Pg"] = pdf.page_references[page]
    if node.parent and node.lang != node.parent.lang:
        element["Lang"] = pydyf.String(node.lang)
    if node.kind == "Figure" and (alt := _alt(node.element)):
        element["Alt"] = pydyf.String(alt)
    if node.id:
        element["ID"] = pydyf.String(node.id)
    if attributes := _attributes(node, second=namespace is not None):
        element["A"] = attributes
    pdf.add_object(element)
    return element


def _page(node: Node) -> int | None:
    """The page of the first content that hangs on a tag itself."""
    return next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)


def _alt(element: Any) -> str:
    title = element.find(f"{SVG}title")
    return str(element.get("alt", "")) if title is None else source_text(title)


def _attributes(node: Node, *, second: bool) -> Any:
    """What a list, a picture or a cell says of itself (ISO 32000-1, 14.8.5)."""
    match node.kind:
        case "L":
            return pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{_numbering(node.numbering, second=second)}"})
        case "Figure":
            return pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": pydyf.Array(node.box)})
        case "TH" | "TD":
            return _cell(node)
    return None


def _numbering(numbering: str, *, second: bool) -> str:
    """PDF 1.7 knows no list of terms and no list without signs."""
    if second:
        return "Unordered" if numbering == "None" else numbering
    return "None" if numbering == "Description" else numbering


def _cell(node: Node) -> Any:
    said = pydyf.Dictionary({"O": "/Table"})
    if node.kind == "TH":
        said["Scope"] = f"/{SCOPES[node.element.get('scope')]}"
    for name, attribute in (("RowSpan", "rowspan"), ("ColSpan", "colspan")):
        if span := node.element.get(attribute):
            said[name] = int(span)
    if node.headers:
        said["Headers"] = pydyf.Array(pydyf.String(id) for id in node.headers)
    return said


def _kid(pdf: Any, kid: Node | Mark | Touch, node: Node, elements: dict[Node, Any]) -> Any:
    if isinstance(kid, Node):
        return elements[kid].reference
    page = pdf.page_references[kid.page]
    if isinstance(kid, Touch):
        kid.annotation["Contents"] = pydyf.String(source_text(node.element))
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": page}).data
    if kid.page == _page(node):
        return kid.mcid
    return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.mcid}).data


def _parents(pdf: Any, top: Any, elements: dict[Node, Any]) -> None:
    """The way back from drawn content, and from annotations, to their elements."""
    pages: list[dict[int, bytes]] = [{} for _ in pdf.page_references]
    annotations: list[tuple[Any, bytes]] = []
    for node, element in elements.items():
        for kid in node.kids:
            if isinstance(kid, Mark):
                pages[kid.page][kid.mcid] = element.reference
            elif isinstance(kid, Touch):
                annotations.append((kid.annotation, element.reference))
    numbers = pydyf.Array()
    for number, marks in enumerate(pages):
        numbers += [number, pydyf.Array(marks.get(mcid, "null") for mcid in range(max(marks, default=-1) + 1))]
    for number, (annotation, reference) in enumerate(annotations, len(pages)):
        annotation["StructParent"] = number
        numbers += [number, reference]
    parents = pydyf.Dictionary({"Nums": numbers})
    pdf.add_object(parents)
    top["ParentTree"] = parents.reference
    top["ParentTreeNextKey"] = len(pages) + len(annotations)


def _lead_to_tags(pdf: Any, found: Tree, elements: dict[Node, Any]) -> None:
    """Links and bookmarks lead to tags as well as to pages (ISO 14289-2, 8.8)."""
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    for at in range(0, len(names), 2):
        names[at + 1] = _both(names[at + 1], elements[found.places[names[at].string]])
    headings = (node for node in found.root.nodes() if node.kind in HEADINGS)
    for bookmark in _bookmarks(pdf):
        heading = next(node for node in headings if source_text(node.element) == bookmark["Title"].string)
        action = _both(bookmark.pop("Dest"), elements[heading])
        bookmark["A"] = pydyf.Dictionary({"S": "/GoTo", **action})


def _bookmarks(pdf: Any) -> Iterator[Any]:
    """The bookmarks in the order of their headings."""
    yield from (one for one in pdf.objects if isinstance(one, dict) and "Dest" in one and "Title" in one)


def _both(destination: Any, element: Any) -> Any:
    """A destination on a page, and the same on a tag."""
    return pydyf.Dictionary({"D": destination, "SD": pydyf.Array([element.reference, *destination[1:]])})
