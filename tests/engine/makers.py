"""Small markets for the tests of the engine: profiles, sides, and an embedder without a model."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from math import inf

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from katalysator.engine.matching import Profile, Side, needs_side, offers_side, read
from katalysator.engine.matching.profiles import FloatArray
from katalysator.engine.text import Lexicon
from katalysator.engine.text.embedding import FloatMatrix
from katalysator.engine.text.keyword import words

FEW = settings(max_examples=50, deadline=None)
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


def listings(
    *, least: int = 0, most: int = 6, prefix: str = "o"
) -> st.SearchStrategy[list[Profile]]:
    """Lists of profiles that clash and agree often, each with a key of its own."""
    return st.lists(profiles() | profiles().map(_unbound), min_size=least, max_size=most).map(
        lambda found: [replace(one, key=f"{prefix}{n}") for n, one in enumerate(found)]
    )


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """A profile in which anything may be stated or left open."""
    return Profile(
        key="",
        title=" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))),
        text=" ".join(draw(st.lists(st.sampled_from(WORDS), max_size=4))),
        market=draw(st.sampled_from(("", "data", "data", "pilot"))),
        organisation=draw(st.sampled_from(("", "a", "b", "c"))),
        language=draw(st.sampled_from(("nl", "en"))),
        areas=draw(_some("zorg", "agro", "energie")),
        regions=draw(_some("NL", "NL3", "NL31", "NL32", "BE2")),
        skills=tuple(sorted(draw(_some("deep learning", "radiologie", "python")))),
        labels={"level": labels} if (labels := draw(_some("hbo", "wo", "mbo"))) else {},
        ranges=draw(_ranges()),
        capacity=draw(st.sampled_from(PLACES)),
        needs_regions=draw(_some("NL", "NL31", "BE")),
        needs_areas=draw(_some("zorg", "agro")),
    )


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


def _ranges() -> st.SearchStrategy[dict[str, tuple[float, float]]]:
    """Any of the intervals, of which either end may be open."""
    each = {name: _interval(points) for name, points in POINTS.items()}
    return st.fixed_dictionaries({}, optional=each)


@st.composite
def _interval(draw: st.DrawFn, points: tuple[float, ...]) -> tuple[float, float]:
    low, high = sorted((draw(st.sampled_from(points)), draw(st.sampled_from(points))))
    return draw(st.sampled_from((low, -inf))), draw(st.sampled_from((high, inf)))


def days(first: date | None, last: date | None) -> tuple[float, float]:
    """A period as the engine has it."""
    return (
        -inf if first is None else float(first.toordinal()),
        inf if last is None else float(last.toordinal()),
    )
