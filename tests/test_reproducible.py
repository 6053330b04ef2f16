"""The same leaflet gives the same bytes: in any folder, time zone, language, umask and hash seed."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Checkout

NAMES = ("accessibility.html", "low-back-pain.{}.epub", "low-back-pain.{}.html", "low-back-pain.{}.pdf")
FILES = [
    *(f"{locale}/{name.format(locale)}" for locale in ("de", "en") for name in NAMES),
    "index.html",
]


def under(umask: str) -> tuple[str, ...]:
    return ("sh", "-c", f'umask {umask}; exec "$@"', "sh")


@pytest.mark.slow
def test_two_exports_in_two_worlds_give_the_same_bytes(
    checkout: Checkout, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("another") / "folder with spaces, ä and a much longer name"
    other = Checkout(Path(shutil.copytree(checkout.folder, folder)))
    here = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "HOME": str(checkout.folder)}
    there = {"TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "HOME": "/nowhere", "LANG": "ar"}
    with ThreadPoolExecutor() as pool:
        one = pool.submit(checkout.lbp, "export", before=under("022"), **here)
        two = pool.submit(other.lbp, "export", "--locale", "de", "en", before=under("077"), **there)
    assert (one.result().returncode, one.result().stderr) == (0, "")
    assert (two.result().returncode, two.result().stderr) == (0, "")
    first, second = checkout.published(), other.published()
    assert sorted(first) == sorted(second) == FILES
    assert [name for name in FILES if first[name] != second[name]] == []
