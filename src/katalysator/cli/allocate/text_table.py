"""Small tables in a terminal."""

from collections.abc import Sequence

WIDEST = 40
"""Characters of a first cell that are shown."""


def grid(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines: the first column to the left, the others to the right."""
    short = [(" ".join(first.split())[:WIDEST], *cells) for first, *cells in rows]
    widths = [max(map(len, column)) for column in zip(*short, strict=True)]
    return [_line(row, widths) for row in short]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
    return "  ".join(("", row[0].ljust(widths[0]), *cells))
