"""The same sheet, or what the coalition is, sent by several at the same time: done once, whole, and in words."""

from collections.abc import Iterator

import pytest

from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.founding.verbs import settle
from katalysator.coalition.importing.models import OrganisationKey
from katalysator.coalition.models import Hub, Organisation
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import Conflict
from katalysator.importing.kinds import named
from katalysator.importing.taking import taken_in
from tests import builders
from tests.coalition.founded import founded, said
from tests.core.apart import apart, clear
from tests.importing.steps import looked, written

pytestmark = pytest.mark.django_db

TIMES = 4
SHEET = written(("Nr", "Organisatie"), ("1", "Voorbeeldlab"), ("2", "Voorbeeldwinkel"))


@pytest.fixture(autouse=True)
def committed() -> Iterator[None]:
    """What threads commit is for all to see, and is taken away afterwards."""
    yield
    apart(_take_away)
    clear()


def _take_away() -> None:
    for kind in (OrganisationKey, Organisation, Coalition, Hub):
        kind.objects.all().delete()


def take() -> str:
    """Look, and confirm what was seen."""
    rows, plan = looked("participants", SHEET)
    kind = named("participants")
    try:
        taken_in(rows, kind, kind.target({}), by=builders.HOUSE, seen=plan.fingerprint)
    except Conflict as refusal:
        return refusal.code
    return "taken"


def test_a_sheet_that_is_sent_many_times_is_taken_in_once() -> None:
    heard = apart(*[take] * TIMES)
    assert "taken" in heard
    assert set(heard) <= {"taken", "changed-meanwhile"}
    assert Event.objects.filter(verb="organisation.register").count() == 2
    assert Organisation.objects.count() == OrganisationKey.objects.count() == 2
    assert not audit.verify().broken


def test_of_two_who_say_what_the_coalition_is_one_was_late() -> None:
    seen = audit.latest_of(apart(founded)[0])

    def change(name: str) -> str:
        try:
            return str(settle(said(name=name), by=builders.HOUSE, seen=seen))
        except Conflict as refusal:
            return refusal.code

    heard = apart(*[lambda name=name: change(name) for name in ("Een", "Twee", "Drie")])
    assert sorted(heard).count("changed-meanwhile") == 2
    assert Coalition.objects.get().name in heard
