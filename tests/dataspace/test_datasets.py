"""Datasets: described, given, published and withdrawn, by who manages an organisation, and found by everybody."""

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Area, Membership, Organisation, Person
from katalysator.core.attachments import store
from katalysator.dataspace.connectors.verbs import open_connector
from katalysator.dataspace.datasets import verbs
from katalysator.dataspace.datasets.files import LARGEST, first_rows
from katalysator.dataspace.datasets.records import DatasetRecord, record_of
from katalysator.dataspace.delivery.sources.file import ROOM
from katalysator.dataspace.models import Connector, Dataset, DatasetOffer, DataSource
from katalysator.dataspace.tasks import sweep
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings.models import Listing
from tests import builders
from tests.attack.steps import inside
from tests.dataspace.world import USE, dataset as shared
from tests.programs import Program

pytestmark = pytest.mark.django_db

CSV: Final = b"dag,aantal\n" + b"".join(b"2026-01-%02d,%d\n" % (n, n + 3) for n in range(1, 21))
LIST: Final = "/en/dataspace/datasets/"


@pytest.fixture
def holder() -> Organisation:
    made = builders.presented(name="Voorbeeld Lab", region="NL22")
    made.areas.set(Area.objects.filter(slug="zorg"))
    return made


@pytest.fixture
def manager(holder: Organisation) -> Person:
    made = builders.person()
    Membership.objects.create(person=made, organisation=holder, role=Membership.Role.MANAGER)
    return made


@pytest.fixture
def own(holder: Organisation, manager: Person) -> Connector:
    return open_connector(holder, by=manager)


def record(**said: Any) -> DatasetRecord:
    told: dict[str, Any] = {
        "title": "Bezette bedden", "text": "Per dag en afdeling.", "contact_name": "Informatie", "contact_email": "data@lab.example",
    }  # fmt: skip
    return DatasetRecord(**told | said)


def published(own: Connector, by: Person, **said: Any) -> Dataset:
    made = verbs.save_dataset(own, record(**said), by=by)
    verbs.give_file(made, "bedden.csv", CSV, by=by)
    return verbs.publish(made, by=by)


def test_a_dataset_becomes_an_offer_in_the_market_and_goes_with_it(
    own: Connector, manager: Person
) -> None:
    row = published(own, manager, personal="pseudonymised", model="stays")
    listing = Listing.objects.get(dataset=row)
    assert (listing.market, listing.kind, listing.state) == ("data", "offer", "published")
    assert listing.stated()["access"] == ["on-site"]
    assert listing.stated()["personal"] == ["pseudonymised"]
    assert (listing.areas, listing.regions) == (["zorg"], ["NL22"])
    verbs.save_dataset(own, record(title="Bedden, per uur"), by=manager, dataset=row)
    listing.refresh_from_db()
    assert listing.title == "Bedden, per uur"
    verbs.withdraw(row, by=manager)
    listing.refresh_from_db()
    assert listing.state == "closed"
    verbs.publish(row, by=manager)
    listing.refresh_from_db()
    assert listing.state == "published"


def test_what_is_missing_is_said_before_it_is_published(own: Connector, manager: Person) -> None:
    row = verbs.save_dataset(own, DatasetRecord(title="Bedden"), by=manager)
    with pytest.raises(InvalidInput, match="answer") as fault:
        verbs.publish(row, by=manager)
    with translation.override("nl"):
        assert "Wat staat erin?" in fault.value.sentence
    client, page = inside(manager), row.get_absolute_url()
    asked = client.get(f"{page}publish/").content.decode()
    assert "answer: What is in it?, Who answers questions about it?" in asked
    assert ">Publish</button>" not in asked
    refused = client.post(f"{page}publish/", follow=True).content.decode()
    assert "Before others can see this" in refused
    assert "text: " not in refused
    verbs.save_dataset(own, record(), by=manager, dataset=row)
    with pytest.raises(InvalidInput, match="no data"):
        verbs.publish(row, by=manager)
    assert "There is no data yet." in client.get(f"{page}publish/").content.decode()
    assert not Listing.objects.exists()


def test_what_stays_put_is_shared_otherwise_once_its_data_is_there(
    own: Connector, manager: Person
) -> None:
    row = verbs.save_dataset(own, record(model="stays"), by=manager)
    row = verbs.publish(row, by=manager)
    open_to_all = record(model="open")
    with pytest.raises(InvalidInput, match="no data") as fault:
        verbs.save_dataset(own, open_to_all, by=manager, dataset=row)
    assert fault.value.where == ("model",)
    verbs.give_file(row, "bedden.csv", CSV, by=manager)
    assert verbs.save_dataset(own, open_to_all, by=manager, dataset=row).model == "open"


