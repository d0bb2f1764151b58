"""For which organisation somebody is in a group."""

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.faults import InvalidInput, gettext_noop as _


def own_participants(person: Person) -> OrganisationQuerySet:
    """The participants that somebody speaks for, in the order of the directory."""
    found: OrganisationQuerySet = Organisation.objects.of(person).participants()
    return found


def organisation_of(person: Person, chosen: Organisation | None = None) -> Organisation | None:
    """The organisation that somebody is in a group for: the one that is chosen, else the first of their own.

    None for the bureau, which is in it for the coalition. Raises InvalidInput for who speaks for no
    participant, and for an organisation that is not one of theirs. Cost: one query.
    """
    own = list(own_participants(person))
    if chosen is None and (own or person.is_coordinator):
        return own[0] if own else None
    if chosen in own:
        return chosen
    raise InvalidInput(
        "not-of-a-participant", _("A member of a working group speaks for a participant.")
    ).at("organisation")
