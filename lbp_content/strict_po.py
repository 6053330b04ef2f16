"""The text of a .po file -> its header and entries, or a ContentError with the line of whatever is not as it seems.

Lenient readers take `msgstr "400 mg` for 400 m, utf-7 for markup and the first of two translations in silence; a scan
before one of them would be a second grammar. So this is the only one: GNU's, less what our catalogs never hold
(plurals, domains, other escapes than \\n \\t \\" \\\\). polib holds the entries and writes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

import polib

from lbp_content.finding import ContentError, Finding, Location
from lbp_content.inline import forbidden

SIZE = 5_000_000  # bytes; a catalog of a thousand paragraphs is a tenth of it
FIELDS = 100  # of a header; Poedit and Weblate write about twenty
LIMIT = 20  # findings of one file; whoever has more has one cause
# `++` and `*+` never go back, so that a line of any length takes one pass
STATEMENT = re.compile(r'(?P<mark>#~\||#~|#\||)[ \t]*+(?P<keyword>[a-z_]++(?:\[[0-9]*+\])?)?[ \t]*+(?P<quoted>".*")')
QUOTED = re.compile(r'"(?:[^"\\]++|\\[nt"\\])*+"')
CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
PLURAL = re.compile(r"msgid_plural|msgstr\[")
PLURAL_FORMS = re.compile(r"nplurals=[1-6]; *plural=[n0-9 ()%<>=!&|?:+*/-]{1,300};?")
PLACEHOLDER_DATES = ("", "YEAR-MO-DA HO:MI+ZONE", "YEAR-MO-DA HO:MI +ZONE")
KEYWORDS = ("msgctxt", "msgid", "msgstr")


class Line(NamedTuple):
    """One line: a comment of kind `mark` ("#", "#.", "#:", "#,"), or words behind a `keyword`; "" goes on with it."""

    number: int
    mark: str
    keyword: str
    words: str

    @property
    def comment(self) -> bool:
        return self.mark in ("#", "#.", "#:", "#,")

    @property
    def previous(self) -> bool:
        return self.mark in ("#|", "#~|")

    @property
    def obsolete(self) -> bool:
        return self.mark.startswith("#~")


class Fault(NamedTuple):
    line: int
    problem: str


@dataclass(frozen=True)
class Po:
    """A catalog: comment, fields and lines of fields of its header, and its entries with the lines of their msgstr."""

    comment: str
    fields: Mapping[str, str]
    lines: Mapping[str, int]
    entries: tuple[polib.POEntry, ...]


def text_of(file: Path) -> str:
    """The text of a file, which is UTF-8. Raises ContentError."""
    try:
        with file.open("rb") as stream:
            data = stream.read(SIZE + 1)
    except FileNotFoundError:
        remedy = "Run `lbp update` to make the catalog, then translate it."
        raise ContentError([Finding("catalog-missing", "no such file", remedy, Location(str(file)))]) from None
    except OSError as error:
        remedy = "Check that it is a file that may be read."
        found = Finding("catalog-unreadable", error.strerror or str(error), remedy, Location(str(file)))
        raise ContentError([found]) from None
    if len(data) > SIZE:
        raise ContentError([_broken(file, Fault(0, f"more than {SIZE:,} bytes"))])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError([_broken(file, Fault(line, "not UTF-8"), "Save the file as UTF-8.")]) from None


def parse(text: str, file: Path) -> Po:
    """What a catalog says. Raises ContentError; `file` is for its findings."""
    lines = [(number, line.removesuffix("\r")) for number, line in enumerate(text.split("\n"), 1)]
    _stop_at(file, _line_faults(lines))
    groups = tuple(_groups(_line(number, line.strip(" \t")) for number, line in lines if line.strip(" \t")))
    _stop_at(file, (fault for group in groups for fault in _group_faults(group)))
    header = groups[0] if groups and _is_header(groups[0]) else ()
    entries = tuple(_entry(group) for group in (groups[1:] if header else groups))
    _stop_at(file, [*_header_faults(header), *_entry_faults(entries)])
    fields = _fields(_words(header, "msgstr"))
    return Po(_comment(header, "#"), fields, {name: _field_line(header, name) for name in fields}, entries)


def _broken(file: Path, fault: Fault, remedy: str = "Mend this line in a text editor.") -> Finding:
    """A finding on a line that gettext would misread, or not read at all."""
    return Finding("catalog-broken", fault.problem, remedy, Location(str(file), fault.line))


def _stop_at(file: Path, faults: Iterable[Fault]) -> None:
    if findings := [_broken(file, fault) for fault in islice(faults, LIMIT)]:
        raise ContentError(findings)


def _line_faults(lines: Sequence[tuple[int, str]]) -> Iterator[Fault]:
    for number, line in lines:
        if problem := _line_problem(line):
            yield Fault(number, problem)


def _line_problem(line: str) -> str:
    if line.startswith("\ufeff"):
        return "a byte order mark, which gettext does not read; save the file as UTF-8 without it"
    if CONFLICT.match(line):
        return "a merge conflict is not resolved"
    if problem := forbidden(line):
        return problem
    if line.endswith("\\"):
        return "a backslash ends the line: gettext would take the next line for a part of this one"
    line = line.strip(" \t")
    return "" if not line or _is_comment(line) else _statement_problem(line)


def _is_comment(line: str) -> bool:
    return line.startswith("#") and not line.startswith(("#~", "#|"))


def _statement_problem(line: str) -> str:
    match = STATEMENT.fullmatch(line)
    if not match:
        return _no_statement(line)
    keyword = match["keyword"] or ""
    if PLURAL.match(keyword):
        return f"{keyword} is for plurals; the messages of this leaflet have none"
    if keyword and keyword not in KEYWORDS:
        return f"{keyword} is not a keyword; msgctxt, msgid and msgstr are"
    if not QUOTED.fullmatch(match["quoted"]):
        return 'a quotation mark or a backslash is out of place; write \\" and \\\\'
    return ""


def _no_statement(line: str) -> str:
    if '"' not in line:
        return "neither a comment nor a quoted text"
    if QUOTED.match(line, line.index('"')):
        return "text stands behind the closing quotation mark"
    return "the closing quotation mark is missing"


def _line(number: int, line: str) -> Line:
    if _is_comment(line):
        mark = line[:2] if line[1:2] in (".", ":", ",") else "#"
        return Line(number, mark, "", line.removeprefix(mark).removeprefix(" "))
    match = STATEMENT.fullmatch(line)
    assert match  # _line_faults has seen to it
    return Line(number, match["mark"], match["keyword"] or "", _unescaped(match["quoted"][1:-1]))


def _unescaped(quoted: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), quoted)


def _groups(lines: Iterator[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines of one message after the other: what follows a msgstr and does not go on with it begins the next."""
    group: list[Line] = []
    done = False
    for line in lines:
        if done and (line.comment or line.keyword or line.previous):
            yield tuple(group)
            group, done = [], False
        group.append(line)
        done = done or (line.keyword == "msgstr" and not line.previous)
    if group:
        yield tuple(group)


