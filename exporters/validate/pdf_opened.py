"""The bytes of a PDF -> the file as the rules see it: what is drawn, what is tagged, and what pdfium reads."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pikepdf

from exporters.validate import pdf_content, pdf_tree
from exporters.validate.pdf_content import Content
from exporters.validate.pdf_tree import Tag, Tagged
from exporters.validate.text import Problem
from lbp_content.translate import Edition


class Opened(NamedTuple):
    """A file. `part`: of PDF/UA, that it is meant for. `pages` are what is drawn, `read` is what pdfium reads there."""

    document: pikepdf.Pdf
    part: int
    pages: Sequence[Sequence[Content]]
    tagged: Tagged
    read: Sequence[str]

    @property
    def root(self) -> Tag:
        return self.tagged.root

    @property
    def catalog(self) -> Any:
        return self.document.Root

    def number(self, page: Any) -> int:
        """The number of a page, counted from 0; -1 for what is no page of this file."""
        found = [number for number, one in enumerate(self.document.pages) if one.objgen == page.objgen]
        return found[0] if found else -1


Rule = Callable[[Opened, Edition], Iterator[Problem]]


@contextmanager
def opened(data: bytes, part: int) -> Iterator[Opened]:
    """Read a file once, for all rules. Raises pikepdf.PdfError, RecursionError or ValueError for what is no PDF."""
    with pikepdf.open(io.BytesIO(data)) as document:
        pages = [pdf_content.drawn(page, number) for number, page in enumerate(document.pages)]
        yield Opened(document, part, pages, pdf_tree.read(document, pages), _read(data))


def _read(data: bytes) -> list[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]
