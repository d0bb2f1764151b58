"""One letter to many: what each reads in it, that it can be stopped, and that nobody gets it twice."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from katalysator.bureau.mailing import verbs
from katalysator.bureau.models import Mailing, MailingLetter
from katalysator.bureau.tasks import FROM_BUREAU, let_mailings_go_out, post_mailing, write_letter
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core.actors import CLOCK
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.notices import verbs as letters
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

CHOSEN = "/en/bureau/participants/chosen/"
SAID = {
    "subject": {"nl": "Voor {organisatie}", "en": "For {organisation}"},
    "text": {"nl": "Dag {naam} in {plaats}: {pagina}", "en": "Hello {name} in {city}: {page}"},
}


@pytest.fixture
def people(three: list[Organisation]) -> list[Person]:
    """A manager of each, the second of whom reads Dutch, and a member of the first."""
    managers = [builders.person(language=each) for each in ("en", "nl", "en")]
    for manager, organisation in zip(managers, three, strict=True):
        Membership.objects.create(person=manager, organisation=organisation, role="manager")
    return [*managers, builders.person(three[0], language="en")]


def written(three: list[Organisation], by: Person, **said: object) -> Mailing:
    return verbs.write(three, by=by, **{**SAID, **said})  # type: ignore[arg-type]


def go_out(mailing: Mailing) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        let_mailings_go_out(0)
    for letter in MailingLetter.objects.filter(mailing=mailing).order_by("pk"):
        write_letter(letter.pk)


def test_each_reads_of_the_own_organisation_in_the_own_language(
    coordinator: Person, three: list[Organisation], people: list[Person]
) -> None:
    Membership.objects.filter(person=people[0]).update(name="Manager van A")
    mailing = verbs.send(written(three, coordinator), by=coordinator)
    go_out(mailing)
    got = {each.to[0]: each for each in mail.outbox}
    assert set(got) == {each.email for each in people[:3]}
    first, second = got[people[0].email], got[people[1].email]
    assert first.subject == "Katalysator: For Voorbeeld A"
    assert f"Hello Manager van A in {three[0].city}: " in first.body
    assert f"/en/organisations/{three[0].slug}/" in first.body
    assert second.subject == "Katalysator: Voor Voorbeeld B"
    assert "Dag Voorbeeld B" in second.body
    assert "List-Unsubscribe-Post" in first.extra_headers
    mailing.refresh_from_db()
    assert mailing.state == "sent"


def test_who_speaks_for_several_gets_one_and_everybody_means_everybody(
    coordinator: Person, three: list[Organisation], people: list[Person]
) -> None:
    Membership.objects.create(person=people[0], organisation=three[1], role="manager")
    assert written(three, coordinator).letters.count() == 3
    everybody = written(three, coordinator, managers_only=False)
    assert everybody.letters.count() == 4
    assert everybody.letters.get(person=people[0]).organisation == three[0]


def test_nobody_gets_it_before_its_time_after_it_was_stopped_or_twice(
    coordinator: Person, three: list[Organisation], people: list[Person]
) -> None:
    mailing = verbs.send(written(three, coordinator), by=coordinator)
    let_mailings_go_out(0)
    mailing.refresh_from_db()
    assert mailing.state == "waiting"
    verbs.stop(mailing, by=coordinator)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        let_mailings_go_out(0)
    post_mailing(mailing.pk)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.goes_at) == ("draft", None)
    assert mail.outbox == []
    verbs.send(mailing, by=coordinator)
    go_out(mailing)
    go_out(mailing)
    assert len(mail.outbox) == 3
    with pytest.raises(Conflict):
        verbs.stop(mailing, by=coordinator)


def test_the_jobs_follow_from_going_out(
    coordinator: Person, three: list[Organisation], people: list[Person]
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    mailing = verbs.send(written(three, coordinator), by=coordinator)
    Mailing.objects.update(goes_at=timezone.now())
    mailing.refresh_from_db()
    verbs.let_go_out(mailing, by=CLOCK)
    jobs = ProcrastinateJob.objects.filter(task_name="bureau.post")
    assert [each.args for each in jobs] == [{"mailing_id": mailing.pk}]


def test_who_wants_no_such_letters_or_is_shut_out_gets_none(
    coordinator: Person, three: list[Organisation], people: list[Person]
) -> None:
    mailing = verbs.send(written(three, coordinator), by=coordinator)
    letters.choose_letters(people[0], FROM_BUREAU, "never", by=people[0])
    Person.objects.filter(pk=people[1].pk).update(is_active=False)
    go_out(mailing)
    assert [each.to for each in mail.outbox] == [[people[2].email]]


@pytest.mark.parametrize(
    ("said", "place", "why"),
    [
        ({"subject": {}, "text": {}}, "", "at least one language"),
        ({"subject": {"nl": "Ja"}, "text": {"en": "Yes"}}, "", "a subject and a text"),
        ({"subject": {"en": "Yes {who}"}, "text": {"en": "Yes"}}, "subject_en", "“{who}”"),
        ({"subject": {"en": "Yes"}, "text": {"en": "{organisation.slug}"}}, "text_en", "Nobody knows"),
        ({"subject": {"en": "Yes"}, "text": {"en": "{}"}}, "text_en", "Nobody knows"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_refused_and_nothing_kept(
    said: dict[str, dict[str, str]], place: str, why: str, coordinator: Person,
    three: list[Organisation], people: list[Person],
) -> None:  # fmt: skip
    with pytest.raises(InvalidInput, match=why) as caught:
        written(three, coordinator, **said)
    assert not place or caught.value.where == (place,)
    assert not Mailing.objects.exists()


def test_braces_that_do_not_pair_are_text(
    coordinator: Person, three: list[Organisation], people: list[Person]
) -> None:
    said = {"subject": {"en": "Yes"}, "text": {"en": "a { b } } {{organisation}} c"}}
    said["text"]["en"] = "a } b { c"
    mailing = verbs.send(written(three, coordinator, **said), by=coordinator)
    go_out(mailing)
    assert all("a } b { c" in each.body for each in mail.outbox)


def test_only_the_bureau_writes_and_somebody_must_be_there(
    coordinator: Person, three: list[Organisation]
) -> None:
    with pytest.raises(InvalidInput, match="Nobody with an account"):
        written(three, coordinator)
    with pytest.raises(NotAllowed):
        written(three, builders.person(three[0]))


class TestPages:
    TYPED = {
        "which": "all", "deed": "letter", "sure": "yes", "to": "managers",
        "subject_en": "For {organisation}", "text_en": "Hello {name}",
    }  # fmt: skip

    def test_write_look_change_send_stop_throw_away(
        self, client: Client, three: list[Organisation], people: list[Person]
    ) -> None:
        asked = client.post(CHOSEN, {"which": "all", "deed": "letter"}).content.decode()
        assert "To people of 3 organisations." in asked
        assert "{organisation}, {name}, {city}, {page}" in asked
        refused = client.post(CHOSEN, {**self.TYPED, "text_en": "{x}"})
        assert refused.status_code == 422
        shown = client.post(CHOSEN, self.TYPED, follow=True).content.decode()
        assert "As somebody of Voorbeeld A reads it" in shown
        assert "Hello Voorbeeld A" in shown
        mailing = Mailing.objects.get()
        page = mailing.get_absolute_url()
        assert "Hello Voorbeeld B" in client.get(f"{page}?page=2").content.decode()
        form = client.get(f"{page}edit/").context["form"].initial
        client.post(f"{page}edit/", {**form, "text_en": "Bye {name}"})
        assert "Bye Voorbeeld A" in client.get(page).content.decode()
        stale = client.post(f"{page}edit/", {**form, "text_en": "Late"})
        assert stale.status_code == 422
        client.post(f"{page}send/")
        waiting = client.get(page).content.decode()
        assert "Stop it" in waiting
        assert "Change it" not in waiting
        assert client.post(f"{page}delete/", follow=True).status_code == 200
        client.post(f"{page}stop/")
        assert "Not sent yet" in client.get("/en/bureau/letters/").content.decode()
        client.post(f"{page}delete/")
        assert not Mailing.objects.exists()
        assert mail.outbox == []

    def test_a_list_without_letters_says_how_to_begin(self, client: Client) -> None:
        assert "No letter was written yet" in client.get("/en/bureau/letters/").content.decode()

    def test_others_do_not_enter(self, three: list[Organisation], people: list[Person]) -> None:
        member = inside(people[0])
        for page in ("participants", "letters", "deeds", "week", f"notes/{three[0].slug}"):
            assert member.get(f"/en/bureau/{page}/").status_code == 403
            assert Client().get(f"/en/bureau/{page}/").status_code == 302
