"""Web pages -> what axe and our own eyes find in Chromium: in every mode, at every width, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from exporters.validate.judges import keyboard, places
from exporters.validate.judges.verdicts import Verdicts
from lbp_content.finding import Finding, Location

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

Problem = tuple[str, str]


class Mode(NamedTuple):
    """A way in which people see a page."""

    name: str
    width: int = 1280
    height: int = 900
    scale: int = 1
    scheme: Literal["light", "dark"] = "light"
    forced: Literal["active", "none"] = "none"
    medium: Literal["screen", "print"] = "screen"
    spaced: bool = False
    walked: bool = False


MODES = (
    Mode("light", walked=True),
    Mode("dark", scheme="dark", walked=True),
    Mode("320 px", 320, 640, walked=True),
    Mode("200 %", 640, 450, 2),
    Mode("forced colours", forced="active", walked=True),
    Mode("forced colours, dark", forced="active", scheme="dark"),
    Mode("print", 794, 1123, medium="print"),
    Mode("text spacing", spaced=True),
    Mode("text spacing at 320 px", 320, 640, spaced=True),
)
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }"""  # WCAG 2.2, 1.4.12
SPACED = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets.push(sheet) }"
LISTEN = """window.lbpViolations = [];
addEventListener("securitypolicyviolation",
    event => lbpViolations.push(`${event.effectiveDirective} ${event.blockedURI}`))"""
MEASURED = "svg *, [role=region][tabindex='0'] *"
REMEDY = "Mend exporters/templates/ or exporters/styles/, then export again."


def judge(files: Sequence[Path]) -> Verdicts:
    """axe's violations and what it can't decide; then sizes, cut text, the keyboard, console and requests."""
    axe = (places.package("axe-core") / "axe.min.js").read_text("utf-8")
    with browser() as (chromium, its_version):
        found = {file: _file(chromium, file, axe) for file in files}
    return Verdicts(f"{places.package_version('axe-core')} in Chromium {its_version}", found)


@contextmanager
def browser() -> Iterator[tuple[Browser, str]]:
    """A Chromium without a window, and its version."""
    places.python_package("playwright", "playwright==1.65.2")
    path, env = places.chromium(), {**places.surroundings()}
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"], env=env)
        try:
            yield chromium, chromium.version
        finally:
            chromium.close()


def _file(chromium: Browser, file: Path, axe: str) -> tuple[Finding, ...]:
    """The same problem in several modes is one finding."""
    modes: dict[Problem, list[str]] = {}
    for mode in MODES:
        for problem in dict.fromkeys(_problems(chromium, file, mode, axe)):
            modes.setdefault(problem, []).append(mode.name)
    return tuple(_finding(file, problem, seen) for problem, seen in modes.items())


def _finding(file: Path, problem: Problem, modes: Sequence[str]) -> Finding:
    code, message = problem
    seen = "every mode" if len(modes) == len(MODES) else ", ".join(modes)
    return Finding(code, f"{message} ({seen})", REMEDY, Location(str(file)))


def _problems(chromium: Browser, file: Path, mode: Mode, axe: str) -> Iterator[Problem]:
    said: list[Problem] = []
    with _page(chromium, mode) as page:
        page.on("console", lambda message: said.extend(_console(message)))
        page.on("pageerror", lambda error: said.append(("console", f"the page fails: {error}")))
        page.on("request", lambda request: said.extend(_request(request, file)))
        page.goto(file.resolve().as_uri())
        if mode.spaced:
            page.evaluate(SPACED, SPACING)
        page.evaluate("document.fonts.ready.then(() => true)")
        yield from (("csp", f"the page's own policy refuses {one}") for one in page.evaluate("lbpViolations"))
        yield from (tuple(one) for one in page.evaluate(places.script("drawn.js")))
        yield from (tuple(one) for one in page.evaluate(f"({places.script('contrast.js')})(document, {MEASURED!r})"))
        if mode.walked:
            yield from keyboard.walk(page)
            page.goto(file.resolve().as_uri())
        yield from said
        page.evaluate(axe)
        yield from _axe(page)


@contextmanager
def _page(chromium: Browser, mode: Mode) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": mode.width, "height": mode.height},
        device_scale_factor=mode.scale,
        color_scheme=mode.scheme,
        forced_colors=mode.forced,
        reduced_motion="reduce",
    )
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.emulate_media(media=mode.medium)
    try:
        yield page
    finally:
        context.close()


def _console(message: ConsoleMessage) -> Iterator[Problem]:
    if message.type in ("error", "warning"):
        yield "console", f"the browser says: {message.text[:200]}"


def _request(request: Request, file: Path) -> Iterator[Problem]:
    if not request.url.startswith(("data:", file.resolve().as_uri())):
        yield "request", f"the page asks for {request.url}"


def _axe(page: Page) -> Iterator[Problem]:
    results = page.evaluate("axe.run({ resultTypes: ['violations', 'incomplete'] })")
    for kind, code in (("violations", "axe"), ("incomplete", "axe-undecided")):
        for rule in results[kind]:
            for node in rule["nodes"]:
                if kind == "violations" or not (rule["id"] == "color-contrast" and _measured(page, node)):
                    yield code, f"{rule['id']}: {rule['help']}, at {_target(node)}; {_reason(node)}"


def _measured(page: Page, node: Mapping[str, Any]) -> bool:
    """contrast.js has the verdict where axe looks on the surface: on words in drawings, and in cells scrolled out."""
    if not page.locator(_target(node)).first.evaluate("(one, chosen) => one.matches(chosen)", MEASURED):
        return False
    keys = {(check["data"] or {}).get("messageKey") for check in node["any"]}
    return node["html"].startswith(("<text", "<tspan")) or "elmPartiallyObscured" in keys


def _target(node: Mapping[str, Any]) -> str:
    return " ".join(map(str, node["target"]))


def _reason(node: Mapping[str, Any]) -> str:
    """axe's own words on this element."""
    return "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))[:300]
