"""What can be done with an organisation that is known. Each verb is one transaction with its event."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations.facts import (
    OrganisationFacts,
    facts_of,
    fill,
    known_areas,
    told,
)
from katalysator.coalition.organisations.rows import locked
from katalysator.coalition.rules import require_editor
from katalysator.coalition.workflow import ACTIVE, PARTICIPATION, RUN
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import require_sound


@transaction.atomic
def edit(
    organisation: Organisation, *, by: Actor, facts: OrganisationFacts, seen: int | None = None
) -> Organisation:
    """Change what an organisation says of itself; that it is correct is said with it.

    `seen` is the newest event of the organisation that the editor saw; where there is a newer one, somebody
    else was first. Raises InvalidInput, NotAllowed, Conflict.
    """
    row = locked(organisation)
    require_editor(row, by)
    audit.require_seen(row, seen)
    row.confirmed_at = timezone.now()
    return _write(row, facts, by)


@transaction.atomic
def amend(
    organisation: Organisation, *, by: Actor, seen: int | None = None, **said: Any
) -> Organisation:
    """Change some facts, as the bureau: whether the others are correct is not said. As `edit`."""
    row = locked(organisation)
    require_editor(row, by, RUN)
    audit.require_seen(row, seen)
    return _write(row, facts_of(row, **said), by)


def _write(row: Organisation, facts: OrganisationFacts, by: Actor) -> Organisation:
    areas, before = known_areas(facts.areas), told(row)
    fill(row, facts)
    require_sound(row)
    row.save()
    row.areas.set(areas)
    audit.record_edit("organisation.edit", row, by=by, before=before, after=told(row))
    return row


@transaction.atomic
def confirm(organisation: Organisation, *, by: Actor) -> Organisation:
    """Say that all that stands there is still correct. Raises NotAllowed, Conflict."""
    row = locked(organisation)
    require_editor(row, by)
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at"])
    audit.record("organisation.confirm", row, by=by)
    return row


@transaction.atomic
def unconfirm(
    organisation: Organisation, *, by: Actor, before: datetime | None, seen: int | None = None
) -> Organisation:
    """Take back that it was said to be correct: `before` is when that was said last. Raises NotAllowed, Conflict."""
    row = locked(organisation)
    require_editor(row, by, RUN)
    audit.require_seen(row, seen)
    row.confirmed_at = before
    row.save(update_fields=["confirmed_at"])
    audit.record("organisation.unconfirm", row, by=by)
    return row


@transaction.atomic
def move(organisation: Organisation, deed: str, *, by: Actor, reason: str = "") -> Organisation:
    """Change how an organisation takes part, by a deed of its workflow. Raises Conflict, NotAllowed."""
    row = locked(organisation)
    before = row.state
    if not PARTICIPATION.allows(before, deed):
        require_editor(row, by)  # others need not hear in which state it is
    step = PARTICIPATION.transition(before, deed)
    require_editor(row, by, step.permission)
    row.state = step.target
    if row.state == ACTIVE:
        now = timezone.localtime()
        row.joined_on, row.confirmed_at = row.joined_on or now.date(), now
    row.save(update_fields=["state", "joined_on", "confirmed_at"])
    row.refresh_from_db(fields=["is_participant"])
    audit.record_step(PARTICIPATION, deed, row, by=by, before=before, reason=reason)
    return row
