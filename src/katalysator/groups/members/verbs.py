"""What can be done for people to be in a group. Each verb is one transaction with its event."""

from django.db import transaction

from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.groups import verbs as groups
from katalysator.groups.members.changing import (
    appoint,
    begin,
    keep_or_let_go,
    step,
    successor,
)
from katalysator.groups.members.coming_in import entrance, known_person
from katalysator.groups.members.workflow import INSIDE, MEMBERSHIP, OUTSIDE
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.groups.rows import locked, locked_membership, require_running
from katalysator.groups.rules import require_power
from katalysator.groups.workflow import CHAIR, JOIN, MEND, OWN


@transaction.atomic
def enter(
    group: WorkingGroup,
    person: Person,
    deed: str,
    *,
    by: Actor,
    organisation: Organisation | None = None,
) -> GroupMembership:
    """Join a group, or ask to, for oneself. Raises InvalidInput, NotAllowed, and Conflict where that is not its way in."""
    row = locked(group)
    require_power(row, by, JOIN)
    _require_oneself(GroupMembership(person=person), by)
    if deed != entrance(row):
        raise Conflict(
            "no-entrance",
            _("You cannot join this group like this now."),
            hint=_("Its page says how."),
        )
    return begin(row, person, deed, by=by, organisation=organisation)


@transaction.atomic
def invite(group: WorkingGroup, *, by: Actor, email: str) -> GroupMembership:
    """Invite somebody of a participant, by their address here. Raises InvalidInput, NotAllowed, Conflict."""
    row = locked(group)
    require_power(row, by, CHAIR)
    require_running(row)
    return begin(row, known_person(email), "invite", by=by)


@transaction.atomic
def move(group_membership: GroupMembership, deed: str, *, by: Actor) -> GroupMembership:
    """Take somebody further in, or out. Raises NotAllowed, and Conflict where the group would have no chair."""
    group = locked(group_membership.group)
    row = locked_membership(group_membership)
    if deed in MEMBERSHIP.deeds and MEMBERSHIP.step(deed).permission == OWN:
        _require_oneself(row, by)
    else:
        require_power(group, by, CHAIR)
    before, target = row.state, MEMBERSHIP.transition(row.state, deed).target
    if target == OUTSIDE:
        _require_another_chair(row)
    else:
        require_running(group)
    return step(row, deed, before=before, target=target, by=by)


@transaction.atomic
def give_role(group_membership: GroupMembership, *, by: Actor, role: str) -> GroupMembership:
    """Give a member another role; who becomes the chair takes over from who was. Raises InvalidInput, Conflict, NotAllowed."""
    group = locked(group_membership.group)
    row = locked_membership(group_membership)
    require_power(group, by, CHAIR)
    if role not in GroupMembership.Role.values:
        raise InvalidInput("role", _("There is no role “%(role)s”."), role=role).at("role")
    if row.state != INSIDE:
        raise Conflict("not-inside", _("This person is not a member yet."))
    if role != GroupMembership.Role.CHAIR:
        _require_another_chair(row)
    return appoint(row, role, by=by)


@transaction.atomic
def mend(group: WorkingGroup, *, by: Actor) -> None:
    """Let go who speaks for no participant any more, and give the group a chair where it has none.

    The secretary takes over, else who is in it for longest; where nobody is left, a group that runs rests. Safe
    to run twice. Raises NotAllowed, Conflict. Cost: some queries a member.
    """
    if not permits(by, MEND):
        raise NotAllowed("not-allowed", _("A job does this, and nobody else."))
    row = locked(group)
    for membership in row.memberships.select_related("person"):
        keep_or_let_go(membership, by=by)
    if row.memberships.chairs().exists():
        return
    if next_one := successor(row):
        appoint(next_one, GroupMembership.Role.CHAIR, by=by)
        audit.record("group.succeed", row, by=by, after={"chair": next_one.person_id})
    elif row.is_running:
        groups.move(row, "rest", by=by, reason="nobody is left")


def _require_oneself(row: GroupMembership, by: Actor) -> None:
    if not permits(by, OWN, row):
        raise NotAllowed("not-yourself", _("People say this themselves."))


def _require_another_chair(row: GroupMembership) -> None:
    if row.role == GroupMembership.Role.CHAIR:
        raise Conflict(
            "chair-stays",
            _("A group always has a chair."),
            hint=_("Hand the chair over to somebody first."),
        )
