"""The five questions on pages: one by one, taken up again, what is usual at once, and what is not asked again."""

import html
from typing import Any

import pytest

from katalysator.dataspace.canvas import verbs
from katalysator.dataspace.canvas.filling import (
    all_answers,
    chosen_terms,
    record_fields,
    unanswered,
)
from katalysator.dataspace.canvas.steps import STEPS, usual_answers
from katalysator.dataspace.canvas.terms import SharingTerms, terms_of
from katalysator.dataspace.models import Dataset, DatasetOffer, SharingCanvas
from tests import builders
from tests.attack.steps import inside
from tests.dataspace.answering import answered
from tests.dataspace.world import connector, dataset, manager


@pytest.mark.django_db
def test_what_is_usual_is_taken_at_once_by_who_says_that_it_may_be_shared() -> None:
    own = connector()
    row = dataset(own)
    client = inside(manager(own))
    at = f"/en/dataspace/datasets/{row.pk}/canvas/"
    shown = html.unescape(client.get(at).content.decode())
    assert "only for: research that is published" in shown
    assert "What you did not answer below has the answer that is usual." in shown
    refused = client.post(at, follow=True).content.decode()
    assert "Say first that you may share this data: tick the box." in refused
    assert not SharingCanvas.objects.exists()
    told = client.post(at, {"may_share": "on"})
    assert told.url == f"/en/dataspace/datasets/{row.pk}/terms/"  # type: ignore[attr-defined]
    offer = SharingCanvas.objects.get().offer
    assert offer
    assert offer.must_be_signed
    assert offer.terms == terms_of(chosen_terms("contract", usual_answers("contract", row)))


@pytest.mark.django_db
def test_data_about_people_has_no_usual_answer() -> None:
    own = connector()
    row = dataset(own, personal="personal")
    client = inside(manager(own))
    at = f"/en/dataspace/datasets/{row.pk}/canvas/"
    refused = client.post(at, {"may_share": "on"}, follow=True).content.decode()
    assert "needs an answer of your own: Whose data is it?" in html.unescape(refused)
    assert not SharingCanvas.objects.exists()


@pytest.mark.django_db
def test_terms_of_what_others_do_not_see_yet_lead_to_publishing_it() -> None:
    own = connector()
    row = dataset(own, is_published=False)
    at = f"/en/dataspace/datasets/{row.pk}/"
    told = inside(manager(own)).post(f"{at}canvas/", {"may_share": "on"})
    assert told.url == f"{at}publish/"  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_the_five_questions_are_answered_page_by_page_and_taken_up_again() -> None:
    own = connector(name="Voorbeeld Lab")
    row = dataset(own)
    client = inside(manager(own))
    at = f"/en/dataspace/datasets/{row.pk}/"
    begun = client.post(f"{at}canvas/way/", {"model": "members"})
    assert begun.url == f"{at}canvas/"  # type: ignore[attr-defined]
    Dataset.objects.update(personal="personal")
    wrong = client.post(f"{at}canvas/owner/", {"owner": "Voorbeeld Lab", "may_share": "on"})
    assert wrong.status_code == 422
    assert b"This is needed for data about people." in wrong.content
    Dataset.objects.update(personal="none")
    usual = usual_answers("members", row)
    usual["owner"]["may_share"] = "on"
    usual["partners"]["must_be_signed"] = "on"
    usual["technique"]["how"] = "Elke nacht nieuw."
    for name in STEPS:
        page = client.get(f"{at}canvas/{name}/")
        assert str(STEPS[name].question) in html.unescape(page.content.decode())
        told = {key: value for key, value in usual[name].items() if value}
        assert client.post(f"{at}canvas/{name}/", told).status_code == 302
    summary = client.get(f"{at}canvas/").content.decode()
    assert "participants of the coalition" in summary
    assert "Both sides sign before any data goes." in summary
    assert "is called the holder, and whoever asks for it the user" in summary
    assert "…." not in summary
    assert "Read the draft of the agreement" in summary
    body = client.post(f"{at}canvas/", follow=True).content.decode()
    assert "Both sides sign before any data goes." in body
    offer = DatasetOffer.objects.latest("pk")
    assert client.get(f"/en/dataspace/offers/{offer.pk}/change/").status_code == 200
    told = {"template": "members", "uses": "3", "purposes": ["research"]}
    body = client.post(
        f"/en/dataspace/offers/{offer.pk}/change/", told, follow=True
    ).content.decode()
    assert "at most so many times: 3" in body
    newest = DatasetOffer.objects.latest("pk")
    assert newest.answers == offer.answers
    client.post(f"/en/dataspace/offers/{newest.pk}/close/")
    newest.refresh_from_db()
    assert not newest.is_open
    other = inside(manager(connector(name="Voorbeeld Ander")))
    for under in ("terms/", "terms/new/", "canvas/", "canvas/owner/", "canvas/way/"):
        assert other.get(f"{at}{under}").status_code == 404


@pytest.mark.django_db
def test_terms_of_what_is_not_published_lead_to_publishing_it() -> None:
    own = connector()
    row = dataset(own, is_published=False)
    client, at = inside(manager(own)), f"/en/dataspace/datasets/{row.pk}/"
    page = client.get(f"{at}terms/").content.decode()
    assert "not published yet" in page
    assert "Offered since" not in page
    assert f'href="{at}publish/"' in page
    assert "Go through the five questions" not in page
    Dataset.objects.update(is_published=True)
    assert "publish" not in client.get(f"{at}terms/").content.decode().casefold()


@pytest.mark.django_db
def test_what_the_record_says_is_not_asked_again_and_counts() -> None:
    own = connector()
    row = dataset(own, contact_name="Informatie", contact_email="data@lab.example")
    client, at = inside(manager(own)), f"/en/dataspace/datasets/{row.pk}/canvas/"
    canvas = answered(row, "contract")
    asked = "".join(client.get(f"{at}{name}/").content.decode() for name in STEPS)
    for name in ("personal", "basis", "people", "contact_name", "contact_email"):
        assert f'name="{name}"' not in asked
    assert "Personal data: None" in asked
    assert "Informatie, data@lab.example" in asked
    assert not unanswered(canvas)
    Dataset.objects.update(personal="pseudonymised", contact_name="Loket")
    canvas = SharingCanvas.objects.get()
    assert unanswered(canvas) == ["owner"]
    told = record_fields(canvas.model, all_answers(canvas))
    assert (told["personal"], told["contact_name"]) == ("pseudonymised", "Loket")
    assert 'name="basis"' in client.get(f"{at}owner/").content.decode()


@pytest.mark.django_db
def test_an_amount_that_nobody_asks_is_not_kept() -> None:
    row = dataset(connector())
    said = {"value": {"price_text": "€ 100"}, "liability": {"liability_text": "€ 100"}}
    canvas = answered(row, "contract", **said)
    assert canvas.answers["value"]["price_text"] == ""
    assert canvas.answers["liability"]["liability_text"] == ""


@pytest.mark.django_db
def test_the_page_of_terms_takes_as_many_queries_however_many_offers_there_are(
    django_assert_max_num_queries: Any,
) -> None:
    own = connector(name="Voorbeeld Lab")
    row = dataset(own)
    for _offer in range(5):
        verbs.make_offer(row, terms_of(SharingTerms(areas=("zorg",))), False, by=builders.HOUSE)
    client = inside(manager(own))
    at = f"/en/dataspace/datasets/{row.pk}/terms/"
    client.get(at)
    with django_assert_max_num_queries(11):
        client.get(at)
