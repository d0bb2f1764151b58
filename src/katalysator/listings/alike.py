"""What one has posted before that says nearly the same: by what it means, in Dutch and English alike, and by its words.

The limits were chosen on the example coalition, where no two listings of a market are the same, and on eight pairs
that are; how well they do on others is told in `docs/boards.md`.
"""

from typing import Final

import numpy as np

from katalysator.coalition.models import Organisation, Person
from katalysator.engine.matching import ComparedText, nearness, says_the_same
from katalysator.listings.contents import Content
from katalysator.listings.models import Listing
from katalysator.readings.models import Reading
from katalysator.readings.texts import read_texts

MOST: Final = 3
"""So many are shown."""
_COMPARED: Final = 200  # of the newest of one owner in one market


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
    readings, _new = read_texts(profiles)
    texts = (compared(*each) for each in zip(readings, (listing, *before), strict=True))
    own, *others = texts
    near = {
        each.pk: nearness(own, other)
        for each, other in zip(before, others, strict=True)
        if says_the_same(own, other)
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


def compared(reading: Reading, listing: Listing) -> ComparedText:
    """A listing that was read, as it is compared with others."""
    meaning, grams = np.asarray(reading.meaning, np.float32), np.asarray(reading.grams, np.int32)
    return ComparedText(meaning, grams, listing.language)
