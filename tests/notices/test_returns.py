"""Letters that come back: who gets no more of them, and that nobody can make it so for another."""

from collections.abc import Callable
from email.message import EmailMessage
from textwrap import dedent

import pytest
from django.core import mail
from django.test import override_settings

from katalysator.coalition.models import Person
from katalysator.coalition.tasks import STILL_CORRECT
from katalysator.coalition.verbs import ask_address, confirm_address
from katalysator.core import audit
from katalysator.core.actors import POSTMAN
from katalysator.core.models import Event
from katalysator.notices import verbs
from katalysator.notices.choices import gets_mail
from katalysator.notices.models import ReturnedMail
from katalysator.notices.returns import is_for_good, read_return, return_address
from katalysator.notices.writing import write
from tests import builders
from tests.attack.steps import inside
from tests.notices.post_office import post_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bounces() -> object:
    with override_settings(MAIL_BOUNCES="terug@coalitie.example"):
        yield


@pytest.fixture
def person() -> Person:
    return builders.person(email="lid@voorbeeld.example", language="en")


def report(to: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A report of deliveries, as mail servers write it."""
    return (
        dedent(f"""\
        From: MAILER-DAEMON@mail.example
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        This is the mail system.

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example

        Final-Recipient: rfc822; lid@voorbeeld.example
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 {status} not here

        --b--
        """)
        .replace("\n", "\r\n")
        .encode()
    )


def came_back(to: str, **how: str) -> None:
    found = read_return(report(to, **how))
    if found:
        verbs.note_return(found.person, found.status, by=POSTMAN)


def test_a_letter_goes_out_with_a_return_address_of_its_own(person: Person) -> None:
    with post_office() as office:
        write(STILL_CORRECT, person, "coalition/letters/still_correct.txt", organisation=None)
    assert office.returned_to == [return_address(person)]
    assert office.letters[0]["From"] == "katalysator@localhost"
    with override_settings(MAIL_BOUNCES=""):
        assert return_address(person) == ""


@pytest.mark.parametrize(
    ("status", "action", "stopped"),
    [
        ("5.1.1", "failed", True),
        ("5.1.10", "failed", True),
        ("5.4.4", "failed", True),
        ("5.2.2", "failed", False),  # full
        ("5.7.1", "failed", False),  # taken for spam
        ("4.2.2", "delayed", False),
        ("4.4.7", "failed", False),
    ],
)
def test_what_is_for_good_stops_all_letters(
    person: Person, status: str, action: str, stopped: bool
) -> None:
    came_back(return_address(person), status=status, action=action)
    assert gets_mail(person) != stopped
    write(STILL_CORRECT, person, "coalition/letters/still_correct.txt", organisation=None)
    assert len(mail.outbox) == (not stopped)
    event = Event.objects.get(verb="person.mail-returns")
    assert (event.system, event.after) == ("postman", {"status": status, "stopped": stopped})
    assert not audit.verify().broken


def test_what_passes_by_itself_counts_when_it_happens_often(person: Person) -> None:
    for times in range(1, 6):
        came_back(return_address(person), status="4.2.2", action="delayed")
        assert ReturnedMail.objects.get().times == times
    assert not gets_mail(person)


def test_the_person_sees_it_and_says_that_it_works_again(person: Person) -> None:
    came_back(return_address(person))
    client = inside(person)
    assert "comes back since" in client.get("/en/account/").content.decode()
    answer = client.post("/en/account/address-works/", follow=True).content.decode()
    assert "we send your letters there again" in answer
    assert gets_mail(person)


def test_the_bureau_sees_whom_to_ask_another_way(person: Person) -> None:
    came_back(return_address(person))
    page = inside(builders.person(is_coordinator=True)).get("/en/bureau/").content.decode()
    assert "Mail that comes back" in page
    assert person.email in page
    assert person.email not in inside(builders.person()).get("/en/account/").content.decode()


def test_another_address_begins_anew(person: Person) -> None:
    came_back(return_address(person))
    wish = ask_address(person, "nieuw@voorbeeld.example", by=person)
    confirm_address(person, asked=wish.pk, by=person)
    assert not ReturnedMail.objects.exists()


@pytest.mark.parametrize(
    "forged",
    [
        lambda person: "terug@coalitie.example",
        lambda person: f"terug+{person.pk}@coalitie.example",
        lambda person: f"terug+{person.pk}-{'0' * 24}@coalitie.example",
        lambda person: return_address(builders.person()).replace("+", f"+{person.pk}"),
        lambda person: f"terug+{'9' * 400}-{'a' * 24}@coalitie.example",
    ],
)
def test_a_forged_return_does_nothing(person: Person, forged: Callable[[Person], str]) -> None:
    came_back(forged(person))
    assert not ReturnedMail.objects.filter(person=person).exists()


def test_the_return_address_of_an_older_address_does_nothing(person: Person) -> None:
    before = return_address(person)
    Person.objects.filter(pk=person.pk).update(email="nieuw@voorbeeld.example")
    came_back(before)
    assert not ReturnedMail.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 50,
        b"To: x\r\n\r\nI am away until Monday.",
        b'Content-Type: multipart/report; boundary="b"\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nx',
        report("x@y.example", status="2.0.0", action="delivered"),
        report("x@y.example", status="vijf"),
    ],
)
def test_what_is_no_report_says_nothing(person: Person, content: bytes) -> None:
    assert read_return(content, return_address(person)) is None


def test_the_address_of_the_envelope_counts_where_the_mail_server_says_it(person: Person) -> None:
    found = read_return(report("iemand@elders.example"), return_address(person))
    assert found is not None
    assert (found.person, found.status) == (person, "5.1.1")
    assert is_for_good(found.status)


def test_a_reply_of_who_is_away_is_no_return(person: Person) -> None:
    reply = EmailMessage()
    reply["To"] = return_address(person)
    reply.set_content("Status: 5.1.1")
    assert read_return(reply.as_bytes()) is None
