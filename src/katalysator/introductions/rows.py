"""What all deeds on an introduction share: its row is taken, who does it is asked, and the trail gets a line."""

from typing import Any

from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Person
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.introductions.models import Introduction, Party
from katalysator.introductions.reasons import WhyNot
from katalysator.introductions.workflow import INTRODUCTION, TAKE_PART


def locked(introduction: Introduction) -> Introduction:
    """The row as it is now, kept from others. Raises Conflict where it is not there any more."""
    return rows.locked(introduction, _("This introduction is not here any more."))


def require(by: Actor, permission: str, about: Introduction | Party) -> None:
    """Refuse who may not do this. Raises NotAllowed."""
    if not permits(by, permission, about):
        raise NotAllowed(
            "not-your-introduction",
            _("This introduction is not yours to decide on, or not any more."),
        )


def moved(
    row: Introduction,
    deed: str,
    *,
    by: Actor,
    then: dict[str, Any] | None = None,
    personal: dict[str, str] | None = None,
    reason: str = "",
) -> Introduction:
    """Take an introduction that is locked to its next state; `then` is what else changes. Raises Conflict, NotAllowed."""
    before = row.state
    row.state = INTRODUCTION.transition(before, deed).target
    row.stirred_at, row.nudges = timezone.now(), 0
    noted(row, deed)
    for name, value in (then or {}).items():
        setattr(row, name, value)
    row.save()
    audit.record_step(
        INTRODUCTION, deed, row, by=by, before=before, personal=personal, reason=reason
    )
    return row


def stirred(row: Introduction) -> None:
    """Something happened: the clock begins anew."""
    row.stirred_at, row.nudges = timezone.now(), 0
    row.save(update_fields=["stirred_at", "nudges", "happened"])


def noted(row: Introduction, deed: str) -> None:
    """Note that it happens now; kept with what else changes of the row."""
    row.happened = [*row.happened, [deed, timezone.now().isoformat()]]


def own_party(row: Introduction, by: Actor) -> Party:
    """The party for which this person takes part; with two of them, the first. Raises NotAllowed."""
    require(by, TAKE_PART, row)
    mine = row.parties.spoken_for_by(by) if isinstance(by, Person) else row.parties.all()
    found: Party | None = mine.filter(answer=Party.Answer.YES).first()
    if found is None:
        raise NotAllowed("not-a-party", _("Only the parties do this."))
    return found


def require_known(row: Introduction) -> None:
    """Refuse what waits till all have said yes. Raises Conflict."""
    if not row.is_known:
        raise Conflict(
            "not-introduced",
            _("This is possible once all have said yes."),
            hint=_("The proposal is “%(state)s” now."),
            state=row.state_label,
        )


def said_why(reason: str, remark: str) -> dict[str, str]:
    """Why not, as it is kept. Raises InvalidInput at its field."""
    if reason not in WhyNot.values:
        raise InvalidInput("reason", _("Choose why not: it helps to propose better.")).at("reason")
    plain = plain_line(remark)
    require_short(plain, Party, "remark")
    return {"reason": reason, "remark": plain}
