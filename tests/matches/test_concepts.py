"""When the coalition says a new concept: texts are read again, found and matched by it."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition.models import Organisation
from katalysator.coalition.tasks import read_new_organisations
from katalysator.listings.models import Kind, Listing
from katalysator.listings.tasks import read_new_listings
from katalysator.matches.models import Match
from katalysator.matches.tasks import match_listing, read_concepts, rescore_market
from katalysator.readings import verbs
from katalysator.readings.models import CoalitionConcept, Reading
from katalysator.readings.texts import lexicon
from katalysator.readings.verbs import ConceptContent
from katalysator.search.finding import find, understood
from tests import builders
from tests.matches.steps import match_all

pytestmark = pytest.mark.django_db

TWIN = ConceptContent(nl=["zwaluwmodel"], en=["swallow engine"])


def both() -> tuple[Listing, Listing]:
    """A need and an offer about one thing, each in a word of its own that nobody else knows."""
    need = builders.listing(
        builders.organisation(),
        title="Zwaluwmodel gezocht",
        text="Wij zoeken een zwaluwmodel.",
    )
    offer = builders.listing(
        builders.organisation(),
        Kind.OFFER,
        language="en",
        title="Swallow engine here",
        text="We offer a swallow engine.",
    )
    match_all()
    read_new_listings()
    return need, offer


def add(content: ConceptContent = TWIN) -> CoalitionConcept:
    return verbs.add_concept(content, by=builders.HOUSE)


def waiting(task: str) -> list[dict[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(status="todo", task_name=task).order_by("pk")
    return list(jobs.values_list("args", flat=True))


def work() -> None:
    """What the background does of it."""
    ProcrastinateJob.objects.all().delete()
    read_concepts()
    for args in waiting("matches.match_listing"):
        match_listing(**args)
    for args in waiting("matches.rescore_market"):
        rescore_market(**args)


def concepts(listing: Listing) -> set[str]:
    listing.refresh_from_db()
    assert listing.reading is not None
    assert set(listing.meant) == set(listing.reading.concepts)
    return set(listing.meant)


def test_every_deed_queues_one_reading() -> None:
    row = add()
    assert len(waiting("matches.read_concepts")) == 1
    verbs.change_concept(row, ConceptContent(nl=["zwaluw"]), by=builders.HOUSE)
    verbs.remove_concept(row, by=builders.HOUSE)
    verbs.restore_concept(row, by=builders.HOUSE)
    assert len(waiting("matches.read_concepts")) == 1


def test_a_new_label_makes_two_listings_match_on_it() -> None:
    need, offer = both()
    before = Match.objects.filter(need=need, offer=offer).values_list("parts", flat=True).first()
    assert not before or before["concepts"] == 0.0
    add()
    assert "swallow-engine" not in concepts(need)
    work()
    assert "swallow-engine" in concepts(need) & concepts(offer)
    after = Match.objects.get(need=need, offer=offer)
    assert after.parts["concepts"] > 0.0


def test_what_says_it_in_another_language_is_found() -> None:
    need, _offer = both()
    query = "swallow engine"
    add()
    work()
    records = Listing.objects.filter(pk=need.pk)
    (found,) = find(records, understood(query), told=("title", "text"))
    assert found.relevance.concepts == 1.0


def test_organisations_are_read_again_too() -> None:
    made = builders.organisation(name="Zwaluwmodel BV")
    read_new_organisations()
    add()
    work()
    made = Organisation.objects.get(pk=made.pk)
    assert made.meant == ["swallow-engine"]


def test_what_is_removed_is_meant_no_more() -> None:
    need, offer = both()
    row = add()
    work()
    verbs.remove_concept(row, by=builders.HOUSE)
    work()
    assert "swallow-engine" not in concepts(need) | concepts(offer)


def test_what_means_the_same_as_before_is_not_matched_again() -> None:
    both()
    far = builders.listing(builders.organisation(), title="Boekhouding", text="Voor veehouders.")
    match_all()
    add()
    ProcrastinateJob.objects.all().delete()
    read_concepts()
    assert far.pk not in [args["listing_id"] for args in waiting("matches.match_listing")]
    assert len(waiting("matches.match_listing")) == 2
    assert len(waiting("matches.rescore_market")) == 12


def test_it_may_run_twice() -> None:
    need, _offer = both()
    add()
    work()
    before = list(Reading.objects.order_by("pk").values_list("pk", "concepts"))
    work()
    assert waiting("matches.match_listing") == []
    assert list(Reading.objects.order_by("pk").values_list("pk", "concepts")) == before
    assert "swallow-engine" in concepts(need)


def test_new_texts_are_read_for_it_and_it_is_counted() -> None:
    both()
    add()
    work()
    assert lexicon().concept_count("swallow-engine") == 2
    late = builders.listing(builders.organisation(), title="Nog een zwaluwmodel")
    read_new_listings()
    assert "swallow-engine" in concepts(late)


def test_a_text_that_changed_and_was_not_read_yet_is_left_alone() -> None:
    need, _offer = both()
    Listing.objects.filter(pk=need.pk).update(title="Iets anders", text="Heel iets anders.")
    before = Listing.objects.get(pk=need.pk).meant
    add()
    read_concepts()
    assert Listing.objects.get(pk=need.pk).meant == before
