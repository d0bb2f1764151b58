"""Who may say what of a pair; it is kept once a person, with what was seen, and can be taken back."""

import pytest
from django.db import IntegrityError, transaction

from katalysator.coalition import verbs as coalition
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.grades import verbs
from katalysator.grades.models import Grade
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind
from katalysator.matches.models import Match
from tests import builders
from tests.grades.steps import Met, graded
from tests.matches.steps import NEED, OFFER

pytestmark = pytest.mark.django_db


def deeds() -> list[str]:
    return list(Event.objects.filter(chain="grades").order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize("side", ["need", "offer", "bureau"])
def test_both_sides_and_the_bureau_grade_each_in_their_own_name(two: Met, side: str) -> None:
    made = graded(two.need, two.offer, two.people[side], 2)
    assert (made.side, made.value, made.person, made.chosen) == (side, 2, two.people[side], "card")
    assert made.market == "expertise"


@pytest.mark.parametrize("who", ["other", "nobody"])
def test_nobody_else_does(two: Met, who: str) -> None:
    with pytest.raises(NotAllowed, match="both sides and the bureau"):
        graded(two.need, two.offer, two.people[who], 2)
    assert (Grade.objects.count(), deeds()) == (0, [])


def test_who_does_not_see_the_other_half_cannot_grade_it(two: Met) -> None:
    listings.move(two.offer, "close", by=builders.HOUSE)
    with pytest.raises(NotAllowed):
        graded(two.need, two.offer, two.people["need"], 2)
    assert graded(two.need, two.offer, two.people["offer"], 2).value == 2


def test_the_score_is_kept_as_it_was(two: Met) -> None:
    made = graded(two.need, two.offer, two.people["bureau"], 3)
    match = Match.objects.get()
    assert made.score == pytest.approx(match.score)
    assert made.parts == match.parts
    assert 0 < made.quick < 1


def test_the_grading_page_is_the_bureaus_also_for_who_speaks_for_a_side(two: Met) -> None:
    two.people["need"].is_coordinator = True
    two.people["need"].save()
    assert graded(two.need, two.offer, two.people["need"], 1, chosen="random").side == "bureau"
    assert graded(two.need, two.offer, two.people["need"], 2).side == "need"


class TestOnePersonOnePair:
    def test_another_grade_takes_the_place_of_the_first(self, two: Met) -> None:
        first = graded(two.need, two.offer, two.people["need"], 3)
        second = graded(two.need, two.offer, two.people["need"], 0, reason="subject")
        assert (first.pk, Grade.objects.get().value) == (second.pk, 0)
        event = Event.objects.filter(chain="grades").latest("pk")
        assert (event.before["value"], event.after["value"]) == (3, 0)
        assert event.after["reason"] == "subject"

    def test_a_reason_beside_the_same_grade_leaves_it_blind(self, two: Met) -> None:
        graded(two.need, two.offer, two.people["bureau"], 0, chosen="score")
        again = graded(two.need, two.offer, two.people["bureau"], 0, reason="place")
        assert (again.chosen, again.reason) == ("score", "place")
        changed = graded(two.need, two.offer, two.people["bureau"], 2)
        assert (changed.chosen, changed.reason) == ("card", "")

    def test_others_keep_theirs(self, two: Met) -> None:
        graded(two.need, two.offer, two.people["need"], 2)
        graded(two.need, two.offer, two.people["offer"], 0)
        assert sorted(Grade.objects.values_list("value", flat=True)) == [0, 2]

    def test_the_database_keeps_it_so(self, two: Met) -> None:
        made = graded(two.need, two.offer, two.people["need"], 2)
        made.pk = None
        with pytest.raises(IntegrityError, match="one_grade_per"), transaction.atomic():
            made.save(force_insert=True)

    @pytest.mark.parametrize(
        ("wrong", "name"),
        [
            ({"value": 4}, "at_most_three"),
            ({"value": 2, "reason": "size"}, "reason_is_for"),
            ({"value": 2, "remark": "nee"}, "reason_is_for"),
        ],
    )
    def test_and_what_cannot_be(self, two: Met, wrong: dict[str, object], name: str) -> None:
        made = graded(two.need, two.offer, two.people["need"], 0)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Grade.objects.filter(pk=made.pk).update(**wrong)


class TestTakingBack:
    def test_the_grade_goes_and_the_trail_tells(self, two: Met) -> None:
        graded(two.need, two.offer, two.people["need"], 2)
        verbs.withdraw(two.need, two.offer, by=two.people["need"])
        assert Grade.objects.count() == 0
        assert deeds() == ["grade.give", "grade.withdraw"]
        assert not audit.verify().broken

    def test_only_ones_own(self, two: Met) -> None:
        graded(two.need, two.offer, two.people["need"], 2)
        for who in ("offer", "bureau"):
            with pytest.raises(Conflict, match="You said nothing"):
                verbs.withdraw(two.need, two.offer, by=two.people[who])
        assert Grade.objects.count() == 1


class TestBadInput:
    @pytest.mark.parametrize("value", [-1, 4])
    def test_no_grade(self, two: Met, value: int) -> None:
        with pytest.raises(InvalidInput, match="Give 0, 1, 2 or 3"):
            graded(two.need, two.offer, two.people["need"], value)

    def test_two_of_a_kind_are_no_pair(self, two: Met) -> None:
        second = builders.listing(builders.organisation(), Kind.NEED, **NEED)
        for pair in ((two.need, second), (two.offer, two.need)):
            with pytest.raises(InvalidInput, match="a need and an offer"):
                graded(*pair, two.people["bureau"], 2)

    def test_nor_are_those_of_two_markets(self, two: Met) -> None:
        elsewhere = builders.listing(builders.organisation(), Kind.OFFER, "pilot", **OFFER)
        with pytest.raises(InvalidInput, match="one market"):
            graded(two.need, elsewhere, two.people["bureau"], 2)

    def test_a_reason_that_is_none(self, two: Met) -> None:
        with pytest.raises(InvalidInput, match="none of the reasons"):
            graded(two.need, two.offer, two.people["need"], 0, reason="mood")
        with pytest.raises(InvalidInput, match="not useful"):
            graded(two.need, two.offer, two.people["need"], 3, reason="subject")

    def test_what_was_not_read_yet(self, two: Met) -> None:
        unread = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
        with pytest.raises(Conflict, match="not read both"):
            graded(two.need, unread, two.people["need"], 2)


class TestWhatFollows:
    def test_erased_people_leave_a_grade_without_a_name_or_words(self, two: Met) -> None:
        graded(two.need, two.offer, two.people["need"], 0, reason="other", remark="Ik ben Jan")
        coalition.erase(two.people["need"], by=builders.HOUSE)
        left = Grade.objects.get()
        assert (left.person, left.remark, left.reason, left.value) == (None, "", "other", 0)
        assert "Jan" not in str(list(Event.objects.values()))

    def test_other_texts_outdate_a_grade_and_a_new_grade_mends_it(self, two: Met) -> None:
        made = graded(two.need, two.offer, two.people["bureau"], 2)
        said = {"title": OFFER["title"], "text": OFFER["text"]}
        listings.edit(two.offer, by=builders.HOUSE, content=builders.content(**said, capacity=2))
        assert not Grade.objects.get(pk=made.pk).is_outdated
        listings.edit(two.offer, by=builders.HOUSE, content=builders.content(title="Anders"))
        assert Grade.objects.get(pk=made.pk).is_outdated
        assert not graded(two.need, two.offer, two.people["bureau"], 0).is_outdated

    def test_the_same_grade_again_is_of_the_new_texts(self, two: Met) -> None:
        made = graded(two.need, two.offer, two.people["need"], 2)
        Grade.objects.filter(pk=made.pk).update(is_outdated=True, score=0.0)
        again = graded(two.need, two.offer, two.people["need"], 2)
        assert not again.is_outdated
        assert (again.pk, again.score) == (made.pk, made.score)
        assert again.at > made.at


def test_sides_see_their_own_grades_and_the_bureau_all(two: Met) -> None:
    for who in ("need", "offer", "bureau"):
        graded(two.need, two.offer, two.people[who], 2)
    seen = {who: Grade.objects.visible_to(each).count() for who, each in two.people.items()}
    assert seen == {"need": 1, "offer": 1, "other": 0, "nobody": 0, "bureau": 3}
