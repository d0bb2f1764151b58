"""`python -m bench.match`: time, memory and quality of matching two tables, beside two rivals."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.match import tables
from bench.match.rivals import RIVALS, ranking
from bench.match.running import Run, run
from bench.quality.measures import TOP, ndcg
from bench.quality.rankings import pipeline, shown
from bench.quality.sets import GradedSet, traps
from katalysator.engine.matching import Constraints
from katalysator.engine.text import bundled

_MOST_SECONDS: Final = 60.0
_MOST_MEGABYTES: Final = 1_024.0
_SLOW: Final = {"rapidfuzz token_set_ratio": 10}  # it gets so many times fewer needs

Found = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what it took, and how good the first five are."""

    name: str
    took: str
    quality: float
    violations: int


def main() -> int:
    arguments = _arguments()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="katalysator-bench-") as folder:
        needs, offers = tables.write(Path(folder), arguments.rows)
        ours = run(_command(needs, offers, Path(folder) / "matches.csv"))
        rivals = dict(_rivals(Path(folder), offers, arguments.rows))
    _show(arguments.rows, _lines(traps("dev"), ours, rivals))
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
    complaints = _complaints(ours)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(arguments.asserting and bool(complaints))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.match", description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000, help="of each table")
    parser.add_argument(
        "--assert", dest="asserting", action="store_true", help="exit 1 if a goal is missed"
    )
    return parser.parse_args()


def _command(needs: Path, offers: Path, out: Path) -> list[str]:
    ours = [sys.executable, "-m", "katalysator.cli", "match", str(needs), str(offers)]
    return [*ours, "--out", str(out), "--top", str(TOP), "--quiet"]


def _rivals(folder: Path, offers: Path, rows: int) -> Iterator[tuple[str, str]]:
    """What each rival takes; a slow one for a part of the needs, and reckoned from that."""
    for name in RIVALS:
        times = _SLOW.get(name, 1)
        part = folder / f"part-{times}"
        part.mkdir(exist_ok=True)
        needs, _ = tables.write(part, rows // times)
        took = run([sys.executable, "-m", "bench.match.rivals", name, str(needs), str(offers)])
        yield name, _told(took, times)


def _told(took: Run, times: int = 1) -> str:
    about = "about " if times > 1 else ""
    clock, work = times * took.seconds, times * took.work
    return f"{about}{clock:.0f} s (CPU {work:.0f} s), {took.megabytes:.0f} MB"


def _lines(graded: GradedSet, ours: Run, rivals: Mapping[str, str]) -> Iterator[Line]:
    found = shown(pipeline(graded, bundled(), top=TOP))
    yield _line("katalysator match", _told(ours), graded, found)
    for name, scores in RIVALS.items():
        for constrained in (False, True):
            found = ranking(graded.needs, graded.offers, scores, constrained=constrained)
            label = f"{name}, our constraints given" if constrained else name
            yield _line(label, "" if constrained else rivals[name], graded, found)


def _line(name: str, took: str, graded: GradedSet, found: Found) -> Line:
    return Line(name, took, ndcg(found, graded.grades), _violations(graded, found))


def _violations(graded: GradedSet, found: Found) -> int:
    """Pairs among the first five that break a hard constraint."""
    constraints = Constraints.between(graded.needs, graded.offers)
    place = {offer.key: number for number, offer in enumerate(graded.offers)}
    return sum(
        not constraints.allowed(number)[place[offer]]
        for number, need in enumerate(graded.needs)
        for offer in found.get(need.key, ())
    )


def _show(rows: int, lines: Iterator[Line]) -> None:
    print(f"\n| {rows:,} x {rows:,} rows | takes | nDCG@{TOP} on dev | hard violations |")
    print("| --- | ---: | ---: | ---: |")
    for line in lines:
        print(f"| {line.name} | {line.took} | {line.quality:.3f} | {line.violations} |", flush=True)


def _complaints(ours: Run) -> list[str]:
    late = f"{ours.seconds:.0f} s; the goal is less than {_MOST_SECONDS:.0f} s"
    large = f"{ours.megabytes:.0f} MB; the goal is less than {_MOST_MEGABYTES:.0f} MB"
    return [late] * (ours.seconds >= _MOST_SECONDS) + [large] * (ours.megabytes >= _MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
