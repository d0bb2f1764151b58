"""A list declares its filters once: form, query, what is filtered on and API follow from that."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.http import QueryDict
from django.test import RequestFactory
from ninja.errors import ValidationError
from pydantic import ValidationError as WrongType

from katalysator.coalition.models import Organisation
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.core.filters import (
    ActiveFilter,
    ChoiceFilter,
    Choices,
    ListFilterSet,
    ListQuery,
    WordsFilter,
)
from tests import builders

pytestmark = pytest.mark.django_db

ANYBODY = "any"
asked_for: list[str] = []


def cities() -> Choices:
    asked_for.append("cities")
    return [("Delft", "Delft!"), ("Ede", "Ede!")]


class ToyFilter(ListFilterSet[OrganisationQuerySet]):
    """One of every sort: words, choices of three kinds, a default, who asks, and an order."""

    q = WordsFilter(label="Words", max_length=20, method="_named", description="Part of the name.")
    kind = ChoiceFilter(label="Kind", choices=Organisation.Kind.choices)
    home_town = ChoiceFilter(
        label="City", choices=cities, field_name="city", description="Where it is."
    )
    part = ChoiceFilter(
        label="Takes part",
        choices=[("no", "Others"), (ANYBODY, "Everybody")],
        default="yes",
        empty_label="Participants",
        method="_part",
    )
    mine = ChoiceFilter(label="Mine", choices=[("yes", "Mine only")], method="_mine")
    sort = ChoiceFilter(
        label="Sort by",
        choices=[("name", "Name"), ("kvk", "Number")],
        default="name",
        empty_label=None,
        narrows=False,
        method="_sorted",
    )

    def _named(self, found: OrganisationQuerySet, _name: str, words: str) -> OrganisationQuerySet:
        return found.named(words)

    def _part(self, found: OrganisationQuerySet, _name: str, part: str) -> OrganisationQuerySet:
        return found if part == ANYBODY else found.filter(is_participant=part == "yes")

    def _mine(self, found: OrganisationQuerySet, _name: str, _yes: str) -> OrganisationQuerySet:
        assert self.request is not None
        return found.of(self.request.user)

    def _sorted(self, found: OrganisationQuerySet, _name: str, sort: str) -> OrganisationQuerySet:
        return found.order_by(F(sort).desc(nulls_last=True), "pk")


@pytest.fixture(autouse=True)
def three() -> Iterator[None]:
    builders.organisation(name="A", kind="startup", city="Delft", kvk="00000002")
    builders.organisation(name="B", city="Ede", kvk="00000003")
    builders.organisation(name="C", city="Ede", state="listed")
    asked_for.clear()
    yield
    asked_for.clear()


def toy(asked: dict[str, Any], user: Any = None) -> ToyFilter:
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    query = QueryDict(urlencode(asked))
    return ToyFilter(query, Organisation.objects.all(), request=request)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, "BA"),
        ({"q": "á"}, "A"),
        ({"kind": "startup"}, "A"),
        ({"home_town": "Ede"}, "B"),
        ({"part": "no"}, "C"),
        ({"part": "any"}, "CBA"),
        ({"part": "any", "home_town": "Ede"}, "CB"),
        ({"sort": "kvk"}, "BA"),
        ({"sort": "kvk", "part": "any"}, "BAC"),
        ({"mine": "yes"}, ""),
    ],
)
def test_the_records_that_are_asked_for_come_in_order(asked: dict[str, str], names: str) -> None:
    assert "".join(each.name for each in toy(asked).qs) == names


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x" * 21},
        {"kind": "church"},
        {"home_town": "Atlantis"},
        {"part": "perhaps"},
        {"sort": "-password"},
        {"colour": "blue"},
    ],
)
def test_what_cannot_be_read_counts_as_not_asked(asked: dict[str, str]) -> None:
    narrowed = toy(asked)
    assert "".join(each.name for each in narrowed.qs) == "BA"
    assert list(narrowed.active()) == []


@pytest.mark.parametrize("typed", ["A\0", "\u202eA", "<b>A</b>", " A\n"])
def test_of_words_that_are_typed_only_what_is_seen_counts(typed: str) -> None:
    assert [each.name for each in toy({"q": typed}).qs] == ["A"]


def test_an_answer_may_depend_on_who_asks() -> None:
    person = builders.person(Organisation.objects.get(name="A"))
    assert [each.name for each in toy({"mine": "yes"}, person).qs] == ["A"]


def test_choices_from_the_database_are_asked_for_once_for_each_form() -> None:
    narrowed = toy({"home_town": "Ede"})
    assert narrowed.qs.exists()
    assert 'value="Delft">Delft!' in str(narrowed.form["home_town"])
    assert list(narrowed.active()) == [("City: Ede!", "?")]
    assert asked_for == ["cities"]
    assert toy({}).form.fields["home_town"].choices  # type: ignore[attr-defined]
    assert asked_for == ["cities"] * 2


def test_the_form_begins_with_what_counts_where_nothing_is_chosen() -> None:
    fields: dict[str, Any] = toy({}).form.fields
    assert list(fields) == ["q", "kind", "home_town", "part", "mine", "sort"]
    assert next(iter(fields["kind"].choices)) == ("", "All")
    assert next(iter(fields["part"].choices)) == ("", "Participants")
    assert next(iter(fields["sort"].choices)) == ("name", "Name")


class TestWhatIsFilteredOn:
    def labels(self, **asked: str) -> list[ActiveFilter]:
        return list(toy(asked).active())

    def test_each_is_named_and_can_be_taken_away(self) -> None:
        assert self.labels(kind="startup", q="ro bots") == [
            ("Words: ro bots", "?kind=startup"),
            ("Kind: Startup", "?q=ro+bots"),
        ]

    def test_the_order_is_no_filter_and_stays(self) -> None:
        assert self.labels(sort="kvk") == []
        assert self.labels(sort="kvk", part="no") == [("Takes part: Others", "?sort=kvk")]

    def test_taking_one_away_leads_to_the_first_page(self) -> None:
        assert self.labels(kind="startup", page="3") == [("Kind: Startup", "?")]


class TestParameters:
    """What the API asks: the same questions, refused where the page would leave them."""

    query = ListQuery[ToyFilter]

    def test_they_have_names_descriptions_and_the_choices_that_never_change(self) -> None:
        described = self.query.model_json_schema(by_alias=True)["properties"]
        assert list(described)[2:] == ["q", "kind", "homeTown", "part", "mine", "sort"]
        assert described["q"]["description"] == "Part of the name."
        assert described["q"]["maxLength"] == 20
        assert described["part"]["enum"] == ["", "no", "any"]
        assert described["sort"]["enum"] == ["", "name", "kvk"]
        assert "enum" not in described["homeTown"]
        assert asked_for == []

    @pytest.mark.parametrize(
        ("asked", "names"), [({}, "BA"), ({"homeTown": "Ede", "part": "any"}, "CB")]
    )
    def test_they_narrow_as_on_the_page(self, asked: dict[str, str], names: str) -> None:
        query = self.query.model_validate(asked)
        narrowed = query.narrow(Organisation.objects.all(), RequestFactory().get("/"))
        assert "".join(each.name for each in narrowed) == names

    def test_a_wrong_choice_is_refused_before_anything_is_asked(self) -> None:
        with pytest.raises(WrongType, match="'no' or 'any'"):
            self.query.model_validate({"part": "perhaps"})

    @pytest.mark.parametrize(
        ("asked", "place"), [({"homeTown": "Atlantis"}, "homeTown"), ({"q": "x" * 21}, "q")]
    )
    def test_what_cannot_be_read_is_named_as_it_was_asked(
        self, asked: dict[str, str], place: str
    ) -> None:
        query = self.query.model_validate(asked)
        with pytest.raises(ValidationError) as refused:
            query.narrow(Organisation.objects.all(), RequestFactory().get("/"))
        assert [error["loc"] for error in refused.value.errors] == [(place,)]
