"""What becomes of a question: who gets it, who answers it. Each verb is one transaction with its event."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import said
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.groups.models import WorkingGroup
from katalysator.knowledge import verbs as knowledge
from katalysator.knowledge.contents import KnowledgeContent
from katalysator.knowledge.models import KnowledgeItem
from katalysator.questions.models import Question, Reply, Routing
from katalysator.questions.steps import (
    end,
    locked,
    moved,
    newest_reply,
    require,
)
from katalysator.questions.workflow import ANSWER, QUESTION, ROUTE

_SEEN = Question.Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who may know the answer, an organisation or a working group, and why: the concepts that it shares with a question.

    `as_contact`: it is the contact point of what the question is about.
    """

    organisation: Organisation | None = None
    group: WorkingGroup | None = None
    shared: tuple[str, ...] = ()
    as_contact: bool = False


@transaction.atomic
def route(
    question: Question, receiver: Receiver, *, by: Actor, seen: int | None = None
) -> Question:
    """Send a question to who may know, from the bureau or from who has it now.

    `seen` is the number of the routing that whoever sends it saw, 0 for none; where there is another by now, somebody
    was first. Raises NotAllowed, and Conflict where they said that it is not for them, or take part no longer.
    """
    row = locked(question)
    require(by, ROUTE, row)
    if seen is not None and QUESTION.allows(row.state, "route") and seen != (row.routing_id or 0):
        raise Conflict(
            "routed-meanwhile",
            _("Somebody sent this question on while you were looking."),
            hint=_("Look again who has it now."),
        )
    QUESTION.transition(row.state, "route")
    _require_fit(row, receiver)
    if row.routing is not None:
        end(row.routing, Routing.Outcome.MOVED)
    made = Routing.objects.create(
        question=row,
        organisation=receiver.organisation,
        group=receiver.group,
        shared=list(receiver.shared),
        as_contact=receiver.as_contact,
        sender=person_of(by),
    )
    return moved(row, "route", by=by, then={"routing": made})


@transaction.atomic
def pass_on(question: Question, *, by: Actor, reason: str) -> Question:
    """Say that it is not for those who have it, and why; they never get it again. Raises InvalidInput, Conflict, NotAllowed."""
    plain = said(
        reason,
        _("Say why it is not for you: then the bureau finds the right one."),
        Question,
        "reason",
    )
    return moved(
        question,
        "pass-on",
        by=by,
        ends=Routing.Outcome.REFUSED,
        reason=plain,
        then={"routing": None},
    )


@transaction.atomic
def come_back(question: Question, *, by: Actor) -> Question:
    """Let it go back to the bureau: those who have it were silent too long. Raises Conflict, NotAllowed."""
    return moved(question, "come-back", by=by, ends=Routing.Outcome.LATE, then={"routing": None})


@transaction.atomic
def answer(
    question: Question, *, by: Actor, text: str, in_public: bool = False, seen: int | None = None
) -> Reply:
    """Answer a question: for those who got it, or as the bureau.

    In public everybody reads question and answer, where who asked agreed to that. `seen` is the number of the newest
    reply that who answers saw, 0 for none; where there is a newer one, they are told so first. Raises InvalidInput,
    Conflict, NotAllowed.
    """
    row = locked(question)
    require(by, ANSWER, row)
    _require_seen(row, seen)
    if in_public and not row.may_be_public:
        raise InvalidInput("in-public", _("Who asked wants this to stay between them and you.")).at(
            "in_public"
        )
    plain = said(text, _("Write your answer."), Reply, "text")
    QUESTION.transition(row.state, "answer")
    got = _ended_by_answer(row, by)
    then: dict[str, Any] = {
        "answered_at": row.answered_at or timezone.now(),
        "routing": got or row.routing,
    }
    if in_public:
        then["visibility"] = _SEEN.PUBLIC
        row.replies.filter(visibility=_SEEN.OFFERED).update(visibility=_SEEN.PUBLIC)
    reply = Reply.objects.create(
        question=row,
        kind=Reply.Kind.ANSWER,
        text=plain,
        author=person_of(by),
        organisation=got.organisation if got else None,
        group=got.group if got else None,
        visibility=_SEEN.PUBLIC if in_public else _SEEN.PRIVATE,
    )
    reply.question = moved(row, "answer", by=by, then=then, personal={f"reply-{reply.pk}": plain})
    return reply


