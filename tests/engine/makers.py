"""Small markets for the tests of the engine: profiles, sides, and an embedder without a model."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from math import inf
from typing import Any

import numpy as np
from hypothesis import strategies as st

from katalysator.engine.arrays import BoolArray, Float32Array, FloatArray, Rows
from katalysator.engine.matching import Fates, Profile, Side, both_sides, read
from katalysator.engine.text import Lexicon
from katalysator.engine.text.keyword import words
from tests.examples import examples

FEW = examples(50)
"""For properties of whole lists of profiles, which take their time to make."""

DAYS = tuple(date(2026, 9, day) for day in range(1, 7))
PLACES = tuple(range(4))
AMOUNTS = (0.0, 1.0, 2.0, 5.0)
POINTS: dict[str, tuple[float, ...]] = {
    "period": tuple(float(day.toordinal()) for day in DAYS),
    "ticket": AMOUNTS,
    "capacity": tuple(map(float, PLACES)),
}
"""The ends that intervals have here, by their names."""
WORDS = ("beeld", "zorg", "sensor", "wij zoeken", "we offer", "longscans herkennen", "beroerte")


class WordEmbedder:
    """Texts as the mean direction of their words: every word has a place of its own."""

    name = "words"
    dimension = 12

    def encode(self, texts: Sequence[str]) -> Float32Array:
        vectors = np.array([self._vector(text) for text in texts]).reshape(-1, self.dimension)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, length, out=vectors, where=length > 0)
        return vectors.astype(np.float32)

    def _vector(self, text: str) -> FloatArray:
        places = np.array([np.zeros(self.dimension), *map(_place, words(text))])
        return np.asarray(places.sum(axis=0))


@cache
def _place(word: str) -> FloatArray:
    return np.random.default_rng(zlib.crc32(word.encode())).normal(size=WordEmbedder.dimension)


def sides(
    needs: Sequence[Profile], offers: Sequence[Profile], lexicon: Lexicon | None = None
) -> tuple[Side, Side]:
    """Both sides, read; the words weigh as they do among these texts unless a lexicon is given."""
    reader = WordEmbedder()
    return both_sides(needs, offers, read(needs, reader), read(offers, reader), lexicon)


def every_pair(needs: Sequence[Profile], offers: Sequence[Profile]) -> tuple[Rows, Rows]:
    """The rows of all pairs, by need."""
    pair = np.arange(len(needs) * len(offers), dtype=np.intp)
    need, offer = np.divmod(pair, max(1, len(offers)))
    return need, offer


def mixed_market(needs: int, offers: int) -> tuple[list[Profile], list[Profile]]:
    """Texts that share many words, skills and concepts, each in its own measure."""
    said = ["deep learning", "beroerte", "planning", "radiologie", "warmtepomp", "spraakherkenning"]

    def listing(key: str, n: int) -> Profile:
        title = " ".join(said[(n * step) % 6] for step in range(1, 4))
        text = f"woord{n} taak{n * 7 % 11} gezocht"
        return Profile(key, title, text, language="nl", skills=tuple(said[n % 6 : n % 6 + 2]))

    return [listing(f"n{n}", n) for n in range(needs)], [
        listing(f"o{n}", n * 5 + 1) for n in range(offers)
    ]


def wanting_a_place(needs: Sequence[Profile]) -> list[Profile]:
    """The same needs, that each ask for a place at least."""
    return [replace(need, ranges={**need.ranges, "place": (1.0, inf)}) for need in needs]


def _unbound(profile: Profile) -> Profile:
    """The same profile, without what keeps it from others."""
    return replace(
        profile,
        market="",
        organisation="",
        labels={},
        ranges={},
        capacity=max(1, profile.capacity),
        needs_regions=frozenset(),
        needs_areas=frozenset(),
    )


def _some(*choices: str) -> st.SearchStrategy[frozenset[str]]:
    """Often nothing at all, as in life."""
    return st.just(frozenset[str]()) | st.frozensets(st.sampled_from(choices), max_size=2)


def _interval(points: tuple[float, ...]) -> st.SearchStrategy[tuple[float, float]]:
    """From a point to a point, either end of which may be open."""
    end = st.sampled_from(points)
    both = st.tuples(end, end).map(sorted)
    return st.tuples(both, st.booleans(), st.booleans()).map(
        lambda drawn: (drawn[0][0] if drawn[1] else -inf, drawn[0][1] if drawn[2] else inf)
    )


def _labelled(labels: frozenset[str]) -> dict[str, frozenset[str]]:
    return {"level": labels} if labels else {}


def days(first: date | None, last: date | None) -> tuple[float, float]:
    """A period as the engine has it."""
    return (
        -inf if first is None else float(first.toordinal()),
        inf if last is None else float(last.toordinal()),
    )


# Made once: making and checking strategies costs far more than drawing from them.
_SAID: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "title": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
        "text": st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
        "market": st.sampled_from(("", "data", "data", "pilot")),
        "organisation": st.sampled_from(("", "a", "b", "c")),
        "language": st.sampled_from(("nl", "en")),
        "areas": _some("zorg", "agro", "energie"),
        "regions": _some("NL", "NL3", "NL31", "NL32", "BE2"),
        "skills": _some("deep learning", "radiologie", "python").map(sorted).map(tuple),
        "labels": _some("hbo", "wo", "mbo").map(_labelled),
        "ranges": st.fixed_dictionaries(
            {}, optional={name: _interval(points) for name, points in POINTS.items()}
        ),
        "capacity": st.sampled_from(PLACES),
        "needs_regions": _some("NL", "NL31", "BE"),
        "needs_areas": _some("zorg", "agro"),
    }
)


def profiles() -> st.SearchStrategy[Profile]:
    """Profiles in which anything may be stated or left open."""
    return _SAID.map(lambda said: Profile(key="", **said))


def listings(
    *, least: int = 0, most: int = 6, prefix: str = "o"
) -> st.SearchStrategy[list[Profile]]:
    """Lists of profiles that clash and agree often, each with a key of its own."""
    return st.lists(profiles() | profiles().map(_unbound), min_size=least, max_size=most).map(
        lambda found: [replace(one, key=f"{prefix}{n}") for n, one in enumerate(found)]
    )


def fates(placed: BoolArray, score: FloatArray | None = None) -> Fates:
    """What a run gave people who are all seen as much, without prices."""
    ones = np.ones(placed.size)
    return Fates(placed, ones if score is None else score, ones, None, openings=1)
