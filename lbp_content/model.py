"""What a leaflet says: frozen, typed, and without a word about looks.

A `Text` is one message: a paragraph, heading or list item that a translator sees whole. Its id is the path of ids
down to it (`exercise/findings/mobility`) and is gettext's msgctxt. Its `where` is the line it was written in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lbp_content.finding import Location

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*(/[A-Za-z0-9]+(-[A-Za-z0-9]+)*)*$")]
LocaleCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$")]
Role = Literal["claim", "explanation", "navigation", "help", "about"]
Kind = Literal["effect", "aim", "belief", "risk", "harm", "advice", "definition", "context", "absent"]
Certainty = Literal[
    "STATED", "SHOWN", "SEEMS", "PROBABLY", "MIGHT", "CAN", "LOW", "MIXED", "UNCLEAR", "NOTENOUGH",
    "NOGOODSTUDIES", "INCONCLUSIVE", "NOTPROVEN", "NOPROOF", "DISAGREE",
]  # fmt: skip
Population = Literal["LBP", "CLBP", "recurring-acute"]
TreatmentId = Literal[
    "exercise", "patient-education", "occupational-therapy", "multidisciplinary", "manual-therapy", "massage",
    "osteopathy", "electrotherapy", "acupuncture",
]  # fmt: skip


class Node(BaseModel):
    """A value of the content; `where` is the place it was written in."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    where: Location = Field(default=Location(""), repr=False)


class Text(Node):
    """One message. `claims` are ids of claims, or of document facts in a text about the leaflet."""

    id: Id
    text: str = Field(min_length=1)
    role: Role
    claims: tuple[str, ...] = ()
    lang: dict[str, str] = {}  # id of an <i>: the language of those words (BCP 47)
    href: dict[str, str] = {}  # id of an <a>: its address
    note: str = Field(default="", repr=False)  # for translators

    @property
    def in_leaflet(self) -> bool:
        """Whether the leaflet may say it; words of the reports on its files stand beside it."""
        return not self.id.startswith("report/")


class Block(Node):
    """What stays together on a page: paragraphs, then a list. `heading` None: the format's label, or none.

    `shows` "symbols": followed by the symbols of certainty with their words."""

    id: Id
    heading: Text | None = None
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()
    shows: Literal["symbols"] | None = None


class Findings(Node):
    """What studies found and what is known of side effects: one block, never parted."""

    id: Id
    found: tuple[Text, ...] = Field(min_length=1)
    harms: tuple[Text, ...] = Field(min_length=1)


class Evidence(Node):
    """One treatment and one outcome, as types. `limits` are ids of labels; `apart`: another question than treatment.

    `subject`: the id of a label, where the finding is about less than the chapter's title says."""

    outcome: str
    subject: str | None = None
    certainty: Literal[Certainty, "ABSENT"]
    population: Population | None = None
    span: str | None = None
    limits: tuple[str, ...] = ()
    claims: tuple[str, ...] = Field(min_length=1)
    apart: bool = False


class Figure(Node):
    """A drawing of ours by the name of its file, and what it shows."""

    id: Id
    file: str
    alt: Text


class Section(Node):
    """A chapter of prose."""

    kind: Literal["section"]
    id: Id
    title: Text
    blocks: tuple[Block, ...]


class Treatment(Node):
    """A chapter on one treatment; `brief` is the whole of it for a folded leaflet."""

    kind: Literal["treatment"]
    id: TreatmentId
    title: Text
    figure: Figure
    what: Block
    context: Block | None = None
    aim: Block | None = None
    findings: Findings
    advice: Block | None = None
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    side_effects: Text  # the overview's column: a few words
    brief: Text


class Overview(Node):
    """The chapter whose table and picture are made from the evidence of all treatments."""

    kind: Literal["overview"]
    id: Id
    title: Text
    intro: Block
    alt: Text


class Term(Node):
    """A word and what it means."""

    id: Id
    term: Text
    meaning: Text


class Glossary(Node):
    """The chapter of words explained."""

    kind: Literal["glossary"]
    id: Id
    title: Text
    terms: tuple[Term, ...]


Part = Annotated[Section | Treatment | Overview | Glossary, Field(discriminator="kind")]


