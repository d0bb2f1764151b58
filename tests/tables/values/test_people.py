import pytest
from hypothesis import given, strategies as st

from katalysator.tables.values.people import Contacts, read_contacts


@pytest.mark.parametrize(
    "text",
    [
        *(
            "jan@example.org",
            "jan@EXAMPLE.org",
            "mailto:jan@example.org",
            "Jan de Vries <jan@example.org>",
        ),
        *(
            "jan [at] example.org",
            "Jan (jan@example.org).",
            "e-mail: jan@example.org",
            "“jan@example.org”",
        ),
    ],
)
def test_an_email_address_is_found_in_its_wrapping(text: str) -> None:
    assert read_contacts(text).emails == ("jan@example.org",)


@pytest.mark.parametrize("between", ["; ", ", ", " / ", "/", " en ", "\n", " "])
def test_several_addresses_are_found_each_once(between: str) -> None:
    text = between.join(("jan@example.org", "an.de.vries+ai@zorg.example.nl", "jan@example.org"))
    assert read_contacts(text).emails == ("jan@example.org", "an.de.vries+ai@zorg.example.nl")


@pytest.mark.parametrize(
    "text", ["@jan", "jan@", "jan @ kantoor", "jan@kantoor", "a@b@c.nl", "5 @ € 10"]
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert read_contacts(text).emails == ()


@pytest.mark.parametrize(
    "text",
    [
        "06-12345678",
        "0612345678",
        "06 1234 5678",
        "+31 6 12345678",
        "0031612345678",
        "(06) 12 34 56 78",
        "Jan, 06-12345678",
    ],
)
def test_a_telephone_number_is_found_in_many_notations(text: str) -> None:
    assert read_contacts(text).telephones == ("+31612345678",)


def test_numbers_of_other_countries_have_their_code() -> None:
    assert read_contacts("030-2345678 of +49 30 123456").telephones == (
        "+31302345678",
        "+4930123456",
    )


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1.250.000,50",
            "10.000 - 15.000",
            "01-09-2026",
            "2026-09-01 10:00",
            "01-09-2026 13:00",
            "20260901",
        ),
        *(
            "1-9-2026 t/m 31-1-2027",
            "KvK 30123456",
            "NL91ABNA0417164300",
            "0800-1234",
            "14 030",
            "3511 AB",
        ),
    ],
)
def test_amounts_days_and_codes_are_no_telephone_numbers(text: str) -> None:
    assert read_contacts(text) == Contacts()


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("https://example.org/a?b=1", ("https://example.org/a?b=1",)),
        ("zie www.example.org.", ("www.example.org",)),
        ("example.nl, sub.example.eu/pad", ("example.nl", "sub.example.eu/pad")),
        ("jan@example.nl", ()),
        ("o.a. bijv. n.v.t.", ()),
        ("http://", ()),
        ("http://[", ()),
    ],
)
def test_web_addresses_are_found(text: str, sites: tuple[str, ...]) -> None:
    assert read_contacts(text).websites == sites


def test_a_web_address_alone_is_nothing_personal() -> None:
    assert not read_contacts("www.example.org").personal
    assert read_contacts("jan@example.org").personal
    assert read_contacts("06-12345678").personal


@given(st.text("ab@.-:/[]<> 0123456789+", max_size=40) | st.text())
def test_any_text_is_read(text: str) -> None:
    found = read_contacts(text)
    assert all("@" in address for address in found.emails)
    assert all(number.startswith("+") for number in found.telephones)
