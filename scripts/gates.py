"""The planted faults of the tests -> docs/gates.md: each fault, the gate that names it, and the judges that see it too.

`python scripts/gates.py` writes the page. With `--judges` it first asks EPUBCheck, Ace, Nu and axe about every fault in
a book or a web page, which takes a quarter of an hour, and keeps what they saw in tests/samples/judges.json; with
`--judges html` only about web pages.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import test_contrast  # noqa: E402
import test_index  # noqa: E402
import test_judges  # noqa: E402
import test_pdf_faults  # noqa: E402
import test_report  # noqa: E402
import test_validate  # noqa: E402

from exporters.html import hashed  # noqa: E402

PAGE, SEEN = ROOT / "docs" / "gates.md", ROOT / "tests" / "samples" / "judges.json"
PLACES = {
    "mimetype": "mimetype",
    "META-INF/container.xml": "container.xml",
    "EPUB/package.opf": "package document",
    "EPUB/nav.xhtml": "contents",
    "EPUB/cover.xhtml": "cover",
    "EPUB/style.css": "style sheet",
}
GATED = {"axe", "contrast", "console", "csp", "focus-faint", "request"}  # codes of judges that gates have rules for too
LONGEST = 90  # letters of what was changed


class Fault(NamedTuple):
    """One planted fault. `words`: what was done, as Markdown; `times`: in how many places, 0 for all."""

    format: str
    place: str
    words: str
    code: str
    old: str = ""
    new: str = ""
    times: int = 0

    @property
    def key(self) -> str:
        return f"{self.format} | {self.place} | {self.words} | {self.code}"


class Unseen(NamedTuple):
    """A fault that nothing of ours names, and why."""

    format: str
    place: str
    old: str
    new: str
    why: str


ALONE = [  # planted by a test of its own
    Fault("epub", "archive", "bytes that are no archive", "epub-broken"),
    Fault("epub", "archive", "mimetype is not the first file", "mimetype-first"),
    Fault("epub", "archive", "mimetype is compressed", "mimetype-packed"),
    Fault("epub", "archive", "a file that the manifest does not list", "file-stray"),
    Fault("epub", "archive", "a file that is there twice", "file-twice"),
    Fault("epub", "package document", "two chapters in another order", "message-order"),
    Fault("epub", "book", "the book of another language", "lang-wrong"),
    Fault("epub", "book", "a draft that does not say so", "state-missing"),
    Fault("html", "page", "bytes that are no page", "html-broken"),
    Fault("html", "page", "a benefit and a side effect have changed places", "message-order"),
    Fault("pdf", "file", "bytes that are no PDF", "pdf-broken"),
    Fault("pdf", "file", "the file is encrypted", "pdf-encrypted"),
    Fault("pdf", "file", "the tags that stock WeasyPrint writes", "footer-missing"),
    Fault("report", "report", "a file that was edited after the export", "file-missing"),
]
UNSEEN = [
    Unseen(
        "html",
        "page",
        "symbol symbol-SEEMS",
        "symbol symbol-SHOWN",
        "A symbol is decoration beside words, and the words are right. The picture of all findings, where symbols "
        "stand in the drawing, is made from the same types as the table.",
    ),
    Unseen(
        "html",
        "page",
        'stroke-width="',
        'stroke-width="1',
        "A drawing under the right name may still be drawn wrongly: only eyes can tell. It is one of the open checks "
        "of the report.",
    ),
    Unseen(
        "html",
        "page",
        "</style>",
        ".harms p { font-size: 0.3em }</style>",
        "No standard names a smallest size for a screen, where everyone can enlarge. Somebody has to look.",
    ),
    Unseen(
        "html",
        "page",
        "</style>",
        "main { display: flex; flex-direction: column-reverse }</style>",
        "What is shown in another order than it is read is found in books, where no rule needs it. The web page places "
        "things in a grid, which such a rule would forbid.",
    ),
    Unseen(
        "epub",
        "EPUB/style.css",
        "body {",
        ".found { margin-block-start: -2em } body {",
        "Text may be pushed onto other text by a margin. In the web page the browser among the judges finds that; an "
        "e-book is laid out anew by every app.",
    ),
]
TITLES = {
    "epub": "E-book (EPUB)",
    "html": "Web page (HTML)",
    "pdf": "PDF (PDF/UA-1)",
    "pdf-ua2": "PDF (PDF/UA-2)",
    "index": "Page that leads to the files",
    "report": "Accessibility report",
}
COUNTED = (
    ("epub", "books"),
    ("html", "web pages"),
    ("pdf", "PDFs"),
    ("pdf-ua2", "PDFs for PDF/UA-2"),
    ("index", "the page that leads to them"),
    ("report", "the report"),
)
JUDGES = {"epub": ("EPUBCheck", "Ace"), "html": ("Nu", "axe")}


def faults() -> list[Fault]:
    """Every fault of the tests' tables, and those that a test plants by itself."""
    found = [_in_book(*row) for row in test_validate.BOOK_FAULTS]
    found += [_in_book(*row[:-1], times=1) for row in test_contrast.BOOK_FAULTS]
    found += [_in_page("html", *row) for row in test_validate.PAGE_FAULTS]
    found += [_in_page("html", *row[:-1], times=1) for row in test_contrast.PAGE_FAULTS]
    found += [Fault("pdf", "file", name, code) for name, _, code in test_pdf_faults.FAULTS]
    found += [_in_page("pdf", *row[:-1]) for row in test_contrast.PDF_FAULTS]
    found += [Fault("pdf-ua2", "file", name, code) for name, _, code in test_pdf_faults.SECOND_FAULTS]
    found += [_in_page("index", *row) for row in _index_faults()]
    found += [_in_page("report", *row) for row in test_report.FAULTS]
    return sorted(dict.fromkeys([*found, *ALONE]), key=lambda fault: list(TITLES).index(fault.format))


