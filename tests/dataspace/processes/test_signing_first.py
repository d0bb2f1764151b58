"""Signing comes first: until both have, nobody is sent to the data, and each side sees that its signature is due."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Person
from katalysator.dataspace.agreements import verbs
from katalysator.dataspace.agreements.panels import to_sign
from katalysator.dataspace.agreements.standing import AgreementStep, step_of, to_sign_by
from katalysator.dataspace.agreements.tasks import tell_to_sign
from katalysator.dataspace.catalogues.verbs import begin_transfer
from katalysator.dataspace.delivery.tokens import PULL
from katalysator.dataspace.models import (
    Agreement,
    AgreementText,
    DatasetOffer,
    Negotiation,
    Transfer,
)
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.processes.tasks import tell_outcome
from katalysator.dataspace.protocol.sending import RULE, send
from katalysator.faults import Conflict
from tests.attack.steps import inside
from tests.dataspace.processes.dealing import Dealing, dealing
from tests.dataspace.processes.looking import page, waiting
from tests.dataspace.world import all_done

pytestmark = pytest.mark.django_db
STEPS = AgreementStep


def _agreed() -> tuple[Dealing, Agreement, Agreement]:
    """What both have to sign: who holds the data and who asked for it, and the agreement as each of them keeps it."""
    two = dealing(is_automatic=True)
    DatasetOffer.objects.update(template="contract", must_be_signed=True)
    two.asked(purpose=["research"])
    return two, Agreement.objects.get(role="provider"), Agreement.objects.get(role="consumer")


def _sign(row: Agreement, by: Person) -> None:
    verbs.sign(row, by=by, name="Voorbeeld Directeur", function="directeur")


def test_each_side_signs_and_then_the_data_can_be_had() -> None:
    two, theirs, mine = _agreed()
    assert (step_of(theirs), step_of(mine)) == (STEPS.SIGN, STEPS.SIGN)
    _sign(mine, two.user_person)
    assert (step_of(theirs), step_of(mine)) == (STEPS.SIGN, STEPS.OTHER_SIGNS)
    _sign(theirs, two.holder_person)
    assert (step_of(theirs), step_of(mine)) == (STEPS.DATA, STEPS.DATA)
    Agreement.objects.update(ended_at=timezone.now())
    theirs.refresh_from_db()
    assert step_of(theirs) == STEPS.OVER


def test_the_data_is_not_asked_for_before_both_have_signed() -> None:
    two, theirs, mine = _agreed()
    client, path = inside(two.user_person), mine.negotiation.get_absolute_url()
    text = page(client, path)
    assert "Read the text and sign" in text
    assert "Get the data" not in text
    with pytest.raises(Conflict, match="have to sign"):
        begin_transfer(mine, PULL, by=two.user_person)
    assert not Transfer.objects.exists()
    _sign(mine, two.user_person)
    assert "The other party has to sign it still" in page(client, path)
    _sign(theirs, two.holder_person)
    for each in (path, f"/en/dataspace/agreements/{mine.pk}/"):
        assert "Get the data" in page(client, each)
    assert path in page(client, f"/en/dataspace/agreements/{mine.pk}/")
    text = page(inside(two.holder_person), f"/en/dataspace/agreements/{theirs.pk}/")
    assert "Get the data" not in text


def test_that_a_signature_is_due_stands_on_ones_own_page_and_in_the_list() -> None:
    two, theirs, mine = _agreed()
    for person, row in ((two.holder_person, theirs), (two.user_person, mine)):
        client, due = inside(person), "the agreement waits for your signature"
        text = page(client, "/en/account/")
        assert due in text
        assert f"/en/dataspace/agreements/{row.pk}/" in text
        assert "Waits for your signature" in page(client, "/en/dataspace/agreements/")
        _sign(row, person)
        assert due not in page(client, "/en/account/")


def test_many_that_wait_cost_as_much_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    two, theirs, _mine = _agreed()
    text = AgreementText.objects.get()
    for _number in range(3):
        made = Negotiation.objects.get(pk=theirs.negotiation_id)
        made.pk, made.provider_pid, made.consumer_pid = None, new_pid(), new_pid()
        made.save()
        row = Agreement.objects.get(pk=theirs.pk)
        row.pk, row.negotiation, row.key = None, made, new_pid()
        row.save()
        text.pk, text.agreement = None, row
        text.save()
    with django_assert_num_queries(3):
        assert len(to_sign_by(two.holder_person)) == 4
    with django_assert_num_queries(3):
        assert [each.link for each in waiting(to_sign, two.holder_person)] == [
            reverse("agreement-list")
        ]
    Agreement.objects.filter(pk=theirs.pk).delete()
    with django_assert_num_queries(8):
        assert len(waiting(to_sign, two.holder_person)) == 3


def test_a_text_of_others_with_the_same_key_makes_nobody_sign() -> None:
    two, _theirs, mine = _agreed()
    Agreement.objects.filter(pk=mine.pk).update(partner_id="did:web:elders.example")
    mine.refresh_from_db()
    assert step_of(mine) == STEPS.DATA
    assert to_sign_by(two.user_person) == []


def test_both_sides_get_a_letter_that_asks_them_to_sign() -> None:
    two, theirs, mine = _agreed()
    Negotiation.objects.filter(pk=theirs.negotiation_id).update(state="VERIFIED")  # it says so now
    for row in (theirs, mine):
        tell_to_sign(agreement_id=row.pk)
    assert [each.to for each in mail.outbox] == [[two.holder_person.email], [two.user_person.email]]


def test_why_our_own_house_stopped_a_delivery_is_told_in_the_language_of_who_reads() -> None:
    two, theirs, mine = _agreed()
    AgreementText.objects.update(must_be_signed=False)
    row = begin_transfer(mine, PULL, by=two.user_person)
    AgreementText.objects.update(must_be_signed=True)
    all_done()
    row.refresh_from_db()
    assert row.reason == theirs.why_not() == "the agreement is not signed by both yet"
    why = "de overeenkomst is nog niet door beide partijen ondertekend"
    client = inside(two.user_person)
    assert why in page(client, f"/nl/dataspace/transfers/{row.pk}/")
    assert "this delivery is over" in page(client, f"/en/dataspace/transfers/{row.pk}/")
    tell_outcome("transfer", row.pk)
    assert why in mail.outbox[-1].body


def test_what_the_other_side_wrote_stays_as_it_is() -> None:
    two = dealing()
    mine = two.asked()
    send(two.theirs(), "termination", by=RULE, reason="Liever niet.")
    all_done()
    assert "Liever niet." in page(inside(two.user_person), mine.get_absolute_url())
