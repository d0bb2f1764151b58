"""What parties do that know each other, up to the result and what was learned. Each verb is one transaction with its event."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short, said
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.introductions.eligibility import MeetingSide, require_own
from katalysator.introductions.models import Introduction, NextStep, Party
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
from katalysator.introductions.workflow import INTRODUCTION, WATCH
from katalysator.knowledge import verbs as knowledge
from katalysator.knowledge.contents import KnowledgeContent
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings.models import Listing
from katalysator.listings.rules import require_editor


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultContent:
    """What came of it: of which kind, in words, since when."""

    outcome: str
    summary: str
    on: date | None = None


@transaction.atomic
def talk(introduction: Introduction, *, by: Actor) -> Introduction:
    """Say that the talk began. Raises Conflict, NotAllowed."""
    row = locked(introduction)
    own_party(row, by)
    return moved(row, "talk", by=by)


@transaction.atomic
def agree(introduction: Introduction, *, by: Actor) -> Introduction:
    """Say that the parties agreed; the others can say that it is not so yet. Raises Conflict, NotAllowed."""
    row = locked(introduction)
    own_party(row, by)
    return moved(row, "agree", by=by)


@transaction.atomic
def resume(introduction: Introduction, *, by: Actor) -> Introduction:
    """Say that nothing is agreed yet. Raises Conflict, NotAllowed."""
    row = locked(introduction)
    own_party(row, by)
    if row.met_outside:
        raise Conflict("met-outside", _("They met outside the coalition: there is no talk here."))
    return moved(row, "resume", by=by)


@transaction.atomic
def finish(introduction: Introduction, *, by: Actor, result: ResultContent) -> Introduction:
    """Tell what came of it, or tell it anew. Raises InvalidInput, Conflict, NotAllowed."""
    row = locked(introduction)
    own_party(row, by)
    told = _cleaned(result)
    personal = {"summary": told["summary"]}
    if row.state != "result":
        return moved(row, "finish", by=by, then=told, personal=personal)
    before = row.outcome
    for name, value in told.items():
        setattr(row, name, value)
    noted(row, "retell")
    row.save()
    facts: list[dict[str, Any]] = [{"outcome": before}, {"outcome": row.outcome}]
    audit.record(
        "introduction.retell", row, by=by, before=facts[0], after=facts[1], personal=personal
    )
    return row


@transaction.atomic
def stop(introduction: Introduction, *, by: Actor, reason: str, remark: str = "") -> Introduction:
    """Stop, and say why; of more than two parties the others go on. Raises InvalidInput, Conflict, NotAllowed."""
    row = locked(introduction)
    mine = own_party(row, by)
    INTRODUCTION.transition(row.state, "end")
    why = said_why(reason, remark)
    personal = {"remark": why["remark"]}
    mine.answer, mine.reason, mine.remark = Party.Answer.LEFT, why["reason"], why["remark"]
    mine.save(update_fields=["answer", "reason", "remark"])
    if row.parties.filter(answer=Party.Answer.YES).count() > 1:
        noted(row, "leave")
        stirred(row)
        after = {"party": mine.pk}
        audit.record(
            "introduction.leave", row, by=by, after=after, personal=personal, reason=reason
        )
        return row
    return moved(row, "end", by=by, then=why, personal=personal, reason=reason)


@transaction.atomic
def fade(introduction: Introduction, *, by: Actor) -> Introduction:
    """Close what nothing more was heard of. Raises Conflict, NotAllowed."""
    row = locked(introduction)
    require(by, WATCH, row)
    return moved(row, "fade", by=by)


@transaction.atomic
def nudge(introduction: Introduction, *, by: Actor) -> Introduction:
    """Remind the parties, once more since something happened. Raises Conflict, NotAllowed."""
    row = locked(introduction)
    require(by, WATCH, row)
    if not row.is_open:
        raise Conflict("over", _("This introduction is over."))
    row.nudges += 1
    noted(row, "nudge")
    row.save(update_fields=["nudges", "happened"])
    audit.record("introduction.nudge", row, by=by, after={"nudges": row.nudges})
    return row


@transaction.atomic
def record(
    own: MeetingSide, other: MeetingSide | str, *, by: Actor, result: ResultContent | None = None
) -> Introduction:
    """Tell that one found another without a proposal: a participant, who can say that it is not so, or somebody by name.

    With a `result` it is told at once. Raises InvalidInput, Conflict, NotAllowed.
    """
    require_own(own, by)
    if own.listing is not None:
        require_editor(own.listing, by)
    if isinstance(other, MeetingSide) and other.organisation.pk == own.organisation.pk:
        raise Conflict("same-organisation", _("They are of the same organisation."))
    row = Introduction(state="agreed", met_outside=True, proposer=person_of(by))
    noted(row, "record")
    row.save()
    now, contact = timezone.now(), person_of(by)
    yes = {"introduction": row, "answer": Party.Answer.YES, "answered_at": now}
    Party.objects.create(**yes, **_who(own), contact=contact)
    if isinstance(other, MeetingSide):
        found = Party(introduction=row, **_who(other))
    else:
        found = Party(**yes, name=plain_line(other))
        if not found.name:
            raise InvalidInput("name", _("Say with whom.")).at("name")
    require_sound(found)
    found.save()
    after = {"with": found.organisation_id, "listing": own.listing.pk if own.listing else None}
    audit.record("introduction.record", row, by=by, after=after, personal={"name": found.name})
    return finish(row, by=by, result=result) if result else row


@transaction.atomic
def plan(
    introduction: Introduction,
    *,
    by: Actor,
    what: str,
    party: Party | None = None,
    due: date | None = None,
) -> NextStep:
    """Write down what is to be done, by which party and when; a milestone, where the parties agreed.

    Raises InvalidInput, Conflict, NotAllowed.
    """
    row = locked(introduction)
    own_party(row, by)
    require_known(row)
    _require_going(row)
    if party is not None and party.introduction_id != row.pk:
        raise InvalidInput("party", _("Choose one of the parties.")).at("party")
    is_agreed = row.state in ("agreed", "result")
    kind = NextStep.Kind.MILESTONE if is_agreed else NextStep.Kind.STEP
    step = NextStep(introduction=row, kind=kind, what=plain_line(what), party=party, due=due)
    if not step.what:
        raise InvalidInput("what", _("Say what is to be done.")).at("what")
    require_sound(step)
    step.save()
    stirred(row)
    personal = {f"step-{step.pk}": step.what}
    audit.record("introduction.plan", row, by=by, after={"step": step.pk}, personal=personal)
    return step


@transaction.atomic
def tick(step: NextStep, *, by: Actor, done: bool = True) -> NextStep:
    """Say that a step is done, or is not after all. Raises Conflict, NotAllowed."""
    row, mine = _own_step(step, by)
    mine.done_at = timezone.now() if done else None
    mine.save(update_fields=["done_at"])
    stirred(row)
    audit.record("introduction.tick", row, by=by, after={"step": mine.pk, "done": done})
    return mine


@transaction.atomic
def drop(step: NextStep, *, by: Actor) -> None:
    """Take a step off the list. Raises Conflict, NotAllowed."""
    row, mine = _own_step(step, by)
    audit.record("introduction.drop-step", row, by=by, before={"step": mine.pk})
    mine.delete()


@transaction.atomic
def learn(introduction: Introduction, *, by: Actor, lesson: str) -> Introduction:
    """Write down what was learned, of what came to a result and of what came to nothing.

    Raises InvalidInput, Conflict, NotAllowed.
    """
    row = locked(introduction)
    own_party(row, by)
    if row.state not in ("result", "ended"):
        raise Conflict("not-over", _("A lesson is written down once there is a result."))
    row.lesson = said(lesson, _("Say what you learned."), Introduction, "lesson")
    noted(row, "learn")
    row.save(update_fields=["lesson", "happened"])
    audit.record("introduction.learn", row, by=by, personal={"lesson": row.lesson})
    return row


@transaction.atomic
def share(introduction: Introduction, *, by: Actor, language: str) -> KnowledgeItem:
    """Make a draft of knowledge of the result and its lesson, of one's own organisation, for all to learn from.

    Raises Conflict, NotAllowed.
    """
    row = locked(introduction)
    mine = own_party(row, by)
    if not row.lesson:
        raise Conflict("no-lesson", _("Write down first what you learned."))
    if row.knowledge_id is not None:
        raise Conflict("shared", _("Knowledge was made of this already."))
    if mine.organisation is None:
        raise Conflict("outside", _("Only an organisation that takes part shares knowledge."))
    listing = mine.listing
    content = KnowledgeContent(
        kind=KnowledgeItem.Kind.LESSON,
        language=listing.language if listing else language,
        title=listing.title if listing else row.get_outcome_display(),
        text="\n\n".join(filter(None, (row.summary, row.lesson))),
        areas=tuple(listing.areas) if listing else (),
        blocks=(listing.block,) if listing else (),
    )
    item = row.knowledge = knowledge.write(mine.organisation, by=by, content=content)
    noted(row, "share")
    row.save(update_fields=["knowledge", "happened"])
    audit.record("introduction.share", row, by=by, after={"knowledge": item.pk})
    return item


def _own_step(step: NextStep, by: Actor) -> tuple[Introduction, NextStep]:
    row = locked(step.introduction)
    own_party(row, by)
    found: NextStep | None = row.steps.filter(pk=step.pk).first()
    if found is None:
        raise Conflict("gone", _("This step is not here any more."))
    _require_going(row)
    return row, found


def _require_going(row: Introduction) -> None:
    if row.state == "ended":
        raise Conflict("over", _("This introduction is over."))


def _who(side: MeetingSide) -> dict[str, Organisation | Person | Listing | None]:
    return {"organisation": side.organisation, "person": side.person, "listing": side.listing}


def _cleaned(result: ResultContent) -> dict[str, Any]:
    if result.outcome not in Introduction.Outcome.values:
        raise InvalidInput("outcome", _("Choose what came of it.")).at("outcome")
    if result.on and result.on > timezone.localdate():
        raise InvalidInput("on", _("This day is still to come.")).at("on")
    summary = without_markup(result.summary)
    require_short(summary, Introduction, "summary")
    on = result.on or timezone.localdate()
    return {"outcome": result.outcome, "summary": summary, "result_at": on}
