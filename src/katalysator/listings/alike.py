"""What one has posted before that says nearly the same: by what it means, in Dutch and English alike, and by its words.

The limits were chosen on the example coalition, where no two listings of a market are the same, and on eight pairs
that are; how well they do on others is told in `docs/boards.md`.
"""

from typing import Final

import numpy as np

from katalysator.coalition.models import Organisation, Person
from katalysator.engine.arrays import Float32Array, Int32Array
from katalysator.listings.contents import Content
from katalysator.listings.models import Listing
from katalysator.readings.models import Reading
from katalysator.readings.texts import read_texts

MOST: Final = 3
"""So many are shown."""
_COMPARED: Final = 200  # of the newest of one owner in one market
_ONE_LANGUAGE: Final = 0.65
_TWO_LANGUAGES: Final = 0.57
_WITH_WORDS: Final = 0.5
_WORDS: Final = 0.42


def alike(listing: Listing, owner: Organisation | Person) -> list[Listing]:
    """What the owner posted before in the same market, of the same kind, that says nearly what a listing says.

    The nearest first; drafts and what is over too. Cost: three queries, and 4 ms to read a text that nobody read yet.
    """
    name = "person" if isinstance(owner, Person) else "organisation"
    mine = Listing.objects.filter(**{name: owner}, kind=listing.kind, market=listing.market)
    mine = mine.filter(person=None) if name == "organisation" else mine
    before = list(mine.exclude(pk=listing.pk).with_owner().order_by("-pk")[:_COMPARED])
    if not before:
        return []
    profiles = [each.as_profile() for each in (listing, *before)]
    (own, *others), _new = read_texts(profiles)
    near = {
        each.pk: _nearness(own, other)
        for each, other in zip(before, others, strict=True)
        if says_the_same(own, other, in_one_language=each.language == listing.language)
    }
    return sorted((each for each in before if each.pk in near), key=lambda each: -near[each.pk])[
        :MOST
    ]


def alike_to_said(
    content: Content, owner: Organisation | Person, kind: str, market: str
) -> list[Listing]:
    """The same of what is about to be posted. Cost: see `alike`."""
    names = ("language", "title", "text")
    said = Listing(kind=kind, market=market, **{name: getattr(content, name) for name in names})
    said.skills = list(content.skills)
    return alike(said, owner)


def says_the_same(one: Reading, other: Reading, *, in_one_language: bool) -> bool:
    """Whether two texts say nearly the same: they mean it, or are near in meaning and have most of their words in common."""
    nearness = _nearness(one, other)
    if not in_one_language:
        return nearness >= _TWO_LANGUAGES
    if nearness >= _ONE_LANGUAGE:
        return True
    return nearness >= _WITH_WORDS and _shared(_groups(one), _groups(other)) >= _WORDS


def _nearness(one: Reading, other: Reading) -> float:
    return float(np.dot(_numbers(one), _numbers(other)))


def _numbers(reading: Reading) -> Float32Array:
    return np.asarray(reading.meaning, np.float32)


def _groups(reading: Reading) -> Int32Array:
    return np.asarray(reading.grams, np.int32)


def _shared(one: Int32Array, other: Int32Array) -> float:
    """Which part of the letter groups of the shorter text the other has too."""
    shorter = min(len(one), len(other))
    return len(np.intersect1d(one, other)) / shorter if shorter else 0.0
