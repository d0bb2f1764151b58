"""Who may do what in the coalition. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.coalition.workflow import (
    CHANGE_ACCOUNT,
    EDIT,
    FOUND,
    LEAVE,
    MANAGE,
    MERGE,
    PRESENT,
    RUN,
)
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.readings.verbs import CHANGE_CONCEPTS


@rules.predicate
def is_coordinator(person: Person) -> bool:
    """The bureau that runs the coalition."""
    return bool(getattr(person, "is_coordinator", False))


@rules.predicate
def speaks_for(person: Person, organisation: Organisation) -> bool:
    """Somebody of this organisation."""
    return organisation.pk in getattr(person, "own_organisations", ())


@rules.predicate
def takes_part(person: Person) -> bool:
    """Somebody of any participant."""
    return speaks_for_any(person)


@rules.predicate
def is_oneself(person: Person, account: Person) -> bool:
    """The person whose account it is."""
    return person == account


@rules.predicate
def manages(person: Person, organisation: Organisation) -> bool:
    """Somebody who says who else speaks for this organisation."""
    own = getattr(person, "participations", {}).get(organisation.pk)
    return own is not None and own.manages


@rules.predicate
def is_own(person: Person, membership: Membership) -> bool:
    """The person whose membership it is."""
    return bool(person.pk) and membership.person_id == person.pk


rules.add_perm(CHANGE_ACCOUNT, is_oneself)
rules.add_perm(PRESENT, is_own)
rules.add_perm(EDIT, is_coordinator | speaks_for)
rules.add_perm(MANAGE, is_coordinator | manages)
rules.add_perm(LEAVE, is_coordinator | manages)
rules.add_perm(FOUND, is_coordinator)
rules.add_perm(RUN, is_coordinator)
rules.add_perm(MERGE, is_coordinator)
rules.add_perm("coalition.register_organisation", is_coordinator)
rules.add_perm("coalition.admit_person", is_coordinator)
rules.add_perm("coalition.erase_person", is_coordinator)
rules.add_perm(CHANGE_CONCEPTS, is_coordinator)


def require_editor(organisation: Organisation, by: Actor, permission: str = EDIT) -> None:
    """Refuse who may not change this organisation, or not do this with it. Raises NotAllowed."""
    if not permits(by, permission, organisation):
        raise NotAllowed(
            "not-your-organisation",
            _("Only people of %(name)s may do this."),
            name=organisation.name,
        )


def require_participant(organisation: Organisation) -> None:
    """Refuse an organisation that does not take part. Raises NotAllowed."""
    if not organisation.is_participant:
        raise NotAllowed(
            "not-a-participant",
            _("%(organisation)s does not take part in the coalition."),
            hint=_("Ask the coordinator to make it a participant."),
            organisation=organisation.name,
        )
