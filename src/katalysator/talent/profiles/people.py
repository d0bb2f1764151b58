"""Whom a person means by a name or an address: nobody learns from it who else has an account."""

from django.db.models import Q, QuerySet

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.profiles.queries import organisations_that_take_part


def somebody(words: str, *, known_to: Person) -> Person:
    """Somebody of a participant who wants to be found by this name, or a colleague of the asker by address.

    A name may be followed by a comma and the organisation. Raises InvalidInput at “whom”. Cost: two queries.
    """
    found = list(_meant(words.strip(), known_to).exclude(pk=known_to.pk).distinct()[:2])
    if not found:
        raise InvalidInput(
            "whom",
            _("We find nobody by this name or address."),
            hint=_(
                "Use the name on the page of their organisation. You can use the address of somebody of your own organisation."
            ),
        ).at("whom")
    if len(found) > 1:
        raise InvalidInput(
            "whom",
            _("There are more people with this name."),
            hint=_("Write the name of the organisation behind it, after a comma."),
        ).at("whom")
    return found[0]


def participant(name: str) -> Organisation:
    """The participant of this name. Raises InvalidInput at “whom”. Cost: one query."""
    found: Organisation | None = Organisation.objects.participants().filter(name=name).first()
    if found is None:
        raise InvalidInput("whom", _("There is no participant “%(name)s”."), name=name).at("whom")
    return found


def _meant(words: str, asker: Person) -> "QuerySet[Person]":
    people = Person.objects.filter(is_active=True)
    if "@" in words:
        own = organisations_that_take_part(asker)
        return people.filter(email=words.lower(), memberships__organisation__in=own)
    name, _comma, organisation = words.rpartition(",")
    asked = Q(name__iexact=words)
    if name:
        asked |= Q(name__iexact=name.strip(), organisation__name__iexact=organisation.strip())
    shown = Membership.objects.visible_to(asker).filter(asked)
    return people.filter(pk__in=shown.values("person"))
