"""Posting in one's own name: who may, what others see, and what becomes of it when somebody leaves or goes."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition import verbs as coalition
from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.organisations import verbs as organisations
from katalysator.coalition.people.verbs import close_account, hand_over, part, present
from katalysator.core import personal_data
from katalysator.core.models import Event
from katalysator.faults import InvalidInput, KatalysatorError, NotAllowed
from katalysator.listings import verbs
from katalysator.listings.cards import card_page
from katalysator.listings.export import as_csv
from katalysator.listings.market import markets
from katalysator.listings.models import Kind, Listing
from katalysator.matches.models import Match
from tests import builders
from tests.attack.steps import inside
from tests.matches.steps import NEED, OFFER, events, match_all, trail_holds

pytestmark = pytest.mark.django_db


FOLLOWS = {"listings.close_of", "listings.bring_along", "matches.renew_best"}


@pytest.fixture
def teacher() -> Person:
    return builders.found_as("Docent data", function="docent bij de master")


def background() -> None:
    """Do what follows for listings, and for what they were matched with."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("pk"):
        if job.task_name in FOLLOWS:
            app.tasks[job.task_name](**job.args)


def post(person: Person, by: Person | None = None, market_slug: str = "expertise") -> Listing:
    content = builders.content(market_slug)
    return verbs.post(
        person, by=by or person, kind=Kind.OFFER, market_slug=market_slug, content=content
    )


def again(listing: Listing) -> Listing:
    found: Listing = Listing.objects.get(pk=listing.pk)
    return found


def another(person: Person, name: str = "") -> Organisation:
    """Another participant that the person speaks for, and is found there by a name or by none."""
    made = builders.organisation()
    Membership.objects.create(person=person, organisation=made, name=name)
    return made


class TestPosting:
    def test_it_is_of_the_person_who_stands_with_the_organisation(self, teacher: Person) -> None:
        made = again(post(teacher))
        assert (made.person, made.author) == (teacher, teacher)
        assert made.membership == teacher.memberships.get()
        assert made.organisation == teacher.organisations.get()

    def test_markets_say_whether_people_post_there(self) -> None:
        own = {each.slug for each in markets() if each.in_own_name}
        assert own == {
            "expertise", "teaching", "retraining", "job", "internship", "research-position",
        }  # fmt: skip

    def test_where_only_organisations_post_it_is_refused(self, teacher: Person) -> None:
        with pytest.raises(InvalidInput, match="only organisations post") as refused:
            post(teacher, market_slug="capital")
        assert refused.value.where == ("owner",)

    @pytest.mark.parametrize("state", ["listed", "suspended", "left"])
    def test_who_speaks_for_no_participant_does_not(self, state: str) -> None:
        person = builders.found_as("Docent", builders.organisation(state=state))
        with pytest.raises(NotAllowed) as refused:
            post(person)
        assert refused.value.code == "not-a-participant"

    def test_who_gave_no_name_hears_where_to_give_it(self, teacher: Person) -> None:
        teacher.memberships.update(name="", function="")
        with pytest.raises(NotAllowed, match="by which name") as refused:
            post(teacher)
        assert refused.value.code == "no-name"
        assert "How you are shown" in str(refused.value)

    def test_of_several_memberships_the_first_with_a_name_at_a_participant_counts(self) -> None:
        person = builders.found_as("", function="")
        Membership.objects.create(
            person=person, organisation=builders.organisation(state="left"), name="Docent elders"
        )
        there = another(person, "Docent hier")
        another(person, "Docent daar")
        assert post(person).organisation == there

    def test_nobody_posts_in_the_name_of_another(self, teacher: Person) -> None:
        colleague = builders.found_as("Collega", teacher.organisations.get())
        with pytest.raises(NotAllowed) as refused:
            post(teacher, by=colleague)
        assert refused.value.code == "not-your-listing"

    def test_a_name_that_is_gone_is_said_again_before_it_is_published_again(
        self, teacher: Person
    ) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        made = verbs.move(made, "close", by=teacher)
        teacher.memberships.update(name="", function="")
        with pytest.raises(NotAllowed, match="by which name"):
            verbs.move(made, "publish", by=teacher)


