"""What the bureau does with its rules. Each verb is one transaction with its event."""

from django.db import transaction

from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.introductions.models import MeetingRule
from katalysator.introductions.workflow import RULE
from katalysator.listings.market import markets


@transaction.atomic
def rule_out(*, by: Actor, asking: str, asked: str, market: str = "") -> MeetingRule:
    """Forbid that one kind of organisation proposes to another, in a market or in all.

    Raises InvalidInput at its field, Conflict, NotAllowed.
    """
    _require(by)
    if market and market not in {each.slug for each in markets()}:
        raise InvalidInput("market", _("There is no market “%(market)s”."), market=market).at(
            "market"
        )
    said = {"market": market, "asking": asking, "asked": asked}
    if MeetingRule.objects.filter(**said).exists():
        raise Conflict("ruled-already", _("There is this rule already."))
    made = MeetingRule(**said)
    require_sound(made)
    made.save()
    audit.record("meeting-rule.add", made, by=by, after=said)
    return made


@transaction.atomic
def drop_rule(rule: MeetingRule, *, by: Actor) -> None:
    """Take a rule away: from now on they may propose. Raises Conflict, NotAllowed."""
    _require(by)
    row = rows.locked(rule, _("This rule is not here any more."))
    before = {"market": row.market, "asking": row.asking, "asked": row.asked}
    audit.record("meeting-rule.drop", row, by=by, before=before)
    row.delete()


def _require(by: Actor) -> None:
    if not permits(by, RULE):
        raise NotAllowed("not-the-coordinator", _("Only the coordinator may do this."))
