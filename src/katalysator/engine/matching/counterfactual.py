"""What would change a match: the offer is really changed, then scored and checked again.

The offer adds the skills it lacks, comes to the need's region, takes on its areas, or says what it
gives; or nobody else wants it. There is no "in the other language": the score is made such that a
translation would leave it as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from katalysator.engine.arrays import FloatArray, Rows
from katalysator.engine.matching.constraints import Constraints, regions_meet
from katalysator.engine.matching.explanation import Change, missing_skills
from katalysator.engine.matching.profiles import Labels, Profile, Side, TextFeatures
from katalysator.engine.matching.scoring import Part, Weights, score
from katalysator.engine.text import Embedder, Lexicon, grams
from katalysator.engine.text.keyword import words


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """One change of the offer, what the score gains by it, and whether the pair may then meet."""

    change: Change
    gain: float
    allowed: bool


class TextModels(NamedTuple):
    """What is needed to read a changed text as the others were read."""

    embedder: Embedder
    lexicon: Lexicon


class _Variant(NamedTuple):
    """A changed offer: the place of its pair, the part that it mends, and what is new."""

    pair: int
    part: Part
    offer: Profile
    detail: tuple[str, ...] = ()


def counterfactuals(
    needs: Side,
    offers: Side,
    need: Rows,
    offer: Rows,
    *,
    pressure: FloatArray | None = None,
    weights: Weights | None = None,
    reader: TextModels | None = None,
) -> tuple[tuple[Counterfactual, ...], ...]:
    """Every single change of the offer that would matter, for some pairs at once.

    Parameters
    ----------
    needs, offers, need, offer, weights
        As for `score`, shape (E,).
    pressure : float64 array, shape (E,), optional
        What the price takes off each score now, 0 or less; a change of the offer leaves it.
    reader : Reader, optional
        Reads offers with new skills again: skills are part of the text. Where no model is at hand,
        meaning and words stay as they were, and the gain of new skills is a lower estimate: on the
        development set 0.05 lower, in one case of 200 higher.

    Returns
    -------
    tuple of E tuples
        The changes of each pair in the order skills, areas, region, direction, pressure; only
        those with something to change. A gain may be negative where a new text is read.

    Notes
    -----
    One call of `score` for all, and a check of the constraints for each distinct need. 20 pairs take
    3 ms, with a reader 40 ms.

    """
    relief = np.zeros(len(need)) if pressure is None else pressure
    pairs = [(needs.profiles[i], offers.profiles[j]) for i, j in zip(need, offer, strict=True)]
    variants = [
        each
        for place, (some, other) in enumerate(pairs)
        for each in _variants(place, some, other, float(offers.astray[offer[place]]))
    ]
    changed = _changed(offers, offer, variants, reader)
    before, after = _scored(needs, changed, need, variants, weights)
    before, after = before + relief, after + relief[_places(variants)]
    found: list[list[Counterfactual]] = [[] for _ in pairs]
    allowed = _allowed(pairs, variants)
    for each, now, may in zip(variants, after.tolist(), allowed, strict=True):
        gain = now - float(before[each.pair])
        found[each.pair].append(Counterfactual(Change(each.part, now, each.detail), gain, may))
    for place in np.flatnonzero(relief < 0.0).tolist():
        gain = -float(relief[place])
        alone = Change(Part.PRESSURE, float(before[place]) + gain)
        found[place].append(Counterfactual(alone, gain, allowed=True))
    return tuple(map(tuple, found))


def _variants(place: int, need: Profile, offer: Profile, astray: float) -> list[_Variant]:
    found = []
    if skills := missing_skills(need, offer):
        more = replace(offer, skills=(*offer.skills, *skills))
        found.append(_Variant(place, Part.SKILLS, more, skills))
    if areas := (need.areas | need.needs_areas) - offer.areas:
        more = replace(offer, areas=offer.areas | areas)
        found.append(_Variant(place, Part.AREAS, more, tuple(sorted(areas))))
    if regions := _out_of_reach(need, offer):
        more = replace(offer, regions=offer.regions | regions)
        found.append(_Variant(place, Part.REGION, more, tuple(sorted(regions))))
    if astray > 0.0:
        found.append(_Variant(place, Part.DIRECTION, offer))
    return found


def _out_of_reach(need: Profile, offer: Profile) -> Labels:
    """Regions that the offer would have to reach; what it leaves open counts where one insists."""
    for wanted, insisted in ((need.needs_regions, True), (need.regions, False)):
        stated = offer.regions or insisted
        if wanted and stated and not regions_meet(wanted, offer.regions):
            return wanted
    return frozenset()


def _scored(
    needs: Side, changed: Side, need: Rows, variants: Sequence[_Variant], weights: Weights | None
) -> tuple[FloatArray, FloatArray]:
    """Total scores of the pairs as they are, (E,), and as they would be, (V,): one call."""
    asking = np.concatenate([need, need[_places(variants)]])
    total = score(needs, changed, asking, np.arange(len(asking), dtype=np.intp), weights).total
    return total[: len(need)], total[len(need) :]


def _changed(
    offers: Side, offer: Rows, variants: Sequence[_Variant], reader: TextModels | None
) -> Side:
    """The offers of the pairs followed by the changed ones, as a side of their own."""
    row = np.concatenate([offer, offer[_places(variants)]])
    astray, skills = offers.astray[row], [offers.skills[j] for j in row]
    for at, each in enumerate(variants, len(offer)):
        if each.part is Part.DIRECTION:
            astray[at] = 0.0
        if each.part is Part.SKILLS:
            skills[at] = skills[at].union(word for one in each.detail for word in words(one))
    side = Side(
        (*(offers.profiles[j] for j in offer), *(each.offer for each in variants)),
        _rows(offers.reading, row),
        offers.words[row],
        tuple(skills),
        astray,
    )
    taught = [at for at, each in enumerate(variants, len(offer)) if each.part is Part.SKILLS]
    return _read_anew(side, taught, reader) if reader and taught else side


def _rows(said: TextFeatures, row: Rows) -> TextFeatures:
    return TextFeatures(said.meaning[row], tuple(said.grams[j] for j in row), said.lean[row])


def _read_anew(offers: Side, rows: list[int], reader: TextModels) -> Side:
    """The same side with the text of some offers read again; the direction stays."""
    meaning = offers.reading.meaning.copy()
    meaning[rows] = reader.embedder.encode([offers.profiles[row].gist for row in rows])
    heard = list(offers.reading.grams)
    for row in rows:
        heard[row] = grams(offers.profiles[row].said)
    reading = replace(offers.reading, meaning=meaning, grams=tuple(heard))
    return replace(offers, reading=reading, words=reader.lexicon.matrix(heard))


def _places(variants: Sequence[_Variant]) -> Rows:
    return np.array([each.pair for each in variants], np.intp)


def _allowed(pairs: Sequence[tuple[Profile, Profile]], variants: Sequence[_Variant]) -> list[bool]:
    asking = list(dict.fromkeys(each.pair for each in variants))
    number = {pair: row for row, pair in enumerate(asking)}
    needs = [pairs[pair][0] for pair in asking]
    constraints = Constraints.between(needs, [each.offer for each in variants])
    rows = [constraints.allowed(row) for row in range(len(asking))]
    return [bool(rows[number[each.pair]][n]) for n, each in enumerate(variants)]
