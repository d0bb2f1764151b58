"""A negotiation between two connectors of one house, from the request to the agreement."""

import pytest

from katalysator.core.actors import System
from katalysator.dataspace.models import Agreement, DatasetOffer, Negotiation
from katalysator.dataspace.protocol.sending import RULE, send
from katalysator.faults import Conflict, NotAllowed
from tests.dataspace.world import all_done, asking, connector, dataset

pytestmark = pytest.mark.django_db


def _sides() -> tuple[Negotiation, Negotiation]:
    rows = Negotiation.objects.all()
    return rows.get(role="consumer"), rows.get(role="provider")


def test_what_needs_nobody_is_agreed_by_itself_and_both_sides_keep_the_same_agreement() -> None:
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = dataset(holder)
    DatasetOffer.objects.update(is_automatic=True)
    send(asking(user, holder, row), "request", by=RULE)
    all_done()
    mine, theirs = _sides()
    assert (mine.state, theirs.state) == ("FINALIZED", "FINALIZED")
    assert mine.partner_pid == theirs.pid
    own, other = mine.agreement, theirs.agreement
    assert own.policy["assigner"] == holder.participant_id
    assert (own.key, own.policy) == (other.key, other.policy)
    told = [each.message for each in mine.exchanges.all()]
    assert told == ["request", "agreement", "verification", "finalized"]


def test_a_request_waits_for_a_person_where_the_offer_says_so() -> None:
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    send(asking(user, holder, dataset(holder)), "request", by=RULE)
    all_done()
    mine, theirs = _sides()
    assert (mine.state, theirs.state) == ("REQUESTED", "REQUESTED")
    assert not Agreement.objects.exists()
    send(theirs, "offer", by=RULE, terms={"permission": [{"action": "use"}]})
    all_done()
    mine, theirs = _sides()
    assert mine.offer == theirs.offer
    send(mine, "accepted", by=RULE)
    all_done()
    assert [each.state for each in _sides()] == ["FINALIZED", "FINALIZED"]


def test_what_the_table_does_not_have_cannot_be_said() -> None:
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = asking(user, holder, dataset(holder))
    with pytest.raises(Conflict):
        send(row, "verification", by=RULE)
    send(row, "request", by=RULE)
    with pytest.raises(Conflict, match="not arrived"):
        send(row, "request", by=RULE)


def test_nobody_else_decides() -> None:
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = asking(user, holder, dataset(holder))
    with pytest.raises(NotAllowed):
        send(row, "request", by=System("somebody", frozenset()))


def test_both_ending_at_once_ends_it_for_both() -> None:
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    send(asking(user, holder, dataset(holder)), "request", by=RULE)
    all_done()
    for each in _sides():
        send(each, "termination", by=RULE, reason=f"{each.role} wil niet meer")
    all_done()
    assert [each.state for each in _sides()] == ["TERMINATED", "TERMINATED"]
    assert not any(each.outbox for each in _sides())
