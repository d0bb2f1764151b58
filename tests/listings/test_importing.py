"""A sheet of needs or offers is given, looked at, taken in, and taken back."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Membership, Organisation
from katalysator.importing.models import SHEET_KEPT, KeptSheet
from katalysator.importing.reading import LARGEST_SHEET, MOST_COLUMNS, MOST_ROWS
from katalysator.importing.tasks import forget_sheets
from katalysator.listings.models import Listing
from tests import builders
from tests.attack.steps import inside
from tests.listings.sheets_given import (
    GIVE,
    HEADER,
    ROWS,
    changed,
    column,
    confirmed,
    counts,
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
        builders.organisation(name="Nog een"), builders.organisation(state="listed")
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
            builders.person(builders.organisation(state="listed")),
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
        Organisation.objects.update(state="listed")
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

    def test_how_the_letters_were_read_is_told(self, member: Client, owner: Organisation) -> None:
        old = written(changed(1, Titel="Één café")).decode().encode("cp1252")
        told = "The letters were read as cp1252."
        assert told in preview(member, old, owner).content.decode()
        assert told not in preview(member, written(), owner).content.decode()

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
        with django_assert_num_queries(6):
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


def test_ways_to_it_are_shown_to_who_may_post(member: Client) -> None:
    for address in ("/en/listings/", "/en/listings/mine/"):
        assert f'href="{GIVE}"' in member.get(address).content.decode()
    assert f'href="{GIVE}"' not in Client().get("/en/listings/").content.decode()


def test_a_sheet_is_kept_for_some_hours() -> None:
    assert timedelta(hours=1) <= SHEET_KEPT <= timedelta(days=1)
