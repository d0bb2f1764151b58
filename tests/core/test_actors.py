"""Who does a deed: a person by the rules, a part of the house by what is said of it, nobody never."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Person
from katalysator.core import actors
from katalysator.core.actors import CLOCK, EXAMPLE, OPERATOR, System, permits
from katalysator.faults import NotAllowed
from katalysator.listings import verbs
from tests import builders

pytestmark = pytest.mark.django_db

ADMIT = "coalition.admit_person"
SYSTEMS = [value for value in vars(actors).values() if isinstance(value, System)]


def test_a_person_may_what_the_rules_say() -> None:
    assert permits(builders.person(is_coordinator=True), ADMIT)
    assert not permits(builders.person(), ADMIT)


def test_a_rule_may_look_at_the_record() -> None:
    owner = builders.organisation()
    listing = builders.draft(owner)
    assert permits(builders.person(owner), "listings.edit_listing", listing)
    assert not permits(builders.person(), "listings.edit_listing", listing)


def test_who_is_inactive_may_nothing() -> None:
    assert not permits(builders.person(is_coordinator=True, is_active=False), ADMIT)


def test_a_part_of_the_house_may_what_is_said_of_it_and_no_more() -> None:
    mason = System("mason", frozenset({ADMIT}))
    assert permits(mason, ADMIT)
    assert not permits(mason, "coalition.erase_person")
    assert not permits(System("visitor", frozenset()), ADMIT)


def test_what_no_rule_knows_nobody_may() -> None:
    assert not permits(builders.person(is_coordinator=True), "coalition.fly")
    assert not permits(OPERATOR, "coalition.fly")


def test_nobody_is_refused() -> None:
    with pytest.raises(TypeError, match="not by None"):
        permits(None, ADMIT)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not by <"):
        permits(AnonymousUser(), ADMIT)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not by 'operator'"):
        permits("operator", ADMIT)  # type: ignore[arg-type]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_all_that_a_part_of_the_house_may_is_known_to_the_rules(system: System) -> None:
    assert [name for name in sorted(system.may) if not rules.perm_exists(name)] == []


def test_parts_of_the_house_have_names_of_their_own() -> None:
    assert {CLOCK, OPERATOR, EXAMPLE} <= set(SYSTEMS)
    names = [system.name for system in SYSTEMS]
    assert len(names) == len(set(names))
    assert all(names)


def test_the_clock_may_only_let_expire() -> None:
    listing = builders.listing(builders.organisation())
    for verb in ("close", "settle", "withdraw"):
        with pytest.raises(NotAllowed):
            verbs.move(listing, verb, by=CLOCK)
    with pytest.raises(NotAllowed):
        verbs.edit(listing, by=CLOCK, content=builders.content())
    assert verbs.move(listing, "expire", by=CLOCK).state == "expired"


def test_who_has_the_command_line_does_not_write_for_others() -> None:
    listing = builders.listing(builders.organisation())
    with pytest.raises(NotAllowed):
        verbs.edit(listing, by=OPERATOR, content=builders.content())


def test_what_a_part_of_the_house_posts_has_no_author() -> None:
    owner = builders.organisation()
    assert builders.draft(owner).author is None
    assert Person.objects.count() == 0
