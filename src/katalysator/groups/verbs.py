"""What can be done with working groups. Each verb is one transaction with its event."""

from typing import Final

from django.db import transaction

from katalysator.cleaning import without_markup
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.slugs import free_slug
from katalysator.faults import InvalidInput, NotAllowed, gettext_noop as _
from katalysator.groups.facts import GroupFacts, save_facts, told
from katalysator.groups.members.coming_in import organisation_of
from katalysator.groups.members.workflow import INSIDE
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.groups.rows import locked
from katalysator.groups.rules import require_power
from katalysator.groups.workflow import CHAIR, GROUP, PROPOSE, RUN

_RESERVED: Final = frozenset({"new"})  # an address of the site


@transaction.atomic
def propose(
    group_facts: GroupFacts, *, by: Actor, chair: Person, organisation: Organisation | None = None
) -> WorkingGroup:
    """Propose a group with oneself as the chair; the bureau admits it. Raises InvalidInput, NotAllowed."""
    if not permits(by, PROPOSE) or (isinstance(by, Person) and by != chair):
        raise NotAllowed("not-a-participant", _("Only people of participants may do this."))
    return _made(group_facts, "propose", by=by, chair=chair, organisation=organisation)


@transaction.atomic
def start(
    group_facts: GroupFacts, *, by: Actor, chair: Person, organisation: Organisation | None = None
) -> WorkingGroup:
    """Start a group with a chair, at once. Raises InvalidInput, NotAllowed."""
    if not permits(by, RUN):
        raise NotAllowed("not-the-coordinator", _("Only the coordinator may do this."))
    return _made(group_facts, "start", by=by, chair=chair, organisation=organisation)


@transaction.atomic
def edit(
    group: WorkingGroup, *, by: Actor, group_facts: GroupFacts, seen: int | None = None
) -> WorkingGroup:
    """Change what a group says of itself. `seen` is the newest event that the editor saw.

    Raises InvalidInput, NotAllowed, Conflict.
    """
    row = locked(group)
    require_power(row, by, CHAIR)
    audit.require_seen(row, seen)
    before = told(row)
    save_facts(row, group_facts)
    audit.record_edit("group.edit", row, by=by, before=before, after=told(row))
    return row


@transaction.atomic
def move(group: WorkingGroup, deed: str, *, by: Actor, reason: str = "") -> WorkingGroup:
    """Take a group to its next state; who is declined hears the `reason`. Raises InvalidInput, Conflict, NotAllowed."""
    row = locked(group)
    known = deed in GROUP.deeds
    require_power(row, by, GROUP.step(deed).permission if known else CHAIR)
    if deed == "decline" and not without_markup(reason):
        hint = _("They get your reason by mail.")
        raise InvalidInput("reason", _("Say why not."), hint=hint).at("reason")
    before, row.state = row.state, GROUP.transition(row.state, deed).target
    row.save(update_fields=["state"])
    audit.record_step(GROUP, deed, row, by=by, before=before, reason=reason)
    return row


def _made(
    facts: GroupFacts, deed: str, *, by: Actor, chair: Person, organisation: Organisation | None
) -> WorkingGroup:
    state = {"propose": GROUP.initial, "start": "active"}[deed]
    group = WorkingGroup(
        state=state, slug=free_slug(facts.name, otherwise="group", is_taken=_is_taken)
    )
    speaks_for = organisation_of(chair, organisation)
    save_facts(group, facts)
    GroupMembership.objects.create(
        group=group,
        person=chair,
        organisation=speaks_for,
        role=GroupMembership.Role.CHAIR,
        state=INSIDE,
    )
    audit.record(f"group.{deed}", group, by=by, after=told(group) | {"chair": chair.pk})
    return group


def _is_taken(slug: str) -> bool:
    return slug in _RESERVED or WorkingGroup.objects.filter(slug=slug).exists()
