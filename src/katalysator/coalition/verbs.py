"""What can be done with organisations and people. Each verb is one transaction with its event."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.models import Area, Membership, Organisation, Person
from katalysator.coalition.queries import ASK_ADDRESS, address_wish
from katalysator.coalition.workflow import CHANGE_ACCOUNT
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.models import Event
from katalysator.core.rows import locked, require_sound
from katalysator.core.translated import Translated
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _


@transaction.atomic
def register(
    organisation: Organisation, *, by: Actor, areas: Sequence[str] = (), reason: str = ""
) -> Organisation:
    """Write down an organisation that is not known yet. Raises InvalidInput, NotAllowed."""
    _allow(by, "coalition.register_organisation")
    _tidy(organisation)
    require_sound(organisation)
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
    role: Membership.Role = Membership.Role.MEMBER,
    **fields: Any,
) -> Person:
    """Let somebody in, with a membership if an organisation is named, in a `role`.

    Without a password (None) the person sets one through “forgot your password”. Whoever admits answers for
    the address: it needs no link. The audit trail holds the person's number and a salted digest of the
    address. Raises InvalidInput, Conflict, NotAllowed.
    """
    _allow(by, "coalition.admit_person")
    person = _made(plain_line(email), password, fields)
    if organisation is not None:
        Membership.objects.create(person=person, organisation=organisation, role=role)
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

    What the person wrote for an organisation stays, without an author. By who runs the coalition, or by oneself,
    through `people.verbs.close_account`. Raises NotAllowed, Conflict. Cost: one pass over the sessions.
    """
    if not permits(by, CHANGE_ACCOUNT, person):
        _allow(by, "coalition.erase_person")
    row = locked(person, _("This person is not here any more."))
    audit.record("person.erase", row, by=by, reason=reason)
    _end_sessions(row)
    row.delete()


@transaction.atomic
def change_password(person: Person, password: str, *, by: Actor) -> None:
    """Give an account another password; its other sessions end. Raises InvalidInput, NotAllowed."""
    _set_password(person, password, by=by, verb="person.change-password")


@transaction.atomic
def reset_password(person: Person, password: str, *, by: Actor) -> None:
    """Give an account a new password after a link in its mail; its sessions end. Raises as above."""
    _set_password(person, password, by=by, verb="person.reset-password")


@transaction.atomic
def ask_address(person: Person, email: str, *, by: Actor) -> Event:
    """Want another address for an account, which counts when `confirm_address` follows.

    The number of the event belongs in the link that is sent to the address: only the newest link works, and
    once. Whether somebody has the address already makes no difference here. Raises InvalidInput, NotAllowed.
    """
    _allow_account(by, person)
    person.asked_email = email.strip().lower()
    try:
        person.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise _unfit("person", error) from error
    person.save(update_fields=["asked_email"])
    return audit.record(ASK_ADDRESS, person, by=by, personal={"email": person.asked_email})


@transaction.atomic
def confirm_address(person: Person, *, asked: int, by: Actor) -> str:
    """Let the address count that was asked for in the event of this number; gives the one of before.

    Raises Conflict where something came in between: another wish, a new password, or somebody who has
    the address by now; NotAllowed.
    """
    _allow_account(by, person)
    row = Person.objects.select_for_update().filter(pk=person.pk).first()
    wish = address_wish(row) if row else None
    if row is None or wish is None or wish.pk != asked:
        raise _out_of_date()
    before, row.email, row.asked_email = row.email, row.asked_email, ""
    try:
        with transaction.atomic():
            row.save(update_fields=["email", "asked_email"])
    except IntegrityError:
        raise _out_of_date() from None
    audit.record("person.confirm-address", row, by=by, personal={"email": row.email})
    return before


def _made(email: str, password: str | None, fields: dict[str, Any]) -> Person:
    """A new person; of two who make the same one, the second hears that there is one."""
    try:
        if password is not None:
            validate_password(password, Person(email=email))
        with transaction.atomic():
            return Person.objects.create_user(email, password, **fields)
    except (ValidationError, IntegrityError) as error:
        if Person.objects.filter(email=email.strip().lower()).exists():
            raise Conflict(
                "known", _("There is an account for %(email)s already."), email=email
            ) from None
        if isinstance(error, IntegrityError):
            raise
        raise _unfit("person", error) from error


def _set_password(person: Person, password: str, *, by: Actor, verb: str) -> None:
    _allow_account(by, person)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise _unfit("password", error) from error
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(verb, person, by=by)


def _allow_account(by: Actor, person: Person) -> None:
    if not permits(by, CHANGE_ACCOUNT, person):
        raise NotAllowed("not-your-account", _("This is not your account."))


def _out_of_date() -> Conflict:
    return Conflict(
        "link-out-of-date",
        _("This link does not work any more."),
        hint=_("Ask for a new one."),
    )


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


def _unfit(code: str, error: ValidationError) -> InvalidInput:
    """What Django finds wrong, as a fault of ours."""
    return InvalidInput(code, " ".join(error.messages).replace("%", "%%"))
