"""Places by the order that people gave: stable, by lot, looked at before they count."""

import pytest
from hypothesis import given, strategies as st

from katalysator.activities.choices.dividing import Wish, divided, in_turn
from katalysator.activities.choices.verbs import move, post, propose, rank
from katalysator.activities.models import Activity, ActivityChoice, Enrolment
from katalysator.activities.tasks import divide
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import SEATS
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.activities.steps import come, jobs
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

SEED = 7


@st.composite
def markets(draw: st.DrawFn) -> tuple[list[Wish], dict[int, int | None]]:
    activities = list(range(10, 10 + draw(st.integers(1, 4))))
    places = {each: draw(st.none() | st.integers(0, 3)) for each in activities}
    some = st.lists(st.sampled_from(activities), min_size=1, unique=True)
    homes = st.none() | st.integers(1, 3)
    wishes = [Wish(person, draw(homes), draw(some)) for person in range(draw(st.integers(0, 8)))]
    return wishes, places


class TestDividing:
    @given(markets())
    def test_nobody_would_rather_have_what_went_to_who_came_after_them(
        self, market: tuple[list[Wish], dict[int, int | None]]
    ) -> None:
        wishes, places = market
        got = divided(wishes, places, seed=SEED)
        assert got.keys() == {wish.person for wish in wishes}
        turn = {wish.person: place for place, wish in enumerate(in_turn(wishes, SEED))}
        for wish in wishes:
            mine = got[wish.person]
            assert mine is None or mine in wish.order
            better = wish.order[: wish.order.index(mine)] if mine else wish.order
            for activity in better:
                sitting = [person for person, has in got.items() if has == activity]
                assert places[activity] is not None
                assert len(sitting) == places[activity], "it is full"
                assert all(turn[person] < turn[wish.person] for person in sitting)

    def test_of_each_organisation_one_goes_first(self) -> None:
        crowd = [Wish(person, 1, [10]) for person in range(9)]
        got = divided([*crowd, Wish(99, 2, [10])], {10: 2}, seed=SEED)
        assert got[99] == 10

    def test_the_same_lots_can_be_drawn_again(self) -> None:
        wishes = [Wish(person, None, [10, 11]) for person in range(20)]
        places: dict[int, int | None] = {10: 5, 11: 5}
        assert divided(wishes, places, seed=1) == divided(wishes, places, seed=1)
        assert divided(wishes, places, seed=1) != divided(wishes, places, seed=2)


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation()


@pytest.fixture
def rounds(owner: Organisation) -> list[Activity]:
    return [builders.activity(owner, capacity=1) for _ in range(2)]


@pytest.fixture
def choice(owner: Organisation, rounds: list[Activity]) -> ActivityChoice:
    return post("Rondes", by=builders.HOUSE, organisation=owner, activities=rounds)


def people(choice: ActivityChoice, rounds: list[Activity], count: int) -> list[Person]:
    found = [builders.person() for _ in range(count)]
    for person in found:
        rank(choice, person, by=person, order=[each.pk for each in rounds])
    return found


