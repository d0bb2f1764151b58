"""The audit trail: written once, in chains, and every later change shows."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.models import Event
from tests import builders
from tests.core.tampering import change, remove

pytestmark = pytest.mark.django_db

COVERED = [field.attname for field in Event._meta.concrete_fields if field.attname != "digest"]
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(st.characters(codec="utf-8", exclude_characters="\0")), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation()


@pytest.fixture
def member(owner: Organisation) -> Person:
    return builders.person(owner)


@pytest.fixture
def trail(owner: Organisation, member: Person) -> list[Event]:
    """Three events of one chain, with gaps in their numbers as deeds leave that were taken back."""
    return [_after_a_gap(owner, member, number) for number in range(3)]


def _after_a_gap(owner: Organisation, member: Person, number: int) -> Event:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('core_event', 'id'))")
    facts: dict[str, Any] = {
        "before": {"n": number},
        "after": {"n": number + 1},
        "reason": "a reason",
    }
    return audit.record(f"test.{number}", owner, by=member, **facts)


def _other(value: Any) -> Any:
    """A value that is nearly the same."""
    match value:
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case datetime():
            return value + timedelta(microseconds=1)
        case dict():
            return {**value, "more": 1}
        case str():
            return f"{value}x"
        case int():
            return value + 1
    raise AssertionError(f"Say what else {value!r} could be.")


class TestOneChain:
    def test_an_untouched_trail_holds(self, trail: list[Event]) -> None:
        verdict = audit.verify()
        assert (verdict.events, verdict.broken) == (3, [])
        assert verdict.chains["coalition"].head == bytes(trail[-1].digest)

    def test_an_empty_trail_holds(self) -> None:
        assert audit.verify() == audit.Verdict({})
        assert not audit.verify().broken

    def test_the_chain_starts_from_zeros_and_links_on(self, trail: list[Event]) -> None:
        assert bytes(trail[0].previous) == bytes(32)
        assert bytes(trail[1].previous) == bytes(trail[0].digest)

    def test_an_event_is_read_back_as_it_was_written(self, trail: list[Event]) -> None:
        for written in trail:
            read = Event.objects.get(pk=written.pk)
            for name in [*COVERED, "digest"]:
                assert getattr(read, name) == getattr(written, name), name

    def test_who_is_a_person_or_a_part_of_the_house(
        self, owner: Organisation, member: Person
    ) -> None:
        by_person = audit.record("test", owner, by=member)
        by_house = audit.record("test", owner, by=builders.HOUSE)
        assert (by_person.actor, by_person.system) == (member.pk, "")
        assert (by_house.actor, by_house.system) == (None, "tests")

    def test_nobody_writes_nothing(self, owner: Organisation) -> None:
        with pytest.raises(TypeError, match="by a person or by a part of the house, not by None"):
            audit.record("test", owner, by=None)  # type: ignore[arg-type]
        assert not Event.objects.exists()

    def test_an_event_outside_a_transaction_is_refused(self, owner: Organisation) -> None:
        connection.in_atomic_block, before = False, connection.in_atomic_block
        try:
            with pytest.raises(transaction.TransactionManagementError):
                audit.record("test", owner, by=builders.HOUSE)
        finally:
            connection.in_atomic_block = before

    def test_three_questions_are_asked(
        self, owner: Organisation, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(3):
            audit.record("test", owner, by=builders.HOUSE)


class TestDeedsTogether:
    def test_each_has_its_event_and_the_chain_goes_on(
        self, trail: list[Event], owner: Organisation, member: Person
    ) -> None:
        deeds = [audit.Deed(owner, after={"n": number}) for number in range(3)]
        made = audit.record_all("test.many", deeds, by=member, chain="coalition")
        assert [event.after for event in made] == [{"n": 0}, {"n": 1}, {"n": 2}]
        assert made[0].previous == bytes(trail[-1].digest)
        audit.record("test.after", owner, by=member)
        verdict = audit.verify()
        assert (verdict.events, verdict.broken) == (7, [])

    def test_of_none_nothing_is_written(self) -> None:
        assert audit.record_all("test.many", [], by=builders.HOUSE, chain="coalition") == []
        assert not Event.objects.exists()

    @pytest.mark.parametrize("deeds", [2, 900])
    def test_as_many_questions_are_asked_for_two_as_for_many(
        self, deeds: int, owner: Organisation, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        some = [audit.Deed(owner)] * deeds
        with django_assert_num_queries(3):
            audit.record_all("test.many", some, by=builders.HOUSE, chain="coalition")

    def test_nobody_writes_nothing(self, owner: Organisation) -> None:
        with pytest.raises(TypeError):
            audit.record_all("test.many", [audit.Deed(owner)], by=None, chain="x")  # type: ignore[arg-type]


class TestTheTable:
    @pytest.mark.parametrize(
        "deed",
        ["UPDATE core_event SET verb = 'x'", "DELETE FROM core_event", "TRUNCATE core_event"],
    )
    def test_it_refuses_every_change(self, trail: list[Event], deed: str) -> None:
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            connection.cursor().execute(deed)
        assert Event.objects.count() == 3

    @pytest.mark.parametrize(("actor", "system"), [(None, ""), (7, "clock")])
    def test_an_event_has_one_actor(
        self, trail: list[Event], actor: int | None, system: str
    ) -> None:
        trail[0].pk, trail[0].actor, trail[0].system = trail[2].pk + 1, actor, system
        with pytest.raises(IntegrityError, match="event_has_one_actor"), transaction.atomic():
            trail[0].save(force_insert=True)


class TestDigest:
    @pytest.mark.parametrize("name", COVERED)
    def test_it_depends_on_every_field(self, trail: list[Event], name: str) -> None:
        event = trail[1]
        setattr(event, name, _other(getattr(event, name)))
        assert audit.digest(event) != bytes(event.digest)

    @pytest.mark.parametrize("name", COVERED)
    def test_whichever_field_is_changed_the_event_is_named(
        self, trail: list[Event], name: str
    ) -> None:
        event = trail[1]
        other = _other(getattr(event, name))
        change(event, **{name: other})
        number = other if name == "id" else event.pk
        assert number in [chain.broken for chain in audit.verify().broken]

    def test_it_is_made_as_the_docs_say(self) -> None:
        event = Event(
            pk=12,
            chain="coalition",
            at=datetime(2026, 3, 1, 12, tzinfo=UTC),
            actor=7,
            verb="person.admit",
            subject_type="coalition.person",
            subject_id="8",
            before={},
            after={"name": "Zoë", "a": [1, None]},
            personal={"email": "00"},
            previous=bytes(32),
        )
        said = (
            '{"actor":7,"after":{"a":[1,null],"name":"Zoë"},"at":"2026-03-01T12:00:00.000000+00:00",'
            '"before":{},"chain":"coalition","id":12,"personal":{"email":"00"},"reason":"",'
            '"subject":["coalition.person","8"],"system":"","verb":"person.admit"}'
        )
        assert audit.digest(event) == hashlib.sha256(bytes(32) + said.encode()).digest()

    def test_a_changed_digest_shows_too(self, trail: list[Event]) -> None:
        change(trail[1], digest=_other(bytes(trail[1].digest)))
        assert [chain.broken for chain in audit.verify().broken] == [trail[1].pk]

    def test_a_missing_event_shows_at_the_next(self, trail: list[Event]) -> None:
        remove(trail[1])
        (chain,) = audit.verify().broken
        assert (chain.name, chain.events, chain.broken) == ("coalition", 1, trail[2].pk)

    def test_a_missing_beginning_shows_too(self, trail: list[Event]) -> None:
        remove(trail[0])
        (chain,) = audit.verify().broken
        assert (chain.events, chain.broken) == (0, trail[1].pk)


class TestFacts(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(before=st.dictionaries(st.text("ab", max_size=3), PLAIN, max_size=3), after=PLAIN)
    def test_whatever_json_knows_is_read_back_so_that_the_chain_holds(
        self, before: dict[str, Any], after: Any
    ) -> None:
        facts = {"after": after, "pair": (1, 2), 7: "seven", 10: "ten"}
        event = audit.record("test", Person(pk=1), by=builders.HOUSE, before=before, after=facts)  # type: ignore[arg-type]
        assert Event.objects.get(pk=event.pk).after == event.after
        assert not audit.verify().broken

    def test_floats_are_refused_because_they_come_back_as_others(self) -> None:
        for number in (0.5, 1e22, -0.0, float("nan"), float("inf")):
            with pytest.raises(TypeError, match="holds no floats"):
                audit.record("test", Person(pk=1), by=builders.HOUSE, after={"deep": [number]})
        assert not Event.objects.exists()


class TestChains:
    def test_a_chain_is_named_by_its_caller_and_else_by_the_room(self, owner: Organisation) -> None:
        listing = builders.draft(owner)
        audit.record("test", listing, by=builders.HOUSE)
        audit.record("test", listing, by=builders.HOUSE, chain="agreement:7")
        assert audit.verify().chains.keys() == {listing._meta.app_label, "agreement:7"}

    def test_each_goes_on_by_itself(self, owner: Organisation) -> None:
        made = [audit.record("test", owner, by=builders.HOUSE, chain=chain) for chain in "abab"]
        assert [bytes(event.previous) for event in made] == [
            bytes(32), bytes(32), bytes(made[0].digest), bytes(made[1].digest)
        ]  # fmt: skip

    def test_the_first_break_of_each_is_named_in_one_pass(
        self, owner: Organisation, django_assert_num_queries: Any
    ) -> None:
        made = [
            audit.record("test", owner, by=builders.HOUSE, chain=chain) for chain in "abcabcabc"
        ]
        change(made[3], reason="x")
        change(made[6], reason="x")
        change(made[8], reason="x")
        with django_assert_num_queries(1):
            verdict = audit.verify()
        assert [(chain.name, chain.broken, chain.events) for chain in verdict.broken] == [
            ("a", made[3].pk, 1),
            ("c", made[8].pk, 2),
        ]
        assert verdict.chains["b"].events == 3
        assert verdict.broken

    def test_an_event_that_was_moved_to_another_is_named(self, owner: Organisation) -> None:
        made = [audit.record("test", owner, by=builders.HOUSE, chain=chain) for chain in "abab"]
        change(made[0], chain="b")
        broken = {chain.name: chain.broken for chain in audit.verify().broken}
        assert broken == {"a": made[2].pk, "b": made[0].pk}

    def test_the_newest_of_a_chain_changes_with_that_chain_alone(self, owner: Organisation) -> None:
        assert audit.latest_id("a") == 0
        first = audit.record("test", owner, by=builders.HOUSE, chain="a")
        audit.record("test", owner, by=builders.HOUSE, chain="b")
        assert audit.latest_id("a") == first.pk

    def test_the_newest_of_a_record_is_its_own(self, owner: Organisation, member: Person) -> None:
        mine = audit.record("test", owner, by=builders.HOUSE)
        audit.record("test", member, by=builders.HOUSE)
        assert audit.latest_of(owner) == mine.pk
        assert list(audit.history(owner)) == [mine]
