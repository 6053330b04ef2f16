"""The structure tree of a PDF -> its tags with their content, and every tie of the tree that is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf

from exporters.validate.pdf_content import Content
from exporters.validate.text import Problem, flat, short

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
SECTIONS = frozenset({"Document", "Sect"})
BLOCKS = frozenset({"P", *HEADINGS, "Lbl", "LBody", "Caption", "TH", "TD"})
PARENTS = {  # which tags may hold a tag: ISO 32000-1, 14.8.4, as far as leaflets go
    **dict.fromkeys(("P", "Table", *HEADINGS), SECTIONS),
    "Sect": SECTIONS,
    "Figure": SECTIONS,
    "L": SECTIONS | {"LBody"},
    "LI": frozenset({"L"}),
    "Lbl": frozenset({"LI"}),
    "LBody": frozenset({"LI"}),
    "Caption": frozenset({"Table"}),
    "THead": frozenset({"Table"}),
    "TBody": frozenset({"Table"}),
    "TR": frozenset({"THead", "TBody"}),
    "TH": frozenset({"TR"}),
    "TD": frozenset({"TR"}),
    "Span": BLOCKS | {"Link"},
    "Link": BLOCKS,
}
HOLDERS = BLOCKS | {"Figure", "Span", "Link"}  # tags that hold content themselves


class Touch(NamedTuple):
    """An annotation that a tag refers to."""

    object: Any


@dataclass(frozen=True, eq=False)
class Tag:
    """One tag. `lang` is the language of its text, its own or that of the tag around it."""

    kind: str
    lang: str
    object: Any
    kids: tuple[Tag | Content | Touch, ...]

    @property
    def alt(self) -> str:
        return flat(str(self.object.get("/Alt", "")))

    @property
    def text(self) -> str:
        """What is read of it; a picture has its alternative text instead."""
        if "/ActualText" in self.object:
            return str(self.object.ActualText)
        return "" if self.kind == "Figure" else "".join(kid.text for kid in self.kids if not isinstance(kid, Touch))

    def tags(self, *kinds: str) -> Iterator[Tag]:
        """This tag and those below it, in order; of some kinds only."""
        if not kinds or self.kind in kinds:
            yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.tags(*kinds)

    def contents(self) -> Iterator[Content]:
        """All that is drawn for it, in order."""
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.contents()
            elif isinstance(kid, Content):
                yield kid

    def own(self) -> Iterator[Content]:
        """What is drawn for this block itself, not for a block within it."""
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid
            elif isinstance(kid, Tag) and kid.kind in ("Span", "Link"):
                yield from kid.own()

    def attribute(self, name: str) -> Any:
        """An attribute of the tag, whoever owns it."""
        owners = self.object.get("/A", {})
        for owner in owners if isinstance(owners, pikepdf.Array) else [owners]:
            if isinstance(owner, pikepdf.Dictionary) and name in owner:
                return owner[name]
        return None


class Tagged(NamedTuple):
    """The tree of a file, and what was wrong with its ties."""

    root: Tag
    problems: Sequence[Problem]


def read(document: pikepdf.Pdf, pages: Sequence[Sequence[Content]]) -> Tagged:
    """Tie the tags to what is drawn. Without a structure tree: one empty tag."""
    top: Any = document.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    numbers = {page.objgen: number for number, page in enumerate(document.pages)}
    drawn = {(one.page, one.mcid): one for page in pages for one in page if one.mcid is not None}
    reader = _Reader(numbers, drawn, top.get("/RoleMap", {}))
    kids = reader.kids(top, str(document.Root.get("/Lang", "")))
    problems = [*reader.problems, *_unheld(drawn, reader.held), *_parents(top, document, kids)]
    return Tagged(kids[0] if len(kids) == 1 and isinstance(kids[0], Tag) else Tag("", "", top, kids), problems)


class _Reader:
    """One way through the tree: each element and each mark may be met once."""

    def __init__(self, pages: dict[Any, int], drawn: dict[tuple[int, int], Content], roles: Any) -> None:
        self.pages = pages
        self.drawn = drawn
        self.roles = roles
        self.met: set[Any] = set()
        self.held: set[tuple[int, int]] = set()
        self.problems: list[Problem] = []

    def kids(self, element: Any, lang: str) -> tuple[Tag | Content | Touch, ...]:
        said = element.get("/K", pikepdf.Array())
        found = (self.kid(one, element, lang) for one in (said if isinstance(said, pikepdf.Array) else [said]))
        return tuple(one for one in found if one is not None)

    def kid(self, one: Any, element: Any, lang: str) -> Tag | Content | Touch | None:
        if not isinstance(one, pikepdf.Dictionary):
            return self.content(element.get("/Pg"), int(one))
        if "/MCID" in one:
            return self.content(one.get("/Pg", element.get("/Pg")), int(one.MCID))
        if "/Obj" in one:
            return Touch(one.Obj)
        return self.tag(one, lang)

    def content(self, page: Any, mcid: int) -> Content | None:
        """What is drawn under a number of a page."""
        number = self.pages.get(page.objgen if page is not None else None, -1)
        found = self.drawn.get((number, mcid))
        if found is None:
            self.problems.append(
                ("mcid-missing", f"a tag refers to content {mcid} of page {number + 1}: it is not there")
            )
        elif (number, mcid) in self.held:
            self.problems.append(("mcid-twice", f"two tags hold “{short(flat(found.text))}” on page {number + 1}"))
        self.held.add((number, mcid))
        return found

    def tag(self, element: Any, lang: str) -> Tag | None:
        kind = self.role(str(element.get("/S", ""))[1:])
        if element.objgen in self.met and element.objgen != (0, 0):
            self.problems.append(("tag-twice", f"a tag {kind} stands in the tree twice"))
            return None
        self.met.add(element.objgen)
        lang = str(element.get("/Lang", lang))
        return Tag(kind, lang, element, self.kids(element, lang))

    def role(self, kind: str) -> str:
        """The standard type of a tag, after the role map."""
        return str(self.roles[f"/{kind}"])[1:] if f"/{kind}" in self.roles else kind


def _unheld(drawn: Iterable[tuple[int, int]], held: set[tuple[int, int]]) -> Iterator[Problem]:
    for page, mcid in drawn:
        if (page, mcid) not in held:
            yield "mcid-orphan", f"content {mcid} of page {page + 1} belongs to no tag"


def _parents(top: Any, document: pikepdf.Pdf, kids: Iterable[Tag | Content | Touch]) -> Iterator[Problem]:
    """The parent tree says the same as the tags: a screen reader finds the tag of what it points at there."""
    if "/ParentTree" not in top:
        yield "parent-wrong", "nothing that is drawn leads back to its tag"
        return
    rows = [parent(top, page.get("/StructParents")) or [] for page in document.pages]
    for tag in (one for kid in kids if isinstance(kid, Tag) for one in kid.tags()):
        for content in (kid for kid in tag.kids if isinstance(kid, Content)):
            row, mcid = rows[content.page], content.mcid or 0
            found = row[mcid] if len(row) > mcid else None
            if found is None or found.objgen != tag.object.objgen:
                yield "parent-wrong", f"“{short(flat(content.text))}” does not lead back to its tag"


def parent(top: Any, key: Any) -> Any:
    """An entry of the parent tree; None when there is none."""
    parents: Any = pikepdf.NumberTree(top.ParentTree) if "/ParentTree" in top else {}
    return parents[int(key)] if key is not None and int(key) in parents else None


def places(root: Tag) -> Iterator[Problem]:
    """Tags of the kinds we know, where they may stand, and content in none that only groups."""
    if root.kind != "Document":
        yield "tag-place", "the tags do not begin with one Document"
    for tag in root.tags():
        for kid in tag.kids:
            if isinstance(kid, Tag) and kid.kind not in PARENTS:
                yield "tag-foreign", f"a tag of the kind {kid.kind}: not one of ours"
            elif isinstance(kid, Tag) and tag.kind not in PARENTS[kid.kind]:
                yield "tag-place", f"a tag {kid.kind} in a {tag.kind}: “{short(flat(kid.text))}”"
            elif isinstance(kid, Content) and tag.kind not in HOLDERS:
                yield "tag-place", f"text without a paragraph: “{short(flat(kid.text))}”"
        if not tag.kids:
            yield "tag-empty", f"a tag {tag.kind} has nothing in it"
