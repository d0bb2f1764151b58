"""The directory of organisations: narrowed down, robust against what people put in addresses."""

from typing import Any

import pytest
from django.core.paginator import Page
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition import views
from katalysator.coalition.models import Area, Hub, Organisation
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
    builders.organisation(name="Voorbeeld Haven", kind="company", region="NL33", blocks=["data"])
    builders.organisation(name="Voorbeeld Lab", kind="institute", region="NL310", state="listed")


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Haven", "Zorg", "Lab"]),
        ({"q": "zORG"}, ["Zorg"]),
        ({"q": "%"}, []),
        ({"q": "😀"}, []),
        ({"kind": "company"}, ["Haven"]),
        ({"area": "zorg"}, ["Zorg"]),
        ({"block": "data"}, ["Haven"]),
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
        {"kind": "church"},
        {"area": "atlantis"},
        {"block": "stone"},
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


@pytest.mark.parametrize(
    ("page", "names", "participants", "others"),
    [(1, ["Haven", "Zorg"], 1, 0), (2, ["Aarde", "Lab"], 0, 1), (3, ["Nu"], 0, 1)],
)
def test_participants_come_first_under_their_heading_on_every_page(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    page: int,
    names: list[str],
    participants: int,
    others: int,
) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    for name in ("Aarde", "Nu"):
        builders.organisation(name=f"Voorbeeld {name}", state="listed")
    assert shown(client, page=page) == [f"Voorbeeld {name}" for name in names]
    content = client.get(reverse("organisation-list"), {"page": page}).content.decode()
    assert content.count(">Participants</h3>") == participants
    assert content.count(">Others, in the directory only</h3>") == others


def test_a_page_on_the_border_has_both_headings(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE", 3)
    content = client.get(reverse("organisation-list")).content.decode()
    headings = content.index(">Participants</h3>"), content.index("in the directory only</h3>")
    assert headings[0] < content.index("Voorbeeld Zorg") < headings[1] < content.index("Lab</a>")


def test_other_names_stand_by_the_name_in_the_list_and_on_the_profile(client: Client) -> None:
    made = builders.organisation(other_names=["TU <Voorbeeld>", "TV"])
    for address in (reverse("organisation-list"), made.get_absolute_url()):
        content = client.get(address).content.decode()
        assert content.count("Also known as") == 1
        assert "<bdi>TU &lt;Voorbeeld&gt;</bdi> · <bdi>TV</bdi>" in content


def test_what_is_filtered_on_is_named_and_can_be_taken_away(client: Client) -> None:
    asked = {"q": "voor beeld", "kind": "company", "region": "ZZ99", "page": "3"}
    response = client.get(reverse("organisation-list"), asked)
    assert response.context["active_filters"] == [
        ("Words: voor beeld", "?kind=company&region=ZZ99"),
        ("Kind: Company", "?q=voor+beeld&region=ZZ99"),
    ]
    assert b'href="?q=voor+beeld&amp;region=ZZ99"' in response.content


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "BEELD"},
        {"q": "vbz"},
        {"kind": "civil"},
        {"area": "zorg"},
        {"region": "NL33"},
        {"hub": "midden"},
        {"part": "no"},
        {"part": "yes", "hub": "midden"},
        {"q": "nergens"},
    ],
)
def test_the_page_and_the_api_give_the_same_answer(client: Client, asked: dict[str, str]) -> None:
    Organisation.objects.filter(name="Voorbeeld Zorg").update(other_names=["VBZ"])
    Hub.objects.create(slug="midden", name="Midden", regions=["NL31"])
    answer = client.get("/api/v1/organisations", asked).json()
    assert [item["name"] for item in answer["items"]] == shown(client, **asked)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "church"}, "kind: Give one of these: 'company', 'sme', 'startup'"),
        ({"area": "atlantis"}, "area: Select a valid choice."),
        ({"hub": "nowhere"}, "hub: Select a valid choice."),
        ({"q": "x" * 201}, "q: Ensure this value has at most 200 characters"),
        ({"part": "maybe", "pageSize": "0"}, "pageSize: Give 1 or more. part: Give one of"),
    ],
)
def test_the_api_refuses_what_the_page_leaves_out_of_account(
    client: Client, asked: dict[str, str], said: str
) -> None:
    assert len(shown(client, **asked)) == 3
    response = client.get("/api/v1/organisations", asked, headers={"accept-language": "en"})
    assert response.status_code == 400
    assert said in response.json()["detail"]


def test_a_longer_list_asks_the_database_as_often(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """What has changed, areas and hubs for the form, which are at hand then, the count and the page; a hub is one more.

    One more for each way in which the list can still divide: by kind, area and province. Words are two
    more: the lexicon, and what is scored.
    """
    Hub.objects.create(slug="all", name="All", regions=["NL"])
    with django_assert_num_queries(7):
        assert len(shown(client, kind="civil")) == 1
    with django_assert_num_queries(6):
        assert len(shown(client)) == 3
    with django_assert_num_queries(7):
        assert len(shown(client, hub="all")) == 3
    with django_assert_num_queries(9):
        assert len(shown(client, hub="all", q="voorbeeld")) == 3


def test_the_directory_is_only_read(client: Client) -> None:
    assert client.post(reverse("organisation-list")).status_code == 405
