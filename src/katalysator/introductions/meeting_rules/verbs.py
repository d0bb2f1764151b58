"""What the bureau does with its rules, and whom it keeps apart. Each verb is one transaction with its event."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from katalysator.coalition.models import Organisation
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.groups.models import WorkingGroup
from katalysator.introductions.models import OF_GROUP, KeptApart, MeetingRule
from katalysator.introductions.workflow import RULE
from katalysator.listings.market import markets

LONGEST: Final = timedelta(days=2 * 365)
"""Nobody is kept apart for longer: what is forgotten ends by itself."""


@transaction.atomic
def rule_out(
    *, by: Actor, asking: str, asked: str, market: str = "", both: bool = False
) -> MeetingRule:
    """Forbid that some propose to others, in a market or in all; with `both` neither to the other.

    Each is a kind of organisation, or “group:” and the address of a working group. Raises InvalidInput at its
    field, Conflict, NotAllowed.
    """
    _require(by)
    if market and market not in {each.slug for each in markets()}:
        raise InvalidInput("market", _("There is no market “%(market)s”."), market=market).at(
            "market"
        )
    made = _ruled(by, market, asking, asked)
    if both and asking != asked:
        _ruled(by, market, asked, asking)
    return made


@transaction.atomic
def drop_rule(rule: MeetingRule, *, by: Actor) -> None:
    """Take a rule away: from now on they may propose. Raises Conflict, NotAllowed."""
    _require(by)
    row = rows.locked(rule, _("This rule is not here any more."))
    audit.record("meeting-rule.drop", row, by=by, before=_told(row))
    row.delete()


@transaction.atomic
def keep_apart(
    organisation: Organisation, other: Organisation, *, by: Actor, until: date
) -> KeptApart:
    """Let nobody introduce two organisations before this day. Said anew, the day is another.

    Raises InvalidInput at its field, NotAllowed.
    """
    _require(by)
    if organisation.pk == other.pk:
        raise InvalidInput("itself", _("Choose two organisations.")).at("other")
    today = timezone.localdate()
    if not today < until <= today + LONGEST:
        raise InvalidInput("day", _("Choose a day from tomorrow, within two years.")).at("until")
    turned = Q(organisation=other, other=organisation)
    same = Q(organisation=organisation, other=other)
    made = KeptApart.objects.select_for_update().filter(same | turned).first()
    made = made or KeptApart(organisation=organisation, other=other)
    made.until = until
    made.save()
    audit.record("kept-apart.keep", made, by=by, after=_pair(made))
    return made


@transaction.atomic
def let_meet(kept: KeptApart, *, by: Actor) -> None:
    """Keep two organisations apart no more. Raises Conflict, NotAllowed."""
    _require(by)
    row = rows.locked(kept, _("They are not kept apart any more."))
    audit.record("kept-apart.end", row, by=by, before=_pair(row))
    row.delete()


def _ruled(by: Actor, market: str, asking: str, asked: str) -> MeetingRule:
    made = MeetingRule(market=market)
    made.asking, made.asking_group = _side(asking, "asking")
    made.asked, made.asked_group = _side(asked, "asked")
    said = {"market": market, "asking_group": made.asking_group, "asked_group": made.asked_group}
    if MeetingRule.objects.filter(asking=made.asking, asked=made.asked, **said).exists():
        raise Conflict("ruled-already", _("There is this rule already."))
    require_sound(made)
    made.save()
    audit.record("meeting-rule.add", made, by=by, after=_told(made))
    return made


def _side(said: str, field: str) -> tuple[str, WorkingGroup | None]:
    """A kind, or a working group."""
    if said.startswith(OF_GROUP):
        slug = said.removeprefix(OF_GROUP)
        group = WorkingGroup.objects.running().filter(slug=slug).first()
        if group is None:
            raise InvalidInput("group", _("There is no working group “%(slug)s”."), slug=slug).at(
                field
            )
        return "", group
    if said not in Organisation.Kind.values:
        raise InvalidInput("kind", _("There is no kind “%(kind)s”."), kind=said).at(field)
    return said, None


def _told(rule: MeetingRule) -> dict[str, str]:
    return {"market": rule.market, "asking": rule.asking_key, "asked": rule.asked_key}


def _pair(kept: KeptApart) -> dict[str, object]:
    return {
        "organisation": kept.organisation_id,
        "other": kept.other_id,
        "until": kept.until.isoformat(),
    }


def _require(by: Actor) -> None:
    if not permits(by, RULE):
        raise NotAllowed("not-the-coordinator", _("Only the coordinator may do this."))
