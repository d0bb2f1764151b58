"""A database is for the example or for a coalition of its own, whoever comes first, for good."""

import pytest
from django.db import IntegrityError, transaction

from katalysator.core.models import Purpose
from katalysator.core.purpose import claim, settle
from katalysator.faults import Conflict

pytestmark = pytest.mark.django_db

CODES = {True: "database-is-own", False: "database-is-example"}


@pytest.mark.parametrize("is_example", [True, False])
def test_who_claims_first_may_come_again_and_the_other_may_not(is_example: bool) -> None:
    claim(is_example=is_example)
    claim(is_example=is_example)
    with pytest.raises(Conflict) as refused:
        claim(is_example=not is_example)
    assert refused.value.code == CODES[not is_example]
    assert "KATALYSATOR_DATA" in str(refused.value)
    assert Purpose.objects.get().is_example == is_example


@pytest.mark.parametrize("is_example", [True, False])
def test_what_is_settled_stays(is_example: bool) -> None:
    assert settle(is_example=is_example) == is_example
    assert settle(is_example=not is_example) == is_example


def test_there_is_one_purpose() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Purpose.objects.create(pk=2, is_example=True)
