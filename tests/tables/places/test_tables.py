"""What the tables must hold, whoever adds to them."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from katalysator.tables.places.abroad import CITIES, COUNTRIES, PARTS
from katalysator.tables.places.former_municipalities import FORMER_MUNICIPALITIES
from katalysator.tables.places.municipalities import MUNICIPALITIES
from katalysator.tables.places.names import BRIEFLY, NAMES
from katalysator.tables.places.nuts import NUTS, as_code, covers, outermost
from katalysator.tables.places.regions import NAMED_REGIONS, OTHER_SPELLINGS
from katalysator.tables.places.spelling import folded
from katalysator.tables.places.towns_north_east import TOWNS_NORTH_EAST
from katalysator.tables.places.towns_south import TOWNS_SOUTH
from katalysator.tables.places.towns_west import TOWNS_WEST

IN_EACH_PROVINCE = {
    "NL11": 10,
    "NL12": 18,
    "NL13": 12,
    "NL21": 25,
    "NL22": 51,
    "NL23": 6,
    "NL31": 26,
    "NL32": 44,
    "NL33": 50,
    "NL34": 13,
    "NL41": 56,
    "NL42": 31,
}
TABLES = {
    "municipalities": MUNICIPALITIES,
    "former municipalities": FORMER_MUNICIPALITIES,
    "towns in the north and east": TOWNS_NORTH_EAST,
    "towns in the west": TOWNS_WEST,
    "towns in the south": TOWNS_SOUTH,
    "regions": NAMED_REGIONS,
    "spellings": OTHER_SPELLINGS,
    "countries": COUNTRIES,
    "parts": PARTS,
    "cities": CITIES,
}


def named(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for codes, names in table.items():
        for each in names.split("; "):
            yield each, codes


def test_there_are_342_municipalities_each_named_once() -> None:
    names = [municipality for municipality, _ in named(MUNICIPALITIES)]
    assert (len(names), len(set(names))) == (342, 342)


def test_each_province_has_its_number_of_municipalities() -> None:
    found = Counter(code[:4] for _, code in named(MUNICIPALITIES))
    assert found == IN_EACH_PROVINCE


def test_a_province_is_one_region_or_wholly_divided_into_nuts_3() -> None:
    assert len(MUNICIPALITIES) == 40
    whole = {code for code in MUNICIPALITIES if len(code) == 4}
    assert whole == {"NL23", "NL31"}
    assert not any(
        covers(code, other) for code in whole for other in MUNICIPALITIES if code != other
    )


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_code_of_a_table_is_one_of_nuts_2021(table: Mapping[str, str]) -> None:
    for codes in table:
        assert [as_code(code) for code in codes.split()] == codes.split()
        assert outermost(codes.split()) == tuple(codes.split())


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_dutch_codes_are_those_of_a_municipality_or_wider(table: Mapping[str, str]) -> None:
    dutch = {code for codes in table for code in codes.split() if code.startswith("NL")}
    assert all(any(covers(code, known) for known in MUNICIPALITIES) for code in dutch)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_names_are_written_cleanly_and_once_in_a_group(table: Mapping[str, str]) -> None:
    for names in table.values():
        each = names.split("; ")
        assert all(name and name == name.strip() and ";" not in name for name in each)
        assert len(each) == len(set(each))


def test_every_municipality_is_meant_by_its_name_but_for_twins_and_provinces() -> None:
    elsewhere = {
        name: NAMES[folded(name.split(" (")[0])].codes
        for name, code in named(MUNICIPALITIES)
        if not any(covers(outer, code) for outer in NAMES[folded(name.split(" (")[0])].codes)
    }
    assert elsewhere == {"Bergen (NH)": (), "Bergen (L)": ()}


def test_every_region_that_pages_know_is_in_the_index() -> None:
    for region in NUTS.values():
        for spelling in (region.nl, region.en):
            meaning = NAMES[folded(spelling.removesuffix(" (BE)"))]
            assert any(covers(code, region.code) for code in meaning.all)


def test_abbreviations_are_of_regions_that_the_house_knows() -> None:
    assert all(as_code(code) == code for code in BRIEFLY.values())
