"""EPUBs -> what calibre, a second reader of books, makes of them: title, language, and every word in its place."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

from exporters.validate.judges import book, places
from exporters.validate.judges.verdicts import NoVerdict, Verdicts
from lbp_content.finding import Finding, Location, ToolMissing

REMEDY = "Look at the book in calibre; mend exporters/epub.py or exporters/templates/, then export again."
INSTALL = "Install it: apt-get install --no-install-recommends calibre"


def judge(files: Sequence[Path]) -> Verdicts:
    """calibre converts a book a call."""
    convert, meta = shutil.which("ebook-convert"), shutil.which("ebook-meta")
    if convert is None or meta is None:
        raise ToolMissing(INSTALL)
    return Verdicts(_version(convert), {file: tuple(_file(convert, meta, file)) for file in files})


def _version(convert: str) -> str:
    said = re.search(r"calibre ([\d.]+\d)", _run(convert, "--version"))
    return said.group(1) if said else "of unknown version"


def _run(*command: str) -> str:
    run = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=places.surroundings(), check=False
    )
    if run.returncode:
        raise NoVerdict(f"calibre gave no verdict: {(run.stderr or run.stdout).strip()[-300:]}")
    return run.stdout


def _file(convert: str, meta: str, file: Path) -> Iterator[Finding]:
    expected = book.opened(file)
    with TemporaryDirectory() as folder:
        text = Path(folder, "book.txt")
        _run(convert, str(file), str(text), "--txt-output-encoding=utf-8")
        read = words(text.read_text("utf-8-sig"))
    # calibre 6 shows lists that are hidden, other versions need not
    readings = [list(_words(read, words(" ".join(pages)))) for pages in (expected.seen, expected.bare)]
    for message in (*_facts(_run(meta, str(file)), expected), *min(readings, key=len)):
        yield Finding("calibre", message, REMEDY, Location(str(file)))


def words(text: str) -> list[str]:
    """Letters and figures alone: marks of lists and of emphasis are calibre's."""
    return re.findall(r"\w+", text.replace("_", " "))


def _facts(said: str, expected: book.Book) -> Iterator[str]:
    facts = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in said.splitlines())}
    if not facts.get("Title", "").startswith(expected.title):  # calibre adds the subtitle
        yield f"the title is “{facts.get('Title', '')}”, not “{expected.title}”"
    if facts.get("Languages", "und") == "und":
        yield f"no language is found, where the book says {expected.language}"


def _words(read: Sequence[str], expected: Sequence[str]) -> Iterator[str]:
    """Words that are lost or come from nowhere."""
    for kind, a, b, c, d in SequenceMatcher(None, expected, read, autojunk=False).get_opcodes():
        if kind in ("delete", "replace"):
            yield f"is without “{' '.join(expected[a:b])[:200]}”"
        if kind in ("insert", "replace"):
            yield f"has “{' '.join(read[c:d])[:200]}” that the book has not"
