import pytest
from hypothesis import given, strategies as st

from katalysator.tables.places.names import NAMES
from katalysator.tables.places.nuts import as_code, outermost
from katalysator.tables.places.reading import LONGEST, NamedPlaces, near, read_places


def codes(text: str) -> str:
    found = read_places(text)
    assert found.unknown == ()
    return " ".join(found.codes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amersfoort", "NL31"),
        ("Doetinchem", "NL225"),
        ("'s-Hertogenbosch", "NL413"),
        ("’s Hertogenbosch", "NL413"),
        ("Den Bosch", "NL413"),
        ("Den Haag", "NL332"),
        ("The Hague", "NL332"),
        ("'s-Gravenhage", "NL332"),
        ("DEN HAAG", "NL332"),
        ("Sudwest-Fryslan", "NL125"),
        ("Noardeast Fryslân", "NL124"),
        ("Capelle a/d IJssel", "NL33C"),
        ("Capelle aan den IJssel", "NL33C"),
        ("Nuenen, Gerwen en Nederwetten", "NL414"),
        ("Hoofddorp", "NL329"),
        ("Emmeloord", "NL23"),
        ("Weesp", "NL32"),
        ("Spijkenisse", "NL33C"),
    ],
)
def test_towns_are_read_as_the_region_they_lie_in(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Utrecht", "NL31"),
        ("Groningen", "NL11"),
        ("Limburg", "NL42"),
        ("Brabant", "NL41"),
        ("prov. Utrecht", "NL31"),
        ("provincie Gelderland", "NL22"),
        ("Gld", "NL22"),
        ("Gld.", "NL22"),
        ("NB", "NL41"),
        ("N.-Br.", "NL41"),
        ("Z-H", "NL33"),
        ("Friesland (NL)", "NL12"),
        ("North Holland", "NL32"),
        ("het noorden", "NL1"),
        ("Zuid-Nederland", "NL4"),
    ],
)
def test_provinces_are_read_in_full_and_short(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nederland",
        "heel Nederland",
        "landelijk",
        "Landelijk.",
        "NL",
        "nl",
        "the Netherlands",
        "nationwide",
        "Nederland-breed",
        "door heel Nederland",
    ],
)
def test_the_whole_country_has_many_words(text: str) -> None:
    assert codes(text) == "NL"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gemeente Ede", "NL221"),
        ("regio Zwolle", "NL211"),
        ("Regio Utrecht", "NL31"),
        ("Almere e.o.", "NL23"),
        ("Assen en omgeving", "NL131"),
        ("omgeving Breda", "NL411"),
        ("Eindhoven area", "NL414"),
        ("Amsterdam Zuidoost", "NL329"),
        ("Amsterdam-Noord", "NL329"),
        ("Utrecht (stad)", "NL31"),
        ("heel Drenthe", "NL13"),
        ("bij voorkeur in Leiden", "NL337"),
    ],
)
def test_words_around_a_name_are_left_off(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twente", "NL213"),
        ("de Achterhoek", "NL225"),
        ("Brainport", "NL414"),
        ("Drechtsteden", "NL33A"),
        ("Haaglanden", "NL332 NL333"),
        ("MRDH", "NL332 NL333 NL33C"),
        ("FoodValley", "NL221 NL31"),
        ("Randstad", "NL31 NL32 NL33"),
        ("Metropoolregio Amsterdam", "NL32 NL23"),
        ("Zeeuws-Vlaanderen", "NL341"),
        ("het Gooi", "NL327"),
        ("Kop van Noord-Holland", "NL321"),
        ("heel Benelux", "NL BE LU"),
        ("Oost-Gelderland", "NL22"),
        ("Noordoost Groningen", "NL11"),
        ("regio Arnhem-Zutphen", "NL226 NL225"),
    ],
)
def test_well_known_regions_are_the_smallest_codes_that_hold_them(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bergen (NH)", "NL328"),
        ("Bergen NH", "NL328"),
        ("Bergen (L.)", "NL421"),
        ("Bergen, Limburg", "NL421"),
        ("Hengelo", "NL213"),
        ("Hengelo (Ov)", "NL213"),
        ("Hengelo (Gld.)", "NL225"),
        ("Hengelo, Gelderland", "NL225"),
        ("Velp Gelderland", "NL226"),
        ("Limburg (BE)", "BE22"),
        ("Limburg (NL + B)", "NL42 BE22"),
        ("Hasselt (B)", "BE22"),
        ("België (Vlaanderen)", "BE2"),
        ("Onbekendeveen (Drenthe)", "NL13"),
    ],
)
def test_what_is_added_tells_which_place_of_that_name(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text", ["Bergen", "Velp", "Hasselt", "Midden-Nederland", "Kempen", "FR", "B", "niet online"]
)
def test_a_name_with_several_meanings_is_not_guessed(text: str) -> None:
    assert read_places(text) == NamedPlaces((), online=False, unknown=(text,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amersfoort en Utrecht", "NL31"),
        ("Utrecht, Flevoland", "NL31 NL23"),
        ("Groningen; Friesland; Drenthe", "NL11 NL12 NL13"),
        ("Groningen, Friesland & Drenthe", "NL11 NL12 NL13"),
        ("Zwolle/Kampen/Meppel", "NL211 NL133"),
        ("Twente + Achterhoek", "NL213 NL225"),
        ("Breda of Roosendaal", "NL411"),
        ("Utrecht\n- Almere\n- Ede", "NL31 NL23 NL221"),
        ("Nijmegen-Kleve", "NL226 DEA1B"),
        ("Vlaanderen – Nederland", "BE2 NL"),
        ("Noord- en Oost-Nederland", "NL1 NL2"),
        ("Noord- en Midden-Limburg", "NL421 NL422"),
        ("Noord en Oost Nederland", "NL1 NL2"),
        ("Tilburg, Gilze en Rijen en Breda", "NL412 NL411"),
        ("Enschede, Overijssel en Gelderland", "NL21 NL22"),
        ("Leeuwarden, landelijk", "NL"),
        ("GR, FR, DR", "NL11 NL12 NL13"),
        ("NL, BE, FR", "NL BE FR"),
        ("NL + B + D", "NL BE DE"),
        ("Utrecht\tAlmere", "NL31 NL23"),
    ],
)
def test_several_places_in_a_cell(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Delft, Zuid-Holland, Nederland", "NL333"), ("Eindhoven, the Netherlands", "NL414")],
)
def test_an_address_is_its_first_part(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("België", "BE"),
        ("Germany", "DE"),
        ("NL, BE, DE", "NL BE DE"),
        ("UK", "UK"),
        ("Flanders", "BE2"),
        ("Nordrhein-Westfalen", "DEA"),
        ("Antwerpen", "BE21"),
        ("Luik", "BE33"),
        ("regio Aken", "DEA2D"),
        ("Kleve (DE)", "DEA1B"),
        ("FR10", "FR10"),
    ],
)
def test_places_abroad(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("online", ()),
        ("op afstand", ()),
        ("Hybride", ()),
        ("ook online", ()),
        ("online mogelijk", ()),
        ("Zutphen of online", ("NL225",)),
        ("thuis of Assen", ("NL131",)),
        ("Amsterdam (hybride)", ("NL329",)),
        ("online (landelijk)", ("NL",)),
        ("NL remote", ("NL",)),
        ("online via Teams", ()),
        ("100% remote", ()),
    ],
)
def test_online_is_told_apart(text: str, expected: tuple[str, ...]) -> None:
    assert read_places(text) == NamedPlaces(expected, online=True, unknown=())