def _index_faults() -> Sequence[tuple[str, str, str]]:
    marks: Any = test_index.test_fault_in_the_page_is_found
    rows: Sequence[tuple[str, str, str]] = marks.pytestmark[0].args[1]
    return rows


def _in_book(file: str, old: str, new: str, code: str, times: int = 0) -> Fault:
    return Fault("epub", file, changed(old, new), code, old, new, times)


def _in_page(format: str, old: str, new: str, code: str, times: int = 0) -> Fault:
    place = "file" if format == "pdf" else "page"
    return Fault(format, place, changed(old, new), code, old, new, times)


def changed(old: str, new: str) -> str:
    """What was planted, in words: taken out, put in, or put in the place of something."""
    if not new.strip():
        return f"{_code(old)} taken out"
    if new.startswith(old):
        return f"{_code(new.removeprefix(old))} put in after {_code(old)}"
    if new.endswith(old):
        return f"{_code(new.removesuffix(old))} put in before {_code(old)}"
    return f"{_code(old)} becomes {_code(new)}"


def _code(text: str) -> str:
    """A piece of a file, for a cell of a table in Markdown."""
    flat = " ".join(text.replace("\0", "").split())
    short = flat if len(flat) <= LONGEST else f"{flat[:LONGEST]}…"
    fence = "``" if "`" in short else "`"
    return f"{fence}{short.replace('|', chr(92) + '|')}{fence}" if short else "a space"


def page() -> str:
    """The whole page."""
    seen: Mapping[str, list[str]] = json.loads(SEEN.read_text("utf-8"))["seen"]
    found = faults()
    parts = [_head(found, seen)]
    for format, title in TITLES.items():
        parts.append(_section(format, title, [one for one in found if one.format == format], seen))
    return "\n".join([*parts, *_only_judges(), *_nobody()])


def _head(found: Sequence[Fault], seen: Mapping[str, list[str]]) -> str:
    asked = [one for one in found if one.key in seen]
    alone = [one for one in asked if not seen[one.key]]
    counts = ", ".join(f"{sum(one.format == format for one in found)} in {name}" for format, name in COUNTED)
    return f"""# What the gates find

This page is made from the tests: `python scripts/gates.py` writes it, and a test fails where it is out of date. Each
row is a fault that a test plants in a good file, and the code of the gate that must name it. Gates run in every
`lbp export`; what they find is never published. [rules.yaml](../exporters/validate/rules.yaml) says which numbers of
WCAG, Matterhorn and EPUB Accessibility a code answers to.

There are {len(found)} planted faults: {counts}.
Each is named by a gate that always runs.

EPUBCheck, Ace, Nu and axe were asked about {len(asked)} faults in books and web pages. They saw
{len(asked) - len(alone)} of them; {len(alone)} are seen by our gates alone. veraPDF, the judge of PDFs, is on no
package registry and was not asked.
"""


def _section(format: str, title: str, found: Sequence[Fault], seen: Mapping[str, list[str]]) -> str:
    judged = JUDGES.get(format)
    head = ["what was planted", "named by", *([f"{' or '.join(judged)}"] if judged else [])]
    if format == "epub":
        head.insert(0, "where")
    rows = [_row(one, seen, bool(judged)) for one in found]
    return "\n".join([f"## {title}", "", _line(head), _line(["---"] * len(head)), *map(_line, rows), ""])


def _row(fault: Fault, seen: Mapping[str, list[str]], judged: bool) -> list[str]:
    cells = [PLACES.get(fault.place, Path(fault.place).stem)] if fault.format == "epub" else []
    cells += [fault.words, f"`{fault.code}`"]
    if judged:
        cells.append(", ".join(seen[fault.key]) or "–" if fault.key in seen else "not asked")
    return cells


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _only_judges() -> Iterator[str]:
    alone: Mapping[str, bool] = json.loads(SEEN.read_text("utf-8"))["reading"]
    yield "## Seen by judges alone"
    yield ""
    yield "What shows only when a browser or an e-reader has drawn a page. Planted in a small page and in a book:"
    yield ""
    yield _line(["code", "what was planted", "judge"])
    yield _line(["---"] * 3)
    for code, row in test_judges.PAGE_FAULTS.items():
        if code not in GATED:
            yield _line([f"`{code}`", changed(*row[:2]), "axe and the browser"])
    for code, (file, old, new) in test_judges.READING_FAULTS.items():
        if alone[code]:
            yield _line([f"`{code}`", f"{PLACES.get(file, Path(file).stem)}: {changed(old, new)}", "foliate-js"])
    yield ""


