"""The command as another process runs it, with a database and a data folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

QUICK = {"KATALYSATOR_CAREFUL": "no", "LC_ALL": "C"}


def katalysator(
    *words: object, env: dict[str, str], folder: Path, code: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run the command, or `code` of Python, with no other database than `env` names."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    command = ["-c", code] if code else ["-m", "katalysator.cli", *map(str, words)]
    return subprocess.run(
        [sys.executable, *command],
        env={**known, **QUICK, "KATALYSATOR_DATA": str(folder), **env},
        check=False,
        capture_output=True,
        text=True,
    )
