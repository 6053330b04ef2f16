"""A finished file -> what it says of its own accessibility: the values of each property that rules.yaml knows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pikepdf
from lxml import etree

from exporters.validate import document, rules

Said = Mapping[str, tuple[str, ...]]


def claimed(format: str, data: bytes) -> Said:
    """Nothing for a format without claims, and for a file that can't be read: its gate says so."""
    try:
        return _READERS[format](data) if format in _READERS else {}
    except (zipfile.BadZipFile, KeyError, StopIteration, etree.XMLSyntaxError, pikepdf.PdfError):
        return {}


def _book(data: bytes) -> Said:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        container = document.xml(archive.read("META-INF/container.xml"))
        package = document.xml(archive.read(next(container.iter("rootfile")).get("full-path", "")))
    properties = {claim.property for claim in rules.claims_of("epub")}
    return {
        name: tuple(meta.text or "" for meta in package.iter("meta") if meta.get("property") == name)
        for name in properties
    }


def _pdf(data: bytes) -> Said:
    with pikepdf.open(io.BytesIO(data)) as file, file.open_metadata() as meta:
        return {"pdfuaid:part": (str(meta.get("pdfuaid:part", "")),)}


_READERS = {"epub": _book, "pdf": _pdf, "pdf-ua2": _pdf}