class TestWhoMay:
    def test_the_person_and_the_bureau_change_it_and_colleagues_do_not(
        self, teacher: Person
    ) -> None:
        made = post(teacher)
        colleague = builders.person(teacher.organisations.get())
        Membership.objects.filter(person=colleague).update(role=Membership.Role.MANAGER)
        bureau = builders.person(is_coordinator=True)
        for person, may in ((teacher, True), (bureau, True), (colleague, False)):
            assert _may_edit(made, person) is may
        assert not _may_edit(made, builders.person(builders.organisation()))

    def test_a_draft_is_seen_by_the_person_and_the_bureau_only(self, teacher: Person) -> None:
        made = post(teacher)
        colleague = builders.person(teacher.organisations.get())
        bureau = builders.person(is_coordinator=True)
        for person, sees in ((teacher, True), (bureau, True), (colleague, False)):
            assert (made in Listing.objects.visible_to(person)) is sees
            answer = inside(person).get(reverse("listing", args=[made.pk]))
            assert answer.status_code == (200 if sees else 404)

    @pytest.mark.parametrize("page", ["listing-edit", "listing-delete"])
    def test_a_colleague_has_no_page_to_change_what_all_may_see(
        self, teacher: Person, page: str
    ) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        colleague = inside(builders.person(teacher.organisations.get()))
        assert colleague.get(reverse(page, args=[made.pk])).status_code == 403
        moved = colleague.post(reverse("listing-move", args=[made.pk, "close"]))
        assert (moved.status_code, again(made).state) == (403, "published")

    def test_it_is_among_ones_own_and_not_among_those_of_a_colleague(self, teacher: Person) -> None:
        made, theirs = post(teacher), builders.draft(teacher.organisations.get())
        assert set(Listing.objects.of(teacher)) == {made, theirs}
        colleague = builders.person(teacher.organisations.get())
        assert set(Listing.objects.of(colleague)) == {theirs}
        assert "In your own name" in _text(inside(teacher).get(reverse("my-listings")))

    def test_who_speaks_for_nobody_any_more_still_sees_what_is_ones_own(
        self, teacher: Person
    ) -> None:
        made = post(teacher)
        teacher.memberships.all().delete()
        person = Person.objects.get(pk=teacher.pk)
        assert set(Listing.objects.visible_to(person)) == {made}

    def test_a_sheet_of_the_organisation_changes_nothing_of_it(self, teacher: Person) -> None:
        from katalysator.listings.importing.plan import there
        from katalysator.listings.importing.rows import Target

        made = post(teacher)
        target = Target(made.organisation, Kind.OFFER, made.market_class)
        row: Any = type("Row", (), {"reference": "", "headline": made.title})
        assert there([row], target, locked=False) == []


def _may_edit(listing: Listing, person: Person) -> bool:
    try:
        verbs.edit(listing, by=person, content=builders.content())
    except KatalysatorError:
        return False
    return True


def _text(answer: Any) -> str:
    body = answer.getvalue()
    return str(body.decode())


