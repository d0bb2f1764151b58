"""Who may post and who may edit: denied unless a rule says otherwise."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from tests import builders

pytestmark = pytest.mark.django_db


def test_people_of_participants_and_the_bureau_may_post() -> None:
    assert rules.has_perm("listings.post_listing", builders.person(builders.organisation()))
    assert rules.has_perm("listings.post_listing", builders.person(is_coordinator=True))


def test_others_may_not_post() -> None:
    outside = builders.organisation(state="listed")
    for person in (AnonymousUser(), builders.person(), builders.person(outside)):
        assert not rules.has_perm("listings.post_listing", person)


def test_the_own_people_and_the_bureau_may_edit() -> None:
    owner = builders.organisation()
    listing = builders.listing(owner)
    assert rules.has_perm("listings.edit_listing", builders.person(owner), listing)
    assert rules.has_perm("listings.edit_listing", builders.person(is_coordinator=True), listing)


def test_others_may_not_edit_however_public_the_listing_is() -> None:
    listing = builders.listing(builders.organisation())
    for person in (AnonymousUser(), builders.person(), builders.person(builders.organisation())):
        assert not rules.has_perm("listings.edit_listing", person, listing)
