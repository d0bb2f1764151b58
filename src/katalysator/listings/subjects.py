"""Subjects: what listings are about, to browse by. They are the concepts that were read in their texts."""

from collections.abc import Collection
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import CharField, Count, F, Func

from katalysator.core.filters import Choices
from katalysator.core.language import active_language
from katalysator.engine.concepts import plain
from katalysator.readings.texts import lexicon

if TYPE_CHECKING:
    from katalysator.listings.models import Listing
    from katalysator.listings.queries import ListingQuerySet

TOLD: Final = 6
"""Subjects that are told of a listing at most."""
_SURE: Final = 0.7  # how surely a concept is meant that is told


class Subject(NamedTuple):
    """A concept by its key, its name in the active language, and how many listings tell of it."""

    key: str
    name: str
    listings: int = 0


class _Each(Func):
    """Each value of an array, in a row of its own."""

    function = "unnest"
    output_field = CharField()
    set_returning = True


def subject_choices() -> Choices:
    """All subjects that there can be."""
    language = active_language()
    return [(each.key, each.label(language)) for each in lexicon().thesaurus.concepts]


def subjects_of(listing: "Listing") -> list[Subject]:
    """What a listing is surely about, the rarest first, and nothing that another of them is part of.

    Cost: none where the reading came along; else a small query.
    """
    read = listing.reading.concepts if listing.reading else {}
    known = lexicon()
    thesaurus, rarity = known.thesaurus, known.concept_weights(len(known.thesaurus))
    sure = {key for key, weight in read.items() if weight >= _SURE and key in thesaurus.row}
    above = thesaurus.with_broader(wide for key in sure for wide in thesaurus[key].broader)
    told = sorted(sure - above, key=lambda key: (-rarity[thesaurus.row[key]], key))
    language = active_language()
    return [Subject(key, thesaurus[key].label(language)) for key in told[:TOLD]]


def counts_by_subject(
    listings: "ListingQuerySet", keys: Collection[str] | None = None
) -> dict[str, int]:
    """How many of some listings tell of each concept; where `keys` are given, at least of those.

    Cost: one query, which reads each listing that tells of any of them.
    """
    some = listings if keys is None else listings.filter(meant__overlap=list(keys))
    each = some.order_by().annotate(subject=_Each(F("meant"))).values_list("subject")
    return dict(each.annotate(count=Count("pk")))


def subjects_in(listings: "ListingQuerySet") -> list[tuple[str, list[Subject]]]:
    """The subjects of some listings by name, under their first letters. Cost: two queries, one of which reads them all."""
    names = dict(subject_choices())
    found = [
        Subject(key, str(names[key]), count)
        for key, count in counts_by_subject(listings).items()
        if key in names
    ]
    found.sort(key=lambda subject: plain(subject.name).casefold())
    return [(letter, list(some)) for letter, some in groupby(found, _letter)]


def _letter(subject: Subject) -> str:
    return plain(subject.name)[:1].upper()
