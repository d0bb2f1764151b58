"""An organisation says what it is, says that it is still so, and comes and goes."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import FormerSlug, Membership, Organisation
from katalysator.coalition.organisations.facts import OrganisationFacts
from katalysator.coalition.organisations.verbs import confirm, edit, move
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings.models import Listing
from katalysator.listings.tasks import close_of
from katalysator.listings.verbs import move as move_listing
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {"name": "Voorbeeldlab", "kind": "institute", "region": "NL31"}
TYPED = {"name": "Voorbeeldlab Nieuw", "kind": "institute", "region": "NL31", "city": "Ede"}


def of(organisation: Organisation, **fields: Any) -> OrganisationFacts:
    return OrganisationFacts(**(FACTS | {"name": organisation.name} | fields))


@pytest.fixture
def lab() -> Organisation:
    return builders.organisation(slug="lab", name="Voorbeeldlab", kind="institute")


class TestEditing:
    def test_what_changed_is_in_the_trail_and_it_counts_as_correct(self, lab: Organisation) -> None:
        facts = of(lab, city="Ede", areas=("zorg",), about={"nl": "Wij meten <b>alles</b>."})
        made = edit(lab, by=builders.HOUSE, facts=facts)
        assert (made.city, str(made.about), made.is_stale) == ("Ede", "Wij meten alles.", False)
        event = Event.objects.get(verb="organisation.edit")
        assert set(event.after) == {"city", "areas", "about"}
        assert event.before["areas"] == []

    @pytest.mark.parametrize(
        ("fields", "at"),
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 161}, "name"),
            ({"kind": "koekjes"}, "kind"),
            ({"kvk": "123"}, None),
            ({"areas": ("nergens",)}, "areas"),
            ({"website": "javascript:alert(1)"}, "website"),
            ({"contact": "geen adres"}, "contact"),
            ({"mail_domains": ("gmail.com",)}, "mail_domains"),
            ({"mail_domains": ("lab",)}, "mail_domains"),
        ],
    )
    def test_bad_input_is_told_at_its_place_and_nothing_is_changed(
        self, lab: Organisation, fields: dict[str, Any], at: str | None
    ) -> None:
        with pytest.raises(InvalidInput) as caught:
            edit(lab, by=builders.HOUSE, facts=of(lab, **fields))
        assert caught.value.where[:1] == (() if at is None else (at,))
        assert Organisation.objects.get(pk=lab.pk).name == "Voorbeeldlab"

    def test_domains_are_read_as_people_write_them(self, lab: Organisation) -> None:
        facts = of(lab, mail_domains=("@Voorbeeldlab.example", "info@lab.example"))
        made = edit(lab, by=builders.HOUSE, facts=facts)
        assert made.mail_domains == ["voorbeeldlab.example", "lab.example"]

    def test_of_two_editors_the_second_hears_of_the_first(self, lab: Organisation) -> None:
        client = inside(builders.person(lab))
        page = f"/en/organisations/{lab.slug}/edit/"
        seen = client.get(page).context["form"]["seen"].value()
        edit(lab, by=builders.HOUSE, facts=of(lab, city="Ede"))
        answer = client.post(page, TYPED | {"seen": seen})
        assert answer.status_code == 422
        assert "Somebody changed this while you were writing" in answer.content.decode()

    def test_the_form_shows_all_and_saves_it(self, lab: Organisation) -> None:
        facts = of(
            lab, other_names=("VL", "Lab"), about={"nl": "Wij meten.", "en": "We measure."},
            areas=("zorg", "agro"), blocks=("data",), mail_domains=("lab.example",), contact="info@lab.example",
        )  # fmt: skip
        edit(lab, by=builders.HOUSE, facts=facts)
        client, page = inside(builders.person(lab)), f"/en/organisations/{lab.slug}/edit/"
        form = client.get(page).context["form"]
        typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        before: dict[str, Any] = dict(Organisation.objects.values().get(pk=lab.pk))
        assert client.post(page, typed).status_code == 302
        after: dict[str, Any] = dict(Organisation.objects.values().get(pk=lab.pk))
        assert {name for name in after if after[name] != before[name]} == {"confirmed_at"}


class TestBeingCorrect:
    def test_a_year_after_it_is_stale_and_one_button_mends_it(self, lab: Organisation) -> None:
        old = timezone.now() - timedelta(days=366)
        Organisation.objects.update(confirmed_at=old)
        client, page = inside(builders.person(lab)), f"/en/organisations/{lab.slug}/"
        assert "Not confirmed for a year" in Client().get(page).content.decode()
        assert "Still correct" in client.get(page).content.decode()
        assert "Still correct" not in Client().get(page).content.decode()
        client.post(f"{page}confirm/")
        assert "Still correct" not in client.get(page).content.decode()

    def test_the_bureau_sees_who_to_ask_the_longest_ago_first(self, lab: Organisation) -> None:
        never = builders.organisation(confirmed_at=None)
        builders.organisation(confirmed_at=None, state="listed")
        builders.organisation(confirmed_at=timezone.now())
        Organisation.objects.filter(pk=lab.pk).update(
            confirmed_at=timezone.now() - timedelta(days=400)
        )
        bureau = inside(builders.person(is_coordinator=True))
        link = "/en/bureau/participants/?state=active&fresh=no&order=oldest"
        assert link in unescape(bureau.get("/en/bureau/").content.decode())
        assert list(bureau.get(link).context["page"]) == [never, lab]

    def test_a_stranger_confirms_nothing(self, lab: Organisation) -> None:
        with pytest.raises(NotAllowed):
            confirm(lab, by=builders.person())


class TestComingAndGoing:
    def test_who_joins_takes_part_from_that_day(self) -> None:
        listed = builders.organisation(state="listed")
        made = move(listed, "join", by=builders.HOUSE)
        assert (made.is_participant, made.joined_on) == (True, timezone.localdate())

    @pytest.mark.parametrize("deed", ["suspend", "leave"])
    def test_who_goes_no_longer_looks_for_anything(self, lab: Organisation, deed: str) -> None:
        listing, draft = builders.listing(lab), builders.draft(lab)
        move(lab, deed, by=builders.HOUSE)
        close_of(lab.pk)
        states = [Listing.objects.get(pk=each.pk).state for each in (listing, draft)]
        assert states == ["closed", "draft"]
        with pytest.raises(NotAllowed, match="does not take part"):
            move_listing(listing, "publish", by=builders.HOUSE)

    def test_who_is_back_before_the_job_keeps_what_is_open(self, lab: Organisation) -> None:
        listing = builders.listing(lab)
        move(lab, "suspend", by=builders.HOUSE)
        move(lab, "resume", by=builders.HOUSE)
        close_of(lab.pk)
        assert Listing.objects.get(pk=listing.pk).is_open

    def test_its_manager_takes_it_out_and_its_members_do_not(self, lab: Organisation) -> None:
        member, manager = builders.person(lab), builders.person(lab)
        manager.memberships.update(role=Membership.Role.MANAGER)
        page = f"/en/organisations/{lab.slug}/leave/"
        assert inside(member).post(page).status_code == 403
        assert inside(manager).post(page).status_code == 302
        assert Organisation.objects.get(pk=lab.pk).state == "left"

    def test_what_is_not_possible_now_is_said(self, lab: Organisation) -> None:
        with pytest.raises(Conflict, match="Possible now"):
            move(lab, "resume", by=builders.HOUSE)
        assert not audit.verify().broken


class TestItsPage:
    def test_an_address_of_before_leads_there(self, lab: Organisation) -> None:
        FormerSlug.objects.create(slug="oud-lab", organisation=lab)
        answer = Client().get("/nl/organisations/oud-lab/")
        assert (answer.status_code, answer["Location"]) == (301, f"/nl/organisations/{lab.slug}/")

    @pytest.mark.parametrize(
        ("role", "offered"),
        [
            ("visitor", set()),
            ("other", set()),
            ("member", {"edit", "commitments"}),
            ("manager", {"edit", "commitments", "leave"}),
            ("bureau", {"edit", "commitments", "suspend", "leave"}),
        ],
    )
    def test_it_offers_what_each_may(self, lab: Organisation, role: str, offered: set[str]) -> None:
        people = {
            "other": builders.person(builders.organisation()),
            "member": builders.person(lab),
            "manager": builders.person(lab),
            "bureau": builders.person(is_coordinator=True),
        }
        people["manager"].memberships.update(role="manager")
        client = inside(people[role]) if role in people else Client()
        lab.confirmed_at = timezone.now()
        lab.save()
        shown = client.get(f"/en/organisations/{lab.slug}/").content.decode()
        deeds = {"edit", "commitments", "leave", "suspend", "resume", "join", "confirm"}
        assert {each for each in deeds if f"/{lab.slug}/{each}/" in shown} == offered

    def test_the_bureaus_page_takes_so_many_queries_however_much_waits(
        self, lab: Organisation, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = inside(builders.person(is_coordinator=True))
        for _ in range(5):
            builders.application()
            builders.organisation()
        client.get("/en/bureau/")
        with django_assert_num_queries(26):
            client.get("/en/bureau/")
