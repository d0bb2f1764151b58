"""What can be done with stewards. Each verb is one transaction with its event."""

from django.db import IntegrityError, transaction

from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Membership, Organisation
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.groups.models import Steward
from katalysator.groups.workflow import OWN, RUN


@transaction.atomic
def name(
    corner: Corner,
    *,
    by: Actor,
    duty: str,
    organisation: Organisation,
    membership: Membership | None = None,
) -> Steward:
    """Say who is chair or contact point of a corner: an organisation, or the person of one of its memberships.

    That person wants to be found: the membership has a name. Raises InvalidInput, NotAllowed, Conflict.
    """
    if not permits(by, RUN):
        raise NotAllowed("not-the-coordinator", _("Only the coordinator may do this."))
    _check(corner, organisation, membership)
    row = Steward(
        duty=Steward.Duty(duty),
        area=corner.area,
        block=corner.block.value if corner.block else "",
        hub=corner.hub,
        organisation=organisation,
        person=membership.person if membership else None,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict(
            "steward-already",
            _("There is a chair already, or this is its contact point already."),
            hint=_("Take that one away first."),
        ) from None
    audit.record("steward.name", row, by=by, after=_told(row))
    return row


@transaction.atomic
def show_address(steward: Steward, *, by: Actor, shows: bool) -> Steward:
    """Let one's own e-mail address be shown with it, or not any more. Raises NotAllowed, Conflict."""
    row = _locked(steward)
    if not permits(by, OWN, row):
        raise NotAllowed("not-yourself", _("People say this themselves."))
    row.shows_address = shows
    row.save(update_fields=["shows_address"])
    audit.record("steward.show-address", row, by=by, after={"shows": shows})
    return row


@transaction.atomic
def stop(steward: Steward, *, by: Actor) -> None:
    """End that somebody is it: by the bureau, or by oneself. Raises NotAllowed, Conflict."""
    row = _locked(steward)
    if not (permits(by, RUN) or permits(by, OWN, row)):
        raise NotAllowed("not-yourself", _("People say this themselves."))
    audit.record("steward.stop", row, by=by, before=_told(row))
    row.delete()


def _check(corner: Corner, organisation: Organisation, membership: Membership | None) -> None:
    if not corner.query or (corner.hub and (corner.area or corner.block)):
        raise InvalidInput("corner", _("Choose an area, a building block, both, or a hub.")).at(
            "area"
        )
    if not organisation.is_participant:
        raise InvalidInput("organisation", _("Choose a participant.")).at("organisation")
    if membership and (membership.organisation_id != organisation.pk or not membership.name):
        raise InvalidInput(
            "not-found-by-name",
            _("This person does not want to be found by name."),
            hint=_("They can say so on the page of their organisation."),
        ).at("organisation")


def _locked(steward: Steward) -> Steward:
    return rows.locked(steward, _("This is not so any more."))


def _told(row: Steward) -> dict[str, str | int | None]:
    return {
        "duty": row.duty,
        "corner": "/".join(row.corner.query.values()),
        "organisation": row.organisation.slug,
        "person": row.person_id,
    }
