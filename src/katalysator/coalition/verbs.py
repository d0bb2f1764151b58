"""What can be done with organisations and people. Each verb is one transaction with its event."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from katalysator.coalition.models import Area, Membership, Organisation, Person
from katalysator.core import audit
from katalysator.core.errors import Conflict
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _


@transaction.atomic
def register(
    organisation: Organisation, *, by: Person | None, areas: Sequence[str] = (), reason: str = ""
) -> Organisation:
    """Write down an organisation that is not known yet. Raises InvalidInput."""
    _checked(organisation)
    organisation.save(force_insert=True)
    organisation.areas.set(Area.objects.filter(slug__in=areas))
    audit.record(
        "organisation.register",
        organisation,
        by=by,
        after={"slug": organisation.slug},
        reason=reason,
    )
    return organisation


@transaction.atomic
def admit(
    email: str,
    *,
    by: Person | None,
    password: str | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Person:
    """Let somebody in, with a membership if an organisation is named. Raises InvalidInput, Conflict.

    Without a password the person sets one through “forgot your password”. The audit trail holds the
    person's number, not the address.
    """
    if Person.objects.filter(email=email.strip().lower()).exists():
        raise Conflict("known", _("There is an account for %(email)s already."), email=email)
    try:
        person = Person.objects.create_user(email, password, **fields)
    except ValidationError as error:
        raise InvalidInput("person", " ".join(error.messages).replace("%", "%%")) from error
    if organisation is not None:
        Membership.objects.create(person=person, organisation=organisation)
    audit.record(
        "person.admit",
        person,
        by=by,
        after={
            "coordinator": person.is_coordinator,
            "organisation": organisation.slug if organisation else "",
        },
    )
    return person


def _checked(organisation: Organisation) -> None:
    try:
        organisation.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise InvalidInput("organisation", " ".join(messages).replace("%", "%%")).at(
            field
        ) from error
