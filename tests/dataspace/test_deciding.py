"""Terms in practice: who sees which offer, who gets an agreement without anybody deciding, and what is written down."""

from typing import Any

import pytest
from django.utils import translation

from katalysator.dataspace.models import Connector, DatasetOffer, Negotiation, PolicyDecision
from katalysator.dataspace.processes.words import ground_words
from katalysator.dataspace.protocol.catalogue import page
from katalysator.dataspace.protocol.sending import RULE, send
from tests.dataspace.world import all_done, asking, connector, dataset

pytestmark = pytest.mark.django_db


def _terms(left: str, operator: str, right: Any) -> dict[str, Any]:
    said = {"leftOperand": left, "operator": operator, "rightOperand": right}
    return {"permission": [{"action": "use", "constraint": [said]}]}


@pytest.fixture
def holder() -> Connector:
    return connector(name="Voorbeeld Lab", kind="institute")


@pytest.fixture
def user() -> Connector:
    return connector(name="Voorbeeld Kliniek", kind="university", region="NL310")


def _asked_on(
    holder: Connector, user: Connector, terms: dict[str, Any], declared: dict[str, Any]
) -> Negotiation:
    row = dataset(holder)
    DatasetOffer.objects.update(terms=terms, is_automatic=True)
    mine = asking(user, holder, row)
    mine.declared = declared
    mine.save()
    send(mine, "request", by=RULE)
    all_done()
    return Negotiation.objects.get(role="provider")


@pytest.mark.parametrize(
    ("terms", "declared", "state"),
    [
        (_terms("partyKind", "isAnyOf", ["university", "hbo"]), {}, "FINALIZED"),
        (_terms("partyKind", "eq", "startup"), {}, "REQUESTED"),
        (_terms("spatial", "isPartOf", "NL3"), {}, "FINALIZED"),
        (_terms("purpose", "eq", "research"), {"purpose": ["research"]}, "FINALIZED"),
        (_terms("purpose", "eq", "research"), {}, "REQUESTED"),
        (_terms("purpose", "eq", "research"), {"purpose": ["research", "marketing"]}, "REQUESTED"),
        (_terms("partyKind", "eq", "startup"), {"partyKind": ["startup"]}, "REQUESTED"),
        (_terms("shoeSize", "eq", "43"), {"shoeSize": ["43"]}, "REQUESTED"),
    ],
)
def test_who_surely_meets_the_terms_gets_them_and_others_wait_for_a_person(
    holder: Connector, user: Connector, terms: dict[str, Any], declared: dict[str, Any], state: str
) -> None:
    row = _asked_on(holder, user, terms, declared)
    assert row.state == state
    [told] = PolicyDecision.objects.filter(step="negotiation")
    assert told.is_allowed == (state == "FINALIZED")
    assert told.participant_id == user.participant_id


def test_a_catalogue_shows_what_one_may_have_or_may_come_to_have_and_no_more(
    holder: Connector, user: Connector
) -> None:
    row = dataset(holder)
    DatasetOffer.objects.all().delete()
    for key, terms in {
        "mine": _terms("partyKind", "eq", "university"),
        "not mine": _terms("partyKind", "eq", "startup"),
        "if I say so": _terms("purpose", "eq", "research"),
        "nobody knows": _terms("shoeSize", "eq", "43"),
    }.items():
        DatasetOffer.objects.create(dataset=row, key=key, terms=terms)
    told, _next = page(holder, user.participant_id, 1)
    [shown] = told["dataset"]
    assert [each["@id"] for each in shown["hasPolicy"]] == ["mine", "if I say so"]
    stranger, _next = page(holder, "did:web:elsewhere.example", 1)
    assert [each["@id"] for each in stranger["dataset"][0]["hasPolicy"]] == ["if I say so"]
    assert PolicyDecision.objects.filter(step="catalogue").count() == 8


def test_a_dataset_without_an_offer_for_somebody_is_not_there_for_it(
    holder: Connector, user: Connector
) -> None:
    dataset(holder)
    DatasetOffer.objects.update(terms=_terms("partyKind", "eq", "startup"))
    told, _next = page(holder, user.participant_id, 1)
    assert "dataset" not in told


def test_an_answer_is_told_in_the_words_of_the_reader(holder: Connector, user: Connector) -> None:
    _asked_on(holder, user, _terms("partyKind", "eq", "startup"), {})
    [told] = PolicyDecision.objects.filter(step="negotiation")
    with translation.override("en"):
        assert ground_words(told.grounds[0]) == "Kind of organisation is startup – that is not so."
    with translation.override("nl"):
        assert ground_words(told.grounds[0]) == "Soort organisatie is startup – dat is niet zo."


@pytest.mark.parametrize(
    ("terms", "english"),
    [
        (_terms("shoeSize", "eq", "43"), "ShoeSize is 43 – nobody knows, for nobody here knows what “shoeSize” is about."),
        (_terms("purpose", "lt", "x"), "Purpose of use is less than x – nobody knows, for “lt” cannot be asked of it."),
        (_terms("count", "lteq", "veel"), "At most so many times: veel – nobody knows, for “veel” cannot be read."),
        (_terms("purpose", "isAnyOf", ["a", "b"]), "For at least one of: a, b – who asks has not said whether that is so."),
    ],
)  # fmt: skip
def test_what_nobody_knows_is_told_with_its_reason(
    holder: Connector, user: Connector, terms: dict[str, Any], english: str
) -> None:
    _asked_on(holder, user, terms, {})
    [told] = PolicyDecision.objects.filter(step="negotiation")
    with translation.override("en"):
        assert ground_words(told.grounds[0]) == english
