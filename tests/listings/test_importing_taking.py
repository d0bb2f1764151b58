"""What was looked at is taken in, whole or not at all, and taken back."""

import io
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Membership, Organisation
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.importing.models import KeptSheet
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.attack.steps import inside
from tests.listings.sheets_given import (
    HEADER,
    ROWS,
    changed,
    column,
    confirmed,
    counts,
    preview,
    sentences,
    taken_for,
    verbs_of,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(name="Voorbeeld Eigenaar")


@pytest.fixture
def member(owner: Organisation) -> Client:
    return inside(builders.person(owner))


class TestTakingIn:
    def test_new_rows_become_drafts_with_an_event_each(
        self, member: Client, owner: Organisation
    ) -> None:
        done = confirmed(member, preview(member, written(), owner))
        made = list(Listing.objects.order_by("pk"))
        assert [each.reference for each in made] == ["V1", "V2", "V3"]
        assert {each.state for each in made} == {"draft"}
        assert {each.author_id for each in made} == {Membership.objects.get().person_id}
        assert [(each.areas, each.regions) for each in made] == [
            (["zorg"], ["NL31"]),
            (["mobiliteit"], ["NL41"]),
            (["energie"], ["NL21"]),
        ]
        assert verbs_of(*made) == ["listing.post"] * 3
        assert Event.objects.get(subject_id=str(made[0].pk)).after["reference"] == "V1"
        assert "Your sheet was imported" in done.content.decode()
        assert "example" not in " ".join(f"{each.title}{each.text}" for each in made)

    def test_the_same_sheet_again_does_nothing(self, member: Client, owner: Organisation) -> None:
        confirmed(member, preview(member, written(), owner))
        events = Event.objects.count()
        again = preview(member, written(), owner)
        assert counts(again) == (0, 0, 3)
        assert "There is nothing to do." in again.content.decode()
        confirmed(member, again)
        assert (Listing.objects.count(), Event.objects.count()) == (3, events)

    def test_what_was_filled_in_since_stays_and_is_no_change(
        self, member: Client, owner: Organisation
    ) -> None:
        confirmed(member, preview(member, written(), owner))
        first = Listing.objects.get(reference="V1")
        filled = builders.content(
            title=first.title, text=first.text, regions=("NL31",), visibility="participants",
            end="2030-01-01", skills=("python",), block="data",
        )  # fmt: skip
        verbs.move(
            verbs.edit(first, by=builders.HOUSE, content=filled), "publish", by=builders.HOUSE
        )
        assert counts(preview(member, written(), owner)) == (0, 0, 3)
        assert Listing.objects.get(pk=first.pk).reference == "V1"

    def test_a_row_that_says_something_else_changes_the_listing_and_says_what(
        self, member: Client, owner: Organisation
    ) -> None:
        confirmed(member, preview(member, written(), owner))
        first = Listing.objects.get(reference="V1")
        page = preview(member, written(changed(0, Titel="Longscans", Gebied="")), owner)
        assert counts(page) == (0, 1, 2)
        assert page.context["rows"][0].detail == "Other than it was: Title."
        confirmed(member, page)
        first.refresh_from_db()
        assert (first.title, first.areas) == ("Longscans", ["zorg"])
        event = audit.history(first).latest("pk")
        assert (event.verb, event.after) == ("listing.edit", {"title": "Longscans"})
        assert event.before == {"title": ROWS[0][1]}

    def test_what_others_see_is_changed_too_and_stays_published(
        self, member: Client, owner: Organisation
    ) -> None:
        seen = builders.listing(owner, title=ROWS[0][1], reference="V1")
        page = preview(
            member, written(changed(0, Omschrijving="Andere tekst over longscans.")), owner
        )
        assert counts(page) == (2, 1, 0)
        confirmed(member, page)
        seen.refresh_from_db()
        assert (seen.text, seen.state) == ("Andere tekst over longscans.", "published")

    def test_without_numbers_a_row_is_known_by_its_title(
        self, member: Client, owner: Organisation
    ) -> None:
        rows = [row[1:] for row in ROWS]
        confirmed(member, preview(member, written(rows, HEADER[1:]), owner))
        assert counts(preview(member, written(rows, HEADER[1:]), owner)) == (0, 0, 3)
        twice = preview(member, written([*rows, rows[0]], HEADER[1:]), owner)
        assert "This cannot be told from line 2" in sentences(twice)[0]

    def test_a_listing_that_was_typed_before_gets_its_number(
        self, member: Client, owner: Organisation
    ) -> None:
        typed = builders.draft(owner, title=ROWS[0][1])
        page = preview(member, written(ROWS[:1]), owner)
        assert counts(page) == (0, 1, 0)
        confirmed(member, page)
        typed.refresh_from_db()
        assert typed.reference == "V1"

    def test_a_number_is_of_one_organisation_and_kind(
        self, member: Client, owner: Organisation
    ) -> None:
        builders.draft(builders.organisation(), reference="V1", title="Van een ander")
        builders.draft(owner, Kind.OFFER, reference="V2", title="Een aanbod")
        page = preview(member, written(), owner)
        assert counts(page) == (3, 0, 0)
        assert "Van een ander" not in page.content.decode()
        confirmed(member, page)
        assert Listing.objects.filter(reference="V1").count() == 2

    def test_a_number_of_another_market_is_not_taken_over(
        self, member: Client, owner: Organisation
    ) -> None:
        builders.draft(owner, market_slug="pilot", reference="V1")
        page = preview(member, written(), owner)
        assert counts(page) == (2, 0, 0)
        assert "“V1” is there already, in the market “Pilot”." in sentences(page)[0]

    def test_rows_that_cannot_be_used_stay_out_and_come_back_mended(
        self, member: Client, owner: Organisation
    ) -> None:
        rows = changed(1, Omschrijving="lang " * 1_500)
        page = preview(member, written(rows), owner)
        assert counts(page) == (2, 0, 0)
        assert page.context["left_out"][0].place == "line 3, Omschrijving"
        done = confirmed(member, page)
        assert "1 row could not be used." in done.content.decode()
        rest = member.get(f"{page.request['PATH_INFO']}rest.xlsx")
        book = load_workbook(io.BytesIO(rest.content))
        header, row = book.active.iter_rows(values_only=True)  # type: ignore[union-attr]
        assert header == ("Reason that it was left out", *HEADER)
        assert "This has 7499 characters." in str(row[0]).replace(",", "")
        assert row[1:3] == ROWS[1][:2]
        book.active["D2"] = "Nu kort genoeg om te lezen."  # type: ignore[index]
        file = io.BytesIO()
        book.save(file)
        again = preview(member, file.getvalue(), owner, name="rest.xlsx")
        assert taken_for(again, "Reason that it was left out") == "-"
        assert counts(again) == (1, 0, 0)
        confirmed(member, again)
        assert Listing.objects.get(reference="V2").text == "Nu kort genoeg om te lezen."

    def test_what_changed_since_the_look_is_looked_at_again_first(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        builders.draft(owner, title="Iets anders", reference="V1")
        answer = confirmed(member, page)
        assert "Something has changed since you looked" in answer.content.decode()
        assert counts(answer) == (2, 1, 0)
        assert Listing.objects.count() == 1

    def test_a_column_that_was_changed_and_not_looked_at_is_looked_at_first(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        answer = confirmed(member, page, **{column(page, "Gebied").name: "-"})
        assert "Something has changed since you looked" in answer.content.decode()
        assert taken_for(answer, "Gebied") == "-"
        assert Listing.objects.count() == 0

    def test_all_rows_or_none(self, member: Client, owner: Organisation) -> None:
        page = preview(member, written(), owner)
        events = Event.objects.count()
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE listings_listing ADD CONSTRAINT not_v3 CHECK (reference <> 'V3')"
            )
        with pytest.raises(IntegrityError, match="not_v3"):
            confirmed(member, page)
        assert (Listing.objects.count(), Event.objects.count()) == (0, events)
        assert KeptSheet.objects.get().taken is None

    def test_a_button_that_is_pressed_twice_works_once(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        confirmed(member, page)
        assert "Your sheet was imported" in confirmed(member, page).content.decode()
        assert Listing.objects.count() == 3

    def test_as_many_rows_as_may_be_take_few_queries(
        self,
        member: Client,
        owner: Organisation,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        rows = [(f"V{n}", f"Vraag {n}", "Wat wij zoeken.", "", "", "") for n in range(300)]
        page = preview(member, written(rows), owner)
        with django_assert_max_num_queries(45):
            confirmed(member, page)
        assert Listing.objects.count() == 300


class TestTakingBack:
    def test_drafts_that_nobody_touched_are_thrown_away(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        confirmed(member, page)
        touched = Listing.objects.get(reference="V2")
        verbs.edit(touched, by=builders.HOUSE, content=builders.content(title="Mooier"))
        answer = member.post(f"{page.request['PATH_INFO']}undo/", follow=True)
        assert [each.title for each in Listing.objects.all()] == ["Mooier"]
        assert Event.objects.filter(verb="listing.delete").count() == 2
        told = answer.content.decode()
        assert "2 of them are gone." in told
        assert "What was changed or used since stays." in told
        assert counts(answer) == (2, 1, 0)

    def test_what_was_published_or_changed_stays(self, member: Client, owner: Organisation) -> None:
        seen = builders.listing(owner, title="Oude titel", reference="V1")
        page = preview(member, written(ROWS[:1]), owner)
        confirmed(member, page)
        member.post(f"{page.request['PATH_INFO']}undo/")
        assert Listing.objects.get().pk == seen.pk

    def test_what_was_not_taken_in_is_not_taken_back(
        self, member: Client, owner: Organisation
    ) -> None:
        builders.draft(owner)
        page = preview(member, written(), owner)
        member.post(f"{page.request['PATH_INFO']}undo/")
        assert Listing.objects.count() == 1


class TestReferences:
    """What an owner calls it is seen by the owner and the bureau."""

    @pytest.fixture
    def numbered(self, owner: Organisation) -> Listing:
        return builders.listing(owner, reference="GEHEIM-7")

    def test_on_the_page(self, owner: Organisation, member: Client, numbered: Listing) -> None:
        other, bureau = (
            inside(builders.person(builders.organisation())),
            inside(builders.person(is_coordinator=True)),
        )
        seen = {
            name: "GEHEIM-7" in client.get(numbered.get_absolute_url()).content.decode()
            for name, client in (
                ("stranger", Client()), ("member", member), ("other", other), ("bureau", bureau), ("again", Client()),
            )
        }  # fmt: skip
        assert seen == {
            "stranger": False,
            "member": True,
            "other": False,
            "bureau": True,
            "again": False,
        }

    @pytest.mark.parametrize(
        "address", ["/en/listings/export.csv", "/api/v1/listings", "/en/search/?q=GEHEIM-7"]
    )
    def test_in_lists(
        self, owner: Organisation, member: Client, numbered: Listing, address: str
    ) -> None:
        def told(client: Client) -> str:
            answer: Any = client.get(address)
            body = answer.getvalue()
            return str(body.decode().replace("q=GEHEIM-7", "").replace('value="GEHEIM-7"', ""))

        others = (Client(), inside(builders.person(builders.organisation())))
        assert not [
            each for each in others if ",GEHEIM-7" in told(each) or '"GEHEIM-7"' in told(each)
        ]
        if address.endswith(".csv"):
            assert told(member).count("GEHEIM-7") == 1

    def test_the_form_keeps_it(
        self, owner: Organisation, member: Client, numbered: Listing
    ) -> None:
        form = builders.typed(title="Een andere titel")
        answer = member.post(f"{numbered.get_absolute_url()}edit/", form)
        assert answer.status_code == 302
        numbered.refresh_from_db()
        assert (numbered.title, numbered.reference) == ("Een andere titel", "GEHEIM-7")

    def test_a_download_of_the_board_is_known_by_it_when_it_comes_back(
        self, owner: Organisation, member: Client, numbered: Listing
    ) -> None:
        builders.listing(owner, title="Zonder nummer")
        answer: Any = member.get("/en/listings/export.csv?kind=need")
        page = preview(member, b"".join(answer.streaming_content), owner)
        assert (counts(page), page.context["left_out_count"]) == ((0, 0, 2), 0)
