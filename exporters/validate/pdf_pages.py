"""What is drawn on the pages of a PDF, and its edition -> problems: all of it tagged or an artifact, and readable."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from exporters.validate import pdf_tree, text
from exporters.validate.pdf_opened import Opened
from exporters.validate.pdf_tree import BLOCKS
from exporters.validate.text import Problem, flat, short
from lbp_content import overview
from lbp_content.translate import Edition

UNREADABLE = frozenset({"Co", "Cn", "Cc", "Cs"})  # private, unassigned, controls, halves
PAGINATION = frozenset({"Header", "Footer"})


def marked(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """All that is drawn is tagged or an artifact, no mark within another; among artifacts only running lines speak."""
    for content in (one for page in file.pages for one in page):
        where = f"on page {content.page + 1}: “{short(flat(content.text))}”"
        if not content.artifact and content.mcid is None:
            yield "content-unmarked", f"drawn, but neither tagged nor an artifact, {where}"
        if content.nested:
            yield "content-nested", f"a mark within a mark, {where}"
        hidden = content.artifact and content.side not in PAGINATION
        if hidden and any(one.isalnum() for one in content.text):
            yield "artifact-text", f"text that is hidden as an artifact, {where}"


def tied(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """Tags and content lead to each other, and tags stand where they may."""
    yield from file.tagged.problems
    yield from pdf_tree.places(file.root)


def running(file: Opened, edition: Edition) -> Iterator[Problem]:
    """Each page says its number and the state of the text, as artifacts; `pages` is counted from 0."""
    states = [flat(edition.label(id)) for id in ("state/dated", "state/overdue")]
    states.append(flat(edition.label("state/draft" if edition.draft else "state/not-reviewed")))
    for number, page in enumerate(file.pages, 1):
        said = flat(" ".join(one.text for one in page if one.artifact and one.side in PAGINATION))
        place = edition.label("page/number").replace("{page}", str(number)).replace("{pages}", str(len(file.pages)))
        for line in (*states, flat(place)):
            if line not in said:
                yield "footer-missing", f"the foot of page {number} does not say “{line}”, or not as an artifact"


def glyphs(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """Each glyph can be read as text, and what a text says it reads like is made of the glyphs that are drawn."""
    for content in (one for page in file.pages for one in page):
        bad = [one for one in flat(content.glyphs + content.text) if _unreadable(one)]
        if bad:
            yield "glyph-unknown", f"on page {content.page + 1} letters can't be read: U+{ord(bad[0]):04X}"
        if content.actual is not None and _letters([content.actual]) != _letters([content.glyphs]):
            yield (
                "actual-text-wrong",
                f"“{short(flat(content.glyphs))}” is said to read “{short(flat(content.actual))}”",
            )
    for tag in file.root.tags():
        if "/ActualText" in tag.object:
            yield "actual-text-wrong", f"a tag replaces what is drawn by “{short(flat(tag.text))}”"


def _unreadable(letter: str) -> bool:
    return letter == "\ufffd" or unicodedata.category(letter) in UNREADABLE


def pdfium(file: Opened, edition: Edition) -> Iterator[Problem]:
    """Another reader finds the same words on each page: what is tagged, the running lines, and those in pictures.

    From right to left, and in pictures, glyphs come without spaces or in another order: there letters are compared."""
    for number, (page, read) in enumerate(zip(file.pages, file.read, strict=True)):
        drawn = any(one.glyphs.strip() for one in page if one.tag == "Figure")
        count = _letters if edition.dir == "rtl" or drawn else _words
        ours, theirs = count(_texts(file, number)), count([read])
        for one in [*(ours - theirs), *(theirs - ours)]:
            times = f"{theirs[one]} times on page {number + 1}, the tags have it {ours[one]} times"
            yield "pdfium-differs", f"pdfium reads “{one}” {times}"
            break


def _texts(file: Opened, number: int, *, pictures: bool = True) -> Iterator[str]:
    """The text of a page: that of each block, and what is in no block."""
    blocks = [[one for one in tag.own() if one.page == number] for tag in file.root.tags(*BLOCKS)]
    held = {one for block in blocks for one in block}
    yield from ("".join(one.text for one in block) for block in blocks)
    yield from (one.text for one in file.pages[number] if one not in held and (pictures or one.tag != "Figure"))


def _words(pieces: Iterable[str]) -> Counter[str]:
    return Counter(word for piece in pieces for word in piece.split())


def _letters(pieces: Iterable[str]) -> Counter[str]:
    """Letters and figures; brackets look the other way from right to left."""
    return Counter(letter for piece in pieces for letter in piece if letter.isalnum())


def pictures(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """Each picture says where it is, and is there."""
    for figure in file.root.tags("Figure"):
        box = [float(one) for one in figure.attribute("/BBox") or ()]
        for content in figure.contents():
            if len(box) != 4 or _shared(box, content.box) < 0.5:
                yield "bbox-wrong", f"“{short(figure.alt)}” is not where it says: {[round(one) for one in box]}"


def _shared(box: list[float], drawn: tuple[float, float, float, float]) -> float:
    """How much of what is drawn lies in the box."""
    across = min(box[2], drawn[2]) - max(box[0], drawn[0])
    up = min(box[3], drawn[3]) - max(box[1], drawn[1])
    area = (drawn[2] - drawn[0]) * (drawn[3] - drawn[1])
    return max(across, 0) * max(up, 0) / area if area else 1.0


def picture(file: Opened, edition: Edition) -> Iterator[Problem]:
    """The picture of all findings has the words of the table, in the order of its groups."""
    drawn = ["".join(one.text for one in figure.contents()) for figure in file.root.tags("Figure")]
    found = [flat(one) for one in drawn if one.strip()]
    wanted = "".join(_in_picture(edition))
    if edition.dir == "ltr" and [one.replace(" ", "") for one in found] != ["".join(wanted.split())]:
        yield "picture-wrong", "the words in the pictures are not those of the findings"
    if _letters(found) != _letters([wanted]):
        yield "picture-wrong", "the letters in the pictures are not those of the findings"


def _in_picture(edition: Edition) -> Iterator[str]:
    for group in overview.groups(edition):
        yield f"{edition.label('table/apart')}: {group.words}" if group.apart else group.words
        for row in group.rows:
            yield row.subject + "; ".join((row.short_question, *row.limits))


def strangers(file: Opened, edition: Edition) -> Iterator[Problem]:
    """No word anywhere that no message has: in text, running lines, alternative texts, metadata."""
    said = [text for number, _ in enumerate(file.pages) for text in _texts(file, number, pictures=False)]
    alts = [tag.alt for tag in file.root.tags("Figure")]
    info = [str(file.document.docinfo.get(f"/{name}", "")) for name in ("Title", "Subject", "Author", "Keywords")]
    yield from text.strangers(text.words("\n".join([*said, *alts, *info])), edition)


RULES = (marked, tied, running, glyphs, pdfium, pictures, picture, strangers)
