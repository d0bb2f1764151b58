"""What this room shows on pages of others: what waits, what was asked in a corner, what an organisation answered."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Organisation
from katalysator.core.panels import panel
from katalysator.engine.search import Sought
from katalysator.knowledge.models import KnowledgeItem
from katalysator.questions.models import Question
from katalysator.search.finding import ranked

_WAITING: Final = 10
_IN_CORNER: Final = 5
_ANSWERED: Final = 5
_ALIKE: Final = 3


@panel("bureau", "questions/_of_bureau.html", position=15)
def waiting(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Questions that wait for the bureau, the oldest first."""
    seen = Question.objects.visible_to(request.user)
    found = seen.waiting()
    with_others = seen.filter(state="with").count()
    return {"questions": found[:_WAITING], "count": found.count(), "with_others": with_others}


@panel("account", "questions/_of_account.html", position=15)
def own(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """Questions that one is to answer, and those that one asked."""
    open_ones = Question.objects.received_by(request.user, now=True).filter(state="with")
    to_answer = list(open_ones.with_receivers().order_by("asked_at", "pk")[:_WAITING])
    asked = list(Question.objects.of(request.user)[:_WAITING])
    return {"to_answer": to_answer, "asked": asked} if to_answer or asked else None


@panel("corner", "questions/_of_corner.html", position=60)
def asked_in(request: HttpRequest, corner: Corner) -> dict[str, Any] | None:  # noqa: ARG001
    """What was asked in public about an area, a building block, or both; nothing for a hub, which no question names."""
    if corner.hub:
        return None
    found = Question.objects.public().filter(**_about(corner))
    url = f"{reverse('question-list')}?{urlencode(corner.query)}"
    shown = found.with_receivers()[:_IN_CORNER]
    return {"questions": shown, "count": found.count(), "url": url}


@panel("organisation", "questions/_of_organisation.html", position=55)
def answered_by(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:  # noqa: ARG001
    """What an organisation answered in public."""
    found = Question.objects.answered_by(organisation)
    shown = list(found.with_receivers()[:_ANSWERED])
    return {"questions": shown, "count": found.count()} if shown else None


@panel("knowledge", "questions/_of_knowledge.html", position=30)
def question_of(request: HttpRequest, item: KnowledgeItem) -> dict[str, Any] | None:  # noqa: ARG001
    """The question that an item of knowledge answers, where everybody may read it."""
    found = list(Question.objects.public().filter(knowledge=item))
    return {"questions": found} if found else None


@panel("before-asking", "questions/_before_asking.html", position=10)
def answered_alike(request: HttpRequest, query: Sought) -> dict[str, Any] | None:  # noqa: ARG001
    """Questions like the one that somebody is about to ask, with an answer that everybody may read."""
    answered = Question.objects.answered_in_public()
    found = answered.found(query)[:_ALIKE]
    return {"questions": ranked(Question.objects.public(), found)} if found else None


@panel("before-asking", "questions/_known_before_asking.html", position=20)
def known_alike(request: HttpRequest, query: Sought) -> dict[str, Any] | None:
    """Knowledge that may answer it."""
    seen = KnowledgeItem.objects.visible_to(request.user).current()
    found = seen.most_relevant(query, _ALIKE)
    return {"items": found} if found else None


def _about(corner: Corner) -> dict[str, Any]:
    asked = {"area": corner.area, "block": corner.block and corner.block.value}
    return {name: value for name, value in asked.items() if value}
