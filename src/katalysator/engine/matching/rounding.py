"""Numbers as people see them: rounded, and still adding up."""

from collections.abc import Mapping
from math import floor

from katalysator.engine.matching.scoring import Part


def rounded(parts: Mapping[Part, float], *, decimals: int = 4) -> tuple[float, dict[Part, float]]:
    """The log-odds and their parts with so many decimals; as shown, the parts add up.

    Each part is rounded down, and the units that then lack go to the parts that lost most (the
    method of largest remainders, Hamilton 1792): no part is off by a whole unit. A part that is not
    given is 0.
    """
    unit = 10**decimals
    exact = {part: parts.get(part, 0.0) * unit for part in Part}
    units = {part: floor(value) for part, value in exact.items()}
    total = round(sum(exact.values()))
    by_loss = sorted(exact, key=lambda part: units[part] - exact[part])
    for part in by_loss[: total - sum(units.values())]:
        units[part] += 1
    return total / unit, {part: count / unit for part, count in units.items()}
