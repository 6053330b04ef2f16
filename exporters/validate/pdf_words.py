"""The tags of a PDF and the edition it came from -> problems: every word once, in its place, as what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from exporters.validate import text
from exporters.validate.pdf_tree import BLOCKS, HEADINGS, Tag
from exporters.validate.text import Problem, flat, short
from lbp_content import inline
from lbp_content.model import Block, Glossary, Overview, Section, Text
from lbp_content.translate import Edition, language_tag

ALT = 150  # letters; a screen reader says them in one breath
SIGN = re.compile(r"[•◦▪–]|\d+\.")  # what stands before an item of a list
NUMBERED = re.compile(r"(.*\S) (\d+)")
Rule = Callable[[Tag, Edition], Iterator[Problem]]


class Said(NamedTuple):
    """One heading, paragraph, item or term; `list` is the list that an item is in."""

    kind: str
    text: str
    list: Tag | None


def said(root: Tag) -> Iterator[Said]:
    """What is read, block by block; pictures, the table and the signs of lists left out."""
    yield from _said(root, None)


def _said(tag: Tag, around: Tag | None) -> Iterator[Said]:
    if tag.kind in BLOCKS and not (tag.kind == "Lbl" and SIGN.fullmatch(flat(tag.text))):
        yield Said(tag.kind, flat("".join(one.text for one in tag.own())), around)
    for kid in tag.kids:
        if isinstance(kid, Tag) and kid.kind != "Table":
            yield from _said(kid, kid if kid.kind == "L" else around)


def body(root: Tag, edition: Edition) -> list[Said]:
    """The messages of the body: what is derived has been taken out, and is compared by rules of its own."""
    labels = (edition.label("page/contents"), edition.label("page/kind"), edition.label("state/ours"), *state(edition))
    derived = set(map(flat, labels))
    lists = [_contents(root, edition), *_legends(root, edition)]
    return [one for one in said(root) if one.text not in derived and (one.list is None or one.list not in lists)]


def _legends(root: Tag, edition: Edition) -> list[Tag]:
    """The lists of the symbols: those with an item of theirs."""
    words = set(text.legend(edition))
    return [one for one in root.tags("L") if words.intersection(_items(one))]


def _contents(root: Tag, edition: Edition) -> Tag | None:
    """The list of contents: the first list after its heading."""
    tags = iter(root.tags())
    heading = next(
        (one for one in tags if flat(one.text) == edition.label("page/contents") and one.kind in HEADINGS), None
    )
    return next((one for one in tags if one.kind == "L"), None) if heading else None


def _items(around: Tag) -> tuple[str, ...]:
    return tuple(flat(one.text) for one in around.tags("LBody"))


def state(edition: Edition) -> tuple[str, ...]:
    """What the first page says of the text, version included."""
    return (*text.state(edition), flat(edition.label("state/version")))


def messages(root: Tag, edition: Edition) -> Iterator[Problem]:
    """Each body message once, in order, and nothing else; each as what it is: heading, paragraph, item, term."""
    found = body(root, edition)
    yield from text.compare_blocks([one.text for one in found], edition)
    for one, kind in zip(found, kinds(edition), strict=False):
        if one.kind != kind:
            yield "tag-wrong", f"“{short(one.text)}” is tagged {one.kind}, not {kind}"


def kinds(edition: Edition) -> Iterator[str]:
    """What each text of `text.expected` is tagged as."""
    yield from ("H1", "P")
    for part in edition.leaflet.parts:
        yield "H2"
        match part:
            case Section():
                blocks: Sequence[Block | None] = part.blocks
            case Overview():
                blocks = (part.intro,)
            case Glossary():
                yield from ("Lbl", "LBody") * len(part.terms)
                continue
            case _:
                blocks = (part.what, part.context, part.aim)
        for block in blocks:
            yield from _kinds(block, headed=part.kind == "treatment")
        if part.kind == "treatment":
            yield from ("H3", *("P" for _ in part.findings.found), "H3", *("P" for _ in part.findings.harms))
            yield from _kinds(part.advice, headed=True)


def _kinds(block: Block | None, *, headed: bool) -> Iterator[str]:
    if block:
        yield from ("H3",) if block.heading or headed else ()
        yield from ("P" for _ in block.paragraphs)
        yield from ("LBody" for _ in block.items)


def beside(root: Tag, edition: Edition) -> Iterator[Problem]:
    """What is derived: the kind of file, its state, the marks of what is ours, the words beside the symbols."""
    found = list(said(root))
    texts = Counter(one.text for one in found)
    for label in state(edition):
        if texts[label] != 1:
            yield "state-missing", f"“{label}” stands {texts[label]} times in tagged text, not once"
    if texts[flat(edition.label("page/kind"))] != 1:
        yield "kind-missing", "the document does not say what kind of text it is, or says so twice"
    mark = flat(edition.label("state/ours"))
    marked = [before.text for before, one in pairwise(found) if one.text == mark]
    if marked != list(_ours(edition)):
        yield "ours-unmarked", f"marked as ours are {marked}, not {list(_ours(edition))}"
    if [_items(one) for one in _legends(root, edition)] != [text.legend(edition)]:
        yield "legend-wrong", "the words beside the symbols are not those of the table"


def _ours(edition: Edition) -> Iterator[str]:
    """The headings after which a mark stands, for what is not from the source."""
    for part in edition.leaflet.parts:
        if part.id in edition.ours and part.kind != "treatment":
            yield flat(inline.plain(part.title.text))
        for block in part.blocks if isinstance(part, Section) else ():
            if block.id in edition.ours and block.heading:
                yield flat(inline.plain(block.heading.text))


def contents(root: Tag, edition: Edition) -> Iterator[Problem]:
    """The list of contents names each chapter and the page where it begins."""
    around = _contents(root, edition)
    begins = {
        flat(one.text): next(one.contents()).page + 1 for one in root.tags("H2") if any(True for _ in one.contents())
    }
    found = (
        [match.groups() if (match := NUMBERED.fullmatch(item)) else (item, "") for item in _items(around)]
        if around
        else []
    )
    titles = [flat(inline.plain(part.title.text)) for part in edition.leaflet.parts]
    wanted = [(title, str(begins.get(title, ""))) for title in titles]
    for one in wanted if len(found) != len(wanted) else [b for a, b in zip(found, wanted, strict=True) if a != b]:
        if one not in found:
            yield "contents-wrong", f"the contents don't say that “{short(one[0])}” is on page {one[1]}"
            return
    if found != wanted:
        yield "contents-wrong", "the contents are not in the order of the chapters"


def table(root: Tag, edition: Edition) -> Iterator[Problem]:
    """One table, with caption, headers and the cells of the edition, each under its headers."""
    tables = list(root.tags("Table"))
    if len(tables) != 1:
        yield "table-wrong", f"{len(tables)} tables; there is one"
    for one in tables:
        if not any(flat(caption.text) for caption in one.tags("Caption")):
            yield "table-caption", "the table has no caption"
        kinds = {cell.kind for head in one.tags("THead") for cell in head.tags("TH", "TD")}
        if kinds != {"TH"}:
            yield "table-header", "the table has no header row, or one with cells that are no headers"
        yield from text.compare_table([flat(cell.text) for cell in one.tags("Caption", "TH", "TD")], edition)
        yield from _headers(one)


def _headers(table: Tag) -> Iterator[Problem]:
    """Each header says what it heads, and each cell names its headers: of its column, its group and its row."""
    ids = {str(header.object.ID): header for header in table.tags("TH") if "/ID" in header.object}
    heads = {id for id, header in ids.items() if any(header in head.tags() for head in table.tags("THead"))}
    for header in table.tags("TH"):
        if str(header.attribute("/Scope")) not in ("/Column", "/Row", "/Both"):
            yield "table-scope", f"the header “{short(flat(header.text))}” does not say what it heads"
    above: dict[str, str] = {}
    for cell in (cell for group in table.tags("TBody") for cell in group.tags("TH", "TD")):
        named = {str(id) for id in cell.attribute("/Headers") or ()}
        if cell.kind == "TH":
            above["group" if cell.attribute("/ColSpan") else "row"] = str(cell.object.get("/ID", ""))
        elif not set(above.values()) <= named or len(named & heads) != 1 or not named <= set(ids):
            yield "table-scope", f"the cell “{short(flat(cell.text))}” does not name its headers"


def figures(root: Tag, edition: Edition) -> Iterator[Problem]:
    """Each picture has the alternative text of the model, in the order of the chapters, and a short one."""
    found = [figure.alt for figure in root.tags("Figure")]
    wanted = [flat(inline.plain(one.text)) for one in _alts(edition)]
    for alt in found:
        if not alt:
            yield "alt-missing", "a picture has no alternative text"
        elif len(alt) > ALT:
            yield "alt-long", f"an alternative text has {len(alt)} letters; {ALT} is the most: “{short(alt)}”"
    if found != wanted:
        yield "alt-wrong", f"the pictures are {[short(one) for one in found]}, not {[short(one) for one in wanted]}"


def _alts(edition: Edition) -> Iterator[Text]:
    yield edition.leaflet.cover.alt
    for part in edition.leaflet.parts:
        if part.kind == "treatment":
            yield part.figure.alt
        elif part.kind == "overview":
            yield part.alt


def languages(root: Tag, edition: Edition) -> Iterator[Problem]:
    """The words of another language are tagged as such, and no others."""
    found = [(flat(tag.text), tag.lang) for tag in root.tags() if tag.lang != root.lang and _starts(tag, root)]
    wanted = list(_foreign(edition))
    for one in [*(Counter(wanted) - Counter(found)), *(Counter(found) - Counter(wanted))]:
        yield "lang-part", f"“{short(one[0])}” {'is not' if one in wanted else 'is'} tagged as {one[1]}"
    if root.lang != edition.lang:
        yield "lang-wrong", f"the tags are in {root.lang or 'no language'}, not in {edition.lang}"


def _starts(tag: Tag, root: Tag) -> bool:
    """Whether the foreign language begins at this tag."""
    return "/Lang" in tag.object and tag is not root


def _foreign(edition: Edition) -> Iterator[tuple[str, str]]:
    for message in text.body(edition):
        for piece in inline.parse(message.text):
            language = message.lang.get(piece.id, "") if piece.tag == "i" else ""
            if language and language.split("-")[0] != edition.locale.split("-")[0]:
                yield flat(piece.text), language_tag(language)


def levels(root: Tag, _edition: Edition) -> Iterator[Problem]:
    """One title, and no level of headings is skipped."""
    found = [int(tag.kind[1]) for tag in root.tags(*HEADINGS)]
    for before, level in zip([0, *found], found, strict=False):
        if level > before + 1:
            yield "heading-skipped", f"a heading of level {level} follows one of level {before}"
    if found.count(1) != 1:
        yield "heading-first", f"{found.count(1)} headings of level 1; there is one title"


def lists(root: Tag, _edition: Edition) -> Iterator[Problem]:
    """A list whose items have signs or terms says how they are numbered."""
    second = "/NS" in root.object
    for one in root.tags("L"):
        numbering = str(one.attribute("/ListNumbering") or "")
        bad = ("", "/None") if second else ("",)
        if any(True for _ in one.tags("Lbl")) and numbering in bad:
            yield "list-numbering", f"a list does not say what its items begin with: “{short(flat(one.text))}”"


RULES = (messages, beside, contents, table, figures, languages, levels, lists)
