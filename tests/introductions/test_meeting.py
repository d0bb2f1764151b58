"""Till all said yes or one said no: who may propose, what each answer does, and what is refused."""

from typing import Any

import pytest
from django.utils import timezone

from katalysator.core.actors import CLOCK
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.introductions import together, verbs
from katalysator.introductions.eligibility import MOST_ASKED, REST, MeetingSide
from katalysator.introductions.models import Introduction, Party
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind
from tests import builders
from tests.introductions.steps import Pair, fresh, third

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


def answers(introduction: Introduction) -> list[str]:
    return list(introduction.parties.order_by("pk").values_list("answer", flat=True))


class TestWhoProposes:
    def test_a_party_has_said_yes_with_it(self, pair: Pair) -> None:
        made = pair.proposed(why="Jullie <b>scannen</b> al.")
        assert (made.state, made.why, made.by_bureau) == ("proposed", "Jullie scannen al.", False)
        assert answers(made) == ["yes", ""]
        assert Pair.of(made, pair.asker).contact == pair.asker

    def test_the_bureau_brings_two_others_together(self, pair: Pair) -> None:
        bureau = builders.person(is_coordinator=True)
        made = verbs.propose(pair.sides(), by=bureau)
        assert (made.by_bureau, answers(made)) == (True, ["", ""])
        verbs.accept(Pair.of(made, pair.asker), by=pair.asker)
        assert fresh(made).state == "proposed"
        verbs.accept(Pair.of(made, pair.giver), by=pair.giver)
        assert fresh(made).state == "introduced"

    def test_nobody_proposes_for_others(self, pair: Pair) -> None:
        _organisation, somebody = third()
        for by in (somebody, builders.person()):
            with pytest.raises(NotAllowed):
                verbs.propose(pair.sides(), by=by)
        assert not Introduction.objects.exists()

    def test_one_may_come_without_a_need_or_an_offer(self, pair: Pair) -> None:
        organisation, somebody = third()
        made = verbs.propose(
            [MeetingSide(organisation=organisation), MeetingSide.of(pair.need)], by=somebody
        )
        assert [each.listing for each in made.parties.all()] == [None, pair.need]

    def test_in_own_name(self) -> None:
        teacher = builders.found_as("Docent data")
        offer = builders.listing(teacher, Kind.OFFER)
        need = builders.listing(builders.organisation(), Kind.NEED)
        made = verbs.propose([MeetingSide.of(offer), MeetingSide.of(need)], by=teacher)
        mine = made.parties.get(person=teacher)
        assert mine.is_of(teacher)
        colleague = builders.person(offer.organisation)
        assert not mine.is_of(colleague)
        with pytest.raises(NotAllowed):
            verbs.withdraw(made, by=colleague)

    def test_what_both_proposed_is_a_yes_of_both(self, pair: Pair) -> None:
        made = pair.proposed()
        again = verbs.propose(pair.sides(), by=pair.giver)
        assert again.pk == made.pk
        assert fresh(made).state == "introduced"
        assert Introduction.objects.count() == 1