def test_a_file_takes_the_place_of_the_one_before_and_makes_a_version(
    own: Connector, manager: Person, django_capture_on_commit_callbacks: Any
) -> None:
    row = verbs.save_dataset(own, record(shows_rows=True), by=manager)
    verbs.give_file(row, "bedden.csv", CSV, by=manager)
    first = DataSource.objects.get(dataset=row)
    assert (first.size, first.media_type) == (len(CSV), "text/csv; charset=utf-8")
    assert first.first_rows[:2] == [["dag", "aantal"], ["2026-01-01", "4"]]
    with django_capture_on_commit_callbacks(execute=True):
        verbs.give_file(
            row, "../Bedden <2>.BIN", b"\0x", by=manager, version="2026-02", notes="Nieuw"
        )
    second = DataSource.objects.get(dataset=row)
    assert (second.name, second.media_type) == ("Bedden 2.bin", "application/octet-stream")
    assert second.first_rows == []
    with store.opened(ROOM, second.key) as file:
        assert file.read() == b"\0x"
    assert store.missing(ROOM, [first.key]) == [first.key]
    assert [each.number for each in row.versions.all()] == ["2026-02", "1.0"]
    with pytest.raises(InvalidInput, match="already"):
        verbs.give_file(row, "x.csv", CSV, by=manager, version="1.0")
    assert DataSource.objects.get(dataset=row).key == second.key


@pytest.mark.parametrize(("size", "message"), [(0, "empty"), (LARGEST + 1, "larger")])
def test_an_upload_is_whole_or_not_at_all(
    own: Connector, manager: Person, size: int, message: str
) -> None:
    row = verbs.save_dataset(own, record(), by=manager)
    with pytest.raises(InvalidInput, match=message):
        verbs.give_file(row, "x.csv", b"x" * size, by=manager)
    assert not DataSource.objects.exists()


def test_rows_about_people_are_never_kept_to_be_shown(own: Connector, manager: Person) -> None:
    row = verbs.save_dataset(own, record(shows_rows=True), by=manager)
    verbs.give_file(row, "x.csv", CSV, by=manager)
    assert DataSource.objects.get().first_rows
    about_people = record_of(row, personal="pseudonymised")
    verbs.save_dataset(own, about_people, by=manager, dataset=row)
    assert DataSource.objects.get().first_rows == []
    verbs.save_dataset(own, record_of(row), by=manager, dataset=row)
    assert len(DataSource.objects.get().first_rows) == 3


def test_a_file_is_read_again_only_where_others_may_see_more_or_less_of_it(
    own: Connector, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = verbs.save_dataset(own, record(shows_rows=True), by=manager)
    verbs.give_file(row, "x.txt", b"Geen tabel", by=manager)
    monkeypatch.setattr(store, "opened", None)
    edited = verbs.save_dataset(own, record_of(row, title="Anders"), by=manager, dataset=row)
    assert edited.title == "Anders"


def test_only_some_rows_are_read_of_a_large_table_and_none_of_what_is_no_table() -> None:
    large = b"a,b\n" + b"1,2\n" * 200_000
    assert len(first_rows("x.csv", large)) == 21
    assert len(first_rows("x.csv", b"a,b\n" + b"1,2\n" * 39)) == 4
    assert first_rows("x.csv", b"a,b\n" + b"1,2\n" * 9) == []
    assert first_rows("x.xlsx", b"PK\x03\x04 no workbook") == []
    assert first_rows("x.png", CSV) == []


def test_who_does_not_manage_it_keeps_nothing(own: Connector, manager: Person) -> None:
    member, bureau = builders.person(own.organisation), builders.person(is_coordinator=True)
    row = verbs.save_dataset(own, record(), by=manager)
    for other in (member, bureau, builders.person()):
        with pytest.raises(NotAllowed):
            verbs.save_dataset(own, record(), by=other)
        with pytest.raises(NotAllowed):
            verbs.give_file(row, "x.csv", CSV, by=other)


def test_what_was_shared_is_not_thrown_away(own: Connector, manager: Person) -> None:
    row = published(own, manager)
    with pytest.raises(Conflict):
        verbs.delete(row, by=manager)
    verbs.withdraw(row, by=manager)
    verbs.delete(row, by=manager)
    assert not Dataset.objects.exists()


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"title": " "}, "title"),
        ({"areas": ["nergens"]}, "areas"),
        ({"region": "XX99"}, "region"),
        ({"theme": "ZZZZ"}, "theme"),
        ({"contact_email": "geen adres"}, "contact_email"),
        ({"keywords": [str(n) for n in range(30)]}, "keywords"),
    ],
)
def test_what_no_record_may_say_is_refused_at_its_place(
    own: Connector, manager: Person, said: dict[str, Any], place: str
) -> None:
    with pytest.raises(InvalidInput) as fault:
        verbs.save_dataset(own, record(**said), by=manager)
    assert fault.value.where == (place,)


