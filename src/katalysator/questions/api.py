"""The API's part on questions: what was asked and answered in public, and what involves the asker. Who asked is never told."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.core.actors import permits
from katalysator.core.api import Links, PageOf, Paging, RecordNumber, Resource, page_facts, paged
from katalysator.core.api_writing import deeds_for, tag
from katalysator.core.filters import ListQuery
from katalysator.knowledge.models import KnowledgeItem
from katalysator.questions.filters import QuestionFilter
from katalysator.questions.models import Question, Reply
from katalysator.questions.times import answer_times
from katalysator.questions.workflow import DECIDE, OWN, QUESTION, SHOWN

router = Router(tags=["questions"], by_alias=True)


class QuestionSummary(Resource):
    """A question: what it asks and is about, since when, who has or answered it."""

    id: int
    title: str
    language: str
    area: str | None
    block: str | None
    state: str
    asked_at: datetime
    answered_at: datetime | None
    receiver: str | None
    links: Links


class AnswerResource(Resource):
    """An answer, as Markdown: when it was given, for whom (null: by the bureau), and whether it helped."""

    id: int
    at: datetime
    given_for: str | None
    text: str
    helped: bool
    in_public: bool


class MoreResource(Resource):
    """What who asked said besides."""

    at: datetime
    text: str


class QuestionResource(QuestionSummary):
    """A question with all that the asker of the API may read of it.

    `knowledge` is the number of the item that was made of it, `deeds` what may be done with it now, and `mayBePublic`
    whether it may be answered in public.
    """

    text: str
    answers: list[AnswerResource]
    more: list[MoreResource]
    knowledge: int | None
    visibility: str
    may_be_public: bool
    deeds: list[str]


class AnswerTimesResource(Resource):
    """In how many working days half of the answers came, and nine in ten of them, in half a year; null without answers."""

    count: int
    median: float | None
    nine_in_ten: int | None


class QuestionPage(PageOf):
    """One page of questions, the newest first; by relevance where words are asked for."""

    items: list[QuestionSummary]


@router.get("/questions", response=QuestionPage)
def questions(request: HttpRequest, query: Query[ListQuery[QuestionFilter]]) -> QuestionPage:
    """Questions that everybody may read."""
    found = query.narrow(Question.objects.public(), request)
    page = paged(found.with_receivers(), query)
    items = [question_summary(request, each) for each in page]
    return QuestionPage(items=items, **page_facts(request, page))


@router.get("/questions/own", response=QuestionPage)
def own_questions(request: HttpRequest, query: Query[Paging]) -> QuestionPage:
    """Those that one asked, and those that one got, the most urgent first; for the bureau all. None for a visitor."""
    found = Question.objects.involving(request.user).with_receivers().urgent()
    page = paged(found, query)
    items = [question_summary(request, each) for each in page]
    return QuestionPage(items=items, **page_facts(request, page))


@router.get("/questions/{number}", response=QuestionResource)
def question(
    request: HttpRequest, response: HttpResponse, number: RecordNumber
) -> QuestionResource:
    """One question that everybody may read, or that involves the asker, with what they may read of its answers."""
    found = visible_question(request, number)
    tag(response, found)
    return whole_question(request, found)


@router.get("/answer-times", response=AnswerTimesResource)
def times(request: HttpRequest) -> AnswerTimesResource:  # noqa: ARG001
    """How long answers take, over all questions."""
    found = answer_times()
    if found is None:
        return AnswerTimesResource(count=0, median=None, nine_in_ten=None)
    return AnswerTimesResource(
        count=found.count, median=found.median, nine_in_ten=found.nine_in_ten
    )


def visible_question(request: HttpRequest, number: int) -> Question:
    """One question that the asker may see; raises a 404 for any other."""
    seen = Question.objects.visible_to(request.user).with_receivers()
    found: Question = get_object_or_404(seen, pk=number)
    return found


def whole_question(request: HttpRequest, question: Question) -> QuestionResource:
    """A question read `with_receivers`, with what the asker may read and do. Cost: some queries."""
    replies = list(question.replies.visible_to(request.user).with_givers())
    return QuestionResource(
        **_told(request, question),
        text=question.text,
        answers=[_answer(each) for each in replies if each.is_answer],
        more=[MoreResource(at=each.at, text=each.text) for each in replies if not each.is_answer],
        knowledge=_knowledge(request, question),
        visibility=question.visibility,
        may_be_public=question.may_be_public,
        deeds=[*deeds_for(request.user, QUESTION, question), *_shows(request, question)],
    )


def question_summary(request: HttpRequest, question: Question) -> QuestionSummary:
    """A question as a list tells it."""
    return QuestionSummary(**_told(request, question))


def _told(request: HttpRequest, question: Question) -> dict[str, Any]:
    return {
        "id": question.pk,
        "title": question.title,
        "language": question.text_language,
        "area": question.area_id,
        "block": question.block or None,
        "state": question.state,
        "asked_at": question.asked_at,
        "answered_at": question.answered_at,
        "receiver": question.routing.receiver.name if question.routing else None,
        "links": Links.of(request, question, "question"),
    }


def _answer(reply: Reply) -> AnswerResource:
    given_for = reply.given_for
    return AnswerResource(
        id=reply.pk,
        at=reply.at,
        given_for=given_for.name if given_for else None,
        text=reply.text,
        helped=reply.helped,
        in_public=reply.is_public,
    )


def _shows(request: HttpRequest, question: Question) -> list[str]:
    """Whether the asker may show the question to everybody, or hide it."""
    me, seen = request.user, Question.Visibility
    if not me.is_authenticated:
        return []
    decides = permits(me, DECIDE, question)
    may_hide = question.is_public and (decides or permits(me, OWN, question))
    is_hidden = question.visibility in (seen.OFFERED, seen.HIDDEN) and question.state in SHOWN
    return [*(["show"] if decides and is_hidden else []), *(["hide"] if may_hide else [])]


def _knowledge(request: HttpRequest, question: Question) -> int | None:
    """The item, where who asks may see it."""
    seen = KnowledgeItem.objects.visible_to(request.user).filter(pk=question.knowledge_id or 0)
    return question.knowledge_id if seen.exists() else None
