import pytest
from hypothesis import given, strategies as st

from katalysator.tables.values.people import read_emails


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
    assert read_emails(text) == ("jan@example.org",)


@pytest.mark.parametrize("between", ["; ", ", ", " / ", "/", " en ", "\n", " "])
def test_several_addresses_are_found_each_once(between: str) -> None:
    text = between.join(("jan@example.org", "an.de.vries+ai@zorg.example.nl", "jan@example.org"))
    assert read_emails(text) == ("jan@example.org", "an.de.vries+ai@zorg.example.nl")


@pytest.mark.parametrize(
    "text", ["@jan", "jan@", "jan @ kantoor", "jan@kantoor", "a@b@c.nl", "5 @ € 10"]
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert read_emails(text) == ()


@pytest.mark.parametrize("text", ["", "06-12345678", "www.example.org", "01-09-2026", "€ 12.500"])
def test_what_is_no_address_gives_none(text: str) -> None:
    assert read_emails(text) == ()


@given(st.text("ab@.-:/[]<> 0123456789+", max_size=40) | st.text())
def test_any_text_is_read(text: str) -> None:
    assert all("@" in address for address in read_emails(text))
