"""One deed for many organisations: each line by itself, and all of it to be undone."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings, strategies as st
from pytest_django import DjangoAssertNumQueries

from katalysator.admission import verbs as verbs_of_applications
from katalysator.admission.models import Application
from katalysator.admission.verbs import admit
from katalysator.bureau.bulk import verbs
from katalysator.bureau.bulk.going_through import carry_on
from katalysator.bureau.bulk.of_organisations import OF_ORGANISATIONS
from katalysator.bureau.models import Bulk, BulkLine, BureauNote
from katalysator.bureau.notes import verbs as notes
from katalysator.bureau.tasks import carry_on_bulk
from katalysator.coalition.models import Area, Organisation, Person
from katalysator.coalition.organisations import verbs as organisations
from katalysator.core import audit
from katalysator.core.actors import CLOCK
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings.models import Listing
from katalysator.listings.verbs import move as move_listing
from tests import builders

pytestmark = pytest.mark.django_db

CHOSEN = "/en/bureau/participants/chosen/"
VALUES = {
    "label": "board",
    "unlabel": "old",
    "note": "Bellen",
    "confirm": "",
    "kind": "sme",
    "add-area": "zorg",
    "remove-area": "energie",
}


def facts(organisation: Organisation) -> dict[str, Any]:
    """All that a deed for many may change."""
    row = Organisation.objects.get(pk=organisation.pk)
    return {
        "kind": row.kind,
        "confirmed_at": row.confirmed_at,
        "areas": sorted(row.areas.values_list("slug", flat=True)),
        "labels": sorted(row.labellings.values_list("label__name", flat=True)),
        "notes": row.bureau_notes.count(),
    }


def states(bulk: Bulk) -> list[str]:
    return list(bulk.lines.order_by("pk").values_list("state", flat=True))


def did(deed: str, some: Sequence[Any], by: Person, value: str = "") -> Bulk:
    bulk = verbs.start(deed, some, by=by, value=value)
    assert carry_on(bulk)
    bulk.refresh_from_db()
    return bulk


@pytest.fixture
def ready(three: list[Organisation]) -> list[Organisation]:
    for each in three:
        each.areas.set(Area.objects.filter(slug="energie"))
        notes.label(each, "old", by=builders.HOUSE)
    return three


@pytest.mark.parametrize("deed", [each.name for each in OF_ORGANISATIONS])
def test_each_deed_changes_what_it_says_and_undoing_puts_all_back(
    deed: str, coordinator: Person, ready: list[Organisation]
) -> None:
    before = [facts(each) for each in ready]
    bulk = did(deed, ready, coordinator, VALUES[deed])
    assert (bulk.state, states(bulk)) == ("done", ["done"] * 3)
    assert all(now != then for now, then in zip(map(facts, ready), before, strict=True))
    verbs.undo(bulk, by=coordinator)
    assert carry_on(bulk)
    assert states(bulk) == ["undone"] * 3
    assert [facts(each) for each in ready] == before
    assert audit.verify().broken == []


def test_changing_a_kind_says_nothing_of_the_other_facts(
    coordinator: Person, three: list[Organisation]
) -> None:
    did("kind", three, coordinator, "sme")
    assert facts(three[0])["confirmed_at"] is None


def test_what_was_changed_since_stays(coordinator: Person, ready: list[Organisation]) -> None:
    bulk = did("kind", ready, coordinator, "sme")
    organisations.amend(ready[1], by=coordinator, city="Delft")
    verbs.undo(bulk, by=coordinator)
    carry_on(bulk)
    assert states(bulk) == ["undone", "kept", "undone"]
    (kept,) = bulk.lines.filter(state="kept")
    assert "Somebody changed this" in kept.why
    assert facts(ready[1])["kind"] == "sme"


def test_where_it_was_so_already_nothing_is_done_and_nothing_undone(
    coordinator: Person, three: list[Organisation]
) -> None:
    notes.label(three[0], "board", by=builders.HOUSE)
    bulk = did("label", three, coordinator, "board")
    assert states(bulk) == ["nothing", "done", "done"]
    verbs.undo(bulk, by=coordinator)
    carry_on(bulk)
    assert facts(three[0])["labels"] == ["board"]


def test_what_one_refuses_keeps_no_other_from_it(
    coordinator: Person, three: list[Organisation]
) -> None:
    bulk = did("kind", three, coordinator, "no-kind")
    assert states(bulk) == ["refused"] * 3
    assert all(bulk.lines.values_list("why", flat=True))
    assert facts(three[0])["kind"] == three[0].kind


def test_who_runs_the_coalition_no_longer_does_no_more(
    coordinator: Person, three: list[Organisation]
) -> None:
    bulk = verbs.start("confirm", three, by=coordinator)
    Person.objects.update(is_coordinator=False)
    carry_on_bulk(bulk.pk)
    assert states(bulk) == ["refused"] * 3


def test_what_stopped_goes_on_where_it_was(coordinator: Person, three: list[Organisation]) -> None:
    bulk = verbs.start("note", three, by=coordinator, value="Bellen")
    assert not carry_on(bulk, 1)
    assert BureauNote.objects.count() == 1
    carry_on_bulk(bulk.pk)
    carry_on_bulk(bulk.pk)
    assert BureauNote.objects.count() == 3
    bulk.refresh_from_db()
    assert bulk.state == "done"


def test_only_the_bureau_and_only_what_there_is(
    coordinator: Person, three: list[Organisation]
) -> None:
    with pytest.raises(NotAllowed):
        verbs.start("confirm", three, by=builders.person(three[0]))
    with pytest.raises(InvalidInput, match="no deed"):
        verbs.start("nothing", three, by=coordinator)
    with pytest.raises(InvalidInput, match="Nothing was chosen"):
        verbs.start("confirm", [], by=coordinator)
    assert not Bulk.objects.exists()
    assert not BulkLine.objects.exists()


def test_nothing_is_undone_twice(coordinator: Person, three: list[Organisation]) -> None:
    bulk = did("confirm", three, coordinator)
    verbs.undo(bulk, by=coordinator)
    with pytest.raises(Conflict):
        verbs.undo(bulk, by=coordinator)


@settings(max_examples=12)
@given(st.lists(st.sampled_from(sorted(set(VALUES) - {"confirm"})), max_size=5))
def test_undone_in_the_opposite_order_all_is_as_it_was(deeds: list[str]) -> None:
    person = builders.person(is_coordinator=True)
    some = [builders.organisation() for _ in range(2)]
    notes.label(some[0], "old", by=builders.HOUSE)
    before = [facts(each) for each in some]
    done = [did(deed, some, person, VALUES[deed]) for deed in deeds]
    for bulk in reversed(done):
        verbs.undo(bulk, by=person)
        carry_on(bulk)
    after = [facts(each) for each in some]
    kept = {line.state for bulk in done for line in bulk.lines.all()}
    if "kept" not in kept:  # an edit on an edit: the first is changed since
        assert after == before


class TestPages:
    def test_tick_say_which_see_it_done_and_undo_it(
        self, client: Client, three: list[Organisation]
    ) -> None:
        ticked = {"chosen": [three[0].pk, three[2].pk], "deed": "label", "which": "ticked"}
        asked = client.post(CHOSEN, ticked).content.decode()
        assert "For 2 organisations. You can undo it afterwards." in asked
        assert "Which label?" in asked
        assert not Bulk.objects.exists()
        refused = client.post(CHOSEN, {**ticked, "sure": "yes", "value": ""})
        assert refused.status_code == 422
        shown = client.post(CHOSEN, {**ticked, "sure": "yes", "value": "board"}, follow=True)
        assert "Give a label" in shown.content.decode()
        assert [facts(each)["labels"] for each in three] == [["board"], [], ["board"]]
        bulk = Bulk.objects.get()
        back = client.post(f"{bulk.get_absolute_url()}undo/", follow=True).content.decode()
        assert "Undone, but for what was changed since." in back
        assert [facts(each)["labels"] for each in three] == [[], [], []]
        assert "Give a label" in client.get("/en/bureau/deeds/").content.decode()

    def test_all_that_is_found_is_what_the_filters_say(
        self, client: Client, three: list[Organisation]
    ) -> None:
        three[1].areas.set(Area.objects.filter(slug="zorg"))
        all_of = {"which": "all", "deed": "confirm", "sure": "yes"}
        client.post(f"{CHOSEN}?area=zorg", all_of)
        assert [bool(facts(each)["confirmed_at"]) for each in three] == [False, True, False]

    @pytest.mark.parametrize("ticked", [[], ["x"], ["-1"], ["99999999999999999999"], ["1; DROP"]])
    def test_nothing_ticked_is_said_and_does_nothing(
        self, ticked: list[str], client: Client, three: list[Organisation]
    ) -> None:
        said = {"chosen": ticked, "deed": "confirm"}
        assert "Nothing was chosen" in client.post(CHOSEN, said).content.decode()
        assert client.post(CHOSEN, {**said, "sure": "yes"}).status_code == 422
        assert not Event.objects.filter(verb="bulk.start").exists()

    def test_a_deed_that_there_is_not_leads_back(self, client: Client) -> None:
        assert client.post(CHOSEN, {"deed": "x"}).status_code == 302

    def test_the_list_narrows_and_costs_as_much_with_many(
        self, client: Client, three: list[Organisation],
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        page = "/en/bureau/participants/"
        client.get(page)
        with django_assert_num_queries(7):
            client.get(page)
        for _ in range(3):
            notes.label(builders.organisation(), "board", by=builders.HOUSE)
        with django_assert_num_queries(7):
            client.get(page)
        found = client.get(f"{page}?label=board").content.decode()
        assert "3 organisations" in found
        assert "Voorbeeld A" not in found
        confirmed = timezone.now() - timedelta(days=1)
        Organisation.objects.filter(pk=three[0].pk).update(confirmed_at=confirmed)
        assert "1 organisation<" in client.get(f"{page}?fresh=yes").content.decode()
        builders.person(three[1])
        assert "1 organisation<" in client.get(f"{page}?people=yes").content.decode()
        assert "No organisation fits" in client.get(f"{page}?state=left").content.decode()
        oldest = client.get(f"{page}?order=oldest").content.decode()
        assert oldest.index("Voorbeeld B") < oldest.index("Voorbeeld A")

    def test_a_sheet_of_what_is_chosen_runs_nothing(
        self, client: Client, three: list[Organisation]
    ) -> None:
        Organisation.objects.filter(pk=three[0].pk).update(name="=1+1")
        answer = client.post(CHOSEN, {"which": "all", "deed": "sheet"})
        lines = b"".join(answer).decode("utf-8-sig").splitlines()
        assert len(lines) == 4
        assert not any(line.startswith("=") for line in lines)


class TestApplications:
    """Admitted or declined together; each who applied gets a letter, so that nothing is taken back."""

    CHOSEN = "/en/bureau/applications/chosen/"

    @pytest.fixture
    def queue(self) -> list[Application]:
        return [builders.application(name=f"Voorbeeld Wachter {each}") for each in ("A", "B", "C")]

    def test_many_are_admitted_each_as_a_participant_of_its_own(
        self, coordinator: Person, queue: list[Application]
    ) -> None:
        bulk = did("admit", queue, coordinator)
        assert (bulk.state, states(bulk)) == ("done", ["done"] * 3)
        names = Organisation.objects.participants().values_list("name", flat=True)
        assert set(names) >= {each.name for each in queue}
        assert audit.verify().broken == []

    def test_what_the_directory_may_know_already_is_left_to_somebody_who_looks(
        self, coordinator: Person, queue: list[Application]
    ) -> None:
        builders.organisation(name="Voorbeeld Wachter B", state="listed")
        bulk = did("admit", queue, coordinator)
        assert states(bulk) == ["done", "refused", "done"]
        assert "an organisation that this may be" in bulk.lines.get(state="refused").why
        queue[1].refresh_from_db()
        assert queue[1].state == "waiting"

    def test_the_record_that_an_applicant_named_becomes_the_participant(
        self, coordinator: Person
    ) -> None:
        known = builders.organisation(name="Voorbeeld Bekend", state="listed")
        said = builders.applicant(name="Voorbeeld Bekend")
        sent = verbs_of_applications.apply(said, by=builders.HOUSE, organisation=known)
        asked = verbs_of_applications.confirm(sent, by=builders.HOUSE)
        assert states(did("admit", [asked], coordinator)) == ["done"]
        known.refresh_from_db()
        assert known.is_participant

    def test_many_are_declined_with_one_reason(
        self, coordinator: Person, queue: list[Application]
    ) -> None:
        admit(queue[0], by=coordinator)
        bulk = did("decline", queue, coordinator, "Er is geen plaats meer.")
        assert states(bulk) == ["refused", "done", "done"]
        reasons = Application.objects.filter(state="declined").values_list("reason", flat=True)
        assert set(reasons) == {"Er is geen plaats meer."}

    def test_none_of_it_is_undone(self, coordinator: Person, queue: list[Application]) -> None:
        bulk = did("decline", queue, coordinator, "Nee.")
        with pytest.raises(Conflict, match="letters are on their way"):
            verbs.undo(bulk, by=coordinator)
        assert states(bulk) == ["done"] * 3

    def test_only_the_bureau(self, queue: list[Application]) -> None:
        with pytest.raises(NotAllowed):
            verbs.start("admit", queue, by=builders.person(builders.organisation()))

    def test_tick_say_why_and_see_what_became_of_each(
        self, client: Client, queue: list[Application]
    ) -> None:
        page = client.get("/en/bureau/applications/").content.decode()
        assert page.count('form="many"') == 3
        ticked = {"chosen": [queue[0].pk, queue[2].pk], "deed": "decline"}
        asked = client.post(self.CHOSEN, ticked).content.decode()
        assert "For 2 applications." in asked
        assert "This cannot be undone: each of them gets a letter." in asked
        empty = client.post(self.CHOSEN, {**ticked, "sure": "yes", "value": ""})
        long = client.post(self.CHOSEN, {**ticked, "sure": "yes", "value": "x" * 1_001})
        assert (empty.status_code, long.status_code, Bulk.objects.count()) == (422, 422, 0)
        shown = client.post(self.CHOSEN, {**ticked, "sure": "yes", "value": "Vol."}, follow=True)
        text = shown.content.decode()
        assert ("Voorbeeld Wachter A" in text, "Voorbeeld Wachter B" in text) == (True, False)
        assert "Undo" not in text
        assert Application.objects.get(state="waiting") == queue[1]

    def test_all_that_is_found_is_what_the_list_shows(
        self, client: Client, queue: list[Application]
    ) -> None:
        verbs_of_applications.decline(queue[0], by=builders.HOUSE, reason="Nee.")
        unproven = builders.application("sent")
        said = {"which": "all", "deed": "admit", "sure": "yes"}
        client.post(f"{self.CHOSEN}?state=waiting", said)
        assert Application.objects.filter(state="admitted").count() == 2
        ticked = {"chosen": [unproven.pk], "deed": "admit", "sure": "yes"}
        assert client.post(self.CHOSEN, ticked).status_code == 422, "nobody proved that address yet"

    def test_deeds_of_another_list_lead_back(
        self, client: Client, queue: list[Application]
    ) -> None:
        for deed in ("close", "label", "letter", "sheet", "x"):
            answer = client.post(self.CHOSEN, {"which": "all", "deed": deed, "sure": "yes"})
            assert answer["Location"] == "/en/bureau/applications/"
        assert not Bulk.objects.exists()


class TestListings:
    """Closed together; undone by the deeds of their own life, where nothing happened since."""

    CHOSEN = "/en/bureau/listings/chosen/"

    @pytest.fixture
    def some(self) -> list[Listing]:
        owner = builders.organisation()
        made = [builders.listing(owner, title=f"Hulp bij {each}") for each in ("A", "B", "C")]
        move_listing(made[1], "settle", by=builders.HOUSE)
        return made

    def test_closed_and_again_what_each_was(self, coordinator: Person, some: list[Listing]) -> None:
        before = [Listing.objects.get(pk=each.pk).state for each in some]
        assert before == ["published", "matched", "published"]
        bulk = did("close", some, coordinator)
        assert [Listing.objects.get(pk=each.pk).state for each in some] == ["closed"] * 3
        verbs.undo(bulk, by=coordinator)
        carry_on(bulk)
        assert states(bulk) == ["undone"] * 3
        assert [Listing.objects.get(pk=each.pk).state for each in some] == before

    def test_what_was_changed_since_or_had_expired_stays_closed(
        self, coordinator: Person, some: list[Listing]
    ) -> None:
        move_listing(some[2], "expire", by=CLOCK)
        bulk = did("close", some, coordinator)
        move_listing(some[0], "publish", by=coordinator)
        move_listing(some[0], "close", by=coordinator)
        verbs.undo(bulk, by=coordinator)
        carry_on(bulk)
        assert states(bulk) == ["kept", "undone", "kept"]
        said = bulk.lines.order_by("pk").values_list("why", flat=True)
        assert ("Somebody changed this" in said[0], "It had expired" in said[2]) == (True, True)

    def test_a_draft_is_not_closed_and_what_is_closed_stays_so(self, coordinator: Person) -> None:
        closed = move_listing(builders.listing(builders.organisation()), "close", by=builders.HOUSE)
        bulk = did("close", [builders.draft(builders.organisation()), closed], coordinator)
        assert states(bulk) == ["refused", "nothing"]

    def test_tick_look_and_undo(self, client: Client, some: list[Listing]) -> None:
        found = client.get("/en/bureau/listings/?q=Hulp&state=any").content.decode()
        assert "3 needs and offers" in found
        ticked = {"chosen": [some[0].pk], "deed": "close"}
        asked = client.post(self.CHOSEN, ticked).content.decode()
        assert ("For 1 need or offer." in asked, "You can undo it afterwards." in asked) == (
            True,
            True,
        )
        shown = client.post(self.CHOSEN, {**ticked, "sure": "yes"}, follow=True).content.decode()
        assert ("Hulp bij A" in shown, "Undo" in shown) == (True, True)
        client.post(f"{Bulk.objects.get().get_absolute_url()}undo/")
        assert Listing.objects.get(pk=some[0].pk).state == "published"

    def test_the_list_costs_as_much_with_many(
        self, client: Client, some: list[Listing],
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        page = "/en/bureau/listings/?state=any"
        client.get(page)
        with django_assert_num_queries(5):
            client.get(page)
        for _ in range(4):
            builders.listing(builders.organisation())
        with django_assert_num_queries(5):
            client.get(page)


def test_a_line_is_of_one_record(coordinator: Person) -> None:
    bulk = Bulk.objects.create(deed="close")
    both = {
        "organisation": builders.organisation(),
        "listing": builders.listing(builders.organisation()),
    }
    for records in ({}, both):
        with pytest.raises(IntegrityError), transaction.atomic():
            BulkLine.objects.create(bulk=bulk, **records)
