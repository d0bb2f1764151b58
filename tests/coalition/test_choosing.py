"""Choosing one of thousands of participants: as any list to choose from, with less work."""

from html.parser import HTMLParser

import pytest
from django import forms
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations.choosing import LongSelect, OrganisationField
from tests import builders

pytestmark = pytest.mark.django_db

HOSTILE = "Voorbeeld \"<b>&amp;'</option>"


class Tags(HTMLParser):
    """Elements with their attributes, and what stands between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.found += [data.strip()] if data.strip() else []


class Chosen(forms.Form):
    organisation = OrganisationField()

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.fields["organisation"].queryset = Organisation.objects.all()  # type: ignore[attr-defined]


@pytest.fixture
def hostile() -> Organisation:
    builders.organisation(name="Voorbeeld BV")
    return builders.organisation(name=HOSTILE)


@pytest.mark.parametrize("initial", [None, "", "hostile", 10**9])
def test_it_is_drawn_as_djangos_own(hostile: Organisation, initial: object) -> None:
    value = hostile.pk if initial == "hostile" else initial
    choices = [("", "—"), (hostile.pk, HOSTILE), (hostile.pk + 1, "Voorbeeld BV")]
    told = {"id": "id_o", "class": "a b", "required": True, "disabled": False}
    drawn = [
        Tags(widget(choices=choices).render("o", value, told)).found
        for widget in (LongSelect, forms.Select)
    ]
    assert drawn[0] == drawn[1]


def test_a_name_is_read_and_nothing_more_and_one_that_was_not_offered_is_refused(
    hostile: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        page = str(Chosen(initial={"organisation": hostile.pk})["organisation"].as_widget())
    found = Tags(page).found
    assert ("option", {"value": str(hostile.pk), "selected": ""}) in found
    assert HOSTILE in found
    assert Chosen({"organisation": hostile.pk}).is_valid()
    assert Chosen({"organisation": hostile.pk + 10}).errors
    assert Chosen({"organisation": ""}).errors
