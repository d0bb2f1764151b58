"""What the cells of a sheet become in a listing of the market that was chosen."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from katalysator.coalition.models import Area, Organisation
from katalysator.core.translated import Translated
from katalysator.listings.models import Listing
from tests import builders
from tests.attack.steps import inside
from tests.listings.sheets_given import confirmed, preview, taken_for, written

pytestmark = pytest.mark.django_db

TEXT = "Wij zoeken iemand die ons helpt met het beoordelen van beelden."


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(name="Voorbeeld Eigenaar", other_names=["VE"])


@pytest.fixture
def member(owner: Organisation) -> Client:
    return inside(builders.person(owner))


def sheet(*cells: Mapping[str, str]) -> bytes:
    """A sheet with a title and a text, and these columns; a second row gives the columns something to tell."""
    header = list(
        dict.fromkeys(("Titel", "Omschrijving", *(name for row in cells for name in row)))
    )
    given = [
        {"Titel": f"Titel {place}", "Omschrijving": TEXT, **row} for place, row in enumerate(cells)
    ]
    return written([[row.get(name, "") for name in header] for row in given], header)


def page_of(client: Client, *cells: Mapping[str, str], **said: str) -> Any:
    return preview(
        client, sheet(*cells), Organisation.objects.get(name="Voorbeeld Eigenaar"), **said
    )


def made(client: Client, *cells: Mapping[str, str], **said: str) -> Listing:
    """The draft that comes of the first row."""
    confirmed(client, page_of(client, *cells, **said))
    return Listing.objects.earliest("pk")


def left_out(page: Any) -> str:
    return " ".join(f"{found.place}: {found.sentence}" for found in page.context["left_out"])


def remarks(page: Any) -> str:
    return " ".join(f"{found.place}: {found.sentence}" for found in page.context["remarks"])


@pytest.mark.parametrize(
    ("cell", "areas"),
    [
        ("zorg", ["zorg"]),
        ("Gezondheid en zorg", ["zorg"]),
        ("Mobility; Health and care", ["mobiliteit", "zorg"]),
        ("Landbouw en voeding; zorg", ["agro", "zorg"]),
        ("zorg; ruimtevaart", ["zorg"]),
        ("", []),
    ],
)
def test_areas_are_known_by_their_names(member: Client, cell: str, areas: list[str]) -> None:
    assert made(member, {"Gebied": cell}, {"Gebied": "energie"}).areas == areas


def test_areas_are_those_of_this_coalition(member: Client) -> None:
    Area.objects.filter(slug="defensie").delete()
    Area.objects.create(
        slug="ruimtevaart", name=Translated(nl="Ruimtevaart", en="Space"), position=99
    )
    page = page_of(member, {"Gebied": "Space"}, {"Gebied": "Defensie"})
    confirmed(member, page)
    assert Listing.objects.earliest("pk").areas == ["ruimtevaart"]
    assert "is not an area of this coalition" in remarks(page)


@pytest.mark.parametrize(
    ("cell", "regions"),
    [
        ("Utrecht", ["NL31"]),
        ("NL310", ["NL31"]),
        ("Zwolle; Almere", ["NL21", "NL23"]),
        ("heel Nederland", ["NL"]),
        ("NL4", ["NL41", "NL42"]),
        ("Antwerpen", []),
        ("", []),
    ],
)
def test_regions_are_those_of_the_form(member: Client, cell: str, regions: list[str]) -> None:
    assert made(member, {"Regio": cell}, {"Regio": "Groningen"}).regions == regions


def test_a_region_of_elsewhere_is_left_open_and_told(member: Client) -> None:
    assert "is not in the Netherlands" in remarks(page_of(member, {"Regio": "Antwerpen"}))


@pytest.mark.parametrize(
    ("cells", "start", "end"),
    [
        (
            {"Startdatum": "2030-03-01", "Einddatum": "2030-06-30"},
            date(2030, 3, 1),
            date(2030, 6, 30),
        ),
        ({"Periode": "1-3-2030 t/m 30-6-2030"}, date(2030, 3, 1), date(2030, 6, 30)),
        ({"Startdatum": "2030-03-01", "Einddatum": ""}, date(2030, 3, 1), None),
        ({"Startdatum": "", "Einddatum": "31-12-2030"}, None, date(2030, 12, 31)),
    ],
)
def test_a_period(
    member: Client, cells: dict[str, str], start: date | None, end: date | None
) -> None:
    other = dict.fromkeys(cells, "2031-01-01")
    draft = made(member, cells, other)
    assert (draft.start, draft.end) == (start, end)


def test_a_period_that_runs_backward_is_a_reason_at_its_cell(member: Client) -> None:
    rows = {"Startdatum": "2030-06-01", "Einddatum": "2030-01-01"}
    page = page_of(member, rows)
    assert "Einddatum" in left_out(page)
    assert "before it begins" in left_out(page)


def test_amounts_places_and_choices_of_the_market(member: Client) -> None:
    cells = {
        "Minimum bedrag": "10.000", "Maximum bedrag": "€ 50k", "Capaciteit": "3", "Fase": "", "Stage": "First round (seed)",
        "Instrument": "Lening",
    }  # fmt: skip
    draft = made(member, cells, market="capital")
    assert draft.capacity == 3
    assert draft.terms["stage"] == ["seed"]
    assert draft.terms["instrument"] == ["loan"]
    assert draft.stated()["ticket"] == {"min": "10000.00", "max": "50000.00"}
    assert draft.labels == ["stage:seed"]
    assert draft.ranges["ticket"] == {"low": 10000, "high": 50000}


def test_hours_pay_and_levels_of_work(member: Client) -> None:
    cells = {
        "Niveau": "vmbo",
        "Uren per week": "24-32 uur",
        "Salaris vanaf": "€ 2.400",
        "Taal werk": "",
    }
    draft = made(member, cells, market="job")
    assert draft.terms["level"] == ["vmbo"]
    assert draft.stated()["hours_a_week"] == {"min": 24, "max": 32}
    assert draft.stated()["monthly_pay"] == {"min": "2400.00", "max": None}
    assert draft.ranges["hours_a_week"] == {"low": 24, "high": 32}


def test_what_one_pays_for_a_course_and_how_many_days_somebody_teaches(member: Client) -> None:
    assert made(member, {"Lesgeld": "650"}, market="retraining").terms["course_fee"] == "650.00"
    Listing.objects.all().delete()
    assert made(member, {"Dagen per week": "1,5"}, market="teaching").terms["days_a_week"] == 1.5


def test_absurd_hours_are_a_reason_at_their_cell(member: Client) -> None:
    page = page_of(member, {"Uren per week": "4000"}, {"Uren per week": "32"}, market="job")
    assert "4000 is not from 1 to 60" in left_out(page)
    assert "Uren per week" in left_out(page)
    confirmed(member, page)
    assert Listing.objects.count() == 1


def test_levels_and_terms_as_a_download_writes_them(member: Client) -> None:
    cells = {"Niveau": "hbo; work_language:nl; work_language:fr"}
    page = page_of(member, cells, {"Niveau": "master"}, market="teaching")
    assert "“work_language:fr” is not one of the choices" in remarks(page)
    confirmed(member, page)
    draft = Listing.objects.earliest("pk")
    assert draft.terms == {"level": ["hbo"], "work_language": ["nl"]}


def test_an_amount_is_not_asked_of_a_market_that_has_none(member: Client) -> None:
    page = page_of(member, {"Budget": "10.000"}, {"Budget": "20.000"})
    assert taken_for(page, "Budget") == "-"
    assert "ticket_min" not in {
        value for each in page.context["columns"] for value, _label, _chosen in each.choices
    }


def test_skills_are_short_and_not_too_many(member: Client) -> None:
    cells = {"Vaardigheden": "; ".join(["Python", "x" * 70, *(f"kunst {n}" for n in range(20))])}
    page = page_of(member, cells)
    confirmed(member, page)
    assert Listing.objects.get().skills == ["python", *(f"kunst {n}" for n in range(11))]
    assert "Not all skills were imported" in remarks(page)


@pytest.mark.parametrize(
    ("cells", "language"),
    [
        ({"Taal": "Engels"}, "en"),
        ({"Taal": ""}, "nl"),
        ({"Taal": "", "Omschrijving": "We look for somebody who helps us to read scans."}, "en"),
    ],
)
def test_the_language_is_told_or_found(
    member: Client, cells: dict[str, str], language: str
) -> None:
    assert made(member, cells, {"Taal": "Nederlands"}).language == language


def test_what_a_need_insists_on(member: Client) -> None:
    cells = {
        "Gebied": "zorg",
        "Regio": "Utrecht",
        "Regio verplicht": "ja",
        "Gebied verplicht": "nee",
    }
    draft = made(member, cells)
    assert (draft.region_required, draft.areas_required) == (True, False)


def test_a_row_with_a_text_alone_has_its_beginning_as_title(
    member: Client, owner: Organisation
) -> None:
    content = written([["V1", TEXT], ["V2", f"{TEXT} " * 5]], ["Nr", "Hulpvraag"])
    confirmed(member, preview(member, content, owner))
    first, second = Listing.objects.order_by("pk")
    assert (first.title, first.text) == (TEXT, TEXT)
    assert second.title.endswith("…")
    assert len(second.title) <= 120


def test_a_title_that_is_too_long_stands_whole_in_the_text(member: Client) -> None:
    title = "Een erg lange titel " * 10
    draft = made(member, {"Titel": title})
    assert len(draft.title) <= 120
    assert draft.text == f"{title.strip()}\n{TEXT}"


def test_addresses_in_a_text_are_left_out_and_told(member: Client) -> None:
    page = page_of(member, {"Omschrijving": f"{TEXT} Mail Jan.Jansen@voorbeeld.example voor meer."})
    confirmed(member, page)
    assert "@" not in Listing.objects.get().text
    assert "An e-mail address was left out of the text." in remarks(page)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Vraag/aanbod": "aanbod"}, "This row is an offer."),
        ({"Markt": "Pilot"}, "This row is of the market “Pilot”."),
        (
            {"Organisatie": "Een ander"},
            "This row is of “Een ander”, and not of “Voorbeeld Eigenaar”.",
        ),
    ],
)
def test_what_is_of_elsewhere_is_left_out(
    member: Client, cells: dict[str, str], reason: str
) -> None:
    own = {"Vraag/aanbod": "vraag", "Markt": "Expertise", "Organisatie": "VE"}
    page = page_of(member, cells, {name: own[name] for name in cells})
    assert reason in left_out(page)
    assert page.context["counts"]["new"] == 1


def test_a_title_is_the_answer_and_not_the_question(member: Client) -> None:
    asked = "Wij willen een rooster dat de wensen van al onze mensen kent, zonder dat iemand er uren op zit te puzzelen."
    answers = {"Wat is de vraag?": asked, "Waarom nu?": TEXT}
    given = made(member, {"Titel": "", "Omschrijving": "", **answers})
    assert given.title == asked
    assert given.text == f"Wat is de vraag? {asked}\nWaarom nu? {TEXT}"


@pytest.mark.parametrize(
    "cells", [{"Status": "afgehandeld"}, {"Status": "Ingetrokken 3/2"}, {"Notitie": "vervallen"}]
)
def test_what_was_withdrawn_or_is_dealt_with_is_left_out(
    member: Client, cells: dict[str, str]
) -> None:
    page = page_of(member, cells, dict.fromkeys(cells, "open"))
    assert "withdrawn or is dealt with" in left_out(page)
    assert page.context["counts"]["new"] == 1


@pytest.mark.parametrize(
    "name", ["VE", "voorbeeld eigenaar", "Voorbeeld Eigenaar, afdeling Zorg", "VE (IT)"]
)
def test_an_organisation_goes_by_all_its_names_and_by_those_of_its_parts(
    member: Client, name: str
) -> None:
    page = page_of(member, {"Organisatie": name}, {"Organisatie": "Voorbeeld"})
    assert page.context["counts"]["new"] == 1


def test_offers_have_no_column_that_only_needs_have(member: Client) -> None:
    page = page_of(member, {"Regio verplicht": "ja"}, kind="offer")
    offered = {value for each in page.context["columns"] for value, _label, _chosen in each.choices}
    assert not {"region_required", "areas_required", "min_capacity"} & offered
    confirmed(member, page)
    assert Listing.objects.get().kind == "offer"


def test_a_number_that_is_too_long_is_a_reason(member: Client, owner: Organisation) -> None:
    content = written([["x" * 61, "Titel", TEXT]], ["Nr", "Titel", "Omschrijving"])
    assert "line 2, Nr: This has 61 characters." in left_out(preview(member, content, owner))


@pytest.mark.parametrize("header", ["Open tot en met", "Open until", "stands_until"])
def test_the_last_day_on_which_it_is_open_comes_along(member: Client, header: str) -> None:
    day = timezone.localdate() + timedelta(days=40)
    listing = made(member, {header: day.isoformat()}, {header: day.isoformat()})
    assert (listing.stands_until, listing.end) == (day, None)


def test_a_day_that_is_over_or_too_far_is_left_open_and_told(member: Client) -> None:
    page = page_of(member, {"Open until": "2020-01-31"}, {"Open until": "2020-02-01"})
    assert "It cannot be open until" in remarks(page)
    confirmed(member, page)
    assert set(Listing.objects.values_list("stands_until", flat=True)) == {None}
