"""Why a pair fits, what to ask the other side, and how busy it is: facts first, words later.

Each fact is read from the two profiles; `wording` turns them into sentences.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from sys import intern
from threading import Lock
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.concepts.reading import Mention, concept_reader, keep_surest, lemma
from katalysator.engine.concepts.thesaurus import Concept, Thesaurus
from katalysator.engine.matching.constraints import covers, regions_meet
from katalysator.engine.matching.profiles import Labels, Profile
from katalysator.engine.matching.scoring import Part
from katalysator.engine.text.keyword import Grams, Lexicon, grams, words

Meant = Mapping[int, float]
"""How surely each concept is meant, by its row in the thesaurus."""
NONE_MEANT: Final[Meant] = MappingProxyType({})


class Strength(StrEnum):
    """How good a match is, in steps of the chance that it is useful."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    WEAK = "weak"


class Reach(StrEnum):
    """How the regions of the two sides lie."""

    SAME = "same"
    WIDER = "wider"  # the offer's holds the need's
    INSIDE = "inside"
    OTHER = "other"


class Busy(StrEnum):
    """How many others want the same offer, measured by its price in the allocation."""

    QUIET = "quiet"
    WANTED = "wanted"
    CROWDED = "crowded"


class SharedConcept(NamedTuple):
    """What both are about, and the words of each side that say so: a name may be wider than these."""

    concept: Concept
    need: str
    offer: str

    @property
    def in_the_same_words(self) -> bool:
        """Whether both say it alike, but for capitals and endings."""
        return any(_lemmas(self.need, each) == _lemmas(self.offer, each) for each in ("nl", "en"))


@dataclass(frozen=True, slots=True)
class Explanation:
    """The facts of one pair. Empty tuples mean that there is nothing to say about it.

    Words are told where neither skills nor two concepts say why.
    """

    strength: Strength
    shared_concepts: tuple[SharedConcept, ...]
    shared_words: tuple[str, ...]
    shared_skills: tuple[str, ...]
    skills_to_ask: tuple[str, ...]
    shared_areas: tuple[str, ...]
    shared_labels: tuple[tuple[str, tuple[str, ...]], ...]
    shared_ranges: tuple[tuple[str, tuple[float, float]], ...]
    region: Reach | None
    languages_differ: bool
    astray: bool
    busy: Busy


STRONG, GOOD, POSSIBLE = 0.70, 0.50, 0.25
_ASTRAY = -0.5  # log-odds
_LONG_WORD = 5
_CONCEPTS, _WORDS = 3, 3  # that are told at most
_NONE = frozenset({"", "geen", "na", "nee", "none", "nvt", "onbekend", "unknown"})
_ALIKE = 0.7  # of a skill's letter groups, that the offer has
_SURE = 0.7  # how surely a concept is meant that is told
_ROUNDED = 0.001  # of how surely: so it is kept
_TELLING = 2.3  # rarity of a concept that is told: in no more than one text in ten


def strength(score: float) -> Strength:
    """The step of a score; the same for every reader."""
    if score >= STRONG:
        return Strength.STRONG
    if score >= GOOD:
        return Strength.GOOD
    return Strength.POSSIBLE if score >= POSSIBLE else Strength.WEAK


def busy(pressure: float) -> Busy:
    """The step of an offer's pressure, from 0 (nobody waits) to 1 (all it gives is bid away)."""
    if pressure >= 0.4:
        return Busy.CROWDED
    return Busy.WANTED if pressure > 0.05 else Busy.QUIET


def explain(
    need: Profile,
    offer: Profile,
    score: float,
    parts: Mapping[Part, float],
    *,
    concepts: tuple[Meant, Meant] = (NONE_MEANT, NONE_MEANT),
    letters: Grams | None = None,
    pressure: float = 0.0,
    lexicon: Lexicon | None = None,
) -> Explanation:
    """Facts of one scored pair. Cost: a few sets.

    Parameters: `score`, the chance, and its `parts`; `concepts` of both sides; `letters`, the letter groups of
    the offer where they were read; `lexicon` tells which words and concepts are worth telling.
    """
    known = lexicon or Lexicon.empty()
    both = sorted(concepts[0].keys() & concepts[1].keys())
    given = _words(offer.said) if need.skills else ()
    named = tuple(skill for skill in need.skills if _is_named(skill, given))
    sure = [row for row in both if _surely(row, concepts)]
    shared = _shared_concepts(sure, concepts, known, need, offer)
    says_enough = named or len(shared) > 1
    return Explanation(
        strength=strength(score),
        shared_concepts=shared,
        shared_words=() if says_enough else _shared_words(need, offer, known),
        shared_skills=named,
        skills_to_ask=tuple(
            skill
            for skill in need.skills
            if skill not in named
            and _is_missing(skill, need, offer, concepts[1], known.thesaurus, letters)
        ),
        shared_areas=tuple(sorted(need.areas & offer.areas)),
        shared_labels=_shared_labels(need, offer),
        shared_ranges=_shared_ranges(need, offer),
        region=_region(need.regions, offer.regions),
        languages_differ=bool(need.language and offer.language and need.language != offer.language),
        astray=parts.get(Part.DIRECTION, 0.0) < _ASTRAY,
        busy=busy(pressure),
    )


def _surely(row: int, concepts: tuple[Meant, Meant]) -> bool:
    return min(each[row] for each in concepts) >= _SURE


