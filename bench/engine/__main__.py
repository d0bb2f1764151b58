"""Every measurement of the engine, one after another: `python -m bench.engine [--assert] [--all]`.

Half an hour on two cores. `--all` adds what needs an hour and 12 GB more: the growth beside rivals.
"""

import argparse
import subprocess
import sys
from typing import Final

PARTS: Final = (
    ["allocation", "--assert"],
    ["rival", "--assert"],
    ["stable", "--assert"],
    ["rounds", "--assert"],
    ["congestion", "--assert"],
    ["scheduling", "--assert"],
    ["retrieval", "--rivals"],
    ["distributed"],
    ["chain", "--assert"],
)
LONG: Final = (["growth"],)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--assert", dest="demand", action="store_true")
    parser.add_argument("--all", dest="long", action="store_true")
    chosen = parser.parse_args()
    missed = [part[0] for part in (*PARTS, *(LONG if chosen.long else ())) if not ran(part)]
    if missed and chosen.demand:
        sys.exit(f"not what they must be: {', '.join(missed)}")


def ran(part: list[str]) -> bool:
    """Run one part in a process of its own; whether its figures are what they must be."""
    print(f"\n== {' '.join(part)}", flush=True)
    command = [sys.executable, "-m", f"bench.engine.{part[0]}", *part[1:]]
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    main()
