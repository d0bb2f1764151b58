"""What listings are about, to browse by: in both languages, and of what one may see."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from katalysator.listings.models import Listing
from katalysator.listings.subjects import TOLD, subjects_in, subjects_of
from katalysator.readings.texts import renew_lexicon
from katalysator.search.indexing import make_findable
from tests import builders

pytestmark = pytest.mark.django_db


def listing(title: str, **fields: Any) -> Listing:
    """A listing that was read."""
    made = builders.listing(builders.organisation(), title=title, text="Meer later.", **fields)
    make_findable(Listing.objects.filter(pk=made.pk))
    made.refresh_from_db()
    return made


def told(of: Listing) -> list[str]:
    return [subject.key for subject in subjects_of(of)]


def counted(known: Client | None = None) -> dict[str, int]:
    """The subjects of the page that a visitor sees."""
    answer = (known or Client()).get("/en/listings/subjects/")
    assert answer.status_code == 200
    return {each.key: each.listings for _letter, some in answer.context["letters"] for each in some}


def test_a_listing_is_about_what_its_text_surely_says() -> None:
    assert told(listing("Hulp na een beroerte")) == ["stroke"]


def test_what_was_not_read_yet_has_no_subjects() -> None:
    assert told(builders.listing(builders.organisation(), title="Hulp na een beroerte")) == []


def test_of_a_subject_and_those_above_it_the_narrowest_is_told() -> None:
    assert told(listing("Deep learning, machine learning en AI")) == ["deep-learning"]


def test_the_rarest_come_first_and_no_more_than_fit_in_a_line() -> None:
    for _ in range(3):
        listing("Diabetes")
    renew_lexicon()
    many = "Diabetes, beroerte, warmtepomp, spraakherkenning, voorspellend onderhoud, asbest, dementie, wifi"
    subjects = told(listing(many))
    assert len(subjects) == TOLD
    assert subjects[-1] == "diabetes" or "diabetes" not in subjects


@pytest.mark.parametrize(("language", "name"), [("nl", "beroerte"), ("en", "stroke")])
def test_a_subject_is_named_in_the_language_of_the_reader(language: str, name: str) -> None:
    made = listing("Living after a stroke", language="en")
    with override(language):
        assert [each.name for each in subjects_of(made)] == [name]


def test_the_page_of_a_listing_leads_to_others_about_the_same_in_either_language() -> None:
    dutch, english = (
        listing("Hulp na een beroerte"),
        listing("Living after a stroke", language="en"),
    )
    listing("Windmolens op zee")
    page = Client().get(f"/en/listings/{dutch.pk}/").content.decode()
    assert '?subject=stroke"' in page
    found = Client().get("/en/listings/", {"subject": "stroke"})
    assert {card.title for card in found.context["page"]} == {dutch.title, english.title}
    assert "Subject: stroke" in found.content.decode()


def test_the_subject_stays_when_something_else_is_filtered_on() -> None:
    listing("Hulp na een beroerte")
    page = Client().get("/en/listings/", {"subject": "stroke"}).content.decode()
    assert '<input type="hidden" name="subject" value="stroke"' in page


def test_a_subject_that_is_none_leaves_the_page_as_it_is_and_is_refused_by_the_api() -> None:
    made = listing("Hulp na een beroerte")
    found = Client().get("/en/listings/", {"subject": "<b>"})
    assert [card.title for card in found.context["page"]] == [made.title]
    assert Client().get("/api/v1/listings", {"subject": "<b>"}).status_code == 400


def test_subjects_stand_under_their_letters_with_how_many_tell_of_them() -> None:
    listing("Hulp na een beroerte")
    listing("Living after a stroke", language="en")
    listing("Diabetes")
    assert counted() == {"stroke": 2, "diabetes": 1}
    with override("nl"):
        assert [letter for letter, _ in subjects_in(Listing.objects.all())] == ["B", "D"]


@pytest.mark.parametrize("hidden", [{"visibility": "participants"}, {"state": "draft"}])
def test_what_is_hidden_is_in_no_count(hidden: dict[str, str]) -> None:
    listing(
        "Hulp na een beroerte", **({"visibility": "participants"} if "visibility" in hidden else {})
    )
    if "state" in hidden:
        Listing.objects.update(**hidden)
    assert counted() == {}


def test_before_anything_was_read_the_page_says_so() -> None:
    assert "Nothing was read yet" in Client().get("/en/listings/subjects/").content.decode()


def test_the_api_tells_the_subjects_of_a_listing() -> None:
    made = listing("Hulp na een beroerte")
    answer = Client().get(f"/api/v1/listings/{made.pk}", headers={"accept-language": "nl"}).json()
    assert answer["subjects"] == [{"value": "stroke", "label": "beroerte"}]


def test_subjects_cost_two_queries_however_many_there_are(
    django_assert_num_queries: Any,
) -> None:
    for _ in range(5):
        listing("Diabetes en beroerte")
    with django_assert_num_queries(2):
        subjects_in(Listing.objects.all())
