"""How people come into a group: by which way, for which organisation, and who can be asked."""

from typing import Final

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.groups.models import WorkingGroup

_BY: Final = {WorkingGroup.Enrolment.OPEN: "join", WorkingGroup.Enrolment.REQUEST: "ask"}


def entrance(group: WorkingGroup) -> str:
    """By which deed people come in by themselves: "join" or "ask"; nothing where they are invited, or it rests."""
    return _BY.get(WorkingGroup.Enrolment(group.enrolment), "") if group.is_running else ""


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


def known_person(email: str) -> Person:
    """The person of a participant, or of the bureau, with this address. Raises InvalidInput at "email"."""
    found = Person.objects.filter(email=email.strip().lower(), is_active=True)
    person: Person | None = found.first()
    if person is None or not person.speaks_for_any:
        raise InvalidInput(
            "nobody-here",
            _("Nobody of a participant has this address here."),
            hint=_("Their organisation can invite them first."),
        ).at("email")
    return person
