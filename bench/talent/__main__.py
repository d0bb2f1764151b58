"""`python -m bench.talent`: occupations and skills found in ESCO, beside other ways, quality beside speed."""

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np

from bench.quality.pages import written
from bench.talent.kept import Remembering
from bench.talent.rivals import Ranking, fuzzy, letters, meaning
from bench.talent.tasks import (
    Sentence,
    Task,
    across,
    held_out,
    own_sentences,
    own_titles,
    sampled,
    twins,
)
from katalysator.engine.skills import BothEncoders, OccupationFinder, SkillFinder, Taxonomy
from katalysator.engine.text import Embedder, bundled, careful
from katalysator.talent.taxonomies.reading import read_taxonomy

_ESCO: Final = Path(__file__).parents[3] / "shared" / "data" / "esco"
_MARK: Final = "finding"
_FIRST: Final = 5  # skills that are looked at
_OURS: Final = "**ours**"


@dataclass(frozen=True, slots=True)
class Figures:
    """How often the first, and any of the first ten, is right; and how long a question takes."""

    first: float
    ten: float
    p50: float
    p95: float


def main() -> int:
    """Print the tables; write them into a page where that is asked."""
    arguments = _arguments()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    taxonomy = read_taxonomy([arguments.esco], "1.1.1").taxonomy
    lines = list(_told(taxonomy, arguments.most, careful() if arguments.careful else None))
    if arguments.write:
        written(arguments.write, _MARK, "\n".join(lines))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.talent", description=__doc__)
    parser.add_argument("--esco", type=Path, default=_ESCO, metavar="FOLDER")
    parser.add_argument("--most", type=int, default=1_000, help="questions of each kind")
    parser.add_argument(
        "--careful", action="store_true", help="ours with the careful encoder beside too"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="refresh the figures in a page")
    return parser.parse_args()


def _told(taxonomy: Taxonomy, most: int, surer: Embedder | None) -> Iterator[str]:
    yield from _said(
        "| asked | n | by | first right | in ten | p50 ms | p95 ms | ours is |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    )
    encoders = [Remembering(encoder) for encoder in (bundled(), surer) if encoder]
    held = [[held_out(taxonomy, language)] for language in ("nl", "en")]
    own = [each for unseen in (False, True) for each in own_titles(taxonomy, unseen=unseen)]
    for tasks in ([across(taxonomy)], *held, own):
        finders = dict(_finders(tasks[0].known, encoders))
        for task in tasks:
            yield from _of_task(sampled(task, most), finders)
    overlap = _overlap(taxonomy, encoders[0], most)
    yield from _said("", f"Of the first ten of both forms of a title {overlap} are the same.")
    yield from _of_skills(taxonomy, encoders[0])


def _finders(known: Taxonomy, encoders: Sequence[Embedder]) -> Iterator[tuple[str, Ranking]]:
    """Each way to find occupations, by name."""
    quick, *surer = encoders
    yield "rapidfuzz", fuzzy(known.occupations)
    yield "TF-IDF of letters", letters(known.occupations)
    yield "meaning alone", meaning(known.occupations, quick)
    yield _OURS, _ranked(OccupationFinder.of(known, quick))
    for encoder in surer:
        both = BothEncoders(quick, encoder)
        yield "ours, both encoders", _ranked(OccupationFinder.of(known, both))


def _ranked(finder: OccupationFinder) -> Ranking:
    return lambda asked, language: [found.row for found in finder.find(asked, language)]


def _of_task(task: Task, finders: Mapping[str, Ranking]) -> Iterator[str]:
    """A line for each way, the last saying how often ours is right for once that it is."""
    figures = {name: _measured(task, ranked) for name, ranked in finders.items()}
    ours = figures[_OURS]
    for name, its in figures.items():
        ratio = f"{ours.first / its.first:.2f} ×" if its.first else "–"
        yield from _said(
            f"| {task.name} | {len(task.asked)} | {name} | {its.first:.3f} | {its.ten:.3f} "
            f"| {its.p50:.1f} | {its.p95:.1f} | {ratio} |"
        )


def _measured(task: Task, ranked: Ranking) -> Figures:
    first = ten = 0
    took = list[float]()
    for asked, right in zip(task.asked, task.right, strict=True):
        begun = perf_counter()
        found = ranked(asked, task.language)
        took.append(1e3 * (perf_counter() - begun))
        first += bool(found) and found[0] in right
        ten += not right.isdisjoint(found)
    p50, p95 = np.quantile(took, [0.5, 0.95]).tolist()
    return Figures(first / len(task.asked), ten / len(task.asked), p50, p95)


def _overlap(taxonomy: Taxonomy, encoder: Embedder, most: int) -> str:
    """Which share of the first ten is the same for a woman's title and a man's."""
    finder = OccupationFinder.of(taxonomy, encoder)
    pairs = twins(taxonomy)[:most]
    found = [[{each.row for each in finder.find(title, "nl")} for title in pair] for pair in pairs]
    same = [len(woman & man) / max(1, len(woman | man)) for woman, man in found]
    return f"{np.mean(same):.3f} (shared among all of both, {len(pairs)} pairs)"


def _of_skills(taxonomy: Taxonomy, encoder: Embedder) -> Iterator[str]:
    """How much of what sentences speak of is among the first skills, beside the nearest labels of the sentence."""
    finder = SkillFinder.of(taxonomy, encoder)
    near = meaning(taxonomy.skills, encoder)
    yield from _said(
        "",
        f"| sentences → skills | n | by | found in {_FIRST} | first right | p50 ms |",
        "| --- | ---: | --- | ---: | ---: | ---: |",
    )
    for unseen in (False, True):
        sentences = own_sentences(taxonomy, unseen=unseen)
        name = "unseen" if unseen else "chosen on"
        ways: dict[str, Ranking] = {
            "meaning alone": near,
            _OURS: lambda text, language: [each.row for each in finder.read(text, language)],
        }
        for way, ranked in ways.items():
            yield from _said(
                f"| {name} | {len(sentences)} | {way} | {_of_sentences(sentences, ranked)} |"
            )


def _of_sentences(sentences: Sequence[Sentence], ranked: Ranking) -> str:
    found = things = first = 0
    took = list[float]()
    for each in sentences:
        begun = perf_counter()
        rows = ranked(each.text, each.language)[:_FIRST]
        took.append(1e3 * (perf_counter() - begun))
        things += len(each.things)
        found += sum(not right.isdisjoint(rows) for right in each.things)
        first += any(rows[0] in right for right in each.things) if rows else 0
    return f"{found / things:.3f} | {first / len(sentences):.3f} | {np.median(took):.1f}"


def _said(*lines: str) -> Iterator[str]:
    """The lines, printed as they come: the whole takes minutes."""
    for line in lines:
        print(line, flush=True)
        yield line


if __name__ == "__main__":
    raise SystemExit(main())
