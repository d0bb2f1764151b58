"""What only who asks can say, and terms depend on: it is asked for, missed before anybody agrees, and named where it stops data."""

from typing import Any, Final

import pytest
from django.utils import timezone

from katalysator.dataspace.arrivals.rights import refusal
from katalysator.dataspace.arrivals.verbs import fetch
from katalysator.dataspace.canvas.terms import SharingTerms, terms_of
from katalysator.dataspace.catalogues.verbs import begin_transfer
from katalysator.dataspace.deciding import answers_today, unsaid
from katalysator.dataspace.delivery.tokens import PULL
from katalysator.dataspace.models import Agreement, ArrivedData, Negotiation, Transfer
from katalysator.dataspace.protocol.sending import RULE, send
from tests.attack.steps import inside
from tests.dataspace.processes.dealing import Dealing, dealing
from tests.dataspace.processes.looking import catalogue_of, page
from tests.dataspace.world import all_done

pytestmark = pytest.mark.django_db
ON_RESULTS: Final[dict[str, Any]] = terms_of(
    SharingTerms(purposes=("research",), results=("published",))
)


def _agreed_without(two: Dealing) -> Negotiation:
    """The user says nothing of results, and the holder agrees nevertheless."""
    mine = two.asked(purpose=["research"])
    send(two.theirs(), "agreement", by=RULE)
    all_done()
    return mine


def _started(two: Dealing) -> Transfer:
    row = begin_transfer(Agreement.objects.get(role="consumer"), PULL, by=two.user_person)
    all_done()
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, {"purpose", "derivedData"}),
        ({"purpose": ["research"]}, {"derivedData"}),
        ({"purpose": ["research"], "derivedData": ["published"]}, set()),
        ({"purpose": ["operation"]}, set()),
    ],
)
def test_what_terms_depend_on_is_missed_until_the_answer_is_sure(
    said: dict[str, list[str]], missing: set[str]
) -> None:
    two = dealing(ON_RESULTS)
    [answer] = answers_today([ON_RESULTS], two.user.participant_id, said)
    assert unsaid(answer) == missing


def test_who_asks_has_to_say_what_the_terms_depend_on() -> None:
    two = dealing(ON_RESULTS)
    client, path = inside(two.user_person), catalogue_of(two, "dataset/")
    text = page(client, path)
    assert "That depends on what you fill in below." in text
    assert "fill in below whether that is so" in text
    said = {"offer": two.dataset.offers.get().key, "purpose": ["research"]}
    assert client.post(path, said).status_code == 422
    assert not Negotiation.objects.exists()
    assert client.post(path, {**said, "outcome": ["published"]}).status_code == 302


def test_other_terms_are_looked_at_as_they_are_asked() -> None:
    two = dealing()
    client, path = inside(two.user_person), catalogue_of(two, "dataset/")
    said = {"offer": two.dataset.offers.get().key, "purpose": ["research"]}
    other = {**said, "wants_other": "on", "results": ["published"]}
    refused = client.post(path, other)
    assert refused.status_code == 422
    assert "without it they give no right" in refused.content.decode()
    assert client.post(path, said).status_code == 302


def test_the_holder_is_warned_before_it_agrees_and_both_before_they_sign() -> None:
    two = dealing(ON_RESULTS)
    mine = two.asked(purpose=["research"])
    theirs, warns = two.theirs(), "would get no data, by what it says of itself"
    assert warns in page(inside(two.holder_person), theirs.get_absolute_url())
    assert warns not in page(inside(two.user_person), mine.get_absolute_url())
    send(theirs, "agreement", by=RULE)
    all_done()
    for person, role in ((two.holder_person, "provider"), (two.user_person, "consumer")):
        pk = Agreement.objects.get(role=role).pk
        for where in ("", "sign/"):
            text = page(inside(person), f"/en/dataspace/agreements/{pk}/{where}")
            assert "who asked gets no data" in text


def test_who_agreed_in_vain_is_led_to_asking_again_unless_the_holder_may_know_better() -> None:
    two = dealing(ON_RESULTS)
    mine = _agreed_without(two)
    row, client = Agreement.objects.get(role="consumer"), inside(two.user_person)
    paths = (mine.get_absolute_url(), f"/en/dataspace/agreements/{row.pk}/")
    for path in paths:
        text = page(client, path)
        assert "Ask again" in text
        assert "Get the data" not in text
    for rows in (Agreement.objects.filter(pk=row.pk), Negotiation.objects.filter(pk=mine.pk)):
        rows.update(partner_id="did:web:elders.example")
    for path in paths:
        assert "Get the data" in page(client, path)


def test_a_holder_whose_terms_are_met_is_not_warned() -> None:
    two = dealing(ON_RESULTS)
    two.asked(purpose=["research"], derivedData=["published"])
    text = page(inside(two.holder_person), two.theirs().get_absolute_url())
    assert "would get no data" not in text
    assert "All terms are met" in text


def test_who_asked_reads_why_nothing_comes_and_can_ask_again() -> None:
    two = dealing(ON_RESULTS)
    _agreed_without(two)
    row = _started(two)
    client = inside(two.user_person)
    text = page(client, row.get_absolute_url())
    assert "gives you no right to the data now" in text
    assert "Held by its terms" in text
    assert "Results may only be: published – who asks has not said whether that is so." in text
    assert "Ask again" in text
    assert "Fetch the data" not in text
    fetch(row, by=two.user_person)
    all_done()
    assert ArrivedData.objects.get().problem == "The terms give no right to the data."
    text = page(client, row.get_absolute_url())
    assert "Go on fetching" not in text


def test_a_last_use_that_was_had_is_no_reason_to_complain() -> None:
    two = dealing(terms_of(SharingTerms(uses=1)), is_automatic=True)
    two.asked(purpose=["research"])
    row = _started(two)
    assert refusal(row, None) is None
    arrived = fetch(row, by=two.user_person)
    all_done()
    arrived.refresh_from_db()
    assert refusal(row, arrived) is not None
    text = page(inside(two.user_person), row.get_absolute_url())
    assert "gives you no right" not in text
    assert "Fetch it once more" not in text


def test_a_holder_elsewhere_is_believed_until_nothing_came() -> None:
    two = dealing(ON_RESULTS)
    _agreed_without(two)
    row = _started(two)
    row.partner_id = "did:web:elders.example"
    assert refusal(row, None) is None
    stopped = ArrivedData(transfer=row, state="stopped", changed_at=timezone.now())
    assert refusal(row, stopped) is not None
