"""Why a pair fits, what is missing and what would change it: facts first, words later.

Each fact is read from the two profiles. What would change it is computed by `counterfactual`, which
scores the changed profile again; without that, it is estimated from the parts. `wording` turns the
facts into sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from katalysator.engine.matching.constraints import regions_meet
from katalysator.engine.matching.profiles import Labels, Profile
from katalysator.engine.matching.scoring import Part, Weights
from katalysator.engine.text.keyword import Lexicon, words


class Strength(StrEnum):
    """How good a match is, in three steps that people read at a glance."""

    STRONG = "strong"
    GOOD = "good"
    WEAK = "weak"


class Reach(StrEnum):
    """How the regions of the two sides lie."""

    SAME = "same"
    WIDER = "wider"
    OTHER = "other"


class Busy(StrEnum):
    """How many others want the same offer, measured by its price in the allocation."""

    QUIET = "quiet"
    WANTED = "wanted"
    CROWDED = "crowded"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would raise the score, and the score that would follow."""

    part: Part
    score: float
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The facts of one pair. Empty tuples mean that there is nothing to say about it."""

    strength: Strength
    subject: Strength
    shared_words: tuple[str, ...]
    shared_skills: tuple[str, ...]
    missing_skills: tuple[str, ...]
    shared_areas: tuple[str, ...]
    missing_areas: tuple[str, ...]
    shared_labels: tuple[tuple[str, tuple[str, ...]], ...]
    shared_ranges: tuple[tuple[str, tuple[float, float]], ...]
    region: Reach | None
    areas_unstated: bool
    languages_differ: bool
    astray: bool
    change: Change | None
    busy: Busy


STRONG, GOOD = 0.72, 0.60
_SUBJECT_STRONG, _SUBJECT_GOOD = 0.65, 0.50  # shares of the subject's weight
_ASTRAY = -0.05
_WORTH_SAYING = 0.01
_TOLD = frozenset({Part.SKILLS, Part.REGION, Part.DIRECTION, Part.PRESSURE})
"""What is told: an offer can mend these, but its areas are what it is about, not a claim to add."""
_LONG_WORD = 5


def strength(score: float) -> Strength:
    """The step of a score; what the borders mean, and do not: docs/matching.md."""
    if score >= STRONG:
        return Strength.STRONG
    return Strength.GOOD if score >= GOOD else Strength.WEAK


def busy(pressure: float) -> Busy:
    """The step of an offer's pressure, from 0 (nobody waits) to 1 (all it gives is bid away)."""
    if pressure >= 0.4:
        return Busy.CROWDED
    return Busy.WANTED if pressure > 0.05 else Busy.QUIET


def explain(
    need: Profile,
    offer: Profile,
    parts: dict[Part, float],
    *,
    pressure: float = 0.0,
    weights: Weights | None = None,
    lexicon: Lexicon | None = None,
    changes: Sequence[Change] = (),
) -> Explanation:
    """Facts of one scored pair. Cost: a few sets.

    Parameters: `lexicon` tells which words are worth quoting; `changes` is what scoring the pair
    again gives for each thing that would change it, from `counterfactual`.
    """
    weigh = weights or Weights()
    total = sum(parts.values())
    return Explanation(
        strength=strength(total),
        subject=_subject(parts[Part.SUBJECT] / weigh.subject if weigh.subject else 0.0),
        shared_words=_shared_words(need, offer, lexicon or Lexicon.empty()),
        shared_skills=_met(need.skills, offer),
        missing_skills=missing_skills(need, offer),
        shared_areas=tuple(sorted(need.areas & offer.areas)),
        missing_areas=tuple(sorted(need.areas - offer.areas)) if offer.areas else (),
        shared_labels=_shared_labels(need, offer),
        shared_ranges=_shared_ranges(need, offer),
        region=_region(need.regions, offer.regions),
        areas_unstated=not need.areas or not offer.areas,
        languages_differ=bool(need.language and offer.language and need.language != offer.language),
        astray=parts.get(Part.DIRECTION, 0.0) < _ASTRAY,
        change=_most(changes, total),
        busy=busy(pressure),
    )


def _subject(share: float) -> Strength:
    if share >= _SUBJECT_STRONG:
        return Strength.STRONG
    return Strength.GOOD if share >= _SUBJECT_GOOD else Strength.WEAK


def _met(skills: Sequence[str], offer: Profile) -> tuple[str, ...]:
    """The skills whose words the offer says anywhere."""
    said = set(words(offer.said))
    return tuple(skill for skill in skills if said.issuperset(words(skill)))


def missing_skills(need: Profile, offer: Profile) -> tuple[str, ...]:
    """The skills that the need asks for and the offer nowhere says."""
    met = _met(need.skills, offer)
    return tuple(skill for skill in need.skills if skill not in met)


def _shared_words(need: Profile, offer: Profile, lexicon: Lexicon) -> tuple[str, ...]:
    """Long and uncommon words that both say, the rarest first, three at most."""
    theirs = set(words(offer.said))
    mine = dict.fromkeys(word for word in words(need.said) if len(word) >= _LONG_WORD)
    shared = [word for word in mine if word in theirs and lexicon.is_telling(word)]
    return tuple(sorted(shared, key=lexicon.count)[:3])


def _shared_labels(need: Profile, offer: Profile) -> tuple[tuple[str, tuple[str, ...]], ...]:
    both = (
        (name, mine & offer.labels.get(name, frozenset())) for name, mine in need.labels.items()
    )
    return tuple((name, tuple(sorted(shared))) for name, shared in both if shared)


def _shared_ranges(need: Profile, offer: Profile) -> tuple[tuple[str, tuple[float, float]], ...]:
    """What the intervals that both state have in common."""
    return tuple(
        (name, (max(low, offer.ranges[name][0]), min(high, offer.ranges[name][1])))
        for name, (low, high) in need.ranges.items()
        if name in offer.ranges
    )


def _region(mine: Labels, theirs: Labels) -> Reach | None:
    if not mine or not theirs:
        return None
    if mine & theirs:
        return Reach.SAME
    return Reach.WIDER if regions_meet(mine, theirs) else Reach.OTHER


def _most(changes: Sequence[Change], total: float) -> Change | None:
    """The one mend that gains most; the first of equals."""
    told = (each for each in changes if each.part in _TOLD)
    worth = [each for each in told if each.score - total > _WORTH_SAYING]
    return max(worth, key=lambda each: each.score, default=None)
