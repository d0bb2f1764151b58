"""How sheets become profiles: encodings, separators, names of columns, and what cells mean."""

from collections.abc import Callable
from datetime import date
from math import inf
from pathlib import Path

import pytest

from katalysator.engine.matching.profiles import Profile
from katalysator.listings.sheets import FIELDS, SHEETS, RowKind
from katalysator.matches.sheet_profiles import Listings
from katalysator.tables.fields import Field
from tests.engine.makers import days
from tests.matches.sheets import only, read_file

ReadTable = Callable[..., Listings]


@pytest.fixture
def read(tmp_path: Path) -> ReadTable:
    """Reads a CSV file with this content."""

    def content(
        text: str, encoding: str = "utf-8", *, said: str | None = None, **mapped: str
    ) -> Listings:
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode(encoding))
        return read_file(path, said, "need", **mapped)

    return content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_separators(read: ReadTable, encoding: str, separator: str, end: str) -> None:
    lines = (separator.join(cells) for cells in (("id", "title"), ("é1", "Café 😀 שלום")))
    profile = only(read(end.join(lines) + end, encoding))
    assert (profile.key, profile.title) == ("é1", "Café 😀 שלום")


def test_encoding_that_is_said(read: ReadTable) -> None:
    assert only(read("title\nCafé €\n", "cp1252", said="cp1252")).title == "Café €"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encoding_that_is_said_is_for_files_in_no_unicode(read: ReadTable, encoding: str) -> None:
    assert only(read("title\nCafé €\n", encoding, said="cp1252")).title == "Café €"


def test_encoding_without_a_mark_can_be_said(read: ReadTable) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert only(read("title\nEen\n", encoding, said=encoding)).title == "Een"


def test_separator_is_that_of_known_columns(read: ReadTable) -> None:
    profile = only(read("title;text, with, commas, in, it;id\nEen;twee;A\n"))
    assert (profile.key, profile.title) == ("A", "Een")


def test_quoted_cells(read: ReadTable) -> None:
    profile = only(read('title,text\n"Een, ""twee""","regel 1\nregel 2"\n'))
    assert (profile.title, profile.text) == ('Een, "twee"', "regel 1\nregel 2")


def test_blank_rows_are_skipped_and_lines_still_counted(read: ReadTable) -> None:
    """As a spreadsheet counts them: a cell with a line break in it is one row."""
    found = read('\n\ntitle,text\n\nEen,"a\nb"\n , \n,,,\nTwee,\n')
    assert [profile.key for profile in found.profiles] == ["5", "8"]


def test_empty_cells_past_the_header_do_not_matter(read: ReadTable) -> None:
    assert only(read("title,id,,\nEen,A,,\n")).key == "A"


DUTCH = (
    "nr;markt;titel;omschrijving;organisatie;gebieden;regio;taal;vaardigheden;niveau;begin;einde"
)


def test_dutch_names(read: ReadTable) -> None:
    text = (
        f"{DUTCH};plaatsen;bedrag min;Bedrag-Max;REGIO_VERPLICHT;gebied verplicht;min capaciteit\n"
        "7;Stage;Een;Twee;Voorbeeldlab;Zorg;Utrecht;engels;Python;HBO;2026-01-01;31-01-2026;"
        "3;1.000;1,5 mln;ja;ja;2\n"
    )
    found = read(text)
    assert found.read.recognised.unused == ()
    assert only(found) == Profile(
        key="7",
        title="Een",
        text="Twee",
        market="stage",
        organisation="voorbeeldlab",
        language="en",
        areas=frozenset({"zorg"}),
        regions=frozenset({"NL31"}),
        skills=("python",),
        labels={"level": frozenset({"hbo"})},
        ranges={
            "period": days(date(2026, 1, 1), date(2026, 1, 31)),
            "ticket": (1_000.0, 1_500_000.0),
            "capacity": (2.0, inf),
        },
        capacity=3,
        needs_regions=frozenset({"NL31"}),
        needs_areas=frozenset({"zorg"}),
    )


def test_what_is_blank(read: ReadTable) -> None:
    names = [field.name for field in FIELDS if field.name != "-"]
    cells = {"id": "A", "title": "Een lange Nederlandse titel"}
    profile = only(read(f"{','.join(names)}\n{','.join(cells.get(name, '') for name in names)}\n"))
    assert profile == Profile(
        key="A",
        title="Een lange Nederlandse titel",
        language="nl",
        ranges={"capacity": (1.0, inf)},
    )


@pytest.mark.parametrize(
    ("cells", "name", "interval"),
    [
        ("2026-01-01,,,", "period", days(date(2026, 1, 1), None)),
        (",2026-01-31,,", "period", days(None, date(2026, 1, 31))),
        (",,0,", "ticket", (0.0, inf)),
        (",,,0.1", "ticket", (-inf, 0.1)),
    ],
)
def test_an_interval_may_be_open_at_either_end(
    read: ReadTable, cells: str, name: str, interval: tuple[float, float]
) -> None:
    found = read(f"title,period_start,period_end,ticket_min,ticket_max\nA,{cells}\n")
    assert only(found).ranges == {name: interval, "capacity": (1.0, inf)}


