"""Pages of what others share, and of asking for it: what they show to whom, and at which cost."""

import re
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Membership
from katalysator.dataspace.deciding import open_offers
from katalysator.dataspace.models import (
    DatasetOffer,
    Negotiation,
    Partner,
    PolicyDecision,
)
from katalysator.dataspace.protocol import catalogue
from tests import builders
from tests.attack.steps import inside
from tests.dataspace.processes.dealing import dealing
from tests.dataspace.processes.looking import catalogue_of, cost, page
from tests.dataspace.world import all_done, connector, dataset

pytestmark = pytest.mark.django_db


def test_one_finds_what_another_shares_reads_its_terms_and_asks_for_it() -> None:
    study = {"leftOperand": "purpose", "operator": "isPartOf", "rightOperand": ["study-of-sleep"]}
    two = dealing({"permission": [{"action": "use", "constraint": [study]}]})
    client = inside(two.user_person)
    assert "Voorbeeld Lab" in page(client, "/en/dataspace/catalogues/")
    assert "Metingen" in page(client, catalogue_of(two))
    text = page(client, catalogue_of(two, "dataset/"))
    assert "only for: study-of-sleep" in text
    assert "Only for: study-of-sleep – fill in below whether that is so." in text
    empty = client.post(catalogue_of(two, "dataset/"), {"offer": two.dataset.offers.get().key})
    assert empty.status_code == 422
    said = {"offer": two.dataset.offers.get().key, "purpose": ["study-of-sleep"]}
    answer = client.post(catalogue_of(two, "dataset/"), said)
    made = Negotiation.objects.get()
    assert answer["Location"] == f"/en/dataspace/negotiations/{made.pk}/"
    assert made.declared == {"purpose": ["study-of-sleep"]}
    assert "You asked for this before" in page(client, catalogue_of(two, "dataset/"))


