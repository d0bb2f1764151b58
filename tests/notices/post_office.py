"""A real mail server on this machine, which keeps what it gets."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

from tests.ports import free_port

_SMTP = "django.core.mail.backends.smtp.EmailBackend"


class PostOffice:
    """Keeps each letter with the address that it is to go back to."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.returned_to: list[str] = []
        self.full: set[str] = set()

    async def handle_RCPT(  # noqa: N802 — aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take a letter to this address, or say why not."""
        if address in self.full:
            return "452 4.2.2 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a letter."""
        letter = message_from_bytes(envelope.content, _class=EmailMessage, policy=default)
        self.letters.append(letter)
        self.returned_to.append(envelope.mail_from)
        return "250 OK"


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open it, and let the house send its letters there."""
    office = PostOffice()
    port = free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND=_SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False
        ):
            yield office
    finally:
        controller.stop()
