"""Working groups in rules of the bureau, two organisations that it keeps apart, and the buttons where either holds."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.merged.records import move
from katalysator.coalition.models import Organisation, Person
from katalysator.core.actors import CLOCK
from katalysator.core.changes import as_of, states
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.introductions import verbs
from katalysator.introductions.apart import apart as standing_between
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.meeting_rules.verbs import keep_apart, let_meet, rule_out
from katalysator.introductions.models import Introduction, KeptApart, MeetingRule, NeverMeet
from tests import builders
from tests.attack.steps import inside
from tests.introductions.steps import Pair, third
from tests.matches.steps import NEED, OFFER, match_all
from tests.programs import Program

pytestmark = pytest.mark.django_db

PAGE = "/en/bureau/kept-apart/"
NEUTRAL = "They take no proposals at this moment. Choose another match."


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True, language="en")


def soon(days: int = 30) -> object:
    return timezone.localdate() + timedelta(days=days)


def group_of(*organisations: Organisation) -> WorkingGroup:
    """A working group in which somebody is for each of these."""
    made = builders.group()
    for each in organisations:
        person = builders.person(each)
        GroupMembership.objects.create(
            group=made, person=person, organisation=each, state="inside", role="member"
        )
    return made


def apart(pair: Pair, bureau: Person, days: int = 30) -> KeptApart:
    one, other = pair.need.organisation, pair.offer.organisation
    return keep_apart(one, other, by=bureau, until=soon(days))  # type: ignore[arg-type]


class TestGroups:
    def test_members_of_one_do_not_propose_to_members_of_another(
        self, pair: Pair, bureau: Person
    ) -> None:
        asking, asked = group_of(pair.need.organisation), group_of(pair.offer.organisation)
        rule_out(by=bureau, asking=f"group:{asking.slug}", asked=f"group:{asked.slug}")
        with pytest.raises(Conflict) as refused:
            pair.proposed()
        assert f"“{asking.name}” does not propose to “{asked.name}”" in str(refused.value)

    def test_nor_to_a_kind_and_a_kind_not_to_members(self, pair: Pair, bureau: Person) -> None:
        group = group_of(pair.need.organisation)
        rule = rule_out(by=bureau, asking=f"group:{group.slug}", asked="company")
        with pytest.raises(Conflict, match="rule"):
            pair.proposed()
        rule.delete()
        rule_out(by=bureau, asking="company", asked=f"group:{group.slug}")
        assert pair.proposed().state == "proposed", "the rule is for who is asked"
        back = [MeetingSide.of(pair.offer), MeetingSide.of(pair.need)]
        Introduction.objects.all().delete()
        with pytest.raises(Conflict, match="rule"):
            verbs.propose(back, by=pair.giver)

    def test_in_both_directions_if_the_bureau_says_so(self, pair: Pair, bureau: Person) -> None:
        group = group_of(pair.offer.organisation)
        rule_out(by=bureau, asking=f"group:{group.slug}", asked="company", both=True)
        assert {(each.asking_key, each.asked_key) for each in MeetingRule.objects.all()} == {
            (f"group:{group.slug}", "company"),
            ("company", f"group:{group.slug}"),
        }
        with pytest.raises(Conflict, match="rule"):
            pair.proposed()

    @pytest.mark.parametrize("state", ["invited", "asked"])
    def test_who_is_not_in_yet_does_not_count(self, pair: Pair, bureau: Person, state: str) -> None:
        group = group_of(pair.need.organisation)
        group.memberships.filter(organisation=pair.need.organisation).update(state=state)
        rule_out(by=bureau, asking=f"group:{group.slug}", asked="company")
        assert pair.proposed().state == "proposed"

    def test_of_groups_that_there_are_and_each_once(self, bureau: Person) -> None:
        group = builders.group()
        with pytest.raises(InvalidInput) as refused:
            rule_out(by=bureau, asking="company", asked="group:nergens")
        assert refused.value.where == ("asked",)
        rule_out(by=bureau, asking="company", asked=f"group:{group.slug}")
        with pytest.raises(Conflict, match="this rule already"):
            rule_out(by=bureau, asking="company", asked=f"group:{group.slug}")

    def test_the_page_counts_what_a_rule_of_groups_stops(
        self, pair: Pair, bureau: Person, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        match_all()
        group = group_of(pair.need.organisation)
        client = inside(bureau)
        typed = {"asking": f"group:{group.slug}", "asked": "company", "both": "on"}
        page = client.post("/en/bureau/meeting-rules/", typed, follow=True)
        assert sorted(n for _rule, n in page.context["rules"]) == [1, 1]
        assert group.name in page.content.decode()
        with django_assert_num_queries(5):
            client.get("/en/bureau/meeting-rules/")

    def test_a_rule_goes_with_its_group(self, bureau: Person) -> None:
        group = builders.group()
        rule_out(by=bureau, asking="company", asked=f"group:{group.slug}")
        group.delete()
        assert not MeetingRule.objects.exists()


class TestKeptApart:
    def test_who_proposes_reads_what_a_pause_says_too(self, pair: Pair, bureau: Person) -> None:
        apart(pair, bureau)
        for by, sides in ((pair.asker, pair.sides()), (pair.giver, pair.sides()[::-1])):
            with pytest.raises(Conflict) as refused:
                verbs.propose(sides, by=by)
            assert (refused.value.code, str(refused.value)) == ("takes-no-proposals", NEUTRAL)

    def test_the_bureau_reads_why_and_does_not_bring_them_together(
        self, pair: Pair, bureau: Person
    ) -> None:
        apart(pair, bureau)
        with pytest.raises(Conflict, match=r"Voorbeeldzoeker and Voorbeeldgever are not to be"):
            verbs.propose(pair.sides(), by=bureau)

    def test_who_is_asked_along_counts(self, pair: Pair, bureau: Person) -> None:
        made, (other, _person) = pair.introduced(), third()
        keep_apart(pair.offer.organisation, other, by=bureau, until=soon())  # type: ignore[arg-type]
        with pytest.raises(Conflict, match="no proposals"):
            verbs.ask_along(made, MeetingSide(organisation=other), by=pair.asker)

    def test_until_the_day_and_not_on_it(self, pair: Pair, bureau: Person) -> None:
        apart(pair, bureau, days=3)
        with time_machine.travel(timezone.now() + timedelta(days=3)):
            assert pair.proposed().state == "proposed"

    def test_said_anew_from_either_side_the_day_is_another(
        self, pair: Pair, bureau: Person
    ) -> None:
        first = apart(pair, bureau)
        one, other = pair.need.organisation, pair.offer.organisation
        again = keep_apart(other, one, by=bureau, until=soon(9))  # type: ignore[arg-type]
        assert (again.pk, KeptApart.objects.get().until) == (first.pk, soon(9))

    def test_till_the_bureau_lets_them_meet(self, pair: Pair, bureau: Person) -> None:
        kept = apart(pair, bureau)
        let_meet(kept, by=bureau)
        assert pair.proposed().state == "proposed"
        with pytest.raises(Conflict, match="not kept apart"):
            let_meet(kept, by=bureau)

    @pytest.mark.parametrize("days", [0, -1, 731])
    def test_only_for_days_to_come_and_not_for_ever(
        self, pair: Pair, bureau: Person, days: int
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            apart(pair, bureau, days)
        assert refused.value.where == ("until",)

    def test_nobody_else_says_it_or_reads_it(self, pair: Pair, bureau: Person) -> None:
        kept = apart(pair, bureau)
        with pytest.raises(NotAllowed):
            apart(pair, pair.asker)
        with pytest.raises(NotAllowed):
            let_meet(kept, by=pair.asker)
        client = inside(pair.asker)
        assert client.get(PAGE).status_code == 403
        assert client.post(f"{PAGE}{kept.pk}/end/").status_code == 403
        program = Program(pair.asker)
        assert program("GET", "/kept-apart").json() == {"items": []}
        assert program("DELETE", f"/kept-apart/{kept.pk}").status_code == 404

    def test_what_becomes_of_it_when_two_merge(self, pair: Pair, bureau: Person) -> None:
        other, _person = third()
        mine, gone = pair.need.organisation, pair.offer.organisation
        for one, days in ((mine, 5), (gone, 50)):
            keep_apart(one, other, by=bureau, until=soon(days))  # type: ignore[arg-type]
        apart(pair, bureau)
        move(gone, mine)
        (left,) = KeptApart.objects.all()
        assert ({left.organisation_id, left.other_id}, left.until) == (
            {mine.pk, other.pk},
            soon(50),
        )

    def test_what_was_proposed_before_waits_till_it_may_be_answered(
        self, pair: Pair, bureau: Person
    ) -> None:
        made = pair.proposed()
        kept, theirs = apart(pair, bureau), Pair.of(made, pair.giver)
        with pytest.raises(Conflict) as refused:
            verbs.accept(theirs, by=pair.giver)
        assert str(refused.value) == (
            "You cannot say yes to this at this moment. Nothing is lost: the proposal stays as it is. "
            "Try again later, or ask the bureau."
        )
        with pytest.raises(Conflict, match="Nothing is lost"):
            verbs.propose(pair.sides()[::-1], by=pair.giver)
        made.refresh_from_db()
        theirs.refresh_from_db()
        assert (made.state, theirs.answer) == ("proposed", "")
        let_meet(kept, by=bureau)
        assert verbs.accept(theirs, by=pair.giver).state == "introduced"

    def test_but_a_no_needs_no_permission(self, pair: Pair, bureau: Person) -> None:
        made = pair.proposed()
        apart(pair, bureau)
        theirs = Pair.of(made, pair.giver)
        assert verbs.decline(theirs, by=pair.giver, reason="time").state == "declined"

    def test_nor_does_the_no_of_a_third_bring_them_together(
        self, pair: Pair, bureau: Person
    ) -> None:
        organisation, somebody = third()
        sides = [*pair.sides(), MeetingSide(organisation=organisation)]
        made = verbs.propose(sides, by=pair.asker)
        verbs.accept(Pair.of(made, pair.giver), by=pair.giver)
        apart(pair, bureau)
        left = verbs.decline(Pair.of(made, somebody), by=somebody, reason="time")
        assert left.state == "proposed"
        assert verbs.lapse(left, by=CLOCK).state == "lapsed"

    def test_the_page_says_that_it_waits(self, pair: Pair, bureau: Person) -> None:
        made = pair.proposed()
        apart(pair, bureau)
        theirs = Pair.of(made, pair.giver)
        client = inside(Person.objects.get(pk=pair.giver.pk))
        page = client.post(f"/en/introductions/{made.pk}/parties/{theirs.pk}/accept/", follow=True)
        assert "You cannot say yes to this at this moment." in page.content.decode()

    def test_the_page_keeps_two_apart_and_lets_them_meet(
        self, pair: Pair, bureau: Person, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = inside(bureau)
        assert "Nobody is kept apart" in client.get(PAGE).content.decode()
        typed = {"organisation": "Voorbeeldzoeker", "other": "Voorbeeldgever", "until": soon()}
        assert client.post(PAGE, typed | {"other": "Niemand"}).status_code == 422
        assert client.post(PAGE, typed).status_code == 302
        client.get(PAGE)
        with django_assert_num_queries(2):
            page = client.get(PAGE).content.decode()
        assert "Voorbeeldgever" in page
        kept = KeptApart.objects.get()
        assert client.post(f"{PAGE}{kept.pk}/end/").status_code == 302
        told = Event.objects.filter(verb__startswith="kept-apart.").order_by("pk")
        assert [each.verb for each in told] == ["kept-apart.keep", "kept-apart.end"]

    def test_programs_of_the_bureau_do_the_same(self, pair: Pair, bureau: Person) -> None:
        program = Program(bureau)
        one, other = pair.need.organisation.slug, pair.offer.organisation.slug
        said = {"organisation": one, "other": other, "until": soon().isoformat()}  # type: ignore[attr-defined]
        made = program("POST", "/kept-apart", said)
        assert made.status_code == 201
        assert program("GET", "/kept-apart").json()["items"] == [made.json()]
        assert program("POST", "/kept-apart", said | {"other": one}).status_code == 422
        assert program("POST", "/kept-apart", said | {"other": "nergens"}).status_code == 422
        assert program("DELETE", f"/kept-apart/{made.json()['id']}").status_code == 204


class TestButtons:
    @pytest.fixture
    def fitting(self) -> Pair:
        """A need and an offer that fit."""
        needing, giving = builders.presented(), builders.presented()
        made = Pair(
            need=builders.listing(needing, **NEED),
            offer=builders.listing(giving, kind="offer", **OFFER),  # type: ignore[arg-type]
            asker=builders.person(needing, language="en"),
            giver=builders.person(giving, language="en"),
        )
        match_all()
        return made

    def shown(self, pair: Pair, person: Person) -> str:
        return inside(person).get(f"/en/listings/{pair.need.pk}/").content.decode()

    def test_where_a_rule_forbids_it_the_reason_stands_in_place_of_the_button(
        self, fitting: Pair, bureau: Person
    ) -> None:
        assert "Propose to meet" in self.shown(fitting, fitting.asker)
        group = group_of(fitting.offer.organisation)
        rule_out(by=bureau, asking="company", asked=f"group:{group.slug}", market="expertise")
        page = self.shown(fitting, fitting.asker)
        assert "Propose to meet" not in page
        assert "By a rule of the bureau you do not propose to them." in page
        assert "Bring them together" in self.shown(fitting, bureau)

    def test_on_a_page_of_another_the_button_gives_way_to_the_rule_too(
        self, fitting: Pair, bureau: Person
    ) -> None:
        own = builders.organisation()
        asker = builders.person(fitting.need.organisation, own, language="en")
        page = f"/en/listings/{fitting.offer.pk}/"
        group = group_of(fitting.need.organisation)
        asking = f"group:{group.slug}"
        rule_out(by=bureau, asking=asking, asked="company", market="expertise")
        shown = inside(asker).get(page).content.decode()
        assert "Propose to meet" in shown, "for the other of both organisations it may be asked"
        NeverMeet.objects.create(organisation=own, other=fitting.offer.organisation)
        shown = inside(asker).get(page).content.decode()
        assert "Propose to meet" not in shown
        assert "By a rule of the bureau you do not propose to them." in shown
        MeetingRule.objects.update(market="data")
        assert "Propose to meet" in inside(asker).get(page).content.decode()

    def test_nothing_is_asked_while_nothing_of_it_changes(
        self, fitting: Pair, bureau: Person, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        asker = Person.objects.get(pk=fitting.asker.pk)
        assert asker.own_organisations
        for asked in ("investor", "university"):
            standing_between(asker)
            with as_of(states()), django_assert_num_queries(0):
                between = standing_between(asker)
                assert not between.is_ruled_out_for_all(fitting.offer)
            rule_out(by=bureau, asking="company", asked=asked)

    def test_whom_the_bureau_keeps_apart_may_meet_on_the_day_itself(
        self, fitting: Pair, bureau: Person
    ) -> None:
        apart(fitting, bureau, days=3)
        for days, is_kept in ((2, True), (3, False)):
            with time_machine.travel(timezone.now() + timedelta(days=days)):
                assert standing_between(bureau).is_kept(fitting.need, fitting.offer) is is_kept

    def test_a_rule_of_another_market_or_direction_leaves_it(
        self, fitting: Pair, bureau: Person
    ) -> None:
        rule_out(by=bureau, asking="company", asked="investor")
        rule_out(by=bureau, asking="company", asked="company", market="data")
        assert "Propose to meet" in self.shown(fitting, fitting.asker)

    def test_whom_the_bureau_keeps_apart_shows_to_the_bureau_alone(
        self, fitting: Pair, bureau: Person
    ) -> None:
        before = self.shown(fitting, fitting.asker)
        apart(fitting, bureau)
        page = self.shown(fitting, bureau)
        assert "You keep these two apart." in page
        assert "Bring them together" not in page
        assert "Propose to meet" in before
        assert "Propose to meet" in self.shown(fitting, fitting.asker), "a button tells nothing"
