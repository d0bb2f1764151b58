"""What a page that is made anew asks of the database: as much where there is much as where there is little."""

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from katalysator.activities.models import Activity
from katalysator.coalition.models import Person
from katalysator.core import kept
from katalysator.groups.models import WorkingGroup
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings import halves
from katalysator.listings.models import Kind, Listing
from katalysator.questions.models import Question
from katalysator.readings.texts import renew_lexicon
from katalysator.search.indexing import make_findable
from katalysator.search.models import findables
from katalysator.site.search.spelling import renew_words
from tests import builders
from tests.attack.steps import inside
from tests.matches.steps import NEED, OFFER, match_all, statements

pytestmark = pytest.mark.django_db

OF_A_MEMBER = {
    "": 36,
    "?region=NL31": 36,
    "listings/": 9,
    "listings/?area=zorg&kind=need": 9,
    "listings/?q=longscans": 13,
    "listings/?sort=gaps&kind=need": 9,
    "listings/{listing}/": 23,
    "search/?q=longscans": 20,
    "organisations/": 9,
    "organisations/lab/": 20,
    "activities/": 5,
    "activities/?area=zorg": 4,
    "activities/{activity}/": 5,
    "knowledge/": 8,
    "knowledge/?area=zorg": 8,
    "knowledge/{item}/": 17,
    "questions/": 6,
    "questions/?area=zorg": 5,
    "questions/{question}/": 6,
    "groups/": 6,
    "groups/{group}/": 14,
    "areas/zorg/": 36,
    "areas/zorg/talent/": 33,
    "account/": 33,
}
OF_THE_BUREAU = {
    "bureau/": 26,
    "bureau/week/": 23,
    "bureau/participants/": 7,
    "bureau/participants/?fresh=no": 7,
}


@pytest.mark.parametrize("count", [1, 4])
def test_pages_ask_as_many_questions_however_much_there_is(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        halves, "MOST", 0
    )  # as where there are very many: all is asked in the tables
    member, bureau = _built(count), builders.person(is_coordinator=True)
    assert _asked(inside(member), OF_A_MEMBER) == OF_A_MEMBER
    assert _asked(inside(bureau), OF_THE_BUREAU) == OF_THE_BUREAU


def _built(count: int) -> Person:
    """Let there be so many of each thing, all of it read; returns who speaks for an organisation that has some."""
    lab = builders.organisation(slug="lab")
    member = builders.person(lab)
    for _ in range(count):
        giver = builders.organisation()
        builders.listing(lab, **NEED)
        builders.listing(giver, Kind.OFFER, **OFFER)
        for owner in (lab, giver):
            builders.activity(owner)
            builders.item(owner)
        builders.question("answered")
        builders.question()
        builders.group()
        builders.application()
        builders.joining(lab)
    match_all()
    for records in findables():
        make_findable(records)
    renew_words()
    renew_lexicon()
    return member


def _asked(client: Client, pages: Mapping[str, int]) -> dict[str, int]:
    """How many questions each page asks, when all that is loaded once is loaded."""
    first = {
        "listing": Listing.objects.filter(kind=Kind.NEED).earliest("pk").pk,
        "activity": Activity.objects.earliest("pk").pk,
        "item": KnowledgeItem.objects.earliest("pk").pk,
        "question": Question.objects.answered_in_public().earliest("pk").pk,
        "group": WorkingGroup.objects.earliest("pk").slug,
    }
    asked = {}
    for page in pages:
        address = f"/en/{page.format(**first)}"
        assert client.get(address).status_code == 200
        with kept.anew(), CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[page] = len(statements(queries))
    return asked
