"""What who asks can do, and who looks after what is shown. Each verb is one transaction with its event.

Who gets a question and who answers it: `handling/verbs.py`.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.acting import person_of
from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.core.lengths import said
from katalysator.core.models import new_salt
from katalysator.core.rows import require_sound
from katalysator.engine.text import detect
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.questions.models import Question, Reply, Routing
from katalysator.questions.steps import locked, moved, require
from katalysator.questions.workflow import ASK, DECIDE, FORGET, OWN, SHOWN

_SEEN = Question.Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionContent:
    """What somebody asks: the question in a line, more about it, what it is about, and whether all may read it."""

    title: str
    text: str = ""
    area: str = ""
    block: str = ""
    in_public: bool = False


@transaction.atomic
def ask(
    question_content: QuestionContent, *, by: Actor, language: str, email: str = ""
) -> Question:
    """Ask the coalition something; without an account, with an `email` address that a link must confirm.

    `language` is what who asks is written to in. Nobody reads what an address asks before it is confirmed, and all do
    only when the bureau shows it, or it is answered in public. Raises InvalidInput at the name of a part, NotAllowed.
    """
    require(by, ASK)
    row = Question(asker=person_of(by), email=email.strip().lower(), language=language)
    if row.asker is None and not row.email:
        raise InvalidInput("email", _("Say where the answer may be sent to.")).at("email")
    _fill(row, question_content)
    row.state = "waiting" if row.asker else row.state
    if question_content.in_public:
        row.visibility = _SEEN.PUBLIC if row.asker else _SEEN.OFFERED
    require_sound(row)
    row.save()
    after = {"area": question_content.area, "block": row.block, "visibility": row.visibility}
    personal = {"title": row.title, "text": row.text, "email": row.email}
    audit.record("question.ask", row, by=by, after=after, personal=personal)
    return row


@transaction.atomic
def confirm(question: Question, *, by: Actor) -> Question:
    """Prove the address, so that somebody looks for who knows. Raises Conflict, NotAllowed."""
    return moved(question, "confirm", by=by, then={"asked_at": timezone.now()})


@transaction.atomic
def withdraw(question: Question, *, by: Actor) -> Question:
    """Take a question back. Raises Conflict, NotAllowed."""
    return moved(question, "withdraw", by=by, ends=Routing.Outcome.OVER, then=_HIDDEN)


@transaction.atomic
def thank(question: Question, *, by: Actor) -> Question:
    """Say that the answer helps: it is closed. Raises Conflict, NotAllowed."""
    return moved(question, "thank", by=by)


@transaction.atomic
def reopen(question: Question, *, by: Actor, text: str) -> Question:
    """Say what is not answered; the bureau looks at it again. Raises InvalidInput, Conflict, NotAllowed."""
    row = moved(question, "reopen", by=by, then={"routing": None, "answered_at": None})
    _say_more(row, text, by)
    return row


@transaction.atomic
def follow_up(question: Question, *, by: Actor, text: str) -> Question:
    """Say or ask more; an answered question goes back to who answered it, to the bureau where that was it.

    Raises InvalidInput, Conflict, NotAllowed.
    """
    row = locked(question)
    if row.state == "answered":
        return _ask_more(row, text, by)
    require(by, OWN, row)
    if not row.is_open:
        raise Conflict(
            "not-open",
            _("This question is not open any more."),
            hint=_("Say that it is not answered, or ask a new one."),
        )
    reply = _say_more(row, text, by)
    audit.record("question.follow-up", row, by=by, personal={f"reply-{reply.pk}": reply.text})
    return row


@transaction.atomic
def mark(reply: Reply, *, by: Actor, helped: bool = True) -> Reply:
    """Say whether an answer helped. Raises NotAllowed, and Conflict for what is no answer."""
    question = locked(reply.question)
    require(by, OWN, question)
    if not reply.is_answer:
        raise Conflict("no-answer", _("Only an answer can help."))
    reply.helped = helped
    reply.save(update_fields=["helped"])
    audit.record("question.mark", question, by=by, after={"reply": reply.pk, "helped": helped})
    return reply


@transaction.atomic
def show(question: Question, *, by: Actor) -> Question:
    """Let everybody read a question of who agreed to that. Raises Conflict, NotAllowed."""
    row = locked(question)
    require(by, DECIDE, row)
    if row.visibility == _SEEN.PRIVATE or row.state not in SHOWN:
        raise Conflict("private", _("This question may not be shown to everybody."))
    return _seen_as(row, "show", _SEEN.PUBLIC, by)


@transaction.atomic
def hide(question: Question, *, by: Actor) -> Question:
    """Let not everybody read it: for good where who asked wants so, till the bureau shows it where the bureau does.

    Raises Conflict, NotAllowed.
    """
    row = locked(question)
    if not (permits(by, OWN, row) or permits(by, DECIDE, row)):
        raise NotAllowed("not-your-question", _("Only who asked, and the bureau, may do this."))
    if row.visibility == _SEEN.PRIVATE:
        raise Conflict("private", _("Nobody else sees this question."))
    seen = _SEEN.PRIVATE if permits(by, OWN, row) else _SEEN.HIDDEN
    return _seen_as(row, "hide", seen, by)


@transaction.atomic
def forget(question: Question, *, by: Actor) -> None:
    """Forget who asked; what not everybody reads goes with it. What the trail holds says nothing then."""
    row = locked(question)
    require(by, FORGET)
    audit.record("question.forget", row, by=by)
    if not row.is_public:
        row.delete()
        return
    row.email, row.salt = "", new_salt()
    row.save(update_fields=["email", "salt"])


def _fill(row: Question, content: QuestionContent) -> None:
    row.title, row.text = plain_line(content.title), without_markup(content.text)
    if content.area:
        row.area = Area.objects.filter(slug=content.area).first()
        if row.area is None:
            raise InvalidInput("area", _("There is no area “%(area)s”."), area=content.area).at(
                "area"
            )
    if content.block and content.block not in Block.values:
        raise InvalidInput(
            "block", _("There is no building block “%(block)s”."), block=content.block
        ).at("block")
    row.block = content.block
    found = detect(f"{row.title} {row.text}")
    row.text_language = found if found in TEXT_LANGUAGES else "nl"


def _ask_more(row: Question, text: str, by: Actor) -> Question:
    """Back to who answered, who has it anew; to the bureau where they may not have it any more."""
    last = row.routing
    again = None
    if last is not None and last.outcome != Routing.Outcome.REFUSED:
        again = Routing.objects.create(
            question=row, organisation=last.organisation, group=last.group, shared=last.shared
        )
    deed = "ask-more" if again else "reopen"
    row = moved(row, deed, by=by, then={"routing": again})
    _say_more(row, text, by)
    return row


def _say_more(question: Question, text: str, by: Actor) -> Reply:
    return Reply.objects.create(
        question=question,
        kind=Reply.Kind.MORE,
        text=said(text, _("Say what you still want to know."), Reply, "text"),
        author=person_of(by),
        visibility=_SEEN.OFFERED if question.may_be_public else _SEEN.PRIVATE,
    )


def _seen_as(row: Question, deed: str, visibility: str, by: Actor) -> Question:
    before, row.visibility = row.visibility, visibility
    row.save(update_fields=["visibility"])
    told: list[dict[str, Any]] = [{"visibility": before}, {"visibility": row.visibility}]
    audit.record(f"question.{deed}", row, by=by, before=told[0], after=told[1])
    return row


_HIDDEN: dict[str, Any] = {"visibility": _SEEN.PRIVATE}
