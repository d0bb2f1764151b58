"""`python -m bench.quality`: how good the matches are, on boards as they arise and on sets of traps."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.quality.among import among
from bench.quality.pages import written
from bench.quality.reliability import reliability
from bench.quality.report import Measured, measure, table, trapped
from bench.quality.sets import BOARDS, KEPT, TRAPS, board, traps
from bench.quality.vectors import encoders
from katalysator.cli.match.reading import judge_for
from katalysator.engine.concepts import with_own
from katalysator.engine.text import BUNDLED_MODEL, NO_MODEL, Embedder
from katalysator.readings import concept_file

_NAMES: Final = (*BOARDS, *KEPT)


def main() -> int:
    arguments = _arguments()
    quick, careful = encoders(arguments.encoder)
    judge = judge_for(arguments.judge).load()
    known = with_own(concept_file.read(arguments.concepts))
    if arguments.among:
        figures = _among(arguments.boards, arguments.among, quick, careful)
        print(figures)
        if arguments.write:
            written(arguments.write, "among", figures)
        return 0
    measured = [measure(board(name), quick, careful, judge, known) for name in arguments.boards]
    sets = [trapped(traps(name), quick, careful) for name in TRAPS]
    figures = "\n\n".join((*_tables(measured), table("set of traps", TRAPS, sets)))
    print(figures)
    if arguments.write:
        written(arguments.write, "quality", figures)
    shown = [each["forbidden pairs shown"] for each in sets]
    complaints = [
        f"forbidden pairs are shown: {each}" for each in shown if not each.startswith("0 ")
    ]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(arguments.asserting and bool(complaints))


def _among(names: Sequence[str], others: int, quick: Embedder, careful: Embedder | None) -> str:
    """What becomes of each board among so many others; the texts of all boards are read for it."""
    all_boards = [board(name) for name in _NAMES]
    chosen = [each for each in all_boards if each.name in names]
    head = f"nDCG@5, among {others:,} others"
    return table(
        head, [each.name for each in chosen], among(chosen, all_boards, others, quick, careful)
    )


def _tables(measured: list[Measured]) -> list[str]:
    names = [each.name for each in measured]
    return [
        table("board", names, [each.about for each in measured]),
        table("ranked by (nDCG@5 / first is useful / one among three)", names, [each.ladder for each in measured]),
        table("Katalysator", names, [each.parts for each in measured]),
        table("what chances mean", names, [each.meaning for each in measured]),
        reliability([each.chances for each in measured]),
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
    parser.add_argument(
        "--concepts", type=Path, help="of your own, on the boards: see docs/match.md"
    )
    parser.add_argument("--boards", nargs="+", default=_NAMES, choices=_NAMES, help="only these")
    parser.add_argument(
        "--among", type=int, metavar="LISTINGS", help="each board among so many others, and no more"
    )
    arguments = parser.parse_args()
    usual = (arguments.encoder, arguments.judge) == (BUNDLED_MODEL, NO_MODEL)
    if arguments.write and not arguments.among and (arguments.concepts or not usual):
        parser.error("--write is for the models and concepts that come along")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
