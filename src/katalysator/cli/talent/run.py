"""The whole of `katalysator talent match`: read, divide, say why, write.

What is done is kept in the folder of the result until that is there, so that a run that was broken off goes on.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import perf_counter
from typing import Final

import numpy as np
import polars as pl

from katalysator.cli import target
from katalysator.cli.progress import ProgressLine
from katalysator.cli.talent.report import NationalReport
from katalysator.cli.talent.taxonomy_file import taxonomy_at
from katalysator.engine import matching, skills
from katalysator.engine.arrays import IntArray
from katalysator.engine.matching import Arrays, BlockFolder, stamp
from katalysator.faults import InvalidInput, Refused, gettext_noop as _

PLACEMENTS: Final = "placements.parquet"
OPENINGS: Final = "openings.parquet"
SKILLS: Final = "skills.csv"
SUMMARY: Final = "summary.csv"
REPORT: Final = "report.json"

_STATE: Final = "state"
_VERSION: Final = 1  # of what is kept
_ROWS: Final = 250_000  # of the result that are in memory at a time
_PARTS: Final = ".parts-"


@dataclass(frozen=True, slots=True)
class NationalRequest:
    """The files of a nation, how it is divided, and where the result goes."""

    people: Path
    openings: Path
    out: Path
    taxonomy: Path | None = None
    taxonomy_version: str = ""
    reach: str = "province"
    least: float = 0.35
    candidates: int = 32
    gap: float = 0.001
    groups: tuple[str, ...] = ()
    seed: int = 1
    resume: bool = True

    @property
    def terms(self) -> skills.NationalTerms:
        """How people are divided."""
        letters = skills.REACHES[self.reach]
        return skills.NationalTerms(letters, self.least, self.candidates, self.gap, self.seed)

    @property
    def origin(self) -> str:
        """All that decides what comes out."""
        place = self.taxonomy
        told = [place] if place else []
        tables = [
            path for each in told for path in ([*each.rglob("*")] if each.is_dir() else [each])
        ]
        read = map(stamp, (self.people, self.openings, *sorted(tables)))
        return repr((_VERSION, *read, self.taxonomy_version, self.terms))

    def check(self) -> None:
        """Refuse what no file needs to be opened for; all of it at once."""
        problems = [*self._bad_numbers()]
        parent = self.out if self.out.exists() else self.out.parent
        if not parent.is_dir() or not os.access(parent, os.W_OK):
            problems.append(_no_folder(self.out))
        for name in (PLACEMENTS, OPENINGS, SKILLS, SUMMARY, REPORT):
            for path in (self.people, self.openings):
                try:
                    target.check_no_input(self.out / name, [path])
                except InvalidInput as error:
                    problems.append(error)
        if problems:
            raise Refused(*problems)

    def _bad_numbers(self) -> Iterator[InvalidInput]:
        if not matching.FINEST * 10 <= self.gap < 1.0:
            yield InvalidInput(
                "gap-range",
                _("%(gap)s cannot be the gap."),
                hint=_("Give a number from 0.00001 to 1, such as 0.001."),
                gap=str(self.gap),
            ).at("--gap")
        if not 0.0 <= self.least <= 1.0:
            yield InvalidInput(
                "least-range",
                _("%(least)s cannot be the least coverage."),
                hint=_("Give a number from 0 to 1, such as 0.35."),
                least=str(self.least),
            ).at("--least")


def _no_folder(place: Path) -> InvalidInput:
    return InvalidInput(
        "out-folder",
        _("No folder can be made there."),
        hint=_("Name a folder in one that exists and that you may write in."),
    ).at(place)


class KeptBlocks:
    """What a run has done, in the folder of its result; in memory where there is no room."""

    def __init__(self, folder: BlockFolder, progress: ProgressLine) -> None:
        self._folder, self._progress = folder, progress
        self._here: dict[str, Arrays] = {}
        self._is_full = False

    def open(self, *, resume: bool) -> None:
        """Say whether there is something to go on from; else begin anew."""
        if not resume:
            self._folder.remove()
        elif self._folder.is_of_other_origin:
            self._note(_("%(folder)s is of other files, or of these as they were: not used."))
        elif self._folder.is_begun:
            self._note(_("An earlier run was broken off; this one goes on from %(folder)s."))

    def __contains__(self, name: object) -> bool:
        return name in self._here or name in self._folder

    def __getitem__(self, name: str) -> Arrays:
        return self._here[name] if name in self._here else self._folder[name]

    def __setitem__(self, name: str, arrays: Arrays) -> None:
        try:
            if not self._is_full:
                self._folder.open()[name] = arrays
                return
        except OSError as error:
            self._is_full = True
            failed = _("Nothing more can be kept for a next time in %(folder)s (%(reason)s).")
            self._note(failed, reason=error.strerror or error)
        self._here[name] = arrays

    def end(self) -> None:
        """Take away what was kept: the result is there."""
        self._folder.remove()

    def _note(self, sentence: str, **parameters: object) -> None:
        self._progress.note(sentence, folder=self._folder.path.name, **parameters)


def run(request: NationalRequest, progress: ProgressLine) -> NationalReport:
    """Do it, and return what there is to say. Nothing is written where the files are refused."""
    began = perf_counter()
    request.check()
    progress("files")
    taxonomy = taxonomy_at(request.taxonomy, request.taxonomy_version)
    people, openings = skills.read_nation(
        request.people, request.openings, taxonomy, groups=request.groups, progress=progress
    )
    alike = skills.AlikeOpenings.of_openings(openings, taxonomy)
    with _making(request.out):
        request.out.mkdir(exist_ok=True)
    blocks = KeptBlocks(BlockFolder(request.out / _STATE, request.origin), progress)
    blocks.open(resume=request.resume)
    division = skills.divide_nation(people, alike, request.terms, blocks, progress)
    opening = skills.seats_of(division.kind, alike, openings.seats, request.seed)
    (request.out / REPORT).unlink(missing_ok=True)  # it comes last: where it stands, all is there
    evidence = skills.PlacementEvidence(taxonomy, (people, openings), alike, division, opening)
    _write_placements(request.out, evidence, len(people), progress)
    _write_table(request.out / OPENINGS, _openings_table(openings, alike, division, opening))
    _write_table(request.out / SKILLS, _skills_table(taxonomy))
    placed = opening >= 0
    summary = skills.summary_table(people, placed)
    _write_table(request.out / SUMMARY, summary)
    report = NationalReport(
        out=request.out,
        taxonomy=f"{taxonomy.name} {taxonomy.version}",
        people=len(people),
        openings=len(openings),
        kinds=int(alike.seats.size),
        seats=int(openings.seats.sum()),
        placed=int(np.count_nonzero(placed)),
        value=division.certificate.value,
        bound=division.certificate.bound,
        gap=division.certificate.gap,
        rounds=division.rounds,
        pairs=division.pairs,
        redirected=people.redirected + openings.redirected,
        why=skills.people_by_label(skills.WHY, division.why[~placed]),
        hidden=skills.hidden_cells(summary),
        seconds=perf_counter() - began,
    )
    report.write(request.out / REPORT)
    blocks.end()
    return report


@contextmanager
def _making(place: Path) -> Iterator[None]:
    """Tell where something could not be made."""
    try:
        yield
    except OSError as error:
        raise InvalidInput(
            "out-failed",
            _("The result could not be written (%(reason)s)."),
            hint=_("Make room, or give it another place."),
            reason=error.strerror or error,
        ).at(place) from error


def _write_placements(
    out: Path, evidence: skills.PlacementEvidence, people: int, progress: ProgressLine
) -> None:
    """Write a row for each person, some at a time; parts beside it are put together at the end."""
    for left in out.glob(f"{_PARTS}*"):
        rmtree(left, ignore_errors=True)
    with _making(out):
        folder = Path(mkdtemp(prefix=_PARTS, dir=out))
    try:
        parts = []
        for first in range(0, people, _ROWS):
            progress("evidence", first, people)
            parts.append(folder / f"{first:010}.parquet")
            with _making(parts[-1]):
                table = evidence.table(first, min(first + _ROWS, people))
                matching.write_table(table, parts[-1])
        with target.replacing(out / PLACEMENTS) as unfinished:
            pl.scan_parquet(parts, glob=False).sink_parquet(unfinished, maintain_order=True)
    finally:
        rmtree(folder, ignore_errors=True)


def _openings_table(
    openings: skills.NationSide,
    alike: skills.AlikeOpenings,
    division: skills.NationalDivision,
    opening: IntArray,
) -> pl.DataFrame:
    """A row for each opening: its price, what a further seat of its kind is worth, its seats and how many are filled."""
    filled = np.bincount(opening[opening >= 0], minlength=len(openings))
    return pl.DataFrame(
        {
            "opening": openings.ids,
            "price": division.certificate.prices[alike.of],
            "seats": openings.seats,
            "filled": filled,
        }
    )


def _skills_table(taxonomy: skills.Taxonomy) -> pl.DataFrame:
    """The key of each skill, and what it is called in each language; nothing where it has no label there."""
    called = {
        f"label_{language}": [next(iter(labels), None) for labels in rows]
        for language, rows in taxonomy.skills.labels.items()
    }
    return pl.DataFrame({"skill": taxonomy.skills.keys, **called})


def _write_table(place: Path, table: pl.DataFrame) -> None:
    with target.replacing(place) as unfinished:
        matching.write_table(table, unfinished)
