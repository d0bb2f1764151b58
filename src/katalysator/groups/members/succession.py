"""A group goes on when somebody is gone: members take part, and there is a chair."""

from django.db import transaction

from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.groups.members.speaking import own_participants
from katalysator.groups.members.verbs import appoint, step
from katalysator.groups.members.workflow import OUTSIDE
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.groups.verbs import locked, move
from katalysator.groups.workflow import MEND


@transaction.atomic
def mend(group: WorkingGroup, *, by: Actor) -> None:
    """Let go who speaks for no participant any more, and give the group a chair where it has none.

    The secretary takes over, else who is in it for longest; where nobody is left, a group that runs rests. Safe
    to run twice. Raises NotAllowed, Conflict. Cost: a query a member.
    """
    if not permits(by, MEND):
        raise NotAllowed("not-allowed", _("A job does this, and nobody else."))
    row = locked(group)
    for membership in row.memberships.select_related("person"):
        _keep_or_let_go(membership, by)
    if not row.memberships.chairs().exists():
        _succeed(row, by)


def _keep_or_let_go(membership: GroupMembership, by: Actor) -> None:
    own: list[Organisation | None] = list(own_participants(membership.person))
    belongs = membership.person.is_active and (own or membership.person.is_coordinator)
    if not belongs:
        step(membership, "remove", before=membership.state, target=OUTSIDE, by=by)
    elif membership.organisation not in own:
        membership.organisation = own[0] if own else None
        membership.save(update_fields=["organisation"])


def _succeed(group: WorkingGroup, by: Actor) -> None:
    members = list(group.memberships.members())
    secretaries = [each for each in members if each.role == GroupMembership.Role.SECRETARY]
    successor = next(iter([*secretaries, *members]), None)
    if successor is not None:
        appoint(successor, GroupMembership.Role.CHAIR, by=by)
        audit.record("group.succeed", group, by=by, after={"chair": successor.person_id})
    elif group.is_running:
        move(group, "rest", by=by, reason="nobody is left")
