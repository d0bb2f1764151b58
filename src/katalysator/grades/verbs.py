"""What can be done with grades and learned weights. Each verb is one transaction with its audit event inside."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.grades.learning import teach
from katalysator.grades.models import LARGEST, USEFUL, Grade, LearnedWeights
from katalysator.grades.rules import TwoSides
from katalysator.grades.workflow import DECIDE, USED, WEIGHTS
from katalysator.listings.models import Kind, Listing
from katalysator.matches.pairs import kept_parts, scored_pairs

_DECIMALS: Final = 6
_TAUGHT: Final = ("counts", "pairs", "useful", "worth")
"""What a version holds of the grades."""


@transaction.atomic
def grade(
    need: Listing,
    offer: Listing,
    *,
    by: Actor,
    value: int,
    chosen: str = Grade.Chosen.CARD,
    reason: str | None = None,
    remark: str | None = None,
) -> Grade:
    """Say whether one would introduce these two, from 0 (no) to 3 (surely); in place of what one said.

    `reason` and `remark` are for what is not useful; what is not given stays as it was. Who changes a grade of the grading page on a
    card is not blind any more: `chosen` is that of the newest. Raises NotAllowed, InvalidInput, and
    Conflict while either was not read yet.
    """
    pair = need, offer
    remark = None if remark is None else plain_line(remark)
    _allow(pair, by)
    _check(pair, value, reason or "", remark or "")
    _in_turn(need)
    row = _own(pair, by) or Grade(need=need, offer=offer, market=need.market, person=person_of(by))
    before = _facts(row) if row.pk else {}
    if row.value != value or row.is_outdated:
        row.value, row.chosen, row.at = value, chosen, timezone.now()
        row.side = _side(pair, by, chosen)
        _see(row)
        row.is_outdated = False
    _explain(row, reason, remark)
    row.save()
    audit.record("grade.give", row, by=by, before=before, after=_facts(row))
    return row


@transaction.atomic
def withdraw(need: Listing, offer: Listing, *, by: Actor) -> None:
    """Take back what one said of these two. Raises NotAllowed, and Conflict where one said nothing."""
    _allow((need, offer), by)
    _in_turn(need)
    row = _own((need, offer), by)
    if row is None:
        raise Conflict("no-grade", _("You said nothing about these two."))
    audit.record("grade.withdraw", row, by=by, before=_facts(row))
    row.delete()


@transaction.atomic
def learn(*, by: Actor) -> LearnedWeights:
    """Propose weights by all grades; nothing is scored by them before they are adopted.

    Raises NotAllowed, and Conflict where there are too few grades, or none that teach anything new.
    """
    _allow_deciding(by)
    taught = teach(Grade.objects.all())
    newest = LearnedWeights.objects.select_for_update().first()
    made = LearnedWeights(
        version=newest.version + 1 if newest else 1,
        counts={str(part): round(times, _DECIMALS) for part, times in taught.counts.items()},
        pairs=taught.pairs,
        useful=taught.useful,
        worth={name: asdict(worth) for name, worth in taught.worth.items()},
        made_by=person_of(by),
    )
    if newest:
        _require_new(made, newest)
    made.save()
    counts = {part: str(times) for part, times in made.counts.items()}
    audit.record(
        WEIGHTS.audit_verb("learn"),
        made,
        by=by,
        after={"version": made.version, "pairs": made.pairs, "counts": counts},
    )
    return made


def _require_new(made: LearnedWeights, newest: LearnedWeights) -> None:
    """A version that differs in nothing is none: there would be nothing to decide on."""
    if all(getattr(made, said) == getattr(newest, said) for said in _TAUGHT):
        raise Conflict(
            "nothing-new",
            _("These grades teach nothing that version %(version)s does not hold."),
            hint=_("Grade some more, then learn again."),
            version=newest.version,
        )


@transaction.atomic
def decide(weights: LearnedWeights, deed: str, *, by: Actor, reason: str = "") -> LearnedWeights:
    """Use learned weights, in place of others, or stop using them. Raises NotAllowed, Conflict."""
    _allow_deciding(by)
    known = {row.pk: row for row in LearnedWeights.objects.select_for_update().order_by("pk")}
    row = known[weights.pk]
    WEIGHTS.transition(row.state, deed)
    for other in known.values():
        if deed == "adopt" and other.state == USED:
            _move(other, "revoke", by, reason)
    return _move(row, deed, by, reason)


def _move(row: LearnedWeights, deed: str, by: Actor, reason: str) -> LearnedWeights:
    before = row.state
    row.state = WEIGHTS.transition(before, deed).target
    row.save(update_fields=["state"])
    audit.record_step(WEIGHTS, deed, row, by=by, before=before, reason=reason, version=row.version)
    return row


def _allow_deciding(by: Actor) -> None:
    if not permits(by, DECIDE):
        raise NotAllowed("not-the-bureau", _("Only the bureau decides on the weights."))


def _allow(pair: TwoSides, by: Actor) -> None:
    if not permits(by, "grades.grade_pair", pair):
        raise NotAllowed(
            "not-your-match", _("Only both sides and the bureau say whether a match is useful.")
        )


def _in_turn(need: Listing) -> None:
    """Let two grades of one need follow each other: where no row exists yet, there is none to lock."""
    Listing.objects.select_for_update(no_key=True).only("pk").get(pk=need.pk)


def _own(pair: TwoSides, by: Actor) -> Grade | None:
    """What this person said before, kept from others; a part of the house says each thing once."""
    if not isinstance(by, Person):
        return None
    found: Grade | None = Grade.objects.by(by).filter(need=pair[0], offer=pair[1]).first()
    return found


def _check(pair: TwoSides, value: int, reason: str, remark: str) -> None:
    need, offer = pair
    if (need.kind, offer.kind, need.market) != (Kind.NEED, Kind.OFFER, offer.market):
        raise InvalidInput("no-pair", _("A match is a need and an offer of one market."))
    if not 0 <= value <= LARGEST:
        raise InvalidInput(
            "grade", _("%(value)s is no grade."), hint=_("Give 0, 1, 2 or 3."), value=value
        )
    if (reason or remark) and value >= USEFUL:
        raise InvalidInput("reason", _("A reason is for a match that is not useful."))
    if reason and reason not in Grade.Reason.values:
        raise InvalidInput("reason", _("This is none of the reasons.")).at("reason")
    require_short(remark, Grade, "remark")


def _explain(row: Grade, reason: str | None, remark: str | None) -> None:
    """Keep why not; what is useful needs no reason any more."""
    if row.is_useful:
        row.reason = row.remark = ""
        return
    row.reason = row.reason if reason is None else reason
    row.remark = row.remark if remark is None else remark


def _side(pair: TwoSides, by: Actor, chosen: str) -> str:
    """In whose name: of a side where somebody speaks for it, but for the bureau on its own page."""
    if isinstance(by, Person) and chosen in (Grade.Chosen.CARD, Grade.Chosen.MET):
        for side, listing in zip((Grade.Side.NEED, Grade.Side.OFFER), pair, strict=True):
            if listing.is_of(by):
                return side
    return Grade.Side.BUREAU


def _see(row: Grade) -> None:
    """Keep what the engine sees of the pair now; what it saw before, where one of them stands in no market any more."""
    try:
        evidence = scored_pairs([(row.need_id, row.offer_id)])
    except KeyError:
        if row.pk and not row.is_outdated:
            return
        raise Conflict(
            "not-read-yet", _("We have not read both yet."), hint=_("Try again in a minute.")
        ) from None
    scores = evidence.scores
    row.score, row.quick = float(scores.total[0]), float(evidence.quick[0])
    row.parts = kept_parts(scores, 0)


def _facts(row: Grade) -> Mapping[str, Any]:
    """What the trail keeps for ever: no words of the person."""
    return {
        "need": row.need_id,
        "offer": row.offer_id,
        "value": row.value,
        "reason": row.reason,
        "chosen": str(row.chosen),
    }
