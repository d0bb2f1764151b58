"""The download: a table that spreadsheets open and that `katalysator match` reads as it is."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from katalysator.cli.offline import match
from katalysator.coalition.areas import AREAS
from katalysator.coalition.models import Area, Organisation
from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.profiles import Profile
from katalysator.listings import verbs
from katalysator.listings.export import as_csv, columns as header
from katalysator.listings.market import Market, all_hard_terms, market, markets
from katalysator.listings.models import Kind, Listing
from katalysator.listings.sheet_measures import MEASURES
from katalysator.matches.entries import profile
from katalysator.matches.sheet_profiles import CAPACITY, PERIOD, TICKET
from katalysator.site.demo import loading
from tests import builders
from tests.listings.tide import STATED
from tests.matches.sheets import read_file

pytestmark = pytest.mark.django_db


def text(*listings: Listing) -> str:
    parts = as_csv(listings).streaming_content
    return b"".join(parts).decode()  # type: ignore[arg-type]


def rows(*listings: Listing) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(*listings).removeprefix("\ufeff"))))


MEASURED = (
    "days_a_week", "course_fee", "hours_a_week_min", "hours_a_week_max", "monthly_pay_min", "monthly_pay_max",
)  # fmt: skip


def listing(kind: Kind = Kind.NEED, slug: str = "capital", **fields: Any) -> Listing:
    return builders.listing(builders.organisation(name="Voorbeeldlab"), kind, slug, **fields)


def test_a_full_listing_fills_the_columns() -> None:
    made = listing(
        language="en",
        title="Growth, “fast”",
        text="Two\nlines; and more",
        areas=("zorg", "agro"),
        regions=("NL31", "NL32"),
        areas_required=True,
        region_required=True,
        skills=("mlops", "c#"),
        start=date(2026, 1, 2),
        end=date(2026, 12, 31),
        capacity=3,
        min_capacity=2,
        ticket_min=Decimal(0),
        ticket_max=Decimal("2000.50"),
        terms={"stage": ["seed", "growth"], "instrument": ["loan"]},
    )
    assert rows(Listing.objects.get(pk=made.pk)) == [
        {
            "id": str(made.pk),
            "kind": "need",
            "market": "capital",
            "title": "Growth, “fast”",
            "text": "Two\nlines; and more",
            "organisation": "Voorbeeldlab",
            "own_name": "",
            "areas": "zorg;agro",
            "region": "NL31;NL32",
            "language": "en",
            "skills": "mlops;c#",
            "level": "stage:seed;stage:growth",
            "period_start": "2026-01-02",
            "period_end": "2026-12-31",
            "capacity": "3",
            "ticket_min": "0.00",
            "ticket_max": "2000.50",
            "region_required": "yes",
            "areas_required": "yes",
            "min_capacity": "2",
            "reference": "",
            "stands_until": str(made.stands_until),
            **dict.fromkeys(MEASURED, ""),
        }
    ]


def test_what_is_not_said_stays_empty() -> None:
    (row,) = rows(listing(Kind.OFFER, "challenge"))
    empty = {name for name, value in row.items() if not value}
    assert empty == {
        "own_name", "skills", "level", "period_start", "period_end", "ticket_min", "ticket_max",
        "region_required", "areas_required", "min_capacity", "reference", *MEASURED,
    }  # fmt: skip


def test_weeks_and_money_of_work_stand_in_columns_of_their_own() -> None:
    terms = {
        **builders.content("job").terms,
        "hours_a_week": {"min": 24, "max": 32},
        "monthly_pay": {"min": "2500", "max": None},
    }
    (row,) = rows(listing(Kind.OFFER, "job", terms=terms))
    assert {name: row[name] for name in MEASURED if row[name]} == {
        "hours_a_week_min": "24",
        "hours_a_week_max": "32",
        "monthly_pay_min": "2500.00",
    }


def test_intervals_of_any_market_have_columns_of_their_own(tide: type[Market]) -> None:
    (row,) = rows(listing(Kind.OFFER, "tide", terms=STATED))
    assert list(row)[-4:] == ["depth_min", "depth_max", "draught", "wind"]
    assert list(row.values())[-4:] == ["3", "7", "4", "breeze"]
    assert row["level"] == "phase:ebb;quay:north"
    (other,) = rows(listing())
    assert list(other.values())[-4:] == ["", "", "", ""]


def test_the_header_is_there_without_a_row_and_excel_sees_that_it_is_utf_8() -> None:
    assert text() == "\ufeff" + ",".join(header()) + "\r\n"
    response = as_csv([])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="katalysator-listings.csv"'


def test_a_download_is_written_while_it_is_read() -> None:
    made, read = listing(), []

    def endless() -> Iterator[Listing]:
        while True:
            read.append(made)
            yield made

    parts = iter(as_csv(endless()))
    assert b"id,kind" in next(parts)
    assert b"Voorbeeldlab" in next(parts)
    assert len(read) == 1


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_nothing_in_a_cell_runs(sign: str) -> None:
    title = f"{sign}HYPERLINK('http://voorbeeld.example')"
    text = f"Eerst; dan:\n{title}"
    (row,) = rows(listing(title=title, text=text, skills=("a", f"{sign}b")))
    assert row["title"] == f"'{title}"
    assert row["text"] == f"Eerst; dan:\n'{title}"
    assert row["skills"] == f"a;'{sign}b"


def test_letters_of_the_world_are_kept() -> None:
    (row,) = rows(listing(title="🚀 Zoë בינה"))
    assert row["title"] == "🚀 Zoë בינה"


def test_a_longer_download_asks_the_database_as_often(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 3):
        while Listing.objects.count() < count:
            listing()
        with django_assert_num_queries(3):  # areas, hubs, and the listings with their owners
            response = client.get(reverse("listing-export"))
            lines = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        assert lines.count(b"Voorbeeldlab") == count


def test_the_download_is_what_the_filter_shows(client: Client) -> None:
    listing(title="een")
    listing(Kind.OFFER, title="twee")
    verbs.move(listing(title="drie"), "settle", by=builders.HOUSE)
    response = client.get(reverse("listing-export"), {"kind": "need"})
    lines = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert ("een" in lines, "twee" in lines, "drie" in lines) == (True, False, False)


def pairs(tmp_path: Path) -> set[tuple[int, int]]:
    """What `katalysator match` makes of the download."""
    files = {}
    for kind in Kind:
        files[kind] = tmp_path / f"{kind}.csv"
        files[kind].write_text(text(*Listing.objects.of_kind(kind)), "utf-8")
    out = tmp_path / "matches.csv"
    arguments = [str(files[Kind.NEED]), str(files[Kind.OFFER]), "--out", str(out)]
    done = CliRunner().invoke(match, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    return {(int(row["need"]), int(row["offer"])) for row in found}


def test_the_command_matches_a_download(tmp_path: Path) -> None:
    need = listing(slug="lab-capacity", terms={"facility": ["compute", "imaging"]})
    offer = listing(Kind.OFFER, "lab-capacity", terms={"facility": ["imaging", "robotics"]})
    listing(Kind.OFFER, "lab-capacity", terms={"facility": ["robotics"]})
    Listing.objects.filter(pk=offer.pk).update(
        organisation=builders.organisation(name="Voorbeeld B")
    )
    assert pairs(tmp_path) == {(need.pk, offer.pk)}


def test_the_command_keeps_two_terms_apart(tmp_path: Path) -> None:
    owners = [builders.organisation(name=f"Voorbeeld {letter}") for letter in "ABC"]
    need = builders.listing(
        owners[0],
        market_slug="internship",
        terms={"level": ["mbo", "hbo"], "work_language": ["nl"]},
    )
    good = builders.listing(
        owners[1], Kind.OFFER, "internship", terms={"level": ["hbo"], "work_language": ["nl", "en"]}
    )
    for terms in (
        {"level": ["master"], "work_language": ["nl"]},
        {"level": ["hbo"], "work_language": ["en"]},
    ):
        builders.listing(owners[2], Kind.OFFER, "internship", terms=terms)
    assert pairs(tmp_path) == {(need.pk, good.pk)}


TODAY = date(2026, 1, 1)


def demo() -> list[Listing]:
    """The needs and offers of the example with all that refuses; nothing is saved."""
    names = loading.records("organisation", "organisations-*.toml")
    owners = {
        row["key"]: Organisation(pk=n, slug=row["key"], name=row["name"])
        for n, row in enumerate(names, 1)
    }
    return [
        unsaved(number, row, owners[row["organisation"]])
        for number, row in enumerate(loading.records("listing", "[lw]*-*.toml"), 1)
    ]


def unsaved(number: int, row: loading.DemoRecord, owner: Organisation) -> Listing:
    said, where = loading.content_of_row(row, TODAY), market(row["market"])
    same = (
        *("language", "title", "text", "areas", "regions", "areas_required", "region_required"),
        "skills",
    )
    listing = Listing(
        pk=number,
        organisation=owner,
        kind=row["kind"],
        market=where.slug,
        stands_until=TODAY,
        **{name: getattr(said, name) for name in same},
    )
    listing.set_terms(where.clean(said.terms))
    return listing


def read_back(kind: Kind, path: Path) -> Sequence[Profile]:
    """One side of a download, as `katalysator match` reads it."""
    found = read_file(path, None, "need" if kind == Kind.NEED else "offer")
    of_needs = {"region_required", "areas_required", "min_capacity"}
    assert set(found.read.recognised.unused) <= {"reference", "own_name"} | (
        of_needs if kind == Kind.OFFER else set()
    )
    assert found.read.recognised.doubts == ()
    return found.profiles


def allowed(needs: Sequence[Profile], offers: Sequence[Profile]) -> set[tuple[str, str]]:
    constraints = Constraints.between(needs, offers)
    return {
        (need.key, offers[place].key)
        for row, need in enumerate(needs)
        for place in constraints.allowed(row).nonzero()[0].tolist()
    }


def test_the_command_allows_the_pairs_that_the_site_allows(tmp_path: Path) -> None:
    """All of the example, in one file that is given twice."""
    listings = demo()
    (tmp_path / "all.csv").write_text(text(*listings), "utf-8")
    site = [[profile(each) for each in listings if each.kind == kind] for kind in Kind]
    there = [read_back(kind, tmp_path / "all.csv") for kind in Kind]
    assert [[each.key for each in side] for side in there] == [
        [each.key for each in side] for side in site
    ]
    assert [[each.labels for each in side] for side in there] == [
        [each.labels for each in side] for side in site
    ]
    assert allowed(*there) == allowed(*site)
    assert len(allowed(*site)) > 1_000


def test_the_command_knows_the_terms_that_refuse_on_the_site() -> None:
    hard = [term for each in markets() for term in each.hard_terms().values()]
    assert set(all_hard_terms()) == {term.name for term in hard}
    assert {PERIOD, TICKET, CAPACITY, *MEASURES} == {term.name for term in hard if term.is_interval}


def test_the_command_names_the_areas_that_the_site_begins_with() -> None:
    assert {area.slug: area.name for area in Area.objects.all()} == dict(AREAS)
