"""The bureau rules which kind of organisation does not propose to which: in one direction, in a market or in all."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation, Person
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.introductions import verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.meeting_rules.verbs import drop_rule, rule_out
from katalysator.introductions.models import Introduction, MeetingRule
from katalysator.listings.models import Kind
from tests import builders
from tests.attack.steps import inside
from tests.introductions.steps import Pair
from tests.matches.steps import match_all
from tests.programs import Program

pytestmark = pytest.mark.django_db

PAGE = "/en/bureau/meeting-rules/"


@pytest.fixture
def pair() -> Pair:
    """A company that needs what a university offers."""
    made = Pair.new()
    university = made.offer.organisation
    Organisation.objects.filter(pk=university.pk).update(kind="university")
    university.refresh_from_db()
    return made


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True)


class TestWhatIsRefused:
    def test_without_a_rule_everybody_may_propose(self, pair: Pair) -> None:
        assert pair.proposed().state == "proposed"

    def test_who_is_stopped_reads_by_which_rule(self, pair: Pair, bureau: Person) -> None:
        rule_out(by=bureau, asking="company", asked="university")
        with pytest.raises(Conflict) as refused:
            pair.proposed()
        assert refused.value.code == "ruled-out"
        assert str(refused.value) == (
            "The bureau has a rule: “Company” does not propose to “University”."
            " Ask the bureau to bring you together."
        )

    def test_the_market_is_named(self, pair: Pair, bureau: Person) -> None:
        rule_out(by=bureau, asking="company", asked="university", market="expertise")
        with pytest.raises(Conflict, match="rule for Expertise: “Company”"):
            pair.proposed()

    def test_a_rule_has_a_direction_and_a_market(self, pair: Pair, bureau: Person) -> None:
        rule_out(by=bureau, asking="university", asked="company")
        rule_out(by=bureau, asking="company", asked="university", market="data")
        assert pair.proposed().state == "proposed"

    def test_one_of_several_is_enough(self, pair: Pair, bureau: Person) -> None:
        rule_out(by=bureau, asking="company", asked="investor")
        investor = builders.organisation(kind="investor")
        with pytest.raises(Conflict, match="Investor"):
            verbs.propose([*pair.sides(), MeetingSide(organisation=investor)], by=pair.asker)

    def test_who_is_asked_along_counts_and_who_is_there_does_not(
        self, pair: Pair, bureau: Person
    ) -> None:
        made = pair.introduced()
        rule_out(by=bureau, asking="company", asked="investor")
        rule_out(by=bureau, asking="company", asked="university")
        investor = MeetingSide(organisation=builders.organisation(kind="investor"))
        with pytest.raises(Conflict, match="Investor"):
            verbs.ask_along(made, investor, by=pair.asker)
        assert verbs.ask_along(made, investor, by=pair.giver).is_asked

    def test_the_bureau_brings_them_together_all_the_same(self, pair: Pair, bureau: Person) -> None:
        rule_out(by=bureau, asking="company", asked="university")
        assert verbs.propose(pair.sides(), by=bureau).by_bureau

    def test_what_is_there_is_answered(self, pair: Pair, bureau: Person) -> None:
        made = pair.proposed()
        rule_out(by=bureau, asking="company", asked="university")
        rule_out(by=bureau, asking="university", asked="company")
        assert verbs.accept(Pair.of(made, pair.giver), by=pair.giver).state == "introduced"

    def test_who_comes_in_own_name_counts_as_where_that_person_takes_part(
        self, pair: Pair, bureau: Person
    ) -> None:
        teacher = builders.found_as("Docent data", pair.need.organisation)
        need = builders.listing(teacher, Kind.NEED)
        rule_out(by=bureau, asking="company", asked="university")
        with pytest.raises(Conflict, match="rule"):
            verbs.propose([MeetingSide.of(need), MeetingSide.of(pair.offer)], by=teacher)

    def test_after_the_rule_is_gone_they_may(self, pair: Pair, bureau: Person) -> None:
        drop_rule(rule_out(by=bureau, asking="company", asked="university"), by=bureau)
        assert pair.proposed().state == "proposed"


class TestWhoRules:
    def test_the_bureau_alone(self, pair: Pair, bureau: Person) -> None:
        rule = rule_out(by=bureau, asking="company", asked="university")
        with pytest.raises(NotAllowed):
            rule_out(by=pair.asker, asking="company", asked="investor")
        with pytest.raises(NotAllowed):
            drop_rule(rule, by=pair.asker)
        assert inside(pair.asker).get(PAGE).status_code == 403
        verbs_ = Event.objects.filter(verb__startswith="meeting-rule.")
        said = {"market": "", "asking": "company", "asked": "university"}
        assert [(each.verb, each.after) for each in verbs_] == [("meeting-rule.add", said)]

    @pytest.mark.parametrize(
        ("said", "where"),
        [
            ({"asking": "bakery", "asked": "company"}, "asking"),
            ({"asking": "company", "asked": ""}, "asked"),
            ({"asking": "company", "asked": "company", "market": "soup"}, "market"),
        ],
    )
    def test_of_what_there_is(self, bureau: Person, said: dict[str, Any], where: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            rule_out(by=bureau, **said)
        assert refused.value.where == (where,)
        assert not MeetingRule.objects.exists()

    def test_each_rule_once(self, bureau: Person) -> None:
        rule = rule_out(by=bureau, asking="company", asked="company")
        with pytest.raises(Conflict, match="this rule already"):
            rule_out(by=bureau, asking="company", asked="company")
        drop_rule(rule, by=bureau)
        with pytest.raises(Conflict, match="not here any more"):
            drop_rule(MeetingRule(pk=rule.pk or 1), by=bureau)


class TestThePage:
    def test_a_rule_is_made_and_taken_away(self, pair: Pair, bureau: Person) -> None:
        match_all()
        client = inside(bureau)
        assert "There are no rules" in client.get(PAGE).content.decode()
        assert PAGE in client.get("/en/bureau/introductions/").content.decode()
        for asking, asked, stopped in (
            ("company", "university", 1),
            ("university", "company", 1),
            ("company", "investor", 0),
        ):
            typed = {"market": "", "asking": asking, "asked": asked}
            page = client.post(PAGE, typed, follow=True)
            assert page.status_code == 200
            rules = {(rule.asking, rule.asked): n for rule, n in page.context["rules"]}
            assert rules[asking, asked] == stopped
        rule = MeetingRule.objects.filter(asked="investor").get()
        assert client.post(f"{PAGE}{rule.pk}/drop/").status_code == 302
        assert client.post(f"{PAGE}{rule.pk}/drop/").status_code == 404
        assert MeetingRule.objects.count() == 2

    @pytest.mark.parametrize(
        "typed", [{"market": ""}, {"asking": "x", "asked": "company"}, {"market": "soup"}]
    )
    def test_what_is_to_be_mended_is_said(self, bureau: Person, typed: dict[str, str]) -> None:
        assert inside(bureau).post(PAGE, typed).status_code == 422
        assert not MeetingRule.objects.exists()

    def test_it_costs_the_same_for_one_and_for_many(
        self, pair: Pair, bureau: Person, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        match_all()
        client = inside(bureau)
        rule_out(by=bureau, asking="company", asked="university")
        client.get(PAGE)
        with django_assert_num_queries(4):
            client.get(PAGE)
        for kind in ("sme", "startup", "investor"):
            rule_out(by=bureau, asking=kind, asked="university")
        with django_assert_num_queries(4):
            client.get(PAGE)

    def test_the_form_of_a_proposal_says_it_too(self, pair: Pair, bureau: Person) -> None:
        rule_out(by=bureau, asking="company", asked="university")
        address = f"/en/listings/{pair.offer.pk}/introduce/"
        answer = inside(pair.asker).post(address, {"own": f"listing-{pair.need.pk}"})
        assert answer.status_code == 422
        assert "does not propose to “University”" in answer.content.decode()
        assert not Introduction.objects.exists()


class TestTheApi:
    def test_the_bureau_reads_and_writes(
        self, pair: Pair, bureau: Person, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        match_all()
        program = Program(bureau)
        said = {"asking": "company", "asked": "university"}
        made = program("POST", "/meeting-rules", said)
        shown = {**said, "market": None, "stopped": 1}
        assert made.status_code == 201
        assert made.json() == shown | {"id": MeetingRule.objects.get().pk}
        program("POST", "/meeting-rules", {**said, "market": "data"})
        with django_assert_num_queries(3):
            items = program("GET", "/meeting-rules").json()["items"]
        assert [(each["market"], each["stopped"]) for each in items] == [(None, 1), ("data", 0)]
        assert program("POST", "/meeting-rules", said).status_code == 409
        assert program("POST", "/meeting-rules", {**said, "market": "soup"}).status_code == 422
        one = f"/meeting-rules/{items[0]['id']}"
        assert program("DELETE", one).status_code == 204
        assert program("DELETE", one).status_code == 404

    def test_others_find_none(self, pair: Pair, bureau: Person) -> None:
        rule = rule_out(by=bureau, asking="company", asked="university")
        program = Program(pair.asker)
        assert program("GET", "/meeting-rules").json() == {"items": []}
        said = {"asking": "company", "asked": "investor"}
        assert program("POST", "/meeting-rules", said).status_code == 403
        assert program("DELETE", f"/meeting-rules/{rule.pk}").status_code == 404
