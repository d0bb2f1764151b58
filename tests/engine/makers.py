"""Small markets for the tests of the engine: profiles, sides, and an embedder without a model."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

import numpy as np
from hypothesis import strategies as st

from katalysator.engine.matching import Profile, Side, needs_side, offers_side, read
from katalysator.engine.matching.profiles import FloatArray
from katalysator.engine.text import Lexicon
from katalysator.engine.text.embedding import FloatMatrix
from katalysator.engine.text.keyword import words
from tests.examples import examples

FEW = examples(50)
"""For properties of whole lists of profiles, which take their time to make."""

T = TypeVar("T", date, float)
DAYS = tuple(date(2026, 9, day) for day in range(1, 7))
WORDS = ("beeld", "zorg", "sensor", "wij zoeken", "we offer", "longscans herkennen", "data")


class WordEmbedder:
    """Texts as the mean direction of their words: every word has a place of its own."""

    name = "words"
    dimension = 12

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
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
    asked, given = read(needs, WordEmbedder()), read(offers, WordEmbedder())
    weigh = lexicon or Lexicon.fit((*asked.grams, *given.grams))
    return needs_side(needs, asked, weigh), offers_side(offers, given, weigh)


def _unbound(profile: Profile) -> Profile:
    """The same profile, without what keeps it from others."""
    return replace(
        profile,
        market="",
        organisation="",
        labels={},
        start=None,
        end=None,
        ticket_min=None,
        ticket_max=None,
        capacity=max(1, profile.capacity),
        min_capacity=0,
        needs_regions=frozenset(),
        needs_areas=frozenset(),
    )


def _some(*choices: str) -> st.SearchStrategy[frozenset[str]]:
    """Often nothing at all, as in life."""
    return st.just(frozenset[str]()) | st.frozensets(st.sampled_from(choices), max_size=2)


def _ordered(values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T | None, T | None]]:
    side = st.none() | values
    return st.tuples(side, side).map(_in_order)


def _in_order(bounds: tuple[T | None, T | None]) -> tuple[T | None, T | None]:
    low, high = bounds
    return (high, low) if low is not None and high is not None and high < low else bounds


def _labelled(labels: frozenset[str]) -> dict[str, frozenset[str]]:
    return {"level": labels} if labels else {}


# Made once: making and checking strategies costs far more than drawing from them.
_PERIODS = _ordered(st.sampled_from(DAYS))
_TICKETS = _ordered(st.sampled_from((0.0, 1.0, 2.0, 5.0)))
_SAID = st.fixed_dictionaries(
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
        "capacity": st.integers(0, 3),
        "min_capacity": st.integers(0, 3),
        "needs_regions": _some("NL", "NL31", "BE"),
        "needs_areas": _some("zorg", "agro"),
    }
)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """A profile in which anything may be stated or left open."""
    (start, end), (low, high) = draw(_PERIODS), draw(_TICKETS)
    said: dict[str, Any] = draw(_SAID)
    return Profile(key="", start=start, end=end, ticket_min=low, ticket_max=high, **said)


def listings(
    *, least: int = 0, most: int = 6, prefix: str = "o"
) -> st.SearchStrategy[list[Profile]]:
    """Lists of profiles that clash and agree often, each with a key of its own."""
    return st.lists(profiles() | profiles().map(_unbound), min_size=least, max_size=most).map(
        lambda found: [replace(one, key=f"{prefix}{n}") for n, one in enumerate(found)]
    )
