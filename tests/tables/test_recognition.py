"""Which column holds what: by its name, by its cells, by both, or because it is said."""

from dataclasses import replace

import pytest

from katalysator.faults import InvalidInput
from katalysator.tables.recognition import Recognised, Use, name_likeness, recognise
from katalysator.tables.table import Table
from tests.tables.making import PLANTS, table


def fields(of: Table, **said: str) -> list[str]:
    headers = {header: field for field, header in said.items()}
    return [use.field for use in recognise(of, PLANTS, headers).uses]


def use(of: Table, header: str) -> Use:
    (found,) = (use for use in recognise(of, PLANTS).uses if use.header == header)
    return found


STORIES = (
    "Deze boom staat al honderd jaar achter in de tuin van de buren.",
    "Wij hebben hem geplant toen het huis klaar was en hij groeit goed.",
    "Niemand weet waar dit kruid vandaan komt, maar het ruikt heerlijk.",
)


def with_column(header: str, *cells: str) -> Table:
    rows = (f"{n}|Plant {n}|{cell}" for n, cell in enumerate(cells, 1))
    return table(f"Nr|Naam|{header}", *rows)


# --- by name and by cells ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Plaats", ("Ede", "Arnhem", ""), "place"),
        ("Waar", ("Ede", "achter het huis", "Arnhem"), "place"),
        ("Sinds", ("2020", "mei 2021", "?"), "since"),
        ("Hoogte", ("3", "12", "ca. 7"), "height"),
        ("Prijs in euro", ("3,50", "€ 12", "gratis"), "price"),
        ("Eetbaar?", ("ja", "nee", ""), "edible"),
        ("Contact", ("a@tuin.example", "b@tuin.example", ""), "email"),
        ("Verhaal", STORIES, "text"),
        ("Wat weet u van deze plant?", STORIES, "text"),
        ("Opmerking", ("bellen", "", "later"), "-"),
        ("Kleur", ("rood", "geel", "wit"), ""),
    ],
)
def test_by_its_name(header: str, cells: tuple[str, ...], field: str) -> None:
    of = with_column(header, *cells)
    assert fields(of) == ["id", "title", field]
    assert use(of, header).by == ("name" if field else "")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("Ede", "Arnhem", "Utrecht"), "place"),
        (("a@tuin.example", "b@tuin.example", "c@tuin.example"), "email"),
        (STORIES, "text"),
    ],
)
@pytest.mark.parametrize("header", ["Kolom C", ""])
def test_by_its_cells_where_no_name_tells(header: str, cells: tuple[str, ...], field: str) -> None:
    of = with_column(header, *cells)
    assert fields(of)[2] == field
    assert use(of, header).by == "cells"


@pytest.mark.parametrize(
    "cells",
    [
        ("3", "12", "7"),
        ("ja", "nee", "ja"),
        ("€ 3", "€ 12", "€ 7"),
        ("1 mei 2026", "2 juni 2026", "3 juli 2026"),
    ],
)
def test_cells_that_may_be_anything_tell_nothing_alone(cells: tuple[str, ...]) -> None:
    assert fields(with_column("Kolom C", *cells))[2] == ""


def test_cells_go_against_a_name_that_misleads() -> None:
    """A question that has the name of a field in it."""
    of = with_column("Waar loopt u in uw tuin tegenaan?", *STORIES)
    assert fields(of)[2] == "text"


def test_each_field_goes_to_the_column_that_fits_it_best() -> None:
    of = table("Aantal|Plaats|Waar|Naam", "3|op zolder|Ede|Eik", "7|in de kas|Arnhem|Beuk")
    assert fields(of) == ["height", "", "place", "title"]


def test_a_field_that_may_be_said_in_several_columns_takes_all() -> None:
    rows = (f"Plant {n}|{story}|{story[::-1]}" for n, story in enumerate(STORIES))
    assert fields(table("Naam|Verhaal|Wat nog meer?", *rows)) == ["title", "text", "text"]


def test_the_first_of_several_texts_is_the_head_where_there_is_none() -> None:
    rows = (f"Wanneer moet ik bomen snoeien, nummer {n}|{story}" for n, story in enumerate(STORIES))
    of = table("Wat wilt u weten?|Wat weet u al?", *rows)
    assert fields(of) == ["title", "text"]


