"""From files to a market that can be solved, in bounded memory, and from what was solved to tables."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import Array, FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED, Allocation
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.stable import Stable
from katalysator.engine.matching.blocks import Arrays, Progress, silent
from katalysator.engine.matching.files.columns import Ids
from katalysator.engine.matching.files.inputs import open_files
from katalysator.engine.matching.files.pairs import FirstPass, Opinions
from katalysator.engine.matching.files.tables import Fault, line_of
from katalysator.faults import InvalidInput, Refused

_EDGES: Final = ("start", "opening", "score")


@dataclass(frozen=True, slots=True, eq=False)
class NamedMarket:
    """A market, and who is who in it.

    Parameters
    ----------
    edges : Edges
        P people, O openings. People are numbered in the order in which they first appear; openings
        in that of their own file, or else in which they first appear.
    capacity : int64 array, shape (O,)
        Seats.
    people, openings : polars series, of lengths P and O
        Their ids, by number.
    opinions : Opinions, optional
        What each side thinks of the other, in the order of the edges; only where it was asked for.

    """

    edges: Edges
    capacity: IntArray
    people: pl.Series
    openings: pl.Series
    opinions: Opinions | None = None

    def arrays(self) -> Arrays:
        """The market as named arrays, which can be kept; only the ids are copied."""
        both = self.opinions._asdict() if self.opinions else {}
        return {
            **{name: getattr(self.edges, name) for name in _EDGES},
            "capacity": self.capacity,
            "people": _packed(self.people),
            "openings": _packed(self.openings),
            **both,
        }

    @classmethod
    def of_arrays(cls, kept: Arrays) -> "NamedMarket":
        """The market that was kept as these arrays."""
        start, opening, score, capacity = (kept[name] for name in (*_EDGES, "capacity"))
        both = [kept[name] for name in Opinions._fields if name in kept]
        people, openings = (_unpacked(kept[side]) for side in ("people", "openings"))
        edges = Edges(start, opening, score, capacity.size)
        return cls(edges, capacity, people, openings, Opinions(*both) if both else None)


def read_market(
    pairs: Path,
    openings: Path | None = None,
    *,
    opinions: bool = False,
    progress: Progress = silent,
) -> NamedMarket:
    """Read the pairs that may be formed, and the openings with their seats.

    Parameters
    ----------
    pairs : Path
        A table with the columns ``person``, ``opening`` and ``score``; or, in place of the last,
        ``score_person`` and ``score_opening``, whose geometric mean is the score then. Ids are text
        or whole numbers; rows may come in any order.
    openings : Path, optional
        A table with the columns ``opening`` and ``capacity``. Without it every opening that the
        pairs name has one seat.
    opinions : bool
        Whether to keep ``score_person`` and ``score_opening`` themselves too, as `stable` needs
        them: rounded to float32. Without these columns the file is refused then.
    progress : callable, optional
        Called with a stage ("check", then "sort"), the rows done and the rows in all (0: unknown).

    Raises
    ------
    Refused
        Names the first row of each problem.

    Notes
    -----
    Forms are Parquet, Arrow (Feather) and CSV. Two passes. Memory: 8 bytes a pair (12 where scores
    are not float32), 8 more with `opinions`, 60 bytes a person, and some 400 MiB for what is on the
    way.

    """
    file, seats = open_files(pairs, openings, opinions=opinions)
    known, capacity = Ids(file.opening_type), None
    if seats:
        known, capacity = seats.seats(file.opening_type, pairs)
    count = FirstPass(file, known, openings).run(progress)
    start = np.zeros(count.people.count + 1, np.int64)
    np.cumsum(count.degree, out=start[1:])
    opening, score, both = _rows(count, start, progress)
    return NamedMarket(
        Edges(start, opening, score, known.count),
        np.ones(known.count, np.int64) if capacity is None else capacity,
        count.people.table(),
        known.table(),
        both,
    )


def _rows(
    count: FirstPass, start: IntArray, progress: Progress
) -> tuple[IntArray, FloatArray, Opinions | None]:
    """The second pass: every pair into the row of its person, and the rows in order."""
    from katalysator.engine.matching.files.kernels import first_twin, sort_rows

    size = int(start[-1])
    opening, score = np.empty(size, np.int32), np.empty(size, count.file.precision)
    both = [np.empty(size, np.float32) for _ in count.file.opinions]
    count.file.source.require_unchanged()
    filled = _filled(count, start, opening, (score, *both), progress)
    count.file.source.require_unchanged()
    if not filled:
        raise Refused(Fault.CHANGED.of(count.file.source.path))
    row, target = first_twin(start, opening, count.openings.count)
    if row >= 0:
        raise Refused(_twice(count, row, target))
    sort_rows(start, opening, score, *(both or [np.empty(0, np.float32)] * 2))
    return opening, score, Opinions(*both) if both else None


def _filled(
    count: FirstPass,
    start: IntArray,
    opening: IntArray,
    columns: tuple[FloatArray, ...],
    progress: Progress,
) -> bool:
    """Put all pairs into their rows; False where the file no longer is what was counted.

    Further columns go by the places of the first, which moves the cursor on.
    """
    from katalysator.engine.matching.files.kernels import put

    cursor = start[:-1].copy()
    for before, people, targets, numbers in count.file.good_batches():
        progress("sort", before, opening.size)
        person, target = count.people.find(people), count.openings.find(targets)
        places = [cursor.copy() for _ in columns[1:]]
        for column, given, place in zip(columns, numbers, (cursor, *places), strict=True):
            if not put(person, target, given, start, place, opening, column):
                return False
    return bool(np.array_equal(cursor, start[1:]))


def _packed(ids: pl.Series) -> Array:
    return np.frombuffer(ids.to_frame("id").write_ipc(None).getbuffer(), np.uint8)


def _unpacked(ids: Array) -> pl.Series:
    return pl.read_ipc(BytesIO(ids.data))["id"]


def _twice(count: FirstPass, row: int, target: int) -> InvalidInput:
    """In which two rows a pair stands."""
    person, opening = count.people.table()[row], count.openings.table()[target]
    places: list[int] = []
    for before, people, targets, _ in count.file.good_batches():
        both = (people == person) & (targets == opening)
        places += (both.arg_true() + before).to_list()
    first, second = places[:2]
    found = {"first": line_of(first), "person": person, "opening": opening}
    return Fault.PAIR_TWICE.of(count.file.source.path, line=line_of(second), **found)


def placement_table(market: NamedMarket, result: Allocation | Stable) -> pl.DataFrame:
    """A row for each person with a seat, in the order in which people first appeared.

    Columns ``person``, ``opening``, ``score``, and ``price``: that of a seat in the opening. A
    stable matching has no prices, so that the last is left out.
    """
    from katalysator.engine.matching.files.kernels import chosen_scores

    edges, choice = market.edges, result.opening
    scores = np.zeros(edges.people, edges.score.dtype)
    chosen_scores(edges.start, edges.opening, edges.score, choice, scores)
    placed = np.flatnonzero(choice != UNPLACED)
    taken = choice[placed]
    columns = {
        "person": market.people.gather(placed),
        "opening": market.openings.gather(taken),
        "score": scores[placed],
    }
    if isinstance(result, Allocation):
        columns["price"] = result.certificate.prices[taken]
    return pl.DataFrame(columns)


def price_table(market: NamedMarket, allocation: Allocation) -> pl.DataFrame:
    """A row for each opening: ``opening``, ``price``, ``seats`` and how many are ``filled``."""
    taken = allocation.opening[allocation.opening != UNPLACED]
    return pl.DataFrame(
        {
            "opening": market.openings,
            "price": allocation.certificate.prices,
            "seats": market.capacity,
            "filled": np.bincount(taken, minlength=len(market.openings)),
        }
    )
