"""People come to speak for an organisation, with a role, and part from it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from katalysator.admission.joining import verbs
from katalysator.admission.models import Joining
from katalysator.admission.tasks import LYING_KEPT, forget_old, tell_joining, tell_managers
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.people.verbs import give_role, part, present
from katalysator.core import audit
from katalysator.core.actors import APPLICANT
from katalysator.core.links import key_of
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

ADDRESS = "nieuw@voorbeeldlab.example"


@pytest.fixture
def lab() -> Organisation:
    return builders.organisation(slug="lab", mail_domains=["voorbeeldlab.example"])


@pytest.fixture
def manager(lab: Organisation) -> Person:
    made = builders.person(lab)
    made.memberships.update(role="manager")
    return made


def invited(manager: Person, **typed: str) -> Joining:
    form = {"email": ADDRESS, "role": "member", "language": "en"} | typed
    answer = inside(manager).post("/en/organisations/lab/people/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    return Joining.objects.latest("pk")


def asked(email: str = ADDRESS) -> Joining | None:
    answer = Client().post("/en/organisations/lab/ask/", {"email": email})
    assert (answer.status_code, answer["Location"]) == (302, "/en/ask/sent/")
    return Joining.objects.order_by("pk").last()


def said(person: Person, page: str, typed: dict[str, str]) -> str:
    return inside(person).post(page, typed, follow=True).content.decode()


def answer(joining: Joining, deed: str) -> str:
    page = Client().post(f"/en/invitations/{key_of(joining)}/{deed}/", follow=True)
    return page.content.decode()


def roles(lab: Organisation) -> dict[str, str]:
    return dict(Membership.objects.filter(organisation=lab).values_list("person__email", "role"))


class TestInviting:
    def test_who_follows_the_link_and_says_yes_speaks_for_it(
        self, lab: Organisation, manager: Person
    ) -> None:
        made = invited(manager)
        tell_joining(made.pk)
        (link,) = re.findall(
            r"http://localhost:8000(/en/invitations/\S+)", str(mail.outbox[0].body)
        )
        assert "You are invited" in Client().get(link).content.decode()
        assert ADDRESS not in roles(lab), "reading accepts nothing: programs read too"
        assert "Welcome" in answer(made, "accept")
        assert roles(lab)[ADDRESS] == "member"
        assert not Person.objects.get(email=ADDRESS).has_usable_password()
        assert "voorbeeldlab.example" not in str(list(Event.objects.values()))
        assert not audit.verify().broken

    def test_who_has_an_account_keeps_it(self, lab: Organisation, manager: Person) -> None:
        person = builders.person(email=ADDRESS)
        answer(invited(manager, role="manager"), "accept")
        assert roles(lab)[ADDRESS] == "manager"
        assert Person.objects.get(email=ADDRESS).pk == person.pk

    @pytest.mark.parametrize("deed", ["refuse", "withdraw"])
    def test_one_that_is_over_does_not_work_any_more(
        self, lab: Organisation, manager: Person, deed: str
    ) -> None:
        made = invited(manager)
        if deed == "refuse":
            answer(made, "refuse")
        else:
            inside(manager).post(f"/en/organisations/lab/people/{made.pk}/withdraw/")
        assert "not possible while the state is" in answer(made, "accept")
        assert ADDRESS not in roles(lab)

    def test_an_address_is_invited_once_and_again_when_that_is_over(
        self, lab: Organisation, manager: Person
    ) -> None:
        made = invited(manager)
        with pytest.raises(Conflict, match="invited already"):
            verbs.invite(
                lab, by=manager, email=ADDRESS.upper(), language="en", role=Membership.Role.MEMBER
            )
        answer(made, "refuse")
        assert invited(manager).pk != made.pk

    def test_who_speaks_for_it_already_is_not_invited(
        self, lab: Organisation, manager: Person
    ) -> None:
        form = {"email": manager.email, "role": "member", "language": "en"}
        page = inside(manager).post("/en/organisations/lab/people/", form)
        assert "speaks for the organisation already" in page.content.decode()

    def test_a_member_invites_nobody(self, lab: Organisation) -> None:
        with pytest.raises(NotAllowed):
            verbs.invite(
                lab,
                by=builders.person(lab),
                email=ADDRESS,
                language="en",
                role=Membership.Role.MANAGER,
            )

    def test_who_was_shut_out_comes_in_by_no_invitation(
        self, lab: Organisation, manager: Person
    ) -> None:
        builders.person(email=ADDRESS, is_active=False)
        assert "may not log in any more" in answer(invited(manager), "accept")
        assert ADDRESS not in roles(lab)

    def test_a_link_to_something_else_opens_nothing(self, manager: Person) -> None:
        application = builders.application()
        page = f"/en/invitations/{key_of(application)}/"
        assert Client().get(page).status_code == 404
        assert Client().post(f"{page}accept/").status_code == 404


class TestAsking:
    def test_a_manager_lets_in_who_proved_an_address_of_the_domain(
        self, lab: Organisation, manager: Person
    ) -> None:
        made = asked()
        assert made is not None
        page = f"/en/organisations/lab/people/{made.pk}/let-in/"
        assert inside(manager).post(page).status_code == 404, "not before the address is proven"
        answer(made, "confirm")
        tell_managers(made.pk)
        assert [letter.to for letter in mail.outbox] == [[manager.email]]
        inside(manager).post(page)
        assert roles(lab)[ADDRESS] == "member"

    def test_where_nobody_manages_it_the_bureau_hears(self, lab: Organisation) -> None:
        bureau = builders.person(is_coordinator=True)
        made = asked()
        assert made is not None
        answer(made, "confirm")
        tell_managers(made.pk)
        assert [letter.to for letter in mail.outbox] == [[bureau.email]]

    @pytest.mark.parametrize(
        "email",
        [
            "iemand@elders.example",
            "iemand@lab.voorbeeldlab.example",
            "iemand@voorbeeldlab.example.nl",
        ],
    )
    def test_an_address_of_elsewhere_is_refused(self, lab: Organisation, email: str) -> None:
        page = Client().post("/en/organisations/lab/ask/", {"email": email})
        assert page.status_code == 422
        assert "not an address of" in page.content.decode()
        assert not Joining.objects.exists()

    def test_who_asks_does_not_hear_who_belongs_there(
        self, lab: Organisation, manager: Person
    ) -> None:
        known = f"{manager.pk}@voorbeeldlab.example"
        Person.objects.filter(pk=manager.pk).update(email=known)
        assert asked(known) is None
        assert asked() is not None
        assert asked() == Joining.objects.get(), "asking twice is asking once"

    def test_where_there_is_no_domain_nobody_can_ask(self) -> None:
        builders.organisation(slug="lab")
        assert Client().get("/en/organisations/lab/ask/").status_code == 404


class TestRoles:
    def test_somebody_always_manages_it(self, lab: Organisation, manager: Person) -> None:
        member = builders.person(lab).memberships.get()
        own = manager.memberships.get()
        for deed in (
            lambda: give_role(own, by=manager, role=Membership.Role.MEMBER),
            lambda: part(own, by=manager),
        ):
            with pytest.raises(Conflict, match="Nobody else manages"):
                deed()
        give_role(member, by=manager, role=Membership.Role.MANAGER)
        part(own, by=manager)
        assert list(roles(lab).values()) == ["manager"]

    def test_a_role_is_given_as_it_is_named_however_often(
        self, lab: Organisation, manager: Person
    ) -> None:
        member = builders.person(lab)
        page = f"/en/organisations/lab/people/{member.memberships.get().pk}/role/"
        for _ in range(2):
            assert "Done." in said(manager, page, {"role": "manager"})
            assert roles(lab)[member.email] == "manager"
        assert "There is no role “boss”." in said(manager, page, {"role": "boss"})
        assert roles(lab)[member.email] == "manager"

    def test_the_last_one_of_all_may_go(self, lab: Organisation, manager: Person) -> None:
        part(manager.memberships.get(), by=manager)
        assert roles(lab) == {}

    def test_a_member_takes_nobody_away_but_oneself(
        self, lab: Organisation, manager: Person
    ) -> None:
        member = builders.person(lab)
        with pytest.raises(NotAllowed):
            part(manager.memberships.get(), by=member)
        part(member.memberships.get(), by=member)
        assert member.email not in roles(lab)


class TestBeingShown:
    def test_with_a_name_one_is_found_and_without_one_no_longer(self, lab: Organisation) -> None:
        member = builders.person(lab)
        page = "/en/organisations/lab/people/me/"
        typed = {"name": "M. de Voorbeeld", "function": "Data"}
        assert inside(member).post(page, typed).status_code == 302
        assert "M. de Voorbeeld" in Client().get("/en/organisations/lab/").content.decode()
        inside(member).post(page, {"name": "", "function": ""})
        assert "M. de Voorbeeld" not in Client().get("/en/organisations/lab/").content.decode()
        assert "Voorbeeld" not in str(Event.objects.filter(verb="person.present").values())

    def test_nobody_shows_another(self, lab: Organisation, manager: Person) -> None:
        membership = builders.person(lab).memberships.get()
        for who in (manager, builders.person(is_coordinator=True)):
            with pytest.raises(NotAllowed):
                present(membership, by=who, name="X", function="")

    def test_a_function_needs_a_name(self, lab: Organisation) -> None:
        member = builders.person(lab)
        with pytest.raises(InvalidInput, match="Give a name too"):
            present(member.memberships.get(), by=member, name=" ", function="Data")


def test_what_was_left_lying_is_thrown_away(lab: Organisation, manager: Person) -> None:
    invited(manager)
    for age, left in ((LYING_KEPT - timedelta(hours=1), 1), (LYING_KEPT + timedelta(hours=1), 0)):
        Joining.objects.update(moved_at=timezone.now() - age)
        forget_old(int(timezone.now().timestamp()))
        assert Joining.objects.count() == left


def test_an_account_is_no_way_around_the_link(lab: Organisation, manager: Person) -> None:
    made = invited(manager)
    for who in (manager, builders.person(is_coordinator=True)):
        with pytest.raises(NotAllowed):
            verbs.move(made, "accept", by=who)
    assert verbs.move(made, "accept", by=APPLICANT).state == "joined"
