"""`python -m bench.talent.national`: people and openings of a made-up nation to seats, in one command.

Both tables are written as Parquet, and `katalysator talent match` runs on them in a process of its own: processor
seconds of each stage, the most memory, seats given, and how far the total may be below the best. What three million
people and four hundred thousand openings would take is reckoned from that. A small case is compared with all pairs laid
out, and with seats by falling coverage.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

import numpy as np

from bench.engine.measuring import alone, peak
from bench.talent.nation import Work, work, write_nation
from katalysator.cli.progress import ProgressLine
from katalysator.cli.talent.run import NationalRequest, run
from katalysator.engine import matching, skills
from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.skills import pack

_SEED: Final = 20_260_301
_NATION: Final = 3_000_000, 400_000
_SMALL: Final = 3_000, 400
_MOST_MINUTES, _MOST_GIBIBYTES, _MOST_GAP = 60.0, 16.0, 0.01


class StageClock(ProgressLine):
    """Counts what each stage takes, by the clock and of the processors."""

    def __init__(self) -> None:
        super().__init__(quiet=True)
        self.stages: dict[str, list[float]] = {}
        self._running, self._since = "files", (perf_counter(), process_time())

    def __call__(self, stage: str, _done: int = 0, _total: int = 0) -> None:
        now = perf_counter(), process_time()
        spent = self.stages.setdefault(self._running, [0.0, 0.0])
        for place, (later, before) in enumerate(zip(now, self._since, strict=True)):
            spent[place] += later - before
        self._running, self._since = stage, now


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run took, and what came of it."""

    stages: Mapping[str, list[float]]
    gibibytes: float
    placed: int
    gap: float
    rounds: int
    pairs: int


def main() -> int:
    arguments = _arguments()
    made = work()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}; skills: {made.taxonomy.name}")
    with tempfile.TemporaryDirectory(prefix="katalysator-nation-") as name:
        folder = Path(name)
        (folder / "taxonomy").write_bytes(pack(made.taxonomy))
        _against_others(folder, made)
        write_nation(folder, made, arguments.people, arguments.openings, _SEED)
        found = alone(measured, folder, arguments.reach)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
    minutes = _show(arguments.people, arguments.openings, found)
    complaints = [
        f"{figure:.3f} {unit}; at most {most} is the goal"
        for figure, most, unit in (
            (minutes, _MOST_MINUTES, "minutes for the nation"),
            (found.gibibytes, _MOST_GIBIBYTES, "GiB"),
            (found.gap, _MOST_GAP, "below the best"),
        )
        if figure > most
    ]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(arguments.asserting and bool(complaints))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.talent.national", description=__doc__)
    parser.add_argument("--people", type=int, default=30_000)
    parser.add_argument("--openings", type=int, default=4_000)
    parser.add_argument("--reach", default="province", choices=["region", "province", "country"])
    parser.add_argument("--assert", dest="asserting", action="store_true", help="exit 1 on a miss")
    return parser.parse_args()


def measured(folder: Path, reach: str) -> Measured:
    """Run the command in this process, which does nothing else."""
    clock = StageClock()
    request = NationalRequest(
        folder / "people.parquet",
        folder / "openings.parquet",
        folder / "out",
        folder / "taxonomy",
        reach=reach,
        groups=("form", "age"),
    )
    report = run(request, clock)
    clock("end")
    return Measured(clock.stages, peak(), report.placed, report.gap, report.rounds, report.pairs)


def _show(people: int, openings: int, found: Measured) -> float:
    """Print what was measured; the minutes that the nation would take on two processors, at most."""
    nation = " x ".join(f"{count:,}" for count in _NATION)
    print(
        f"\n| {people:,} x {openings:,} | seconds | of processors | {nation}, of processors, reckoned |"
    )
    print("| --- | ---: | ---: | ---: |")
    whole = 0.0
    for stage, (wall, processor) in found.stages.items():
        low, high = (processor * times for times in _growth(stage, people, openings))
        whole += high
        reckoned = f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
        print(f"| {stage} | {wall:.1f} | {processor:.1f} | {reckoned} |")
    wall, processor = (sum(each[place] for each in found.stages.values()) for place in range(2))
    print(f"| **all** | {wall:.1f} | {processor:.1f} | {whole:,.0f} at most |")
    print(
        f"\n{found.gibibytes:.2f} GiB at most; {found.placed:,} seats; at most {found.gap:.3%} below the best of all "
        f"pairs; {found.rounds} rounds, {found.pairs:,} pairs in the last auction"
    )
    return whole / 2 / 60


def _growth(stage: str, people: int, openings: int) -> tuple[float, float]:
    """How much a stage grows to the nation: with the people, and where openings are looked at at most with these too."""
    times, wider = (
        max(most / size, 1.0) for most, size in zip(_NATION, (people, openings), strict=True)
    )
    return times, times * wider if stage == "nearest" else times


def _against_others(folder: Path, made: Work) -> None:
    """A small case: the best of all pairs laid out, seats by falling coverage, and ours."""
    write_nation(folder, made, *_SMALL, _SEED)
    people, openings = skills.read_nation(
        folder / "people.parquet",
        folder / "openings.parquet",
        made.taxonomy,
        progress=matching.silent,
    )
    terms = skills.NationalTerms(skills.REACHES["country"], gap=1e-4)
    alike = skills.AlikeOpenings.of_openings(openings, made.taxonomy)
    ours = skills.divide_nation(people, alike, terms, {}, matching.silent)
    score = all_pairs(made, people, openings, terms)
    person, opening = np.nonzero(score)
    edges = matching.Edges.from_pairs(person, opening, score[person, opening], *score.shape)
    best = matching.allocate(edges, openings.seats, gap=1e-6)
    greedy = matching.greedy(edges, openings.seats)
    print(
        f"\n| {_SMALL[0]:,} x {_SMALL[1]:,}, {person.size:,} pairs | total coverage | people placed |"
    )
    print("| --- | ---: | ---: |")
    rows = (
        ("ours", ours.certificate.value, ours.kind),
        ("all pairs laid out", best.certificate.value, best.opening),
        ("by falling coverage", float(_taken(score, greedy)), greedy),
    )
    for name, value, choice in rows:
        print(f"| {name} | {value:,.2f} | {np.count_nonzero(choice >= 0):,} |")
    print(
        f"\nbound of ours over all pairs: {ours.certificate.bound:,.2f}; of all laid out: {best.certificate.bound:,.2f}"
    )


def all_pairs(
    made: Work, people: skills.NationSide, openings: skills.NationSide, terms: skills.NationalTerms
) -> FloatArray:
    """Coverage of each pair that may be formed, 0 of others: dense numpy, float32 (P, O)."""
    size = len(made.taxonomy.skills)
    score = skills.coverage_in_full(
        made.taxonomy,
        people.essential.as_matrix(size),
        openings.essential.as_matrix(size),
        openings.optional.as_matrix(size),
    ).astype(np.float32)
    score[score < terms.least] = 0.0
    score[people.level[:, None] < openings.level] = 0.0
    score[people.hours[:, None] < openings.hours] = 0.0
    home, place = (
        np.array([code[: terms.letters] for code in side.regions])[side.region]
        for side in (people, openings)
    )
    near = np.char.startswith(place[None, :], home[:, None])
    near |= np.char.startswith(home[:, None], place[None, :])
    score[~near] = 0.0
    return score


def _taken(score: FloatArray, choice: IntArray) -> float:
    placed = np.flatnonzero(choice >= 0)
    return float(score[placed, choice[placed]].sum(dtype=np.float64))


if __name__ == "__main__":
    raise SystemExit(main())
