"""What all deeds on a question share: its row is taken, who does it is asked, and the trail gets a line."""

from typing import Any

from django.utils import timezone

from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.questions.models import Question, Routing
from katalysator.questions.workflow import QUESTION


def locked(question: Question) -> Question:
    """The row as it is now, kept from others. Raises Conflict where it is not there any more."""
    return rows.locked(question, _("This question is not here any more."))


def require(by: Actor, permission: str, question: Question | None = None) -> None:
    """Refuse who may not do this. Raises NotAllowed."""
    if not permits(by, permission, question):
        raise NotAllowed(
            "not-your-question",
            _("This question is not yours to decide on, or not any more."),
        )


def moved(
    question: Question,
    deed: str,
    *,
    by: Actor,
    ends: str = "",
    reason: str = "",
    then: dict[str, Any] | None = None,
    personal: dict[str, str] | None = None,
) -> Question:
    """Take a question to its next state, and write it in the trail.

    `ends` is how that it is with somebody comes to its end, `then` what else changes. Raises Conflict, NotAllowed.
    """
    row = locked(question)
    require(by, QUESTION.step(deed).permission, row)
    before = row.state
    row.state = QUESTION.transition(before, deed).target
    row.moved_at, row.reason = timezone.now(), reason
    if ends and row.routing is not None:
        end(row.routing, ends, reason)
    for name, value in (then or {}).items():
        setattr(row, name, value)
    row.save()
    audit.record_step(QUESTION, deed, row, by=by, before=before, personal=personal, reason=reason)
    return row


def end(routing: Routing, outcome: str, reason: str = "", *, again: bool = False) -> None:
    """Let it be over that somebody has a question, unless it is; `again` lets it end otherwise than it did."""
    if again or not routing.outcome:
        routing.outcome, routing.ended_at = outcome, timezone.now()
        routing.reason = reason if outcome == Routing.Outcome.REFUSED else ""
        routing.save(update_fields=["outcome", "ended_at", "reason"])


def newest_reply(question: Question) -> int:
    """The number of what was said last to a question, 0 where nothing was. Cost: one query."""
    return question.replies.order_by("pk").values_list("pk", flat=True).last() or 0
