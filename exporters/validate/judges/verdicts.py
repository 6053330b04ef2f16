"""What every judge gives: its version, and what it found in each file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lbp_content.finding import Finding


class Verdicts(NamedTuple):
    """One judge's word on many files. A file that it has nothing to say about is not among `found`."""

    version: str
    found: Mapping[Path, tuple[Finding, ...]]


class NoVerdict(Exception):
    """A judge is there, was called, and said nothing that can be read."""
