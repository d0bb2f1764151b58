"""`python -m bench.quality`: how good the matches are, on boards as they arise and on sets of traps."""

import argparse
import sys
from pathlib import Path
from typing import Final

from bench.quality.report import Measured, measure, table, trapped
from bench.quality.sets import BOARDS, KEPT, TRAPS, board, traps
from bench.quality.vectors import encoders
from katalysator.cli.match.reading import judge_for
from katalysator.engine.text import BUNDLED_MODEL, NO_MODEL

_BEGIN, _END = "<!-- begin:quality -->", "<!-- end:quality -->"
_NAMES: Final = (*BOARDS, *KEPT)


def main() -> int:
    arguments = _arguments()
    quick, careful = encoders(arguments.encoder)
    judge = judge_for(arguments.judge).load()
    measured = [measure(board(name), quick, careful, judge) for name in arguments.boards]
    sets = [trapped(traps(name), quick, careful) for name in TRAPS]
    figures = "\n\n".join((*_tables(measured), table("set of traps", TRAPS, sets)))
    print(figures)
    if arguments.write:
        _write(arguments.write, figures)
    shown = [each["forbidden pairs shown"] for each in sets]
    complaints = [
        f"forbidden pairs are shown: {each}" for each in shown if not each.startswith("0 ")
    ]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(arguments.asserting and bool(complaints))


def _tables(measured: list[Measured]) -> list[str]:
    names = [each.name for each in measured]
    return [
        table("board", names, [each.about for each in measured]),
        table("ranked by (nDCG@5 / first is useful / one among three)", names, [each.ladder for each in measured]),
        table("Katalysator", names, [each.parts for each in measured]),
        table("what chances mean", names, [each.meaning for each in measured]),
    ]  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="refresh the figures in a page")
    parser.add_argument(
        "--assert",
        dest="asserting",
        action="store_true",
        help="exit 1 if a forbidden pair is shown",
    )
    parser.add_argument(
        "--encoder", default=BUNDLED_MODEL, help="in place of the careful one: see docs/models.md"
    )
    parser.add_argument("--judge", default=NO_MODEL, help="who reads the best of each need again")
    parser.add_argument("--boards", nargs="+", default=_NAMES, choices=_NAMES, help="only these")
    arguments = parser.parse_args()
    if arguments.write and (arguments.encoder, arguments.judge) != (BUNDLED_MODEL, NO_MODEL):
        parser.error("--write is for the models that come along")
    return arguments


def _write(page: Path, figures: str) -> None:
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise SystemExit(f"{page}: put {_BEGIN} and {_END} where the figures go")
    page.write_text(f"{before}{begin}\n{figures}\n{end}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
