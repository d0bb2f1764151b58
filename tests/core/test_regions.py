import csv
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from katalysator.core.regions import REGIONS, covers, name, parse, related
from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput

TABLE = Path(__file__).parents[2] / "../shared/data/landscape/nuts2_2021.csv"
CODES = sorted(REGIONS)
PROVINCES = [code for code in CODES if code.startswith("NL") and len(code) == 4]
any_code = st.sampled_from([*CODES, "NL310", "NL332", "DEA1A", "FR10", "FRB"])


def refusal(text: str) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    assert caught.value.code == "region-unknown"
    assert "%(" not in str(caught.value)
    return caught.value


def test_there_are_twelve_provinces_in_four_groups_and_twelve_neighbours() -> None:
    groups = [code for code in CODES if code.startswith("NL") and len(code) == 3]
    neighbours = [code for code in CODES if not code.startswith("NL")]
    assert (len(PROVINCES), len(groups), len(neighbours)) == (12, 4, 12)
    assert all(any(covers(group, province) for group in groups) for province in PROVINCES)


def _rows() -> list[dict[str, str]]:
    if not TABLE.exists():
        pytest.skip("needs the table of NUTS 2 label points, which is not part of the source")
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_points_are_those_of_the_source() -> None:
    for row in _rows():
        known = REGIONS[row["nuts2"]]
        assert (known.lat, known.lon) == (float(row["lat"]), float(row["lon"]))


@pytest.mark.parametrize("code", ["NL", "NL1", "NL2", "NL3", "NL4"])
def test_the_centre_of_a_group_is_the_weighted_mean_of_its_provinces(code: str) -> None:
    inside = [row for row in _rows() if covers(code, row["nuts2"])]
    area = sum(float(row["area_km2"]) for row in inside)
    for axis in ("lat", "lon"):
        mean = sum(float(row[axis]) * float(row["area_km2"]) for row in inside) / area
        assert getattr(REGIONS[code], axis) == pytest.approx(mean, abs=0.001)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NL31", "NL31"),
        ("nl31", "NL31"),
        (" Nl ", "NL"),
        ("nl310", "NL310"),
        ("NL33a", "NL33A"),
        ("dea1a", "DEA1A"),
        ("FR10", "FR10"),
        ("FRB", "FRB"),
        ("uk", "UK"),
        ("Utrecht", "NL31"),
        ("noord-holland", "NL32"),
        ("Noord Holland", "NL32"),
        ("North Holland", "NL32"),
        ("ZUID-HOLLAND", "NL33"),
        ("Fryslân", "NL12"),
        ("Fryslan", "NL12"),
        ("Friesland (NL)", "NL12"),
        ("Limburg", "NL42"),
        ("Limburg (BE)", "BE22"),
        ("Nederland", "NL"),
        ("the Netherlands", "NL"),
        ("Oost-Nederland", "NL2"),
        ("luik", "BE33"),
        ("Liege", "BE33"),
        ("Köln", "DEA2"),
        ("Cologne", "DEA2"),
        ("Mu\u0308nster", "DEA3"),
    ],
)
def test_codes_and_names_are_read(text: str, code: str) -> None:
    assert parse(text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("NL35", "NL31"), ("nl36", "NL33"), ("NL350", "NL31"), ("NL361", "NL33")]
)
def test_the_new_codes_of_two_provinces_are_read_as_the_old(text: str, code: str) -> None:
    assert parse(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "NL5",
        "NL99",
        "NL999",
        "NL3101",
        "NL3501",
        "XX12",
        "31",
        "NL-31",
        "Delft",
        "Ede",
        "?",
    ],
)
def test_what_is_no_region_is_refused_with_an_example(text: str) -> None:
    assert "NL31" in str(refusal(text)) or "Did you mean" in str(refusal(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Gelderlnd", "Gelderland (NL22)"),
        ("Nord-Holland", "North Holland (NL32)"),
        ("Utrect", "Utrecht (NL31)"),
    ],
)
def test_a_typing_mistake_gets_near_suggestions(typed: str, meant: str) -> None:
    assert f"Did you mean {meant}" in str(refusal(typed))


def test_no_region_is_suggested_twice() -> None:
    assert refusal("Antwerpn").parameters["suggestions"] == (
        Translated(nl="Antwerpen (BE21)", en="Antwerp (BE21)"),
    )


@pytest.mark.parametrize(
    "place", ["Amsterdam", "Rotterdam", "Den Haag", "Eindhoven", "Nijmegen", "Maastricht"]
)
def test_a_municipality_is_not_taken_for_a_typing_mistake(place: str) -> None:
    error = refusal(place)
    assert error.parameters["suggestions"] == ()
    assert "Give a province, not a municipality, or a NUTS code such as NL31" in str(error)


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("Brabant", ["NL41", "BE24"]),
        ("holland", ["NL32", "NL33"]),
        ("Noord", ["NL1", "NL32", "NL41"]),
    ],
)
def test_a_word_of_a_name_suggests_those_names_the_dutch_first(word: str, codes: list[str]) -> None:
    assert refusal(word).parameters["suggestions"] == tuple(
        Translated(nl=f"{name(code, 'nl')} ({code})", en=f"{name(code, 'en')} ({code})")
        for code in codes
    )


def test_suggestions_say_what_a_region_is() -> None:
    assert "? A region is a province or a NUTS code." in str(refusal("Utrect"))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_name_leads_back_to_its_code(code: str, language: str) -> None:
    assert parse(name(code, language)) == code


def test_names_follow_the_language() -> None:
    assert name("NL32", "nl") == "Noord-Holland"
    assert name("NL32", "en") == "North Holland"


def test_a_region_without_a_known_name_is_called_by_its_code() -> None:
    assert name("NL310", "nl") == "NL310"


@given(any_code, any_code)
def test_related_are_the_known_regions_that_overlap(code: str, other: str) -> None:
    if other in REGIONS:
        assert (other in related(code)) == (covers(code, other) or covers(other, code))
    assert all(covers(code, found) or covers(found, code) for found in related(code))


@given(any_code)
def test_a_region_covers_itself(code: str) -> None:
    assert covers(code, code)


@pytest.mark.parametrize("chain", [("NL", "NL3", "NL31", "NL310")])
def test_covering_goes_one_way(chain: tuple[str, ...]) -> None:
    for outer, inner in pairwise(chain):
        assert covers(outer, inner)
        assert not covers(inner, outer)
    assert covers(chain[0], chain[-1])


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        code = parse(text)
        assert parse(code) == code


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        REGIONS["NL31"] = REGIONS["NL32"]  # type: ignore[index]
