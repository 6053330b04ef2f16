"""package-lock.json -> node_modules beside it: what Node needs, exactly as locked. No browser is downloaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from exporters.validate.judges import places


def npm(node: str) -> list[str]:
    """The npm that belongs to a Node. The Python package's own `bin/npm` is broken, so that its script is called."""
    script = Path(node).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.is_file():
        return [node, str(script)]
    return [shutil.which("npm") or "npm"]


def install() -> int:
    """Run `npm ci`, and give back its exit code."""
    node = places.node()
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    command = [*npm(node), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return subprocess.run(command, cwd=places.HERE, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(install())
