"""Working groups: who starts one, what it says, how it goes on, and who sees it."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.groups import verbs
from katalysator.groups.facts import GroupFacts
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.groups.tasks import tell_leaders
from katalysator.groups.workflow import GROUP
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

FACTS = GroupFacts(
    name="Voorbeeldgroep beelden", about={"nl": "Wij delen beelden."}, blocks=("data",)
)
TYPED = {
    "name": "Voorbeeldgroep beelden",
    "about_nl": "Wij delen *beelden*.",
    "blocks": ["data"],
    "areas": ["zorg"],
    "enrolment": "open",
    "readers": "participants",
}


@pytest.fixture
def person() -> Person:
    return builders.person(builders.organisation())


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True)


def page_of(group: WorkingGroup, who: Person | None = None) -> str:
    client = inside(who) if who else Client()
    return client.get(f"/en/groups/{group.slug}/").content.decode()


class TestStarting:
    def test_who_proposes_a_group_is_its_chair_and_the_bureau_lets_it_start(
        self, person: Person, bureau: Person
    ) -> None:
        answer = inside(person).post("/en/groups/new/", TYPED, follow=True)
        assert "The bureau looks at it" in answer.content.decode()
        group = WorkingGroup.objects.get()
        assert (group.slug, group.state) == ("voorbeeldgroep-beelden", "proposed")
        assert group.memberships.get().role == "chair"
        tell_leaders("proposed", group.pk)
        assert [letter.to for letter in mail.outbox] == [[bureau.email]]
        assert group.name in inside(bureau).get("/en/bureau/").content.decode()
        inside(bureau).post(f"/en/groups/{group.slug}/admit/")
        tell_leaders("admitted", group.pk)
        assert mail.outbox[1].to == [person.email]
        assert "<em>beelden</em>" in page_of(group)

    def test_what_waits_is_seen_by_who_proposed_it_and_the_bureau_only(
        self, person: Person, bureau: Person
    ) -> None:
        group = verbs.propose(FACTS, by=person, chair=person)
        for who, status in (
            (None, 404),
            (builders.person(builders.organisation()), 404),
            (person, 200),
            (bureau, 200),
        ):
            client = inside(who) if who else Client()
            assert client.get(f"/en/groups/{group.slug}/").status_code == status
            shown = "beelden" in client.get("/en/groups/").content.decode()
            assert shown == (status == 200)

    def test_who_is_declined_gets_the_reason_by_mail(self, person: Person, bureau: Person) -> None:
        group = verbs.propose(FACTS, by=person, chair=person)
        page = f"/en/groups/{group.slug}/decline/"
        empty = inside(bureau).post(page, {"reason": " "})
        assert empty.status_code == 422
        assert "This field is required" in empty.content.decode()
        inside(bureau).post(page, {"reason": "Die groep is er al."})
        tell_leaders("declined", group.pk)
        assert "Die groep is er al." in mail.outbox[0].body
        assert WorkingGroup.objects.get().state == "declined"

    def test_the_bureau_starts_one_at_once_with_a_chair(
        self, person: Person, bureau: Person
    ) -> None:
        typed = TYPED | {"chair": person.email.upper()}
        assert inside(bureau).post("/en/groups/new/", typed).status_code == 302
        group = WorkingGroup.objects.get()
        assert (group.state, group.memberships.get().person) == ("active", person)

    @pytest.mark.parametrize(
        ("wrong", "at"),
        [
            ({"name": " "}, "name"),
            ({"blocks": [], "areas": []}, "areas"),
            ({"areas": ["nergens"]}, "areas"),
            ({"hub": "nergens"}, "hub"),
            ({"readers": "niemand"}, "readers"),
            ({"about_nl": "x" * 3_001}, "about_nl"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_question(
        self, person: Person, wrong: dict[str, object], at: str
    ) -> None:
        answer = inside(person).post("/en/groups/new/", TYPED | wrong)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [at]
        assert not WorkingGroup.objects.exists()

    def test_a_chair_whom_nobody_knows_is_told_at_the_address(self, bureau: Person) -> None:
        stranger = builders.person()
        for email in ("niemand@voorbeeld.example", stranger.email):
            answer = inside(bureau).post("/en/groups/new/", TYPED | {"chair": email})
            assert "Nobody of a participant" in answer.content.decode()
        assert not WorkingGroup.objects.exists()

    def test_who_speaks_for_no_participant_starts_nothing(self) -> None:
        for who in (builders.person(), builders.person(builders.organisation(state="listed"))):
            assert inside(who).post("/en/groups/new/", TYPED).status_code == 403
            with pytest.raises(NotAllowed):
                verbs.propose(FACTS, by=who, chair=who)

    def test_groups_of_one_name_have_an_address_each_and_none_takes_that_of_a_page(
        self, person: Person
    ) -> None:
        made = [verbs.propose(FACTS, by=person, chair=person) for _ in range(2)]
        assert [each.slug for each in made] == [
            "voorbeeldgroep-beelden",
            "voorbeeldgroep-beelden-2",
        ]
        taken = verbs.propose(GroupFacts(name="New", blocks=("data",)), by=person, chair=person)
        unwritten = verbs.propose(
            GroupFacts(name="数据", blocks=("data",)), by=person, chair=person
        )
        assert (taken.slug, unwritten.slug) == ("new-2", "group")

    def test_who_speaks_for_several_says_for_which(self) -> None:
        first, second = builders.organisation(), builders.organisation()
        person = builders.person(first, second)
        typed = TYPED | {"organisation": second.pk}
        inside(person).post("/en/groups/new/", typed)
        assert GroupMembership.objects.get().organisation == second
        other = TYPED | {"organisation": builders.organisation().pk}
        assert inside(person).post("/en/groups/new/", other).status_code == 422


class TestChanging:
    def test_the_chair_changes_what_it_says(self, person: Person) -> None:
        group = builders.group(person)
        page = f"/en/groups/{group.slug}/edit/"
        form = inside(person).get(page).context["form"]
        typed = TYPED | {"name": "Voorbeeldgroep scans", "seen": form["seen"].value()}
        assert inside(person).post(page, typed).status_code == 302
        group.refresh_from_db()
        assert (group.name, group.slug) == ("Voorbeeldgroep scans", group.slug)
        event = Event.objects.filter(verb="group.edit").get()
        assert event.after["areas"] == ["zorg"]
        again = inside(person).post(page, typed)
        assert "Somebody changed this while you were writing" in again.content.decode()

    def test_nobody_else_does(self, bureau: Person) -> None:
        group = builders.group()
        member = builders.person(builders.organisation())
        assert inside(member).post(f"/en/groups/{group.slug}/edit/", TYPED).status_code == 403
        with pytest.raises(NotAllowed):
            verbs.edit(group, by=member, group_facts=FACTS)
        verbs.edit(group, by=bureau, group_facts=FACTS)

    def test_it_rests_goes_on_and_ends_and_the_bureau_starts_it_again(
        self, person: Person, bureau: Person
    ) -> None:
        group = builders.group(person)
        for deed, state in (("rest", "resting"), ("wake", "active"), ("end", "ended")):
            inside(person).post(f"/en/groups/{group.slug}/{deed}/")
            group.refresh_from_db()
            assert group.state == state
        assert inside(person).post(f"/en/groups/{group.slug}/reopen/").status_code == 403
        verbs.move(group, "reopen", by=bureau)
        with pytest.raises(Conflict, match="Possible now: Let it rest"):
            verbs.move(group, "wake", by=person)
        assert not audit.verify().broken

    def test_of_each_state_a_page_offers_what_the_table_says(self, person: Person) -> None:
        group = builders.group(person)
        for state in GROUP.tagged("shown"):
            WorkingGroup.objects.update(state=state)
            shown = page_of(group, person)
            may = {step.deed for step in GROUP.transitions_from(state, "groups.chair_group")}
            assert {deed for deed in GROUP.deeds if f"/{group.slug}/{deed}/" in shown} == may


class TestFinding:
    def test_a_list_is_narrowed_by_area_block_hub_and_state(self, person: Person) -> None:
        builders.group(name="Voorbeeld A", areas=("zorg",), blocks=())
        builders.group(name="Voorbeeld B", areas=("energie",), blocks=("trust",))
        ended = builders.group(name="Voorbeeld C", blocks=("trust",))
        verbs.move(ended, "end", by=builders.HOUSE)
        for query, names in (
            ("", "ABC"), ("area=zorg", "A"), ("block=trust", "BC"), ("state=ended", "C"),
            ("hub=nergens", "ABC"), ("area=zorg&block=trust", ""),
        ):  # fmt: skip
            found = Client().get(f"/en/groups/?{query}").context["page"]
            assert "".join(each.name[-1] for each in found) == names, query

    def test_a_corner_an_organisation_and_an_account_lead_to_it(self, person: Person) -> None:
        owner = person.organisations.get()
        group = builders.group(person, areas=("zorg",))
        for page in (
            "areas/zorg/",
            "areas/zorg/data/",
            "blocks/data/",
            f"organisations/{owner.slug}/",
        ):
            assert group.name in Client().get(f"/en/{page}").content.decode(), page
        assert group.name not in Client().get("/en/blocks/trust/").content.decode()
        assert group.name in inside(person).get("/en/account/").content.decode()
        verbs.move(group, "end", by=person)
        assert group.name not in Client().get("/en/areas/zorg/").content.decode()

    def test_lists_cost_as_much_with_many_as_with_one(self, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
        client = Client()
        for groups in (1, 3):
            while WorkingGroup.objects.count() < groups:
                builders.group(areas=("zorg",))
            with django_assert_num_queries(5):
                client.get("/en/groups/")


class TestInvariants:
    @pytest.mark.parametrize(
        "wrong",
        [{"name": ""}, {"state": "elsewhere"}],
    )
    def test_a_group_has_a_name_and_a_state(self, wrong: dict[str, str]) -> None:
        group = builders.group()
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkingGroup.objects.filter(pk=group.pk).update(**wrong)

    def test_a_group_is_about_something(self, person: Person) -> None:
        with pytest.raises(InvalidInput, match="Choose at least one"):
            verbs.propose(GroupFacts(name="Voorbeeld"), by=person, chair=person)
