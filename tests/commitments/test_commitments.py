"""What participants promise and bring: told to everybody, changed by their own people."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from katalysator.coalition.models import Organisation
from katalysator.commitments.models import Commitment, Contribution
from katalysator.commitments.progress import progress
from katalysator.commitments.verbs import Promise, bring, promise, take_back
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def owner() -> Organisation:
    made = builders.organisation(slug="voorbeeld-eigenaar")
    promise(made, by=builders.HOUSE, promises={"part": Promise(), "hours": Promise(40, "uitleg")})
    return made


@pytest.fixture
def member(owner: Organisation) -> Client:
    return inside(builders.person(owner))


def of(owner: Organisation, kind: str) -> Commitment:
    found: Commitment = Commitment.objects.of(owner).get(kind=kind)
    return found


class TestPromising:
    def test_a_promise_is_changed_and_another_goes(self, owner: Organisation) -> None:
        promise(owner, by=builders.HOUSE, promises={"hours": Promise(60), "data": Promise(2)})
        found = Commitment.objects.of(owner).values_list("kind", "amount")
        assert dict(found) == {"hours": 60, "data": 2}
        event = Event.objects.filter(verb="organisation.promise").latest("pk")
        assert event.before["promises"]["hours"] == {"amount": 40, "note": "uitleg"}

    def test_one_of_which_something_was_brought_stays(self, owner: Organisation) -> None:
        bring(of(owner, "hours"), by=builders.HOUSE, what="les", on=TODAY, amount=8)
        with pytest.raises(Conflict, match="Take it back first"):
            promise(owner, by=builders.HOUSE, promises={"part": Promise()})
        assert Commitment.objects.of(owner).count() == 2

    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            ("hours", Promise()),
            ("hours", Promise(0)),
            ("money", Promise(10**10)),
            ("part", Promise(3)),
            ("koekjes", Promise(3)),
            ("hours", Promise(3, "x" * 301)),
        ],
    )
    def test_what_cannot_be_promised_is_told_at_its_kind(
        self, owner: Organisation, kind: str, said: Promise
    ) -> None:
        with pytest.raises(InvalidInput) as caught:
            promise(owner, by=builders.HOUSE, promises={kind: said})
        assert caught.value.where[0] == kind
        assert Commitment.objects.of(owner).count() == 2

    def test_the_page_shows_what_was_promised_and_saves_another(
        self, owner: Organisation, member: Client
    ) -> None:
        page = f"/en/organisations/{owner.slug}/commitments/edit/"
        shown = member.get(page).context["form"]
        assert (shown["hours"].value(), shown["hours_note"].value()) == (40, "uitleg")
        assert member.post(page, {"learn": "on", "hours": "50"}).status_code == 302
        found = Commitment.objects.of(owner).values_list("kind", "amount", "note")
        assert set(found) == {("learn", None, ""), ("hours", 50, "")}


class TestBringing:
    def test_progress_is_the_sum_of_what_was_brought(self, owner: Organisation) -> None:
        for amount in (8, 20):
            bring(of(owner, "hours"), by=builders.HOUSE, what="les", on=TODAY, amount=amount)
        part, hours = progress(Commitment.objects.of(owner))
        assert (part.per_cent, part.times) == (None, 0)
        assert (hours.brought, hours.per_cent, hours.times) == (28, 70, 2)

    def test_more_than_promised_is_all_of_it(self, owner: Organisation) -> None:
        bring(of(owner, "hours"), by=builders.HOUSE, what="les", on=TODAY, amount=100)
        assert progress(Commitment.objects.of(owner))[1].per_cent == 100

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_today_stands_in_the_form_as_a_browser_reads_it(
        self, owner: Organisation, member: Client, language: str
    ) -> None:
        page = f"/{language}/organisations/{owner.slug}/commitments/hours/new/"
        assert (
            f'type="date" name="on" value="{TODAY.isoformat()}"'
            in member.get(page).content.decode()
        )

    def test_who_brought_something_writes_it_down(
        self, owner: Organisation, member: Client
    ) -> None:
        page = f"/en/organisations/{owner.slug}/commitments/hours/new/"
        typed = {"what": "Gastles over planning", "amount": "4", "on": TODAY.isoformat()}
        assert member.post(page, typed).status_code == 302
        shown = Client().get(f"/en/organisations/{owner.slug}/").content.decode()
        assert "Gastles over planning" in shown
        assert "4 of 40" in shown

    @pytest.mark.parametrize(
        ("typed", "at"),
        [
            ({"amount": "0"}, "amount"),
            ({"what": ""}, "what"),
            ({"on": "gisteren"}, "on"),
            ({"on": (TODAY + timedelta(days=2)).isoformat()}, "on"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_question(
        self, owner: Organisation, member: Client, typed: dict[str, str], at: str
    ) -> None:
        said = {"what": "les", "amount": "4", "on": TODAY.isoformat()} | typed
        answer = member.post(f"/en/organisations/{owner.slug}/commitments/hours/new/", said)
        assert list(answer.context["form"].errors) == [at]
        assert not Contribution.objects.exists()

    def test_a_mistake_is_taken_back_once(self, owner: Organisation, member: Client) -> None:
        made = bring(of(owner, "part"), by=builders.HOUSE, what="les", on=TODAY)
        page = f"/en/organisations/{owner.slug}/commitments/brought/{made.pk}/take-back/"
        assert member.post(page).status_code == 302
        assert not Contribution.objects.exists()
        assert member.post(page).status_code == 404
        with pytest.raises(Conflict):
            take_back(made, by=builders.HOUSE)

    def test_nobody_writes_it_down_for_another(self, owner: Organisation) -> None:
        other = inside(builders.person(builders.organisation()))
        page = f"/en/organisations/{owner.slug}/commitments/"
        assert other.get(page).status_code == 403
        assert other.post(f"{page}hours/new/", {"what": "x"}).status_code == 403


def test_who_takes_part_no_longer_promises_nothing_in_public(owner: Organisation) -> None:
    shown = f"/en/organisations/{owner.slug}/"
    assert "What it brings" in Client().get(shown).content.decode()
    Organisation.objects.update(state="left")
    assert "What it brings" not in Client().get(shown).content.decode()


def test_programs_read_the_same(owner: Organisation) -> None:
    bring(of(owner, "hours"), by=builders.HOUSE, what="les", on=TODAY, amount=8)
    page = f"/api/v1/organisations/{owner.slug}/commitments"
    part, hours = Client().get(page, headers={"accept-language": "en"}).json()["items"]
    assert (part["kind"], part["promised"], part["times"]) == ("part", None, 0)
    (brought,) = hours["contributions"]
    assert brought.pop("id") == Contribution.objects.get().pk
    assert brought == {"on": TODAY.isoformat(), "amount": 8, "what": "les"}
    assert (hours["name"], hours["promised"], hours["brought"]) == (
        "Hours of our people, a year",
        40,
        8,
    )
    Organisation.objects.update(state="suspended")
    assert Client().get(page).json() == {"items": []}
