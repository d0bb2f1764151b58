"""Whether people fare alike by what a list of people or of work should not look at.

Shares placed by group, with the bootstrap of a whole run, are in `engine.matching.group_fairness`; here are the counted
shares of decisions, which few people make, and whether a finder hears the same in two forms of one title.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final, NamedTuple

from katalysator.engine.matching.group_fairness import FOUR_FIFTHS, SMALLEST_GROUP
from katalysator.engine.skills.taxonomy import Taxonomy
from katalysator.engine.skills.title_form import TitleForm

FIRST_OF_A_LIST: Final = 10
"""So many of the first things of a list are set beside those of another."""
_NORMAL: Final = 1.959963984540054  # of the standard normal distribution, 2.5 % lies above
Find = Callable[[str], Sequence[int]]
"""Finds rows of occupations by a title, the best first."""


class CountedShare(NamedTuple):
    """A share of `of` cases, with its interval of 95 %."""

    hits: int
    of: int
    value: float
    low: float
    high: float


class Ratio(NamedTuple):
    """A ratio of two shares, with its interval of 95 %; `low` and `high` are None where nothing was counted in one of them."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class GroupSelection:
    """How often people of a group are chosen, beside the group that is chosen most often; None for too small a group."""

    share: CountedShare
    ratio: Ratio | None
    difference: tuple[float, float]

    @property
    def falls_behind(self) -> bool:
        """Whether even the upper end of its ratio stays below four fifths: a signal, and no verdict."""
        return bool(self.ratio and self.ratio.high is not None and self.ratio.high < FOUR_FIFTHS)


class TitleForms(NamedTuple):
    """Two forms of one title of an occupation: masculine and feminine."""

    occupation: int
    masculine: str
    feminine: str


def share_of(count: int, of: int) -> CountedShare | None:
    """A share with the interval of Wilson (1927), None of nothing. Raises ValueError for counts that cannot be.

    Examples
    --------
    >>> found = share_of(0, 10)
    >>> found.low, round(found.high, 3)
    (0.0, 0.278)

    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    if of == 0:
        return None
    value, square = count / of, _NORMAL**2
    middle = (value + square / (2 * of)) / (1 + square / of)
    half = _NORMAL * sqrt(value * (1 - value) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if count == 0 else middle - half
    return CountedShare(count, of, value, low, 1.0 if count == of else middle + half)


def ratio_of(one: CountedShare, other: CountedShare) -> Ratio | None:
    """How large one share is beside another, with the interval of Katz and others (1978); None beside a share of nobody."""
    if other.hits == 0:
        return None
    value = one.value / other.value
    if one.hits == 0:
        return Ratio(value, None, None)
    spread = _NORMAL * sqrt(1 / one.hits - 1 / one.of + 1 / other.hits - 1 / other.of)
    return Ratio(value, exp(log(value) - spread), exp(log(value) + spread))


def difference_of(one: CountedShare, other: CountedShare) -> tuple[float, float]:
    """Between which bounds one share is larger than another: the hybrid score interval of Newcombe (1998), 95 %."""
    gap = one.value - other.value
    below = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return gap - below, gap + above


def selections(
    groups: Mapping[str, tuple[int, int]],
) -> Mapping[str, GroupSelection | None]:
    """How each group fares, of how many were chosen and how many there were, in the order of the labels.

    None stands for a group of fewer than `SMALLEST_GROUP` people, or of whom fewer were chosen or not chosen than that,
    but nobody: who knows the one knows the other. Publish no totals beside these.
    """
    told = {
        name: share
        for name, (count, of) in groups.items()
        if of >= SMALLEST_GROUP
        and not _is_few(count)
        and not _is_few(of - count)
        and (share := share_of(count, of))
    }
    best = max(told.values(), key=lambda each: each.value, default=None)
    return {
        name: (
            GroupSelection(told[name], ratio_of(told[name], best), difference_of(told[name], best))
            if best and name in told
            else None
        )
        for name in sorted(groups)
    }


def worst_group(found: Mapping[str, GroupSelection | None]) -> str | None:
    """The label of the published group that is chosen least often; None where none is published."""
    told = {name: each.share.value for name, each in found.items() if each}
    return min(told, key=lambda name: (told[name], name), default=None)


def title_forms(taxonomy: Taxonomy, language: str = "nl") -> Iterator[TitleForms]:
    """Pairs of forms among the labels of each occupation, as `TitleForm` reads them. Cost: 1 s for ESCO."""
    rows = taxonomy.occupations.labels.get(language, ())
    form = TitleForm.learned(rows, language)
    for row, labels in enumerate(rows):
        yield from (TitleForms(row, *pair) for pair in form.pairs(sorted(map(str.lower, labels))))


def shared_first(
    pairs: Sequence[tuple[str, str]], find: Find, most: int = FIRST_OF_A_LIST
) -> float | None:
    """Which share of the first `most` things that are found by one wording is found by the other too, on average."""
    if not pairs:
        return None
    overlaps = []
    for one, other in pairs:
        first, second = set(find(one)[:most]), set(find(other)[:most])
        overlaps.append(len(first & second) / max(len(first | second), 1) if first | second else 1)
    return sum(overlaps) / len(overlaps)


def found_first(titles: Sequence[tuple[str, int]], find: Find) -> CountedShare | None:
    """Of how many titles the first thing that is found is the one that they name."""
    right = sum(1 for title, row in titles if list(find(title)[:1]) == [row])
    return share_of(right, len(titles))


def _is_few(count: int) -> bool:
    return 0 < count < SMALLEST_GROUP
