"""The command line of `lbp`. Exit 0 no errors, 1 errors, 2 wrong call or a required tool missing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from exporters import build
from lbp_content.finding import ContentError, Finding, Location, ToolMissing, errors

if TYPE_CHECKING:
    from lbp_content.load import Content


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except ContentError as error:
        return tell(error.findings)
    except ToolMissing as error:
        print(f"lbp: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        return tell([_unreadable(error)])
    return code


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(prog="lbp", description="One patient leaflet, in every language, for everyone.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    export = _command(commands, "export", run_export, "write the leaflets of each language")
    export.add_argument("--format", nargs="+", choices=list(build.FORMATS), metavar="FORMAT", help="html, epub, pdf")
    export.add_argument("--out", type=Path, default=Path("leaflets"), help="the folder to write to (leaflets)")
    check = _command(commands, "check", run_check, "look for errors in content and translations, write nothing")
    for command in (export, check):
        command.add_argument(
            "--locale", nargs="+", metavar="LOCALE", help="for example de; all published ones if left out"
        )
    _command(commands, "extract", run_extract, "write the template for translators, locales/lbp.pot")
    update = _command(commands, "update", run_update, "bring catalogs in step with the leaflet")
    update.add_argument("--locale", nargs="+", metavar="LOCALE", help="for example de; all published ones if left out")
    validate = _command(commands, "validate", run_validate, "hold finished files against the content they came from")
    validate.add_argument("files", nargs="+", type=Path, metavar="FILE")
    return top


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    purpose: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
    command.set_defaults(run=run)
    return command


def run_export(options: argparse.Namespace) -> int:
    """Write the files of each locale: together, or not at all."""
    content = _content()
    formats = options.format or list(build.FORMATS)
    code = 0
    for locale in _locales(options, content):
        result = build.build(content, locale, formats, _step)
        code |= tell(result.findings)
        if result.files:
            build.publish(result.files, options.out)
            _written(result.files, options.out)
    page = build.index(content, options.out)
    if page:
        build.publish(page, options.out)
        _written(page, options.out)
    return code


def run_check(options: argparse.Namespace) -> int:
    """Run every check of each locale."""
    content = _content()
    code = 0
    for locale in _locales(options, content):
        edition, findings = build.prepare(content, locale)
        code |= tell(findings)
        print(f"{locale}: {'no errors' if edition else 'errors'}, {len(findings)} findings")
    return code


def run_extract(_options: argparse.Namespace) -> int:
    """Write the template."""
    from lbp_content import catalog
    from lbp_content.messages import messages
    from lbp_content.translate import LOCALES

    build.publish({"lbp.pot": catalog.template(messages(_content()), LOCALES.parent).encode()}, LOCALES)
    print(LOCALES / "lbp.pot")
    return 0


def run_update(options: argparse.Namespace) -> int:
    """Rewrite each catalog in step with the leaflet; nothing that was translated is lost."""
    from lbp_content import catalog
    from lbp_content.messages import messages
    from lbp_content.translate import LOCALES, catalog_file, cldr

    content = _content()
    for locale in (one for one in _locales(options, content) if one != content.leaflet.source_locale):
        cldr(locale)
        file = catalog_file(locale)
        old = catalog.checked_text(file) if file.exists() else None
        text = catalog.update(messages(content, locale), LOCALES.parent, locale, old)
        build.publish({str(file.relative_to(LOCALES)): text.encode()}, LOCALES)
        print(file)
    return 0


def run_validate(options: argparse.Namespace) -> int:
    """Run the gates on each file, and EPUBCheck on EPUBs where it is installed."""
    content = _content()
    findings = [finding for file in options.files for finding in _validate(content, file)]
    books = [file for file in options.files if file.suffix == ".epub" and file.exists()]
    if books:
        from exporters.validate.judges import epubcheck

        try:
            findings += epubcheck(books)
            print(f"EPUBCheck: {len(books)} files")
        except ToolMissing as missing:
            print(f"not run: {missing}")
    return tell(findings)


def _validate(content: Content, file: Path) -> tuple[Finding, ...]:
    topic, _, rest = file.name.partition(".")
    locale, _, ending = rest.partition(".")
    name = next((name for name, row in build.FORMATS.items() if row.ending == ending), None)
    if topic != content.leaflet.id or name is None:
        raise ToolMissing(f"{file}: not a file of ours; names are like {content.leaflet.id}.de.pdf")
    edition, findings = build.prepare(content, locale)
    if edition:
        findings = build.validate(file.read_bytes(), edition, name)
        print(f"{file}: {'no errors' if not errors(findings) else 'errors'}")
    return findings


def _content() -> Content:
    from lbp_content.load import load

    return load()


def _locales(options: argparse.Namespace, content: Content) -> tuple[str, ...]:
    from lbp_content.translate import cldr

    asked: Iterable[str] = options.locale or content.leaflet.locales
    for locale in asked:
        cldr(locale)
    return tuple(dict.fromkeys(asked))


def tell(findings: Iterable[Finding]) -> int:
    """Print findings; 1 if one of them is an error."""
    findings = tuple(findings)
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if errors(findings) else 0


def _step(name: str) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{name} …", end="", flush=True)


def _written(files: Iterable[str], out: Path) -> None:
    clear = "\r\033[K" if sys.stdout.isatty() else ""
    for name in files:
        print(f"{clear}{out / name}")


def _unreadable(error: OSError) -> Finding:
    file = str(error.filename or ".")
    remedy = "Check that the folder exists, may be written to and has room, then run the command again."
    return Finding("file-system", f"{error.strerror}", remedy, Location(file))


if __name__ == "__main__":
    sys.exit(main())
