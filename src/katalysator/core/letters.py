"""Letters by mail: a template in the reader's language, whose first line is the subject.

Background jobs send them, so that a letter goes out when its deed is committed, and again where the mail
server was away. A job is queued with numbers only: whose address it is, is asked when it is sent. To who has
an account a room writes through `notices`, where people choose what they get.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from katalysator.core.language import speaking


class Attachment(NamedTuple):
    """What comes with a letter: a name, what it holds, and of which type that is."""

    name: str
    content: str
    mime: str


class Letter(NamedTuple):
    """What is written: one line that says what it is about, and the text."""

    subject: str
    text: str


def written(template: str, language: str, **shown: Any) -> Letter:
    """A letter in a language."""
    with speaking(language):
        text = render_to_string(template, {**shown, "home": address("home")})
    subject, _blank, body = text.strip().partition("\n")
    return Letter(subject.strip(), body.strip())


def post(
    letter: Letter,
    to: str,
    headers: Mapping[str, str] | None = None,
    *,
    comes_back_to: str = "",
    attached: Attachment | None = None,
) -> None:
    """Send what is written, with what is `attached`; what cannot be delivered comes back to an address of its own.

    Raises what the mail server raises: the job is tried again.
    """
    subject = render_to_string("letters/subject.txt", {"subject": letter.subject}).strip()
    # RFC 3834: nobody answers that they are away
    told = {"Auto-Submitted": "auto-generated", **(headers or {})}
    if comes_back_to:
        told["From"] = settings.DEFAULT_FROM_EMAIL
    mail = EmailMessage(subject, letter.text, comes_back_to or None, to=[to], headers=told)
    if attached:
        mail.attach(*attached)
    mail.send()


def send(template: str, to: str, language: str, **shown: Any) -> None:
    """Write one letter and send it; see `post`."""
    post(written(template, language, **shown), to)


def address(name: str, *arguments: object) -> str:
    """A page by its name, in the active language, as a letter has it: with the address of the site."""
    return settings.ADDRESS + reverse(name, args=arguments)
