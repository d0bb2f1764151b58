"""Pages and programs keep webhooks: who may, what is shown once, and what cannot be kept."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.organisations.verbs import move as move_organisation
from katalysator.coalition.people import verbs as people
from katalysator.coalition.verbs import erase
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.webhooks import verbs
from katalysator.webhooks.models import Delivery, Webhook
from katalysator.webhooks.signing import secrets_of
from katalysator.webhooks.tasks import tell_keepers
from katalysator.webhooks.verbs import MOST, WebhookFacts
from tests import builders
from tests.attack.steps import inside
from tests.programs import Program

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {
    "name": "Onze lijst",
    "address": "https://haken.voorbeeld.example/katalysator",
    "types": ["listing.opened", "match.found"],
}


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation()


@pytest.fixture
def client(owner: Organisation) -> Client:
    return inside(manager(owner))


def manager(owner: Organisation) -> Any:
    made = builders.person()
    owner.memberships.create(person=made, role="manager")
    return made


def page_of(owner: Organisation) -> str:
    return f"/en/organisations/{owner.slug}/webhooks/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def facts(**changed: Any) -> WebhookFacts:
    return WebhookFacts(**(SAID | changed))


class TestPages:
    def test_its_secret_is_shown_once(self, client: Client, owner: Organisation) -> None:
        made = client.post(page_of(owner), SAID)
        (secret,) = set(re.findall(r"whsec_[A-Za-z0-9+/=]{44}", text(made)))
        webhook = Webhook.objects.get()
        assert secrets_of(webhook) == [secret]
        assert "no-store" in made.headers["Cache-Control"]
        for address in (page_of(owner), f"/en/webhooks/{webhook.pk}/"):
            shown = text(client.get(address))
            assert "Onze lijst" in shown
            assert "whsec_" not in shown
        event = Event.objects.get(verb="webhook.add")
        assert event.after["host"] == "haken.voorbeeld.example"
        assert "/katalysator" not in str(event.after)

    def test_what_was_sent_is_shown_and_sent_again(
        self, client: Client, owner: Organisation
    ) -> None:
        webhook, _secret = builders.webhook(owner)
        page = f"/en/webhooks/{webhook.pk}/"
        assert "Nothing was sent" in text(client.get(page))
        assert "A test is on its way" in text(client.post(f"{page}test/", follow=True))
        sent = Delivery.objects.get()
        Delivery.objects.update(state="failed", status=500, answer="<b>Stuk</b>", tries=10)
        shown = text(client.get(page))
        assert all(each in shown for each in ("Did not arrive", "500", "10 tries", "&lt;b&gt;Stuk"))
        again = client.post(f"{page}deliveries/{sent.pk}/again/", follow=True)
        assert "on its way again" in text(again)
        sent.refresh_from_db()
        assert (sent.state, sent.tries) == ("waiting", 0)

    def test_it_is_paused_changed_renewed_and_taken_away(
        self, client: Client, owner: Organisation
    ) -> None:
        webhook, secret = builders.webhook(owner)
        page = f"/en/webhooks/{webhook.pk}/"
        client.post(f"{page}pause/")
        assert "Let it work again" in text(client.get(page))
        client.post(f"{page}resume/")
        client.post(page, SAID | {"name": "Anders", "of_others": "on"})
        webhook.refresh_from_db()
        assert (webhook.name, webhook.of_others, webhook.types) == ("Anders", True, SAID["types"])
        renewed = client.post(f"{page}secret/")
        webhook.refresh_from_db()
        new, old = secrets_of(webhook)
        assert (old, new in text(renewed)) == (secret, True)
        assert client.post(f"{page}remove/").status_code == 302
        assert not Webhook.objects.exists()

    def test_who_changed_it_in_between_is_not_overwritten(
        self, client: Client, owner: Organisation
    ) -> None:
        webhook, _secret = builders.webhook(owner)
        answer = client.post(f"/en/webhooks/{webhook.pk}/", SAID | {"seen": 1})
        assert answer.status_code == 422
        assert "while you were writing" in text(answer)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"address": "http://voorbeeld.example/"}, "Only addresses with https://"),
            ({"address": "https://10.0.0.1/"}, "no public address"),
            ({"address": "https://a:b@voorbeeld.example/"}, "a name or a password"),
            ({"address": "https://voorbeeld.example:22/"}, "Port 22 is not spoken to"),
            ({"address": "https://vöorbeeld.example/"}, "no address that we can send to"),
            ({"types": []}, "This field is required"),
            ({"types": ["application.received"]}, "not one of the available choices"),
            ({"name": " \u200b "}, "This field is required"),
        ],
    )
    def test_what_cannot_be_kept_is_said_beside_its_field(
        self, client: Client, owner: Organisation, change: dict[str, Any], said: str
    ) -> None:
        answer = client.post(page_of(owner), SAID | change)
        assert answer.status_code == 422
        assert said in text(answer)
        assert not Webhook.objects.exists()

    def test_the_way_to_it_is_shown_to_who_may_go_there(
        self, client: Client, owner: Organisation
    ) -> None:
        page = f"/en/organisations/{owner.slug}/"
        way = page_of(owner)
        assert way in text(client.get(page))
        for other in (inside(builders.person(owner)), Client()):
            assert way not in text(other.get(page))
        bureau = inside(builders.person(is_coordinator=True))
        assert "/en/bureau/webhooks/" in text(bureau.get("/en/bureau/"))
        assert way not in text(bureau.get(page))

    def test_the_bureau_has_its_own_and_sees_no_more_than_others_of_those_of_organisations(
        self, owner: Organisation
    ) -> None:
        bureau = inside(builders.person(is_coordinator=True))
        theirs, _secret = builders.webhook(owner)
        assert bureau.get(f"/en/webhooks/{theirs.pk}/").status_code == 404
        assert bureau.get(page_of(owner)).status_code == 403
        made = bureau.post("/en/bureau/webhooks/", SAID | {"types": ["application.received"]})
        assert "whsec_" in text(made)
        assert Webhook.objects.get(organisation=None).types == ["application.received"]

    @pytest.mark.parametrize("address", ["test/", "again/"])
    def test_sending_by_hand_is_done_so_often(
        self, client: Client, owner: Organisation, address: str
    ) -> None:
        webhook, _secret = builders.webhook(owner)
        page = f"/en/webhooks/{webhook.pk}/"
        client.post(f"{page}test/")
        sent = Delivery.objects.get()
        where = page + (address if address == "test/" else f"deliveries/{sent.pk}/again/")
        statuses = [client.post(where).status_code for _ in range(61)]
        assert (statuses[0], statuses[-1]) == (302, 429)

    @pytest.mark.parametrize("count", [1, 5])
    def test_the_queries_do_not_grow(
        self,
        client: Client,
        owner: Organisation,
        count: int,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        made = [builders.webhook(owner)[0] for _ in range(count)]
        for _ in range(count):
            verbs.send_test(made[0], by=builders.HOUSE)
        with django_assert_max_num_queries(12):
            client.get(page_of(owner))
        with django_assert_max_num_queries(12):
            client.get(f"/en/webhooks/{made[0].pk}/")


class TestVerbs:
    def test_only_participants_have_some_and_no_more_than_ten(self, owner: Organisation) -> None:
        me = manager(owner)
        for _ in range(MOST):
            verbs.add(owner, by=me, facts=facts())
        with pytest.raises(Conflict, match="10 webhooks already"):
            verbs.add(owner, by=me, facts=facts())
        move_organisation(owner, "leave", by=builders.HOUSE)
        with pytest.raises(NotAllowed):
            verbs.add(owner, by=me, facts=facts())
        with pytest.raises(NotAllowed):
            verbs.send_test(Webhook.objects.all()[0], by=me)

    def test_nobody_keeps_those_of_others(self, owner: Organisation) -> None:
        webhook, _secret = builders.webhook(owner)
        for other in (
            builders.person(owner),
            manager(builders.organisation()),
            builders.person(is_coordinator=True),
        ):
            for verb in (verbs.renew_secret, verbs.remove, verbs.send_test):
                with pytest.raises(NotAllowed):
                    verb(webhook, by=other)
            with pytest.raises(NotAllowed):
                verbs.add(owner, by=other, facts=facts())
        with pytest.raises(NotAllowed):
            verbs.switch_off(webhook, by=manager(owner))

    @pytest.mark.parametrize(
        ("change", "place"),
        [({"name": " "}, "name"), ({"address": "x"}, "address"), ({"types": ["x"]}, "types")],
    )
    def test_what_cannot_be_kept_has_a_place(
        self, owner: Organisation, change: dict[str, Any], place: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            verbs.add(owner, by=manager(owner), facts=facts(**change))
        assert refused.value.where[0] == place


class TestKeepers:
    """Who manages it no longer is told nothing more, and somebody else keeps it."""

    @pytest.fixture
    def kept(self, owner: Organisation) -> Webhook:
        made, _secret = verbs.add(owner, by=manager(owner), facts=facts())
        return made

    @pytest.mark.parametrize("deed", ["part", "hand over", "role", "erase"])
    def test_it_stops_at_once_and_the_others_hear_of_it(
        self, kept: Webhook, owner: Organisation, deed: str
    ) -> None:
        keeper, colleague = kept.keeper, manager(owner)
        assert keeper is not None
        theirs = owner.memberships.get(person=keeper)
        mine = owner.memberships.get(person=colleague)
        match deed:
            case "part":
                people.part(theirs, by=keeper)
            case "hand over":
                people.hand_over(theirs, mine, by=keeper)
            case "role":
                people.give_role(theirs, by=colleague, role="member")
            case _:
                erase(keeper, by=builders.HOUSE)
        kept.refresh_from_db()
        assert (kept.state, kept.is_running) == ("unkept", False)
        tell_keepers(kept.pk)
        (letter,) = mail.outbox
        assert letter.to == [colleague.email]
        assert kept.name in letter.subject

    def test_who_lets_it_work_again_keeps_it(self, kept: Webhook, owner: Organisation) -> None:
        assert kept.keeper is not None
        colleague = manager(owner)
        client = inside(colleague)
        erase(kept.keeper, by=builders.HOUSE)
        page = f"/en/webhooks/{kept.pk}/"
        assert "Who kept it does not manage this any more" in text(client.get(page))
        assert client.post(f"{page}resume/").status_code == 302
        kept.refresh_from_db()
        assert (kept.state, kept.keeper) == ("active", colleague)

    def test_those_of_others_and_of_other_organisations_go_on(
        self, kept: Webhook, owner: Organisation
    ) -> None:
        colleague = manager(owner)
        mine, _secret = verbs.add(owner, by=colleague, facts=facts())
        elsewhere = builders.organisation()
        assert kept.keeper is not None
        elsewhere.memberships.create(person=kept.keeper, role="manager")
        keeper = Person.objects.get(pk=kept.keeper.pk)
        there, _secret = verbs.add(elsewhere, by=keeper, facts=facts())
        people.part(owner.memberships.get(person=kept.keeper), by=colleague)
        for each in (mine, there):
            each.refresh_from_db()
            assert each.state == "active"

    def test_a_manager_who_is_made_so_again_keeps_what_they_kept(
        self, kept: Webhook, owner: Organisation
    ) -> None:
        mine = owner.memberships.get(person=kept.keeper)
        people.give_role(mine, by=manager(owner), role="manager")
        kept.refresh_from_db()
        assert kept.state == "active"


class TestPrograms:
    def test_they_keep_webhooks_as_people_do(self, owner: Organisation) -> None:
        program = Program(manager(owner))
        types = {each["name"] for each in program("GET", "/webhook-types").json()["items"]}
        assert set(SAID["types"]) <= types
        made = program("POST", "/webhooks", {**SAID, "organisation": owner.slug})
        assert made.status_code == 201, made.content
        webhook = made.json()["webhook"]
        assert made.json()["secret"].startswith("whsec_")
        assert webhook["deeds"] == ["pause"]
        one = f"/webhooks/{webhook['id']}"
        read = program("GET", one)
        assert "whsec_" not in read.content.decode()
        changed = program("PATCH", one, {"ofOthers": True}, **{"if-match": read.headers["ETag"]})
        assert (changed.json()["ofOthers"], changed.json()["name"]) == (True, "Onze lijst")
        stale = program("PATCH", one, {"name": "x"}, **{"if-match": read.headers["ETag"]})
        assert stale.status_code == 412
        sent = program("POST", f"{one}/tests").json()
        assert (sent["type"], sent["state"]) == ("webhook.test", "waiting")
        again = program("POST", f"{one}/deliveries/{sent['id']}/tries")
        assert again.status_code == 201
        (listed,) = program("GET", f"{one}/deliveries").json()["items"]
        assert listed["message"] == f"msg_{sent['id'].replace('-', '')}"
        assert program("POST", f"{one}/secrets").json()["webhook"]["secretChangesAt"]
        assert program("POST", f"{one}/deeds", {"deed": "pause"}).json()["state"] == "paused"
        assert program("POST", f"{one}/tests").status_code == 409
        assert program("GET", "/webhooks").json()["total"] == 1
        assert program("DELETE", one).status_code == 204

    @pytest.mark.parametrize("count", [1, 5])
    def test_the_queries_of_lists_do_not_grow(
        self,
        owner: Organisation,
        count: int,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        program = Program(manager(owner))
        made = [builders.webhook(owner)[0] for _ in range(count)]
        for _ in range(count):
            verbs.send_test(made[0], by=builders.HOUSE)
        program("GET", "/webhook-types")  # notes that the token is used today
        for address in ("/webhooks", f"/webhooks/{made[0].pk}/deliveries"):
            with django_assert_max_num_queries(6):
                assert program("GET", address).json()["total"] == count

    def test_a_token_without_the_scope_does_not(self, owner: Organisation) -> None:
        program = Program(manager(owner), "listings")
        said = {**SAID, "organisation": owner.slug}
        assert program("POST", "/webhooks", said).status_code == 403

    def test_what_is_wrong_is_said_at_its_name(self, owner: Organisation) -> None:
        program = Program(manager(owner))
        said = {**SAID, "organisation": owner.slug, "address": "https://127.0.0.1/"}
        answer = program("POST", "/webhooks", said)
        assert answer.status_code == 422
        assert answer.json()["detail"] == "address: This is no public address."
