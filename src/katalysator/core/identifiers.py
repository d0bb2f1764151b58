"""Public identifiers of organisations, read from what people paste; the KvK number and that of ROR."""

import re
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop

_ROR_SIGNS: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # base 32 of Crockford


def parse_kvk(text: str) -> str:
    """Read a number of the Dutch trade register, with any spaces and dots: eight digits.

    The register publishes no check digit, so a typing mistake of one digit cannot be seen here.
    Whether the organisation exists is for the register to say.
    """
    number = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch("[0-9]{8}", number):
        raise InvalidInput(
            "kvk-format",
            gettext_noop("“%(text)s” is not a KvK number: that has eight digits."),
            hint=gettext_noop("Check whether a spreadsheet dropped the zero in front."),
            text=text,
        )
    return number


def parse_ror(text: str) -> str:
    """Read an identifier of the Research Organization Registry, also as its address: nine signs, the last two a check."""
    number = re.sub(r"^(https?://)?ror\.org/", "", text.strip().lower())
    if not re.fullmatch(f"0[{_ROR_SIGNS}]{{6}}[0-9]{{2}}", number) or not _is_checked(number):
        raise InvalidInput(
            "ror-format",
            gettext_noop("“%(text)s” is not a ROR number."),
            hint=gettext_noop("Copy it from ror.org, such as 04pp8hn57."),
            text=text,
        )
    return number


def _is_checked(number: str) -> bool:
    value = 0
    for sign in number[1:7]:
        value = value * 32 + _ROR_SIGNS.index(sign)
    return 98 - value * 100 % 97 == int(number[7:])
