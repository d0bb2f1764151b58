"""Who sees what, with data that could leak: in lists, on pages, in matches, counts and search.

Four listings of one owner: a public one, one for participants, a draft and a closed one. Each of
the hidden ones says a word that is nowhere else.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import kept
from katalysator.engine.matching.explanation import GOOD
from katalysator.listings import verbs
from katalysator.listings.cards import card
from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import candidates
from katalysator.matches.matrix import Counts, counted
from katalysator.matches.models import Match
from tests import builders
from tests.matches.steps import NEED, OFFER, match_all

pytestmark = pytest.mark.django_db

PUBLIC, INSIDE, DRAFT, CLOSED = "OpenbaarAanbod", "BinnenAanbod", "ConceptAanbod", "GeslotenAanbod"
HIDDEN = {INSIDE, DRAFT, CLOSED}
ALL = HIDDEN | {PUBLIC}


@dataclass
class House:
    """A need of one participant, the four offers of another, and everyone who may come by."""

    owner: Organisation
    need: Listing
    offers: dict[str, Listing]
    people: dict[str, Person | AnonymousUser]


def offered(
    owner: Organisation, name: str, make: Callable[..., Listing] = builders.listing
) -> Listing:
    visibility = "everyone" if name == PUBLIC else "participants"
    title = f"{OFFER['title']} {name}"
    return make(owner, Kind.OFFER, title=title, text=OFFER["text"], visibility=visibility)


@pytest.fixture(scope="module")
def furnished(lasting: Callable[[], AbstractContextManager[object]]) -> House:
    with lasting():
        return _furnished()


@pytest.fixture
def house(furnished: House) -> House:
    """Records that a test may change: others get copies of their own."""
    return deepcopy(furnished)


def _furnished() -> House:
    owner, asker = builders.organisation(), builders.organisation()
    outside = builders.organisation(state="listed")
    offers = {
        PUBLIC: offered(owner, PUBLIC),
        INSIDE: offered(owner, INSIDE),
        DRAFT: offered(owner, DRAFT, builders.draft),
        CLOSED: verbs.move(offered(owner, CLOSED), "close", by=builders.HOUSE),
    }
    people: dict[str, Person | AnonymousUser] = {
        "stranger": AnonymousUser(),
        "nobody": builders.person(),
        "directory": builders.person(outside),
        "participant": builders.person(asker),
        "owner": builders.person(owner),
        "bureau": builders.person(is_coordinator=True),
    }
    return House(owner, builders.listing(asker, **NEED), offers, people)


SEES = {
    "stranger": {PUBLIC},
    "nobody": {PUBLIC},
    "directory": {PUBLIC},
    "participant": {PUBLIC, INSIDE},
    "owner": ALL,
    "bureau": ALL,
}
OUTSIDE, WITHIN = ["stranger", "nobody", "directory"], ["participant", "owner", "bureau"]
everyone = pytest.mark.parametrize("who", list(SEES))


def browser(person: Person | AnonymousUser) -> Client:
    client = Client()
    if isinstance(person, Person):
        client.force_login(person, "katalysator.site.accounts.backend.PersonBackend")
    return client


def names_in(text: str) -> set[str]:
    return {name for name in ALL if name in text}


@everyone
def test_the_one_door_shows_what_is_theirs_to_see(house: House, who: str) -> None:
    seen = Listing.objects.visible_to(house.people[who]).of_kind("offer")
    assert names_in(" ".join(seen.values_list("title", flat=True))) == SEES[who]
    assert seen.count() == len(SEES[who])


@everyone
def test_two_organisations_of_one_person_show_nothing_twice(house: House, who: str) -> None:
    person = house.people[who]
    if isinstance(person, Person) and who in WITHIN:
        Membership.objects.create(person=person, organisation=builders.organisation())
    seen = list(Listing.objects.visible_to(person).values_list("pk", flat=True))
    assert len(seen) == len(set(seen))


@everyone
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {PUBLIC, INSIDE}),
        ("?q=beeldherkenning&state=any", ALL),
        ("?sort=gaps&state=any", ALL),
        ("?sort=title&state=any", ALL),
        ("?state=draft", {DRAFT}),
        ("?state=closed", {CLOSED}),
        ("?state=any&show=matches&kind=offer", set()),
    ],
)
def test_lists_do_not_leak(house: House, who: str, asked: str, found: set[str]) -> None:
    shown = browser(house.people[who]).get(reverse("listing-list") + asked).content.decode()
    assert names_in(shown) == SEES[who] & found


@everyone
def test_searching_a_hidden_word_finds_it_for_those_who_may_see_it_only(
    house: House, who: str
) -> None:
    client = browser(house.people[who])
    for name in ALL:
        page = client.get(reverse("listing-list"), {"q": name, "state": "any"}).context["page"]
        assert len(page) == (name in SEES[who])


@everyone
def test_the_organisations_page_does_not_leak(house: House, who: str) -> None:
    page = browser(house.people[who]).get(house.owner.get_absolute_url()).content.decode()
    assert names_in(page) == SEES[who]


@everyone
def test_the_download_holds_the_open_and_visible_only(house: House, who: str) -> None:
    response = browser(house.people[who]).get(reverse("listing-export"))
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert names_in(text) == SEES[who] & {PUBLIC, INSIDE}


@everyone
def test_a_page_that_one_may_not_see_does_not_exist(house: House, who: str) -> None:
    client = browser(house.people[who])
    for name, offer in house.offers.items():
        expected = 200 if name in SEES[who] else 404
        assert client.get(offer.get_absolute_url()).status_code == expected


@everyone
@pytest.mark.parametrize("page", ["listing-edit", "listing-delete"])
def test_only_the_owner_and_the_bureau_come_to_the_pages_that_change(
    house: House, who: str, page: str
) -> None:
    client = browser(house.people[who])
    statuses = {
        name: client.get(reverse(page, args=[offer.pk])).status_code
        for name, offer in house.offers.items()
    }
    if who == "stranger":
        assert set(statuses.values()) == {302}
    elif who in {"owner", "bureau"}:
        assert set(statuses.values()) <= {200, 302}
    else:
        assert statuses == {name: 403 if name in SEES[who] else 404 for name in ALL}


@everyone
def test_only_the_owner_and_the_bureau_move_a_listing(house: House, who: str) -> None:
    client = browser(house.people[who])
    client.post(reverse("listing-move", args=[house.offers[PUBLIC].pk, "close"]))
    client.post(reverse("listing-move", args=[house.offers[DRAFT].pk, "publish"]))
    states = [Listing.objects.get(pk=house.offers[name].pk).state for name in (PUBLIC, DRAFT)]
    moved = who in {"owner", "bureau"}
    assert states == (["closed", "published"] if moved else ["published", "draft"])


class TestMatches:
    """A hidden offer fits the need better than anything else, and only those inside know."""

    @pytest.fixture(autouse=True)
    def matched(self, house: House) -> None:
        public = house.offers[PUBLIC]
        verbs.edit(
            public,
            by=builders.HOUSE,
            content=builders.content(
                title=f"{PUBLIC} boekhouding", text="Administratie.", areas=("agro",)
            ),
        )
        match_all()

    def test_the_stage_is_set(self, house: House) -> None:
        house.need.refresh_from_db()
        assert house.need.best < GOOD <= house.need.best_inside
        assert Match.objects.filter(offer=house.offers[INSIDE], seats=1).exists()

    def test_candidates_and_the_counts_of_the_hidden_do_not_leak(self, house: House) -> None:
        for who in SEES:
            found = candidates(house.need, seen_by=house.people[who])
            assert found is not None
            names = names_in(" ".join(item.listing.title for item in found.items))
            assert names == SEES[who] & {PUBLIC, INSIDE}
            assert found.seen == len(SEES[who] & {PUBLIC, INSIDE})

    def test_a_hidden_listing_of_the_own_organisation_is_not_counted_for_others(
        self, house: House
    ) -> None:
        asker = house.need.organisation
        secret = builders.listing(asker, Kind.OFFER, visibility="participants")
        for who in SEES:
            found = candidates(house.need, seen_by=house.people[who])
            assert found is not None
            assert found.hidden == ({"own": 1} if who in WITHIN else {})
            assert secret.title not in {item.listing.title for item in found.items}

    def test_the_page_of_the_need_does_not_leak(self, house: House) -> None:
        for who in SEES:
            page = browser(house.people[who]).get(house.need.get_absolute_url()).content.decode()
            assert names_in(page) == SEES[who] & {PUBLIC, INSIDE}

    def test_kept_matches_show_when_both_sides_do(self, house: House) -> None:
        for who in SEES:
            seen = Match.objects.visible_to(house.people[who]).values_list(
                "offer__title", flat=True
            )
            assert names_in(" ".join(seen)) <= SEES[who]
            assert (INSIDE in names_in(" ".join(seen))) is (who in WITHIN)

    def test_a_hidden_need_hides_the_match_too(self, house: House) -> None:
        Listing.objects.filter(pk=house.need.pk).update(visibility="participants")
        for who in SEES:
            assert Match.objects.visible_to(house.people[who]).exists() is (who in WITHIN)

    def test_the_newest_matches_at_home_do_not_leak(self, house: House) -> None:
        for who in SEES:
            client = browser(house.people[who])
            with kept.anew():
                context = client.get(reverse("home")).context
            recent = [match.offer_title for match in context["recent_matches"]]
            assert names_in(" ".join(recent)) == ({INSIDE} if who in WITHIN else set())
            page = client.get(reverse("home")).content.decode()
            assert names_in(page) <= ({INSIDE} if who in WITHIN else set())

    def test_the_matrix_counts_what_one_may_see(self, house: House) -> None:
        for who in SEES:
            cell = counted(house.people[who])["zorg", "research"]
            assert cell == (Counts(1, 1, 1) if who in WITHIN else Counts(1, 0, 0))

    def test_a_visit_from_inside_does_not_stay_in_the_matrix_for_outside(
        self, house: House
    ) -> None:
        for who in SEES:
            for other in SEES:
                counted(house.people[other])
            assert counted(house.people[who])["zorg", "research"].matches == (who in WITHIN)

    def test_the_best_match_and_the_gaps_do_not_leak(self, house: House) -> None:
        for who in SEES:
            client = browser(house.people[who])
            with kept.anew():
                gaps, served = (
                    list(client.get(reverse("listing-list"), {"show": show}).context["page"])
                    for show in ("gaps", "matches")
                )
            assert [bool(gaps), bool(served)] == [who not in WITHIN, who in WITHIN]
            shown = (gaps + served)[0]
            assert bool(shown.best_match) is (who in WITHIN)

    def test_a_card_tells_outside_from_inside(self, house: House) -> None:
        house.need.refresh_from_db()
        names = {"zorg": "Health and care"}
        assert card(house.need, names, inside=True).best_match
        assert not card(house.need, names, inside=False).best_match

    def test_what_becomes_hidden_leaves_the_best_match_of_the_others(self, house: House) -> None:
        offer = house.offers[INSIDE]
        Listing.objects.filter(pk=offer.pk).update(visibility="everyone")
        match_all()
        house.need.refresh_from_db()
        assert house.need.best >= GOOD
        Listing.objects.filter(pk=offer.pk).update(visibility="participants")
        match_all()
        house.need.refresh_from_db()
        assert house.need.best < GOOD <= house.need.best_inside

    @pytest.mark.parametrize("verb", ["withdraw", "close", "settle", "expire"])
    def test_what_no_longer_looks_is_nobodys_match(self, house: House, verb: str) -> None:
        verbs.move(house.offers[INSIDE], verb, by=builders.HOUSE)
        for person in house.people.values():
            found = candidates(house.need, seen_by=person)
            assert found is not None
            assert INSIDE not in names_in(" ".join(item.listing.title for item in found.items))
        match_all()
        house.need.refresh_from_db()
        assert house.need.best_inside < GOOD


def test_a_withdrawn_listing_is_hidden_at_once(house: House) -> None:
    verbs.move(house.offers[PUBLIC], "withdraw", by=builders.HOUSE)
    assert not Listing.objects.visible_to(AnonymousUser()).of_kind("offer")
    assert (
        not Listing.objects.visible_to(house.people["participant"])
        .of_kind("offer")
        .filter(state="draft")
    )


def test_my_listings_are_those_of_my_organisations(house: House) -> None:
    for who, expected in (
        ("owner", ALL),
        ("participant", set()),
        ("bureau", set()),
        ("nobody", set()),
    ):
        page = browser(house.people[who]).get(reverse("my-listings")).content.decode()
        assert names_in(page) == expected
    assert browser(AnonymousUser()).get(reverse("my-listings")).status_code == 302