def _group_faults(group: tuple[Line, ...]) -> Iterator[Fault]:
    said = [line for line in group if line.keyword and not line.previous]
    if not said:
        yield Fault(group[-1].number, "the file ends here, without a message; it may have been cut off")
        return
    faults = [*_order(said, group[-1].number), *_strays(group, said[0].number)]
    yield from faults or _half_obsolete(group)


def _order(said: Sequence[Line], last: int) -> Iterator[Fault]:
    expected = KEYWORDS if said[0].keyword == "msgctxt" else KEYWORDS[1:]
    for line, keyword in zip_longest(said, expected):
        if line is None:
            yield Fault(last, f"{keyword} is missing")
            return
        if line.keyword != keyword:
            yield Fault(line.number, f"{line.keyword} stands where {keyword or 'the next message'} is expected")
            return


def _strays(group: tuple[Line, ...], first: int) -> Iterator[Fault]:
    """Comments behind the first keyword, and texts that go on with nothing."""
    mark = None
    for line in group:
        if line.number > first and (line.comment or line.previous):
            yield Fault(line.number, "a comment stands inside of a message")
        elif not line.comment and not line.keyword and line.mark != mark:
            yield Fault(line.number, "a text without a keyword")
        mark = None if line.comment else line.mark


def _half_obsolete(group: tuple[Line, ...]) -> Iterator[Fault]:
    said = [line for line in group if not line.comment]
    other = next((line for line in said if line.obsolete != said[0].obsolete), None)
    if other:
        yield Fault(other.number, "one part of the message is obsolete (#~) and another is not")


