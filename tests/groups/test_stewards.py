"""Chairs and contact points of areas, blocks, cells and hubs."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Area, Hub, Membership, Organisation, Person
from katalysator.coalition.organisations.verbs import move
from katalysator.coalition.verbs import erase
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.groups.models import Steward
from katalysator.groups.stewards import verbs
from katalysator.groups.tasks import tell_steward
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True)


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(name="Voorbeeldlab Zicht", contact="info@zicht.example")


@pytest.fixture
def person(owner: Organisation) -> Person:
    made = builders.person(owner, email="zelf@zicht.example")
    made.memberships.update(name="V. Voorbeeld", function="Beelden")
    return made


def care() -> Corner:
    return Corner(area=Area.objects.get(slug="zorg"))


def named(person: Person, corner: Corner | None = None, duty: str = "contact") -> Steward:
    membership = person.memberships.get()
    return verbs.name(
        corner or care(),
        by=builders.HOUSE,
        duty=duty,
        organisation=membership.organisation,
        membership=membership,
    )


def page(address: str = "areas/zorg/") -> str:
    return Client().get(f"/en/{address}").content.decode()


class TestNaming:
    def test_the_bureau_finds_and_names_somebody_who_is_shown_by_name(
        self, bureau: Person, person: Person
    ) -> None:
        address = "/en/bureau/stewards/?q=zicht"
        shown = inside(bureau).get(address).content.decode()
        assert "V. Voorbeeld (Voorbeeldlab Zicht)" in shown
        membership = person.memberships.get()
        who = f"{membership.organisation_id}-{membership.pk}"
        typed = {"who": who, "duty": "chair", "area": "zorg", "block": "data"}
        assert inside(bureau).post(address, typed).status_code == 302
        cell = page("areas/zorg/data/")
        assert "V. Voorbeeld" in cell
        assert "Chair" in cell
        assert "V. Voorbeeld" not in page()
        tell_steward(Steward.objects.get().pk)
        assert mail.outbox[0].to == [person.email]

    def test_an_organisation_is_shown_with_the_address_that_it_gives(
        self, bureau: Person, owner: Organisation
    ) -> None:
        hub = Hub.objects.create(slug="hier", name="Hub Hier", regions=["NL31"])
        typed = {"who": f"{owner.pk}-0", "duty": "contact", "hub": hub.slug}
        inside(bureau).post("/en/bureau/stewards/?q=zicht", typed)
        shown = page("hubs/hier/")
        assert owner.name in shown
        assert "mailto:info@zicht.example" in shown

    @pytest.mark.parametrize(
        "where", [{}, {"area": "zorg", "hub": "hier"}, {"block": "data", "hub": "hier"}]
    )
    def test_it_is_of_one_corner(
        self, bureau: Person, owner: Organisation, where: dict[str, str]
    ) -> None:
        Hub.objects.create(slug="hier", name="Hub Hier", regions=["NL31"])
        typed = {"who": f"{owner.pk}-0", "duty": "contact", **where}
        answer = inside(bureau).post("/en/bureau/stewards/?q=zicht", typed)
        assert list(answer.context["form"].errors) == ["area"]
        assert not Steward.objects.exists()

    def test_nobody_is_named_who_does_not_want_to_be_found(self, person: Person) -> None:
        person.memberships.update(name="")
        with pytest.raises(InvalidInput, match="does not want to be found"):
            named(person)

    def test_who_does_not_take_part_is_not_named(self, owner: Organisation, bureau: Person) -> None:
        Organisation.objects.update(state="listed")
        owner.refresh_from_db()
        with pytest.raises(InvalidInput, match="Choose a participant"):
            verbs.name(care(), by=bureau, duty="contact", organisation=owner)
        assert "No participant has these words" in (
            inside(bureau).get("/en/bureau/stewards/?q=zicht").content.decode()
        )

    def test_a_corner_has_one_chair_and_names_nobody_twice(self, person: Person) -> None:
        named(person, duty="chair")
        named(person)
        for duty in ("chair", "contact"):
            with pytest.raises(Conflict, match="already"):
                named(person, duty=duty)
        named(person, Corner(block=Block.DATA), duty="chair")

    def test_only_the_bureau_names_somebody(self, person: Person) -> None:
        assert inside(person).get("/en/bureau/stewards/").status_code == 403
        with pytest.raises(NotAllowed):
            verbs.name(care(), by=person, duty="chair", organisation=person.organisations.get())


class TestBeingShown:
    def test_the_address_of_a_person_is_shown_where_they_chose_so(
        self, person: Person, bureau: Person
    ) -> None:
        steward = named(person)
        assert person.email not in page()
        address = f"/en/stewards/{steward.pk}/address/"
        assert address in inside(person).get("/en/account/").content.decode()
        assert inside(bureau).post(address, {"shows": "yes"}).status_code == 403
        other = builders.person(builders.organisation())
        assert inside(other).post(address, {"shows": "yes"}).status_code == 404
        assert person.email not in page()
        inside(person).post(address, {"shows": "yes"})
        assert f"mailto:{person.email}" in page()
        inside(person).post(address, {"shows": "no"})
        assert person.email not in page()
        assert ".example" not in str(
            list(Event.objects.filter(verb__startswith="steward.").values())
        )

    def test_who_wants_to_be_found_no_longer_is_not_shown(
        self, person: Person, bureau: Person
    ) -> None:
        verbs.show_address(named(person), by=person, shows=True)
        person.memberships.update(name="", function="")
        assert person.email not in page()
        assert "does not want to be found by name any more" in (
            inside(bureau).get("/en/bureau/stewards/").content.decode().lower()
        )

    def test_who_speaks_for_it_no_longer_or_whose_organisation_left_is_not_shown(
        self, person: Person, owner: Organisation
    ) -> None:
        named(person)
        verbs.name(care(), by=builders.HOUSE, duty="contact", organisation=owner)
        Membership.objects.all().delete()
        assert "V. Voorbeeld" not in page()
        assert owner.name in page()
        move(owner, "leave", by=builders.HOUSE)
        assert "mailto:" not in page()

    def test_one_stops_by_oneself_or_by_the_bureau(self, person: Person, bureau: Person) -> None:
        for who in (person, bureau):
            steward = named(person)
            stop = f"/en/stewards/{steward.pk}/stop/"
            assert inside(builders.person(builders.organisation())).post(stop).status_code == 404
            inside(who).post(stop)
            assert not Steward.objects.exists()

    def test_an_account_that_is_erased_leaves_nothing(self, person: Person) -> None:
        named(person)
        erase(person, by=builders.HOUSE)
        assert not Steward.objects.exists()
        assert "Nobody is named here yet" in page()

    def test_a_cell_without_anybody_leads_to_its_area_else_to_its_block(
        self, person: Person
    ) -> None:
        named(person, Corner(block=Block.DATA))
        assert "For Data as a whole" in page("areas/zorg/data/")
        named(person)
        cell = page("areas/zorg/data/")
        assert "as a whole" in cell
        assert "For Data as a whole" not in cell
        named(person, Corner(area=care().area, block=Block.DATA))
        assert "as a whole" not in page("areas/zorg/data/")


class TestMerging:
    def test_what_both_are_is_one_and_the_rest_moves(
        self, person: Person, owner: Organisation
    ) -> None:
        kept = builders.organisation()
        for each in (owner, kept):
            verbs.name(care(), by=builders.HOUSE, duty="contact", organisation=each)
        named(person, Corner(block=Block.DATA), duty="chair")
        merge(kept, owner, by=builders.HOUSE)
        assert {each.organisation for each in Steward.objects.all()} == {kept}
        assert Steward.objects.count() == 2
        assert "V. Voorbeeld" in page("blocks/data/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": None},
        {"block": "data", "area": None, "hub_id": "hier"},
        {"person": None, "shows_address": True},
    ],
)
def test_the_database_holds_to_it(person: Person, wrong: dict[str, object]) -> None:
    Hub.objects.create(slug="hier", name="Hub Hier", regions=["NL31"])
    named(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Steward.objects.update(**wrong)
