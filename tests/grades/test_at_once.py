"""A double click, or two tabs: grades of one person that arrive at the same time are one grade."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session

from katalysator.coalition.models import Organisation, Person
from katalysator.grades.models import Grade
from katalysator.listings.models import Listing
from katalysator.matches.models import MarketAllocation
from katalysator.readings.models import LexiconSnapshot, Reading
from tests.core.apart import apart, clear
from tests.grades.steps import Met, browser, met

pytestmark = pytest.mark.django_db

TIMES = 4
COMMITTED = (Listing, Organisation, Person, MarketAllocation, LexiconSnapshot, Reading, Session)


@pytest.fixture
def two() -> Iterator[Met]:
    """A pair that was committed, for all to see."""
    (made,) = apart(met)
    yield made
    apart(lambda: [kind.objects.all().delete() for kind in COMMITTED])
    clear()


def statuses(two: Met, address: str, sheet: dict[str, object], **said: str) -> list[int]:
    """What each of some browsers of the bureau hears, which press the button at the same time."""

    def press() -> int:
        client = browser(two.people["bureau"])
        if sheet:
            session = client.session
            session["grading"] = sheet
            session.save()
        return client.post(address, said).status_code

    return apart(*[press] * TIMES)


def test_a_double_click_on_a_card(two: Met) -> None:
    address = f"/en/listings/{two.need.pk}/matches/{two.offer.pk}/grade/"
    assert statuses(two, address, {}, say="useful") == [302] * TIMES
    assert Grade.objects.count() == 1


def test_a_double_click_on_the_grading_page(two: Met) -> None:
    pair = {"need": two.need.pk, "offer": two.offer.pk, "chosen": "score"}
    sheet: dict[str, object] = {"pairs": [pair], "at": 0}
    assert statuses(two, "/en/grading/", sheet, at="0", value="2") == [302] * TIMES
    assert Grade.objects.count() == 1
