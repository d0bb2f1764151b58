"""Who may do what with working groups and stewards. Denied unless allowed here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import rules
from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.coalition.rules import is_coordinator, is_own
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.groups.workflow import CHAIR, JOIN, KEEP, MEND, OWN, PROPOSE, RUN, WORK

_POWERS: Final[Mapping[str, frozenset[str]]] = MappingProxyType({
    GroupMembership.Role.MEMBER: frozenset({WORK}),
    GroupMembership.Role.SECRETARY: frozenset({WORK, KEEP}),
    GroupMembership.Role.CHAIR: frozenset({WORK, KEEP, CHAIR}),
})  # fmt: skip
_BUREAU: Final = frozenset({WORK, KEEP, CHAIR, RUN, JOIN})
_NOTHING: Final = frozenset[str]()


def powers(person: Person | AnonymousUser, group: WorkingGroup | None) -> frozenset[str]:
    """All that a person may do with a group; of who speaks for no participant any more, nothing. Cost: one query."""
    if not speaks_for_any(person) or not getattr(person, "is_active", False):
        return _NOTHING
    if getattr(person, "is_coordinator", False):
        return _BUREAU
    mine = GroupMembership.objects.members().filter(group=group, person_id=person.pk)
    return _POWERS.get(mine.values_list("role", flat=True).first() or "", _NOTHING) | {JOIN}


@rules.predicate
def belongs(person: Person) -> bool:
    """Somebody of a participant, or of the bureau."""
    return speaks_for_any(person)


def _allowed(permission: str) -> rules.predicates.Predicate:
    """Whoever has this power in the group that it is about."""

    def has_power(person: Person, group: WorkingGroup) -> bool:
        return permission in powers(person, group)

    return rules.predicate(has_power, name=permission)


rules.add_perm(PROPOSE, belongs)
rules.add_perm(RUN, is_coordinator)
for each in (JOIN, CHAIR, KEEP, WORK):
    rules.add_perm(each, _allowed(each))
rules.add_perm(OWN, is_own)
rules.add_perm(MEND, rules.always_deny)  # a job does it


def require_power(group: WorkingGroup, by: Actor, permission: str) -> None:
    """Refuse who may not do this with a group. Raises NotAllowed."""
    if not permits(by, permission, group):
        raise NotAllowed(
            "not-your-group", _("Only people of “%(name)s” may do this."), name=group.name
        )
