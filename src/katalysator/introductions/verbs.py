"""What can be done till all said yes or one said no. Each verb is one transaction with its event.

What follows then: `together.py`; what the parties say to each other: `thread`.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, NotAllowed, gettext_noop as _
from katalysator.introductions.eligibility import (
    MOST_PARTIES,
    MeetingSide,
    alike,
    require_along,
    require_may_meet,
    require_proposer,
    require_room,
)
from katalysator.introductions.models import Introduction, Party
from katalysator.introductions.presenting import require_presented
from katalysator.introductions.rows import (
    locked,
    moved,
    noted,
    own_party,
    require,
    require_known,
    said_why,
    stirred,
)
from katalysator.introductions.seen import is_veiled
from katalysator.introductions.wishes.willing import kept_among, require_not_kept
from katalysator.introductions.workflow import ANSWER, INTRODUCTION, TAKE_BACK, WATCH

_TWO: Final = 2  # fewer cannot meet


@transaction.atomic
def propose(sides: Sequence[MeetingSide], *, by: Actor, why: str = "") -> Introduction:
    """Ask parties to meet: one's own party and others, or, as the bureau, others alone.

    One's own party has said yes with it. Where the others asked the same already, this is one's yes to that. Raises
    InvalidInput, Conflict, NotAllowed. Cost: a dozen queries; two proposals of one organisation follow each other.
    """
    own = _own_side(sides, by)
    _in_turn(sides)
    if own is not None and (asked := _asked_by_others(sides, own)):
        return accept(asked, by=by)
    require_may_meet(sides, by)
    if own is not None:
        require_presented(own)
        require_room(own)
    row = Introduction(
        why=without_markup(why),
        proposer=person_of(by),
        by_bureau=own is None and isinstance(by, Person),
    )
    require_short(row.why, Introduction, "why")
    noted(row, "propose")
    row.save()
    for side in sides:
        _join(row, side, by=by if side is own else None)
    after = {"parties": [_told(side) for side in sides]}
    audit.record("introduction.propose", row, by=by, after=after, personal={"why": row.why})
    return row


@transaction.atomic
def accept(party: Party, *, by: Actor) -> Introduction:
    """Say yes for a party; where all did, they get to know each other. Raises Conflict, NotAllowed."""
    row = locked(party.introduction)
    mine = _to_answer(row, party, by)
    if row.state == "proposed":
        _require_all_open(row, by)
    require_not_kept(_present(row), by)
    _answer(mine, Party.Answer.YES, by)
    noted(row, "accept")
    if row.state == "proposed" and _all_said_yes(row):
        return moved(row, "introduce", by=by)
    stirred(row)
    audit.record("introduction.accept", row, by=by, after={"party": mine.pk})
    return row


@transaction.atomic
def decline(party: Party, *, by: Actor, reason: str, remark: str = "") -> Introduction:
    """Say no for a party, and why; the others go on where two of them remain.

    Raises InvalidInput, Conflict, NotAllowed.
    """
    row = locked(party.introduction)
    mine = _to_answer(row, party, by)
    why = said_why(reason, remark)
    _answer(mine, Party.Answer.NO, by, **why)
    personal = {"remark": why["remark"]}
    if row.state == "proposed" and len(_remaining(row)) < _TWO:
        return moved(row, "decline", by=by, then=why, personal=personal, reason=reason)
    if row.state == "agreed" and len(_remaining(row)) < _TWO:
        return moved(row, "end", by=by, then=why, personal=personal, reason=reason)
    noted(row, "leave")
    after = {"party": mine.pk}
    audit.record("introduction.leave", row, by=by, after=after, personal=personal, reason=reason)
    if row.state == "proposed" and _all_said_yes(row) and not kept_among(_present(row)):
        return moved(row, "introduce", by=by)
    stirred(row)
    return row


@transaction.atomic
def withdraw(introduction: Introduction, *, by: Actor) -> Introduction:
    """Take a proposal back, before all have answered. Raises Conflict, NotAllowed."""
    row = locked(introduction)
    require(by, TAKE_BACK, row)
    return moved(row, "withdraw", by=by)


@transaction.atomic
def call_off(introduction: Introduction, *, by: Actor) -> Introduction:
    """Let those go of a proposal whose need or offer is not open any more; the others go on where two remain.

    Raises Conflict, NotAllowed.
    """
    row = locked(introduction)
    require(by, WATCH, row)
    INTRODUCTION.transition(row.state, "call-off")
    closed = [each for each in _remaining(row) if each.listing and not each.listing.is_open]
    return _go_on_without(row, closed, "call-off", by) if closed else row


@transaction.atomic
def lapse(introduction: Introduction, *, by: Actor) -> Introduction:
    """Wait no longer for an answer: who said yes goes on where that are two, else it is over.

    Raises Conflict, NotAllowed.
    """
    row = locked(introduction)
    require(by, WATCH, row)
    INTRODUCTION.transition(row.state, "lapse")
    return _go_on_without(row, [each for each in _remaining(row) if each.is_asked], "lapse", by)


@transaction.atomic
def ask_along(introduction: Introduction, side: MeetingSide, *, by: Actor) -> Party:
    """Ask one more party along, which decides for itself. Raises InvalidInput, Conflict, NotAllowed."""
    row = locked(introduction)
    own_party(row, by)
    require_known(row)
    if not row.is_open or row.met_outside:
        raise Conflict("over", _("This introduction is over: nobody can come along any more."))
    if _is_veiled(row, by):  # a refusal would tell that an organisation is the one without a name
        raise Conflict("not-introduced", _("This is possible once all have said yes."))
    present = list(row.parties.select_related("organisation", "person", "listing"))
    if len([each for each in present if not each.is_gone]) >= MOST_PARTIES:
        raise Conflict(
            "full", _("An introduction has %(most)s parties at most."), most=MOST_PARTIES
        )
    if any(each.organisation_id == side.organisation.pk for each in present):
        raise Conflict("there-already", _("This organisation is or was a party already."))
    require_along(side, present, by)
    made = _join(row, side, by=None)
    noted(row, "ask-along")
    stirred(row)
    audit.record("introduction.ask-along", row, by=by, after={"party": made.pk, **_told(side)})
    return made


@transaction.atomic
def take_over(party: Party, *, by: Actor) -> Party:
    """Speak for one's own party from now on, in place of a colleague. Raises Conflict, NotAllowed."""
    row = locked(party.introduction)
    mine = row.parties.get(pk=party.pk)
    require(by, ANSWER, mine)
    if not (mine.is_in and isinstance(by, Person)):
        raise Conflict("not-in", _("Your party has not said yes, or left."))
    if mine.contact_id == by.pk:
        raise Conflict("yours", _("You speak for your party already."))
    before, mine.contact = mine.contact_id, by
    mine.save(update_fields=["contact"])
    noted(row, "take-over")
    row.save(update_fields=["happened"])
    told: list[dict[str, Any]] = [{"contact": before}, {"party": mine.pk, "contact": by.pk}]
    audit.record("introduction.take-over", row, by=by, before=told[0], after=told[1])
    return mine


