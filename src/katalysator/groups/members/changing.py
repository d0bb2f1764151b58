"""What changes a membership in the transaction of a verb, with its event."""

from django.db import IntegrityError, transaction

from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.groups.members.coming_in import organisation_of, own_participants
from katalysator.groups.members.workflow import MEMBERSHIP, OUTSIDE
from katalysator.groups.models import GroupMembership, WorkingGroup


def begin(
    group: WorkingGroup,
    person: Person,
    deed: str,
    *,
    by: Actor,
    organisation: Organisation | None = None,
) -> GroupMembership:
    """Bring somebody from outside into a group, or on the way. Raises InvalidInput, and Conflict for who is."""
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


def step(
    row: GroupMembership, deed: str, *, before: str, target: str, by: Actor
) -> GroupMembership:
    """Write where somebody is now; who is outside has no row."""
    row.state = target
    about = {"group": row.group_id, "person": row.person_id}
    audit.record_step(MEMBERSHIP, deed, row, by=by, before=before, **about)
    if target == OUTSIDE:
        row.delete()
    else:
        row.save(update_fields=["state"])
    return row


def appoint(row: GroupMembership, role: str, *, by: Actor) -> GroupMembership:
    """Write another role of a member; who was the chair is a member then, where there is another."""
    if role == GroupMembership.Role.CHAIR:
        before = row.group.memberships.filter(role=role).exclude(pk=row.pk)
        before.update(role=GroupMembership.Role.MEMBER)
    had, row.role = row.role, role
    row.save(update_fields=["role"])
    after = {"group": row.group_id, "person": row.person_id, "role": row.role}
    audit.record("group-membership.give-role", row, by=by, before={"role": had}, after=after)
    return row


def keep_or_let_go(row: GroupMembership, *, by: Actor) -> None:
    """Let go who speaks for no participant any more; who speaks for another one is in it for that. Cost: some queries."""
    own: list[Organisation | None] = list(own_participants(row.person))
    if not (row.person.is_active and (own or row.person.is_coordinator)):
        step(row, "remove", before=row.state, target=OUTSIDE, by=by)
    elif row.organisation not in own:
        row.organisation = own[0] if own else None
        row.save(update_fields=["organisation"])


def successor(group: WorkingGroup) -> GroupMembership | None:
    """Who takes over: the secretary, else who is in it for longest; None where nobody is left."""
    members: list[GroupMembership] = list(group.memberships.members())
    secretaries = [each for each in members if each.role == GroupMembership.Role.SECRETARY]
    return next(iter([*secretaries, *members]), None)