def test_a_person_shares_a_file_in_the_browser(holder: Organisation, manager: Person) -> None:
    client = inside(manager)
    assert b"Open a connection" in client.get("/en/dataspace/").content
    assert client.post(f"/en/dataspace/connectors/{holder.slug}/open/").status_code == 302
    form = {
        "title": "Bezette bedden", "theme": "HEAL", "language": "nl",
        "personal": "none", "model": "contract", "shows_rows": "on", "text": "Per dag.", "contact_name": "Informatie",
        "contact_email": "data@lab.example", "connector": Connector.objects.get().pk, "areas": ["zorg"], "keywords": "bedden\nzorg",
    }  # fmt: skip
    new = client.get(f"{LIST}new/").content.decode()
    assert not [each for each in ("access", "creator", "licence") if f'name="{each}"' in new]
    assert client.post(f"{LIST}new/", {**form, "title": ""}).status_code == 422
    assert client.post(f"{LIST}new/", form).status_code == 302
    row = Dataset.objects.get()
    page = row.get_absolute_url()
    assert client.post(f"{page}version/", {}).status_code == 422
    assert "What changed?" not in client.get(f"{page}version/").content.decode()
    file = SimpleUploadedFile("bedden.csv", CSV)
    assert client.post(f"{page}version/", {"file": file}).status_code == 302
    assert "What changed?" in client.get(f"{page}version/").content.decode()
    asked = client.get(f"{page}publish/").content.decode()
    assert "Per dag." in asked
    assert "2026-01-02" in asked
    assert "Everybody sees its page, not the data." not in asked
    assert "There are no terms yet" in asked
    assert client.post(f"{page}publish/").status_code == 302
    seen = Client().get(page).content.decode()
    assert "2026-01-02" in seen
    assert "2026-01-03" not in seen
    assert "nobody can ask for it" in seen
    assert "Withdraw" not in seen
    late = {**form, "access": "PUBLIC", "licence": "CC0", "title": "Bedden", "seen": 1}
    assert client.post(f"{page}edit/", late).status_code == 422
    assert "Bezette bedden" in client.get(f"{LIST}mine/").content.decode()
    assert client.post(f"{page}withdraw/").status_code == 302
    assert Client().get(page).status_code == 404


