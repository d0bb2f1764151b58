"""`python -m bench.engine.chain`: from texts, skills and constraints to seats, in one command.

People and openings are written as Parquet, and `katalysator match` runs on them in a process of its
own, watched from outside: seconds for each stage, the memory of all its processes, pairs, seats given
and the proven quality. What 3,000,000 people and 400,000 openings would take is reckoned from that.
"""

import argparse
import os
import pty
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from bench.match.running import resident, tree
from bench.phrases import Kind, detail, say

_SEED: Final = 20_260_301
_MARKETS: Final = ("zorg", "techniek", "ict", "onderwijs", "logistiek")
_LEVELS: Final = ("mbo", "hbo", "wo")
_PROVINCES: Final = tuple(f"NL{n}" for n in (11, 12, 13, 21, 22, 23, 31, 32, 33, 34, 41, 42))
_LONGEST: Final = 150
_FILL: Final = 0.74  # seats for each person
_INSISTS: Final = 0.2  # share of the people who go nowhere but their own region
_PAUSE: Final = 0.1
_ENOUGH: Final = 4_096  # characters of the terminal, for its last stage and a complaint
_MOST_SECONDS, _MOST_GIGABYTES = 600.0, 8.0
_NATION: Final = (3_000_000, 400_000)
_STAGES: Final = {
    "Reading the files": "files",
    "Understanding the texts": "read",
    "Comparing needs and offers": "compare",
    "Dividing the seats": "divide",
    "Writing": "write",
}


@dataclass(frozen=True, slots=True)
class Watched:
    """What a run took: seconds for each stage by the clock and of all processors, gigabytes at most.

    `gigabytes` is the memory of all its processes together, `largest` that of the largest.
    """

    stages: Mapping[str, float]
    works: Mapping[str, float]
    gigabytes: float
    largest: float
    said: str

    @property
    def seconds(self) -> float:
        """All stages together."""
        return sum(self.stages.values())


def main() -> int:
    arguments = _arguments()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="katalysator-chain-") as name:
        folder = Path(name)
        write(folder, arguments.people, arguments.openings)
        command = [sys.executable, "-m", "katalysator.cli", "match", str(folder / "people.parquet")]
        command += [str(folder / "openings.parquet"), "--out", str(folder / "matches.parquet")]
        command += ["--top", str(arguments.top), "--language", "en", *arguments.more]
        watched = watch(command)
    print(f"load of the machine before: {load:.1f}, after: {os.getloadavg()[0]:.1f}")
    _show(arguments.people, arguments.openings, watched)
    complaints = [
        f"{found:.1f} {unit}; at most {most:.0f} is the goal"
        for found, most, unit in (
            (watched.seconds, _MOST_SECONDS, "s"),
            (watched.gigabytes, _MOST_GIGABYTES, "GB"),
        )
        if found > most
    ]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(arguments.asserting and bool(complaints))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.engine.chain", description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=300_000)
    parser.add_argument("openings", type=int, nargs="?", default=40_000)
    parser.add_argument("--top", type=int, default=1, help="openings shown to each person")
    parser.add_argument("--assert", dest="asserting", action="store_true", help="exit 1 on a miss")
    parser.add_argument("more", nargs="*", help="options of the command, after --")
    return parser.parse_args()


def write(folder: Path, people: int, openings: int) -> None:
    """Write both tables: texts of 70 to 150 characters, and what people and openings insist on."""
    random = np.random.default_rng(_SEED)
    seats = random.pareto(1.5, openings) + 0.2
    capacity = np.maximum(1, np.rint(seats / seats.sum() * _FILL * people)).astype(int).tolist()
    asked = [_row(random, "need", number, 1) for number in range(people)]
    pl.DataFrame(asked).write_parquet(folder / "people.parquet")
    given = [_row(random, "offer", number, size) for number, size in enumerate(capacity)]
    pl.DataFrame(given).write_parquet(folder / "openings.parquet")


