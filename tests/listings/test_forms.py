"""The form of a need or offer, and the filter: what they offer, and what they make of good input."""

from dataclasses import replace
from datetime import date

import pytest
from django.forms.models import ModelChoiceField
from django.utils import translation

from katalysator.listings.contents import Content
from katalysator.listings.filters import region_choices
from katalysator.listings.forms import ListingForm, initial_of
from katalysator.listings.market import market
from katalysator.listings.models import Kind
from katalysator.listings.verbs import post
from tests import builders
from tests.listings.filled import as_sent, form

pytestmark = pytest.mark.django_db


def empty(person: object = None, kind: Kind = Kind.NEED, slug: str = "capital") -> ListingForm:
    who = person or builders.person(builders.organisation())
    return ListingForm(market=market(slug), kind=kind, person=who)  # type: ignore[arg-type]


def organisations(listing_form: ListingForm) -> list[str]:
    field = listing_form.fields["organisation"]
    assert isinstance(field, ModelChoiceField)
    assert field.queryset is not None
    return [organisation.name for organisation in field.queryset]


def test_good_answers_become_what_the_verb_wants() -> None:
    filled = form()
    assert filled.is_valid(), filled.errors
    assert filled.content() == Content(
        language="nl",
        title="Groeigeld gezocht",
        text="Wij zoeken groeigeld voor beeldherkenning.",
        block="",  # the market lies in one
        areas=("zorg", "agro"),
        regions=("NL31",),
        areas_required=True,
        region_required=False,
        skills=("mlops", "computer vision"),
        visibility="participants",
        terms={
            "stage": ["seed"],
            "instrument": ["loan", "grant"],
            "ticket": {"min": "1000.50", "max": "2000.00"},
            "period": {"min": "2026-01-01", "max": "2026-12-31"},
            "capacity": {"capacity": 3, "min_capacity": 2},
        },
    )


def test_what_may_be_left_out_may_be_left_out() -> None:
    optional = (
        *("skills", "areas_required", "start", "end", "ticket_min", "ticket_max"),
        *("capacity", "min_capacity"),
    )
    filled = form({name: [] for name in optional})
    assert filled.is_valid(), filled.errors
    content = filled.content()
    assert (content.skills, content.areas_required) == ((), False)
    assert (content.terms["period"], content.terms["ticket"]) == (None, None)
    assert content.terms["capacity"] == {"capacity": 1, "min_capacity": 1}


@pytest.mark.parametrize(
    "name",
    [
        "organisation",
        "language",
        "title",
        "text",
        "areas",
        "regions",
        "stage",
        "instrument",
        "visibility",
    ],
)
def test_what_is_needed_is_missed_by_name(name: str) -> None:
    filled = form({name: []})
    assert not filled.is_valid()
    assert filled.errors.as_data()[name][0].code == "required"
    assert set(filled.errors) == {name}


def test_an_offer_does_not_insist_even_if_a_browser_says_so() -> None:
    filled = form(
        {"areas_required": "on", "region_required": "on", "min_capacity": "9"}, kind=Kind.OFFER
    )
    assert filled.is_valid(), filled.errors
    content = filled.content()
    assert (content.areas_required, content.region_required) == (False, False)
    assert content.terms["capacity"] == {"capacity": 3, "min_capacity": 1}


def test_a_market_without_an_amount_takes_none() -> None:
    filled = form({"block": "data", "form": ["advice"]}, slug="expertise")
    assert filled.is_valid(), filled.errors
    assert set(filled.content().terms) == {"form", "period", "capacity"}


def test_one_day_and_one_amount_are_ranges() -> None:
    filled = form(
        {"start": "2026-05-05", "end": "2026-05-05", "ticket_min": "5", "ticket_max": "5"}
    )
    assert filled.is_valid(), filled.errors
    assert filled.content().terms["ticket"] == {"min": "5.00", "max": "5.00"}


class TestDrafts:
    NEEDED = ("title", "organisation", "language", "visibility")

    def test_a_draft_may_be_unfinished(self) -> None:
        given = set(form().fields) - {*self.NEEDED, "seen"}
        filled = form({name: [] for name in given}, draft=True)
        assert filled.is_valid(), filled.errors
        assert filled.content() == Content(
            language="nl",
            title="Groeigeld gezocht",
            visibility="participants",
            terms={
                "stage": None,
                "instrument": None,
                "ticket": None,
                "period": None,
                "capacity": {"capacity": 1, "min_capacity": 1},
            },
        )

    @pytest.mark.parametrize("name", NEEDED)
    def test_what_a_draft_needs_too_is_missed_by_name(self, name: str) -> None:
        filled = form({name: []}, draft=True)
        assert set(filled.errors) == {name}

    def test_an_unfinished_one_of_several_blocks_stands_in_the_first(self) -> None:
        filled = form({"block": [], "form": []}, slug="expertise", draft=True)
        assert filled.is_valid(), filled.errors
        assert filled.content().block == ""

    @pytest.mark.parametrize(
        ("name", "value"),
        [("stage", ["unicorn"]), ("ticket_max", "veel"), ("end", "2025-12-31")],
    )
    def test_what_is_wrong_is_wrong_in_a_draft_too(self, name: str, value: str | list[str]) -> None:
        assert set(form({name: value}, draft=True).errors) == {name}