class Source(Node):
    """The document that the facts come from. `next_update` is the year it named."""

    document: str
    since: int
    updated: date
    next_update: int
    identifier: str


class Label(Text):
    """A word of the interface."""

    role: Role = "navigation"


class Leaflet(Node):
    """One piece of patient information. `as_of` is the day whose state of things the text describes."""

    id: Id
    version: str
    source_locale: LocaleCode
    locales: tuple[LocaleCode, ...] = Field(min_length=1)
    as_of: date
    source: Source
    title: Text
    subtitle: Text
    description: Text
    cover: Figure
    parts: tuple[Part, ...]
    labels: tuple[Label, ...] = ()

    @property
    def treatments(self) -> tuple[Treatment, ...]:
        """The chapters on treatments, in order."""
        return tuple(part for part in self.parts if isinstance(part, Treatment))


class Claim(Node):
    """One statement of the source, restated; the only kind of medical statement a leaflet may make."""

    id: str
    treatment: Literal[TreatmentId, "overall"]
    kind: Kind
    certainty: Certainty
    population: Population | None = None
    span: str | None = None
    wording: str | None = None  # row of the wordings of certainty
    keep: dict[LocaleCode, tuple[str, ...]] = {}  # small hedges, all of them kept; "|" parts the ways to say one
    figure: str | None = None  # row of the figures
    apart: bool = False  # another question than treatment
    not_drawn: str = ""  # why an effect has no row in the overview
    recheck: str = ""  # why it must be looked up again before a release
    statement: str
    caution: str = ""


class Fact(Node):
    """One fact about the source document."""

    id: str
    statement: str
    figure: str | None = None
    quiet: bool = False  # binds the writers, not the text


class Pair(Node):
    """A block that states one of `these` states all of `with`; and `with` never stands without one of `these`."""

    these: tuple[str, ...]
    companions: tuple[str, ...] = Field(alias="with")


class Claims(Node):
    """The medical truth of a leaflet, and its closed lists."""

    spans: tuple[str, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...]
    harms: dict[TreatmentId, tuple[str, ...]]
    harms_in_short: tuple[str, ...]  # texts that speak of side effects for all treatments at once
    ours: tuple[str, ...]  # the only blocks whose sentences are not from the source


class Phrases(Node):
    """Ways to say one thing in one language; "…" stands for any words of the sentence, "*" for the rest of a word."""

    say: tuple[str, ...] = Field(min_length=1)
    never: tuple[str, ...] = ()


class Saying(Node):
    """How one population, time span or limit reads, by locale; `id` is that of its label."""

    id: str
    by_locale: dict[LocaleCode, Phrases]


class Wording(Saying):
    """How one certainty reads, by locale. `close`: it stands in the very sentence with the figure or time span."""

    certainty: Certainty
    kinds: tuple[Kind, ...] = ()  # the only kinds of claim it is for; none: all
    close: bool = False


class FigurePhrases(Node):
    """How one figure of the closed list reads, by locale; {placeholders} are filled."""

    id: str
    by_locale: dict[LocaleCode, tuple[str, ...]]


class Lexicon(Node):
    """The wordings of certainty, of populations, spans and limits, the figures and the words for numbers, as data."""

    wordings: tuple[Wording, ...]
    sayings: tuple[Saying, ...]
    figures: tuple[FigurePhrases, ...]
    number_words: dict[LocaleCode, tuple[str, ...]]  # and units of time


def blocks(part: Section | Treatment | Overview | Glossary) -> Iterator[tuple[str, tuple[Text, ...]]]:
    """(id, texts) of everything in `part` that stays together, headings left out, in reading order."""
    match part:
        case Section():
            yield from (_block(block) for block in part.blocks)
        case Treatment():
            for block in (part.what, part.context, part.aim):
                if block:
                    yield _block(block)
            yield part.findings.id, part.findings.found + part.findings.harms
            if part.advice:
                yield _block(part.advice)
            yield part.brief.id, (part.brief,)
        case Overview():
            yield _block(part.intro)
        case Glossary():
            yield part.id, tuple(text for term in part.terms for text in (term.term, term.meaning))


def _block(block: Block) -> tuple[str, tuple[Text, ...]]:
    return block.id, block.paragraphs + block.items
