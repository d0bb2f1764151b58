"""The directory of organisations: narrowed down, robust against what people put in addresses."""

from typing import Any

import pytest
from django.core.paginator import Page
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition import views
from katalysator.coalition.models import Area, Organisation
from tests import builders

pytestmark = pytest.mark.django_db


def shown(client: Client, **asked: Any) -> list[str]:
    response = client.get(reverse("organisation-list"), asked)
    assert response.status_code == 200
    page: Page[Organisation] = response.context["page"]
    return [organisation.name for organisation in page]


@pytest.fixture(autouse=True)
def three() -> None:
    care = builders.organisation(name="Voorbeeld Zorg", kind="civil", region="NL31")
    care.areas.add(Area.objects.get(slug="zorg"))
    builders.organisation(name="Voorbeeld Haven", kind="company", region="NL33")
    builders.organisation(
        name="Voorbeeld Lab", kind="knowledge", region="NL310", is_participant=False
    )


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Haven", "Zorg", "Lab"]),
        ({"q": "zORG"}, ["Zorg"]),
        ({"q": "%"}, []),
        ({"q": "😀"}, []),
        ({"kind": "company"}, ["Haven"]),
        ({"area": "zorg"}, ["Zorg"]),
        ({"region": "NL31"}, ["Zorg", "Lab"]),
        ({"part": "yes"}, ["Haven", "Zorg"]),
        ({"part": "no"}, ["Lab"]),
        ({"part": "yes", "region": "NL31", "kind": "civil"}, ["Zorg"]),
    ],
)
def test_the_list_is_narrowed_down(client: Client, asked: dict[str, str], names: list[str]) -> None:
    assert shown(client, **asked) == [f"Voorbeeld {name}" for name in names]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x" * 20_000},
        {"q": "zorg\0"},
        {"kind": "church"},
        {"area": "atlantis"},
        {"region": "ZZ99"},
        {"part": "perhaps"},
        {"page": "-7"},
        {"page": "many"},
    ],
)
def test_what_cannot_be_read_is_left_out_of_account(client: Client, asked: dict[str, str]) -> None:
    assert len(shown(client, **asked)) == 3


def test_mark_up_in_a_question_comes_back_as_text(client: Client) -> None:
    response = client.get(reverse("organisation-list"), {"q": "<script>alert(1)</script>"})
    assert b"<script>alert" not in response.content


def test_pages_hold_so_many(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    assert len(shown(client)) == 2
    assert shown(client, page=2) == ["Voorbeeld Lab"]
    assert shown(client, page=99) == ["Voorbeeld Lab"]


def test_a_longer_list_asks_the_database_as_often(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        assert len(shown(client, kind="civil")) == 1
    with django_assert_num_queries(4):
        assert len(shown(client)) == 3


def test_the_directory_is_only_read(client: Client) -> None:
    assert client.post(reverse("organisation-list")).status_code == 405
