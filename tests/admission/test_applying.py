"""From somebody who wants to take part to a participant with somebody who manages it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from katalysator.admission.models import Application
from katalysator.admission.tasks import (
    OVER_KEPT,
    UNPROVEN_KEPT,
    forget_old,
    tell_applicant,
    tell_bureau,
)
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.commitments.models import Commitment
from katalysator.core import audit
from katalysator.core.links import key_of
from katalysator.core.models import Event
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

APPLY = "/en/join/"
TYPED = {
    "name": "Voorbeeldbakkerij De Korst",
    "kind": "sme",
    "kvk": "1234 5678",
    "region": "NL31",
    "city": "Utrecht",
    "areas": ["retail"],
    "about": "Wij bakken brood en willen minder weggooien.",
    "text_language": "nl",
    "part": "on",
    "hours": "40",
    "hours_note": "hulp bij het meten",
    "motivation": "Samen leren.",
    "email": "Baas@voorbeeld.example",
}


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True)


def apply(**other: Any) -> Application:
    answer = Client().post(APPLY, TYPED | other)
    assert (answer.status_code, answer["Location"]) == (302, "/en/join/sent/")
    return Application.objects.latest("pk")


def errors(**other: Any) -> Any:
    answer = Client().post(APPLY, TYPED | other)
    assert answer.status_code == 422
    return answer.context["form"].errors


def own(application: Application, deed: str = "") -> str:
    return f"/en/join/{key_of(application)}/" + (f"{deed}/" if deed else "")


def walk(application: Application, *deeds: str) -> None:
    for deed in deeds:
        assert Client().post(own(application, deed)).status_code == 302


class TestApplying:
    def test_what_was_said_is_kept_and_the_trail_has_no_address(self) -> None:
        made = apply()
        assert (made.email, made.kvk, made.state) == ("baas@voorbeeld.example", "12345678", "sent")
        assert made.promises == {"part": [None, ""], "hours": [40, "hulp bij het meten"]}
        event = Event.objects.get(verb="application.apply")
        assert "email" in event.personal
        assert "voorbeeld.example" not in str(list(Event.objects.values()))

    def test_nobody_sees_it_before_the_link_is_followed(self, bureau: Person) -> None:
        made = apply()
        page = f"/en/bureau/applications/{made.pk}/"
        assert inside(bureau).get(page).status_code == 404
        assert Client().get(own(made)).status_code == 200
        assert Application.objects.get().state == "sent", (
            "reading confirms nothing: programs read too"
        )
        walk(made, "confirm")
        assert inside(bureau).get(page).status_code == 200

    def test_the_letter_has_the_link_that_works(self) -> None:
        made = apply()
        tell_applicant(made.pk)
        (letter,) = mail.outbox
        assert letter.to == ["baas@voorbeeld.example"]
        assert letter.subject == "Katalysator: confirm your application"
        (link,) = re.findall(r"http://localhost:8000(/en/join/\S+)", str(letter.body))
        assert Client().get(link).context["application"] == made

    def test_the_bureau_hears_of_it_when_it_waits(self, bureau: Person) -> None:
        made = apply()
        tell_bureau(made.pk)
        assert not mail.outbox
        walk(made, "confirm")
        tell_bureau(made.pk)
        assert [letter.to for letter in mail.outbox] == [[bureau.email]]
        assert f"/nl/bureau/applications/{made.pk}/" in mail.outbox[0].body

    @pytest.mark.parametrize(
        ("other", "at"),
        [
            ({"name": ""}, "name"),
            ({"name": "\u200b"}, "name"),
            ({"kind": "koekjes"}, "kind"),
            ({"kvk": "123"}, "kvk"),
            ({"email": "geen adres"}, "email"),
            ({"hours": "-3"}, "hours"),
            ({"money": "99999999999"}, "money"),
            ({"part": ""}, "part"),
            ({"region": "NL99"}, "region"),
            ({"website": "javascript:alert(1)"}, "website"),
            ({"about": "x" * 2_001}, "about"),
        ],
    )
    def test_bad_input_is_told_at_its_question_and_nothing_is_kept(
        self, other: dict[str, str], at: str
    ) -> None:
        assert list(errors(**other)) == [at]
        assert not Application.objects.exists()

    def test_who_takes_part_already_is_told_so(self) -> None:
        builders.organisation(kvk="12345678", name="Voorbeeldbakker")
        assert "takes part already" in str(errors())

    def test_a_form_that_is_sent_over_and_over_is_refused(self) -> None:
        for number in range(10):
            apply(kvk="", name=f"Voorbeeld {number}")
        assert Client().post(APPLY, TYPED).status_code == 429

    def test_a_link_that_is_not_ours_says_so(self) -> None:
        for key in ("x", key_of(apply())[:-1], key_of(apply()).replace(":", "%3A", 1)):
            answer = Client().get(f"/en/join/{key}/")
            assert answer.status_code in (200, 404)
            assert "Traceback" not in answer.content.decode()

    def test_who_applied_may_withdraw_and_nothing_goes_on(self, bureau: Person) -> None:
        made = apply()
        walk(made, "confirm", "withdraw")
        page = f"/en/bureau/applications/{made.pk}/admit/"
        answer = inside(bureau).post(page, {"organisation": ""}, follow=True)
        assert "not possible while the state is “Withdrawn”" in answer.content.decode()
        assert not Organisation.objects.exists()


class TestDeciding:
    @pytest.fixture
    def waiting(self) -> Application:
        made = apply()
        walk(made, "confirm")
        return made

    def test_admitted_it_takes_part_with_its_promises_and_a_manager(
        self, waiting: Application, bureau: Person
    ) -> None:
        page = f"/en/bureau/applications/{waiting.pk}/"
        answer = inside(bureau).post(f"{page}admit/", {"organisation": ""}, follow=True)
        assert "Admitted" in answer.content.decode()
        made = Organisation.objects.get(kvk="12345678")
        assert made.is_participant
        assert (made.slug, made.kind, made.city) == ("voorbeeldbakkerij-de-korst", "sme", "Utrecht")
        assert str(made.about) == TYPED["about"]
        assert [area.slug for area in made.areas.all()] == ["retail"]
        kinds = Commitment.objects.of(made).values_list("kind", "amount", "note")
        assert set(kinds) == {("part", None, ""), ("hours", 40, "hulp bij het meten")}
        manager = Membership.objects.get(organisation=made)
        assert (manager.person.email, manager.role) == ("baas@voorbeeld.example", "manager")
        assert not manager.person.has_usable_password()
        assert not audit.verify().broken

    def test_its_letter_says_how_to_log_in(self, waiting: Application, bureau: Person) -> None:
        inside(bureau).post(f"/en/bureau/applications/{waiting.pk}/admit/", {"organisation": ""})
        tell_applicant(waiting.pk)
        assert "http://localhost:8000/en/account/password/reset/" in mail.outbox[-1].body

    def test_a_record_of_the_directory_becomes_the_participant(self, bureau: Person) -> None:
        known = builders.organisation(
            name="De Korst", kvk="12345678", state="listed", city="Ede", other_names=["DK"]
        )
        made = apply()
        walk(made, "confirm")
        page = f"/en/bureau/applications/{made.pk}/"
        assert "De Korst" in inside(bureau).get(page).content.decode()
        inside(bureau).post(f"{page}admit/", {"organisation": known.pk})
        known.refresh_from_db()
        assert Organisation.objects.get() == known
        assert (known.name, known.is_participant, known.city) == ("De Korst", True, "Utrecht")
        assert known.other_names == ["DK", "Voorbeeldbakkerij De Korst"]

    @pytest.mark.parametrize(
        "facts",
        [
            {"name": "voorbeeldbakkerij  de KORST"},
            {"other_names": ["Voorbeeldbakkerij De Korst"]},
            {"website": "https://www.korst.example/over-ons"},
        ],
    )
    def test_records_that_look_alike_are_offered(
        self, facts: dict[str, Any], bureau: Person
    ) -> None:
        alike = builders.organisation(**({"state": "listed"} | facts))
        builders.organisation(
            name="Voorbeeldbakkerij De Korstjes", website="https://korst.example.nl"
        )
        made = apply(website="https://korst.example")
        walk(made, "confirm")
        page = inside(bureau).get(f"/en/bureau/applications/{made.pk}/")
        assert list(page.context["admit"].fields["organisation"].queryset) == [alike]

    def test_who_has_an_account_keeps_it(self, waiting: Application, bureau: Person) -> None:
        person = builders.person(email="baas@voorbeeld.example")
        inside(bureau).post(f"/en/bureau/applications/{waiting.pk}/admit/", {"organisation": ""})
        assert Membership.objects.get().person == person
        assert person.check_password(builders.PASSWORD)

    def test_two_of_one_name_have_two_addresses(self, bureau: Person) -> None:
        for kvk in ("11111111", "22222222"):
            made = apply(kvk=kvk)
            walk(made, "confirm")
            inside(bureau).post(f"/en/bureau/applications/{made.pk}/admit/", {"organisation": ""})
        slugs = set(Organisation.objects.values_list("slug", flat=True))
        assert slugs == {"voorbeeldbakkerij-de-korst", "voorbeeldbakkerij-de-korst-2"}

    def test_declining_needs_a_reason_which_goes_by_mail(
        self, waiting: Application, bureau: Person
    ) -> None:
        page = f"/en/bureau/applications/{waiting.pk}/decline/"
        assert inside(bureau).post(page, {"reason": " "}).status_code == 422
        inside(bureau).post(page, {"reason": "U bent nog niet begonnen."})
        tell_applicant(waiting.pk)
        assert "U bent nog niet begonnen." in mail.outbox[-1].body
        assert "U bent nog niet begonnen." in Client().get(own(waiting)).content.decode()

    def test_it_is_decided_once(self, waiting: Application, bureau: Person) -> None:
        page = f"/en/bureau/applications/{waiting.pk}/"
        inside(bureau).post(f"{page}admit/", {"organisation": ""})
        second = inside(bureau).post(f"{page}decline/", {"reason": "toch niet"})
        assert second.status_code == 302
        assert Application.objects.get().state == "admitted"


class TestForgetting:
    @pytest.mark.parametrize(
        ("deeds", "kept"),
        [((), UNPROVEN_KEPT), (("withdraw",), OVER_KEPT), (("confirm", "withdraw"), OVER_KEPT)],
    )
    def test_what_comes_to_nothing_is_thrown_away(
        self, deeds: tuple[str, ...], kept: timedelta
    ) -> None:
        made = apply()
        walk(made, *deeds)
        for age, left in ((kept - timedelta(hours=1), 1), (kept + timedelta(hours=1), 0)):
            Application.objects.update(moved_at=timezone.now() - age)
            forget_old(int(timezone.now().timestamp()))
            assert Application.objects.count() == left
        assert not audit.verify().broken

    def test_what_waits_is_kept(self) -> None:
        made = apply()
        walk(made, "confirm")
        Application.objects.update(moved_at=timezone.now() - timedelta(days=400))
        forget_old(int(timezone.now().timestamp()))
        assert Application.objects.count() == 1