def _own_side(sides: Sequence[MeetingSide], by: Actor) -> MeetingSide | None:
    """The side of who proposes; None for the bureau that brings others together, and for a part of the house."""
    require_proposer(by)
    if not isinstance(by, Person):
        return None
    own = next((side for side in sides if side.is_of(by)), None)
    if own is None and not by.is_coordinator:
        raise NotAllowed(
            "not-your-side",
            _("You propose an introduction to your own organisation, or in your own name."),
            hint=_("Ask the coordinator to bring others together."),
        )
    return own


def _in_turn(sides: Sequence[MeetingSide]) -> None:
    """Let proposals to the same organisations follow each other: where no row exists yet, there is none to lock."""
    wanted = sorted({side.organisation.pk for side in sides})
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=wanted)
    list(rows.order_by("pk").values_list("pk", flat=True))


def _asked_by_others(sides: Sequence[MeetingSide], own: MeetingSide) -> Party | None:
    """The same as others proposed it, with nobody else, waiting for this side's answer."""
    for found in alike(sides):
        parties = found.parties.all()
        if found.state == "proposed" and len(parties) == len(sides):
            mine = (each for each in parties if (each.organisation_id, each.person_id) == own.owner)
            return next((each for each in mine if each.is_asked), None)
    return None


def _join(row: Introduction, side: MeetingSide, *, by: Actor | None) -> Party:
    party = Party(
        introduction=row,
        organisation=side.organisation,
        person=side.person,
        listing=side.listing,
        is_anonymous=bool(side.described),
        described=plain_line(side.described),
    )
    if by is not None:
        party.answer, party.answered_at = Party.Answer.YES, timezone.now()
        party.contact = person_of(by)
    require_sound(party)
    party.save()
    return party


