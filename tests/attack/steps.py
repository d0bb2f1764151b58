"""What an attacker does in more tests than one."""

import io
import re
import zipfile
from typing import Any, cast

from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from katalysator.coalition.models import Person
from tests import builders

BACKEND = "katalysator.site.accounts.backend.PersonBackend"
WRONG = "dit-is-niet-het-woord"


def inside(person: Person, **how: Any) -> Client:
    """A browser in which this person is logged in."""
    client = Client(**how)
    client.force_login(person, backend=BACKEND)
    return client


def text_of(body: bytes) -> str:
    """What an answer says; of an archive, what all that is in it says; of a PDF, what is read on it."""
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def log_in(email: str, password: str, *, client: Client | None = None, **headers: str) -> bool:
    """Whether the log-in page lets in who types this."""
    typed = {"login": email, "password": password}
    answer = (client or Client()).post("/en/account/login/", typed, **headers)  # type: ignore[arg-type]
    assert answer.status_code in (200, 302, 429)
    return answer.status_code == 302 and not answer.url.startswith("/en/account/inactive/")  # type: ignore[attr-defined]


def guess(email: str, times: int, **headers: str) -> None:
    """Type wrong passwords, each time as somebody who was never here."""
    for _ in range(times):
        assert not log_in(email, WRONG, client=None, **headers)


def ask_address(client: Client, email: str, password: str = builders.PASSWORD) -> HttpResponse:
    """Ask for another address on the page of the account."""
    typed = {"email": email, "password": password}
    return cast("HttpResponse", client.post("/en/account/email/", typed, follow=True))


def newest_mail() -> EmailMessage:
    """What was sent last."""
    return mail.outbox[-1]


def link_in(message: EmailMessage) -> str:
    """The path of the link in a mail."""
    (path,) = re.findall(
        r"http://testserver(/en/account/(?:email|password/reset/key)/\S+)", str(message.body)
    )
    return str(path)
