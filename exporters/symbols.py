"""A certainty -> its symbol: outline shapes of equal weight, no scale among them. Words always stand beside it."""

from __future__ import annotations

INK = "#1A2B33"
LINE = f'fill="none" stroke="{INK}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
DOT = f'fill="{INK}"'

SHAPES = {
    # an open eye: it was seen
    "SHOWN": f'<path {LINE} d="M2 12C5 7 8.5 5 12 5S19 7 22 12C19 17 15.5 19 12 19S5 17 2 12Z"/>'
    f'<circle {DOT} cx="12" cy="12" r="3"/>',
    # two waves: about so
    "SEEMS": f'<path {LINE} d="M3 9.5C6 5.5 9 5.5 12 9.5S18 13.5 21 9.5"/>'
    f'<path {LINE} d="M3 16.5C6 12.5 9 12.5 12 16.5S18 20.5 21 16.5"/>',
    # a dotted way: it points there
    "MIGHT": f'<path {LINE} d="M14 6L20 12L14 18"/><circle {DOT} cx="3.5" cy="12" r="1.5"/>'
    f'<circle {DOT} cx="8.5" cy="12" r="1.5"/><circle {DOT} cx="13.5" cy="12" r="1.5"/>',
    # a cloud
    "UNCLEAR": f'<path {LINE} d="M7 19A4.5 4.5 0 0 1 6.5 10.100A6 6 0 0 1 18 9.300A5 5 0 0 1 17.5 19Z"/>',
    # a ring that does not close
    "NOTPROVEN": f'<path {LINE} d="M16.5 4.800A8.5 8.5 0 1 0 20.400 13.5"/>',
    # one sheet of paper
    "NOTENOUGH": f'<path {LINE} d="M6 3H14.5L19 7.5V21H6Z"/><path {LINE} d="M14 3.5V8H18.5M9.5 13H15.5"/>',
    # a glass with nothing under it
    "NOGOODSTUDIES": f'<circle {LINE} cx="10" cy="10" r="6.5"/><path {LINE} d="M15 15L21 21"/>',
    # a sentence that goes on
    "INCONCLUSIVE": f'<path {LINE} d="M3 5H21V16H12L7.5 20V16H3Z"/><circle {DOT} cx="8" cy="10.5" r="1.300"/>'
    f'<circle {DOT} cx="12" cy="10.5" r="1.300"/><circle {DOT} cx="16" cy="10.5" r="1.300"/>',
    # an empty place
    "ABSENT": f'<path {LINE} d="M4 8V4H8M11 4H13M16 4H20V8M20 11V13M20 16V20H16M13 20H11M8 20H4V16M4 13V11"/>',
}


def symbol(certainty: str) -> str:
    """The shape as SVG elements in a box of 24 by 24. Raises KeyError for a certainty without a symbol."""
    return SHAPES[certainty]


def symbol_svg(certainty: str) -> str:
    """The shape as a whole SVG."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{symbol(certainty)}</svg>'