def test_texts_that_are_all_long_have_no_head() -> None:
    rows = (f"{story}|{story[::-1]}" for story in STORIES)
    assert fields(table("Wat wilt u weten?|Wat weet u al?", *rows)) == ["text", "text"]


def test_an_empty_column_is_known_by_its_name() -> None:
    assert fields(with_column("Place", "", "-", "")) == ["id", "title", "place"]


def test_a_filled_column_goes_before_an_empty_one() -> None:
    of = table("Naam|Place|Waar", "Eik||Ede", "Beuk||Arnhem")
    assert fields(of) == ["title", "", "place"]


def test_a_cell_that_cannot_be_does_not_stop_it() -> None:
    of = with_column("Hoogte", "9999999999", "3", "4")
    assert fields(of)[2] == "height"


def test_an_example_is_the_first_cell_that_says_something() -> None:
    assert use(with_column("Plaats", "", "n.v.t.", "Ede"), "Plaats").example == "Ede"


def test_a_column_that_fits_two_fields_is_in_doubt() -> None:
    of = with_column("Waar / sinds", "Ede", "Arnhem", "Ede")
    assert use(of, "Waar / sinds").instead == ()
    of = with_column("Prijs / hoogte", "3", "12", "7")
    found = recognise(of, PLANTS)
    assert [each.header for each in found.doubts] == ["Prijs / hoogte"]
    (doubt,) = found.doubts
    assert {doubt.field, *doubt.instead} == {"price", "height"}


def test_columns_that_are_not_used_are_named() -> None:
    found = recognise(table("Naam|Kleur||Geur", "Eik|rood|x|zoet"), PLANTS)
    assert found.unused == ("Kleur", "Geur")


def test_places_of_a_field() -> None:
    uses = tuple(Use(n, "", field, "name", "") for n, field in enumerate("aba"))
    assert Recognised(uses).places("a") == (0, 2)
    assert Recognised(uses).places("c") == ()


def test_how_surely_a_text_is_any_name() -> None:
    assert name_likeness(PLANTS, "Naam") > 0.9 > name_likeness(PLANTS, "Kleur") == 0


# --- said ----------------------------------------------------------------------------------------


def test_what_is_said_goes_before_all() -> None:
    of = with_column("Plaats", "Ede", "Arnhem", "Ede")
    assert fields(of, text="plaats") == ["id", "title", "text"]
    said = recognise(of, PLANTS, {"PLAATS ": "text"}).uses[2]
    assert (said.by, said.instead) == ("said", ())


def test_a_field_that_is_said_is_not_looked_for_in_other_columns() -> None:
    of = table("Naam|Plant|Plaats", "Eik|a|Ede", "Beuk|b|Ede")
    assert fields(of, title="Plant") == ["", "title", "place"]


def test_a_column_may_be_said_not_to_be_used() -> None:
    of = with_column("Plaats", "Ede", "Arnhem", "Ede")
    found = recognise(of, PLANTS, {"Plaats": "-"})
    assert found.uses[2].field == ""
    assert found.unused == ("Plaats",)


def test_what_is_said_of_columns_that_are_not_there_does_nothing() -> None:
    of = with_column("Plaats", "Ede", "Arnhem", "Ede")
    assert recognise(of, PLANTS, {"Geur": "text"}) == recognise(of, PLANTS)


def test_a_field_that_stands_in_one_column_cannot_be_said_of_two() -> None:
    with pytest.raises(InvalidInput, match="“Hoogte” is the second column that is said to be"):
        recognise(table("Plaats|Hoogte", "a|b"), PLANTS, {"Plaats": "place", "Hoogte": "place"})


def test_a_field_that_may_stand_in_several_can_be_said_of_two() -> None:
    of = table("Plaats|Hoogte", "a|b")
    found = recognise(of, PLANTS, {"Plaats": "text", "Hoogte": "text"})
    assert found.places("text") == (0, 1)


def test_a_name_that_stands_above_two_columns_is_said_of_both_or_refused() -> None:
    of = replace(table("Kolom|Kolom", "a|b"))
    assert recognise(of, PLANTS, {"Kolom": "text"}).places("text") == (0, 1)
    with pytest.raises(InvalidInput, match="is the second column"):
        recognise(of, PLANTS, {"Kolom": "place"})
