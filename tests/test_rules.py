"""The table of rules: every code of every gate is in it, with the numbers it answers to, a planted fault, and words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import test_contrast
import test_pdf_faults
import test_report
import test_validate
from test_validate import Entries, planted, rebuilt

from exporters import build
from exporters.epub import epub
from exporters.validate import accessibility, rules
from exporters.validate.claimed import claimed
from exporters.validate.epub import validate
from lbp_content.translate import Edition

GATES = Path(rules.__file__).parent
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|request|motion")
NO_GATES = {"gates.py"}  # calls the others
ELSEWHERE = {"index", "report"}  # pages beside the files of a locale
NUMBER = {
    "wcag": r"[1-4]\.[1-5]\.\d{1,2}",
    "matterhorn": r"(0[1-9]|[12]\d|3[01])-0\d\d",
    "ua2": r"\d(\.\d+)*",
    "epub": r"\d(\.\d+)*",
}


def found_in(source: str) -> set[str]:
    """The codes that a gate yields: the last but one of (…, code, message), or what a finding begins with."""
    return {code for node in ast.walk(ast.parse(source)) for code in _codes(node) if CODE.fullmatch(code)}


def _codes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Tuple) and 2 <= len(node.elts) <= 3 and _message(node.elts[-1]):
        yield from _words(node.elts[-2])
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Finding", "_finding"):
        yield from _words(node.args[0])
        yield from _words(node.args[-2] if len(node.args) > 1 else node)
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
        yield from _words(node.value)


def _message(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value
    named = isinstance(node, ast.Name) and node.id in ("said", "message")
    return isinstance(node, ast.JoinedStr) or named or getattr(getattr(node, "func", None), "id", "") == "str"


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from chain(_words(node.body), _words(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def known() -> dict[str, rules.Code]:
    return {code.code: code for rule in rules.table().rules for code in rule.codes}


def test_codes_are_read_out_of_a_source() -> None:
    source = 'def rule():\n    yield "lang-wrong", f"is {x}"\n    yield path, "file-twice", "stands there twice"\n'
    assert found_in(source + 'Finding("epub-broken", said, REMEDY, where)\npair = ("a-b", 1)\n') == {
        "lang-wrong",
        "file-twice",
        "epub-broken",
    }


def test_every_code_of_every_gate_is_in_the_table_and_no_other() -> None:
    files = (file for file in GATES.glob("*.py") if file.name not in NO_GATES)
    assert set.union(*(found_in(file.read_text("utf-8")) for file in files)) == set(known())


def test_no_code_stands_twice() -> None:
    assert len([code for rule in rules.table().rules for code in rule.codes]) == len(known())


def tried() -> Iterator[tuple[str, str]]:
    """(format, code) of every fault that the tables of the tests plant."""
    yield from (("epub", code) for *_, code in test_validate.BOOK_FAULTS)
    yield from (("html", code) for *_, code in test_validate.PAGE_FAULTS)
    yield from (("epub", code) for *_, code, _ in test_contrast.BOOK_FAULTS)
    yield from (("html", code) for *_, code, _ in test_contrast.PAGE_FAULTS)
    yield from (("pdf", code) for *_, code, _ in test_contrast.PDF_FAULTS)
    yield from (("pdf", code) for *_, code in test_pdf_faults.FAULTS)
    yield from (("pdf-ua2", code) for *_, code in test_pdf_faults.SECOND_FAULTS)
    yield from (("report", code) for *_, code in test_report.FAULTS)


@pytest.mark.parametrize(("format", "code"), sorted(set(tried())))
def test_planted_fault_is_of_a_format_that_the_table_names(format: str, code: str) -> None:
    assert format in known()[code].formats or known()[code].on(format)


ALONE = {  # codes of faults that are planted in a test of their own, for no text can be replaced by another there
    "epub-broken": "test_validate.py",
    "file-stray": "test_validate.py",
    "file-twice": "test_validate.py",
    "html-broken": "test_validate.py",
    "message-order": "test_validate.py",
    "mimetype-first": "test_validate.py",
    "mimetype-packed": "test_validate.py",
    "pdf-broken": "test_pdf_faults.py",
    "pdf-encrypted": "test_pdf_faults.py",
    "part-missing": "test_index.py",
    "file-unlinked": "test_index.py",
}


@pytest.mark.parametrize("code", sorted(known()))
def test_every_code_has_a_planted_fault(code: str) -> None:
    alone = ALONE.get(code)
    assert code in {code for _, code in tried()} or (
        alone and f'"{code}"' in (Path(__file__).parent / alone).read_text("utf-8")
    )


@pytest.mark.parametrize("standard", [standard.id for standard in rules.table().standards])
def test_numbers_have_the_form_of_their_standard(standard: str) -> None:
    numbered: list[rules.Numbered] = [*known().values(), *rules.table().people]
    numbers = [number for one in numbered for number in one.numbers(standard)]
    assert numbers
    assert [number for number in numbers if not re.fullmatch(NUMBER[standard], number)] == []


def test_every_format_that_is_named_is_one_of_ours() -> None:
    numbered: list[rules.Numbered] = [*known().values(), *rules.table().people]
    formats = {*build.FORMATS, *ELSEWHERE}
    assert {format for one in numbered for format in one.formats} | {c.format for c in rules.table().claims} <= formats


def test_every_rule_format_and_check_has_its_words(english: Edition, german: Edition) -> None:
    table = rules.table()
    ids = [f"rule/{rule.id}" for rule in table.rules] + [f"standard/{one.id}" for one in table.standards]
    ids += [f"person/{one.id}{part}" for one in table.people for part in ("", "/how")]
    ids += [f"format/{name}" for name in build.FORMATS]
    for edition in (english, german):
        assert all(edition.label(f"report/{id}") for id in ids)


def test_no_word_of_the_report_is_without_a_rule(english: Edition) -> None:
    table = rules.table()
    named = {f"report/rule/{rule.id}" for rule in table.rules} | {f"report/person/{one.id}" for one in table.people}
    labels = {label.id for label in english.leaflet.labels if re.fullmatch(r"report/(rule|person)/[^/]+", label.id)}
    assert labels == named


# what a file says of itself


@pytest.fixture(scope="session")
def book(english: Edition) -> bytes:
    return epub(english)


def test_every_claim_rests_on_codes_that_can_be_found_in_its_format() -> None:
    for claim in rules.table().claims:
        assert claim.rests_on() <= {code.code for code in rules.codes_on(claim.format)}, claim.value


def test_pdf_ua_rests_on_all_that_answers_to_matterhorn() -> None:
    first, second = (rules.claims_of(format)[0] for format in ("pdf", "pdf-ua2"))
    assert {"alt-missing", "lang-wrong", "table-scope", "tag-place", "font-not-embedded"} <= first.rests_on()
    assert second.rests_on() - first.rests_on() == {"destination-untagged"}


@pytest.mark.parametrize("claim", rules.table().claims, ids=lambda claim: f"{claim.format}-{claim.value}")
def test_claim_is_refused_for_each_code_that_it_rests_on(claim: rules.Claim) -> None:
    said = {claim.property: (claim.value,)}
    assert list(accessibility.refused(said, claim.format, ["too-many-pages"])) == []
    for code in claim.rests_on():
        problems = list(accessibility.refused(said, claim.format, [code]))
        assert [(name, code in message) for name, message in problems] == [("claim-unproven", True)]


def test_what_is_not_said_is_not_refused() -> None:
    assert list(accessibility.refused({"pdfuaid:part": ()}, "pdf", ["lang-wrong"])) == []


PROVING = frozenset().union(*(claim.rests_on() for claim in rules.claims_of("epub")))
ABOUT_CLAIMS = [fault for fault in test_validate.BOOK_FAULTS if fault[-1] in PROVING]


@pytest.mark.parametrize(("file", "old", "new", "code"), ABOUT_CLAIMS)
def test_fault_that_a_claim_rests_on_refuses_it(
    book: bytes, english: Edition, file: str, old: str, new: str, code: str
) -> None:
    found = validate(planted(book, file, old, new), english, "book.epub")
    assert {code, "claim-unproven"} <= {finding.code for finding in found}


def test_book_and_pages_say_what_the_table_has(book: bytes) -> None:
    said = claimed("epub", book)
    assert {(name, value) for name, values in said.items() for value in values} == {
        (claim.property, claim.value) for claim in rules.claims_of("epub")
    }


def test_nobody_is_named_as_having_evaluated_anything(book: bytes) -> None:
    assert not any("conformsTo" in claim.property or "certif" in claim.property for claim in rules.table().claims)

    def conforming(entries: Entries) -> Entries:
        meta = b'<meta property="a11y:certifiedBy">Somebody</meta></metadata>'
        return [(entry, data.replace(b"</metadata>", meta)) for entry, data in entries]

    assert "certif" not in str(claimed("epub", rebuilt(book, conforming)))
