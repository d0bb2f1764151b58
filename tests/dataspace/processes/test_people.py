"""Who decides in a negotiation, what is asked for it, and what of it the other side hears."""

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition.models import Organisation
from katalysator.core.models import Event
from katalysator.dataspace.catalogues.verbs import begin_transfer
from katalysator.dataspace.delivery.tokens import PULL
from katalysator.dataspace.models import Agreement, Connector, Dataset, Negotiation
from katalysator.dataspace.processes.shown import deeds_of
from katalysator.dataspace.processes.tasks import tell_deciders, tell_outcome, tell_unsent
from katalysator.dataspace.processes.verbs import again, decide
from katalysator.dataspace.protocol import sending
from katalysator.dataspace.protocol.machines import NEGOTIATION, TRANSFER, ProtocolRole
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.dataspace.processes.dealing import dealing
from tests.dataspace.world import all_done
from tests.webhooks.steps import waiting

pytestmark = pytest.mark.django_db


def test_one_asks_the_other_agrees_and_both_have_the_same_agreement() -> None:
    two = dealing()
    mine = two.asked(purpose=["research"])
    assert (mine.state, mine.declared, mine.title) == (
        "REQUESTED", {"purpose": ["research"]}, "Metingen",
    )  # fmt: skip
    theirs = two.theirs()
    assert theirs.declared == mine.declared
    assert theirs.is_waiting
    assert not mine.is_waiting
    decide(theirs, "agreement", by=two.holder_person)
    all_done()
    assert set(Negotiation.objects.values_list("state", flat=True)) == {"FINALIZED"}
    assert Agreement.objects.count() == 2
    event = Event.objects.filter(verb="negotiation.agreement", actor=two.holder_person.pk).get()
    assert event.after == {"state": "AGREED"}


def test_only_who_manages_the_organisation_decides() -> None:
    two = dealing()
    mine = two.asked()
    for person in (two.user_person, builders.person(two.holder.organisation), builders.person()):
        with pytest.raises(NotAllowed):
            decide(two.theirs(), "agreement", by=person)
    with pytest.raises(NotAllowed):
        again(mine, by=two.holder_person)


def test_no_is_said_with_a_reason_which_the_other_side_reads() -> None:
    two = dealing()
    mine = two.asked()
    with pytest.raises(InvalidInput, match="Say why"):
        decide(two.theirs(), "termination", by=two.holder_person, reason=" ")
    decide(two.theirs(), "termination", by=two.holder_person, reason="Nog niet compleet.")
    all_done()
    mine.refresh_from_db()
    assert (mine.state, mine.reason) == ("TERMINATED", "Nog niet compleet.")


def test_other_terms_lie_on_the_table_of_both_and_can_be_accepted() -> None:
    two = dealing()
    mine = two.asked()
    once = {"leftOperand": "count", "operator": "lteq", "rightOperand": "1"}
    other = {"permission": [{"action": "use", "constraint": [once]}]}
    decide(two.theirs(), "offer", by=two.holder_person, terms=other)
    all_done()
    mine.refresh_from_db()
    assert mine.is_waiting
    assert mine.offer["permission"] == other["permission"]
    decide(mine, "accepted", by=two.user_person)
    all_done()
    assert Agreement.objects.get(role="consumer").policy["permission"] == other["permission"]


@pytest.mark.parametrize(
    ("machine", "role", "turns"),
    [
        (NEGOTIATION, ProtocolRole.PROVIDER, {"REQUESTED", "ACCEPTED", "VERIFIED"}),
        (NEGOTIATION, ProtocolRole.CONSUMER, {"OFFERED", "AGREED"}),
        (TRANSFER, ProtocolRole.PROVIDER, {"REQUESTED"}),
        (TRANSFER, ProtocolRole.CONSUMER, set()),
    ],
)
def test_whose_turn_it_is_follows_from_the_table_of_the_protocol(
    machine: object, role: ProtocolRole, turns: set[str]
) -> None:
    assert machine.turns(role) == turns  # type: ignore[attr-defined]


def test_the_buttons_are_what_the_table_of_the_protocol_allows() -> None:
    two = dealing()
    mine = two.asked()
    assert [each.word for each in deeds_of(mine)] == ["termination"]
    assert [each.word for each in deeds_of(two.theirs())] == ["agreement", "offer", "termination"]
    decide(two.theirs(), "agreement", by=two.holder_person)
    assert deeds_of(two.theirs()) == []


