"""What was read: once a text, kept while somebody says it."""

from datetime import UTC, datetime

import pytest

from katalysator.engine.matching import Profile
from katalysator.listings.models import Listing
from katalysator.matches.entries import enter
from katalysator.readings.models import Reading
from katalysator.readings.tasks import forget_unused
from katalysator.readings.texts import digest, read_texts, unused
from tests import builders

pytestmark = pytest.mark.django_db

_LATE = int(datetime(2036, 1, 1, tzinfo=UTC).timestamp())


def test_readings_come_in_the_order_of_the_texts_and_alike_texts_share_one() -> None:
    one, other = Profile(key="1", title="zee"), Profile(key="2", title="land")
    readings, new = read_texts([one, other, one])
    assert new == 2
    assert readings[0] == readings[2] != readings[1]
    assert [each.digest for each in readings] == [digest(one), digest(other), digest(one)]


def test_nothing_to_read_is_nothing_new() -> None:
    assert read_texts([]) == ([], 0)


@pytest.mark.parametrize(
    "other",
    [
        Profile(key="", title="a", text="bc"),
        Profile(key="", title="ab", text="c", skills=("d",)),
        Profile(key="", title="ab"),
    ],
)
def test_another_text_has_another_digest(other: Profile) -> None:
    assert digest(other) != digest(Profile(key="", title="ab", text="c"))


def test_what_nobody_says_any_more_is_forgotten_after_a_day() -> None:
    made = builders.listing(builders.organisation())
    enter([made])
    Listing.objects.filter(pk=made.pk).update(title="Anders")
    made.refresh_from_db()
    enter([made])
    assert unused().count() == 1
    forget_unused(timestamp=int(Reading.objects.earliest("pk").read_at.timestamp()) + 60)
    assert Reading.objects.count() == 2
    forget_unused(timestamp=_LATE)
    assert [entry.listing for entry in Reading.objects.get().entries.all()] == [made]
