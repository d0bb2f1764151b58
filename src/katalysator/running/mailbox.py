"""The mailbox of the site: a mail server hands over what comes in, by LMTP (RFC 2033), and hears at once what is refused."""

import logging
from threading import Event
from typing import Any, Final

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session
from asgiref.sync import sync_to_async
from django.db import close_old_connections

from katalysator.core.actors import POSTMAN
from katalysator.faults import Conflict, InvalidInput, KatalysatorError
from katalysator.introductions.thread.mail import take_in
from katalysator.notices.returns import read_return
from katalysator.notices.verbs import note_return

MOST: Final = 2_000_000  # bytes of a mail
_ACCEPTED: Final = "250 2.0.0 Taken in"
_LEFT: Final = "250 2.0.0 Left, as a program wrote it"
_ONE_AT_A_TIME: Final = "452 4.5.3 One recipient at a time"
_LATER: Final = "451 4.3.0 Try again later"

_log = logging.getLogger(__name__)


class Mailbox:
    """What a mail server says, and what we answer. Each mail has one recipient, so that each gets its own answer."""

    async def handle_RCPT(  # noqa: N802 — aiosmtpd's name
        self,
        server: LMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take one recipient, whose address is looked at when the mail is there."""
        if envelope.rcpt_tos:
            return _ONE_AT_A_TIME
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Ok"

    async def handle_DATA(  # noqa: N802
        self,
        server: LMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        """Put the mail where it belongs."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        answer: str = await sync_to_async(_in_own_connection)(content, envelope.rcpt_tos[0])
        return answer

    async def handle_exception(self, error: Exception) -> str:
        """Let the mail server keep what we could not take in, and try again: the database may be away."""
        _log.error("a mail could not be taken in", exc_info=error)
        return _LATER


def _in_own_connection(content: bytes, to: str) -> str:
    """The same in a thread that keeps no connection to the database."""
    try:
        return received(content, to)
    finally:
        close_old_connections()


def received(content: bytes, to: str) -> str:
    """What becomes of a mail, as an answer of the protocol: an answer in its thread, a letter that came back, or neither."""
    try:
        if came := read_return(content, to):
            note_return(came.person, came.status, by=POSTMAN)
            return _ACCEPTED
        return _ACCEPTED if take_in(content, to) else _LEFT
    except KatalysatorError as fault:
        return f"550 {_status(fault)} {_one_line(str(fault))}"


def _status(fault: KatalysatorError) -> str:
    """The enhanced status (RFC 3463): no such address, not allowed, or not taken."""
    if isinstance(fault, InvalidInput):
        return "5.1.1" if fault.code == "no-thread" else "5.6.0"
    return "5.6.0" if isinstance(fault, Conflict) else "5.7.1"


def _one_line(text: str) -> str:
    """A sentence as the protocol can say it: in one line, in ASCII."""
    return " ".join(text.split()).encode("ascii", "replace").decode()[:400]


class MailboxController(Controller):
    """Opens the mailbox on a port of this machine, in a thread of its own."""

    def factory(self) -> LMTP:
        """One conversation with a mail server."""
        return LMTP(self.handler, data_size_limit=MOST, ident="Katalysator", loop=self.loop)


def opened(host: str, port: int) -> Any:
    """The mailbox, open till it is stopped. Raises OSError where the port is taken."""
    controller = MailboxController(Mailbox(), hostname=host, port=port)
    controller.start()
    return controller


def serve(host: str, port: int) -> None:
    """Take mail in until we are told to end."""
    controller = opened(host, port)
    try:
        Event().wait()
    finally:
        controller.stop()
