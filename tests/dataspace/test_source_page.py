"""The page on which who keeps a dataset says where its data is kept elsewhere."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from katalysator.dataspace.models import Dataset, DataSource
from tests import builders
from tests.dataspace.elsewhere import elsewhere
from tests.dataspace.world import connector, dataset

pytestmark = pytest.mark.django_db


def page_of(row: Dataset, language: str = "en") -> str:
    return f"/{language}/dataspace/datasets/{row.pk}/source/"


def inside(row: Dataset, role: str = "manager") -> Client:
    person = builders.person()
    row.connector.organisation.memberships.create(person=person, role=role)
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_address_is_tried_and_kept_and_its_key_is_never_shown(
    settings: LazySettings, django_assert_max_num_queries: Any
) -> None:
    settings.OUTGOING_LOOPBACK = True
    row = dataset(connector())
    client = inside(row)
    with elsewhere(b"a,b\n1,2\n") as place:
        said = {"kind": "http", "address": place.address, "name": "X-Key", "value": "geheim"}
        answer = client.post(page_of(row), said, follow=True)
    assert "its first byte came" in text(answer)
    assert "metingen.csv" in text(answer)
    assert "geheim" not in text(answer)
    assert (place.asked[0]["X-Key"], place.asked[0]["Range"]) == ("geheim", "bytes=0-0")
    assert DataSource.objects.get().size == 8
    with django_assert_max_num_queries(8):
        client.get(page_of(row))


def test_what_cannot_be_had_is_told_at_its_field_in_both_languages() -> None:
    row = dataset(connector())
    client = inside(row)
    said = {"kind": "http", "address": "https://10.0.0.1/x", "secret": "geheim"}
    answer = client.post(page_of(row), said)
    assert (answer.status_code, DataSource.objects.count()) == (422, 0)
    assert "This is no public address." in text(answer)
    assert "geheim" not in text(answer)
    assert "Dit is geen openbaar adres." in text(client.post(page_of(row, "nl"), said))


def test_it_is_a_page_of_who_manages_the_organisation_alone() -> None:
    row = dataset(connector())
    assert inside(row, "member").get(page_of(row)).status_code == 403
    Dataset.objects.update(is_published=False)
    assert inside(row, "member").get(page_of(row)).status_code == 404
    assert inside(row).get(page_of(row)).status_code == 200
    assert Client().get(page_of(row)).status_code == 302
