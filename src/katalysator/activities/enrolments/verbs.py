"""What can be done about who comes. Each verb is one transaction with its event."""

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.utils import timezone

from katalysator.activities.enrolments.places import fill_places, has_place, locked, next_turn
from katalysator.activities.models import Activity, Enrolment
from katalysator.activities.rules import require_holder
from katalysator.activities.workflow import ANNOUNCED, ENROL, ENROLMENT, FILL, HOLD, OPEN, OWN
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.audit import Deed
from katalysator.faults import Conflict, NotAllowed, gettext_noop as _

_WHERE_FULL: Final = {"grant": "queue", "accept": "line-up"}
"""What a deed becomes where every place is taken."""


@transaction.atomic
def register(activity: Activity, person: Person, *, by: Actor) -> Enrolment:
    """Ask for a place for somebody: it is given at once where there is one, or there is a line to wait in.

    Raises NotAllowed for who is another or may not see it, and Conflict for who is registered, and where
    nobody can.
    """
    if not permits(by, ENROL, Enrolment(activity=activity, person=person)):
        raise NotAllowed("not-for-you", _("This is for people of participants."))
    row = locked(activity)
    _require_taking(row)
    if row.enrolments.open().of(person).exists():
        raise Conflict("registered-already", _("You are on the list already."))
    asks = row.policy == Activity.Policy.REQUEST
    state = "asked" if asks else "placed" if has_place(row) else "waiting"
    made = Enrolment(activity=row, person=person, state=state, turn=next_turn(row))
    made.save(force_insert=True)
    audit.record("enrolment.register", made, by=by, after={"activity": row.pk, "state": state})
    return made


@transaction.atomic
def invite(activity: Activity, organisation: Organisation, *, by: Actor) -> list[Enrolment]:
    """Invite all who speak for a participant, but who is on the list already. Raises NotAllowed, Conflict."""
    require_holder(activity, by)
    row = locked(activity)
    _require_to_come(row)
    known = row.enrolments.open().values("person")
    people = organisation.people.filter(is_active=True).exclude(pk__in=known).order_by("pk")
    made = [Enrolment(activity=row, person=each, state="invited") for each in people]
    if not made:
        raise Conflict(
            "nobody-to-invite", _("Everybody of this organisation is on the list already.")
        )
    Enrolment.objects.bulk_create(made)
    deeds = [Deed(each, after={"activity": row.pk, "state": each.state}) for each in made]
    audit.record_all("enrolment.invite", deeds, by=by, chain=Enrolment._meta.app_label)
    return made


@transaction.atomic
def move(enrolment: Enrolment, deed: str, *, by: Actor) -> Enrolment:
    """Take one to its next state; a place that comes free goes to who waits first, in the same transaction.

    Where it is full, who would get a place waits in line. Raises Conflict, NotAllowed.
    """
    activity = locked(enrolment.activity)
    row = rows.locked(enrolment, _("This registration is not here any more."))
    row.activity = activity
    permission = ENROLMENT.step(deed).permission if deed in ENROLMENT.deeds else HOLD
    about = row if permission == OWN else activity
    if permission == FILL or not permits(by, permission, about):
        raise NotAllowed("not-your-place", _("This is not yours to decide."))
    if deed in ("attend", "miss"):
        _require_begun(activity)
    elif deed in _WHERE_FULL:
        _require_to_come(activity)
        ENROLMENT.transition(row.state, deed)
        deed = deed if has_place(activity) else _WHERE_FULL[deed]
    _step(row, deed, by=by)
    fill_places(activity)
    return row


@transaction.atomic
def note_attendance(
    activity: Activity, present: Collection[int], *, by: Actor, among: Collection[int]
) -> None:
    """Write down who of some with a place was there, by the numbers of their enrolments. Raises NotAllowed, Conflict."""
    require_holder(activity, by)
    row = locked(activity)
    _require_begun(row)
    seated = list(row.enrolments.seated().filter(pk__in=among))
    for deed in ("attend", "miss"):
        target = ENROLMENT.step(deed).target
        meant = [each for each in seated if (each.pk in present) == (deed == "attend")]
        changed = [each for each in meant if each.state != target]
        deeds = [
            Deed(each, before={"state": each.state}, after={"state": target}) for each in changed
        ]
        if changed:
            Enrolment.objects.filter(pk__in=[each.pk for each in changed]).update(state=target)
            verb, chain = ENROLMENT.audit_verb(deed), Enrolment._meta.app_label
            audit.record_all(verb, deeds, by=by, chain=chain)


@transaction.atomic
def refill(activity: Activity, *, by: Actor) -> None:
    """Give free places to who waits, where they came free by somebody's leaving for good. Raises Conflict, NotAllowed."""
    if not permits(by, FILL, activity):
        raise NotAllowed("not-yours", _("This follows by itself."))
    fill_places(locked(activity))


def _step(row: Enrolment, deed: str, *, by: Actor) -> None:
    before, row.state = row.state, ENROLMENT.transition(row.state, deed).target
    if row.state in OPEN and row.turn is None:
        row.turn = next_turn(row.activity)
    row.save(update_fields=["state", "turn"])
    audit.record_step(ENROLMENT, deed, row, by=by, before=before)


def _require_taking(activity: Activity) -> None:
    """Refuse where people cannot register by themselves, and say why."""
    _require_to_come(activity)
    if activity.policy == Activity.Policy.INVITATION:
        raise Conflict("by-invitation", _("Only who is invited can come to this."))
    if activity.policy == Activity.Policy.NONE:
        raise Conflict("no-registration", _("Just come: no registration is needed."))
    if activity.is_to_choose:
        raise Conflict("by-choice", _("Say in which order you would like these activities."))
    if timezone.now() >= activity.registers_until:
        raise Conflict("closed", _("Registration is closed."))


def _require_to_come(activity: Activity) -> None:
    if activity.state != ANNOUNCED:
        raise Conflict(
            "not-announced", _("This activity does not take place, or is not announced yet.")
        )
    if activity.is_over:
        raise Conflict("over", _("This activity is over."))


def _require_begun(activity: Activity) -> None:
    if not activity.has_begun:
        raise Conflict("not-begun", _("It has not begun yet."))
    if activity.state not in (ANNOUNCED, "held"):
        raise Conflict("not-held", _("This activity was not held."))
