"""What can be done with activities. Each verb is one transaction with its event."""

from django.db import transaction
from django.utils import timezone

from katalysator.activities.enrolments.places import fill_places, locked
from katalysator.activities.facts import (
    ActivityFacts,
    fill,
    mark_changed,
    require_whole,
    set_partners,
    told,
)
from katalysator.activities.models import Activity
from katalysator.activities.rules import require_group, require_holder, require_poster
from katalysator.activities.workflow import ACTIVITY, ANNOUNCED
from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.acting import person_of
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _


@transaction.atomic
def post(said: ActivityFacts, *, by: Actor, like: Activity | None = None) -> Activity:
    """Write an activity down, as a draft that only who holds it sees; `like` is the one that it repeats.

    Raises InvalidInput, NotAllowed, and Conflict where its working group does not run.
    """
    require_poster(said.organisation, by)
    require_group(said.group, by, known=like.group_id if like else None)
    made = Activity(author=person_of(by))
    fill(made, said)
    made.save(force_insert=True)
    set_partners(made, said.partners)
    audit.record("activity.post", made, by=by, after=told(made))
    return made


@transaction.atomic
def edit(
    activity: Activity, *, by: Actor, said: ActivityFacts, seen: int | None = None
) -> Activity:
    """Change what is said of an activity; who comes hears of what matters to them.

    More places are given to who waits at once; fewer throw nobody out. Raises InvalidInput, NotAllowed, and
    Conflict for what was cancelled, or changed meanwhile (`seen`: see `audit.require_seen`).
    """
    require_holder(activity, by)
    require_poster(said.organisation, by)
    row = locked(activity)
    require_group(said.group, by, known=row.group_id)
    audit.require_seen(row, seen)
    if row.state == "cancelled":
        raise Conflict("cancelled", _("This activity was cancelled."))
    before = told(row)
    fill(row, said)
    after = told(row)
    mark_changed(row, before, after)
    row.save()
    set_partners(row, said.partners)
    audit.record_edit("activity.edit", row, by=by, before=before, after=after)
    fill_places(row)
    return row


@transaction.atomic
def announce(activity: Activity, *, by: Actor) -> Activity:
    """Let people find a draft. Raises InvalidInput at what is missing, Conflict, NotAllowed."""
    require_holder(activity, by)
    row = locked(activity)
    require_whole(row)
    return _stepped(row, "announce", by=by)


@transaction.atomic
def cancel(activity: Activity, *, by: Actor, reason: str = "") -> Activity:
    """Cancel what was announced; everybody who is on the list gets a letter. Raises InvalidInput, Conflict, NotAllowed."""
    require_holder(activity, by)
    row = locked(activity)
    if row.is_over:
        raise Conflict("over", _("This activity is over."))
    row.reason = plain_line(reason)
    require_short(row.reason, Activity, "reason")
    return _stepped(row, "cancel", by=by)


@transaction.atomic
def hold(activity: Activity, *, by: Actor) -> Activity:
    """Say that it was held. Raises Conflict, NotAllowed."""
    require_holder(activity, by)
    row = locked(activity)
    if not row.has_begun:
        raise Conflict("not-begun", _("It has not begun yet."))
    return _stepped(row, "hold", by=by)


@transaction.atomic
def tell(activity: Activity, *, by: Actor, outcome: str, lessons: str) -> Activity:
    """Say what came of it, and what was learned: everybody who sees it reads that. Raises as `hold`, InvalidInput."""
    row = locked(activity)
    require_holder(row, by)
    if row.state == ANNOUNCED:
        row = hold(row, by=by)
    if row.state != "held":
        raise Conflict("not-held", _("This activity was not held."))
    before = {"outcome": row.outcome, "lessons": row.lessons}
    row.outcome, row.lessons = without_markup(outcome), without_markup(lessons)
    if not (row.outcome or row.lessons):
        raise InvalidInput("outcome", _("Say what came of it.")).at("outcome")
    for name in ("outcome", "lessons"):
        require_short(getattr(row, name), Activity, name)
    row.changed_at = timezone.now()
    row.save(update_fields=["outcome", "lessons", "changed_at"])
    after = {"outcome": row.outcome, "lessons": row.lessons}
    audit.record_edit("activity.tell", row, by=by, before=before, after=after)
    return row


@transaction.atomic
def delete(activity: Activity, *, by: Actor) -> None:
    """Throw a draft away. Raises NotAllowed, and Conflict for what was announced."""
    require_holder(activity, by)
    row = locked(activity)
    if row.state != ACTIVITY.initial:
        raise Conflict(
            "not-a-draft",
            _("Only a draft can be thrown away."),
            hint=_("Cancel it instead: people may count on it."),
        )
    audit.record("activity.delete", row, by=by, before={"title": row.title})
    row.delete()


def _stepped(row: Activity, deed: str, *, by: Actor) -> Activity:
    before, row.state = row.state, ACTIVITY.transition(row.state, deed).target
    row.sequence += deed == "cancel"
    row.changed_at = timezone.now()
    row.save(update_fields=["state", "reason", "sequence", "changed_at"])
    audit.record_step(ACTIVITY, deed, row, by=by, before=before, reason=row.reason)
    return row
