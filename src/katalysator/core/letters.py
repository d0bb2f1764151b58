"""Letters by mail: a template in the reader's language, whose first line is the subject.

Background jobs send them, so that a letter goes out when its deed is committed, and again where the mail
server was away. A job is queued with numbers only: whose address it is, is asked when it is sent.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from katalysator.core.language import speaking


def send(template: str, to: str, language: str, **shown: Any) -> None:
    """Send one letter. Raises what the mail server raises: the job is tried again."""
    letter(template, to, language, **shown).send()


def letter(template: str, to: str, language: str, **shown: Any) -> EmailMessage:
    """One letter, to attach something to before it is sent."""
    with speaking(language):
        text = render_to_string(template, {**shown, "home": address("home")})
    subject, _blank, body = text.strip().partition("\n")
    named = render_to_string("letters/subject.txt", {"subject": subject.strip()})
    mail = EmailMessage(named.strip(), body.strip(), to=[to])
    mail.extra_headers["Auto-Submitted"] = (
        "auto-generated"  # RFC 3834: nobody answers that they are away
    )
    return mail


def address(name: str, *arguments: object) -> str:
    """A page by its name, in the active language, as a letter has it: with the address of the site."""
    return settings.ADDRESS + reverse(name, args=arguments)
