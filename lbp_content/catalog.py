"""gettext catalogs: reading one strictly, writing the template, and keeping a translation in step by msgctxt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

from lbp_content.finding import ContentError, Finding, Location, relative
from lbp_content.messages import Message

LINE = re.compile(
    r'(?P<comment>#(?!~).*)|(?:#~ ?)?(?:\|? ?)(?P<keyword>msgctxt|msgid|msgstr)[ \t]+(?P<text>".*")'
    r'|(?:#~ ?)?(?:\| ?)?(?P<more>".*")'
)
QUOTED = re.compile(r'"(?:[^"\\]|\\[nt"\\])*"')
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONFLICT = re.compile(r"(<{7}|={7}|>{7})( |$)")
SIZE = 5_000_000  # bytes; a catalog of a thousand paragraphs is a tenth of it


@dataclass(frozen=True)
class Entry:
    """One translation; `msgstr` "" is untranslated."""

    context: str
    msgid: str
    msgstr: str
    fuzzy: bool
    where: Location


@dataclass(frozen=True)
class Catalog:
    """The live entries of one .po file, by msgctxt."""

    file: Path
    entries: Mapping[str, Entry]


def read(file: Path) -> Catalog:
    """Parse a .po file. Raises ContentError with the line of whatever gettext would misread in silence."""
    text = checked_text(file)
    try:
        parsed = polib.pofile(text, wrapwidth=0)
    except (OSError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise ContentError([_broken(file, int(line[1]) if line else 0, "gettext can't read this")]) from None
    live = [entry for entry in parsed if not entry.obsolete]
    if findings := tuple(_doubles(file, live)):
        raise ContentError(findings)
    return Catalog(file, {entry.msgctxt: _entry(file, entry) for entry in live})


def checked_text(file: Path) -> str:
    """The text of a .po file in which every line is what it seems. Raises ContentError."""
    text = _text(file)
    if findings := tuple(_scan(file, text)):
        raise ContentError(findings)
    return text


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > SIZE:
            raise ContentError([_broken(file, 0, f"more than {SIZE:,} bytes")])
        return file.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except OSError as error:
        remedy = "Run `lbp update` to make the catalog, then translate it."
        raise ContentError(
            [Finding("catalog-missing", error.strerror or str(error), remedy, Location(str(file)))]
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ContentError([_broken(file, line, "not UTF-8")]) from None


def _scan(file: Path, text: str) -> Iterator[Finding]:
    """Everything that a lenient reader would pass over: quotes, control characters, conflict markers, unknown lines."""
    keyword = ""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip():
            keyword = ""
            continue
        if problem := _problem(line, keyword):
            yield _broken(file, number, problem)
        keyword = "msg" if (LINE.fullmatch(line) and not line.startswith("#")) or line.startswith("#~") else keyword
    if not re.search(r'^msgid ""$', text, re.MULTILINE):
        yield _broken(file, 1, "the header is missing")
    if (charset := re.search(r"charset=([\w-]+)", text)) and charset[1].lower() != "utf-8":
        yield _broken(file, text[: charset.start()].count("\n") + 1, f"charset {charset[1]}; only UTF-8 is read")


def _problem(line: str, keyword: str) -> str:
    if CONFLICT.match(line):
        return "a merge conflict is not resolved"
    if control := CONTROL.search(line):
        return f"the control character U+{ord(control.group()):04X}"
    match = LINE.fullmatch(line)
    if not match:
        return "neither a comment, a keyword nor a quoted text"
    if (quoted := match["text"] or match["more"]) and not QUOTED.fullmatch(quoted):
        return "a quotation mark or a backslash is out of place"
    if match["more"] and not keyword and not line.startswith("#"):
        return "a text without a keyword"
    return ""


def _doubles(file: Path, entries: Iterable[polib.POEntry]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for entry in entries:
        if entry.msgctxt is None:
            yield _broken(file, entry.linenum or 0, "a message without msgctxt")
        elif entry.msgctxt in seen:
            yield _broken(file, entry.linenum or 0, f"{entry.msgctxt} stands in line {seen[entry.msgctxt]} already")
        seen.setdefault(entry.msgctxt, entry.linenum or 0)


def _entry(file: Path, entry: polib.POEntry) -> Entry:
    return Entry(entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy, Location(str(file), entry.linenum or 0))


def _broken(file: Path, line: int, problem: str) -> Finding:
    return Finding("catalog-broken", problem, "Mend this line in a text editor.", Location(str(file), line))


def template(messages: Iterable[Message], root: Path) -> str:
    """The text of `lbp.pot`; `root` is the folder that `#:` paths start from."""
    return _dump(_new_entries(messages, root), {"Language": ""}, fuzzy=True)


def update(messages: Iterable[Message], root: Path, locale: str, old: str | None) -> str:
    """The text of a .po in step with `messages`: matched by msgctxt, reworded messages fuzzy, removed ones obsolete."""
    before = polib.pofile(old, wrapwidth=0) if old else polib.POFile(wrapwidth=0)
    known = {entry.msgctxt: entry for entry in sorted(before, key=lambda entry: not entry.obsolete)}
    entries = [_merged(entry, known.pop(entry.msgctxt, None)) for entry in _new_entries(messages, root)]
    gone = [_obsolete(entry) for entry in known.values() if entry.msgstr]
    metadata = {**before.metadata, "Language": locale.replace("-", "_")}
    return _dump([*entries, *gone], metadata, comment=before.header)


def _new_entries(messages: Iterable[Message], root: Path) -> list[polib.POEntry]:
    return [
        polib.POEntry(
            msgctxt=message.context,
            msgid=message.msgid,
            comment="\n".join(message.comments),
            occurrences=[(_from(message.where.file, root), str(message.where.line))],
        )
        for message in messages
    ]


def _from(file: str, root: Path) -> str:
    path = Path(file).resolve()
    return path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else relative(file)


def _merged(new: polib.POEntry, old: polib.POEntry | None) -> polib.POEntry:
    if old is None:
        return new
    new.msgstr, new.tcomment, new.flags = old.msgstr, old.tcomment, list(old.flags)
    new.previous_msgid, new.previous_msgctxt = old.previous_msgid, old.previous_msgctxt
    if new.msgid != old.msgid and old.msgstr:
        new.previous_msgid, new.previous_msgctxt = old.msgid, old.msgctxt
        new.flags = sorted({*new.flags, "fuzzy"})
    return new


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    entry.obsolete, entry.occurrences, entry.comment = True, [], ""
    return entry


def _dump(entries: Iterable[polib.POEntry], metadata: Mapping[str, str], comment: str = "", fuzzy: bool = False) -> str:
    file = polib.POFile(wrapwidth=0)
    fixed = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
    file.metadata = {"Project-Id-Version": "lbp-content", **metadata, **fixed}
    file.header = comment or "Patient information, one message a paragraph."
    file.metadata_is_fuzzy = fuzzy
    file.extend(entries)
    return f"{file}".rstrip("\n") + "\n"
