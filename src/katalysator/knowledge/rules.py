"""Who may do what with knowledge. Denied unless allowed here."""

import rules
from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.rules import is_coordinator, speaks_for, takes_part
from katalysator.core.actors import Actor, permits
from katalysator.core.workflow import Transition
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.workflow import (
    AGE,
    EDIT,
    KNOWLEDGE,
    PUBLISH,
    REVIEW,
    WRITE,
    WRITE_FOR_ALL,
)


@rules.predicate
def is_of_the_giver(person: Person, item: KnowledgeItem) -> bool:
    """Somebody of the organisation that gives it."""
    return bool(speaks_for(person, item.organisation))


@rules.predicate
def is_found_good(person: Person, item: KnowledgeItem) -> bool:  # noqa: ARG001
    """Another organisation reviewed it and found it good. Cost: one query."""
    return item.reviews.good().exists()


@rules.predicate
def is_a_peer(person: Person, organisation: Organisation) -> bool:
    """Somebody of a participant."""
    return organisation.is_participant and bool(speaks_for(person, organisation))


rules.add_perm(WRITE, takes_part)
rules.add_perm(WRITE_FOR_ALL, is_coordinator)
rules.add_perm(EDIT, is_coordinator | is_of_the_giver)
rules.add_perm(PUBLISH, is_coordinator | (is_of_the_giver & is_found_good))
rules.add_perm(REVIEW, is_a_peer)
rules.add_perm(AGE, rules.always_deny)  # the clock does it, and nobody else


def possible(item: KnowledgeItem, person: Person | AnonymousUser) -> tuple[Transition, ...]:
    """The deeds that this person may do with an item as it is now."""
    steps = KNOWLEDGE.transitions_from(item.state)
    may = {each: rules.has_perm(each, person, item) for each in {s.permission for s in steps}}
    return tuple(step for step in steps if may[step.permission])


def require_editor(item: KnowledgeItem, by: Actor, permission: str = EDIT) -> None:
    """Refuse who may not change this item, or not do this with it. Raises NotAllowed."""
    if not permits(by, permission, item):
        raise NotAllowed(
            "not-your-knowledge",
            _("Only people of %(name)s may do this."),
            name=item.organisation.name,
        )


def require_peer(item: KnowledgeItem, organisation: Organisation, by: Actor) -> None:
    """Refuse whoever is not of this other organisation, which must take part, or is of both. Raises NotAllowed."""
    is_of_both = isinstance(by, Person) and speaks_for(by, item.organisation)
    if is_of_both or organisation.pk == item.organisation_id:
        raise NotAllowed(
            "own-knowledge",
            _("People of %(name)s gave this themselves: others say what it is worth."),
            name=item.organisation.name,
        )
    if not permits(by, REVIEW, organisation):
        raise NotAllowed("not-a-peer", _("Only people of another participant may do this."))