def _nobody() -> Iterator[str]:
    yield "## Seen by nobody"
    yield ""
    yield "Planted, and passed by every gate; a test sees to it that this list stays true."
    yield ""
    yield _line(["where", "what was planted", "why"])
    yield _line(["---"] * 3)
    for one in UNSEEN:
        yield _line([PLACES.get(one.place, "web page"), changed(one.old, one.new), one.why])
    yield ""


# asking the judges


def ask(formats: Sequence[str]) -> None:
    """Plant each fault in a file of its own; keep which judge says something that it does not say of a good one."""
    from exporters.epub import epub
    from exporters.html import html
    from exporters.validate.epub import validate
    from exporters.validate.judges import ace, axe, epubcheck, nu
    from lbp_content.load import load
    from lbp_content.translate import edition

    content = load()
    english = edition(content, content.leaflet, "en")
    setattr(axe, "MODES", [mode for mode in axe.MODES if mode.name in ("light", "dark", "print")])  # noqa: B010
    kept = json.loads(SEEN.read_text("utf-8")) if SEEN.exists() else {"seen": {}}
    known = {fault.key: fault for fault in faults()}
    seen = {key: by for key, by in kept["seen"].items() if key in known and known[key].format not in formats}
    good = {"epub": epub(english), "html": html(english)}
    reading = {
        code: not validate(planted(good["epub"], Fault("epub", *row)), english, "book.epub")
        for code, row in _reading_faults()
    }
    for format in formats:
        with TemporaryDirectory() as folder:
            files = _written(Path(folder), format, good[format])
            judges = (("EPUBCheck", epubcheck), ("Ace", ace)) if format == "epub" else (("Nu", nu), ("axe", axe))
            for name, judge in judges:
                _keep(name, judge.judge(list(files)).found, files, seen)
    text = json.dumps({"seen": dict(sorted(seen.items())), "reading": reading}, ensure_ascii=False, indent=1)
    SEEN.write_text(f"{text}\n", "utf-8")


def _reading_faults() -> Iterator[tuple[str, tuple[str, str, str, str, str]]]:
    for code, (file, old, new) in test_judges.READING_FAULTS.items():
        yield code, (file, "", code, old, new)


def _keep(name: str, found: Mapping[Path, Any], files: Mapping[Path, Fault], seen: dict[str, list[str]]) -> None:
    good, *others = files
    same = {finding.message for finding in found[good]}
    for file in others:
        own = {finding.message for finding in found.get(file, ())} - same
        seen.setdefault(files[file].key, []).extend([name] if own else [])
    print(f"{name}: {sum(name in seen[files[file].key] for file in others)} of {len(others)}", flush=True)


def _written(folder: Path, format: str, good: bytes) -> dict[Path, Fault]:
    """The good file first, then one for each fault."""
    files = {folder / f"good.{format}": Fault(format, "", "", "")}
    (folder / f"good.{format}").write_bytes(good)
    for number, fault in enumerate(one for one in faults() if one.format == format and one.old):
        files[folder / f"{number}.{format}"] = fault
        (folder / f"{number}.{format}").write_bytes(planted(good, fault))
    return files


def planted(good: bytes, fault: Fault) -> bytes:
    """A good file with a fault in it. In a web page the policy fits the style sheet, unless that is the fault."""
    if fault.format != "epub":
        page = _in_text(good, fault)
        return page if fault.code.startswith("csp-") else _fitting(page)

    def change(entries: test_validate.Entries) -> test_validate.Entries:
        return [(entry, _in_text(data, fault) if entry.filename == fault.place else data) for entry, data in entries]

    return test_validate.rebuilt(good, change)


def _in_text(good: bytes, fault: Fault) -> bytes:
    changed = good.replace(fault.old.encode(), fault.new.encode(), fault.times or -1)
    assert changed != good, fault
    return changed


def _fitting(page: bytes) -> bytes:
    """Browsers drop a style sheet whose hash is not in the policy: the fault would be seen by that alone."""
    sheets = re.findall(rb"<style>(.*?)</style>", page, re.DOTALL)
    if len(sheets) != 1:
        return page
    return re.sub(rb"'sha256-[^']*'", f"'{hashed(sheets[0].decode())}'".encode(), page)


if __name__ == "__main__":
    if "--judges" in sys.argv:
        ask([name for name in sys.argv[2:] if name in JUDGES] or list(JUDGES))
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
