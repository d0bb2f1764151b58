"""What can be done with applications. Each verb is one transaction with its event."""

from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.utils import timezone

from katalysator.admission.models import Application
from katalysator.admission.taking_in import take_in
from katalysator.admission.workflow import APPLICATION, APPLY, FORGET
from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation
from katalysator.commitments.verbs import Promises
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.identifiers import parse_kvk
from katalysator.core.lengths import require_short
from katalysator.core.rows import locked, require_sound
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _

_LINES: Final = ("name", "city", "website")
_AS_GIVEN: Final = ("kind", "region", "language", "text_language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What who applies says: of the organisation, of itself, and what it brings."""

    email: str
    language: str
    name: str
    kind: str
    region: str
    about: str
    text_language: str
    kvk: str = ""
    website: str = ""
    city: str = ""
    areas: tuple[str, ...] = ()
    motivation: str = ""
    promises: Promises = field(default_factory=dict)


@transaction.atomic
def apply(
    applicant: Applicant, *, by: Actor, organisation: Organisation | None = None
) -> Application:
    """Ask to take part; `organisation` is the record in the directory, where there is one.

    Nobody sees it before the address is confirmed. Raises InvalidInput at the name of a part, NotAllowed, and
    Conflict where the organisation takes part already.
    """
    _allow(by, APPLY)
    if organisation is not None and organisation.is_participant:
        raise Conflict(
            "takes-part-already",
            _("%(name)s takes part already."),
            hint=_("Ask a colleague there to invite you."),
            name=organisation.name,
        )
    row = Application(email=applicant.email.strip().lower(), organisation=organisation)
    for name in _LINES:
        setattr(row, name, plain_line(getattr(applicant, name)))
    for name in _AS_GIVEN:
        setattr(row, name, getattr(applicant, name))
    row.about, row.motivation = map(without_markup, (applicant.about, applicant.motivation))
    row.kvk = parse_kvk(applicant.kvk) if applicant.kvk else ""
    row.areas = list(applicant.areas)
    row.promises = {kind: [said.amount, said.note] for kind, said in applicant.promises.items()}
    require_sound(row)
    row.save()
    after = {"name": row.name, "kind": row.kind, "promises": row.promises}
    audit.record("application.apply", row, by=by, after=after, personal={"email": row.email})
    return row


@transaction.atomic
def confirm(application: Application, *, by: Actor) -> Application:
    """Prove the address, so that the bureau sees the application. Raises Conflict, NotAllowed."""
    return _moved(application, "confirm", by=by)


@transaction.atomic
def withdraw(application: Application, *, by: Actor) -> Application:
    """Take an application back. Raises Conflict, NotAllowed."""
    return _moved(application, "withdraw", by=by)


@transaction.atomic
def decline(application: Application, *, by: Actor, reason: str) -> Application:
    """Say no, with the reason, which goes to who applied. Raises InvalidInput, Conflict, NotAllowed."""
    if not without_markup(reason):
        raise InvalidInput("reason", _("Say why not."), hint=_("They get your reason by mail.")).at(
            "reason"
        )
    require_short(without_markup(reason), Application, "reason")
    return _moved(application, "decline", by=by, reason=without_markup(reason))


@transaction.atomic
def admit(
    application: Application, *, by: Actor, organisation: Organisation | None = None
) -> Application:
    """Let an organisation take part: as the record that `organisation` is, or as a new one.

    It gets its commitments, and who applied becomes the one who manages it. Raises Conflict, NotAllowed.
    """
    row = _moved(application, "admit", by=by)
    row.organisation = take_in(row, organisation, by=by)
    row.save(update_fields=["organisation"])
    return row


@transaction.atomic
def forget(application: Application, *, by: Actor) -> None:
    """Delete an application and its salt: what the trail holds of the address says nothing then."""
    _allow(by, FORGET)
    audit.record("application.forget", application, by=by)
    application.delete()


def _moved(application: Application, deed: str, *, by: Actor, reason: str = "") -> Application:
    row = locked(application, _("This application is not here any more."))
    before = row.state
    _allow(by, APPLICATION.step(deed).permission)
    row.state = APPLICATION.transition(before, deed).target
    row.moved_at, row.reason = timezone.now(), reason
    row.decided_by = person_of(by)
    row.save(update_fields=["state", "moved_at", "reason", "decided_by"])
    audit.record_step(APPLICATION, deed, row, by=by, before=before, reason=reason)
    return row


def _allow(by: Actor, permission: str) -> None:
    if not permits(by, permission):
        raise NotAllowed("not-your-application", _("Only the bureau decides on applications."))
