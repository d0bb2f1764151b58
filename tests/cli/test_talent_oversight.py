"""`katalysator talent replay` and `bias`."""

import pytest

from katalysator.cli.root import cli
from katalysator.core.models import Event
from katalysator.talent.models import ConsultedPerson
from katalysator.talent.taxonomies import current
from tests.cli.conftest import running
from tests.talent.lists import consultation, first_of

pytestmark = pytest.mark.django_db

run = running(cli)


def test_a_list_is_made_again_and_the_exit_code_says_whether_it_is_the_same() -> None:
    current.taxonomy_by.cache_clear()
    made = consultation()
    same = run("talent", "replay", str(made.pk))
    assert (same.exit_code, "identical" in same.output) == (0, True)
    ConsultedPerson.objects.filter(pk=first_of(made).pk).update(held={})
    other = run("talent", "replay", str(made.pk))
    assert (other.exit_code, "not identical" in other.output) == (1, True)
    assert Event.objects.filter(verb="consultation.replay", system="operator").count() == 2


def test_a_list_that_is_not_there_is_told() -> None:
    assert "no list 999999" in run("talent", "replay", "999999").output


def test_the_report_on_bias_says_what_was_not_measured() -> None:
    told = run("talent", "bias")
    assert told.exit_code == 0
    assert "not measured" in told.output