def _shared_concepts(
    sure: Sequence[int],
    concepts: tuple[Meant, Meant],
    lexicon: Lexicon,
    need: Profile,
    offer: Profile,
) -> tuple[SharedConcept, ...]:
    """What both are surely about, the rarest first, and none that another of them is part of."""
    told = _worth_telling(sure, lexicon) if sure else []
    if not told:  # to find the words for them takes longest
        return ()
    known = lexicon.thesaurus
    mine = _said_in(known, need.told, need.language)
    theirs = _said_in(known, offer.told, offer.language)
    found = ((row, mine.of(row, concepts[0]), theirs.of(row, concepts[1])) for row in told)
    shared = (
        SharedConcept(known.concepts[row], asked, given)
        for row, asked, given in found
        if asked and given  # else the thesaurus changed since it was read
    )
    return tuple(islice(shared, _CONCEPTS))


def _worth_telling(sure: Sequence[int], lexicon: Lexicon) -> list[int]:
    thesaurus = lexicon.thesaurus
    rarity = lexicon.concept_weights(len(thesaurus))
    telling = {row: thesaurus.concepts[row] for row in sure if rarity[row] >= _TELLING}
    above = thesaurus.with_broader(key for each in telling.values() for key in each.broader)
    told = [row for row, concept in telling.items() if concept.key not in above]
    return sorted(told, key=lambda row: (-rarity[row], row))


def _lemmas(said: str, language: str) -> list[str]:
    return [lemma(word, language) for word in said.split()]


class _SaidIn:
    """By which words a text means its concepts; it is read no further than it takes to know."""

    def __init__(self, left: Iterator[Mention]) -> None:
        self._left, self._best, self._turn = left, dict[int, Mention](), Lock()

    def of(self, row: int, meant: Meant) -> str:
        """The words for a concept, where it is `meant` as surely as that; none where nothing says it."""
        with self._turn:
            while (known := self._best.get(row)) is None or known.weight < meant[row] - _ROUNDED:
                found = next(self._left, None)
                if found is None:
                    break
                keep_surest(self._best, found)
        return known.said if known else ""


@lru_cache(maxsize=4_096)  # .3 ms a text to its end, of needs that find many offers
def _said_in(thesaurus: Thesaurus, told: tuple[str, ...], language: str) -> _SaidIn:
    return _SaidIn(concept_reader(thesaurus).in_order(told, language))


@lru_cache(maxsize=4_096)
def _meant_by(thesaurus: Thesaurus, skill: str, language: str) -> frozenset[int]:
    return frozenset(concept_reader(thesaurus).mentions([skill], language))


def _is_named(skill: str, given: tuple[str, ...]) -> bool:
    """Whether the words of a skill stand together in an offer, whatever their endings."""
    wanted = tuple(words(skill))
    return bool(wanted) and any(
        _stands_in(tuple(lemma(word, each) for word in wanted), _forms(given, each))
        for each in ("nl", "en")
    )


def _stands_in(some: tuple[str, ...], all_: tuple[str, ...]) -> bool:
    first, size = some[0], len(some)
    return first in all_ and any(
        word == first and all_[at : at + size] == some for at, word in enumerate(all_)
    )


@lru_cache(maxsize=4_096)
def _forms(given: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(lemma(word, language) for word in given)


def _is_missing(
    skill: str,
    need: Profile,
    offer: Profile,
    given: Meant,
    thesaurus: Thesaurus,
    letters: Grams | None,
) -> bool:
    """Whether an offer surely does not mean a skill: by no concept, and in no words much like it.

    In another language only a concept can tell. "None" is no skill, but people fill it in.
    """
    wanted = tuple(words(skill))
    if "".join(wanted) in _NONE:
        return False
    meant = _meant_by(thesaurus, skill, need.language)
    if meant & given.keys() or any(wanted in _called(thesaurus, row) for row in given):
        return False
    told = bool(meant) or need.language == offer.language
    if not told:
        return False
    mine, theirs = _grams(skill), _grams(offer.said) if letters is None else letters
    return _in_common(mine, theirs) < _ALIKE * max(1, len(mine))


def _in_common(mine: Grams, theirs: Grams) -> int:
    """How many letter groups two texts have in common; both are sorted."""
    places = np.searchsorted(theirs, mine)
    found = places < len(theirs)
    return int(np.count_nonzero(theirs[places[found]] == mine[found]))


@lru_cache(maxsize=4_096)
def _words(said: str) -> tuple[str, ...]:
    return tuple(map(intern, words(said)))  # texts share most of their words


_grams = lru_cache(maxsize=1_024)(grams)  # of what many needs find, and of skills: 3 kB a text


@lru_cache(maxsize=4_096)
def _called(thesaurus: Thesaurus, row: int) -> frozenset[tuple[str, ...]]:
    """What a concept is called, in words."""
    concept = thesaurus.concepts[row]
    return frozenset(tuple(words(label)) for some in concept.labels.values() for label in some)


def _shared_words(need: Profile, offer: Profile, lexicon: Lexicon) -> tuple[str, ...]:
    """Long and uncommon words that both say, the rarest first, three at most."""
    given = _long_words(offer.said).keys()
    shared = [word for word in _long_words(need.said) if word in given and lexicon.is_telling(word)]
    return tuple(sorted(shared, key=lexicon.count)[:_WORDS])


@lru_cache(maxsize=4_096)
def _long_words(said: str) -> Mapping[str, None]:
    """The long words of a text, each once, in their order."""
    return dict.fromkeys(word for word in _words(said) if len(word) >= _LONG_WORD)


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
    if any(covers(their, my) for their in theirs for my in mine):
        return Reach.WIDER
    return Reach.INSIDE if regions_meet(mine, theirs) else Reach.OTHER
