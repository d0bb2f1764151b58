"""What can be asked about listings and matches. Who sees what: `test_visibility.py`."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Hub
from katalysator.engine.matching import GOOD, POSSIBLE
from katalysator.faults import InvalidInput
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import Fit
from katalysator.matches.models import Match
from tests import builders

pytestmark = pytest.mark.django_db


def titles(listings: Sequence[Listing] | Any) -> list[str]:
    return sorted(listing.title for listing in listings)


def listing(title: str, kind: Kind = Kind.NEED, **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, title=title, **fields)


def test_only_the_published_is_open() -> None:
    here = listing("open")
    builders.draft(builders.organisation(), title="draft")
    for verb in ("settle", "close", "expire"):
        verbs.move(listing(verb), verb, by=builders.HOUSE)
    assert list(Listing.objects.open()) == [here]


def test_needs_and_offers_are_told_apart() -> None:
    need, offer = listing("need"), listing("offer", Kind.OFFER)
    assert list(Listing.objects.of_kind("need")) == [need]
    assert list(Listing.objects.of_kind("offer")) == [offer]


def test_a_listing_is_in_each_of_its_areas() -> None:
    listing("both", areas=("zorg", "agro"))
    listing("one", areas=("agro",))
    assert titles(Listing.objects.in_area("zorg")) == ["both"]
    assert titles(Listing.objects.in_area("agro")) == ["both", "one"]
    assert titles(Listing.objects.in_area("energie")) == []


@pytest.fixture
def places() -> None:
    for code in ("NL", "NL3", "NL31", "NL310", "NL32", "DEA23"):
        listing(code, regions=(code,))
    listing("two", regions=("NL42", "NL31"))


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("NL31", ["NL", "NL3", "NL31", "NL310", "two"]),
        ("nl31", ["NL", "NL3", "NL31", "NL310", "two"]),
        ("NL310", ["NL", "NL3", "NL31", "NL310", "two"]),
        ("NL32", ["NL", "NL3", "NL32"]),
        ("NL", ["NL", "NL3", "NL31", "NL310", "NL32", "two"]),
        ("DEA", ["DEA23"]),
        ("FR", []),
    ],
)
def test_a_listing_reaches_a_region_in_around_or_within_it(region: str, found: list[str]) -> None:
    assert titles(Listing.objects.in_region(region)) == found


@pytest.mark.parametrize("code", ["", "atlantis", "(NL", ".*"])
def test_what_is_no_region_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput, match="not a region"):
        Listing.objects.in_region(code)


@pytest.mark.usefixtures("places")
def test_a_hub_serves_all_its_regions() -> None:
    hub = Hub(slug="hub", name="Voorbeeldhub", regions=["NL32", "NL42"])
    assert titles(Listing.objects.of_hub(hub)) == ["NL", "NL3", "NL32", "two"]


@pytest.mark.usefixtures("places")
def test_a_hub_without_regions_serves_nothing() -> None:
    assert titles(Listing.objects.of_hub(Hub(slug="hub", name="Voorbeeldhub", regions=[]))) == []


class TestWords:
    """Dutch and English stems, as people type them into a search box."""

    @pytest.fixture(autouse=True)
    def two(self) -> None:
        listing("Zeehonden tellen", text="Met drones boven de Waddenzee, 24 uur per dag.")
        lab = builders.organisation(name="Voorbeeldlab Delft", other_names=["VLD", "Café Één"])
        builders.listing(
            lab, title="Counting seals", text="With drones at sea.", language="en", areas=("agro",)
        )

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("zeehond", ["Zeehonden tellen"]),
            ("TELLEN zeehonden", ["Zeehonden tellen"]),
            ("zeeh", ["Zeehonden tellen"]),
            ("count seal", ["Counting seals"]),
            ("seals, counting!", ["Counting seals"]),
            ("drones", ["Counting seals", "Zeehonden tellen"]),
            ("drones seals", ["Counting seals"]),
            ("zeehonden seals", []),
            ("walvis", []),
            ("24", ["Zeehonden tellen"]),
            ("lab delft", ["Counting seals"]),
            ("vld", ["Counting seals"]),
            ("cafe een", ["Counting seals"]),
            ("landbouw", ["Counting seals"]),
            ("agriculture and food", ["Counting seals"]),
        ],
    )
    def test_stems_beginnings_and_names_are_found(self, words: str, found: list[str]) -> None:
        assert titles(Listing.objects.about(words)) == found

    @pytest.mark.parametrize(
        "words",
        ["😀", "שלום", "'; DROP TABLE x; --", '"', "& | ! :* <-> ()", "%", "\\", "x " * 10_000],
    )
    def test_odd_words_find_nothing_and_break_nothing(self, words: str) -> None:
        assert titles(Listing.objects.about(words)) == []

    def test_no_word_leaves_all(self) -> None:
        assert len(titles(Listing.objects.about(""))) == 2


@pytest.mark.parametrize(
    ("best", "fit"),
    [(0.0, Fit.GAP), (POSSIBLE - 0.01, Fit.GAP), (POSSIBLE, Fit.POSSIBLE),
     (GOOD - 0.01, Fit.POSSIBLE), (GOOD, Fit.SERVED), (1.0, Fit.SERVED)],
)  # fmt: skip
def test_a_need_is_a_gap_or_possible_or_served(best: float, fit: Fit) -> None:
    need = listing("need")
    listing("offer", Kind.OFFER)
    Listing.objects.update(best=best, best_inside=best)
    found = {each: list(Listing.objects.fitting(each, inside=False)) for each in Fit}
    assert found == {each: [need] if each is fit else [] for each in Fit}


def test_what_counts_is_what_the_asker_may_see() -> None:
    need = listing("need")
    Listing.objects.update(best=0.0, best_inside=GOOD)
    assert list(Listing.objects.fitting(Fit.GAP, inside=False)) == [need]
    assert list(Listing.objects.fitting(Fit.SERVED, inside=True)) == [need]


def test_what_is_not_open_fits_nothing() -> None:
    verbs.move(listing("need"), "close", by=builders.HOUSE)
    assert not any(Listing.objects.fitting(fit, inside=True) for fit in Fit)


def test_a_listing_ends_after_its_last_day() -> None:
    last = date(2026, 3, 31)
    listing("until then", end=last)
    listing("without an end")
    verbs.move(listing("closed", end=last), "close", by=builders.HOUSE)
    assert titles(Listing.objects.ended(last)) == []
    assert titles(Listing.objects.ended(last + timedelta(1))) == ["until then"]


def test_a_person_has_the_listings_of_the_own_organisations() -> None:
    mine, other = builders.organisation(), builders.organisation()
    draft = builders.draft(mine)
    builders.listing(other)
    assert list(Listing.objects.of(builders.person(mine))) == [draft]
    assert list(Listing.objects.of(builders.person())) == []


def test_a_stranger_has_no_listings_not_even_those_of_nobody() -> None:
    builders.listing(builders.organisation())
    assert list(Listing.objects.of(AnonymousUser())) == []


def test_matches_are_asked_for_by_score_and_by_side() -> None:
    need, offer = listing("need"), listing("offer", Kind.OFFER)
    other = listing("other", Kind.OFFER)
    good = Match.objects.create(need=need, offer=offer, market="expertise", score=0.5, parts={})
    weak = Match.objects.create(need=need, offer=other, market="expertise", score=0.49, parts={})
    assert list(Match.objects.good(0.5)) == [good]
    assert set(Match.objects.touching([need.pk])) == {good, weak}
    assert list(Match.objects.touching([other.pk])) == [weak]
    assert list(Match.objects.touching([])) == []
