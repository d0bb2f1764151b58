"""A listing in Dutch is found by English words and the other way round, among all open ones of the example.

The words were written from titles and texts before anything was looked for, and were not changed since.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Final

import pytest
from django.utils import timezone

from katalysator.listings.market import market
from katalysator.listings.models import Listing
from katalysator.readings.texts import renew_lexicon
from katalysator.search.indexing import make_findable
from katalysator.site.demo import loading
from tests import builders

pytestmark = pytest.mark.django_db

ENGLISH_FOR_DUTCH: Final = {
    "gemeente-stage-data-mbo": "internship data team municipality",
    "data-kinderstemmen-lezen": "recordings of children with dyslexia reading aloud",
    "kas-met-rails-proefrij": "greenhouse to test robots",
    "kapitaal-vangnet-noord": "public co-investor",
    "challenge-spreektaal-zoeken": "searchable speech with dialect",
    "ingenieur-sensoren-rail": "engineer for sensors on trains",
    "data-kwartierwaarden-middenspanning": "quarter-hour measurements of substations",
    "bouw-meetstage": "internship on a building site",
    "teach-the-teacher-python": "teachers learn to teach machine learning",
    "challenge-lege-containers": "empty container trips",
    "pilot-ouders-aan-zet": "parents and pupils judge recommendations",
    "uitleg-korting-app": "are personal discounts fair",
    "data-ct-beroerte-gezocht": "stroke CT scans",
    "capital-industrial-minority": "minority stake industrial technology",
}
"""Words for a listing, by its key."""
DUTCH_FOR_ENGLISH: Final = {
    "legal-retrieval-consult": "rechtspraak doorzoeken met bronnen",
    "fibre-fault-localisation": "storingen in glasvezel opsporen",
    "kapitaal-lasnaad-buitenland": "groeigeld trillingsanalyse buitenland",
    "data-toekenningen-synthetic": "nepgegevens over uitkeringen om vooroordelen te toetsen",
    "kapitaal-klankwerk-zaad": "subsidie voor leescoach op dorpsscholen",
    "consortium-lasnaad-edge": "zuinige rekenmodule voor modellen",
    "vegetation-dryness-maps": "kaarten van droogte in de natuur",
    "capital-deeptech-seed": "startkapitaal voor machines die kijken",
    "pilot-private-network-site": "hal met eigen mobiel netwerk voor robots",
    "helmond-machine-data-internship": "stage geluid van machines",
    "challenge-shared-connection": "samen een stroomaansluiting op een bedrijventerrein",
    "ai-law-lecture-series": "colleges over de AI-verordening en discriminatie",
    "data-leaf-disease-photos": "foto's van meeldauw in tomaten",
    "telecom-noc-stage": "stage alarmen van een netwerk",
}
FIRST: Final = 10


@pytest.fixture(scope="module")
def board(lasting: Callable[[], AbstractContextManager[object]]) -> dict[str, int]:
    """All open needs and offers of the example, read; their numbers by their keys."""
    with lasting():
        owner = builders.organisation()
        rows = [
            each
            for each in loading.records("listing", "listings-*.toml")
            if each["state"] == "published"
        ]
        made = Listing.objects.bulk_create([_listing(row, owner.pk) for row in rows])
        renew_lexicon()
        make_findable(Listing.objects.all())
        renew_lexicon()
        return {row["key"]: listing.pk for row, listing in zip(rows, made, strict=True)}


def _listing(row: loading.DemoRecord, owner: int) -> Listing:
    said, where = loading.content_of_row(row, date(2026, 3, 2)), market(row["market"])
    names = ("language", "title", "text", "areas", "regions", "skills")
    listing = Listing(
        organisation_id=owner,
        kind=row["kind"],
        market=where.slug,
        block=where.blocks[0].value,
        state="published",
        published_at=timezone.now(),
        **{name: getattr(said, name) for name in names},
    )
    listing.set_terms(where.clean(said.terms))
    return listing


def places(board: Mapping[str, int], asked: Mapping[str, str]) -> dict[str, int]:
    """The place in the list of each that is looked for, from 1; a hundred and one where it is not found at all."""
    found = {}
    for key, words in asked.items():
        numbers = list(Listing.objects.open().about(words).values_list("pk", flat=True))
        found[key] = numbers.index(board[key]) + 1 if board[key] in numbers else 101
    return found


def test_a_dutch_listing_is_found_by_english_words(board: dict[str, int]) -> None:
    found = places(board, ENGLISH_FOR_DUTCH)
    assert sum(place <= FIRST for place in found.values()) >= 14, found


def test_an_english_listing_is_found_by_dutch_words(board: dict[str, int]) -> None:
    """Four of fourteen are not, three of them not at all."""
    found = places(board, DUTCH_FOR_ENGLISH)
    assert sum(place <= FIRST for place in found.values()) >= 10, found
