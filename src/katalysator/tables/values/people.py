"""How to reach somebody: e-mail addresses, telephone numbers and web addresses in a cell.

What an address is, email-validator and phonenumbers know; this only finds where one may stand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number


@dataclass(frozen=True, slots=True)
class Contacts:
    """What a cell tells of how to reach somebody, each once and in its order.

    Parameters
    ----------
    emails
        Addresses, their domains in small letters.
    telephones
        Numbers as E.164, such as +31612345678.
    websites
        Web addresses as they were written.

    """

    emails: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()

    @property
    def personal(self) -> bool:
        """Whether a person may be reached by it, so that it is not for everybody to see."""
        return bool(self.emails or self.telephones)


_COUNTRY: Final = "NL"
"""Whose numbers go without a country code."""
_AT: Final = re.compile(r"\s?[\[({]\s?(?:at|apenstaartje)\s?[\])}]\s?", re.IGNORECASE)
_SEPARATORS: Final = re.compile(r"""[\s;,<>()\[\]"“”„|]+|/(?=\S+@)|mailto:""", re.IGNORECASE)
_WEB_SEPARATORS: Final = re.compile(r"""[\s;<>"“”„|]+|,(?=\s|$)""")
_EDGES: Final = ".,:;!?'’‘*()"
_TIMES: Final = re.compile(r"(?<![0-9])[0-9]{1,2}[:.][0-9]{2}(?![0-9.-])")
_FEWEST_DIGITS: Final = 9  # of a number with its area: shorter ones are of services
_BARE_SITE: Final = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:nl|be|de|eu|com|org|net|info|nu|io|ai|academy|amsterdam|frl)(?:/\S*)?",
    re.IGNORECASE,
)


def read_contacts(text: str) -> Contacts:
    """The e-mail addresses, telephone numbers and web addresses in a cell.

    “jan [at] example.org”, “Jan <jan@example.org>” and “mailto:” are understood. Nothing is asked
    of the network.

    Notes
    -----
    Cost: some 50 µs for each that is found, some µs for other cells.

    """
    return Contacts(
        emails=tuple(dict.fromkeys(_emails(text))),
        telephones=tuple(dict.fromkeys(_telephones(text))),
        websites=tuple(dict.fromkeys(_websites(text))),
    )


def _emails(text: str) -> Iterator[str]:
    text = _AT.sub("@", text)
    if "@" not in text:
        return
    for piece in _SEPARATORS.split(text):
        if address := _email(piece.strip(_EDGES)):
            yield address


def _email(piece: str) -> str:
    """The address that the piece is; empty if it is none, or of no domain with a dot."""
    if "." not in piece.rpartition("@")[2] or piece.startswith("@"):
        return ""
    try:
        found = validate_email(piece, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        return ""
    return found.normalized


def _telephones(text: str) -> Iterator[str]:
    if sum(map(str.isdecimal, text)) < _FEWEST_DIGITS:
        return
    for found in PhoneNumberMatcher(_TIMES.sub("–:–", text), _COUNTRY):
        number = format_number(found.number, PhoneNumberFormat.E164)
        if sum(map(str.isdecimal, number)) > _FEWEST_DIGITS:
            yield number


def _websites(text: str) -> Iterator[str]:
    if "." not in text:
        return
    for piece in _WEB_SEPARATORS.split(text):
        address = piece.strip(_EDGES)
        if _is_site(address):
            yield address


def _is_site(address: str) -> bool:
    if re.match(r"https?://|www\.", address, re.IGNORECASE):
        return "." in (_host(address) or "")
    return bool(_BARE_SITE.fullmatch(address))


def _host(address: str) -> str | None:
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname
    except ValueError:  # brackets that hold no address
        return None
