"""Whether chances come true, on all boards together: a table, and a drawing that Markdown shows."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray

_EDGES: Final = (0.0, 0.02, 0.05, 0.1, 0.25, 0.5, 0.7, 0.85, 1.0)


class Chances(NamedTuple):
    """What was said of the pairs of a board, (E,), and which are useful, bool (E,)."""

    said: FloatArray
    useful: BoolArray


def reliability(boards: Sequence[Chances]) -> str:
    """What was said beside what was seen, from the smallest chances to the largest."""
    said = np.concatenate([each.said for each in boards])
    useful = np.concatenate([each.useful for each in boards])
    step = np.digitize(said, _EDGES[1:-1])
    rows = [
        (said[inside].mean(), useful[inside].mean(), inside.sum())
        for inside in (step == each for each in range(len(_EDGES) - 1))
        if inside.any()
    ]
    lines = ["| said, on average | useful | pairs |", "| ---: | ---: | ---: |"]
    lines += [f"| {mean:.1%} | {seen:.1%} | {pairs} |" for mean, seen, pairs in rows]
    return "\n".join([*_drawing([row[:2] for row in rows]), "", *lines])


def _drawing(points: Sequence[tuple[float, float]]) -> list[str]:
    """What came true as bars, with a line where they should end."""
    said, seen = (
        ", ".join(f"{100 * each:.1f}" for each in some) for some in zip(*points, strict=True)
    )
    names = ", ".join(f'"{100 * mean:.0f} %"' for mean, _ in points)
    return [
        "```mermaid",
        "xychart-beta",
        '  title "Useful pairs (bars), of those said to be useful with this chance (line)"',
        f"  x-axis [{names}]",
        '  y-axis "of a hundred pairs" 0 --> 100',
        f"  bar [{seen}]",
        f"  line [{said}]",
        "```",
    ]