@pytest.mark.parametrize("text", ["", "  ", "-", "–", "n.v.t.", "?", "geen voorkeur", "anywhere"])
def test_no_place_is_nothing_and_no_fault(text: str) -> None:
    assert read_places(text) == NamedPlaces((), online=False, unknown=())


@pytest.mark.parametrize(
    "text", ["no", "be", "is", "it", "IT", "de", "best", "Mars", "5 km", "2026"]
)
def test_words_are_no_countries(text: str) -> None:
    assert not {len(code) for code in read_places(text).codes} & {2}


def test_what_is_not_known_is_told_beside_what_is() -> None:
    assert read_places("Utrecht, Atlantis en Zeeland") == NamedPlaces(
        ("NL31", "NL34"), online=False, unknown=("Atlantis",)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3511 AB", "NL31"),
        ("3511AB", "NL31"),
        ("3511", "NL31"),
        ("postcode 9711", "NL11"),
        ("1012", "NL32"),
        ("1315 AB", "NL23"),
        ("1381 AB Weesp", "NL32"),
        ("7255 AB Hengelo", "NL225"),
        ("1234 AB Nergenshuizen", "NL32"),
        ("Domplein 1, 3512 JC Utrecht", "NL31"),
    ],
)
def test_postcodes_are_read(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("text", ["3791 AB", "0999 AB", "3511 SS", "2026", "1999", "123", "12345"])
def test_what_may_be_no_postcode_or_crosses_a_border_is_not_guessed(text: str) -> None:
    assert read_places(text) == NamedPlaces((), online=False, unknown=(text,))


@pytest.mark.parametrize(
    "text", ["heel Nederland (behalve Limburg)", "niet in Zeeland", "buiten de Randstad"]
)
def test_what_leaves_a_place_out_is_not_read_as_that_place(text: str) -> None:
    assert read_places(text) == NamedPlaces((), online=False, unknown=(text,))


@pytest.mark.parametrize(
    ("text", "expected", "unknown"),
    [
        ("Utrecht Overvecht", ("NL31",), ("Overvecht",)),
        ("Den Haag Laakkwartier, Delft", ("NL332", "NL333"), ("Laakkwartier",)),
        ("Utrecht Almere", ("NL31", "NL23"), ()),
        ("Utrecht Niet", (), ("Utrecht Niet",)),
        ("Utrecht liever niet", (), ("Utrecht liever niet",)),
    ],
)
def test_a_city_stands_for_its_quarters(
    text: str, expected: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    assert read_places(text) == NamedPlaces(expected, online=False, unknown=unknown)


def test_a_long_text_is_no_list_of_places() -> None:
    text = "Wij werken vooral in Utrecht. " * 20
    assert len(text) > LONGEST
    assert read_places(text) == NamedPlaces((), online=False, unknown=(text.strip(),))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Amersfort", "Amersfoort"), ("Rotterdm", "Rotterdam"), ("Gelderlnd", "Gelderland")],
)
def test_a_typing_mistake_is_not_guessed_but_suggested(typed: str, meant: str) -> None:
    assert read_places(typed).codes == ()
    assert near(typed)[0] == meant


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("Bergen", ("Bergen (Noord-Holland)", "Bergen (Limburg)")),
        ("Hasselt", ("Hasselt (Overijssel)", "Hasselt (BE)")),
    ],
)
def test_all_places_of_one_name_are_suggested(name: str, places: tuple[str, ...]) -> None:
    assert near(name) == places


@pytest.mark.parametrize("name", [name for name, meaning in NAMES.items() if not meaning.codes])
def test_what_is_suggested_for_a_name_with_several_meanings_is_read(name: str) -> None:
    assert all(read_places(place).codes for place in near(name))


def test_nothing_is_suggested_for_what_is_far_from_all() -> None:
    assert near("Atlantis in the sea") == ()


@given(st.sampled_from(sorted(NAMES)))
def test_every_name_with_one_meaning_is_read(name: str) -> None:
    meaning = NAMES[name]
    if meaning.codes:
        assert read_places(name).codes == meaning.codes
        assert read_places(meaning.spelling.upper()).codes == meaning.codes


@given(st.text(max_size=60) | st.lists(st.sampled_from(sorted(NAMES)), max_size=5).map(" en ".join))
def test_any_text_is_read(text: str) -> None:
    found = read_places(text)
    assert all(as_code(code) == code for code in found.codes)
    assert outermost(found.codes) == found.codes
    assert all(piece.strip() for piece in found.unknown)
