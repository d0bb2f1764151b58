"""What can be asked about organisations: who takes part, where they are, who speaks for them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation
from katalysator.coalition.queries import speaks_for_any
from katalysator.faults import InvalidInput
from tests import builders

pytestmark = pytest.mark.django_db


def test_everyone_sees_which_organisations_there_are() -> None:
    listed = {builders.organisation(), builders.organisation(state="listed")}
    assert set(Organisation.objects.visible_to(AnonymousUser())) == listed
    assert set(Organisation.objects.visible_to(builders.person())) == listed


def test_participants_are_told_from_the_directory() -> None:
    part = builders.organisation()
    builders.organisation(state="listed")
    assert list(Organisation.objects.participants()) == [part]


def test_a_region_holds_the_regions_within_it() -> None:
    utrecht, limburg = builders.organisation(region="NL31"), builders.organisation(region="NL42")
    near_utrecht = builders.organisation(region="NL310")
    assert set(Organisation.objects.in_region("NL31")) == {utrecht, near_utrecht}
    assert set(Organisation.objects.in_region("utrecht")) == {utrecht, near_utrecht}
    assert set(Organisation.objects.in_region("NL")) == {utrecht, near_utrecht, limburg}
    assert not Organisation.objects.in_region("NL11")


def test_a_region_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInput, match="not a region"):
        Organisation.objects.in_region("Atlantis")


def test_a_person_speaks_for_the_organisations_of_the_memberships() -> None:
    mine, other = builders.organisation(), builders.organisation()
    builders.person(other)
    assert list(Organisation.objects.of(builders.person(mine))) == [mine]
    assert not Organisation.objects.of(builders.person())


def test_a_stranger_speaks_for_nobody_not_even_for_what_has_no_people() -> None:
    builders.organisation()
    assert not Organisation.objects.of(AnonymousUser())


class TestWhoTakesPart:
    """Somebody of a participant, or of the bureau, is inside; everyone else is outside."""

    def test_a_member_of_a_participant_is_inside(self) -> None:
        assert speaks_for_any(builders.person(builders.organisation()))

    def test_a_member_of_the_directory_only_is_outside(self) -> None:
        assert not speaks_for_any(builders.person(builders.organisation(state="listed")))

    def test_one_participant_among_the_organisations_is_enough(self) -> None:
        both = builders.organisation(), builders.organisation(state="listed")
        assert speaks_for_any(builders.person(*both))

    def test_somebody_without_an_organisation_is_outside(self) -> None:
        assert not speaks_for_any(builders.person())

    def test_the_bureau_is_inside(self) -> None:
        assert speaks_for_any(builders.person(is_coordinator=True))

    def test_a_stranger_is_outside(self) -> None:
        assert not speaks_for_any(AnonymousUser())

    def test_it_is_asked_once(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        person = builders.person(builders.organisation())
        with django_assert_num_queries(1):
            assert [speaks_for_any(person) for _ in range(3)] == [True] * 3