def test_the_list_narrows_and_asks_no_more_for_more(
    own: Connector, manager: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    published(own, manager, title="Bedden", theme="HEAL", region="NL22", areas=["zorg"])
    for number in range(8):
        shared(own, f"urn:dataset:{number}", title=f"Metingen {number}", access="PUBLIC")
    shared(own, "urn:dataset:9", title="Nog niet", is_published=False)

    def titles(query: str) -> list[str]:
        answer = Client().get(LIST + query)
        assert answer.status_code == 200
        return [card.dataset.title for card in answer.context["page"]]

    assert titles("?theme=HEAL") == titles("?area=zorg") == titles("?region=NL22") == ["Bedden"]
    assert titles("?q=bed+lab") == ["Bedden"]
    assert len(titles("?access=PUBLIC&model=contract&personal=none")) == 8
    assert titles("?sort=title")[0] == "Bedden"
    assert len(titles("?organisation=nergens&q=")) == 9
    with django_assert_max_num_queries(10):
        titles("")


def test_what_an_organisation_shares_is_seen_only_while_it_takes_part(
    own: Connector, manager: Person
) -> None:
    row = published(own, manager)
    Organisation.objects.filter(pk=own.organisation_id).update(state="left")
    assert Client().get(row.get_absolute_url()).status_code == 404
    assert inside(manager).get(row.get_absolute_url()).status_code == 200


def test_terms_stand_there_in_words(own: Connector) -> None:
    row = shared(own)
    constraint = {"leftOperand": "purpose", "operator": "eq", "rightOperand": "research"}
    later = {"leftOperand": "dateTime", "operator": "lt", "rightOperand": "2027-01-01"}
    terms = {
        "permission": [{"action": "use", "constraint": [{"or": [constraint, later]}]}],
        "prohibition": [{"action": "distribute"}],
    }
    DatasetOffer.objects.update(terms=terms, must_be_signed=True)
    page = Client().get(row.get_absolute_url()).content.decode()
    assert "Both sides sign before any data goes." in page
    assert "Purpose of use is research that is published / Moment of use is before" in page
    assert 'Not allowed: <strong dir="auto">Pass the data on to others</strong>' in page


def test_with_whom_an_organisation_deals_is_told_to_nobody_else(
    own: Connector, manager: Person
) -> None:
    row = shared(own)
    only = {"leftOperand": "recipient", "operator": "eq", "rightOperand": "did:web:een.example"}
    terms = {"permission": [{"action": "use", "constraint": [only]}]}
    DatasetOffer.objects.create(dataset=row, key="urn:offer:only", terms=terms)
    page, address = row.get_absolute_url(), f"/api/v1/datasets/{row.pk}"
    for client in (Client(), inside(builders.person())):
        assert "een.example" not in client.get(page).content.decode()
        assert [each["terms"] for each in client.get(address).json()["offers"]] == [USE]
    assert "een.example" in inside(manager).get(page).content.decode()
    assert len(inside(manager).get(address).json()["offers"]) == 2


def test_what_is_shared_stands_with_its_organisation_and_its_offer(
    own: Connector, manager: Person
) -> None:
    row = published(own, manager)
    offer = row.listing
    assert offer is not None
    for page in (own.organisation.get_absolute_url(), offer.get_absolute_url()):
        assert row.get_absolute_url() in Client().get(page).content.decode()
    verbs.withdraw(row, by=manager)
    page = own.organisation.get_absolute_url()
    assert row.get_absolute_url() not in Client().get(page).content.decode()


def test_a_page_leads_from_the_file_to_its_terms_and_says_what_comes_after_publishing(
    own: Connector, manager: Person
) -> None:
    row = verbs.save_dataset(own, record(), by=manager)
    client, at = inside(manager), row.get_absolute_url()
    given = client.post(f"{at}version/", {"file": SimpleUploadedFile("a.csv", b"a,b")})
    assert given["Location"] == f"{at}canvas/"
    asked = client.post(f"{at}canvas/", {"may_share": "on"})
    assert asked["Location"] == f"{at}publish/"
    shown = client.get(f"{at}publish/").content.decode()
    assert "a.csv" in shown
    assert record().contact_email in shown
    assert "where your organisation is" in shown
    told = client.post(f"{at}publish/", follow=True).content.decode()
    assert "you get a letter" in told
    row.offers.update(is_automatic=True)
    client.post(f"{at}withdraw/")
    told = client.post(f"{at}publish/", follow=True).content.decode()
    assert "Who meets the terms gets it at once" in told
    again = client.post(f"{at}version/", {"file": SimpleUploadedFile("b.csv", b"a,b")})
    assert again["Location"] == at


def test_a_theme_is_chosen_by_who_describes_it(own: Connector, manager: Person) -> None:
    said = {"title": "Bedden", "language": "nl", "personal": "none", "model": "contract"}
    refused = inside(manager).post("/nl/dataspace/datasets/new/", said)
    assert refused.status_code == 422
    assert "Kies een thema" in refused.content.decode()
    assert not Dataset.objects.filter(connector=own).exists()


def test_a_program_describes_gives_and_publishes_a_dataset(own: Connector, manager: Person) -> None:
    program, any_state = Program(manager), {"if-match": "*"}
    said = {
        "organisation": own.organisation.slug,
        "title": "Bedden",
        "text": "Per dag.",
        "contactName": "Informatie",
    }
    made = program("POST", "/datasets", said).json()
    assert not made["isPublished"]
    one = f"/datasets/{made['id']}"
    assert program("POST", f"{one}/deeds", {"deed": "publish"}).status_code == 422
    changed = {"contactEmail": "data@lab.example", "showsRows": True}
    assert program("PATCH", one, changed, **any_state).status_code == 200
    assert program("PATCH", one, {"theme": "nergens"}, **any_state).status_code == 422
    given = {"file": SimpleUploadedFile("bedden.csv", CSV), "version": "1.0", "notes": "Eerste"}
    headers = {"authorization": f"Bearer {program.secret}"}
    assert Client(headers=headers).post(f"/api/v1{one}/versions", given).status_code == 201
    assert program("POST", f"{one}/deeds", {"deed": "publish"}).status_code == 200
    address = "/api/v1/datasets"
    one = f"/api/v1{one}"
    seen = Client().get(one).json()
    assert (seen["file"]["size"], seen["versions"][0]["number"]) == (len(CSV), "1.0")
    assert seen["participantId"] == own.participant_id
    assert [each["id"] for each in Client().get(f"{address}?q=bedden").json()["items"]] == [
        made["id"]
    ]


def test_files_that_no_dataset_knows_are_swept_a_month_later(
    own: Connector, manager: Person
) -> None:
    row = verbs.save_dataset(own, record(), by=manager)
    verbs.give_file(row, "x.csv", CSV, by=manager)
    left = uuid4()
    with store.kept(ROOM, left, b"x"):
        pass
    sweep(int((timezone.now() + timedelta(days=40)).timestamp()))
    assert store.missing(ROOM, [DataSource.objects.get().key, left]) == [left]
