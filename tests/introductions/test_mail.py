"""Answers by mail land in their thread; forged ones, loops and what says nothing do not."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings
from hypothesis import given, strategies as st

from katalysator.coalition.models import Organisation, Person
from katalysator.faults import Conflict, InvalidInput, KatalysatorError, NotAllowed
from katalysator.introductions import tasks, together
from katalysator.introductions.models import Introduction, ThreadMessage
from katalysator.introductions.thread.mail import MARK, reply_address, take_in
from katalysator.introductions.thread.verbs import say
from katalysator.listings.models import Listing
from katalysator.notices.returns import return_address
from katalysator.running.mailbox import opened, received
from tests import builders
from tests.core.apart import apart, clear
from tests.introductions.steps import Pair, fresh
from tests.ports import free_port

pytestmark = pytest.mark.django_db

THREADS = "gesprek@coalitie.example"
QUOTED = f"> Hello,\n>\n> {MARK} Answer above this line, or on the page.\n>\n> Wanneer bellen we?\n"


@pytest.fixture(autouse=True)
def threads() -> Iterator[None]:
    with override_settings(MAIL_THREADS=THREADS, MAIL_BOUNCES="terug@coalitie.example"):
        yield


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


def answer(by: Person, text: str, *, kind: str = "plain", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"], made["Message-ID"] = f"Voorbeeld <{by.email}>", make_msgid(domain="example.org")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text, subtype=kind)
    return made.as_bytes()


def texts() -> list[str]:
    return list(ThreadMessage.objects.values_list("text", flat=True))


class TestTheWayRound:
    def test_a_letter_says_where_it_is_answered(self, pair: Pair) -> None:
        said = say(pair.introduced(), by=pair.asker, text="Wanneer bellen we?")
        tasks.tell_message(said.pk)
        (letter,) = mail.outbox
        to = reply_address(said.introduction, pair.giver)
        assert letter.extra_headers["Reply-To"] == to
        assert MARK in str(letter.body)
        take_in(answer(pair.giver, f"Donderdag om drie uur.\n\n{QUOTED}"), to)
        assert texts() == ["Wanneer bellen we?", "Donderdag om drie uur."]
        newest = ThreadMessage.objects.last()
        assert newest is not None
        assert (newest.author, newest.party) == (
            pair.giver,
            Pair.of(newest.introduction, pair.giver),
        )

    def test_without_an_address_of_ours_nothing_is_said_of_it(self, pair: Pair) -> None:
        said = say(pair.introduced(), by=pair.asker, text="Hallo")
        with override_settings(MAIL_THREADS=""):
            tasks.tell_message(said.pk)
        assert "Reply-To" not in mail.outbox[0].extra_headers
        assert MARK not in str(mail.outbox[0].body)

    @pytest.mark.parametrize(
        "written",
        [
            f"Donderdag.\n\nOp vr 27 nov 2026 om 10:00 schreef Voorbeeldcoalitie <{THREADS}>:\n{QUOTED}",
            f"Donderdag.\n\nOp 27 nov 2026 om 10:00 heeft Voorbeeldcoalitie\n<{THREADS}> het volgende geschreven:\n{QUOTED}",
            f"Donderdag.\n\nOn Fri, Nov 27, 2026 at 10:00 AM Coalition <{THREADS}> wrote:\n\n{QUOTED}",
            f"Donderdag.\r\n\r\nOn Fri, Nov 27, 2026 Coalition wrote:\r\n> {MARK} Answer above\r\n> Hallo\r\n",
            f"Donderdag.\n\nVan: Coalitie <{THREADS}>\nVerzonden: vrijdag 27 november 2026\nAan: X\nOnderwerp: een bericht\n\n{MARK} Answer above\n\nHallo",
            "Donderdag.\n",
        ],
    )
    def test_what_it_answers_is_left_out(self, pair: Pair, written: str) -> None:
        made = pair.introduced()
        take_in(answer(pair.giver, written), reply_address(made, pair.giver))
        assert texts() == ["Donderdag."]

    def test_html_and_files(self, pair: Pair) -> None:
        made, whole = pair.introduced(), EmailMessage()
        whole["From"] = pair.giver.email
        whole.set_content("<p>Zie de <b>bijlage</b>.</p><script>alert(1)</script>", subtype="html")
        whole.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="x.pdf")
        take_in(whole.as_bytes(), reply_address(made, pair.giver))
        (text,) = texts()
        assert text.startswith("Zie de bijlage.")
        assert "alert" not in text
        assert "1" in text.splitlines()[-1]

    def test_the_same_mail_counts_once(self, pair: Pair) -> None:
        made = pair.introduced()
        same = answer(pair.giver, "Donderdag.")
        for _ in range(3):
            take_in(same, reply_address(made, pair.giver))
        assert texts() == ["Donderdag."]


class TestWhatIsRefused:
    def test_an_address_that_we_never_made(self, pair: Pair) -> None:
        made = pair.introduced()
        ours = reply_address(made, pair.giver)
        wrong = [
            ours.replace("gesprek+", "gesprek+9"),
            ours[: ours.index("@") - 1]
            + ("0" if ours[ours.index("@") - 1] != "0" else "1")
            + "@coalitie.example",
            f"gesprek+{made.pk}-{pair.giver.pk}-{'0' * 24}@coalitie.example",
            "gesprek@coalitie.example",
            "",
        ]
        for address in wrong:
            with pytest.raises(InvalidInput, match="Nobody gets mail"):
                take_in(answer(pair.giver, "Donderdag."), address)
        assert texts() == []

    def test_an_address_of_a_letter_that_came_back(self, pair: Pair) -> None:
        with pytest.raises(InvalidInput):
            take_in(answer(pair.giver, "Donderdag."), return_address(pair.giver))

    def test_another_sender(self, pair: Pair) -> None:
        to = reply_address(pair.introduced(), pair.giver)
        for by in (pair.asker, builders.person()):
            with pytest.raises(NotAllowed, match="somebody else"):
                take_in(answer(by, "Ik ben het niet."), to)

    def test_after_another_address_of_e_mail(self, pair: Pair) -> None:
        to = reply_address(pair.introduced(), pair.giver)
        Person.objects.filter(pk=pair.giver.pk).update(email="nieuw@gever.example")
        with pytest.raises(InvalidInput):
            take_in(answer(pair.giver, "Donderdag."), to)

    def test_who_left_and_what_is_over(self, pair: Pair) -> None:
        made = pair.introduced()
        together.stop(made, by=pair.giver, reason="time")
        with pytest.raises(NotAllowed):
            take_in(answer(pair.giver, "Toch nog."), reply_address(made, pair.giver))
        with pytest.raises(Conflict, match="over"):
            take_in(answer(pair.asker, "Jammer."), reply_address(made, pair.asker))

    def test_before_all_said_yes(self, pair: Pair) -> None:
        made = pair.proposed()
        with pytest.raises(KatalysatorError):
            take_in(answer(pair.giver, "Wie ben je?"), reply_address(made, pair.giver))

    def test_what_says_nothing_and_too_much(self, pair: Pair) -> None:
        to = reply_address(pair.introduced(), pair.giver)
        for text in ("", "\n\n", QUOTED, "x" * 5_001, "Op schreef " * 90_000):
            with pytest.raises(InvalidInput):
                take_in(answer(pair.giver, text), to)

    @pytest.mark.parametrize(
        "headers",
        [
            {"Auto_Submitted": "auto-replied"},
            {"Auto_Submitted": "auto-generated; x=y"},
            {"Precedence": "bulk"},
            {"List_Id": "<lijst.example>"},
            {"Return_Path": "<>"},
        ],
    )
    def test_what_a_program_sends_is_left(self, pair: Pair, headers: dict[str, str]) -> None:
        to = reply_address(pair.introduced(), pair.giver)
        assert take_in(answer(pair.giver, "Ik ben met vakantie.", **headers), to) is None
        assert texts() == []

    def test_our_own_letters_that_are_sent_round_are_left(self, pair: Pair) -> None:
        made = pair.introduced()
        tasks.tell_message(say(made, by=pair.asker, text="Hallo").pk)
        own = mail.outbox[0].message().as_bytes()
        assert take_in(own, reply_address(made, pair.giver)) is None

    @given(st.binary(max_size=400))
    def test_whatever_the_bytes_are(self, content: bytes) -> None:
        assert received(
            content, "gesprek+1-1-000000000000000000000000@coalitie.example"
        ).startswith("550 5.1.1")


class TestTheMailbox:
    """A real mail client, by LMTP, on this machine."""

    @pytest.fixture
    def committed(self) -> Iterator[tuple[Pair, Introduction]]:
        def make() -> tuple[Pair, Introduction]:
            pair = Pair.new()
            return pair, pair.introduced()

        yield apart(make)[0]
        apart(_take_away)
        clear()

    def test_it_answers_each_mail_at_once(self, committed: Any) -> None:
        pair, made = committed
        box = opened("127.0.0.1", port := free_port())
        try:
            with smtplib.LMTP("127.0.0.1", port) as client:
                to = reply_address(made, pair.giver)
                client.sendmail(pair.giver.email, to, answer(pair.giver, "Donderdag."))
                assert apart(texts)[0] == ["Donderdag."]
                assert apart(lambda: fresh(made).state)[0] == "talking"
                for wrong, status in (("niemand@coalitie.example", 550), (to, 550)):
                    with pytest.raises(smtplib.SMTPDataError) as refused:
                        client.sendmail("x@y.example", wrong, answer(pair.asker, "Hallo."))
                    assert refused.value.smtp_code == status
        finally:
            box.stop()
        assert apart(texts)[0] == ["Donderdag."]


def _take_away() -> None:
    for kind in (Introduction, Listing, Organisation, Person):
        kind.objects.all().delete()
