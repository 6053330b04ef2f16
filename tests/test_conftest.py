"""A tool that is missing: seen to be skipped on anyone's machine, a failure where CI=true."""

from __future__ import annotations

import pytest
from conftest import needs


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_missing_tool_is_skipped_unless_it_counts(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no-such-tool is not installed"):
        needs("no-such-tool")
