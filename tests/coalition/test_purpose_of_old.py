"""A database of before it was said what it is for: the migration says it by who is in it."""

from importlib import import_module

import pytest
from django.apps import apps

from katalysator.core.models import Purpose
from tests import builders

pytestmark = pytest.mark.django_db

say_purpose = import_module("katalysator.coalition.migrations.0004_accounts").say_purpose


def test_an_empty_one_is_for_whoever_comes_first() -> None:
    say_purpose(apps, None)
    assert not Purpose.objects.exists()


def test_one_with_organisations_of_the_example_is_the_examples() -> None:
    builders.organisation(is_example=True)
    builders.person(builders.organisation())
    say_purpose(apps, None)
    assert Purpose.objects.get().is_example


@pytest.mark.parametrize("who", [builders.organisation, builders.person])
def test_any_other_is_of_a_coalition_of_its_own(who: type) -> None:
    who()
    say_purpose(apps, None)
    assert not Purpose.objects.get().is_example
