"""The API's part on questions: what was asked and answered in public. Who asked is never told."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router

from katalysator.core.api import Links, PageOf, Resource, page_facts, paged
from katalysator.core.filters import ListQuery
from katalysator.knowledge.models import KnowledgeItem
from katalysator.questions.filters import QuestionFilter
from katalysator.questions.models import Question, Reply
from katalysator.questions.times import answer_times

router = Router(tags=["questions"], by_alias=True)


class QuestionSummary(Resource):
    """A question that everybody may read: what it asks and is about, since when, who has or answered it."""

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
    """An answer in public, as Markdown: when it was given, for whom (null: by the bureau), and whether it helped."""

    at: datetime
    given_for: str | None
    text: str
    helped: bool


class QuestionResource(QuestionSummary):
    """A question with all that is said of it in public, the knowledge that was made of it, by its number."""

    text: str
    answers: list[AnswerResource]
    knowledge: int | None


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


@router.get("/questions/{number}", response=QuestionResource)
def question(request: HttpRequest, number: int) -> QuestionResource:
    """One of them, with its answers in public."""
    found: Question = get_object_or_404(Question.objects.public().with_receivers(), pk=number)
    answers = found.replies.answers().with_givers().filter(visibility="public")
    return QuestionResource(
        **_told(request, found),
        text=found.text,
        answers=[_answer(each) for each in answers],
        knowledge=_knowledge(request, found),
    )


@router.get("/answer-times", response=AnswerTimesResource)
def times(request: HttpRequest) -> AnswerTimesResource:  # noqa: ARG001
    """How long answers take, over all questions."""
    found = answer_times()
    if found is None:
        return AnswerTimesResource(count=0, median=None, nine_in_ten=None)
    return AnswerTimesResource(
        count=found.count, median=found.median, nine_in_ten=found.nine_in_ten
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
        "links": Links(
            this=request.build_absolute_uri(reverse("api:question", args=[question.pk])),
            page=request.build_absolute_uri(question.get_absolute_url()),
        ),
    }


def _answer(reply: Reply) -> AnswerResource:
    given_for = reply.given_for
    return AnswerResource(
        at=reply.at,
        given_for=given_for.name if given_for else None,
        text=reply.text,
        helped=reply.helped,
    )


def _knowledge(request: HttpRequest, question: Question) -> int | None:
    """The item, where who asks may see it."""
    seen = KnowledgeItem.objects.visible_to(request.user).filter(pk=question.knowledge_id or 0)
    return question.knowledge_id if seen.exists() else None
