"""What can be done with organisations and people. Each verb is one transaction with its event."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from katalysator.coalition.models import Area, Membership, Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.cleaning import plain_line, without_markup
from katalysator.core.translated import Translated
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _


@transaction.atomic
def register(
    organisation: Organisation, *, by: Actor, areas: Sequence[str] = (), reason: str = ""
) -> Organisation:
    """Write down an organisation that is not known yet. Raises InvalidInput, NotAllowed."""
    _allow(by, "coalition.register_organisation")
    _tidy(organisation)
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
    by: Actor,
    password: str | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Person:
    """Let somebody in, with a membership if an organisation is named.

    Without a password the person sets one through “forgot your password”. The audit trail holds the
    person's number and a salted digest of the address. Raises InvalidInput, Conflict, NotAllowed.
    """
    _allow(by, "coalition.admit_person")
    email = plain_line(email)
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
        personal={"email": person.email},
    )
    return person


@transaction.atomic
def erase(person: Person, *, by: Actor, reason: str = "") -> None:
    """Delete all that is known of a person, with the salt: what the trail holds says nothing then.

    What the person wrote for an organisation stays, without an author. Raises NotAllowed, Conflict.
    Cost: one pass over the sessions.
    """
    _allow(by, "coalition.erase_person")
    row = Person.objects.select_for_update().filter(pk=person.pk).first()
    if row is None:
        raise Conflict("gone", _("This person is not here any more."))
    audit.record("person.erase", row, by=by, reason=reason)
    _end_sessions(row)
    row.delete()


def _end_sessions(person: Person) -> None:
    """Log the person out everywhere: a session remembers the address that was typed."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()


def _allow(by: Actor, permission: str) -> None:
    if not permits(by, permission):
        raise NotAllowed("not-the-coordinator", _("Only the coordinator may do this."))


def _tidy(organisation: Organisation) -> None:
    """Its texts as people see them."""
    for name in ("name", "city", "source"):
        setattr(organisation, name, plain_line(getattr(organisation, name)))
    organisation.other_names = list(filter(None, map(plain_line, organisation.other_names)))
    about = {language: without_markup(text) for language, text in organisation.about.items()}
    organisation.about = Translated(**about)


def _checked(organisation: Organisation) -> None:
    try:
        organisation.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise InvalidInput("organisation", " ".join(messages).replace("%", "%%")).at(
            field
        ) from error
