"""A tagged table -> which cells head which: ids and headers, after the scopes that the page gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exporters.pdf_tree import Node


class Cell(NamedTuple):
    """A cell and the rows and columns that it covers; `group` numbers its row group."""

    node: Node
    group: int
    rows: range
    columns: range

    @property
    def scope(self) -> str:
        """What it heads: "col", "row", "rowgroup"; "" for a cell of data."""
        return str(self.node.element.get("scope", "")) if self.node.kind == "TH" else ""


def head(table: Node, prefix: str) -> None:
    """Give each header an id, and each cell the ids of its headers: of its column, its row group and its row."""
    cells = list(_cells(table))
    headers = [cell for cell in cells if cell.node.kind == "TH"]
    for number, header in enumerate(headers):
        header.node.id = f"{prefix}{number:03}"
    for cell in cells:
        cell.node.headers = tuple(header.node.id for header in headers if _heads(header, cell))


def _heads(header: Cell, cell: Cell) -> bool:
    if header is cell or (cell.scope in ("col", "rowgroup")):
        return False
    if header.scope == "row":
        return cell.scope == "" and _meet(header.rows, cell.rows)
    if header.scope == "rowgroup":
        return header.group == cell.group and header.rows.start < cell.rows.start
    return header.rows.start < cell.rows.start and cell.scope == "" and _meet(header.columns, cell.columns)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _cells(table: Node) -> Iterator[Cell]:
    """Every cell with its place, as HTML counts: a cell that covers several rows pushes those below aside."""
    taken: set[tuple[int, int]] = set()
    for number, (group, row) in enumerate(_rows(table)):
        column = 0
        for node in (kid for kid in row.kids if isinstance(kid, Node)):
            while (number, column) in taken:
                column += 1
            rows = range(number, number + int(node.element.get("rowspan", 1)))
            columns = range(column, column + int(node.element.get("colspan", 1)))
            taken.update((y, x) for y in rows for x in columns)
            yield Cell(node, group, rows, columns)


def _rows(table: Node) -> Iterator[tuple[int, Node]]:
    groups = [node for node in table.nodes() if node.kind in ("THead", "TBody")]
    for number, group in enumerate(groups):
        yield from ((number, node) for node in group.nodes() if node.kind == "TR")
