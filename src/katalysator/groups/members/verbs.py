"""What can be done for people to be in a group. Each verb is one transaction with its event."""

from django.db import IntegrityError, transaction

from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.groups.members.speaking import organisation_of
from katalysator.groups.members.workflow import INSIDE, MEMBERSHIP, OUTSIDE
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.groups.rules import require_power
from katalysator.groups.verbs import locked
from katalysator.groups.workflow import CHAIR, JOIN, OWN

_BY = {WorkingGroup.Enrolment.OPEN: "join", WorkingGroup.Enrolment.REQUEST: "ask"}


def entrance(group: WorkingGroup) -> str:
    """By which deed people come in by themselves: "join" or "ask"; nothing where they are invited, or it rests."""
    return _BY.get(WorkingGroup.Enrolment(group.enrolment), "") if group.is_running else ""


@transaction.atomic
def enter(
    group: WorkingGroup, deed: str, *, by: Person, organisation: Organisation | None = None
) -> GroupMembership:
    """Join a group, or ask to. Raises InvalidInput, NotAllowed, and Conflict where that is not its way in."""
    row = locked(group)
    require_power(row, by, JOIN)
    if deed != entrance(row):
        raise Conflict(
            "no-entrance",
            _("You cannot join this group like this now."),
            hint=_("Its page says how."),
        )
    return _begun(row, by, deed, by=by, organisation=organisation)


@transaction.atomic
def invite(group: WorkingGroup, *, by: Actor, email: str) -> GroupMembership:
    """Invite somebody of a participant, by their address here. Raises InvalidInput, NotAllowed, Conflict."""
    row = locked(group)
    require_power(row, by, CHAIR)
    require_running(row)
    return _begun(row, known_person(email), "invite", by=by)


def known_person(email: str) -> Person:
    """The person of a participant, or of the bureau, with this address. Raises InvalidInput at "email"."""
    person: Person | None = Person.objects.filter(
        email=email.strip().lower(), is_active=True
    ).first()
    if person is None or not person.speaks_for_any:
        raise InvalidInput(
            "nobody-here",
            _("Nobody of a participant has this address here."),
            hint=_("Their organisation can invite them first."),
        ).at("email")
    return person


@transaction.atomic
def move(membership: GroupMembership, deed: str, *, by: Actor) -> GroupMembership:
    """Take somebody further in, or out. Raises NotAllowed, and Conflict where the group would have no chair."""
    group = locked(membership.group)
    row = locked_membership(membership)
    _allow(row, by, MEMBERSHIP.step(deed).permission)
    before, target = row.state, MEMBERSHIP.transition(row.state, deed).target
    if target == OUTSIDE and row.role == GroupMembership.Role.CHAIR:
        raise Conflict(
            "chair-stays",
            _("A group always has a chair."),
            hint=_("Hand the chair over to somebody first."),
        )
    if target == INSIDE:
        require_running(group)
    return step(row, deed, before=before, target=target, by=by)


@transaction.atomic
def give_role(membership: GroupMembership, *, by: Actor, role: str) -> GroupMembership:
    """Give a member another role; who becomes the chair takes over from who was. Raises InvalidInput, Conflict, NotAllowed."""
    group = locked(membership.group)
    row = locked_membership(membership)
    require_power(group, by, CHAIR)
    if role not in GroupMembership.Role.values:
        raise InvalidInput("role", _("There is no role “%(role)s”."), role=role).at("role")
    if row.state != INSIDE:
        raise Conflict("not-inside", _("This person is not a member yet."))
    if row.role == GroupMembership.Role.CHAIR != role:
        raise Conflict(
            "chair-stays",
            _("A group always has a chair."),
            hint=_("Hand the chair over to somebody first."),
        )
    return appoint(row, role, by=by)


def appoint(row: GroupMembership, role: str, *, by: Actor) -> GroupMembership:
    """Write another role of a member of a group that is locked, in the caller's transaction."""
    if role == GroupMembership.Role.CHAIR:
        before = row.group.memberships.filter(role=role).exclude(pk=row.pk)
        before.update(role=GroupMembership.Role.MEMBER)
    had, row.role = row.role, role
    row.save(update_fields=["role"])
    after = {"group": row.group_id, "person": row.person_id, "role": row.role}
    audit.record("group-membership.give-role", row, by=by, before={"role": had}, after=after)
    return row


def step(
    row: GroupMembership, deed: str, *, before: str, target: str, by: Actor
) -> GroupMembership:
    """Write where somebody is now, with the event, in the caller's transaction; who is outside has no row."""
    row.state = target
    about = {"group": row.group_id, "person": row.person_id}
    audit.record_step(MEMBERSHIP, deed, row, by=by, before=before, **about)
    if target == OUTSIDE:
        row.delete()
    else:
        row.save(update_fields=["state"])
    return row


def locked_membership(membership: GroupMembership) -> GroupMembership:
    """The row as it is now, after its group. Raises Conflict where it is not there any more."""
    return rows.locked(membership, _("This person is not in the group any more."))


def require_running(group: WorkingGroup) -> None:
    """Refuse what only a group that runs does. Raises Conflict."""
    if not group.is_running:
        raise Conflict(
            "group-not-running",
            _("The group is not active: %(state)s."),
            state=group.state_label,
        )


def _begun(
    group: WorkingGroup,
    person: Person,
    deed: str,
    *,
    by: Actor,
    organisation: Organisation | None = None,
) -> GroupMembership:
    target = MEMBERSHIP.transition(OUTSIDE, deed).target
    speaks_for = organisation_of(person, organisation)
    row = GroupMembership(group=group, person=person, organisation=speaks_for, state=target)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict(
            "in-already", _("This person is in the group already, is invited, or asks to join.")
        ) from None
    return step(row, deed, before=OUTSIDE, target=target, by=by)


def _allow(row: GroupMembership, by: Actor, permission: str) -> None:
    if permission != OWN:
        require_power(row.group, by, permission)
    elif not permits(by, OWN, row):
        raise NotAllowed("not-yourself", _("People say this themselves."))
