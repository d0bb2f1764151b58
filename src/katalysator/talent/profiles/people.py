"""Whom a person means by a name or an address: nobody learns from it who else has an account."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core.language import translate
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


def names_of(people: Iterable[int | None]) -> dict[int, str]:
    """By which name each of some people wants to be found, with the organisation; empty for who gave none. Cost: one query."""
    wanted = {each for each in people if each}
    found = Membership.objects.filter(person__in=wanted).exclude(name="").order_by("pk")
    known: dict[int, str] = {}
    for each in found.select_related("organisation"):
        known.setdefault(each.person_id, f"{each.name}, {each.organisation.name}")
    return {person: known.get(person, "") for person in wanted}


def called(people: Iterable[int | None], asker: Person) -> dict[int, str]:
    """What the asker may call some people: by their name, a colleague by address, else somebody of an organisation. Cost: two queries."""
    names = names_of(people)
    nameless = [person for person, name in names.items() if not name]
    found = Membership.objects.filter(person__in=nameless).select_related("person", "organisation")
    for each in found.order_by("pk"):
        if each.organisation_id in asker.own_organisations:
            names[each.person_id] = each.person.email
        elif not names[each.person_id]:
            of = {"name": each.organisation.name}
            names[each.person_id] = translate(_("Somebody of %(name)s")) % of
    return {person: name or translate(_("Somebody")) for person, name in names.items()}


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
