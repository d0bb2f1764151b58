"""What can be done for people to come to an organisation. Each verb is one transaction with its event."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from katalysator.admission.joining.workflow import JOINING, TO_LET_IN
from katalysator.admission.models import Joining
from katalysator.admission.workflow import APPLY, ARRIVE, FORGET
from katalysator.coalition import verbs as people
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.people.verbs import speak_for
from katalysator.coalition.rules import require_editor
from katalysator.coalition.workflow import MANAGE
from katalysator.core import audit
from katalysator.core.actors import DOORKEEPER, Actor, permits
from katalysator.core.rows import locked
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _


@transaction.atomic
def invite(
    organisation: Organisation, *, by: Actor, email: str, language: str, role: Membership.Role
) -> Joining:
    """Invite an address to speak for an organisation. Raises InvalidInput, NotAllowed, Conflict."""
    require_editor(organisation, by, MANAGE)
    address = email.strip().lower()
    if Membership.objects.filter(organisation=organisation, person__email=address).exists():
        raise Conflict("known", _("This person speaks for the organisation already."))
    return _begun(organisation, "invite", by=by, email=address, language=language, role=role)


@transaction.atomic
def ask(organisation: Organisation, *, by: Actor, email: str, language: str) -> Joining | None:
    """Ask to speak for an organisation, with an address of one of its domains.

    Returns None where the address is invited, asks or speaks for it already: who asks does not hear which.
    Raises InvalidInput, NotAllowed.
    """
    if not permits(by, APPLY):
        raise NotAllowed("not-allowed", _("This cannot be done with an account."))
    address = email.strip().lower()
    if address.rpartition("@")[2] not in organisation.mail_domains:
        raise InvalidInput(
            "mail-domain-foreign",
            _("This is not an address of %(name)s."),
            hint=_("Use the address that you have there, or ask a colleague to invite you."),
            name=organisation.name,
        ).at("email")
    return _asked(organisation, "ask", by=by, email=address, language=language)


@transaction.atomic
def arrive(organisation: Organisation, *, by: Actor, email: str, language: str) -> Joining | None:
    """Let somebody wait for a manager who logged in at the organisation itself, which vouches for the address.

    Returns None as `ask` does. Raises NotAllowed.
    """
    if not permits(by, ARRIVE):
        raise NotAllowed("not-allowed", _("Only where one logged in says where one is at home."))
    address = email.strip().lower()
    return _asked(organisation, "arrive", by=by, email=address, language=language)


def _asked(
    organisation: Organisation, deed: str, *, by: Actor, email: str, language: str
) -> Joining | None:
    """A wish to be a member, unless there is one, or more than that."""
    known = Membership.objects.filter(organisation=organisation, person__email=email)
    if known.exists() or Joining.objects.open().filter(organisation=organisation, email=email):
        return None
    role = Membership.Role.MEMBER
    return _begun(organisation, deed, by=by, email=email, language=language, role=role)


@transaction.atomic
def move(joining: Joining, deed: str, *, by: Actor) -> Joining:
    """Take one to its next state; who joins gets an account where they have none. Raises Conflict, NotAllowed."""
    row = locked(joining, _("This invitation is not here any more."))
    permission = next(
        (each.permission for each in JOINING.transitions if each.deed == deed), MANAGE
    )
    if not permits(by, permission, row.organisation):
        raise NotAllowed(
            "not-your-organisation", _("Only who manages the organisation may do this.")
        )
    before, row.state = row.state, JOINING.transition(row.state, deed).target
    row.moved_at = timezone.now()
    row.save(update_fields=["state", "moved_at"])
    if row.state == "joined":
        _come_in(row)
    audit.record_step(JOINING, deed, row, by=by, before=before)
    return row


@transaction.atomic
def forget(joining: Joining, *, by: Actor) -> None:
    """Delete one with its salt: what the trail holds of the address says nothing then. Raises NotAllowed."""
    if not permits(by, FORGET):
        raise NotAllowed("not-allowed", _("The clock does this, and nobody else."))
    audit.record("joining.forget", joining, by=by)
    joining.delete()


def _begun(organisation: Organisation, deed: str, *, by: Actor, **fields: str) -> Joining:
    state = {"invite": "invited", "ask": "asked", "arrive": TO_LET_IN}[deed]
    made = Joining(organisation=organisation, state=state, **fields)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Conflict(
            "open-already",
            _("This address is invited already, or asks to join."),
            hint=_("Withdraw the invitation first, to send another."),
        ) from None
    after = {"organisation": organisation.slug, "role": made.role}
    audit.record(f"joining.{deed}", made, by=by, after=after, personal={"email": made.email})
    return made


def _come_in(joining: Joining) -> None:
    """The account of the address, made where there is none, speaks for the organisation from now on."""
    person = Person.objects.filter(email=joining.email).first()
    if person is None:
        person = people.admit(joining.email, by=DOORKEEPER, language=joining.language)
    if not person.is_active:
        raise Conflict("inactive", _("This account may not log in any more."))
    speak_for(joining.organisation, person, by=DOORKEEPER, role=Membership.Role(joining.role))
