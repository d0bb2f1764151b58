"""What parties do in an introduction says something of the pair, and the learning sees it."""

import pytest

from katalysator.grades.models import Grade
from katalysator.grades.tasks import note_outcomes
from katalysator.introductions import together, verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.together import ResultContent
from katalysator.listings import verbs as listings
from katalysator.matches.models import MarketEntry
from tests import builders
from tests.introductions.steps import Pair
from tests.matches.steps import match_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    made = Pair.new()
    match_all()
    return made


def noted(introduction: int) -> dict[str, tuple[int, str]]:
    """The grades of the pair by their sides."""
    note_outcomes(introduction)
    found = Grade.objects.filter(chosen="met")
    return {each.side: (each.value, each.reason) for each in found}


def test_a_yes_says_that_it_is_useful(pair: Pair) -> None:
    assert noted(pair.proposed().pk) == {"need": (2, "")}


def test_a_yes_of_both_is_said_by_both(pair: Pair) -> None:
    assert noted(pair.introduced().pk) == {"need": (2, ""), "offer": (2, "")}


@pytest.mark.parametrize(
    ("reason", "said"),
    [("subject", (0, "subject")), ("size", (1, "size")), ("time", None), ("found", None)],
)
def test_a_no_teaches_by_its_reason(pair: Pair, reason: str, said: object) -> None:
    made = pair.proposed()
    verbs.decline(Pair.of(made, pair.giver), by=pair.giver, reason=reason)
    assert noted(made.pk).get("offer") == said


def test_a_result_says_surely_even_where_both_are_closed_by_then(pair: Pair) -> None:
    made = pair.introduced()
    noted(made.pk)
    seen = Grade.objects.get(side="need").score
    together.agree(made, by=pair.asker)
    for each in (pair.need, pair.offer):
        listings.move(each, "settle", by=builders.HOUSE)
    MarketEntry.objects.all().delete()  # what is closed stands in no market
    together.finish(made, by=pair.giver, result=ResultContent(outcome="pilot", summary=""))
    assert noted(made.pk) == {"need": (3, ""), "offer": (3, "")}
    assert Grade.objects.get(side="need").score == seen


def test_what_happened_outside_and_what_is_no_pair_say_nothing(pair: Pair) -> None:
    made = together.record(MeetingSide.of(pair.need), MeetingSide.of(pair.offer), by=pair.asker)
    assert noted(made.pk) == {}
    somebody = builders.presented()
    alone = verbs.propose(
        [MeetingSide(organisation=somebody), MeetingSide.of(pair.need)],
        by=builders.person(somebody),
    )
    assert noted(alone.pk) == {}


def test_nothing_is_said_of_the_bureau_that_brought_them_together(pair: Pair) -> None:
    made = verbs.propose(pair.sides(), by=builders.person(is_coordinator=True))
    assert noted(made.pk) == {}


def test_what_is_not_read_yet_is_passed_over() -> None:
    assert noted(Pair.new().proposed().pk) == {}
