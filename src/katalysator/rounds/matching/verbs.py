"""What is done with matching rounds. Each verb is one transaction with its event."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Area
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.lengths import require_short
from katalysator.core.regions import covers, parse
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.groups.models import WorkingGroup
from katalysator.groups.rules import require_power
from katalysator.groups.workflow import CHAIR
from katalysator.listings.market import markets
from katalysator.listings.models import Listing
from katalysator.matches.models import Match
from katalysator.rounds.matching.rows import moved, taken
from katalysator.rounds.models import MatchingRound, RoundRuling
from katalysator.rounds.models.matching_rounds import MOST_IN_A_REGION, MOST_REGIONS
from katalysator.rounds.workflow import CARRY, MAKE

LONGEST_ASKED: Final = timedelta(days=60)
_FREE: Final = {"per_need": 1, "per_organisation": None, "kept": 0}
"""The settings that a round by own order leaves as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSettings:
    """What a round is called, says and chooses by; see `MatchingRound`."""

    name: str
    market: str
    why: str = ""
    method: str = MatchingRound.Method.BEST
    area: str = ""
    region: str = ""
    least: int = 50
    per_need: int = 1
    per_offer: int = 3
    within_capacity: bool = False
    per_organisation: int | None = None
    kept_for: str = ""
    kept: int = 0
    least_in: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, found: MatchingRound) -> "RoundSettings":
        """Those of a round."""
        return cls(**{each.name: getattr(found, each.name) for each in fields(cls)})


@transaction.atomic
def make(settings: RoundSettings, *, by: Actor, group: WorkingGroup | None = None) -> MatchingRound:
    """Begin a round, of the whole coalition or of a working group. Raises InvalidInput at its field, NotAllowed."""
    if not permits(by, MAKE):
        raise NotAllowed("not-a-chair", _("The bureau and chairs of working groups make rounds."))
    if group is not None:
        require_power(group, by, CHAIR)
    row = MatchingRound(group=group, author=person_of(by))
    if group is None and not _is_of_bureau(by):
        raise InvalidInput("group", _("Choose the working group that it is for.")).at("group")
    _set(row, settings)
    row.save()
    after = {"name": row.name, "market": row.market, "group": group.pk if group else None}
    audit.record("matching-round.make", row, by=by, after=after)
    return row


@transaction.atomic
def edit(
    found: MatchingRound, settings: RoundSettings, *, by: Actor, seen: int | None = None
) -> MatchingRound:
    """Change what a round is called, says or chooses by. What was computed is kept beside what will be.

    `seen` is the newest event that the changer knows of. Raises InvalidInput at its field, Conflict, NotAllowed.
    """
    row = taken(found, by)
    audit.require_seen(row, seen)
    _require_open(row)
    before = _told(row)
    _set(row, settings)
    row.save()
    _unsettled(row, by)
    audit.record_edit("matching-round.edit", row, by=by, before=before, after=_told(row))
    return row


@transaction.atomic
def rule(
    found: MatchingRound, need: Listing, offer: Listing, *, by: Actor, is_fixed: bool | None
) -> MatchingRound:
    """Say that a pair is taken whatever comes (True), that it never is (False), or neither (None).

    Raises Conflict, InvalidInput, NotAllowed.
    """
    row = taken(found, by)
    _require_open(row)
    if (need.is_need, offer.is_need) != (True, False) or {need.market, offer.market} != {
        row.market
    }:
        raise InvalidInput(
            "no-pair", _("A match is a need and an offer of the market of this round.")
        )
    if not Match.objects.filter(need=need, offer=offer).exists():
        raise Conflict("no-match", _("These two do not fit each other any more."))
    RoundRuling.objects.filter(round=row, need=need, offer=offer).delete()
    if is_fixed and row.is_by_own_order:
        raise Conflict(
            "own-order",
            _("In this round both sides choose themselves: nobody is given away."),
            hint=_("You can rule a pair out."),
        )
    if is_fixed is not None:
        RoundRuling.objects.create(round=row, need=need, offer=offer, is_fixed=is_fixed)
    after = {"need": need.pk, "offer": offer.pk, "fixed": is_fixed}
    audit.record("matching-round.rule", row, by=by, after=after)
    _unsettled(row, by)
    return row