def _is_header(group: tuple[Line, ...]) -> bool:
    return not _words(group, "msgid") and not any(line.keyword == "msgctxt" or line.obsolete for line in group)


def _words(group: tuple[Line, ...], keyword: str, previous: bool = False) -> str:
    """What stands behind a keyword, its lines joined; "" if it is not there."""
    said, now = [], ""
    for line in group:
        now = line.keyword or now
        if not line.comment and now == keyword and line.previous == previous:
            said.append(line.words)
    return "".join(said)


def _comment(group: tuple[Line, ...], mark: str) -> str:
    return "\n".join(line.words for line in group if line.mark == mark)


def _entry(group: tuple[Line, ...]) -> polib.POEntry:
    said = {line.keyword: line for line in group if line.keyword and not line.previous}
    before = {line.keyword for line in group if line.previous}
    return polib.POEntry(
        msgctxt=_words(group, "msgctxt") if "msgctxt" in said else None,
        msgid=_words(group, "msgid"),
        msgstr=_words(group, "msgstr"),
        obsolete=said["msgid"].obsolete,
        tcomment=_comment(group, "#"),
        flags=[flag for word in _comment(group, "#,").replace("\n", ",").split(",") if (flag := word.strip())],
        previous_msgctxt=_words(group, "msgctxt", previous=True) if "msgctxt" in before else None,
        previous_msgid=_words(group, "msgid", previous=True) if "msgid" in before else None,
        linenum=said["msgstr"].number,
    )


def _entry_faults(entries: Sequence[polib.POEntry]) -> Iterator[Fault]:
    """An entry is found by its msgctxt; an obsolete one may share it, if its msgid is another."""
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        line, context = entry.linenum or 0, entry.msgctxt or ""
        if not entry.obsolete and not context:
            yield Fault(line, "the message has no msgctxt, or the header is not the first message")
        if not entry.obsolete and context and not entry.msgid:
            yield Fault(line, "the msgid is empty")
        keys = [(context, entry.msgid)] + ([] if entry.obsolete else [(context, "")])
        if before := next((seen[key] for key in keys if key in seen), 0):
            yield Fault(line, f"{context} has a translation in line {before} already")
        seen |= dict.fromkeys(keys, line)


def _fields(header: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in header.split("\n") if line.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _header_faults(header: tuple[Line, ...]) -> Iterator[Fault]:
    if not header:
        yield Fault(1, 'the header is missing: msgid "", then msgstr with Content-Type and Language')
        return
    text = _words(header, "msgstr")
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > FIELDS:
        yield Fault(header[-1].number, f"the header has more than {FIELDS} fields")
        return
    for name, count in Counter(line.partition(":")[0].strip() for line in lines).items():
        if count > 1:
            yield Fault(_field_line(header, name), f"the field {name[:40]} stands twice in the header")
    for line in lines:
        if not re.match(r"[A-Za-z][A-Za-z0-9-]*+:", line):
            yield Fault(_field_line(header, line), "not a field of the header, such as Language: de")
    for name, problem in _field_problems(_fields(text)):
        yield Fault(_field_line(header, name), problem)


def _field_line(header: tuple[Line, ...], name: str) -> int:
    said = [line for line in header if not line.comment and not line.previous]
    return next((line.number for line in said if line.words.startswith(name)), said[-1].number)


def _field_problems(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    charset = re.fullmatch(r"text/plain; *+charset=([\w.:-]+)", fields.get("Content-Type", ""))
    if not charset or charset[1].lower() != "utf-8":
        yield "Content-Type", "only text/plain; charset=UTF-8 is read"
    plurals = fields.get("Plural-Forms", "")
    if plurals and not PLURAL_FORMS.fullmatch(plurals):
        yield "Plural-Forms", "not a formula for plurals; take the line away, `lbp update` writes the right one"
    for name in ("POT-Creation-Date", "PO-Revision-Date"):
        if not _is_date(fields.get(name, "")):
            yield name, f"{fields[name][:40]} is not a date such as 2015-12-02 09:30+0100"


def _is_date(value: str) -> bool:
    if value in PLACEHOLDER_DATES:
        return True
    try:
        return bool(datetime.strptime(value, "%Y-%m-%d %H:%M%z"))
    except ValueError:
        return False