def test_a_page_with_many_offers_costs_what_one_with_one_costs(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    area = {"leftOperand": "area", "operator": "isAnyOf", "rightOperand": ["zorg"]}
    terms = {"permission": [{"action": "use"}], "obligation": [{"action": "use", "constraint": [area]}]}  # fmt: skip
    two = dealing(terms)
    client = inside(two.user_person)
    page(client, catalogue_of(two, "dataset/"))
    most = cost(client, catalogue_of(two, "dataset/"))
    for number in range(5):
        DatasetOffer.objects.create(
            dataset=two.dataset, key=f"urn:{number}", terms=terms, is_open=True
        )
    with django_assert_num_queries(most):
        assert "Terms 6" in page(client, catalogue_of(two, "dataset/"))


def test_whoever_looks_too_often_has_to_wait_also_within_the_house(settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask_partner": "2/h/user"}
    two = dealing()
    client = inside(two.user_person)
    page(client, catalogue_of(two))
    page(client, catalogue_of(two, "dataset/"))
    asked = PolicyDecision.objects.count()
    page(client, catalogue_of(two), 429)
    page(client, catalogue_of(two, "dataset/"), 429)
    assert PolicyDecision.objects.count() == asked


def test_a_long_catalogue_has_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "A_PAGE", 1)
    two = dealing()
    dataset(two.holder, "urn:dataset:2", title="Nametingen")
    client = inside(two.user_person)
    first = page(client, catalogue_of(two))
    [more] = re.findall(r'rel="next" href="([^"]+)"', first)
    path = catalogue_of(two).partition("?")[0]
    second = page(client, path + more.replace("&amp;", "&"))
    assert ("Nametingen" in first, "Nametingen" in second) == (False, True)
    assert 'rel="next"' not in second


def test_a_use_that_the_terms_deny_is_not_asked_for() -> None:
    only = {"leftOperand": "purpose", "operator": "isAnyOf", "rightOperand": ["research"]}
    two = dealing({"permission": [{"action": "use", "constraint": [only]}]})
    client, at = inside(two.user_person), catalogue_of(two, "dataset/")
    offer = two.dataset.offers.get().key
    told = client.post(at, {"offer": offer, "purpose": ["training"]})
    assert told.status_code == 422
    assert "These terms do not allow this." in told.content.decode()
    assert not Negotiation.objects.exists()
    assert client.post(at, {"offer": offer, "purpose": ["research"]}).status_code == 302


def test_other_terms_can_be_asked_at_once() -> None:
    two = dealing()
    said = {
        "offer": two.dataset.offers.get().key, "purpose": ["research"], "wants_other": "on",
        "uses": "3", "purposes": ["research"],
    }  # fmt: skip
    inside(two.user_person).post(catalogue_of(two, "dataset/"), said)
    all_done()
    [rule] = two.theirs().offer["permission"]
    assert {each["leftOperand"] for each in rule["constraint"]} == {"purpose", "count"}


def test_other_terms_that_are_not_asked_for_stop_no_request() -> None:
    two = dealing()
    key = two.dataset.offers.get().key
    said = {"offer": key, "purpose": ["research"], "until": "2020-01-01", "uses": "0"}
    client = inside(two.user_person)
    refused = client.post(catalogue_of(two, "dataset/"), {**said, "wants_other": "on"})
    assert (refused.status_code, Negotiation.objects.count()) == (422, 0)
    assert client.post(catalogue_of(two, "dataset/"), said).status_code == 302
    assert Negotiation.objects.get().offer["@id"] == key


def test_what_is_not_offered_to_one_is_not_in_its_catalogue_and_its_page_says_so() -> None:
    no = {"leftOperand": "partyKind", "operator": "eq", "rightOperand": "university"}
    two = dealing({"permission": [{"action": "use", "constraint": [no]}]})
    client = inside(two.user_person)
    assert "Metingen" not in page(client, catalogue_of(two))
    asked = client.get(f"/en/dataspace/datasets/{two.dataset.pk}/ask/", follow=True)
    assert asked.redirect_chain[-1][0] == two.dataset.get_absolute_url()
    assert f"{two.user.organisation.name} cannot ask for this data" in asked.content.decode()
    page(client, catalogue_of(two, "dataset/").replace("dataset%3A1", "dataset%3A0"), 404)


def test_terms_that_allow_a_part_of_the_use_alone_can_be_asked_for() -> None:
    two = dealing({"permission": [{"action": "aggregate"}], "prohibition": [{"action": "derive"}]})
    shown = page(inside(two.user_person), catalogue_of(two, "dataset/"))
    assert "All terms are met" in shown


def test_what_has_no_terms_is_asked_for_by_nobody() -> None:
    two = dealing()
    address = two.dataset.get_absolute_url()
    way, client = f"/en/dataspace/datasets/{two.dataset.pk}/ask/", inside(two.user_person)
    assert way in page(client, address)
    two.dataset.offers.update(is_open=False)
    assert way not in page(client, address)


def test_who_asks_reads_what_sending_it_makes() -> None:
    two = dealing()
    client, path = inside(two.user_person), catalogue_of(two, "dataset/")
    text = page(client, path)
    assert "The user does not become the owner of the data" not in text
    two.dataset.offers.update(template="contract", answers={}, is_automatic=True)
    text = page(client, path)
    assert "Read the agreement that comes of it" in text
    assert "So who asks on them agrees to them" in text
    two.dataset.offers.update(is_automatic=False)
    assert "So who asks on them" not in page(client, path)


def test_a_catalogue_elsewhere_that_names_an_offer_of_others_shows_nothing_of_it() -> None:
    two = dealing()
    offer = two.dataset.offers.get()
    told = {"@id": offer.key, **offer.terms}
    holder, key = two.holder.participant_id, two.dataset.key
    assert open_offers(holder, key, [told]) == [offer]
    assert open_offers("did:web:elders.example", key, [told]) == [None]
    assert open_offers(holder, "urn:dataset:other", [told]) == [None]
    assert open_offers(holder, key, [told | {"permission": [{"action": "read"}]}, told]) == [
        None,
        offer,
    ]
    two.dataset.offers.update(is_open=False)
    assert open_offers(holder, key, [told]) == [None]


def test_terms_that_the_holder_changed_since_are_not_folded_as_those_of_the_dataset() -> None:
    two = dealing()
    mine = two.asked()
    client, folded = inside(two.user_person), "The terms, as they stand with the dataset"
    assert folded in page(client, mine.get_absolute_url())
    two.dataset.offers.update(is_open=False)
    assert folded not in page(client, mine.get_absolute_url())


def test_who_asked_is_led_to_the_request_and_told_who_answers_now() -> None:
    two = dealing()
    client, address = inside(two.user_person), two.dataset.get_absolute_url()
    assert "To your request" not in page(client, address)
    mine = two.asked()
    assert f'href="{mine.get_absolute_url()}"' in page(client, address)
    assert "To your request" in page(client, address)
    assert "Voorbeeld Lab answers now." in page(client, mine.get_absolute_url())
    assert "answers now." not in page(inside(two.holder_person), two.theirs().get_absolute_url())
    assert "To your request" not in page(inside(two.holder_person), address)
    assert "To your request" not in page(inside(builders.person()), address)


def test_a_catalogue_is_asked_for_by_who_manages_the_organisation_alone() -> None:
    two = dealing()
    page(inside(two.holder_person), catalogue_of(two), 404)
    page(inside(builders.person(two.user.organisation)), catalogue_of(two), 404)
    own = urlencode({"of": two.user.participant_id})
    path = f"/en/dataspace/catalogues/{two.user.organisation.slug}/?{own}"
    page(inside(two.user_person), path, 404)


def test_a_catalogue_elsewhere_that_does_not_answer_is_told_in_words() -> None:
    two = dealing()
    elsewhere = Partner.objects.create(
        participant_id="did:web:elders.example", name="Elders", address="http://127.0.0.1:1/dsp"
    )
    query = urlencode({"of": elsewhere.participant_id, "key": "x"})
    path = f"/en/dataspace/catalogues/{two.user.organisation.slug}/"
    client = inside(two.user_person)
    assert "https://" in page(client, f"{path}?{query}")
    assert client.get(f"{path}dataset/?{query}").status_code == 302
    Partner.objects.update(is_blocked=True)
    page(client, f"{path}?{query}", 404)


def test_from_the_page_of_a_dataset_one_goes_to_the_form_of_ones_organisation() -> None:
    two = dealing()
    path = f"/en/dataspace/datasets/{two.dataset.pk}/ask/"
    assert inside(two.user_person).get(path)["Location"] == catalogue_of(two, "dataset/")
    assert "This data is of your own organisation" in page(inside(two.holder_person), path)
    other = connector(name="Voorbeeld Tweede")
    Membership.objects.create(
        person=two.user_person, organisation=other.organisation, role="manager"
    )
    assert "Voorbeeld Tweede" in page(inside(two.user_person), path)


def test_who_cannot_ask_reads_whether_a_colleague_can() -> None:
    two = dealing()
    path = f"/en/dataspace/datasets/{two.dataset.pk}/ask/"
    colleague, stranger = builders.person(two.user.organisation), builders.person()
    for each in (path, "/en/dataspace/catalogues/"):
        assert "Ask who manages your organisation" in page(inside(colleague), each)
        assert "has no connection yet" in page(inside(stranger), each)
