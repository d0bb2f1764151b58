"""Two records of one organisation become one, and nothing is lost."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, strategies as st

from katalysator.coalition.duplicates import pairs
from katalysator.coalition.merged.records import left
from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Area, FormerSlug, Membership, Organisation
from katalysator.commitments.models import Commitment, Contribution
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.core.translated import Translated
from katalysator.faults import Conflict, NotAllowed
from katalysator.listings.models import Listing
from tests import builders
from tests.attack.steps import inside
from tests.examples import examples

pytestmark = pytest.mark.django_db

KINDS = ("part", "hours", "money")
ROLES = ("member", "manager")


@pytest.fixture
def kept() -> Organisation:
    return builders.organisation(slug="blijft", name="Voorbeeldlab")


@pytest.fixture
def gone() -> Organisation:
    return builders.organisation(slug="gaat", name="Voorbeeldlab BV", kvk="12345678", city="Ede")


class TestFacts:
    def test_what_only_the_other_says_is_taken_over(
        self, kept: Organisation, gone: Organisation
    ) -> None:
        Organisation.objects.filter(pk=kept.pk).update(about=Translated(nl="Wij meten."))
        about = Translated(nl="Wij wegen.", en="We weigh.")
        Organisation.objects.filter(pk=gone.pk).update(
            about=about, other_names=["VLB"], joined_on=date(2020, 1, 1), is_founding=True
        )
        gone.areas.set(Area.objects.filter(slug__in=["zorg", "agro"]))
        made = merge(kept, gone, by=builders.HOUSE)
        assert (made.name, made.kvk, made.city) == ("Voorbeeldlab", "12345678", "Ede")
        assert dict(made.about) == {"nl": "Wij meten.", "en": "We weigh."}
        assert made.other_names == ["Voorbeeldlab BV", "VLB"]
        assert (made.joined_on, made.is_founding) == (date(2020, 1, 1), True)
        assert {area.slug for area in made.areas.all()} == {"zorg", "agro"}

    def test_the_address_of_before_leads_to_what_is_there(
        self, kept: Organisation, gone: Organisation
    ) -> None:
        third = builders.organisation(slug="derde")
        merge(merge(kept, gone, by=builders.HOUSE), third, by=builders.HOUSE)
        fourth = merge(builders.organisation(slug="vierde"), kept, by=builders.HOUSE)
        for slug in ("gaat", "derde", "blijft"):
            answer = Client().get(f"/en/organisations/{slug}/")
            assert (answer.status_code, answer["Location"]) == (301, fourth.get_absolute_url())
        assert FormerSlug.objects.count() == 3

    @pytest.mark.parametrize(
        ("mine", "theirs", "after"),
        [
            ("listed", "active", "active"),
            ("left", "listed", "left"),
            ("active", "suspended", "active"),
        ],
    )
    def test_one_that_takes_part_makes_a_participant(
        self, mine: str, theirs: str, after: str
    ) -> None:
        both = builders.organisation(state=mine), builders.organisation(state=theirs)
        made = merge(*both, by=builders.HOUSE)
        assert (made.state, made.is_participant) == (after, after == "active")

    def test_the_trail_holds_what_both_were(self, kept: Organisation, gone: Organisation) -> None:
        merge(kept, gone, by=builders.HOUSE, reason="dubbel")
        event = Event.objects.get(verb="organisation.merge")
        assert event.before["taken"]["kvk"] == "12345678"
        assert (event.after["facts"]["kvk"], event.reason) == ("12345678", "dubbel")
        assert not audit.verify().broken


class TestRefusing:
    def test_a_record_does_not_merge_with_itself(self, kept: Organisation) -> None:
        with pytest.raises(Conflict, match="one and the same"):
            merge(kept, kept, by=builders.HOUSE)

    def test_what_is_gone_merges_no_more_in_either_direction(
        self, kept: Organisation, gone: Organisation
    ) -> None:
        before = Organisation(
            **{
                each.attname: getattr(gone, each.attname)
                for each in gone._meta.fields
                if not each.generated
            }
        )
        merge(kept, gone, by=builders.HOUSE)
        for pair in ((kept, before), (before, kept)):
            with pytest.raises(Conflict, match="not here any more"):
                merge(*pair, by=builders.HOUSE)

    def test_only_the_bureau_merges(self, kept: Organisation, gone: Organisation) -> None:
        manager = builders.person(kept, gone)
        manager.memberships.update(role="manager")
        with pytest.raises(NotAllowed):
            merge(kept, gone, by=manager)


def hang(organisation: Organisation, people: list[Any], what: dict[str, Any]) -> None:
    """Give an organisation rows of all kinds that point to it."""
    for number, role in what["people"].items():
        Membership.objects.create(person=people[number], organisation=organisation, role=role)
    for kind, amounts in what["commitments"].items():
        promised = None if kind == "part" else 10
        made = Commitment.objects.create(organisation=organisation, kind=kind, amount=promised)
        for amount in amounts:
            counted = None if kind == "part" else amount
            Contribution.objects.create(
                commitment=made, on=date(2026, 1, 5), amount=counted, what=f"{kind} {amount}"
            )
    for reference in what["listings"]:
        made_listing = builders.draft(organisation)
        Listing.objects.filter(pk=made_listing.pk).update(reference=reference)


WHAT = st.fixed_dictionaries({
    "people": st.dictionaries(st.integers(0, 2), st.sampled_from(ROLES), max_size=3),
    "commitments": st.dictionaries(
        st.sampled_from(KINDS), st.lists(st.integers(1, 9), max_size=2), max_size=3
    ),
    "listings": st.lists(st.sampled_from(["", "1", "2"]), max_size=3, unique_by=lambda each: each or object()),
})  # fmt: skip


@given(WHAT, WHAT)
@examples(40)
def test_nothing_is_lost(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    with transaction.atomic():
        people = [builders.person() for _ in range(3)]
        kept, gone = builders.organisation(), builders.organisation()
        for organisation, what in ((kept, mine), (gone, theirs)):
            hang(organisation, people, what)
        listings = set(Listing.objects.filter(organisation__in=[kept, gone]).values_list("pk"))
        brought = Counter(Contribution.objects.values_list("what", flat=True))
        merge(kept, gone, by=builders.HOUSE)
        assert not left(gone) or gone.pk is None
        assert set(Listing.objects.filter(organisation=kept).values_list("pk")) == listings
        assert Counter(Contribution.objects.values_list("what", flat=True)) == brought
        roles = dict(Membership.objects.filter(organisation=kept).values_list("person", "role"))
        assert roles == {
            people[n].pk: strongest(
                [side[n] for side in (mine["people"], theirs["people"]) if n in side]
            )
            for n in {*mine["people"], *theirs["people"]}
        }
        promised = dict(Commitment.objects.of(kept).values_list("kind", "amount"))
        both = Counter([*mine["commitments"], *theirs["commitments"]])
        assert promised == {kind: None if kind == "part" else 10 * n for kind, n in both.items()}
        transaction.set_rollback(True)


def strongest(roles: list[str]) -> str:
    return "manager" if "manager" in roles else "member"


class TestThePage:
    @pytest.fixture
    def bureau(self) -> Client:
        return inside(builders.person(is_coordinator=True))

    def test_pairs_that_share_a_name_are_offered(self, bureau: Client, kept: Organisation) -> None:
        double = builders.organisation(name="Iets anders", other_names=["VOORBEELDLAB"])
        builders.organisation(name="Voorbeeldlaboratorium")
        assert pairs(9) == [(kept, double)]
        page = bureau.get("/en/bureau/merge/")
        assert page.context["pairs"] == [(kept, double)]

    def test_it_is_looked_for_and_seen_before_it_is_done(
        self, bureau: Client, kept: Organisation, gone: Organisation
    ) -> None:
        builders.draft(gone)
        found = bureau.get("/en/bureau/merge/?kept=blijft&q=lab bv").context["found"]
        assert list(found) == [gone]
        page = bureau.get("/en/bureau/merge/?kept=blijft&gone=gaat")
        assert page.context["moves"] == 1
        answer = bureau.post("/en/bureau/merge/", {"kept": "blijft", "gone": "gaat"})
        assert answer["Location"] == "/en/organisations/blijft/"
        assert not Organisation.objects.filter(slug="gaat").exists()

    @pytest.mark.parametrize("gone", ["", "nergens", "blijft", "\x00", "x" * 500])
    def test_what_is_not_there_asks_again(
        self, bureau: Client, kept: Organisation, gone: str
    ) -> None:
        for answer in (
            bureau.get("/en/bureau/merge/", {"kept": "blijft", "gone": gone}),
            bureau.post("/en/bureau/merge/", {"kept": "blijft", "gone": gone}),
        ):
            assert answer.status_code == 200
            assert "Which record is" in answer.content.decode()
