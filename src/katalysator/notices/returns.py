"""Letters that come back: each goes out with a return address that only we can make, so that nobody forges one.

What comes back is a report (RFC 3464) with a status (RFC 3463), read by the standard library.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses
from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model

from katalysator.notices.kinds import Addressee
from katalysator.notices.sealed import is_ours, sealed, sealed_in

_TO: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_ABOUT: Final = "return"
_STATUS: Final = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
_PASSES: Final = ("5.2.2", "5.3.", "5.7.")
"""What is called permanent and passes by itself: a full mailbox, a server in trouble, a letter taken for spam."""


class ReturnedLetter(NamedTuple):
    """Whose letter came back, and with which status."""

    person: Addressee
    status: str


def return_address(person: Addressee) -> str:
    """Where a letter to this person comes back to; nowhere of its own where the settings name no address."""
    return sealed(settings.MAIL_BOUNCES, person.pk, about=f"{_ABOUT} {person.email}")


def is_for_good(status: str) -> bool:
    """Whether letters will never arrive there."""
    return status.startswith("5.") and not status.startswith(_PASSES)


def read_return(content: bytes, to: str = "") -> ReturnedLetter | None:
    """What came back; None for what is no report of ours: forged, of an address that was changed, or something else.

    `to` is the address to which it came, where the mail server says so.
    """
    message = message_from_bytes(content, _class=EmailMessage, policy=default)
    status = next(_statuses(message), None)
    person = _person_of(" ".join([to, *_addresses(message)]))
    return ReturnedLetter(person, status) if person and status else None


def _addresses(message: EmailMessage) -> Iterator[str]:
    for name in _TO:
        for _shown, address in getaddresses(message.get_all(name, [])):
            yield address


def _statuses(message: Message) -> Iterator[str]:
    """The statuses of those that were not delivered, in a report of deliveries."""
    if message.get_content_type() != "multipart/report":
        return
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for facts in part.get_payload():
                if isinstance(facts, Message) and _failed(facts):
                    yield from _STATUS.findall(str(facts.get("Status", "")))[:1]


def _failed(facts: Message) -> bool:
    return str(facts.get("Action", "")).strip().lower() in ("failed", "delayed")


def _person_of(addresses: str) -> Addressee | None:
    """Whose letter it was; nobody's whose address was changed since."""
    for numbers, seal in sealed_in(addresses):
        person = get_user_model()._default_manager.filter(pk=numbers[0]).first()
        if person and is_ours((person.pk,), seal, about=f"{_ABOUT} {person.email}"):
            return person
    return None