class TestWhatIsRefused:
    def test_twice_the_same(self, pair: Pair) -> None:
        pair.proposed()
        with pytest.raises(Conflict, match="already"):
            pair.proposed()
        with pytest.raises(Conflict, match="already"):
            verbs.propose(pair.sides(), by=builders.person(is_coordinator=True))

    def test_again_soon_after_a_no(self, pair: Pair) -> None:
        made = pair.proposed()
        verbs.decline(Pair.of(made, pair.giver), by=pair.giver, reason="subject")
        with pytest.raises(Conflict, match="90 days"):
            pair.proposed()
        Introduction.objects.update(stirred_at=timezone.now() - REST)
        assert pair.proposed().pk != made.pk

    def test_but_what_was_taken_back_may_be_proposed_again(self, pair: Pair) -> None:
        verbs.withdraw(pair.proposed(), by=pair.asker)
        assert pair.proposed().state == "proposed"

    def test_of_one_organisation(self, pair: Pair) -> None:
        own = builders.listing(pair.need.organisation, Kind.OFFER)
        with pytest.raises(Conflict, match="same organisation"):
            verbs.propose([MeetingSide.of(pair.need), MeetingSide.of(own)], by=pair.asker)

    def test_two_needs_and_two_markets(self, pair: Pair) -> None:
        need = builders.listing(pair.offer.organisation, Kind.NEED)
        elsewhere = builders.listing(pair.offer.organisation, Kind.OFFER, "data")
        for other in (need, elsewhere):
            with pytest.raises(InvalidInput, match="one market"):
                verbs.propose([MeetingSide.of(pair.need), MeetingSide.of(other)], by=pair.asker)

    def test_what_is_not_open(self, pair: Pair) -> None:
        listings.move(pair.offer, "close", by=builders.HOUSE)
        pair.offer.refresh_from_db()
        with pytest.raises(Conflict, match="not open any more"):
            pair.proposed()

    def test_who_takes_no_part(self, pair: Pair) -> None:
        gone = builders.organisation(state="left", is_participant=False)
        with pytest.raises(NotAllowed):
            verbs.propose(
                [MeetingSide.of(pair.need), MeetingSide(organisation=gone)], by=pair.asker
            )

    def test_more_than_may_wait(self, pair: Pair) -> None:
        for _ in range(MOST_ASKED):
            other = builders.listing(builders.organisation(), Kind.OFFER)
            verbs.propose([MeetingSide.of(pair.need), MeetingSide.of(other)], by=pair.asker)
        with pytest.raises(Conflict, match="that is the most"):
            pair.proposed()
        newest = Introduction.objects.first()
        assert newest is not None
        verbs.withdraw(newest, by=pair.asker)
        assert pair.proposed().state == "proposed"

    def test_a_long_reason_keeps_nothing(self, pair: Pair) -> None:
        with pytest.raises(InvalidInput):
            pair.proposed(why="x" * 1_001)
        assert not Introduction.objects.exists()


class TestAnswers:
    def test_a_yes_of_both_introduces_them(self, pair: Pair) -> None:
        made = pair.introduced()
        assert (made.state, answers(made)) == ("introduced", ["yes", "yes"])
        assert Pair.of(made, pair.giver).contact == pair.giver

    def test_a_no_ends_it_with_its_reason(self, pair: Pair) -> None:
        made = pair.proposed()
        verbs.decline(Pair.of(made, pair.giver), by=pair.giver, reason="terms", remark="Te duur.")
        row = fresh(made)
        assert (row.state, row.reason, row.remark) == ("declined", "terms", "Te duur.")

    def test_a_no_needs_one_of_the_reasons(self, pair: Pair) -> None:
        made = pair.proposed()
        mine = Pair.of(made, pair.giver)
        for reason in ("", "bah"):
            with pytest.raises(InvalidInput):
                verbs.decline(mine, by=pair.giver, reason=reason)
        assert answers(made) == ["yes", ""]

    def test_nobody_answers_for_others(self, pair: Pair) -> None:
        made = pair.proposed()
        mine = Pair.of(made, pair.giver)
        for by in (pair.asker, builders.person(), builders.person(is_coordinator=True)):
            with pytest.raises(NotAllowed):
                verbs.accept(mine, by=by)
            with pytest.raises(NotAllowed):
                verbs.decline(mine, by=by, reason="time")

    def test_once(self, pair: Pair) -> None:
        made = pair.introduced()
        with pytest.raises(Conflict, match="answered for you already"):
            verbs.accept(Pair.of(made, pair.giver), by=pair.giver)

    def test_not_after_the_deadline(self, pair: Pair) -> None:
        made = pair.proposed()
        verbs.lapse(made, by=CLOCK)
        with pytest.raises(Conflict, match="cannot be answered any more"):
            verbs.accept(Pair.of(made, pair.giver), by=pair.giver)
        assert fresh(made).state == "lapsed"

    def test_not_of_what_was_taken_back(self, pair: Pair) -> None:
        made = pair.proposed()
        verbs.withdraw(made, by=pair.asker)
        with pytest.raises(Conflict):
            verbs.accept(Pair.of(made, pair.giver), by=pair.giver)
        with pytest.raises(Conflict):
            verbs.withdraw(made, by=pair.asker)

    def test_not_of_what_is_closed_meanwhile(self, pair: Pair) -> None:
        made = pair.proposed()
        listings.move(pair.need, "close", by=builders.HOUSE)
        with pytest.raises(Conflict, match="not open any more"):
            verbs.accept(Pair.of(made, pair.giver), by=pair.giver)
        verbs.call_off(made, by=CLOCK)
        assert fresh(made).state == "withdrawn"

    def test_the_trail_holds_no_words(self, pair: Pair) -> None:
        made = pair.proposed(why="Een geheim plan.")
        verbs.decline(Pair.of(made, pair.giver), by=pair.giver, reason="other", remark="Geheim.")
        for event in Event.objects.filter(subject_type="introductions.introduction"):
            assert "eheim" not in repr((event.before, event.after, event.reason))