@pytest.mark.parametrize(
    ("kind", "cells", "interval"),
    [
        ("need", "", (1.0, inf)),
        ("need", "0", (1.0, inf)),
        ("need", "3", (3.0, inf)),
        ("offer", "3", (-inf, 7.0)),
    ],
)
def test_a_need_asks_for_places_and_an_offer_has_them(
    tmp_path: Path, kind: RowKind, cells: str, interval: tuple[float, float]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"title,capacity,min_capacity\nA,7,{cells}\n")
    profile = only(read_file(path, None, kind))
    assert (profile.ranges, profile.capacity) == ({"capacity": interval}, 7)


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_column_goes_by_its_own_name(kind: RowKind, field: Field) -> None:
    of = SHEETS[kind]
    if field.name != "-" and of.field(field.name):
        assert max(of.fields, key=lambda each: each.named_by(field.name)).name == field.name


def test_other_columns_are_named(read: ReadTable) -> None:
    found = read("title,Kleur,Smaak\nEen,rood,zout\n")
    assert found.read.recognised.unused == ("Kleur", "Smaak")


def test_ignored_columns_may_hold_anything(read: ReadTable) -> None:
    assert only(read("title,Kleur\nEen,#REF!\n")).title == "Een"


def test_mapped_column_goes_before_a_known_one(read: ReadTable) -> None:
    found = read("Titel;Onderwerp;Extra\nEen;Twee;Drie\n", title="onderwerp", skills="Extra")
    assert (only(found).title, only(found).skills) == ("Twee", ("drie",))
    assert found.read.recognised.unused == ("Titel",)


@pytest.mark.parametrize("column", ["region_required", "Gebied verplicht", "min_capacity"])
def test_columns_of_needs_mean_nothing_on_offers(tmp_path: Path, column: str) -> None:
    """As in a download of this house, which has needs and offers in one sheet."""
    (tmp_path / "o.csv").write_text(f"title,{column},kind\nBodem,3,offer\n")
    profile = only(read_file(tmp_path / "o.csv", None, "offer"))
    assert profile == Profile("2", "Bodem", language="nl", ranges={"capacity": (-inf, 1.0)})


def test_labels_are_compared_without_case_and_spacing(read: ReadTable) -> None:
    found = read(
        "title,market,areas\nA, Stage  Plaats ,Zorg en  Welzijn;ZORG EN WELZIJN ; ;Straße\n"
        "B,Stage,Straße\nC,Stage,Straße\n"
    )
    profile = found.profiles[0]
    assert profile.market == "stage plaats"
    assert profile.areas == {"zorg en welzijn", "strasse"}
    assert found.names["area", "strasse"] == "Straße"


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("HBO; mbo", {"level": {"hbo", "mbo"}}),
        ("hbo of wo", {"level": {"hbo", "bachelor", "master"}}),
        ("WO-master", {"level": {"master"}}),
        ("level:hbo;Work_Language: NL", {"level": {"hbo"}, "work_language": {"nl"}}),
        ("stage:seed;stage:growth", {"stage": {"seed", "growth"}}),
        ("stage:a:b", {"stage": {"a:b"}}),
        ("", {}),
    ],
)
def test_labels_may_name_a_term_of_the_site(
    read: ReadTable, cell: str, labels: dict[str, set[str]]
) -> None:
    assert only(read(f"title,level\nA,{cell}\n")).labels == labels


def test_several_regions(read: ReadTable) -> None:
    assert only(read("title,region\nA,Utrecht; fryslân\n")).regions == {"NL31", "NL12"}


def test_a_region_within_another_says_nothing_more(read: ReadTable) -> None:
    assert only(read("title,region\nA,Utrecht; fryslân;nl\n")).regions == {"NL"}


def test_a_region_may_be_a_town(read: ReadTable) -> None:
    assert only(read("title,Plaats\nA,Gemeente Ede\n")).regions == {"NL221"}


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        *((word, {"NL31"}) for word in ("yes", "TRUE", "1", "x", "Ja", "waar")),
        *((word, frozenset()) for word in ("no", "false", "0", "Nee", "ONWAAR", "")),
        ("Zeeland;Drenthe", {"NL34", "NL13"}),
    ],
)
def test_what_a_need_insists_on(read: ReadTable, word: str, wanted: set[str]) -> None:
    profile = only(read(f"title,region,region_required\nA,Utrecht,{word}\n"))
    assert profile.needs_regions == wanted
    assert profile.regions == {"NL31"}


def test_areas_that_a_need_insists_on_may_be_others(read: ReadTable) -> None:
    found = read("title,areas,areas_required\nA,Zorg,Energie; Bruggen\n")
    assert only(found).needs_areas == {"energie", "bruggen"}
    assert found.names["area", "bruggen"] == "Bruggen"


def test_capacity_may_be_nothing(read: ReadTable) -> None:
    assert only(read("title,capacity\nA,0\n")).capacity == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [("Wij zoeken iemand die ons kan helpen", "nl"), ("We are looking for a partner", "en")],
)
def test_language_is_found_in_the_text(read: ReadTable, text: str, language: str) -> None:
    assert only(read(f"text\n{text}\n")).language == language


def test_areas_that_the_house_knows_go_by_one_name(read: ReadTable) -> None:
    """Whatever their language, so that two keepers mean the same by them."""
    found = read("title,Thema's\nA,Gezondheid & zorg\nB,Healthcare\nC,zorg\n")
    assert {profile.areas for profile in found.profiles} == {frozenset({"zorg"})}


def test_marks_of_html_are_taken_out(read: ReadTable) -> None:
    profile = only(read("title,text\n<b>Bodem</b>,<p>E&eacute;n</p><p>twee</p>\n"))
    assert (profile.title, profile.text) == ("Bodem", "Eén twee")