def _row(random: np.random.Generator, kind: Kind, number: int, capacity: int) -> dict[str, Any]:
    said = say(random, kind)
    first = re.split(r"(?<=[.?]) ", said.text, maxsplit=1)[0]
    text = f"{first} {detail(random, said.language)}" if random.random() < 0.5 else first
    row = {
        "id": f"{kind[0]}{number:07}",
        "market": _MARKETS[random.integers(len(_MARKETS))],
        "title": said.title,
        "text": text[:_LONGEST],
        "skills": list(said.skills),
        "areas": [said.area],
        "region": _PROVINCES[random.integers(len(_PROVINCES))],
        "level": [_LEVELS[level] for level in _levels(random, kind)],
        "language": said.language,
        "capacity": capacity,
    }
    if kind == "offer":
        return {**row, "organisation": f"Voorbeeld {random.integers(9_000)}"}
    return {**row, "region_required": bool(random.random() < _INSISTS)}


def _levels(random: np.random.Generator, kind: Kind) -> range:
    """A person has one level; an opening takes one, or two that follow each other."""
    low = int(random.integers(len(_LEVELS)))
    wide = kind == "offer" and random.random() < 0.5
    return range(low, min(low + 1 + wide, len(_LEVELS)))


def watch(command: list[str]) -> Watched:
    """Run the command on a terminal of its own, and follow what its line of progress says."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    os.set_blocking(ours, False)
    stages, works = dict.fromkeys(_STAGES.values(), 0.0), dict.fromkeys(_STAGES.values(), 0.0)
    stage, last, seen, work = "files", time.perf_counter(), "", 0.0
    together = largest = 0.0
    while process.poll() is None:
        running = list(tree(process.pid))
        sizes = [resident(each) / 1_024 for each in running]
        together, largest = max(together, sum(sizes)), max(largest, *sizes, 0.0)
        now, worked = time.perf_counter(), max(work, sum(map(_worked, running)))
        stages[stage] += now - last
        works[stage] += worked - work
        seen = (seen + _written(ours))[-_ENOUGH:]
        stage, last, work = _stage(seen) or stage, now, worked
        time.sleep(_PAUSE)
    stages[stage] += time.perf_counter() - last
    said = process.stdout.read() if process.stdout else ""
    seen += _written(ours)
    os.close(ours)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}. {said}{seen}")
    return Watched(stages, works, together, largest, said)


def _worked(process: int) -> float:
    """Seconds of processors that a process and its children that ended have taken."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _written(terminal: int) -> str:
    """What was written since we looked."""
    try:
        return os.read(terminal, 1 << 20).decode("utf-8", "replace")
    except OSError:
        return ""


def _stage(seen: str) -> str | None:
    """The stage that was written last."""
    places = {seen.rfind(sentence): stage for sentence, stage in _STAGES.items()}
    last = max(places)
    return places[last] if last >= 0 else None


def _show(people: int, openings: int, watched: Watched) -> None:
    nation = " x ".join(f"{count:,}" for count in _NATION)
    print(
        f"\n| {people:,} x {openings:,} | seconds | of processors | {nation}, of processors, reckoned |"
    )
    print("| --- | ---: | ---: | ---: |")
    for stage, work in watched.works.items():
        low, high = (work * times / 3_600 for times in _growth(stage, people, openings))
        hours = f"{low:.2f} h" if low == high else f"{low:.2f} to {high:.2f} h"
        print(f"| {stage} | {watched.stages[stage]:.1f} | {work:.1f} | {hours} |")
    print(f"| **all** | {watched.seconds:.1f} | {sum(watched.works.values()):.1f} | |\n")
    print(
        f"At most {watched.gigabytes:.2f} GB in all processes, {watched.largest:.2f} in the largest."
    )
    print(f"\n{watched.said}")


def _growth(stage: str, people: int, openings: int) -> tuple[float, float]:
    """How many times as much the nation takes, at least and at most.

    Texts count one by one, and pairs by people. To find pairs a person meets each opening of the own
    facet, so that this grows with both sides, and scoring them, in the same stage, with one.
    """
    texts, persons = sum(_NATION) / (people + openings), _NATION[0] / people
    low, high = {
        "files": (texts, texts),
        "read": (texts, texts),
        "compare": (persons, persons * _NATION[1] / openings),
    }.get(stage, (persons, persons))
    return low, high


if __name__ == "__main__":
    sys.exit(main())
