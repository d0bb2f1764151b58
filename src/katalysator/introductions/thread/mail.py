"""Answers by mail: each letter of a thread has an address to answer to that only we can make, for one person and one thread.

An answer counts where it comes from the address of that person. What a program sends is left (RFC 3834): nobody answers
who is away, and no two programs write to each other for ever.
"""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.utils.translation import ngettext
from mailparser_reply import EmailReplyParser  # type: ignore[import-untyped]

from katalysator.cleaning import without_markup
from katalysator.coalition.models import Person
from katalysator.core.language import speaking
from katalysator.faults import InvalidInput, NotAllowed, gettext_noop as _
from katalysator.introductions.models import Introduction, ThreadMessage
from katalysator.introductions.thread.verbs import say
from katalysator.notices.sealed import is_ours, sealed, sealed_in

MARK: Final = "##- ◖◗ -##"
"""Stands in a letter above which one answers, however a mail program quotes it."""
_ABOUT: Final = "thread"
_READ: Final = EmailReplyParser(languages=["nl", "en"])
_LONGEST: Final = 6_000
"""In more characters nobody looks for what they answer: they are too many for a message, and made to be so it takes long."""
_WROTE: Final = ("schreef", "geschreven", "wrote")
_ON: Final = ("Op ", "On ")
_NUMBERS: Final = 2  # in an address of a thread: the introduction and the person
_BY_PROGRAM: Final = ("bulk", "junk", "list", "auto_reply")


def reply_address(introduction: Introduction, person: Person) -> str:
    """Where this person answers to in this thread; nowhere where the settings name no address."""
    return sealed(
        settings.MAIL_THREADS, introduction.pk, person.pk, about=f"{_ABOUT} {person.email}"
    )


def thread_of(address: str) -> tuple[Introduction, Person]:
    """Of which thread and which person an address is. Raises InvalidInput for one that we never made, or not for this."""
    for numbers, seal in sealed_in(address):
        if len(numbers) != _NUMBERS:
            continue
        person = Person.objects.filter(pk=numbers[1], is_active=True).first()
        introduction = Introduction.objects.filter(pk=numbers[0]).first()
        if person and introduction and is_ours(numbers, seal, about=f"{_ABOUT} {person.email}"):
            return introduction, person
    raise InvalidInput(
        "no-thread",
        _("Nobody gets mail at this address."),
        hint=_("Answer to the newest letter, or on the page of the introduction."),
    )


def take_in(content: bytes, to: str) -> ThreadMessage | None:
    """Put an answer that came to an address of ours in its thread; None where a program wrote it.

    The same mail counts once. Raises InvalidInput for an address that is not ours and for what says nothing,
    NotAllowed for another sender and for who is no party any more, and Conflict for a thread that is over.
    """
    introduction, person = thread_of(to)
    mail = message_from_bytes(content, _class=EmailMessage, policy=default)
    if _is_of_a_program(mail):
        return None
    if parseaddr(str(mail.get("From", "")))[1].casefold() != person.email.casefold():
        raise NotAllowed(
            "other-sender",
            _("This address is for answers of somebody else."),
            hint=_("Answer from the address at which you got the letter, or on the page."),
        )
    name = str(mail.get("Message-ID", "")).encode() or content
    text = _with_what_was_left_out(_said(mail), mail, person)
    return say(introduction, by=person, text=text, mail_id=sha256(name).hexdigest())


def _is_of_a_program(mail: EmailMessage) -> bool:
    """Whether no person wrote it: an automatic answer, a list, or a report that comes from nobody."""
    answered = str(mail.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    precedence = str(mail.get("Precedence", "")).strip().lower()
    is_report = mail.get_content_type() == "multipart/report" or mail.get("Return-Path") == "<>"
    return answered != "no" or precedence in _BY_PROGRAM or is_report or "List-Id" in mail


def _said(mail: EmailMessage) -> str:
    """What somebody wrote, without the letter that it answers."""
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError):
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if part.get_content_subtype() == "html":
        text = without_markup(text)
    above, mark, _below = text.replace("\r\n", "\n").partition(MARK)
    if mark:
        above = above.rpartition("\n")[0]  # the mark may stand behind a sign of quoting
    if len(above) > _LONGEST:
        return above
    unquoted = "\n".join(line for line in above.split("\n") if not line.startswith(">"))
    return _without_introduction(_READ.parse_reply("\n" + unquoted.rstrip()) or "")


def _without_introduction(text: str) -> str:
    """A text without the “Op … schreef …:” that stands, in one to three lines, before what is quoted."""
    lines = text.strip().split("\n")
    for count in (1, 2, 3):
        last = lines[-count:]
        begins, ends = last[0].startswith(_ON), last[-1].rstrip().endswith(":")
        if begins and ends and any(word in " ".join(last) for word in _WROTE):
            return "\n".join(lines[:-count]).strip()
    return "\n".join(lines)


def _with_what_was_left_out(text: str, mail: EmailMessage, person: Person) -> str:
    """The text, with a word of files that do not come along."""
    count = sum(1 for _each in mail.iter_attachments()) if text and mail.is_multipart() else 0
    if not count:
        return text
    with speaking(person.language):
        told = ngettext(
            "(%(n)s file did not come along: share it otherwise.)",
            "(%(n)s files did not come along: share them otherwise.)",
            count,
        )
    return f"{text}\n\n{told % {'n': count}}"
