"""Pages of deciding, delivering and of the logs: what they show to whom, and at which cost."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.dataspace.arrivals.verbs import fetch
from katalysator.dataspace.catalogues.verbs import begin_transfer
from katalysator.dataspace.delivery.tokens import PULL
from katalysator.dataspace.logs import telling
from katalysator.dataspace.models import (
    Agreement,
    ArrivedData,
    DatasetOffer,
    Negotiation,
    PolicyDecision,
    Transfer,
)
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.processes import shown
from katalysator.dataspace.processes.panels import to_decide
from katalysator.dataspace.processes.parties import titles_of
from tests import builders
from tests.attack.steps import inside
from tests.core.tampering import change
from tests.dataspace.processes.dealing import CONTENT, Dealing, dealing
from tests.dataspace.processes.looking import catalogue_of, cost, page, waiting
from tests.dataspace.world import all_done, connector

pytestmark = pytest.mark.django_db


def _delivered() -> tuple[Dealing, Transfer]:
    two = dealing(is_automatic=True)
    two.asked(purpose=["research"])
    mine = begin_transfer(Agreement.objects.get(role="consumer"), PULL, by=two.user_person)
    all_done()
    fetch(mine, by=two.user_person)
    all_done()
    return two, mine


def test_the_page_of_a_negotiation_tells_every_step_and_has_the_buttons_of_who_decides() -> None:
    two = dealing()
    mine = two.asked(purpose=["research"])
    theirs = two.theirs()
    client = inside(two.holder_person)
    text = page(client, f"/en/dataspace/negotiations/{theirs.pk}/")
    for told in ("Voorbeeld Kliniek", "Research that is published", "Agree", "Offer other terms"):
        assert told in text
    asked = client.get(f"/en/dataspace/negotiations/{theirs.pk}/termination/")
    assert asked.status_code == 200
    path = f"/en/dataspace/negotiations/{theirs.pk}/agreement/"
    assert client.post(path).status_code == 302
    assert "has not arrived" in client.post(path).content.decode()
    all_done()
    text = page(inside(two.user_person), f"/en/dataspace/negotiations/{mine.pk}/")
    assert "HTTP 200" in text
    assert "Get the data" in text


def test_a_negotiation_that_cannot_be_delivered_tells_why_and_when_it_is_tried_again() -> None:
    two = dealing()
    mine = two.asked()
    mine.outbox = {
        "message": "termination",
        "target": "TERMINATED",
        "reason": "",
        "body": {"@id": "x"},
    }
    mine.tries, mine.problem = 2, "Nobody answered there, or not as a web server does."
    mine.next_at = timezone.now() + timedelta(minutes=3)
    mine.save()
    client = inside(two.user_person)
    text = page(client, f"/en/dataspace/negotiations/{mine.pk}/")
    assert "It was tried 2 times" in text
    assert "Nobody answered there" in text
    assert "Next try" in text
    client.post(f"/en/dataspace/negotiations/{mine.pk}/again/")
    mine.refresh_from_db()
    assert mine.tries == 0


def test_a_page_renews_itself_while_something_is_on_its_way_and_sends_nothing_again() -> None:
    two = dealing(is_automatic=True)
    client, offer = inside(two.user_person), two.dataset.offers.get()
    said = {"offer": offer.key, "purpose": ["research"]}
    path = client.post(catalogue_of(two, "dataset/"), said)["Location"]
    text = page(client, path)
    assert "Is being sent" in text
    assert 'hx-trigger="every 3s"' in text
    assert "Send it again now" not in text
    Negotiation.objects.update(next_at=timezone.now() - timedelta(minutes=5))
    assert "Send it again now" in page(client, path)
    all_done()
    text = page(client, path)
    assert "Agreed" in text
    assert "hx-trigger" not in text.partition('id="process"')[2]


def test_what_is_tried_again_much_later_is_not_looked_at_all_the_time() -> None:
    two = dealing()
    mine = two.asked()
    assert shown.is_moving(mine)
    mine.changed_at = timezone.now() - timedelta(minutes=5)
    assert not shown.is_moving(mine)
    mine.outbox, mine.next_at = {"message": "termination"}, timezone.now() + timedelta(minutes=30)
    assert not shown.is_moving(mine)


def test_data_is_asked_for_fetched_and_downloaded_on_pages() -> None:
    two = dealing(is_automatic=True)
    mine = two.asked()
    client = inside(two.user_person)
    where = client.post(f"/en/dataspace/negotiations/{mine.pk}/transfer/")["Location"]
    all_done()
    assert "Fetch the data" in page(client, where)
    client.post(f"{where}fetch/")
    assert "Waits for its turn" in page(client, where)
    all_done()
    assert "SHA-256" in page(client, where)
    answer = client.get(f"{where}data/")
    assert b"".join(answer.streaming_content) == CONTENT  # type: ignore[attr-defined]
    assert 'filename="metingen.csv"' in answer["Content-Disposition"]
    client.post(f"{where}suspension/", {"reason": "Even niet."})
    all_done()
    theirs = Transfer.objects.get(role="provider")
    text = page(inside(two.holder_person), f"/en/dataspace/transfers/{theirs.pk}/")
    assert "Even niet." in text
    client.post(f"{where}data/remove/")
    assert not ArrivedData.objects.exists()


def test_a_negotiation_shows_its_newest_deliveries() -> None:
    two = dealing(is_automatic=True)
    own = two.asked()
    client = inside(two.user_person)
    path = f"/en/dataspace/negotiations/{own.pk}/"
    first = client.post(f"{path}transfer/")["Location"]
    assert client.post(f"{path}transfer/")["Location"] == first
    row = Transfer.objects.get()
    for _number in range(50):
        row.pk, row.consumer_pid, row.made_at = None, new_pid(), timezone.now()
        row.save()
    text = page(client, path)
    assert text.count("Delivery of") == 50
    assert f'"{first}"' not in text


def test_where_an_agreement_gives_no_right_any_more_its_page_says_so() -> None:
    two = dealing(is_automatic=True)
    path = f"/en/dataspace/negotiations/{two.asked().pk}/"
    Agreement.objects.update(ended_at=timezone.now())
    answer = inside(two.user_person).post(f"{path}transfer/", follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert "gives no right to the data any more" in answer.content.decode()


def test_nobody_else_sees_a_negotiation_a_delivery_a_file_or_a_log() -> None:
    two, mine = _delivered()
    theirs = Transfer.objects.get(role="provider")
    own, agreed = mine.agreement.negotiation, mine.agreement
    bureau = builders.person(is_coordinator=True)
    strangers = (two.holder_person, builders.person(two.user.organisation), bureau)
    for person in strangers:
        client = inside(person)
        for path in (
            f"negotiations/{own.pk}/", f"negotiations/{own.pk}/termination/", f"transfers/{mine.pk}/",
            f"transfers/{mine.pk}/data/", f"agreements/{agreed.pk}/uses/", f"agreements/{agreed.pk}/uses/export.csv",
        ):  # fmt: skip
            page(client, f"/en/dataspace/{path}", 404)
        for path in ("again/", "suspension/", "fetch/", "data/remove/"):
            assert client.post(f"/en/dataspace/transfers/{mine.pk}/{path}").status_code == 404
    text = page(inside(two.user_person), "/en/dataspace/transfers/")
    assert f"/transfers/{mine.pk}/" in text
    assert f"/transfers/{theirs.pk}/" not in text
    assert not PolicyDecision.objects.filter(connector=two.user).exists()
    assert "Nobody asked yet" in page(inside(two.user_person), "/en/dataspace/decisions/")


def test_lists_narrow_down_and_cost_the_same_however_long_they_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    two = dealing()
    two.asked()
    client = inside(two.holder_person)
    assert "Waits for you" in page(client, "/en/dataspace/negotiations/?how=waiting")
    assert "Nothing here is so" in page(client, "/en/dataspace/negotiations/?how=ended")
    assert "Nothing here is so" in page(client, "/en/dataspace/negotiations/?role=consumer")
    most = cost(client, "/en/dataspace/negotiations/")
    row = two.theirs()
    for number in range(5):
        row.pk, row.provider_pid, row.consumer_pid = None, new_pid(), f"urn:{number}"
        row.save()
    with django_assert_num_queries(most):
        assert "6 requests" in page(client, "/en/dataspace/negotiations/")


def test_two_datasets_with_one_key_keep_their_own_titles() -> None:
    two = dealing()
    mine = two.asked()
    theirs = two.theirs()
    elsewhere = Negotiation.objects.get(pk=mine.pk)
    elsewhere.pk, elsewhere.consumer_pid, elsewhere.provider_pid = None, new_pid(), ""
    elsewhere.partner_id, elsewhere.title = "did:web:elders.example", "Van elders"
    elsewhere.save()
    two.dataset.title = "Nieuwe naam"
    two.dataset.save()
    rows = [mine, theirs, elsewhere]
    assert [titles_of(rows)[each.pk] for each in rows] == ["Nieuwe naam"] * 2 + ["Van elders"]
    type(two.dataset).objects.update(is_published=False)
    told = titles_of(rows)
    assert [told[each.pk] for each in rows] == ["Metingen", "Nieuwe naam", "Van elders"]


def test_a_sheet_of_decisions_has_each_of_them_once_though_more_come_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telling, "_AT_ONCE", 2)
    two = dealing()
    told = {"connector": two.holder, "step": "use", "truth": "true", "is_allowed": True}
    for number in range(5):
        PolicyDecision.objects.create(about=f"urn:{number}", **told)
    lines = telling.decision_lines(PolicyDecision.objects.all())
    first = next(lines)
    PolicyDecision.objects.create(about="urn:later", **told)
    about = [line[4] for line in (first, *lines)]
    assert about == [f"urn:{number}" for number in (4, 3, 2, 1, 0)]


def test_the_decision_log_names_what_is_asked_of_the_same_organisation_only() -> None:
    two, stranger = dealing(), connector(name="Voorbeeld Elders")
    key = two.dataset.offers.get().key
    told = {"step": "use", "truth": "true", "is_allowed": True, "about": key}
    rows = [
        PolicyDecision.objects.create(connector=each, **told) for each in (two.holder, stranger)
    ]
    assert [each.about for each in telling.told_decisions(rows)] == ["Metingen", key]


def test_the_decision_log_tells_who_what_and_why_and_goes_along_as_a_sheet() -> None:
    said = {"leftOperand": "partyKind", "operator": "eq", "rightOperand": "company"}
    two = dealing({"permission": [{"action": "use", "constraint": [said]}]}, is_automatic=True)
    DatasetOffer.objects.create(
        dataset=two.dataset, key="urn:no", terms={"prohibition": [{"action": "use"}]}, is_open=True
    )
    client = inside(two.user_person)
    page(client, catalogue_of(two))
    holder = inside(two.holder_person)
    text = page(holder, "/en/dataspace/decisions/")
    assert "Voorbeeld Kliniek" in text
    assert "Kind of organisation is company – that is so." in text
    assert "Kind of organisation" not in page(holder, "/en/dataspace/decisions/?answer=no")
    sheet = holder.get("/en/dataspace/decisions/export.csv?answer=yes")
    [header, *lines] = csv.reader(_text(sheet).lstrip("\ufeff").splitlines())
    assert {line[header.index("dataset")] for line in lines} == {"Metingen"}
    assert {line[header.index("allowed")] for line in lines} == {"yes"}


def test_what_a_catalogue_showed_though_more_has_to_be_said_is_no_refusal() -> None:
    said = {"leftOperand": "purpose", "operator": "eq", "rightOperand": "research"}
    two = dealing({"permission": [{"action": "use", "constraint": [said]}]})
    page(inside(two.user_person), catalogue_of(two))
    holder, shown_it = inside(two.holder_person), "Shown: who asks has to say more"
    text = page(holder, "/en/dataspace/decisions/?answer=unknown")
    assert shown_it in text
    assert "Rule 1 of what is allowed" in text
    assert shown_it not in page(holder, "/en/dataspace/decisions/?answer=no")
    PolicyDecision.objects.update(step="use")
    assert shown_it not in page(holder, "/en/dataspace/decisions/?answer=no")
    assert "Nothing here is so" in page(holder, "/en/dataspace/decisions/?answer=unknown")


def test_who_asked_takes_the_request_back_and_who_has_the_data_refuses_it() -> None:
    two = dealing()
    mine = two.asked()
    for person, row, label in (
        (two.user_person, mine, "Take the request back"),
        (two.holder_person, two.theirs(), "Refuse"),
    ):
        path = row.get_absolute_url()
        for each in (path, f"{path}termination/"):
            assert f">{label}<" in page(inside(person), each)


def test_both_parties_read_the_uses_and_a_broken_record_is_named() -> None:
    two, mine = _delivered()
    theirs = Agreement.objects.get(role="provider")
    for person, pk in ((two.holder_person, theirs.pk), (two.user_person, mine.agreement_id)):
        client = inside(person)
        assert "all was sent" in page(client, f"/en/dataspace/agreements/{pk}/uses/")
        sheet = _text(client.get(f"/en/dataspace/agreements/{pk}/uses/export.csv"))
        assert str(len(CONTENT)) in sheet
    chain = f"agreement-{theirs.pk}"
    event = Event.objects.filter(chain=chain).get()
    assert not audit.verify().broken
    change(event, after={"count": 7})
    assert [(each.name, each.broken) for each in audit.verify().broken] == [(chain, event.pk)]


def test_the_uses_of_data_elsewhere_are_read_elsewhere() -> None:
    two, mine = _delivered()
    Agreement.objects.filter(role="consumer").update(partner_id="did:web:elders.example")
    client = inside(two.user_person)
    path = f"/en/dataspace/agreements/{mine.agreement_id}/uses/"
    assert "The other side writes it down" in page(client, path)
    page(client, f"{path}export.csv", 404)


def test_what_waits_stands_on_ones_own_page(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    two = dealing()
    mine = two.asked()
    mine_says, theirs_says = (
        page(inside(each), "/en/account/") for each in (two.user_person, two.holder_person)
    )
    assert "Voorbeeld Kliniek asks for “Metingen”" in theirs_says
    assert two.theirs().get_absolute_url() in theirs_says
    assert "“Metingen”" not in mine_says
    with django_assert_num_queries(5):
        assert len(waiting(to_decide, two.holder_person)) == 1
    mine.state, mine.outbox, mine.provider_pid = "OFFERED", None, ""
    for _number in range(3):
        mine.pk, mine.consumer_pid = None, new_pid()
        mine.save()
    assert "“Metingen”, with Voorbeeld Lab: " in page(inside(two.user_person), "/en/account/")
    mine.pk, mine.consumer_pid = None, new_pid()
    mine.save()
    assert "4 requests for data wait for you" in page(inside(two.user_person), "/en/account/")
    Negotiation.objects.filter(pk=two.theirs().pk).update(outbox={"message": "offer"}, next_at=None)
    theirs_says = page(inside(two.holder_person), "/en/account/")
    assert "with Voorbeeld Kliniek: what was sent does not arrive" in theirs_says


def _text(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()