class TestMoreThanTwo:
    @pytest.fixture
    def three(self, pair: Pair) -> tuple[Introduction, Any]:
        organisation, somebody = third()
        sides = [*pair.sides(), MeetingSide(organisation=organisation)]
        return verbs.propose(sides, by=pair.asker), somebody

    def test_the_others_go_on_after_a_no(self, pair: Pair, three: Any) -> None:
        made, somebody = three
        verbs.accept(Pair.of(made, pair.giver), by=pair.giver)
        verbs.decline(Pair.of(made, somebody), by=somebody, reason="time")
        assert fresh(made).state == "introduced"

    def test_two_noes_end_it(self, pair: Pair, three: Any) -> None:
        made, somebody = three
        verbs.decline(Pair.of(made, somebody), by=somebody, reason="time")
        assert fresh(made).state == "proposed"
        verbs.decline(Pair.of(made, pair.giver), by=pair.giver, reason="time")
        assert fresh(made).state == "declined"

    def test_who_is_silent_does_not_hold_up_the_others(self, pair: Pair, three: Any) -> None:
        made, somebody = three
        verbs.accept(Pair.of(made, pair.giver), by=pair.giver)
        verbs.lapse(made, by=CLOCK)
        assert fresh(made).state == "introduced"
        assert Pair.of(made, somebody).answer == Party.Answer.NO

    def test_one_more_is_asked_along_and_decides(self, pair: Pair) -> None:
        made, (organisation, somebody) = pair.introduced(), third()
        side = MeetingSide(organisation=organisation)
        joined = verbs.ask_along(made, side, by=pair.giver)
        with pytest.raises(Conflict, match="party already"):
            verbs.ask_along(made, side, by=pair.asker)
        with pytest.raises(NotAllowed):
            verbs.ask_along(made, MeetingSide(organisation=builders.organisation()), by=somebody)
        verbs.accept(joined, by=somebody)
        assert fresh(made).state == "introduced"
        assert Pair.of(made, somebody).is_in

    def test_who_proposes_to_one_has_not_said_yes_to_all_three(
        self, pair: Pair, three: Any
    ) -> None:
        made, _somebody = three
        with pytest.raises(Conflict, match="already"):
            verbs.propose(pair.sides(), by=pair.giver)
        assert Pair.of(made, pair.giver).is_asked

    def test_nobody_comes_along_before_all_said_yes_or_where_it_is_over(self, pair: Pair) -> None:
        made, side = pair.proposed(), MeetingSide(organisation=third()[0])
        with pytest.raises(Conflict, match="once all have said yes"):
            verbs.ask_along(made, side, by=pair.asker)
        verbs.accept(Pair.of(made, pair.giver), by=pair.giver)
        together.stop(made, by=pair.asker, reason="time")
        with pytest.raises(Conflict, match="over"):
            verbs.ask_along(made, side, by=pair.giver)

    def test_with_a_third_along_the_two_are_not_brought_together_anew(self, pair: Pair) -> None:
        made = pair.introduced()
        verbs.ask_along(made, MeetingSide(organisation=third()[0]), by=pair.giver)
        for by in (pair.asker, pair.giver):
            with pytest.raises(Conflict, match="already"):
                verbs.propose(pair.sides(), by=by)


class TestColleagues:
    def test_one_takes_over(self, pair: Pair) -> None:
        made, colleague = pair.introduced(), builders.person(pair.offer.organisation)
        mine = Pair.of(made, pair.giver)
        verbs.take_over(mine, by=colleague)
        assert Pair.of(made, pair.giver).contact == colleague
        with pytest.raises(Conflict, match="already"):
            verbs.take_over(mine, by=colleague)
        with pytest.raises(NotAllowed):
            verbs.take_over(mine, by=pair.asker)

    def test_one_may_answer_and_take_back(self, pair: Pair) -> None:
        made = pair.proposed()
        verbs.withdraw(made, by=builders.person(pair.need.organisation))
        assert fresh(made).state == "withdrawn"
