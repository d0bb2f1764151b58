"""Time and memory against size, for ours and rivals until they stop: `python -m bench.engine.growth`.

Each point runs in a process of its own with a limit of time and memory, and is told apart into what
the market itself takes and what the solver adds. Writes `docs/engine/growth.svg`.
"""

import argparse
import multiprocessing as mp
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.engine.allocation import GAP, warm_up
from bench.engine.machine import limits
from bench.engine.market import Market, Shape, market
from bench.engine.measuring import peak, timed
from katalysator.engine.matching import allocate, exact, stable

SIZES: Final = {
    0.5: Shape(10_000, 3_000),
    1.5: Shape(30_000, 6_000),
    5.0: Shape(100_000, 20_000),
    15.0: Shape(300_000, 60_000),
    50.0: Shape(1_000_000, 133_000),
    150.0: Shape(3_000_000, 400_000),
    300.0: Shape(3_000_000, 400_000, degree=100),
}
PATIENCE: Final = 120.0  # seconds that a rival may take
ROOM: Final = 12 << 30  # bytes that a rival may take


def ours(made: Market) -> None:
    allocate(made.edges, made.capacity, gap=GAP)


def ours_stable(made: Market) -> None:
    stable(made.edges, made.capacity, made.theirs, mine=made.mine)


def or_tools(made: Market) -> None:
    from bench.engine.rival import flow

    flow(made)


def highs(made: Market) -> None:
    exact(made.edges, made.capacity)


def seat_by_seat(made: Market) -> None:
    """Scipy's LAPJVsp, which knows no capacities: each seat is a column, each person may stay out."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    edges, capacity = made.edges, made.capacity
    person = np.repeat(np.arange(edges.people), np.diff(edges.start))
    times = capacity[edges.opening]
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(capacity)])
    turn = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    column = np.repeat(first[edges.opening], times) + turn
    alone = np.arange(edges.people)
    rows = np.concatenate([np.repeat(person, times), alone])
    columns = np.concatenate([column, first[-1] + alone])
    cost = np.concatenate([2.0 - np.repeat(edges.score, times), np.full(edges.people, 2.0)])
    shape = (edges.people, int(first[-1]) + edges.people)
    min_weight_full_bipartite_matching(csr_array((cost, (rows, columns)), shape=shape))


SOLVERS: Final[dict[str, Callable[[Market], None]]] = {
    "ours": ours,
    "ours, stable": ours_stable,
    "OR-tools": or_tools,
    "scipy LAPJVsp": seat_by_seat,
    "scipy HiGHS": highs,
}


@dataclass(frozen=True, slots=True)
class Point:
    """What a solver took for a market of so many million edges; or why there is nothing to tell."""

    solver: str
    edges: float
    seconds: float = np.nan
    memory: float = np.nan
    said: str = ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--most", type=float, default=300.0, help="Millions of edges.")
    parser.add_argument("--out", type=Path, default=Path("docs/engine/growth.svg"))
    chosen = parser.parse_args()
    print(limits(), flush=True)
    points = [point for name in SOLVERS for point in until_it_stops(name, chosen.most)]
    draw([point for point in points if not point.said], chosen.out)


def show(point: Point) -> None:
    told = point.said or f"{point.seconds:8.2f} s {point.memory:7.2f} GiB"
    print(f"{point.solver:14} {point.edges:6.1f} M edges  {told}", flush=True)


def until_it_stops(name: str, most: float) -> list[Point]:
    points = []
    for size in SIZES:
        if size <= most:
            points.append(measured(name, size))
            show(points[-1])
            if points[-1].said:
                break
    return points


def measured(name: str, size: float) -> Point:
    """One solver on one market, stopped where it takes too long or too much."""
    context = mp.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(there, name, size))
    child.start()
    there.close()
    try:
        here.recv()  # the market stands
        if not here.poll(PATIENCE):
            return Point(name, size, said=f"stopped after {PATIENCE:.0f} s")
        seconds, memory = here.recv()
        return Point(name, size, seconds, memory)
    except EOFError:
        child.join()
        return Point(name, size, said=f"ended by itself ({child.exitcode}), for want of memory")
    finally:
        child.kill()
        child.join()


def _run(there: Connection, name: str, size: float) -> None:
    if name.startswith("ours"):
        warm_up()
    else:
        resource.setrlimit(resource.RLIMIT_DATA, (ROOM, ROOM))
    made = market(SIZES[size], both=name == "ours, stable")
    SOLVERS[name](market(Shape(500, 100), both=True))
    there.send(None)
    try:
        _, took = timed(lambda: SOLVERS[name](made))
    except MemoryError:
        sys.exit(1)
    there.send((took.wall, peak()))


def draw(points: list[Point], out: Path) -> None:
    """Two plots side by side, both axes in powers of ten."""
    import altair as alt
    import vl_convert as vlc

    rows: list[dict[str, Any]] = [
        {"solver": p.solver, "edges": p.edges, "seconds": p.seconds, "GiB": p.memory}
        for p in points
    ]
    base = alt.Chart(alt.InlineData(values=rows)).mark_line(point=True, strokeWidth=2)
    size = alt.X("edges:Q", title="edges (million)").scale(type="log")
    colour = alt.Color("solver:N", title=None, sort=list(SOLVERS)).legend(orient="bottom")
    plots = [
        base.encode(size, alt.Y(f"{unit}:Q", title=title).scale(type="log"), colour).properties(
            width=320, height=260
        )
        for unit, title in (("seconds", "seconds"), ("GiB", "memory at most (GiB)"))
    ]
    chart = alt.hconcat(*plots).configure(font="sans-serif")
    out.write_text(vlc.vegalite_to_svg(chart.to_dict()), encoding="utf-8")
    print(f"written to {out}")


if __name__ == "__main__":
    main()
