"""Before a process lets anybody in it counts what is open and looks once for what fits, and begins no more after two seconds."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from katalysator.core import changes
from katalysator.core.kept import forget
from katalysator.listings.models import Kind
from katalysator.matches.entries import enter
from katalysator.matches.matrix import counted
from katalysator.site import rehearsal
from katalysator.site.rehearsal import Rehearsal, rehearse
from tests import builders


@pytest.fixture
def board(db: None) -> None:
    """A need and two offers of one market, and an offer of another that nobody needs."""
    halves = [
        *[(Kind.NEED, "expertise"), (Kind.OFFER, "expertise")],
        *[(Kind.OFFER, "expertise"), (Kind.OFFER, "data")],
    ]
    enter([builders.listing(builders.organisation(), *each) for each in halves])


def test_each_half_of_a_market_is_looked_at_once(board: None) -> None:
    assert rehearse() == 3


def test_what_is_open_is_counted_for_who_comes_first(board: None) -> None:
    forget()
    rehearse()
    with CaptureQueriesContext(connection) as queries:
        cells = counted(AnonymousUser(), now=changes.states())
    assert sum(each.offers for (area, _block), each in cells.items() if not area) == 3
    assert len(queries) == 1  # for the states


@pytest.mark.django_db
def test_nothing_is_looked_at_where_there_is_nothing() -> None:
    assert rehearse() == 0


def test_what_was_not_read_yet_is_left_out(board: None) -> None:
    builders.listing(builders.organisation(), Kind.NEED, "data")
    assert rehearse() == 3


def test_when_time_is_up_the_rest_is_left(board: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "_MOST", -1.0)
    assert rehearse() == 0


def test_it_is_over_also_when_it_fails() -> None:
    """Here no database may be asked."""
    work = Rehearsal()
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        work.service()
    assert work.over.is_set()


def test_it_is_over_when_it_is_called_off() -> None:
    work = Rehearsal()
    work.cancel()
    assert work.over.is_set()