@transaction.atomic
def compute(found: MatchingRound, *, by: Actor) -> MatchingRound:
    """Let a round be computed, as who asks for it sees needs and offers. Raises Conflict, NotAllowed."""
    row = taken(found, by)
    then: dict[str, Any] = _next_run(row) | {"author": person_of(by)}
    if row.state == "computed":  # nothing was changed but the market
        then["earlier"] = row.figures
    return moved(row, "compute", by=by, **then)


@transaction.atomic
def ask(found: MatchingRound, until: date | None, *, by: Actor) -> MatchingRound:
    """Ask both sides in which order they would meet each other, until a day. Raises InvalidInput, Conflict, NotAllowed.

    Asked again, the day moves, and who said nothing yet gets a letter once more.
    """
    row = taken(found, by)
    today = timezone.localdate()
    if until is None or not today < until <= today + LONGEST_ASKED:
        raise InvalidInput(
            "until",
            _("Choose a day from tomorrow on, at most %(days)s days ahead."),
            days=LONGEST_ASKED.days,
        ).at("until")
    if row.state == "gathered" and not row.candidates.exists():
        raise Conflict(
            "nobody-to-ask",
            _("Nobody could meet anybody in this round."),
            hint=_("Change its settings, such as the lowest chance, and compute it again."),
        )
    return moved(row, "open", by=by, ordered_until=until)


@transaction.atomic
def close(found: MatchingRound, *, by: Actor) -> MatchingRound:
    """Let nobody change an order any more, and choose by what was said. Raises Conflict, NotAllowed."""
    row = taken(found, by)
    return moved(row, "close", by=by, **_next_run(row), author=person_of(by))


@transaction.atomic
def lapse(found: MatchingRound, *, by: Actor) -> MatchingRound:
    """Close a round of which the last day for orders is over. Raises Conflict, NotAllowed."""
    row = rows.locked(found, _("This round is not here any more."))
    if not permits(by, CARRY):
        raise NotAllowed("not-the-clock", _("Only time does this."))
    return moved(row, "lapse", by=by, **_next_run(row))


@transaction.atomic
def stop(found: MatchingRound, *, by: Actor) -> MatchingRound:
    """Stop computing. Raises Conflict, NotAllowed."""
    return moved(taken(found, by), "stop", by=by, ordered_until=None)


@transaction.atomic
def approve(found: MatchingRound, *, by: Actor) -> MatchingRound:
    """Find a round good as it was computed. Raises Conflict, NotAllowed."""
    row = taken(found, by)
    if row.state == "computed" and not row.pairs.exists():
        raise Conflict(
            "nothing-to-send",
            _("This round brings nobody together."),
            hint=_("Change its settings, such as the lowest chance, and compute it again."),
        )
    return moved(row, "approve", by=by)


@transaction.atomic
def send(found: MatchingRound, *, by: Actor) -> MatchingRound:
    """Let the proposals of an approved round go out. Raises Conflict, NotAllowed."""
    return moved(taken(found, by), "send", by=by, sent_at=timezone.now())


@transaction.atomic
def undo(found: MatchingRound, *, by: Actor) -> MatchingRound:
    """Take all proposals of a round back, before anybody has answered one. Raises Conflict, NotAllowed."""
    row = taken(found, by)
    answered = row.pairs.filter(introduction__parties__answered_at__isnull=False)
    answered = answered.exclude(introduction__state="withdrawn")  # called off: nobody was asked
    if row.state == "sent" and answered.exists():
        raise Conflict(
            "answered-already",
            _(
                "Somebody has answered a proposal of this round: it cannot be taken back as a whole."
            ),
            hint=_("Take back single proposals on their own pages."),
        )
    return moved(row, "undo", by=by)


@transaction.atomic
def drop(found: MatchingRound, *, by: Actor) -> MatchingRound:
    """Lay a round aside that was not sent. Raises Conflict, NotAllowed."""
    return moved(taken(found, by), "drop", by=by)


DEEDS: Final = {
    "compute": compute,
    "close": close,
    "stop": stop,
    "approve": approve,
    "send": send,
    "undo": undo,
    "drop": drop,
}
"""Those that need no words, by their names in the table."""


