"""The market that all measurements of the engine share: 35 regions, crowded and quiet openings.

Openings have power-law popularity and heavy-tailed capacity; there are 0.74 seats a person; 85 % of
a person's options lie in the own region. What either side thinks of the other is drawn apart from
popularity and a person's quality; the score is the geometric mean of both. Everything follows from
the seed, whatever the number of threads.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.compiling import kernel
from katalysator.engine.matching import Edges

_BLOCK: Final = 25_000  # people drawn from one stream of random numbers


@dataclass(frozen=True, slots=True)
class Shape:
    """How a market looks; the defaults are those of the headline."""

    people: int = 100_000
    openings: int = 20_000
    degree: int = 50
    regions: int = 35
    local: float = 0.85
    fill: float = 0.74
    skew: float = 2.0
    uniform: bool = False  # the same capacity everywhere
    equal: bool = False  # the same score on every edge


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Edges by falling score, seats, and where people and openings are.

    `mine` and `theirs` hold what the person and the opening of each edge think of each other,
    float32 (E,); empty unless asked for.
    """

    edges: Edges
    capacity: IntArray
    home: IntArray
    region: IntArray
    mine: NDArray[np.float32]
    theirs: NDArray[np.float32]


def market(shape: Shape, *, seed: int = 1, both: bool = False) -> Market:
    """Draw a market. Cost: 0.2 microseconds an edge on two threads, 8 bytes an edge (16 with both)."""
    random = np.random.default_rng(seed)
    popularity = random.pareto(shape.skew, shape.openings) + 0.1
    region = np.sort(random.integers(shape.regions, size=shape.openings)).astype(np.int32)
    home = random.integers(shape.regions, size=shape.people).astype(np.int32)
    weight = np.concatenate([np.zeros(1), np.cumsum(popularity)])
    border = np.searchsorted(region, np.arange(shape.regions + 1))
    appeal = 0.5 * np.log(popularity / popularity.mean())
    degree = min(shape.degree, shape.openings)
    size = shape.people * degree
    opening, score = np.empty(size, np.int32), np.empty(size, np.float32)
    mine, theirs = (np.empty(size if both else 0, np.float32) for _ in range(2))

    def draw(first: int, last: int, stream: int) -> None:
        generator = np.random.Generator(np.random.SFC64([seed, stream]))
        rows = slice(first * degree, last * degree)
        opinions = (mine[rows], theirs[rows]) if both else (mine, theirs)
        _fill(
            generator, home[first:last], border, weight, appeal, shape.local, degree, shape.equal,
            opening[rows], score[rows], *opinions,
        )  # fmt: skip

    blocks = [
        (first, min(first + _BLOCK, shape.people), number)
        for number, first in enumerate(range(0, shape.people, _BLOCK))
    ]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda block: draw(*block), blocks))
    start = np.arange(shape.people + 1, dtype=np.int64) * degree
    edges = Edges(start, opening, score, shape.openings)
    return Market(edges, _capacity(random, shape), home, region, mine, theirs)


def _capacity(random: np.random.Generator, shape: Shape) -> IntArray:
    size = random.pareto(1.5, shape.openings) + 0.2
    if shape.uniform:
        size = np.ones(shape.openings)
    seats: IntArray = np.maximum(1, np.rint(size / size.sum() * shape.fill * shape.people))
    return seats.astype(np.int64)


@kernel
def _fill(  # noqa: C901  # one loop that compiles
    random: Any,
    home: IntArray,
    border: IntArray,
    weight: FloatArray,
    appeal: FloatArray,
    local: float,
    degree: int,
    equal: bool,
    opening: IntArray,
    score: FloatArray,
    mine: FloatArray,
    theirs: FloatArray,
) -> None:
    """Draw the distinct options of some people, by popularity, and order them by falling score."""
    drawn = np.empty(degree, np.int32)
    value, a, b = (
        np.empty(degree, np.float32),
        np.empty(degree, np.float32),
        np.empty(degree, np.float32),
    )
    for person in range(home.size):
        low, high = border[home[person]], border[home[person] + 1]
        quality = random.normal()
        count, tries = 0, 0
        while count < degree:
            tries += 1
            near = high > low and tries < 8 * degree and random.random() < local
            first, last = (low, high) if near else (0, appeal.size)
            if tries >= 16 * degree:  # few openings: take what is left in order
                target = (tries - 16 * degree) % appeal.size
            else:
                point = weight[first] + random.random() * (weight[last] - weight[first])
                target = min(
                    np.searchsorted(weight[first : last + 1], point, side="right") - 1 + first,
                    last - 1,
                )
            twice = False
            for other in drawn[:count]:
                if other == target:
                    twice = True
                    break
            if twice:
                continue
            drawn[count] = target
            x = 0.5 + appeal[target] + random.normal()
            y = 0.5 + 0.7 * quality + random.normal()
            a[count] = 0.8 if equal else 1.0 / (1.0 + np.exp(-x))
            b[count] = 0.8 if equal else 1.0 / (1.0 + np.exp(-y))
            value[count] = np.sqrt(a[count] * b[count])
            count += 1
        order = np.argsort(-value)
        for place in range(degree):
            edge = person * degree + place
            opening[edge], score[edge] = drawn[order[place]], value[order[place]]
            if mine.size:
                mine[edge], theirs[edge] = a[order[place]], b[order[place]]