def _to_answer(row: Introduction, party: Party, by: Actor) -> Party:
    mine: Party = row.parties.select_related("listing").get(pk=party.pk)
    require(by, ANSWER, mine)
    if not row.is_open:
        raise Conflict(
            "too-late",
            _("This cannot be answered any more: it is “%(state)s”."),
            hint=_("If you still want to meet, propose it yourself."),
            state=row.state_label,
        )
    if not mine.is_asked:
        raise Conflict(
            "answered",
            _("This was answered for you already, by you or by a colleague: “%(answer)s”."),
            answer=mine.get_answer_display(),
        )
    return mine


def _answer(mine: Party, answer: Party.Answer, by: Actor, **why: str) -> None:
    mine.answer, mine.answered_at = answer, timezone.now()
    mine.contact = person_of(by)
    mine.reason, mine.remark = why.get("reason", ""), why.get("remark", "")
    mine.save()


def _require_all_open(row: Introduction, by: Actor) -> None:
    hint = _("The proposal is called off within the hour.")
    for each in _remaining(row):
        if each.listing is None or each.listing.is_open:
            continue
        if _is_veiled(row, by):
            raise Conflict("not-open", _("A need or offer in it is not open any more."), hint=hint)
        title = each.listing.title
        raise Conflict("not-open", _("“%(title)s” is not open any more."), hint=hint, title=title)


def _is_veiled(row: Introduction, by: Actor) -> bool:
    """Whether a sentence about the parties may tell this person who somebody is."""
    return isinstance(by, Person) and is_veiled(row, by)


def _remaining(row: Introduction) -> list[Party]:
    return [each for each in row.parties.select_related("listing") if not each.is_gone]


def _present(row: Introduction) -> set[int]:
    """The organisations of the parties that are not gone."""
    return {each.organisation_id for each in _remaining(row) if each.organisation_id}


def _go_on_without(row: Introduction, gone: Sequence[Party], deed: str, by: Actor) -> Introduction:
    """Those who are gone have said nothing; `deed` ends it where too few remain."""
    numbers = [each.pk for each in gone]
    row.parties.filter(pk__in=numbers).update(answer=Party.Answer.NO, answered_at=timezone.now())
    if len(_remaining(row)) < _TWO or kept_among(_present(row)):
        return moved(row, deed, by=by)
    noted(row, "leave")
    row.save(update_fields=["happened"])
    audit.record("introduction.leave", row, by=by, after={"parties": numbers})
    return moved(row, "introduce", by=by) if _all_said_yes(row) else row


def _all_said_yes(row: Introduction) -> bool:
    return all(each.is_in for each in _remaining(row))


def _told(side: MeetingSide) -> dict[str, Any]:
    """What the trail keeps of a side: numbers."""
    organisation, person = side.owner
    listing = side.listing.pk if side.listing else None
    return {"organisation": organisation, "person": person, "listing": listing}