def test_what_waits_in_lists_is_what_waits_on_pages() -> None:
    two = dealing()
    two.asked()
    found = set(Negotiation.objects.waiting())
    assert found == {each for each in Negotiation.objects.all() if each.is_waiting}
    assert found == {two.theirs()}


def test_what_does_not_arrive_is_sent_at_once_on_request_and_by_one_job() -> None:
    two = dealing()
    _takes_part(two.holder, "left")
    mine = two.asked()
    assert mine.outbox
    assert mine.tries == len(sending.PAUSES) + 1
    assert mine.is_waiting
    assert mine in Negotiation.objects.waiting()
    _takes_part(two.holder, "active")
    for _time in range(3):
        mine = again(mine, by=two.user_person)
    assert (len(waiting()), mine.tries) == (1, 0)
    all_done()
    mine.refresh_from_db()
    assert (mine.state, mine.outbox) == ("REQUESTED", None)
    with pytest.raises(Conflict, match="Nothing waits"):
        again(mine, by=two.user_person)


def test_who_has_to_decide_gets_a_letter_while_it_waits() -> None:
    two = dealing()
    two.asked()
    number = two.theirs().pk
    queued = ProcrastinateJob.objects.filter(task_name="dataspace.tell_deciders")
    assert [job.args for job in queued] == [{"number": number, "state": "REQUESTED"}]
    tell_deciders(number, "REQUESTED")
    assert [letter.to for letter in mail.outbox] == [[two.holder_person.email]]
    assert "Metingen" in mail.outbox[0].subject
    decide(two.theirs(), "agreement", by=two.holder_person)
    tell_deciders(number, "REQUESTED")
    assert len(mail.outbox) == 1


def test_how_it_ended_comes_as_a_letter_to_the_side_that_did_not_end_it() -> None:
    two = dealing()
    mine = two.asked()
    decide(two.theirs(), "termination", by=two.holder_person, reason="Nog niet compleet.")
    all_done()
    queued = ProcrastinateJob.objects.filter(task_name="dataspace.tell_outcome")
    assert [job.args for job in queued] == [{"kind": "negotiation", "number": mine.pk}]
    tell_outcome("negotiation", mine.pk)
    [letter] = mail.outbox
    assert letter.to == [two.user_person.email]
    assert "“Nog niet compleet.”" in letter.body


def test_an_agreement_that_counts_comes_as_a_letter_to_who_asked() -> None:
    two = dealing()
    mine = two.asked()
    decide(two.theirs(), "agreement", by=two.holder_person)
    all_done()
    tell_outcome("negotiation", mine.pk)
    [letter] = mail.outbox
    assert letter.to == [two.user_person.email]
    assert f"/dataspace/negotiations/{mine.pk}/" in letter.body


def test_what_does_not_arrive_comes_as_a_letter_until_it_is_said_again() -> None:
    two = dealing()
    _takes_part(two.holder, "left")
    mine = two.asked()
    queued = ProcrastinateJob.objects.filter(task_name="dataspace.tell_unsent")
    assert [job.args for job in queued] == [{"kind": "negotiation", "number": mine.pk}]
    tell_unsent("negotiation", mine.pk)
    [letter] = mail.outbox
    assert letter.to == [two.user_person.email]
    assert "is niet aangekomen" in letter.body
    again(mine, by=two.user_person)
    tell_unsent("negotiation", mine.pk)
    assert len(mail.outbox) == 1


def test_what_the_other_side_refuses_comes_as_a_letter() -> None:
    two = dealing()
    Dataset.objects.update(is_published=False)
    mine = two.asked()
    tell_unsent("negotiation", mine.pk)
    [letter] = mail.outbox
    assert letter.to == [two.user_person.email]
    assert "weigerde wat" in letter.body


def test_a_delivery_that_the_other_side_ends_comes_as_a_letter() -> None:
    two = dealing(is_automatic=True)
    two.asked()
    Agreement.objects.filter(role="provider").update(ended_at=timezone.now())
    row = begin_transfer(Agreement.objects.get(role="consumer"), PULL, by=two.user_person)
    all_done()
    tell_outcome("transfer", row.pk)
    [letter] = mail.outbox
    assert letter.to == [two.user_person.email]
    assert "“de overeenkomst is beëindigd”" in letter.body


def _takes_part(row: Connector, state: str) -> None:
    Organisation.objects.filter(pk=row.organisation_id).update(state=state)
