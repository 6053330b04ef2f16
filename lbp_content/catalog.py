"""gettext catalogs: reading one strictly, writing the template, and keeping a translation in step by msgctxt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from lbp_content import strict_po
from lbp_content.finding import ContentError, Finding, Location, relative
from lbp_content.messages import Message


@dataclass(frozen=True)
class Entry:
    """One translation; `msgstr` "" is untranslated. `where` is the line of the msgstr."""

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
    """Parse `<locale>/LC_MESSAGES/lbp.po`. Raises ContentError with the line of whatever gettext would misread."""
    po = _parsed(file, strict_po.text_of(file))
    if not po.fields.get("Language"):
        raise ContentError([_language(file, po, "the header names no language")])
    return Catalog(file, {entry.msgctxt: _entry(file, entry) for entry in po.entries if not entry.obsolete})


def checked_text(file: Path) -> str:
    """The text of a .po file in which every line is what it seems. Raises ContentError."""
    text = strict_po.text_of(file)
    _parsed(file, text)
    return text


def _parsed(file: Path, text: str) -> strict_po.Po:
    po = strict_po.parse(text, file)
    said = po.fields.get("Language", "")
    if said and said != _language_field(_folder(file)):
        raise ContentError([_language(file, po, f"the header says {said[:40]}, the folder {_folder(file)}")])
    return po


def _folder(file: Path) -> str:
    return file.resolve().parent.parent.name


def _language(file: Path, po: strict_po.Po, problem: str) -> Finding:
    remedy = f'Write "Language: {_language_field(_folder(file))}\\n", or move the file to the folder of its language.'
    return Finding("catalog-language", problem, remedy, Location(str(file), po.lines.get("Language", 1)))


def _language_field(locale: str) -> str:
    return locale.replace("-", "_")


def _entry(file: Path, entry: polib.POEntry) -> Entry:
    return Entry(entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy, Location(str(file), entry.linenum or 0))


def template(messages: Iterable[Message], root: Path) -> str:
    """The text of `lbp.pot`; `root` is the folder that `#:` paths start from."""
    return _dump(_new_entries(messages, root), {"Language": ""}, fuzzy=True)


def update(messages: Iterable[Message], root: Path, locale: str, old: str | None) -> str:
    """The text of a .po in step with `messages`: matched by msgctxt, reworded messages fuzzy, removed ones obsolete.

    `old` is what `checked_text` gave; None starts a catalog."""
    before = strict_po.parse(old, Path("lbp.po")) if old else strict_po.Po("", {}, {}, ())
    rest = list(before.entries)
    entries = [_merged(entry, _taken(rest, entry)) for entry in _new_entries(messages, root)]
    gone = [_obsolete(entry) for entry in rest if entry.msgstr]
    plurals = get_plural(locale.replace("-", "_")).plural_forms
    fields = {"Plural-Forms": plurals, **before.fields, "Language": _language_field(locale)}
    return _dump([*entries, *gone], fields, comment=before.comment)


def _new_entries(messages: Iterable[Message], root: Path) -> Iterator[polib.POEntry]:
    for message in messages:
        yield polib.POEntry(
            msgctxt=message.context,
            msgid=message.msgid,
            comment="\n".join(line.rstrip("\\ ") for comment in message.comments for line in comment.split("\n")),
            occurrences=[(_from(message.where.file, root), str(message.where.line))],
        )


def _from(file: str, root: Path) -> str:
    path = Path(file).resolve()
    return path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else relative(file)


def _taken(rest: list[polib.POEntry], new: polib.POEntry) -> polib.POEntry | None:
    """The entry of the same msgctxt, taken out of `rest`: best one with a translation, then one of the very same msgid,
    then one that is not obsolete."""
    found = [entry for entry in rest if entry.msgctxt == new.msgctxt]
    if not found:
        return None
    best = max(found, key=lambda entry: (bool(entry.msgstr), entry.msgid == new.msgid, not entry.obsolete))
    rest[:] = [entry for entry in rest if entry is not best]
    return best


def _merged(new: polib.POEntry, old: polib.POEntry | None) -> polib.POEntry:
    if old is None:
        return new
    new.msgstr, new.tcomment = old.msgstr, old.tcomment
    new.flags = [flag for flag in old.flags if not flag.endswith("-format")]  # 50 % of all people is no Python format
    if old.fuzzy:  # the msgid that was translated, not one that came between
        new.previous_msgid, new.previous_msgctxt = old.previous_msgid, old.previous_msgctxt
    elif new.msgid != old.msgid and old.msgstr:
        new.previous_msgid, new.previous_msgctxt = old.msgid, old.msgctxt
        new.flags = ["fuzzy", *new.flags]
    return new


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    entry.obsolete = True
    return entry


def _dump(entries: Iterable[polib.POEntry], fields: Mapping[str, str], comment: str = "", fuzzy: bool = False) -> str:
    """What GNU's `msgcat --no-wrap` would write, byte for byte."""
    file = polib.POFile(wrapwidth=0)
    fixed = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
    file.metadata = {"Project-Id-Version": "lbp-content", **fields, **fixed}
    file.header = re.sub("^([,:])", r" \1", comment, flags=re.M) or "Patient information, one message a paragraph."
    file.metadata_is_fuzzy = fuzzy
    file.extend(entries)
    return re.sub(r"^(#\.?) +$", r"\1", f"{file}", flags=re.M).rstrip("\n") + "\n"