class TestFromOrderToPlace:
    def test_nothing_counts_before_it_is_approved_and_then_everybody_hears(
        self, owner: Organisation, choice: ActivityChoice, rounds: list[Activity]
    ) -> None:
        people(choice, rounds, 3)
        holder = inside(builders.person(owner))
        page = f"/en/choices/{choice.pk}/"
        assert holder.post(f"{page}divide/").status_code == 302
        assert jobs("activities.divide") == [{"choice_id": choice.pk}]
        divide(choice.pk)
        shown = holder.get(page).content.decode()
        assert "1 gets number 1" in shown
        assert "1 gets number 2" in shown
        assert "1 gets none" in shown
        assert not Enrolment.objects.exists()
        assert holder.post(f"{page}approve/").status_code == 302
        placed = Enrolment.objects.filter(state="placed").values_list("activity", flat=True)
        assert sorted(placed) == sorted(each.pk for each in rounds)
        waiting = Enrolment.objects.get(state="waiting")
        assert waiting.activity_id == rounds[0].pk, "who got none waits for what they like most"
        assert len(jobs("activities.tell_state")) == 3
        assert not audit.verify().broken

    def test_it_is_opened_again_and_divided_by_other_lots(
        self, choice: ActivityChoice, rounds: list[Activity]
    ) -> None:
        (person, *_rest) = people(choice, rounds, 3)
        move(choice, "divide", by=builders.HOUSE)
        with pytest.raises(Conflict, match="divided already"):
            rank(choice, person, by=person, order=[])
        propose(choice, by=SEATS)
        move(choice, "reopen", by=builders.HOUSE)
        assert not choice.preferences.filter(is_given=True).exists()
        rank(choice, person, by=person, order=[])
        assert choice.preferences.filter(person=person).count() == 0

    def test_a_place_that_somebody_took_meanwhile_is_not_given_twice(
        self, choice: ActivityChoice, rounds: list[Activity]
    ) -> None:
        people(choice, rounds, 1)
        move(choice, "divide", by=builders.HOUSE)
        propose(choice, by=SEATS)
        taken = builders.person()
        Enrolment.objects.create(activity=rounds[0], person=taken, state="placed", turn=1)
        move(choice, "approve", by=builders.HOUSE)
        states = rounds[0].enrolments.order_by("turn").values_list("state", flat=True)
        assert list(states) == ["placed", "waiting"]

    def test_who_has_not_settled_registers_by_the_choice_only(
        self, choice: ActivityChoice, rounds: list[Activity]
    ) -> None:
        rounds[0].refresh_from_db()
        with pytest.raises(Conflict, match="in which order"):
            come(rounds[0])
        people(choice, rounds, 1)
        for deed in ("divide", "", "approve"):
            if deed:
                move(choice, deed, by=builders.HOUSE)
            else:
                propose(choice, by=SEATS)
        assert come(rounds[1]).state == "placed"


class TestRefused:
    def test_what_cannot_be_chosen(self, owner: Organisation, rounds: list[Activity]) -> None:
        others = [
            builders.activity(),
            builders.activity(owner, state="draft"),
            builders.activity(owner, days=-1),
        ]
        for each in others:
            with pytest.raises(InvalidInput, match="cannot be chosen"):
                post("Rondes", by=builders.HOUSE, organisation=owner, activities=[rounds[0], each])
        for title, some in (("Rondes", rounds[:1]), ("", rounds)):
            with pytest.raises(InvalidInput):
                post(title, by=builders.HOUSE, organisation=owner, activities=some)

    def test_orders_that_say_nothing_clear(
        self, choice: ActivityChoice, rounds: list[Activity]
    ) -> None:
        person = builders.person()
        other = builders.activity()
        for order in ([rounds[0].pk] * 2, [other.pk]):
            with pytest.raises(InvalidInput):
                rank(choice, person, by=person, order=order)
        typed = {str(each.pk): "1" for each in rounds}
        page = inside(person).post(f"/en/choices/{choice.pk}/order/", typed)
        assert page.status_code == 422
        assert "the same number" in page.content.decode()

    def test_who_may_not(self, choice: ActivityChoice, rounds: list[Activity]) -> None:
        stranger = builders.person(builders.organisation())
        for deed in ("divide", "approve"):
            with pytest.raises(NotAllowed):
                move(choice, deed, by=stranger)
        with pytest.raises(NotAllowed):
            move(choice, "propose", by=builders.HOUSE)
        with pytest.raises(Conflict, match="Nobody has said"):
            move(choice, "divide", by=builders.HOUSE)
        Activity.objects.update(visibility="participants")
        outside = builders.person()
        with pytest.raises(NotAllowed):
            rank(choice, outside, by=outside, order=[rounds[0].pk])
        assert inside(outside).get(f"/en/choices/{choice.pk}/").status_code == 404
