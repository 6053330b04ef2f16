"""The command line of `lbp`. Exit 0 no errors, 1 errors, 2 wrong call or a required tool missing."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from exporters import __version__, build
from exporters.publish import publish
from lbp_content.finding import ContentError, Finding, Location, ToolMissing, errors

if TYPE_CHECKING:
    from lbp_content.load import Content
    from lbp_content.translate import Edition

STOPPED, UNHEARD = 130, 141  # as shells count: 128 and the signal, SIGINT or SIGPIPE
CATALOGS = "Works in a checkout of the project, not in an installed package."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        return _answer(arguments)
    except BrokenPipeError:
        _deaf(1, 2)
        return UNHEARD
    except OSError as error:
        _deaf(1)
        return tell([_unreadable(error, "standard output")])
    except KeyboardInterrupt:
        _clear()
        print("lbp: stopped; what was published before is whole", file=sys.stderr)
        return STOPPED


def _answer(arguments: Sequence[str] | None) -> int:
    """`_run`, with all that it says said: what Python would only flush at its end can't be caught there."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # for the name of a file that is not text
    try:
        code = _run(parser().parse_args(arguments))
    finally:
        if sys.stdout:
            sys.stdout.flush()
    return code


def _deaf(*streams: int) -> None:
    """Nobody can hear us there any more: say the rest to nobody, so that Python does not complain at its end."""
    nobody = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nobody, stream)