class TestOrder:
    def test_what_matters_is_asked_first_and_the_rest_is_folded(self) -> None:
        two = builders.person(builders.organisation(), builders.organisation())
        asked = [field.name for field in empty(two).asked]
        assert asked == [
            *("organisation", "title", "text", "stage", "instrument", "areas", "regions"),
        ]
        folded = {str(legend): [f.name for f in fields] for legend, fields in empty(two).folded}
        assert folded == {
            "Where": ["areas_required", "region_required"],
            "On which terms": ["ticket_min", "ticket_max"],
            "When and how many": ["start", "end", "capacity", "min_capacity", "stands_until"],
            "To be found": ["skills", "language"],
            "For whom": ["visibility"],
        }

    def test_it_unfolds_where_something_in_it_is_wrong(self) -> None:
        assert not form({"title": []}).is_unfolded
        assert form({"end": "2025-12-31"}).is_unfolded
        assert not empty().is_unfolded


class TestWhoPostsForWhom:
    def test_a_member_posts_for_the_own_organisations_that_take_part(self) -> None:
        mine = builders.organisation(name="Voorbeeld eigen")
        outside = builders.organisation(name="Voorbeeld buiten", state="listed")
        builders.organisation(name="Voorbeeld ander")
        assert organisations(empty(builders.person(mine, outside))) == ["Voorbeeld eigen"]

    def test_the_bureau_posts_for_all_that_take_part(self) -> None:
        names = [builders.organisation().name for _ in range(3)]
        builders.organisation(state="listed")
        assert organisations(empty(builders.person(is_coordinator=True))) == sorted(names)

    def test_the_only_organisation_is_not_asked_for(self) -> None:
        mine = builders.organisation()
        field = empty(builders.person(mine)).fields["organisation"]
        assert field.widget.is_hidden
        assert field.initial == mine
        two = empty(builders.person(mine, builders.organisation()))
        assert not two.fields["organisation"].widget.is_hidden

    def test_another_organisation_cannot_be_slipped_in(self) -> None:
        other = builders.organisation()
        filled = form({"organisation": str(other.pk)})
        assert filled.errors.as_data()["organisation"][0].code == "invalid_choice"


def test_a_listing_comes_back_into_the_form_as_it_was_said() -> None:
    owner = builders.organisation()
    person = builders.person(owner)
    filled = form(person=person)
    assert filled.is_valid()
    listing = post(
        owner, by=person, kind=Kind.NEED, market_slug="capital", content=filled.content()
    )
    listing.refresh_from_db()
    again = ListingForm(
        market=market("capital"), kind=Kind.NEED, person=person, initial=initial_of(listing)
    )
    assert not [
        name
        for name in filled.fields
        if again[name].value() in (None, "") and name not in ("seen", "stands_until")
    ]
    assert again["skills"].value() == "mlops, computer vision"
    assert again["stage"].value() == ["seed"]
    assert str(again["end"]).count('value="2026-12-31"') == 1


def test_an_unchanged_listing_says_the_same_when_it_is_sent_again() -> None:
    owner = builders.organisation()
    person = builders.person(owner)
    listing = builders.listing(
        owner, Kind.NEED, "capital", skills=("a", "b"), start=date(2026, 1, 2)
    )
    fresh = ListingForm(
        market=market("capital"), kind=Kind.NEED, person=person, initial=initial_of(listing)
    )
    data = {field.html_name: field.value() for field in fresh if field.value() is not None}
    filled = form({name: as_sent(data.get(name)) for name in fresh.fields}, person=person)
    assert filled.is_valid(), filled.errors
    said = builders.content("capital", skills=("a", "b"), start=date(2026, 1, 2))
    assert filled.content() == replace(
        said,
        block="",
        terms=market("capital").clean(said.terms),
        stands_until=listing.stands_until,
    )
    assert filled.content().terms == listing.stated()


def test_regions_are_the_country_and_its_provinces_in_the_readers_language() -> None:
    with translation.override("nl"):
        choices = dict(region_choices())
    assert next(iter(choices)) == "NL"
    assert len(choices) == 13
    assert choices["NL32"] == "Noord-Holland"
    assert dict(region_choices())["NL32"] == "North Holland"


@pytest.mark.parametrize(
    ("typed", "skills"),
    [
        ("", ()),
        (" , ;\n", ()),
        ("Python", ("python",)),
        ("a, b;c\nd", ("a", "b", "c", "d")),
        ("Python, python ,PYTHON", ("python",)),
        ("machine learning", ("machine learning",)),
        ("c++, c#, 数据, تعلم", ("c++", "c#", "数据", "تعلم")),
        (",".join(f"s{n}" for n in range(12)), tuple(f"s{n}" for n in range(12))),
        ("x" * 60, ("x" * 60,)),
    ],
)
def test_skills_are_split_lowered_and_told_apart(typed: str, skills: tuple[str, ...]) -> None:
    filled = form({"skills": typed})
    assert filled.is_valid(), filled.errors
    assert filled.content().skills == skills