def _next_run(row: MatchingRound) -> dict[str, Any]:
    """What a job that is to compute a round begins with."""
    return {"run": row.run + 1, "done": 0, "stages": 0, "figures": {}}


def _is_of_bureau(by: Actor) -> bool:
    person = person_of(by)
    return person is None or person.is_coordinator


def _require_open(row: MatchingRound) -> None:
    if not row.is_open:
        raise Conflict(
            "round-closed",
            _("This round cannot be changed any more: it is “%(state)s”."),
            hint=_("Make a new round."),
            state=row.state_label,
        )


def _unsettled(row: MatchingRound, by: Actor) -> None:
    """What was computed does not hold any more; it is kept to be compared with."""
    if row.state != "draft":
        moved(row, "change", by=by, earlier=row.figures, ordered_until=None)


def _set(row: MatchingRound, settings: RoundSettings) -> None:
    """Put checked settings in a row. Raises InvalidInput at its field."""
    for each in fields(settings):
        setattr(row, each.name, getattr(settings, each.name))
    row.name, row.why = plain_line(row.name), without_markup(row.why)
    if not row.name:
        raise InvalidInput("name", _("Give the round a name.")).at("name")
    if row.market not in {each.slug for each in markets()}:
        raise InvalidInput("market", _("There is no market “%(market)s”."), market=row.market).at(
            "market"
        )
    if row.area and not Area.objects.filter(slug=row.area).exists():
        raise InvalidInput("area", _("There is no area “%(area)s”."), area=row.area).at("area")
    if row.region:
        row.region = _region(row.region, "region")
    row.least_in = _least_in(row)
    _require_kept(row)
    _require_free(row)
    require_short(row.why, MatchingRound, "why")
    require_sound(row)


def _require_free(row: MatchingRound) -> None:
    """By own order a limit on more than one side would keep apart who would rather have each other."""
    if not row.is_by_own_order:
        return
    for name, free in _FREE.items():
        if getattr(row, name) != free:
            raise InvalidInput(
                name,
                _(
                    "By their own order there is none of this: each need gets one introduction, an offer as many as you say."
                ),
                hint=_("Choose another way, or leave this as it was."),
            ).at(name)


def _region(said: str, field: str) -> str:
    try:
        return parse(said)
    except InvalidInput as error:
        raise error.at(field) from None


def _least_in(row: MatchingRound) -> dict[str, int]:
    """The least numbers by the codes of their regions, which lie apart. Raises InvalidInput."""
    said: Mapping[str, int] = row.least_in
    if len(said) > MOST_REGIONS or any(
        not 1 <= least <= MOST_IN_A_REGION for least in said.values()
    ):
        raise InvalidInput(
            "least-in-range",
            _("Name %(regions)s regions at most, each with a number from 1 to %(most)s."),
            regions=MOST_REGIONS,
            most=MOST_IN_A_REGION,
        ).at("least_in")
    found = {_region(name, "least_in"): least for name, least in said.items()}
    if said and not row.is_by_own_order:
        raise InvalidInput(
            "least-in-order",
            _("Regions have a least number only where both sides say their order."),
            hint=_("Choose “by their own order”, or leave this empty."),
        ).at("least_in")
    if len(found) < len(said) or any(
        covers(one, other) for one in found for other in found if one != other
    ):
        raise InvalidInput(
            "regions-apart",
            _("One of these regions lies in another, or is named twice."),
            hint=_("Name regions that lie apart, each once."),
        ).at("least_in")
    return dict(sorted(found.items()))


def _require_kept(row: MatchingRound) -> None:
    if row.kept and not row.kept_for:
        raise InvalidInput("kept_for", _("Say for which kind of organisation.")).at("kept_for")
    if row.kept_for and not row.kept:
        raise InvalidInput("kept", _("Say how many of each offer are kept.")).at("kept")
    if row.kept > row.per_offer:
        raise InvalidInput(
            "kept",
            _("An offer gets %(most)s introductions at most: no more can be kept."),
            most=row.per_offer,
        ).at("kept")


def _told(row: MatchingRound) -> dict[str, Any]:
    """What the trail keeps of a round."""
    return {each.name: getattr(row, each.name) for each in fields(RoundSettings)}
