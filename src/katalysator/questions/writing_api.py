"""The API of those who ask, answer, and look after questions: the deeds of the workflow, and what helped."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.writing_api import named_organisation
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import DeedGiven, Given, Scope, require_patience, tag
from katalysator.core.language import active_language
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.groups.models import WorkingGroup
from katalysator.questions import verbs
from katalysator.questions.api import (
    QuestionResource,
    router,
    visible_question,
    whole_question,
)
from katalysator.questions.handling import verbs as handling
from katalysator.questions.handling.proposals import value_of
from katalysator.questions.handling.receivers import receiver_of
from katalysator.questions.handling.verbs import Receiver
from katalysator.questions.models import Question, Reply
from katalysator.questions.steps import require
from katalysator.questions.verbs import QuestionContent
from katalysator.questions.workflow import QUESTION, ROUTE

__all__ = ("QUESTIONS", "router")

QUESTIONS = Scope(
    "questions", _("Ask questions and answer them, send them on, and say what helped")
)

_ONE: Final = "/questions/{number}"
_ANSWER: Final = f"{_ONE}/answers/{{answer}}"

_DEEDS: Final[Mapping[str, tuple[Callable[..., object], tuple[str, ...]]]] = MappingProxyType({
    "confirm": (verbs.confirm, ()),
    "withdraw": (verbs.withdraw, ()),
    "thank": (verbs.thank, ()),
    "show": (verbs.show, ()),
    "hide": (verbs.hide, ()),
    "ask-more": (verbs.follow_up, ("text",)),
    "reopen": (verbs.reopen, ("text",)),
    "answer": (handling.answer, ("text", "in_public")),
    "pass-on": (handling.pass_on, ("reason",)),
    "decline": (handling.decline, ("reason",)),
    "come-back": (handling.come_back, ()),
    "settle": (handling.settle, ()),
})  # fmt: skip
"""The verb of each deed, and what it takes of what is sent."""


class NewQuestion(Given):
    """What one asks: in a line, more about it, what it is about, and whether everybody may read it with its answer."""

    title: str
    text: str = ""
    area: str = ""
    block: str = ""
    in_public: bool = True


class QuestionDeed(DeedGiven):
    """A deed of a question, one of its `deeds`.

    `answer`, `ask-more` and `reopen` take a `text`, `pass-on` and `decline` a `reason`, and `route` the name of an
    `organisation` or of a `group`. `inPublic` lets everybody read an answer, where who asked agreed to that.
    """

    text: str = ""
    in_public: bool = False
    organisation: str = ""
    group: str = ""


class MarkGiven(Given):
    """Whether an answer helped."""

    helped: bool


@router.post("/questions", response={201: QuestionResource}, **QUESTIONS.required)
def ask_question(
    request: PersonRequest, response: HttpResponse, given: NewQuestion
) -> QuestionResource:
    """Ask the coalition something, for oneself; the answer comes by mail too."""
    require_patience(request, "ask_by_program")
    content = QuestionContent(**given.model_dump())
    made = verbs.ask(content, by=request.user, language=active_language())
    shown = _shown(request, response, made)
    response["Location"] = shown.links.this
    return shown


@router.post(f"{_ONE}/deeds", response=QuestionResource, **QUESTIONS.required)
def move_question(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: QuestionDeed
) -> QuestionResource:
    """Do one of the `deeds` of a question: answer it, send it on, thank, ask more, take it back, or show and hide it."""
    question = visible_question(request, number)
    _do(request, question, given)
    return _shown(request, response, question)


@router.put(f"{_ANSWER}/mark", response=QuestionResource, **QUESTIONS.required)
def mark_answer(
    request: PersonRequest,
    response: HttpResponse,
    number: RecordNumber,
    answer: RecordNumber,
    given: MarkGiven,
) -> QuestionResource:
    """Say whether an answer helped, as who asked."""
    question = visible_question(request, number)
    found = _visible_answer(request, question, answer)
    verbs.mark(found, by=request.user, helped=given.helped)
    return _shown(request, response, question)


@router.post(f"{_ANSWER}/knowledge", response={201: QuestionResource}, **QUESTIONS.required)
def share_answer(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, answer: RecordNumber
) -> QuestionResource:
    """Make a draft of knowledge of an answer that everybody reads; `knowledge` is its number."""
    question = visible_question(request, number)
    handling.share(_visible_answer(request, question, answer), by=request.user)
    return _shown(request, response, question)


def _do(request: PersonRequest, question: Question, given: QuestionDeed) -> None:
    """Do what is asked, by the verb for it. Raises Conflict for what cannot be done with it now."""
    if given.deed not in ("show", "hide"):
        QUESTION.transition(question.state, given.deed)
    if given.deed == "route":
        require(request.user, ROUTE, question)
        handling.route(question, _receiver(request, question, given), by=request.user)
        return
    verb, taken = _DEEDS[given.deed]
    verb(question, by=request.user, **{name: getattr(given, name) for name in taken})


def _receiver(request: PersonRequest, question: Question, given: QuestionDeed) -> Receiver:
    """Who is meant to get it, with the reason where the house would propose it too. Raises InvalidInput."""
    if not given.group:
        who: Organisation | WorkingGroup = named_organisation(request, given.organisation)
        return receiver_of(question, value_of(who), "")
    groups = WorkingGroup.objects.visible_to(request.user)
    found: WorkingGroup | None = groups.filter(slug=given.group).first()
    if found is None:
        raise InvalidInput(
            "group", _("There is no working group “%(slug)s”."), slug=given.group
        ).at("group")
    return receiver_of(question, value_of(found), "")


def _visible_answer(request: PersonRequest, question: Question, number: int) -> Reply:
    seen = question.replies.visible_to(request.user).answers().select_related("question")
    found: Reply = get_object_or_404(seen, pk=number)
    return found


def _shown(request: PersonRequest, response: HttpResponse, question: Question) -> QuestionResource:
    """As it is now, also for who said a moment ago that it is not for them."""
    tag(response, question)
    found = Question.objects.with_receivers().get(pk=question.pk)
    return whole_question(request, found)
