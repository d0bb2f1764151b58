"""Time and recall of the index: `python -m bench.engine.retrieval [--esco FOLDER] [--rivals]`.

Top 20 of embeddings of real short texts (see `texts`), for queries that are not among them, with
facets drawn at random. Truth is a look at every vector in float32; a score within 1e-6 of the
twentieth counts as found. Rivals search the same arrays in the same process on one thread, in turn
with ours, after a lap to warm up; the rows that a filter leaves are given to them, ours remembers them.
"""

import argparse
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from bench.engine.texts import labels, phrases, vectors
from katalysator.engine.arrays import Rows
from katalysator.engine.matching import Facets, Index

Matrix = NDArray[np.float32]
Find = Callable[[Matrix, int], Rows]
"""Rows found for a query, within the choices of that number."""

K, QUERIES = 20, 1_000
_STEP = 50
_TIE = 1e-6
FILTERS: Mapping[str, Mapping[str, int]] = {  # names of facets and how many labels they have
    "no filter": {},
    "50 %": {"half": 2},
    "5 %": {"region": 20},
    "0.5 %": {"region": 20, "level": 10},
}


@dataclass(frozen=True, slots=True)
class Case:
    """Items, queries, and what each query may find: ``within[filter][query]``."""

    items: Matrix
    queries: Matrix
    facets: Facets
    within: Mapping[str, Sequence[Mapping[str, str]]]

    @classmethod
    def of(cls, found: Matrix, *, seed: int = 1) -> "Case":
        random = np.random.default_rng(seed)
        items, queries = np.ascontiguousarray(found[:-QUERIES]), found[-QUERIES:]
        sizes = {name: size for filter_ in FILTERS.values() for name, size in filter_.items()}
        drawn = {name: random.integers(size, size=len(items)) for name, size in sizes.items()}
        facets = Facets.of({name: numbers.astype(str).tolist() for name, numbers in drawn.items()})
        within = {
            name: [
                {facet: str(random.integers(size)) for facet, size in filter_.items()}
                for _ in queries
            ]
            for name, filter_ in FILTERS.items()
        }
        return cls(items, queries, facets, within)

    def least(self, name: str) -> NDArray[np.float64]:
        """The score of the twentieth within the choices, for each query: by looking at all."""
        return np.concatenate([self._least(name, n) for n in range(0, QUERIES, _STEP)])

    def _least(self, name: str, first: int) -> NDArray[np.float32]:
        near = self.queries[first : first + _STEP] @ self.items.T
        for row, within in zip(near, self.within[name][first : first + _STEP], strict=True):
            out = np.ones(len(row), np.bool_)
            out[self.facets.survivors(within)] = False
            row[out] = -np.inf
        return np.partition(near, -K, axis=1)[:, -K]


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of each query on the clock and of the processor; share of the truth found."""

    wall: NDArray[np.float64]
    work: NDArray[np.float64]
    recall: float

    def __str__(self) -> str:
        clock, work = (
            "p50 {:6.2f} p99 {:6.2f} ms".format(*np.percentile(times, [50, 99]))
            for times in (self.wall, self.work)
        )
        return f"{clock}  (CPU {work})  recall {self.recall:.5f}"


def main() -> None:
    arguments = _arguments()
    print(machine())
    sets = {"phrases": phrases(arguments.items + QUERIES)}
    if arguments.esco:
        sets["labels"] = labels(arguments.esco)
    for name, texts in sets.items():
        report(name, Case.of(vectors(name, texts)), rivals=arguments.rivals)
    print(machine())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.engine.retrieval", description=__doc__)
    parser.add_argument("--items", type=int, default=400_000, help="phrases to search")
    parser.add_argument("--esco", type=Path, help="folder with ESCO as compressed CSV")
    parser.add_argument("--rivals", action="store_true", help="faiss and usearch, too")
    return parser.parse_args()


def report(name: str, case: Case, *, rivals: bool) -> None:
    began = perf_counter()
    index = Index(case.items, case.facets)
    print(
        f"\n{name}: {len(index):,} x {case.items.shape[1]}, built in {perf_counter() - began:.1f} s"
    )
    for filter_ in FILTERS:
        least = case.least(filter_)
        finders = {"ours": ours(index, case, filter_)}
        if rivals and filter_ in ("5 %", "0.5 %"):
            finders |= {
                "faiss": faiss(case, filter_),
                "usearch": usearch(case, filter_),
                "usearch, copied before": usearch(case, filter_, copied=True),
            }
        took = dict(zip(finders, race(case, least, list(finders.values())), strict=True))
        for finder, one in took.items():
            ratio = np.median(one.work) / np.median(took["ours"].work)
            print(f"  {filter_:9} {finder:22} {one}  {ratio:5.1f} x our CPU", flush=True)


def race(case: Case, least: NDArray[np.float64], finders: Sequence[Find]) -> list[Took]:
    """Each query through each finder in turn, twice; the first lap, which warms up, is dropped."""
    wall, work = np.zeros((2, len(finders), QUERIES))
    found = np.zeros(len(finders), np.int64)
    for lap, query in product(range(2), range(QUERIES)):
        for number, find in enumerate(finders):
            clock, used = perf_counter(), process_time()
            rows = find(case.queries[query], query)
            wall[number, query] = perf_counter() - clock
            work[number, query] = process_time() - used
            scores = case.items[rows] @ case.queries[query]
            found[number] += np.count_nonzero(scores >= least[query] - _TIE) * lap
    return [
        Took(1e3 * wall[n], 1e3 * work[n], float(found[n]) / QUERIES / K)
        for n in range(len(finders))
    ]


def ours(index: Index, case: Case, name: str) -> Find:
    within = case.within[name]
    return lambda query, number: index.search(query, K, within=within[number])[0]


def faiss(case: Case, name: str) -> Find:
    """Flat index with a bitmap of what is allowed."""
    rival = import_module("faiss")
    rival.omp_set_num_threads(1)
    index = rival.IndexFlatIP(case.items.shape[1])
    index.add(case.items)
    chosen = {}
    for within, rows in _filters(case, name):
        allowed = np.zeros(len(case.items), np.bool_)
        allowed[rows] = True
        bitmap = np.packbits(allowed, bitorder="little")
        chosen[within] = rival.SearchParameters(sel=rival.IDSelectorBitmap(bitmap))

    def find(query: Matrix, number: int) -> Rows:
        parameters = chosen[_key(case.within[name][number])]
        found: Rows = index.search(query[None], K, params=parameters)[1][0]
        return found

    return find


def usearch(case: Case, name: str, *, copied: bool = False) -> Find:
    """Exact search among the allowed vectors; it has no filter, so they must be copied first."""
    rival = import_module("usearch.index")
    chosen = dict(_filters(case, name))
    copies = {key: case.items[rows] for key, rows in chosen.items()} if copied else {}

    def find(query: Matrix, number: int) -> Rows:
        key = _key(case.within[name][number])
        items = copies[key] if copied else case.items[chosen[key]]
        found = rival.search(items, query, K, rival.MetricKind.IP, exact=True, threads=1)
        rows: Rows = chosen[key][found.keys.astype(np.int64)]
        return rows

    return find


def _filters(case: Case, name: str) -> Iterator[tuple[tuple[str, ...], Rows]]:
    for within in {_key(each): each for each in case.within[name]}.values():
        yield _key(within), case.facets.survivors(within).astype(np.int64)


def _key(within: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(within.values())


def machine() -> str:
    """What the machine can do at this moment, on one thread and with its BLAS."""
    left, right, out = np.ones((3, 1 << 24), np.float32)
    triad = min(_seconds(lambda: np.add(left, right, out=out)) for _ in range(5))
    square = np.ones((2_048, 2_048), np.float32)
    product = min(_seconds(lambda: square @ square) for _ in range(3))
    return (
        f"machine: sum of two arrays {3 * left.nbytes / triad / 1e9:.1f} GB/s, SGEMM "
        f"{2 * 2_048**3 / product / 1e9:.0f} GFLOP/s, load {os.getloadavg()[0]:.1f} on "
        f"{os.cpu_count()} cores, numpy {np.__version__}"
    )


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    main()
