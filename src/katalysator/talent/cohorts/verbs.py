"""What is done with cohorts. Each verb is one transaction with its event; nobody in a cohort is sent anything."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction

from katalysator.cleaning import plain_line
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.rows import locked, require_sound
from katalysator.faults import InvalidInput, NotAllowed, gettext_noop as _
from katalysator.rounds.rows import stepped
from katalysator.talent.cohorts.rules import MAKE_COHORT
from katalysator.talent.cohorts.workflow import COHORT, HOLD_COHORT
from katalysator.talent.models import Cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortContent:
    """A cohort as it is given; see `Cohort`."""

    name: str
    people: list[dict[str, Any]]
    openings: list[dict[str, Any]] = field(default_factory=list)
    from_market: bool = True
    least: int = 50


@transaction.atomic
def make(organisation: Organisation | None, content: CohortContent, *, by: Actor) -> Cohort:
    """Keep a cohort of an employer, or of the bureau (None). Raises InvalidInput at its field, NotAllowed.

    The trail holds how many there are, and nothing of them.
    """
    row = Cohort(organisation=organisation, author=person_of(by))
    if not (permits(by, MAKE_COHORT) and permits(by, HOLD_COHORT, row)):
        raise NotAllowed("not-your-people", _("You do this for your own organisation only."))
    row.name, row.people, row.openings = plain_line(content.name), content.people, content.openings
    row.from_market, row.least = content.from_market, content.least
    if not row.name:
        raise InvalidInput("name", _("Give the cohort a name.")).at("name")
    if not row.people:
        raise InvalidInput("nobody", _("There is nobody in this sheet.")).at("people")
    if not (row.openings or row.from_market):
        raise InvalidInput(
            "no-openings", _("Choose the markets, or give a sheet of work and courses.")
        ).at("openings")
    require_sound(row)
    row.save()
    after = {"people": len(row.people), "openings": len(row.openings)}
    audit.record("cohort.make", row, by=by, after=after)
    return row


@transaction.atomic
def compute(found: Cohort, *, by: Actor) -> Cohort:
    """Let a cohort be computed, as who asks for it sees the markets. Raises Conflict, NotAllowed."""
    row = _taken(found, by)
    then = {"run": row.run + 1, "done": 0, "stages": 0, "figures": {}, "author": person_of(by)}
    return stepped(COHORT, row, "compute", by, then)


@transaction.atomic
def stop(found: Cohort, *, by: Actor) -> Cohort:
    """Stop computing. Raises Conflict, NotAllowed."""
    return stepped(COHORT, _taken(found, by), "stop", by, {})


@transaction.atomic
def remove(found: Cohort, *, by: Actor) -> None:
    """Throw a cohort away, with its people and all that was computed. Raises Conflict, NotAllowed."""
    row = _taken(found, by)
    audit.record("cohort.remove", row, by=by)
    row.delete()


DEEDS: Final = {"compute": compute, "stop": stop}
"""Those that change its state, by their names in the table."""


def _taken(found: Cohort, by: Actor) -> Cohort:
    row = locked(found, _("This cohort is not here any more."))
    if not permits(by, HOLD_COHORT, row):
        raise NotAllowed("not-your-people", _("You do this for your own organisation only."))
    return row
