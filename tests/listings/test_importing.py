"""A sheet of needs or offers is given, looked at, taken in, and taken back."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Membership, Organisation
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.listings import verbs
from katalysator.listings.importing.reading import LARGEST_SHEET, MOST_COLUMNS, MOST_ROWS
from katalysator.listings.models import SHEET_KEPT, KeptSheet, Kind, Listing
from katalysator.listings.tasks import forget_sheets
from tests import builders
from tests.attack.steps import inside
from tests.listings.sheets_given import (
    GIVE,
    HEADER,
    ROWS,
    column,
    confirmed,
    given,
    kept_for,
    looked_again,
    preview,
    taken_for,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(name="Voorbeeld Eigenaar")


@pytest.fixture
def member(owner: Organisation) -> Client:
    return inside(builders.person(owner))


def counts(page: Any) -> tuple[int, int, int]:
    told = page.context["counts"]
    return told["new"], told["changed"], told["same"]


def sentences(page: Any) -> list[str]:
    return [found.sentence for found in page.context["left_out"]]


def changed(place: int, **cells: str) -> tuple[tuple[str, ...], ...]:
    """The rows, of which one has other cells, by the names of their columns."""
    row = tuple(cells.get(name, cell) for name, cell in zip(HEADER, ROWS[place], strict=True))
    return (*ROWS[:place], row, *ROWS[place + 1 :])


def verbs_of(*listings: Listing) -> list[str]:
    return list(audit.histories(listings).order_by("pk").values_list("verb", flat=True))


class TestGiving:
    def test_the_page_asks_what_it_must_know_and_no_organisation_of_who_has_one(
        self, member: Client, owner: Organisation
    ) -> None:
        page = member.get(GIVE).content.decode()
        assert f'<input type="hidden" name="organisation" value="{owner.pk}"' in page
        assert 'enctype="multipart/form-data"' in page
        assert "at most 5 MB and 2,000 rows" in page

    def test_the_bureau_chooses_the_participant(self, owner: Organisation) -> None:
        bureau = inside(builders.person(is_coordinator=True))
        builders.organisation(name="Nog een"), builders.organisation(is_participant=False)
        offered = bureau.get(GIVE).context["form"].fields["organisation"].queryset
        assert {each.name for each in offered} == {"Voorbeeld Eigenaar", "Nog een"}
        assert confirmed(bureau, preview(bureau, written(), owner)).status_code == 200
        assert Listing.objects.filter(organisation=owner).count() == 3

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "There is nothing in it."),
            (b"%PDF-1.7 ...", "This is a PDF, and no table."),
            (b"\x89PNG\r\n", "This is a picture, and no table."),
            (b"PAR1" + bytes(100), "This is a file for programs."),
            (b"PK\x03\x04" + bytes(100), "This is not a workbook that can be read."),
            (written(rows=()), "There is no row under the header."),
            (written([ROWS[0]] * (MOST_ROWS + 1)), "There are more than 2,000 rows."),
            (
                written(
                    [(*row, *"x" * MOST_COLUMNS) for row in ROWS],
                    (*HEADER, *(f"Extra {number}" for number in range(MOST_COLUMNS))),
                ),
                "There are more than 100 columns.",
            ),
            (b"a" * (LARGEST_SHEET + 1), "The file is larger than 5 MB."),
        ],
        ids=["empty", "pdf", "picture", "parquet", "broken", "no rows", "rows", "columns", "large"],
    )
    def test_a_file_that_cannot_be_used_is_refused_in_words_and_not_kept(
        self, member: Client, owner: Organisation, content: bytes, said: str
    ) -> None:
        answer = given(member, content, owner)
        assert answer.status_code == 422
        assert said in " ".join(answer.context["form"].errors["file"])
        assert KeptSheet.objects.count() == 0

    def test_a_workbook_that_is_huge_unpacked_is_refused_before_it_is_unpacked(
        self, member: Client, owner: Organisation
    ) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", bytes(120_000_000))
        answer = given(member, file.getvalue(), owner)
        assert "larger than 5 MB" in answer.content.decode()

    def test_without_a_file_or_a_market_it_says_what_is_missing(
        self, member: Client, owner: Organisation
    ) -> None:
        answer = member.post(GIVE, {"organisation": owner.pk, "kind": "need"})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"file", "market"}

    @pytest.mark.parametrize("said", [{"kind": "wish"}, {"market": "nowhere"}])
    def test_what_is_no_choice_is_refused(
        self, member: Client, owner: Organisation, said: dict[str, str]
    ) -> None:
        assert given(member, written(), owner, **said).status_code == 422

    def test_a_later_sheet_takes_the_place_of_an_earlier_one(
        self, member: Client, owner: Organisation
    ) -> None:
        first = preview(member, written(), owner)
        preview(member, written(ROWS[:1]), owner)
        assert KeptSheet.objects.count() == 1
        answer = member.get(first.request["PATH_INFO"])
        assert answer.status_code == 404
        assert "Upload the sheet again" in answer.content.decode()


class TestWhoMay:
    def test_who_posts_nothing_gives_no_sheet(self, owner: Organisation) -> None:
        for person in (
            builders.person(),
            builders.person(builders.organisation(is_participant=False)),
        ):
            client = inside(person)
            assert client.get(GIVE).status_code == 403
            assert given(client, written(), owner).status_code == 403
        assert KeptSheet.objects.count() == 0

    def test_nobody_gives_a_sheet_in_the_name_of_another(self, owner: Organisation) -> None:
        client = inside(builders.person(builders.organisation()))
        assert given(client, written(), owner).status_code == 422
        assert KeptSheet.objects.count() == 0

    @pytest.mark.parametrize("who", ["colleague", "other", "bureau", "stranger"])
    def test_a_sheet_is_of_who_gave_it_alone(self, owner: Organisation, who: str) -> None:
        sheet = kept_for(owner, written([("V1", "Geheime titel", "Een geheime tekst", "", "", "")]))
        clients: dict[str, Callable[[], Client]] = {
            "colleague": lambda: inside(builders.person(owner)),
            "other": lambda: inside(builders.person(builders.organisation())),
            "bureau": lambda: inside(builders.person(is_coordinator=True)),
            "stranger": Client,
        }
        client, address = clients[who](), f"{GIVE}{sheet.pk}/"
        expected = 302 if who == "stranger" else 404
        for answer in (
            client.get(address),
            client.post(address, {"confirm": "", "seen": ""}),
            client.get(f"{address}rest.xlsx"),
            client.post(f"{address}undo/"),
        ):
            assert answer.status_code == expected
            assert "eheim" not in answer.content.decode()
        sheet.refresh_from_db()
        assert (sheet.columns, sheet.taken, Listing.objects.count()) == ({}, None, 0)

    def test_who_left_the_organisation_takes_nothing_in_any_more(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        Membership.objects.all().delete()
        assert confirmed(member, page).status_code == 404
        assert Listing.objects.count() == 0

    def test_an_organisation_that_takes_part_no_more_takes_nothing_in(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        Organisation.objects.update(is_participant=False)
        assert "does not take part" in confirmed(member, page).content.decode()
        assert Listing.objects.count() == 0


class TestLooking:
    def test_each_column_says_what_it_was_taken_for_with_an_example(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        found = {each.header: taken_for(page, each.header) for each in page.context["columns"]}
        assert found == {
            "Nr": "id",
            "Titel": "title",
            "Omschrijving": "text",
            "Gebied": "areas",
            "Regio": "region",
            "Contact": "-",
        }
        assert column(page, "Titel").example == ROWS[0][1]
        assert counts(page) == (3, 0, 0)
        assert "3 new, 0 changed, 0 the same" in page.content.decode()

    def test_ways_to_reach_a_person_and_remarks_of_the_keeper_cannot_be_chosen(
        self, member: Client, owner: Organisation
    ) -> None:
        header = (*HEADER, "Interne notitie")
        page = preview(member, written([(*row, "bellen!") for row in ROWS], header), owner)
        offered = {value for value, _label, _chosen in column(page, "Contact").choices}
        assert "email" not in offered
        assert taken_for(page, "Interne notitie") == "-"
        again = looked_again(member, page, **{column(page, "Contact").name: "email"})
        assert taken_for(again, "Contact") == "-"

    def test_what_is_only_told_by_its_cells_is_marked(
        self, member: Client, owner: Organisation
    ) -> None:
        header = ("Nr", "Titel", "Kolom", "Gebied", "Regio", "Contact")
        page = preview(member, written(header=header), owner)
        assert taken_for(page, "Kolom") == "text"
        assert column(page, "Kolom").is_guess
        assert "Not sure" in page.content.decode()

    def test_a_text_without_a_known_name_beside_one_that_has_it_is_left_to_the_person(
        self, member: Client, owner: Organisation
    ) -> None:
        note = "Bellen over het geld, en niet aan Jan vragen wat hij ervan vindt."
        page = preview(member, written([(*row, note) for row in ROWS], (*HEADER, "Kolom H")), owner)
        assert taken_for(page, "Kolom H") == "-"
        assert [str(each) for each in column(page, "Kolom H").doubts] == ["What is it about?"]
        confirmed(member, page)
        assert not Listing.objects.filter(text__contains="Bellen").exists()

    def test_another_choice_is_looked_at_again_and_writes_no_listing(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        again = looked_again(member, page, **{column(page, "Gebied").name: "-"})
        assert taken_for(again, "Gebied") == "-"
        assert "Areas" in again.context["rows"][0].detail
        assert Listing.objects.count() == 0
        assert taken_for(member.get(page.request["PATH_INFO"]), "Gebied") == "-"

    def test_two_columns_for_one_thing_are_refused_in_words(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        again = looked_again(member, page, **{column(page, "Gebied").name: "region"})
        assert "“Gebied” and “Regio” cannot both be the same." in again.content.decode()
        assert 'name="confirm"' not in again.content.decode()
        assert confirmed(member, again).status_code == 200
        assert Listing.objects.count() == 0

    def test_without_a_column_that_says_what_it_is_about_nothing_can_be_taken_in(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        said = {column(page, each).name: "-" for each in ("Titel", "Omschrijving")}
        again = looked_again(member, page, **said)
        assert "No column says what is asked or offered." in again.content.decode()

    def test_rows_that_are_none_and_rows_that_cannot_be_used_are_told_with_their_place(
        self, member: Client, owner: Organisation
    ) -> None:
        again = ("V1", "Nog eens", "Hetzelfde nummer nog een keer", "", "", "")
        rows = (*ROWS, again, ("Totaal", "", "4", "", "", ""), ("", "", "", "zorg", "", ""))
        page = preview(member, written(rows), owner)
        assert page.context["left_out_count"] == 1
        (found,) = page.context["left_out"]
        assert found.place == "line 5, Nr"
        assert "“V1” stands on line 2 already." in found.sentence
        assert [lines for _why, lines in page.context["no_records"]] == ["6", "7"]
        assert counts(page) == (3, 0, 0)

    def test_what_is_left_open_is_told_with_its_place(
        self, member: Client, owner: Organisation
    ) -> None:
        rows = changed(1, Gebied="ruimtevaart", Regio="Atlantis")
        page = preview(member, written(rows), owner)
        told = [(found.place, found.sentence) for found in page.context["remarks"]]
        assert {place for place, _sentence in told} == {"line 3, Gebied", "line 3, Regio"}
        assert any(
            "“ruimtevaart” is not an area of this coalition" in each for _place, each in told
        )
        assert counts(page) == (3, 0, 0)

    @pytest.mark.parametrize("rows", [1, 40])
    def test_queries_do_not_grow_with_the_rows(
        self,
        member: Client,
        owner: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
        rows: int,
    ) -> None:
        many = [
            (f"V{n}", f"Vraag nummer {n}", "Wat wij zoeken is dit.", "zorg", "Utrecht", "")
            for n in range(rows)
        ]
        page = preview(member, written(many), owner)
        confirmed(member, page)
        KeptSheet.objects.update(taken=None)
        many[0] = (many[0][0], "Een andere titel", *many[0][2:])
        KeptSheet.objects.update(content=written(many))
        member.get(page.request["PATH_INFO"])
        with django_assert_num_queries(7):
            again = member.get(page.request["PATH_INFO"])
        assert counts(again) == (0, 1, rows - 1)

    def test_texts_stay_texts(self, member: Client, owner: Organisation) -> None:
        rows = changed(0, Titel="<script>x()</script> & meer")
        header = (*HEADER[:5], "<b>Contact</b>")
        page = preview(member, written(rows, header), owner).content.decode()
        assert "<script>x" not in page
        assert "<b>Contact" not in page

    def test_a_sheet_is_not_there_any_more_when_it_was_kept_long_enough(
        self, member: Client, owner: Organisation
    ) -> None:
        page = preview(member, written(), owner)
        KeptSheet.objects.update(given_at=timezone.now() - SHEET_KEPT)
        for answer in (member.get(page.request["PATH_INFO"]), confirmed(member, page)):
            assert answer.status_code == 404
            assert "was not confirmed was not saved" in answer.content.decode()
        assert Listing.objects.count() == 0

    def test_the_clock_throws_it_away(self, owner: Organisation) -> None:
        old, new = kept_for(owner), kept_for(owner)
        KeptSheet.objects.filter(pk=old.pk).update(given_at=timezone.now() - 2 * SHEET_KEPT)
        forget_sheets(timestamp=int(timezone.now().timestamp()))
        assert [each.pk for each in KeptSheet.objects.all()] == [new.pk]

    def test_a_need_in_a_workbook_of_several_sheets_is_found(
        self, member: Client, owner: Organisation
    ) -> None:
        from openpyxl import Workbook

        book = Workbook()
        book.active.title = "Uitleg"  # type: ignore[union-attr]
        book.active.append(["Lees dit eerst"])  # type: ignore[union-attr]
        sheet = book.create_sheet("Vragen")
        for row in (HEADER, *ROWS):
            sheet.append(row)
        file = io.BytesIO()
        book.save(file)
        page = preview(member, file.getvalue(), owner, name="alles.xlsx")
        assert (counts(page), page.context["table"].sheet) == ((3, 0, 0), "Vragen")


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
        assert "2 drafts are gone." in told
        assert "What was changed or published since stays." in told
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
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
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


def test_ways_to_it_are_shown_to_who_may_post(member: Client) -> None:
    for address in ("/en/listings/", "/en/listings/mine/"):
        assert f'href="{GIVE}"' in member.get(address).content.decode()
    assert f'href="{GIVE}"' not in Client().get("/en/listings/").content.decode()


def test_a_sheet_is_kept_for_some_hours() -> None:
    assert timedelta(hours=1) <= SHEET_KEPT <= timedelta(days=1)
