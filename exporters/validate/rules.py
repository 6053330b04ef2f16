"""rules.yaml -> every rule that gates try: its codes, where it is tried, the numbers it answers to, what it proves."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from pydantic import Field, TypeAdapter

from lbp_content.load import read
from lbp_content.model import Id, Node

FILE = Path(__file__).parent / "rules.yaml"


class Numbered(Node):
    """What is tried on some formats, and the numbers it answers to in each standard."""

    formats: tuple[str, ...] = Field(alias="in")
    wcag: tuple[str, ...] = ()
    matterhorn: tuple[str, ...] = ()
    ua2: tuple[str, ...] = ()
    epub: tuple[str, ...] = ()

    def on(self, format: str) -> bool:
        """Whether it is tried on files of a format; what is tried on a PDF is tried on both of them."""
        return format in self.formats or (format == "pdf-ua2" and "pdf" in self.formats)

    def numbers(self, standard: str) -> tuple[str, ...]:
        """Its numbers in a standard, by the standard's id."""
        found: tuple[str, ...] = getattr(self, standard)
        return found


class Code(Numbered):
    """A code that findings of a gate bear."""

    code: str


class Rule(Node):
    """What codes mean, together, for a reader: the message `report/rule/<id>`."""

    id: Id
    codes: tuple[Code, ...]


class Standard(Node):
    """Where numbers come from, and the formats that it is about."""

    id: Id
    name: str
    title: str
    formats: tuple[str, ...] = Field(alias="in")


class Claim(Node):
    """What a file may say of itself: where it has one of the elements it `needs`, and none of its codes is found.

    `answering`: it rests on every code of its format with a number of these standards."""

    format: str = Field(alias="in")
    property: str
    value: str
    needs: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    answering: tuple[str, ...] = ()

    def rests_on(self) -> frozenset[str]:
        """The codes that must not be found."""
        answering = (code for code in codes_on(self.format) if any(map(code.numbers, self.answering)))
        return frozenset([*self.codes, *(code.code for code in answering)])


class Person(Numbered):
    """A check that only a person can make: the messages `report/person/<id>` and `report/person/<id>/how`."""

    id: Id


class Table(Node):
    """All of rules.yaml."""

    standards: tuple[Standard, ...]
    rules: tuple[Rule, ...]
    claims: tuple[Claim, ...]
    people: tuple[Person, ...]


@cache
def table() -> Table:
    """The rules as they are written. Raises ContentError."""
    return read(FILE, TypeAdapter(Table))


def tried_on(format: str) -> Iterator[tuple[Rule, tuple[Code, ...]]]:
    """Each rule that is tried on a format, with those of its codes that can be found there."""
    for rule in table().rules:
        if codes := tuple(code for code in rule.codes if code.on(format)):
            yield rule, codes


def codes_on(format: str) -> Iterator[Code]:
    """Every code that can be found in a format."""
    yield from (code for _, codes in tried_on(format) for code in codes)


def claims_of(format: str) -> tuple[Claim, ...]:
    """What a file of a format may say of itself."""
    return tuple(claim for claim in table().claims if claim.format == format)


def people_on(format: str) -> Iterator[Person]:
    """The checks that people have to make on a format."""
    yield from (person for person in table().people if person.on(format))


def numbers(tried: Collection[Numbered], format: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name of a standard, numbers in order) of every standard that is about a format and has some."""
    found = []
    for standard in table().standards:
        own = {number for one in tried for number in one.numbers(standard.id)}
        if format in standard.formats and own:
            found.append((standard.name, tuple(sorted(own, key=_in_order))))
    return tuple(found)


def _in_order(number: str) -> list[int]:
    return [int(part) for part in number.replace("-", ".").split(".")]
