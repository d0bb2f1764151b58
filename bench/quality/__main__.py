"""`python -m bench.quality`: how good the matches are, on five graded sets."""

import argparse
import sys
from pathlib import Path
from typing import Final

from bench.quality.report import Quality, measure, tables
from bench.quality.sets import HERE, load
from katalysator.engine.text import CachedEmbedder, bundled

_SETS: Final = ("dev", "holdout", "care", "trade", "everyday")
_LEAST_NDCG: Final = 0.85
_BEGIN, _END = "<!-- begin:quality -->", "<!-- end:quality -->"


def main() -> int:
    arguments = _arguments()
    embedder = CachedEmbedder(bundled(), {})
    results = [measure(load(HERE / name), embedder) for name in _SETS]
    print(tables(results))
    if arguments.write:
        _write(arguments.write, tables(results))
    complaints = _complaints(results) if arguments.asserting else []
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(bool(complaints))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="refresh the figures in a page")
    parser.add_argument(
        "--assert",
        dest="asserting",
        action="store_true",
        help=f"exit 1 if dev nDCG@5 is below {_LEAST_NDCG} or a forbidden pair is shown",
    )
    return parser.parse_args()


def _write(page: Path, figures: str) -> None:
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise SystemExit(f"{page}: put {_BEGIN} and {_END} where the figures go")
    page.write_text(f"{before}{begin}\n{figures}\n{end}{after}", "utf-8")


def _complaints(results: list[Quality]) -> list[str]:
    dev = results[0]
    low = f"nDCG@5 on {dev.name} is {dev.ndcg:.4f}; at least {_LEAST_NDCG} is asked"
    shown = [
        f"{each.violations} forbidden pairs are shown on {each.name}"
        for each in results
        if each.violations
    ]
    return [low, *shown] if dev.ndcg < _LEAST_NDCG else shown


if __name__ == "__main__":
    sys.exit(main())
