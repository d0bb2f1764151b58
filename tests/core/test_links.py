"""The link in a mail leads to one record, for a while, and nobody else can make it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from katalysator.admission.models import Application, Joining
from katalysator.core.links import PATIENCE, key_of, linked
from tests import builders

pytestmark = pytest.mark.django_db


def test_it_leads_to_its_record_while_that_is_there() -> None:
    made = builders.application()
    assert linked(Application.objects.all(), key_of(made)) == made
    assert linked(Application.objects.exclude(pk=made.pk), key_of(made)) is None


def test_a_link_to_one_kind_is_no_link_to_another() -> None:
    made = builders.application()
    assert linked(Joining.objects.all(), key_of(Joining(pk=made.pk))) is None
    assert linked(Application.objects.all(), key_of(Joining(pk=made.pk))) is None


def test_it_works_for_a_while() -> None:
    made = builders.application()
    key, now = key_of(made), timezone.now()
    for after, found in ((timedelta(hours=-1), made), (timedelta(hours=1), None)):
        with time_machine.travel(now + PATIENCE + after):
            assert linked(Application.objects.all(), key) == found


def test_who_has_not_our_secret_cannot_make_one() -> None:
    made = builders.application()
    with override_settings(SECRET_KEY="of somebody else"):
        forged = key_of(made)
    for key in (forged, key_of(made)[:-1], "", "x", ":::", str(made.pk)):
        assert linked(Application.objects.all(), key) is None
