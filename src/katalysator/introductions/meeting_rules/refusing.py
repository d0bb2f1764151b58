"""A proposal that a rule of the bureau forbids is refused by that rule, in so many words."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from katalysator.coalition.models import Organisation
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.introductions.models import MeetingRule

if TYPE_CHECKING:
    from katalysator.introductions.eligibility import MeetingSide


def require_allowed(
    asking: Organisation, asked: Sequence["MeetingSide"], markets: Iterable[str]
) -> None:
    """Refuse what the bureau rules out for these organisations, in one of these markets or in all.

    By their kind, or by a working group that somebody is in for them. Who comes in own name counts as the organisation where that person takes part. What the bureau brings together
    itself is asked by nobody. Raises Conflict. Cost: one query.
    """
    others = [each.organisation for each in asked]
    found = MeetingRule.objects.forbidding(asking, others, {"", *markets})
    rule = found.with_groups().first()
    if rule is None:
        return
    said = {"asking": rule.asking_label, "asked": rule.asked_label}
    sentence = (
        _("The bureau has a rule for %(market)s: “%(asking)s” does not propose to “%(asked)s”.")
        if rule.market
        else _("The bureau has a rule: “%(asking)s” does not propose to “%(asked)s”.")
    )
    hint = _("Ask the bureau to bring you together.")
    raise Conflict("ruled-out", sentence, hint=hint, market=rule.market_label, **said)
