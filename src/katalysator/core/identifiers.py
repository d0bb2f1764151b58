"""Public identifiers of organisations: KvK, RSIN, ROR and LEI.

Every `parse_…` takes what people paste (spaces, dots, capitals, whole addresses) and returns the
one canonical form that is stored. Whether the organisation exists is for its register to say.
The check digits are three lines of arithmetic; python-stdnum has neither KvK, RSIN nor ROR.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop

RSIN_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
ROR_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o and u."""

_ROR_ADDRESS: Final = re.compile(r"^((https?://)?(www\.)?ror\.org/|ror:)", re.IGNORECASE)


class IdentifierError(InvalidInput, ValueError):
    """The text is not an identifier of the kind that was asked for."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A kind of identifier: its name for people, its parser and where its register shows it."""

    label: str
    parse: Callable[[str], str]
    url_pattern: str | None

    def url(self, value: str) -> str | None:
        """Return the page of `value` in its register; None where the register has no open pages."""
        return self.url_pattern.format(value) if self.url_pattern else None


def parse_kvk(text: str) -> str:
    """Read a number of the Dutch trade register: eight digits.

    The register publishes no check digit, so a typing mistake of one digit cannot be seen here.
    """
    number = _without_separators(text)
    if not re.fullmatch("[0-9]{8}", number):
        raise IdentifierError(
            "kvk-format",
            gettext_noop("“%(text)s” is not a KvK number: that has eight digits."),
            hint=gettext_noop("Check whether a spreadsheet dropped the zero in front."),
            text=text,
        )
    return number


def parse_rsin(text: str) -> str:
    """Read an RSIN, the number of a legal person: nine digits that pass the elfproef.

    A citizen service number (BSN) has the same form and check; do not use one as an RSIN.
    """
    number = _without_separators(text)
    if not re.fullmatch("[0-9]{9}", number):
        raise IdentifierError(
            "rsin-format",
            gettext_noop("“%(text)s” is not an RSIN: that has nine digits."),
            hint=gettext_noop("Check whether a spreadsheet dropped the zero in front."),
            text=text,
        )
    if not _passes_elfproef(number):
        raise IdentifierError(
            "rsin-check",
            gettext_noop("“%(text)s” is not an RSIN: the digits do not pass the check (elfproef)."),
            hint=gettext_noop("Look for a mistyped digit, or two that changed places."),
            text=text,
        )
    return number


def parse_ror(text: str) -> str:
    """Read an identifier of the Research Organization Registry, bare or as a ror.org address.

    Nine characters: a zero, six of base 32, and two check digits (ISO 7064 MOD 97-10).
    """
    number = _ROR_ADDRESS.sub("", text.strip()).rstrip("/").lower()
    if not re.fullmatch(f"0[{ROR_ALPHABET}]{{6}}[0-9]{{2}}", number):
        raise IdentifierError(
            "ror-format",
            gettext_noop("“%(text)s” is not a ROR identifier."),
            hint=gettext_noop(
                "It has nine characters: a zero, six letters or digits (no i, l, o or u) and two "
                "digits. Copy it from the page of the organisation on ror.org."
            ),
            text=text,
        )
    if _check_digits(_base_32(number[:7])) != number[7:]:
        raise _wrong_check_digits("ror-check", text)
    return number


def parse_lei(text: str) -> str:
    """Read a Legal Entity Identifier (ISO 17442): eighteen characters and two check digits."""
    number = _without_separators(text).upper()
    if not re.fullmatch("[0-9A-Z]{18}[0-9]{2}", number):
        raise IdentifierError(
            "lei-format",
            gettext_noop("“%(text)s” is not an LEI: that has 18 letters or digits and two digits."),
            hint=gettext_noop("Look it up on search.gleif.org."),
            text=text,
        )
    if _check_digits(_letters_as_numbers(number[:18])) != number[18:]:
        raise _wrong_check_digits("lei-check", text)
    return number


IDENTIFIERS: Final[Mapping[str, Identifier]] = MappingProxyType(
    {
        "kvk": Identifier(
            gettext_noop("KvK number"), parse_kvk, "https://www.kvk.nl/bestellen/?kvknummer={}"
        ),
        "rsin": Identifier(gettext_noop("RSIN"), parse_rsin, None),
        "ror": Identifier(gettext_noop("ROR identifier"), parse_ror, "https://ror.org/{}"),
        "lei": Identifier(gettext_noop("LEI"), parse_lei, "https://search.gleif.org/#/record/{}"),
    }
)


def _without_separators(text: str) -> str:
    return re.sub(r"[\s.-]", "", text)


def _passes_elfproef(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(RSIN_WEIGHTS, number, strict=True))
    return total % 11 == 0 and int(number) > 0


def _check_digits(value: int) -> str:
    """Return the two digits of ISO 7064 MOD 97-10, from 02 to 98."""
    return f"{98 - value * 100 % 97:02d}"


def _base_32(text: str) -> int:
    value = 0
    for character in text:
        value = value * 32 + ROR_ALPHABET.index(character)
    return value


def _letters_as_numbers(number: str) -> int:
    return int("".join(str(int(character, 36)) for character in number))


def _wrong_check_digits(code: str, text: str) -> IdentifierError:
    return IdentifierError(
        code,
        gettext_noop("“%(text)s” has a typing mistake: its last two digits do not fit the rest."),
        hint=gettext_noop("Copy it again from the register."),
        text=text,
    )