@transaction.atomic
def decline(question: Question, *, by: Actor, reason: str) -> Question:
    """Say that the coalition does not answer this, with the reason, which goes to who asked.

    Raises InvalidInput, Conflict, NotAllowed.
    """
    plain = said(reason, _("Say why not."), Question, "reason")
    then = {"visibility": _SEEN.PRIVATE}
    return moved(question, "decline", by=by, ends=Routing.Outcome.OVER, reason=plain, then=then)


@transaction.atomic
def settle(question: Question, *, by: Actor) -> Question:
    """Close what was answered, and of which nobody heard since. Raises Conflict, NotAllowed."""
    return moved(question, "settle", by=by)


@transaction.atomic
def share(reply: Reply, *, by: Actor) -> KnowledgeItem:
    """Make a draft of knowledge of an answer that everybody reads, of the organisation that gave it.

    Who asked stays unnamed. Raises NotAllowed, and Conflict where there is one already, or that is of no organisation.
    """
    question = locked(reply.question)
    require(by, ANSWER, question)
    giver = reply.knower
    if not (reply.is_answer and reply.is_public) or giver is None:
        raise Conflict(
            "not-to-share",
            _("Only what an organisation answered in public becomes knowledge."),
        )
    if question.knowledge_id is not None:
        raise Conflict("shared", _("Knowledge was made of this question already."))
    content = KnowledgeContent(
        kind=KnowledgeItem.Kind.ANSWER,
        language=question.text_language,
        title=question.title,
        text="\n\n".join(filter(None, (question.text, reply.text))),
        areas=(question.area_id,) if question.area_id else (),
        blocks=(question.block,) if question.block else (),
    )
    item = question.knowledge = knowledge.write(giver, by=by, content=content)
    question.save(update_fields=["knowledge"])
    audit.record("question.share", question, by=by, after={"knowledge": item.pk})
    return item


def _require_seen(question: Question, seen: int | None) -> None:
    if seen is not None and seen < newest_reply(question):
        raise Conflict(
            "answered-meanwhile",
            _("Somebody wrote something while you were writing."),
            hint=_("Read it first. Your text is still here; send it again if it adds something."),
        )


def _require_fit(question: Question, receiver: Receiver) -> None:
    """Refuse a receiver who said no before, has it already, or takes part no longer. Raises Conflict."""
    gone = _("%(name)s does not take part any more.")
    if receiver.organisation is not None and not receiver.organisation.is_participant:
        raise Conflict("not-a-participant", gone, name=receiver.organisation.name)
    if receiver.group is not None and not receiver.group.is_running:
        raise Conflict("not-running", gone, name=receiver.group.name)
    had = question.routings.filter(organisation=receiver.organisation, group=receiver.group)
    if had.filter(outcome="").exists():
        raise Conflict("has-it", _("They have this question already."))
    if had.refused().exists():
        raise Conflict(
            "refused",
            _("They said that this question is not for them."),
            hint=_("Send it to somebody else."),
        )


def _ended_by_answer(question: Question, by: Actor) -> Routing | None:
    """Let it be over that somebody has the question; returns by which routing who answers got it, None for the bureau.

    A part of the house answers for who has it.
    """
    person = person_of(by)
    had = question.routings.exclude(outcome=Routing.Outcome.REFUSED)
    got: Routing | None = had.of(person).last() if person else question.routing
    if got is not None:
        end(got, Routing.Outcome.ANSWERED, again=True)
    if question.routing is not None:
        end(question.routing, Routing.Outcome.OVER)
    return got
