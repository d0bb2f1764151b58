"""Who may do what in the coalition: denied unless a rule says otherwise."""

import pytest
from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.rules import is_coordinator, speaks_for
from tests import builders

pytestmark = pytest.mark.django_db


def test_only_the_bureau_is_the_bureau() -> None:
    assert is_coordinator(builders.person(is_coordinator=True))
    assert not is_coordinator(builders.person(builders.organisation()))
    assert not is_coordinator(AnonymousUser())


def test_a_person_speaks_for_the_own_organisation_alone() -> None:
    mine, other = builders.organisation(), builders.organisation()
    person = builders.person(mine)
    assert speaks_for(person, mine)
    assert not speaks_for(person, other)


def test_the_bureau_speaks_for_nobody() -> None:
    assert not speaks_for(builders.person(is_coordinator=True), builders.organisation())


def test_a_stranger_speaks_for_nobody() -> None:
    assert not speaks_for(AnonymousUser(), builders.organisation())