def _run(options: argparse.Namespace) -> int:
    try:
        code: int = options.run(options)
    except ContentError as error:
        return tell(error.findings)
    except ToolMissing as error:
        print(f"lbp: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        return tell([_unreadable(error)])
    return code


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(prog="lbp", description="One patient leaflet, in every language, for everyone.")
    top.add_argument("--version", action="version", version=f"lbp {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    export = _command(commands, "export", run_export, "write the leaflets of each language")
    names = f"{', '.join(build.FORMATS)}; {', '.join(build.usual())} if left out"
    _several(export, "--format", names, choices=list(build.FORMATS))
    export.add_argument(
        "--out", type=Path, default=Path("leaflets"), metavar="FOLDER", help="the folder to write to (leaflets)"
    )
    check = _command(commands, "check", run_check, "look for errors in content and translations, write nothing")
    _command(commands, "extract", run_extract, "write the template for translators, locales/lbp.pot", CATALOGS)
    update = _command(commands, "update", run_update, "bring catalogs in step with the leaflet", CATALOGS)
    for command in (export, check, update):
        _several(command, "--locale", "for example de; all published ones if left out")
    validate = _command(commands, "validate", run_validate, "hold finished files against the content they came from")
    validate.add_argument("files", nargs="*", type=Path, metavar="FILE", help="for example low-back-pain.de.pdf")
    validate.add_argument(
        "--all", nargs="*", type=Path, metavar="PLACE", help="every gate and judge on files or folders (leaflets)"
    )
    validate.add_argument("--html", action="store_true", help="with --all: the judges' verdicts as a web page, too")
    return top


def _several(command: argparse.ArgumentParser, option: str, purpose: str, choices: Sequence[str] | None = None) -> None:
    """An option that takes a list, and may be given again."""
    name = option.removeprefix("--").upper()
    command.add_argument(option, nargs="+", action="extend", metavar=name, choices=choices, help=purpose)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    purpose: str,
    more: str = "",
) -> argparse.ArgumentParser:
    description = f"{purpose[0].upper()}{purpose[1:]}. {more}".strip()
    command = commands.add_parser(name, help=purpose, description=description)
    command.set_defaults(run=run)
    return command


def run_export(options: argparse.Namespace) -> int:
    """Write the files of each locale: together, or not at all."""
    content = _content()
    formats = tuple(dict.fromkeys(options.format or build.usual()))
    told: set[Finding] = set()
    editions: dict[str, Edition | None] = {}
    code = 0
    for locale in _locales(options, content):
        result = build.build(content, locale, formats, _step)
        editions[locale] = result.edition
        code |= tell(result.findings, told)
        if result.files:
            publish(result.files, options.out)
            _written(result.files, options.out)
    if options.out.exists():
        page = build.publish_index(content, options.out, editions)
        code |= tell(page.findings, told)
        _written(page.files, options.out)
    return code


def run_check(options: argparse.Namespace) -> int:
    """Run every check of each locale."""
    content = _content()
    told: set[Finding] = set()
    code = 0
    for locale in _locales(options, content):
        edition, findings = build.prepare(content, locale)
        code |= tell(findings, told)
        print(f"{locale}: {'no errors' if edition else 'errors'}, {len(findings)} findings")
    return code


def run_extract(_options: argparse.Namespace) -> int:
    """Write the template."""
    from lbp_content import catalog
    from lbp_content.messages import messages

    locales = _checkout()
    publish({"lbp.pot": catalog.template(messages(_content()), locales.parent).encode()}, locales)
    print(locales / "lbp.pot")
    return 0


def run_update(options: argparse.Namespace) -> int:
    """Rewrite each catalog in step with the leaflet; nothing that was translated is lost."""
    from lbp_content import catalog
    from lbp_content.messages import messages
    from lbp_content.translate import catalog_file

    locales = _checkout()
    content = _content()
    for locale in (one for one in _locales(options, content) if one != content.leaflet.source_locale):
        file = catalog_file(locale)
        old = catalog.checked_text(file) if file.exists() else None
        text = catalog.update(messages(content, locale), locales.parent, locale, old)
        publish({str(file.relative_to(locales)): text.encode()}, locales)
        print(file)
    return 0


def _checkout() -> Path:
    """The folder of catalogs, where a translator has it. Raises ToolMissing in an installed package."""
    from lbp_content.translate import LOCALES

    if (LOCALES.parent / "pyproject.toml").is_file():
        return LOCALES
    said = f"this lbp is installed in {LOCALES.parent}; what translators write there is lost with the next version."
    raise ToolMissing(f"{said}\n    Run it in a checkout of the project: .venv/bin/lbp")


def run_validate(options: argparse.Namespace) -> int:
    """Run the gates on each file; with --all, the judges from outside as well."""
    if options.all is not None:
        return _validate_all([*options.files, *options.all] or [Path("leaflets")], pages=options.html)
    if not options.files:
        raise ToolMissing("name a file, or say --all; see `lbp validate --help`.")
    return _validate(options.files)


def _validate_all(places: Sequence[Path], *, pages: bool) -> int:
    from exporters.validate import judges
    from exporters.validate.gates import gates
    from exporters.validate.judges import report

    files = judges.files_in(places)
    content = _content()
    found = judges.judge(files, gates(content, files))
    verdicts = report.write(found)
    print(found.text())
    tell(found.findings())
    wrong = tell(_verdict_pages(content, verdicts)) if pages else 0
    return wrong or found.code()


def _verdict_pages(content: Content, verdicts: Iterable[Path]) -> Iterator[Finding]:
    """Write a page beside the verdicts on each locale's files."""
    from exporters.report import VERDICTS, verdicts_page
    from exporters.validate.report import validate_verdicts

    for file in (one for one in verdicts if one.parent.name in content.leaflet.locales):
        edition, findings = build.prepare(content, file.parent.name)
        if edition:
            page = verdicts_page(edition, json.loads(file.read_text("utf-8")))
            findings = validate_verdicts(page, edition, VERDICTS)
            if not errors(findings):
                publish({VERDICTS: page}, file.parent)
                _written([VERDICTS], file.parent)
        yield from findings


def _validate(files: Sequence[Path]) -> int:
    from exporters.validate.gates import about, gates

    content = _content()
    for file in files:
        if about(content.leaflet, file) is None:
            raise ToolMissing(f"{file}: not a file of ours; names are like {content.leaflet.id}.de.pdf")
        if not file.is_file():
            raise ToolMissing(f"{file}: there is no such file; run `lbp export` first.")
    found = gates(content, files)
    for file, findings in found.items():
        print(f"{file}: {'errors' if errors(findings) else 'no errors'}")
    return tell([finding for findings in found.values() for finding in findings])


def _content() -> Content:
    from lbp_content.load import load

    return load()


def _locales(options: argparse.Namespace, content: Content) -> tuple[str, ...]:
    """Those asked for, once each. Raises ToolMissing for a code that CLDR does not know."""
    from lbp_content.languages import cldr

    asked = tuple(dict.fromkeys(options.locale or content.leaflet.locales))
    for locale in asked:
        cldr(locale)
    return asked


def tell(findings: Iterable[Finding], told: set[Finding] | None = None) -> int:
    """Print findings, but those that were `told`; 1 if one of them is an error."""
    findings = tuple(findings)
    told = set() if told is None else told
    if findings:
        _clear()
    for finding in findings:
        if finding not in told:
            print(finding, file=sys.stderr)
        told.add(finding)
    return 1 if errors(findings) else 0


def _step(name: str) -> None:
    if _terminal():
        print(f"\r\033[K{name} …", end="", flush=True)


def _clear() -> None:
    """Take the line of progress away."""
    if _terminal():
        print("\r\033[K", end="", flush=True)


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _written(files: Iterable[str], out: Path) -> None:
    _clear()
    for name in files:
        print(out / name)


def _unreadable(error: OSError, place: str = ".") -> Finding:
    file = str(error.filename2 or error.filename or place)
    remedy = "Check that the folder exists, may be written to and has room, then run the command again."
    return Finding("file-system", error.strerror or str(error), remedy, Location(file))


if __name__ == "__main__":
    sys.exit(main())
