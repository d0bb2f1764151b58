"""What can be done with listings: who may, what is refused, and the event that each deed leaves."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries as MaxQueries

from katalysator.coalition.models import Organisation, Person
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings import verbs
from katalysator.listings.contents import Content
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.matches.steps import events, statements, trail_holds

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation()


@pytest.fixture
def member(owner: Organisation) -> Person:
    return builders.person(owner)


def said(**fields: Any) -> Content:
    return builders.content("capital", **fields)


FULL = {
    "language": "en",
    "title": "Groeigeld gezocht",
    "text": "Wij zoeken groeigeld.",
    "areas": ("zorg", "agro"),
    "regions": ("NL31", "NL"),
    "areas_required": True,
    "region_required": True,
    "skills": ("mlops", "computer vision"),
    "start": date(2026, 1, 1),
    "end": date(2026, 12, 31),
    "capacity": 7,
    "min_capacity": 2,
    "visibility": "participants",
}
AMOUNT = {"ticket_min": Decimal("1000.50"), "ticket_max": Decimal("2000.00")}


class TestPosting:
    def test_all_that_is_said_is_kept_as_a_draft(self, owner: Organisation, member: Person) -> None:
        made = verbs.post(
            owner, by=member, kind=Kind.OFFER, market_slug="capital", content=said(**FULL, **AMOUNT)
        )
        row: dict[str, Any] = dict(Listing.objects.values().get(pk=made.pk))
        assert {name: row[name] for name in FULL} == {
            name: list(value) if isinstance(value, tuple) else value for name, value in FULL.items()
        }
        assert row["terms"] == {
            "stage": ["pre-seed"],
            "instrument": ["equity"],
            "ticket": {"min": "1000.50", "max": "2000.00"},
        }
        assert row["labels"] == ["stage:pre-seed"]
        assert row["ranges"] == {"ticket": {"low": 1000.5, "high": 2000.0}}
        assert (row["kind"], row["market"], row["block"]) == ("offer", "capital", "growth")
        assert (row["state"], row["published_at"]) == ("draft", None)
        assert (row["organisation_id"], row["author_id"]) == (owner.pk, member.pk)
        assert (row["best"], row["best_inside"], row["price"], row["pressure"]) == (0, 0, 0, 0)

    def test_the_event_holds_what_was_said(self, owner: Organisation, member: Person) -> None:
        made = verbs.post(
            owner, by=member, kind=Kind.OFFER, market_slug="capital", content=said(**FULL, **AMOUNT)
        )
        (event,) = events(made)
        assert (event.verb, event.actor, event.before) == ("listing.post", member.pk, {})
        assert event.after["title"] == "Groeigeld gezocht"
        assert event.after["terms"] == {
            "stage": ["pre-seed"],
            "instrument": ["equity"],
            "ticket": {"min": "1000.50", "max": "2000.00"},
            "period": {"min": "2026-01-01", "max": "2026-12-31"},
            "capacity": {"capacity": 7, "min_capacity": 2},
        }
        assert (event.after["kind"], event.after["market"]) == ("offer", "capital")
        assert trail_holds()

    def test_only_a_participant_posts(self) -> None:
        outside = builders.organisation(name="Voorbeeldgids", state="listed")
        with pytest.raises(NotAllowed, match="Voorbeeldgids does not take part") as refused:
            builders.draft(outside)
        assert refused.value.code == "not-a-participant"
        assert not Listing.objects.exists()
        assert not Event.objects.exists()

    def test_nobody_posts_for_another_organisation(self, owner: Organisation) -> None:
        other = builders.person(builders.organisation())
        with pytest.raises(NotAllowed, match=f"Only people of {owner.name}"):
            verbs.post(owner, by=other, kind=Kind.NEED, market_slug="capital", content=said())
        assert not Listing.objects.exists()
        assert not Event.objects.exists()

    def test_the_bureau_posts_for_any_participant(self, owner: Organisation) -> None:
        bureau = builders.person(is_coordinator=True)
        made = verbs.post(owner, by=bureau, kind=Kind.NEED, market_slug="capital", content=said())
        assert (made.organisation, made.author) == (owner, bureau)

    @pytest.mark.parametrize(
        ("fields", "place", "sentence"),
        [
            ({"title": ""}, "title", "It has no title"),
            ({"areas": ("zorg", "atlantis")}, "areas", "no area “atlantis”"),
            ({"block": "data"}, "block", "not in that block"),
            ({"terms": {"stage": ["ipo"]}}, "stage", "not one of the choices"),
            ({"start": date(2026, 2, 2), "end": date(2026, 2, 1)}, "period", "before it begins"),
            ({"ticket_min": Decimal(11), "ticket_max": Decimal(10)}, "ticket", "before it begins"),
            ({"ticket_max": Decimal(10) ** 12}, "ticket", "is not a value"),
            ({"capacity": 0}, "capacity", "is not from 1 to 100,000"),
            ({"min_capacity": 2**31}, "capacity", "is not from 1 to 100,000"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_place(
        self, owner: Organisation, fields: dict[str, Any], place: str, sentence: str
    ) -> None:
        with pytest.raises(InvalidInput, match=sentence) as refused:
            builders.draft(owner, market_slug="capital", **fields)
        assert refused.value.where == (place,)
        assert not Listing.objects.exists()
        assert not Event.objects.exists()

    def test_a_region_that_does_not_exist_is_refused_with_its_place(
        self, owner: Organisation
    ) -> None:
        with pytest.raises(InvalidInput, match="not a region") as refused:
            builders.draft(owner, regions=("NL31", "Atlantis"))
        assert refused.value.where == ("regions",)

    def test_a_draft_needs_a_title_and_nothing_else(self, owner: Organisation) -> None:
        content = Content(language="nl", title="Alleen een idee")
        made = verbs.post(
            owner, by=builders.HOUSE, kind=Kind.NEED, market_slug="capital", content=content
        )
        row = Listing.objects.get(pk=made.pk)
        assert (row.state, row.title, row.block) == ("draft", "Alleen een idee", "growth")
        assert (row.text, row.areas, row.regions, row.skills) == ("", [], [], [])
        assert (row.terms, row.labels, row.ranges) == ({}, [], {})
        assert (row.start, row.end, row.capacity, row.min_capacity) == (None, None, 1, 1)

    def test_regions_are_kept_by_their_codes(self, owner: Organisation) -> None:
        assert builders.draft(owner, regions=("nl31", "Limburg")).regions == ["NL31", "NL42"]


class TestEditing:
    def test_the_event_holds_what_changed_and_nothing_else(
        self, owner: Organisation, member: Person
    ) -> None:
        listing = builders.listing(owner, Kind.NEED, "capital")
        content = said(title="Anders", ticket_max=Decimal(500))
        verbs.edit(listing, by=member, content=content)
        event = events(listing)[-1]
        assert (event.verb, event.actor) == ("listing.edit", member.pk)
        terms = {
            "stage": ["pre-seed"],
            "instrument": ["equity"],
            "capacity": {"capacity": 1, "min_capacity": 1},
        }
        amount = {"ticket": {"min": None, "max": "500.00"}}
        assert event.before == {"title": "Beelden van longscans herkennen", "terms": terms}
        assert event.after == {"title": "Anders", "terms": terms | amount}
        listing.refresh_from_db()
        assert listing.title == "Anders"
        assert (listing.terms["ticket"], listing.ranges) == (
            amount["ticket"],
            {"ticket": {"high": 500.0}},
        )

    def test_saying_the_same_again_changes_nothing(self, owner: Organisation) -> None:
        content = said(**FULL, ticket_min=Decimal(1000), ticket_max=Decimal("2E+3"))
        listing = verbs.post(
            owner, by=builders.HOUSE, kind=Kind.NEED, market_slug="capital", content=content
        )
        before = Listing.objects.values().get(pk=listing.pk)
        verbs.edit(Listing.objects.get(pk=listing.pk), by=builders.HOUSE, content=content)
        event = events(listing)[-1]
        assert (event.before, event.after) == ({}, {})
        assert Listing.objects.values().get(pk=listing.pk) == before

    def test_labels_follow_the_terms(self, owner: Organisation) -> None:
        listing = builders.listing(owner, Kind.NEED, "capital")
        terms = {"stage": ["seed", "growth"], "instrument": ["loan"]}
        verbs.edit(listing, by=builders.HOUSE, content=said(terms=terms))
        listing.refresh_from_db()
        assert (listing.terms, listing.labels) == (terms, ["stage:seed", "stage:growth"])

    def test_ranges_and_columns_follow_the_terms(self, owner: Organisation) -> None:
        listing = builders.listing(owner, Kind.OFFER, "capital", **AMOUNT, end=date(2026, 3, 1))
        verbs.edit(listing, by=builders.HOUSE, content=said(ticket_min=Decimal(5), capacity=4))
        row = Listing.objects.get(pk=listing.pk)
        assert row.ranges == {"ticket": {"low": 5.0}}
        assert (row.start, row.end, row.capacity) == (None, None, 4)
        verbs.edit(listing, by=builders.HOUSE, content=said())
        row.refresh_from_db()
        assert (row.ranges, "ticket" in row.terms) == ({}, False)

    def test_a_draft_may_be_emptied_again(self, owner: Organisation) -> None:
        draft = builders.draft(owner, Kind.NEED, "capital", **AMOUNT)
        content = Content(language="nl", title="Toch opnieuw")
        verbs.edit(draft, by=builders.HOUSE, content=content)
        row = Listing.objects.get(pk=draft.pk)
        assert (row.title, row.text, row.areas, row.terms) == ("Toch opnieuw", "", [], {})

    @pytest.mark.parametrize("state", ["published", "matched", "closed", "expired"])
    @pytest.mark.parametrize(
        ("fields", "place"),
        [
            ({"areas": ()}, "areas"),
            ({"regions": ()}, "regions"),
            ({"text": ""}, "text"),
            ({"terms": {"stage": ["seed"]}}, "instrument"),
        ],
    )
    def test_what_was_published_is_not_emptied(
        self, owner: Organisation, state: str, fields: dict[str, Any], place: str
    ) -> None:
        deeds = {"published": (), "matched": ("settle",), "closed": ("close",)}
        listing = builders.listing(owner, Kind.NEED, "capital")
        for deed in deeds.get(state, ("expire",)):
            verbs.move(listing, deed, by=builders.HOUSE)
        before = Listing.objects.values().get(pk=listing.pk)
        with pytest.raises(InvalidInput, match="Before others can see this") as refused:
            verbs.edit(listing, by=builders.HOUSE, content=said(**fields))
        assert refused.value.where == (place,)
        assert Listing.objects.values().get(pk=listing.pk) == before

    @pytest.mark.parametrize(
        "fields", [{"areas": ()}, {"block": "data"}, {"regions": ("Atlantis",)}, {"title": ""}]
    )
    def test_a_refused_edit_changes_nothing(
        self, owner: Organisation, fields: dict[str, Any]
    ) -> None:
        listing = builders.listing(owner, Kind.NEED, "capital")
        before = Listing.objects.values().get(pk=listing.pk)
        with pytest.raises(InvalidInput):
            verbs.edit(listing, by=builders.HOUSE, content=said(**{"title": "Anders"} | fields))
        assert Listing.objects.values().get(pk=listing.pk) == before
        assert events(listing)[-1].verb == "listing.publish"

    def test_others_may_not(self, owner: Organisation) -> None:
        listing = builders.listing(owner)
        for person in (builders.person(), builders.person(builders.organisation())):
            with pytest.raises(NotAllowed):
                verbs.edit(listing, by=person, content=builders.content(title="Anders"))
        listing.refresh_from_db()
        assert listing.title != "Anders"

    def test_what_others_did_since_the_page_was_opened_stays(self, owner: Organisation) -> None:
        listing = builders.listing(owner)
        opened = Listing.objects.get(pk=listing.pk)
        verbs.move(listing, "close", by=builders.HOUSE)
        Listing.objects.filter(pk=listing.pk).update(best=0.8, best_inside=0.9, pressure=0.5)
        edited = verbs.edit(opened, by=builders.HOUSE, content=builders.content(title="Anders"))
        row = Listing.objects.get(pk=listing.pk)
        assert (row.title, row.state, row.best, row.pressure) == ("Anders", "closed", 0.8, 0.5)
        assert edited.state == "closed"

    def test_who_saw_the_newest_may_go_on(self, owner: Organisation) -> None:
        listing = builders.listing(owner)
        newest = events(listing)[-1].pk
        verbs.edit(listing, by=builders.HOUSE, content=builders.content(title="Een"), seen=newest)
        with pytest.raises(Conflict, match="while you were writing") as refused:
            verbs.edit(
                listing, by=builders.HOUSE, content=builders.content(title="Twee"), seen=newest
            )
        assert refused.value.code == "changed-meanwhile"
        assert Listing.objects.get().title == "Een"
        assert events(listing)[-1].after == {"title": "Een"}


class TestThrowingAway:
    def test_a_draft_goes_and_its_words_stay_in_the_trail(
        self, owner: Organisation, member: Person
    ) -> None:
        listing = builders.draft(owner, title="Toch niet")
        number = listing.pk
        verbs.delete(listing, by=member)
        assert not Listing.objects.exists()
        event = Event.objects.latest("pk")
        assert (event.verb, event.subject_id, event.actor) == (
            "listing.delete",
            str(number),
            member.pk,
        )
        assert event.before["title"] == "Toch niet"
        assert event.after == {}
        assert trail_holds()

    @pytest.mark.parametrize("path", [["publish"], ["publish", "close"], ["publish", "settle"]])
    def test_what_was_published_is_not_thrown_away(
        self, owner: Organisation, member: Person, path: list[str]
    ) -> None:
        listing = builders.draft(owner)
        for verb in path:
            listing = verbs.move(listing, verb, by=builders.HOUSE)
        with pytest.raises(Conflict, match="Only a draft"):
            verbs.delete(listing, by=member)
        assert Listing.objects.filter(pk=listing.pk).exists()

    def test_a_draft_that_was_published_meanwhile_stays(
        self, owner: Organisation, member: Person
    ) -> None:
        opened = builders.draft(owner)
        verbs.move(opened, "publish", by=builders.HOUSE)
        with pytest.raises(Conflict, match="Only a draft"):
            verbs.delete(opened, by=member)
        assert Listing.objects.filter(pk=opened.pk).exists()

    def test_others_may_not(self, owner: Organisation) -> None:
        listing = builders.draft(owner)
        with pytest.raises(NotAllowed):
            verbs.delete(listing, by=builders.person(builders.organisation()))
        assert Listing.objects.filter(pk=listing.pk).exists()


@pytest.mark.parametrize("verb", ["edit", "publish", "delete"])
def test_a_deed_keeps_the_row_from_others_until_it_is_done(
    verb: str, member: Person, owner: Organisation, django_assert_max_num_queries: MaxQueries
) -> None:
    draft = builders.draft(owner)
    with django_assert_max_num_queries(30) as queries:
        if verb == "edit":
            verbs.edit(draft, by=member, content=builders.content())
        elif verb == "delete":
            verbs.delete(draft, by=member)
        else:
            verbs.move(draft, verb, by=member)
    assert "FOR UPDATE" in statements(queries)[0]


def test_a_deed_without_its_event_does_not_happen(owner: Organisation) -> None:
    listing = builders.listing(owner)
    with pytest.raises(AttributeError):
        verbs.move(listing, "close", by=builders.HOUSE, reason=None)  # type: ignore[arg-type]
    assert Listing.objects.get(pk=listing.pk).state == "published"
    assert events(listing)[-1].verb == "listing.publish"
