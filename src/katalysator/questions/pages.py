"""The page of one question: who reads it, what they see of it and may do with it, and what is said when they did."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from katalysator.core import audit
from katalysator.core.actors import ASKER, Actor, permits
from katalysator.core.forms import add_fault
from katalysator.core.links import linked
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.knowledge.models import KnowledgeItem
from katalysator.questions.forms import AnswerForm, MoreForm, RouteForm, WhyNotForm
from katalysator.questions.handling.proposals import proposals, why
from katalysator.questions.models import Question, Reply
from katalysator.questions.steps import newest_reply
from katalysator.questions.workflow import ANSWER, DECIDE, OWN, QUESTION, RECEIVE

Forms = Mapping[str, Form]
_IN_A_FORM = frozenset({"ask-more", "reopen"})


def seen_question(request: HttpRequest, pk: int, key: str) -> Question | None:
    """The question that is asked for: by its number where the reader may see it, else a 404; by its link, or None."""
    if key:
        return linked(Question.objects.with_receivers().exclude(email=""), key)
    seen = Question.objects.visible_to(request.user).with_receivers()
    found: Question = get_object_or_404(seen, pk=pk)
    return found


def actor(request: HttpRequest, key: str) -> Any:
    """Who does something: a person, or who has the link. A 403 for a visitor without one."""
    if not key and not request.user.is_authenticated:
        raise PermissionDenied
    return ASKER if key else request.user


def gone(request: HttpRequest) -> HttpResponse:
    """What a link says that is not ours, too old, or leads to what was thrown away."""
    return render(request, "questions/gone.html", status=404)


def tried(
    request: HttpRequest,
    question: Question,
    key: str,
    do: Callable[[], object],
    done: str,
    forms: Forms | None = None,
) -> HttpResponse:
    """Do something with a question, and go back to it; with the first of `forms` again where that is to be mended."""
    try:
        do()
    except InvalidInput as error:
        return _to_mend(request, question, key, forms or {}, error)
    except NotAllowed as error:
        raise PermissionDenied from error
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("question-own", key=key) if key else _back(request, question)


def question_page(
    request: HttpRequest,
    question: Question,
    key: str = "",
    forms: Forms | None = None,
    status: int = 200,
) -> HttpResponse:
    """What there is to see of a question, and to do, for who reads it; `forms` are those to be mended."""
    by: Actor | None = ASKER if key else request.user if request.user.is_authenticated else None
    may = partial(_may, by, question)
    context: dict[str, Any] = {
        "question": question,
        "key": key,
        "replies": _replies(request, question, key),
        "why": why(question.routing.shared, as_contact=question.routing.as_contact)
        if question.routing
        else "",
        "knowledge": KnowledgeItem.objects.visible_to(request.user)
        .filter(pk=question.knowledge_id or 0)
        .first(),
        "is_asker": may(OWN),
        "steps": [each for each in _steps(question, may) if each.deed not in _IN_A_FORM],
        "more": MoreForm() if may(OWN) and question.state not in ("asked", "withdrawn") else None,
        "can_reopen": QUESTION.allows(question.state, "reopen"),
        "may_decide": may(DECIDE),
        **_for_answerers(question, may),
        **(_for_bureau(question) if may(DECIDE) else {}),
        **(forms or {}),
    }
    return render(request, "questions/question.html", context, status=status)


def _may(by: Actor | None, question: Question, permission: str) -> bool:
    return by is not None and permits(by, permission, question)


def _steps(question: Question, may: Callable[[str], bool]) -> list[Any]:
    return list(QUESTION.transitions_from(question.state, OWN)) if may(OWN) else []


def _replies(request: HttpRequest, question: Question, key: str) -> list[Reply]:
    seen = question.replies.all() if key else question.replies.visible_to(request.user)
    return list(seen.with_givers())


def _for_answerers(question: Question, may: Callable[[str], bool]) -> dict[str, Any]:
    if not may(ANSWER):
        return {}
    initial = {"seen": newest_reply(question), "in_public": question.is_public}
    can = QUESTION.allows(question.state, "answer")
    form = AnswerForm(may_be_public=question.may_be_public, initial=initial)
    return {
        "may_answer": True,
        "answer": form if can else None,
        "refuse": WhyNotForm(prefix="refuse") if may(RECEIVE) else None,
        "may_share": _may_share(question),
    }


def _may_share(question: Question) -> Reply | None:
    """The answer that knowledge can be made of, the one that helped first; None where there is none, or it was."""
    if question.knowledge_id:
        return None
    public = [each for each in question.replies.answers().with_givers() if each.is_public]
    found = [each for each in public if each.knower]
    return max(found, key=lambda each: each.helped, default=None)


def _for_bureau(question: Question) -> dict[str, Any]:
    is_open = question.is_open
    return {
        "routings": list(question.routings.with_receivers()),
        "proposals": proposals(question) if is_open else [],
        "route": RouteForm(prefix="route", question=question) if is_open else None,
        "decline": WhyNotForm(prefix="decline") if is_open else None,
        "history": [(at, QUESTION.history(verb)) for at, verb in audit.newest(question, 20)],
    }


def _to_mend(
    request: HttpRequest, question: Question, key: str, forms: Forms, fault: InvalidInput
) -> HttpResponse:
    if not forms:
        messages.error(request, str(fault))
        return _back(request, question)
    add_fault(next(iter(forms.values())), fault)
    return question_page(request, question, key, forms, status=422)


def _back(request: HttpRequest, question: Question) -> HttpResponse:
    """To the question, where who did something may still see it."""
    is_seen = Question.objects.visible_to(request.user).filter(pk=question.pk).exists()
    return redirect("question", pk=question.pk) if is_seen else redirect("account")
