"""Sheets of activities: local times, known again by the sheet's own key, of nobody else, and never half taken in."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.activities import verbs
from katalysator.activities.enrolments.verbs import register
from katalysator.activities.importing.models import ActivityKey
from katalysator.activities.models import Activity
from katalysator.activities.tasks import tell_all_of_change
from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.actors import SHEETS, System
from katalysator.faults import NotAllowed
from katalysator.importing.kinds import named
from katalysator.importing.taking import taken_in
from tests import builders
from tests.activities.steps import changed, come, jobs, states
from tests.attack.steps import inside
from tests.importing.steps import confirmed, counts, given, looked, reasons, taken, written

pytestmark = pytest.mark.django_db

HEADER = (
    "Nr",
    "Titel",
    "Soort",
    "Datum",
    "Begintijd",
    "Eindtijd",
    "Locatie",
    "Plaatsen",
    "Omschrijving",
)
SCANS = (
    "A1",
    "Scans lezen",
    "cursus",
    "1 sept 2027",
    "14:00",
    "16.30 uur",
    "Domplein 1, Utrecht",
    "20",
    "Met eigen scans aan de slag.",
)
TALK = ("A2", "Wat AI niet kan", "webinar", "2027-12-01", "20u", "21:00", "online", "", "Een avond over grenzen.")  # fmt: skip
MIN = ("Titel", "Begint", "Eindigt", "Omschrijving")


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(name="Voorbeeldlab")


def other(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, cell) for name, cell in zip(HEADER, row, strict=True))


def look(
    owner: Organisation | None,
    *rows: tuple[str, ...],
    header: Any = HEADER,
    name: str = "agenda.csv",
) -> Any:
    return looked(
        "activities",
        written(header, *rows),
        organisation=owner and owner.pk,
        kind="workshop",
        name=name,
    )


def take(
    owner: Organisation | None,
    *rows: tuple[str, ...],
    header: Any = HEADER,
    name: str = "agenda.csv",
) -> Any:
    return taken(
        "activities",
        written(header, *rows),
        organisation=owner and owner.pk,
        kind="workshop",
        name=name,
    )


def told(owner: Organisation | None, *rows: tuple[str, ...], header: Any = MIN) -> list[str]:
    """What is said of rows: reasons, and then remarks."""
    sheet, plan = look(owner, *rows, header=header)
    return [*reasons(plan), *map(str, sheet.remarks)]


class TestWhatASheetSays:
    def test_new_rows_become_drafts_with_local_times(self, owner: Organisation) -> None:
        assert counts(take(owner, SCANS, TALK)) == (2, 0, 0, 0)
        scans, talk = Activity.objects.order_by("starts_at")
        assert (scans.state, scans.kind, scans.language, scans.mode, scans.place, scans.region) == (
            "draft", "course", "nl", "site", "Domplein 1, Utrecht", "NL31",
        )  # fmt: skip
        assert (scans.capacity, scans.policy, scans.visibility) == (20, "open", "everyone")
        assert (scans.starts_at, scans.ends_at) == (
            datetime(2027, 9, 1, 12, tzinfo=UTC),  # summer time
            datetime(2027, 9, 1, 14, 30, tzinfo=UTC),
        )
        assert (talk.kind, talk.mode, talk.place) == ("lecture", "online", "")
        assert talk.starts_at == datetime(2027, 12, 1, 19, tzinfo=UTC)  # winter time
        event = audit.history(scans).get()
        assert (event.verb, event.after["title"]) == ("activity.post", "Scans lezen")

    def test_all_columns_in_english(self, owner: Organisation) -> None:
        header = (
            "Ref", "Event", "Type", "Organiser", "Starts", "Duration (min)", "Online link", "Mode", "Max participants",
            "Registration", "Visible to", "Areas", "Building blocks", "Language", "Province", "Description", "Location",
        )  # fmt: skip
        row = (
            "7", "Reading scans", "Workshop", "Voorbeeldlab", "2027-09-01 14:00", "90", "meet.example/x", "Hybrid", "12",
            "approval", "members only", "zorg; energy", "data, talent", "English", "Utrecht", "Bring your own scans.",
            "Domplein 1",
        )  # fmt: skip
        assert counts(take(owner, row, header=header)) == (1, 0, 0, 0)
        made = Activity.objects.get()
        assert (made.kind, made.mode, made.link, made.place, made.region) == (
            "workshop", "both", "https://meet.example/x", "Domplein 1", "NL31",
        )  # fmt: skip
        assert (made.capacity, made.policy, made.visibility, made.language) == (
            12,
            "request",
            "participants",
            "en",
        )
        assert (set(made.areas), made.blocks) == ({"zorg", "energie"}, ["talent", "data"])
        assert (made.ends_at - made.starts_at).total_seconds() == 90 * 60

    def test_a_link_or_a_place_tells_whether_it_is_online(self, owner: Organisation) -> None:
        header = (*MIN, "Locatie", "Link")
        rows = [
            (f"Titel {number}", "2027-09-01 14:00", "2027-09-01 15:00", "Tekst.", place, link)
            for number, (place, link) in enumerate(
                [
                    ("Zwolle", ""),
                    ("", "https://a.example"),
                    ("Zwolle", "https://a.example"),
                    ("https://a.example", ""),
                ]
            )
        ]
        take(owner, *rows, header=header)
        told_modes = Activity.objects.order_by("title").values_list("mode", "place", "link")
        assert list(told_modes) == [
            ("site", "Zwolle", ""), ("online", "", "https://a.example"), ("both", "Zwolle", "https://a.example"),
            ("online", "", "https://a.example"),
        ]  # fmt: skip

    def test_addresses_of_people_are_left_out_and_said(self, owner: Organisation) -> None:
        row = ("Scans", "2027-09-01 14:00", "2027-09-01 15:00", "Vragen? jan@lab.example helpt je.")
        assert any("e-mail address was left out" in each for each in told(owner, row))
        take(owner, row, header=MIN)
        assert "jan@" not in Activity.objects.get().text

    def test_what_is_wrong_is_said_at_its_place(self, owner: Organisation) -> None:
        good = ("2027-09-01 14:00", "2027-09-01 15:00", "Tekst.")
        rows = [
            ("Geen tekst", *good[:2], ""),
            ("Om twee uur", "14:00", "15:00", "Tekst."),
            ("Alleen een dag", "2027-09-01", "", "Tekst."),
            ("Zonder einde", good[0], "", "Tekst."),
            ("Achterstevoren", good[1], good[0], "Tekst."),
            ("Ver weg", "1950-09-01 14:00", "1950-09-01 15:00", "Tekst."),
            ("x" * 130, *good),
        ]
        _sheet, plan = look(owner, *rows, header=MIN)
        assert counts(plan) == (0, 0, 0, 7)
        found = dict(zip([each.line.number for each in plan.left_out], reasons(plan), strict=True))
        for line, words in {
            2: "cannot be blank", 3: "not on which day", 4: "at what time on 2027-09-01", 5: "does not say when it ends",
            6: "It ends before it begins", 7: "This is too far away", 8: "at most 120 characters",
        }.items():  # fmt: skip
            assert words in found[line], found[line]

    def test_four_columns_say_days_and_times_and_two_may_not_disagree(
        self, owner: Organisation
    ) -> None:
        header = ("Titel", "Startdatum", "Starttijd", "Einddatum", "Eindtijd", "Omschrijving")
        take(
            owner,
            ("Kamp", "01-09-2027", "9:00", "03-09-2027", "17:00", "Drie dagen."),
            header=header,
        )
        made = Activity.objects.get()
        assert (made.starts_at.day, made.ends_at.day, made.ends_at.hour) == (1, 3, 15)
        twice = ("Titel", "Datum", "Startdatum", "Eindtijd", "Omschrijving")
        row = ("Ander", "01-09-2027 9:00", "02-09-2027", "17:00", "Tekst.")
        assert "do not say the same moment" in told(owner, row, header=twice)[0]


class TestSummerTime:
    def test_a_time_that_does_not_exist_is_refused_with_a_sentence(
        self, owner: Organisation
    ) -> None:
        row = ("Nacht", "28-03-2027 02:30", "28-03-2027 05:00", "Tekst.")
        assert "There is no 02:30 on 2027-03-28" in told(owner, row)[0]
        with translation.override("nl"):
            assert "bestaat 02:30 niet" in told(owner, row)[0]

    def test_of_a_time_that_is_shown_twice_the_first_is_taken_and_that_is_said(
        self, owner: Organisation
    ) -> None:
        row = ("Nacht", "31-10-2027 02:30", "31-10-2027 05:00", "Tekst.")
        said = told(owner, row)
        assert len(said) == 1
        assert "The clock shows 02:30 twice on 2027-10-31" in said[0]
        assert "write 2027-10-31T02:30+01:00" in said[0]
        assert said[0].startswith("agenda.csv, line 2, Begint: ")
        take(owner, row, header=MIN)
        assert Activity.objects.get().starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)

    def test_the_second_can_be_written_with_its_distance(self, owner: Organisation) -> None:
        row = ("Nacht", "2027-10-31T02:30+01:00", "31-10-2027 05:00", "Tekst.")
        assert told(owner, row) == []
        take(owner, row, header=MIN)
        assert Activity.objects.get().starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)

    def test_how_long_it_takes_is_real_time(self, owner: Organisation) -> None:
        row = ("Nacht", "27-03-2027 23:00", "6 uur", "Tekst.")
        take(owner, row, header=("Titel", "Begint", "Duur", "Omschrijving"))
        made = Activity.objects.get()
        assert (made.ends_at - made.starts_at).total_seconds() == 6 * 3600
        assert made.ends_at == datetime(
            2027, 3, 28, 4, tzinfo=UTC
        )  # 06:00 on the wall: an hour was skipped


class TestKnownAgain:
    def test_by_the_sheets_own_key_with_what_would_change(self, owner: Organisation) -> None:
        take(owner, SCANS, TALK)
        assert counts(take(owner, SCANS, TALK)) == (0, 0, 2, 0)
        moved = other(SCANS, Titel="Scans leren lezen", Begintijd="15:00", Eindtijd="")
        _rows, plan = look(owner, moved, TALK, name="agenda-2028.csv")
        assert counts(plan) == (0, 1, 1, 0)
        assert set(plan.rows[0].changes) == {"title", "starts_at", "ends_at"}
        take(owner, moved, TALK, name="agenda-2028.csv")
        made = Activity.objects.get(title="Scans leren lezen")
        assert (made.starts_at.hour, made.ends_at.hour, made.ends_at.minute) == (
            13,
            15,
            30,
        )  # as long as it was
        assert made.sequence == 1
        assert [each.verb for each in audit.history(made).order_by("pk")] == [
            "activity.post",
            "activity.edit",
        ]

    def test_without_a_key_by_title_and_day(self, owner: Organisation) -> None:
        rows = [
            ("Cursus", f"0{day}-09-2027 14:00", f"0{day}-09-2027 15:00", "Tekst.") for day in (1, 2)
        ]
        assert counts(take(owner, *rows, header=MIN)) == (2, 0, 0, 0)
        later = [("Cursus", "01-09-2027 16:00", "01-09-2027 17:00", "Tekst."), rows[1]]
        assert counts(take(owner, *later, header=MIN)) == (0, 1, 1, 0)
        assert Activity.objects.count() == 2

    def test_what_the_sheet_does_not_say_stays(self, owner: Organisation) -> None:
        take(owner, SCANS)
        take(owner, ("A1", "Scans lezen", "Zwolle"), header=("Nr", "Titel", "Locatie"))
        made = Activity.objects.get()
        assert (made.place, made.capacity, made.kind) == ("Zwolle", 20, "course")

    def test_two_rows_about_one_are_not_both_taken_in(self, owner: Organisation) -> None:
        plan = take(owner, other(SCANS, Nr=""), other(SCANS, Nr="", Locatie="Ede"))
        assert counts(plan) == (1, 0, 0, 1)
        assert "cannot be told from line 2" in reasons(plan)[0]

    def test_a_key_is_of_one_record_in_a_list(self, owner: Organisation) -> None:
        take(owner, SCANS)
        key = ActivityKey.objects.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            ActivityKey.objects.create(source=key.source, key="A1", subject=key.subject)

    def test_what_was_cancelled_is_left_as_it_is(self, owner: Organisation) -> None:
        take(owner, SCANS)
        made = verbs.announce(Activity.objects.get(), by=builders.HOUSE)
        verbs.cancel(made, by=builders.HOUSE)
        plan = take(owner, other(SCANS, Plaatsen="30"))
        assert (counts(plan), "cancelled" in reasons(plan)[0]) == ((0, 0, 0, 1), True)


class TestWhoComes:
    def test_hears_of_another_time_and_place_and_moves_up_where_there_is_room(
        self, owner: Organisation
    ) -> None:
        take(owner, other(SCANS, Plaatsen="1"))
        made = verbs.announce(Activity.objects.get(), by=builders.HOUSE)
        come(made)
        come(made)
        assert states(made) == ["placed", "waiting"]
        take(owner, other(SCANS, Plaatsen="2", Locatie="Ede"))
        assert states(made) == ["placed", "placed"]
        assert jobs("activities.tell_all_of_change") == [{"activity_id": made.pk}]
        tell_all_of_change(made.pk)

    def test_hears_nothing_where_nothing_changes(self, owner: Organisation) -> None:
        take(owner, SCANS)
        come(verbs.announce(Activity.objects.get(), by=builders.HOUSE))
        before = jobs("activities.tell_all")
        take(owner, SCANS)
        assert jobs("activities.tell_all") == before


class TestWho:
    def test_the_bureau_takes_in_those_of_any_participant(self, owner: Organisation) -> None:
        builders.organisation(name="Alleen bekend", state="listed")
        header = (*HEADER, "Organisator")
        plan = take(
            None,
            (*SCANS, "Voorbeeldlab"),
            (*TALK, ""),
            (*other(TALK, Nr="A3"), "Atlantis"),
            (*other(TALK, Nr="A4"), "Alleen bekend"),
            header=header,
        )
        assert counts(plan) == (2, 0, 0, 2)
        assert all("is not a participant" in each for each in reasons(plan))
        assert list(
            Activity.objects.order_by("starts_at").values_list("organisation__name", flat=True)
        ) == ["Voorbeeldlab", None]

    def test_a_participant_takes_in_its_own_only(self, owner: Organisation) -> None:
        header = (*HEADER, "Organisator")
        plan = take(
            owner,
            (*SCANS, "Voorbeeldlab, afdeling beeld"),
            (*TALK, "Voorbeeldwinkel"),
            header=header,
        )
        assert counts(plan) == (1, 0, 0, 1)
        assert "This row is of “Voorbeeldwinkel”, and not of “Voorbeeldlab”" in reasons(plan)[0]

    def test_the_key_of_another_opens_nothing(self, owner: Organisation) -> None:
        secret = builders.activity(builders.organisation(), state="draft", title="Scans lezen")
        take(owner, SCANS)
        ActivityKey.objects.update(subject=secret)  # as if the bureau gave it to another
        _rows, plan = look(owner, other(SCANS, Titel="Gekaapt"))
        assert counts(plan) == (1, 0, 0, 0)
        assert all(each.record.pk != secret.pk for each in plan.rows)

    def test_keys_of_two_participants_with_one_file_name_are_apart(
        self, owner: Organisation
    ) -> None:
        second = builders.organisation(name="Voorbeeldwinkel")
        assert counts(take(owner, SCANS)) == counts(take(second, SCANS)) == (1, 0, 0, 0)
        assert counts(take(owner, SCANS)) == (0, 0, 1, 0)

    def test_who_may_not_hold_anything_takes_nothing_in(self, owner: Organisation) -> None:
        kind = named("activities")
        stranger, member = builders.person(), builders.person(owner)
        rows, plan = look(owner, SCANS)
        for by, target in (
            (stranger, owner),
            (member, builders.organisation()),
            (member, None),
            (System("none", frozenset()), owner),
        ):
            with pytest.raises(NotAllowed):
                taken_in(
                    rows,
                    kind,
                    kind.target({"organisation": target and target.pk, "kind": "workshop"}),
                    by=by,
                    seen=plan.fingerprint,
                )
        taken_in(
            rows,
            kind,
            kind.target({"organisation": owner.pk, "kind": "workshop"}),
            by=SHEETS,
            seen=plan.fingerprint,
        )
        assert Activity.objects.count() == 1


class TestOnThePages:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_given_looked_at_confirmed_and_taken_back(
        self, owner: Organisation, language: str
    ) -> None:
        client = inside(builders.person(owner))
        with translation.override(language):
            page = self.give(client, owner, SCANS, TALK)
            assertContains(page, "Scans lezen")
            done = confirmed(client, page)
        assertContains(done, "Scans lezen ·")
        assert Activity.objects.filter(author=owner.people.get()).count() == 2
        touched = Activity.objects.get(title="Wat AI niet kan")
        verbs.edit(touched, by=builders.HOUSE, said=changed(touched, title="Aangeraakt"))
        client.post(f"{done.request['PATH_INFO']}undo/")
        assert [each.title for each in Activity.objects.all()] == ["Aangeraakt"]

    def test_what_somebody_registered_for_is_not_taken_back(self, owner: Organisation) -> None:
        client = inside(builders.person(owner))
        done = confirmed(client, self.give(client, owner, TALK))
        made = verbs.announce(Activity.objects.get(), by=builders.HOUSE)
        guest = builders.person()
        register(made, guest, by=guest)
        client.post(f"{done.request['PATH_INFO']}undo/")
        assert Activity.objects.count() == 1

    def test_who_speaks_for_nobody_cannot_give_one_and_members_only_for_their_own(
        self, owner: Organisation
    ) -> None:
        address = named("activities").address
        assert inside(builders.person()).get(address).status_code == 403
        second = builders.organisation(name="Geheim van Voorbeeld")
        member = inside(builders.person(owner))
        assertNotContains(member.get(address), "Geheim van Voorbeeld")
        for whose in (str(second.pk), ""):
            page = member.post(address, {"organisation": whose, "kind": "workshop", "file": ""})
            assert page.context["form"].errors["organisation"]

    def test_the_bureau_may_leave_it_to_the_sheet(self, owner: Organisation) -> None:
        bureau = inside(builders.person(is_coordinator=True))
        page = self.give(bureau, None, (*SCANS, "Voorbeeldlab"), header=(*HEADER, "Organisator"))
        confirmed(bureau, page)
        assert Activity.objects.get().organisation == owner

    def test_who_is_put_out_of_the_organisation_sees_the_sheet_no_more(
        self, owner: Organisation
    ) -> None:
        person = builders.person(owner)
        client = inside(person)
        page = self.give(client, owner, SCANS)
        person.memberships.all().delete()
        assert client.get(page.request["PATH_INFO"]).status_code == 404

    @pytest.mark.parametrize("rows", [1, 40])
    def test_queries_do_not_grow_with_the_rows(
        self, owner: Organisation, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        bureau = inside(builders.person(is_coordinator=True))
        many = [
            (*other(SCANS, Nr=f"A{n}", Titel=f"Scans {n}"), "Voorbeeldlab") for n in range(rows)
        ]
        page = self.give(bureau, None, *many, header=(*HEADER, "Organisator"))
        with django_assert_num_queries(11):
            bureau.get(page.request["PATH_INFO"])
        with django_assert_num_queries(29):
            confirmed(bureau, page)

    @staticmethod
    def give(
        client: Client, owner: Organisation | None, *rows: tuple[str, ...], header: Any = HEADER
    ) -> Any:
        said = {"organisation": str(owner.pk) if owner else "", "kind": "workshop"}
        return given(client, "activities", written(header, *rows), **said)