class TestWhatOthersSee:
    def test_the_name_and_where_and_never_the_address(self, teacher: Person) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        pages = [reverse("listing", args=[made.pk]), reverse("listing-list")]
        pages += [reverse("organisation", args=[made.organisation.slug]), reverse("listing-export")]
        for page in pages:
            told = _text(Client().get(page))
            assert "Docent data" in told
            assert made.organisation.name in told
            assert teacher.email not in told

    def test_the_owner_says_who_and_what_and_where(self, teacher: Person) -> None:
        owner = again(post(teacher)).owner
        assert (owner.kind, owner.name) == ("person", "Docent data")
        assert owner.place == f"docent bij de master, {owner.organisation.name}"

    def test_of_an_organisation_nothing_stands_beside_its_name(self) -> None:
        made = builders.listing(builders.organisation(name="Voorbeeldlab"))
        assert (made.owner.kind, made.owner.name, made.owner.place) == (
            "organisation",
            "Voorbeeldlab",
            "",
        )

    def test_who_takes_the_name_away_is_somebody_at_once(self, teacher: Person) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        page = reverse("listing", args=[made.pk])
        assert "Docent data" in _text(Client().get(page))
        present(teacher.memberships.get(), by=teacher, name="", function="")
        told = _text(Client().get(page))
        assert "Docent data" not in told
        assert "Somebody" in told

    def test_a_list_asks_as_often_with_people_in_it(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for people in (1, 3):
            while Listing.objects.count() < people:
                builders.listing(builders.found_as())
            with django_assert_num_queries(7):
                page = card_page(Listing.objects.order_by("pk"), None, inside=False)
                assert all(each.owner.is_person and each.owner.place for each in page)

    def test_a_download_takes_one_question(
        self, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        builders.listing(teacher)
        builders.listing(builders.found_as("Student"))
        with django_assert_num_queries(1):
            found = Listing.objects.with_owner().order_by("pk").iterator(chunk_size=10)
            text = b"".join(as_csv(found).streaming_content).decode()  # type: ignore[arg-type]
        assert "Docent data" in text
        assert "Student" in text

    def test_the_api_says_whose_it_is(self, teacher: Person) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        told = Client().get(f"/api/v1/listings/{made.pk}").json()
        assert told["owner"] == {
            "kind": "person",
            "name": "Docent data",
            "function": "docent bij de master",
        }
        assert told["organisation"]["slug"] == made.organisation.slug
        other = builders.listing(builders.organisation(name="Voorbeeldlab"))
        told = Client().get(f"/api/v1/listings/{other.pk}").json()
        assert told["owner"] == {"kind": "organisation", "name": "Voorbeeldlab", "function": ""}


class TestTheForm:
    page = "/en/listings/new/offer/expertise/"

    def test_it_offers_ones_own_name_beside_the_organisation(self, teacher: Person) -> None:
        told = _text(inside(teacher).get(reverse("listing-create", args=["offer", "expertise"])))
        assert "In whose name?" in told
        assert f"My own name: Docent data ({teacher.organisations.get().name})" in told

    def test_it_does_not_where_only_organisations_post(self, teacher: Person) -> None:
        told = _text(inside(teacher).get(reverse("listing-create", args=["offer", "capital"])))
        assert "My own name" not in told

    def test_who_has_no_name_is_led_to_where_it_is_given(self, teacher: Person) -> None:
        teacher.memberships.update(name="", function="")
        told = _text(inside(teacher).get(reverse("listing-create", args=["offer", "expertise"])))
        assert "My own name" not in told
        assert reverse("present", args=[teacher.organisations.get().slug]) in told

    @pytest.mark.parametrize("button", ["publish", "save"])
    def test_it_posts_in_ones_own_name(self, teacher: Person, button: str) -> None:
        typed = {**builders.typed(), "organisation": "own", button: ""}
        page = reverse("listing-create", args=["offer", "expertise"])
        assert inside(teacher).post(page, typed).status_code == 302
        made = Listing.objects.get()
        assert made.person == teacher
        assert made.state == ("published" if button == "publish" else "draft")

    def test_the_same_form_in_the_other_language_keeps_whose_name_it_is(
        self, teacher: Person
    ) -> None:
        page = reverse("listing-create", args=["offer", "expertise"])
        typed = {**builders.typed(), "organisation": "own", "switch": "untried"}
        told = _text(inside(teacher).post(page, typed))
        assert '<option value="own" selected>' in told

    def test_it_posts_for_the_organisation(self, teacher: Person) -> None:
        typed = builders.typed(teacher.organisations.get())
        inside(teacher).post(reverse("listing-create", args=["offer", "expertise"]), typed)
        assert Listing.objects.get().person is None

    @pytest.mark.parametrize("market_slug", ["expertise", "capital"])
    def test_what_is_not_offered_is_not_taken(self, teacher: Person, market_slug: str) -> None:
        if market_slug == "expertise":
            teacher.memberships.update(name="", function="")
        typed = {**builders.typed(None, market_slug), "organisation": "own"}
        page = reverse("listing-create", args=["offer", market_slug])
        assert inside(teacher).post(page, typed).status_code == 422
        assert not Listing.objects.exists()

    def test_changing_it_says_whose_it_is_and_leaves_that(self, teacher: Person) -> None:
        made, bureau = post(teacher), builders.person(is_coordinator=True)
        page = reverse("listing-edit", args=[made.pk])
        for person in (teacher, bureau):
            assert "My own name: Docent data" in _text(inside(person).get(page))
        typed = builders.typed(builders.organisation(), title="Een andere titel")
        assert inside(bureau).post(page, typed).status_code == 302
        changed = again(made)
        assert (changed.title, changed.person) == ("Een andere titel", teacher)

    def test_publishing_again_without_a_name_says_what_to_do(self, teacher: Person) -> None:
        made = verbs.move(verbs.move(post(teacher), "publish", by=teacher), "close", by=teacher)
        teacher.memberships.update(name="", function="")
        page = reverse("listing-move", args=[made.pk, "publish"])
        answer = inside(teacher).post(page, follow=True)
        assert "How you are shown" in _text(answer)
        assert again(made).state == "closed"


class TestTheApi:
    def _post(self, person: Person, **fields: Any) -> Any:
        from tests.attack.world import _secret

        said = {"kind": "offer", "market": "expertise", "title": "Meedenken", **fields}
        headers = {"authorization": f"Bearer {_secret(person)}"}
        return Client(headers=headers).post(
            "/api/v1/listings", json.dumps(said), content_type="application/json"
        )

    def test_it_posts_in_ones_own_name(self, teacher: Person) -> None:
        answer = self._post(teacher, owner="person")
        assert (answer.status_code, answer.json()["owner"]["kind"]) == (201, "person")
        assert Listing.objects.get().person == teacher

    def test_without_a_name_it_says_what_to_do(self, teacher: Person) -> None:
        teacher.memberships.update(name="", function="")
        answer = self._post(teacher, owner="person")
        assert answer.status_code == 403
        assert "Hoe je wordt getoond" in answer.json()["detail"]

    def test_it_wants_an_organisation_or_a_person(self, teacher: Person) -> None:
        for fields in ({}, {"owner": "organisation"}, {"owner": "nobody"}):
            assert self._post(teacher, **fields).status_code in (400, 422)
        assert not Listing.objects.exists()

    def test_markets_say_whether_people_post_there(self) -> None:
        found = Client().get("/api/v1/markets").json()["items"]
        own = {each["slug"] for each in found if each["inOwnName"]}
        assert own == {each.slug for each in markets() if each.in_own_name}


class TestLeaving:
    def test_who_stops_speaking_for_any_participant_has_it_closed(self, teacher: Person) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        draft = post(teacher)
        part(teacher.memberships.get(), by=teacher)
        background()
        assert (again(made).state, again(draft).state) == ("closed", "draft")
        closed = events(made)[-1]
        assert (closed.verb, closed.system) == ("listing.close", "participation")

    def test_who_speaks_for_another_participant_by_a_name_stands_there(
        self, teacher: Person
    ) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        first, there = teacher.memberships.get(), another(teacher, "Adviseur")
        part(first, by=teacher)
        background()
        moved = again(made)
        assert (moved.state, moved.organisation, moved.owner.name) == (
            "published",
            there,
            "Adviseur",
        )
        stands = events(made)[-1]
        assert (stands.verb, stands.after) == ("listing.bring-along", {"organisation": there.slug})

    def test_who_takes_the_name_away_has_it_closed(self, teacher: Person) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        present(teacher.memberships.get(), by=teacher, name="", function="")
        background()
        assert again(made).state == "closed"

    def test_another_name_changes_nothing_else(self, teacher: Person) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        before = len(events(made))
        present(teacher.memberships.get(), by=teacher, name="Docente", function="")
        background()
        assert (again(made).owner.name, again(made).state) == ("Docente", "published")
        assert len(events(made)) == before

    @pytest.mark.parametrize("deed", ["suspend", "leave"])
    def test_with_the_organisation_it_closes_or_goes_where_the_person_still_is(
        self, teacher: Person, deed: str
    ) -> None:
        closing = verbs.move(post(teacher), "publish", by=teacher)
        both = builders.found_as("Student", closing.organisation)
        there = another(both, "Student elders")
        staying = verbs.move(post(both), "publish", by=both)
        organisations.move(closing.organisation, deed, by=builders.HOUSE)
        background()
        assert again(closing).state == "closed"
        assert (again(staying).state, again(staying).organisation) == ("published", there)

    def test_a_colleague_who_takes_over_gets_what_was_written_for_the_organisation_only(
        self, teacher: Person
    ) -> None:
        owner = teacher.organisations.get()
        own = post(teacher)
        theirs = verbs.post(
            owner, by=teacher, kind=Kind.NEED, market_slug="expertise", content=builders.content()
        )
        heir = builders.person(owner)
        hand_over(teacher.memberships.get(), heir.memberships.get(), by=teacher)
        background()
        assert (again(theirs).author, again(own).author, again(own).person) == (
            heir,
            teacher,
            teacher,
        )

    def test_where_two_records_become_one_it_goes_along(self, teacher: Person) -> None:
        made = verbs.move(post(teacher), "publish", by=teacher)
        gone, kept = made.organisation, another(teacher)
        merge(kept, gone, by=builders.HOUSE)
        background()
        moved = again(made)
        assert (moved.organisation, moved.person, moved.state) == (kept, teacher, "published")
        assert moved.owner.name == "Docent data"


class TestErasure:
    def test_it_goes_with_the_account_and_all_that_hangs_on_it(self, teacher: Person) -> None:
        made = builders.listing(teacher, Kind.OFFER, **OFFER)
        other = builders.listing(builders.organisation(), **NEED)
        match_all()
        assert Match.objects.filter(offer=made).exists()
        assert again(other).best > 0
        close_account(teacher, by=teacher)
        background()
        assert not Listing.objects.filter(pk=made.pk).exists()
        assert not Match.objects.exists()
        assert again(other).best == 0

    def test_nothing_that_was_said_stays_in_the_trail(self, teacher: Person) -> None:
        made = builders.draft(
            teacher, title="Titelgeheim", text="Tekstgeheim", skills=("kungeheim",)
        )
        verbs.edit(
            made, by=teacher, content=builders.content(title="Nieuwgeheim", reference="nrgeheim")
        )
        verbs.delete(made, by=teacher)
        told = str(list(Event.objects.values_list("before", "after", "personal", "reason")))
        assert "geheim" not in told
        assert trail_holds()

    def test_the_trail_has_digests_of_what_changed(self, teacher: Person) -> None:
        made = post(teacher)
        verbs.edit(made, by=teacher, content=builders.content(title="Een andere titel"))
        first, second = events(made)
        assert first.after == {"kind": "offer", "market": "expertise"}
        assert {"title", "text"} <= set(first.personal)
        assert set(second.personal) == {"title"}

    def test_by_the_bureau_too(self, teacher: Person) -> None:
        made = post(teacher)
        coalition.erase(teacher, by=builders.HOUSE)
        assert not Listing.objects.filter(pk=made.pk).exists()

    def test_what_was_written_for_the_organisation_stays(self, teacher: Person) -> None:
        owner = teacher.organisations.get()
        theirs = verbs.post(
            owner, by=teacher, kind=Kind.NEED, market_slug="expertise", content=builders.content()
        )
        coalition.erase(teacher, by=builders.HOUSE)
        assert again(theirs).author is None

    def test_ones_own_data_have_it(self, teacher: Person) -> None:
        made = post(teacher)
        held = personal_data.held_of(teacher)["listings"]
        assert held["written"] == []
        (own,) = held["in_own_name"]
        assert (own["id"], own["title"], own["text"]) == (made.pk, made.title, made.text)
