"""Deeds of who answers, and of the bureau; the bureau's queue."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Final, TypeAlias

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import add_fault
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.questions.forms import AnswerForm, RouteForm, WhyNotForm, typed
from katalysator.questions.handling import verbs
from katalysator.questions.models import Question, Reply, Routing
from katalysator.questions.pages import question_page, tried
from katalysator.questions.steps import newest_reply
from katalysator.questions.times import answer_times, receiver_times
from katalysator.questions.workflow import ANSWER, DECIDE, QUESTION, RECEIVE

PAGE: Final = 30


QuestionDeedView: TypeAlias = Callable[[PersonRequest, int], HttpResponse]


def _unless_passed_on(view: QuestionDeedView) -> QuestionDeedView:
    """Say so where a colleague said a moment ago that it is not for them: then they do not see it any more."""

    @wraps(view)
    def checked(request: PersonRequest, pk: int) -> HttpResponse:
        seen = Question.objects.visible_to(request.user).filter(pk=pk)
        if not seen.exists() and Routing.objects.of(request.user).filter(question=pk).exists():
            messages.error(request, _("A colleague said that this question is not for you."))
            return redirect("account")
        return view(request, pk)

    return checked


@login_required
@require_safe
def question_queue(request: PersonRequest) -> HttpResponse:
    """All questions, those that wait for the bureau first, and how long answers take."""
    if not permits(request.user, DECIDE):
        raise PermissionDenied
    found = Question.objects.visible_to(request.user).with_receivers()
    asked = request.GET.get("state", "")
    states = [state for state in QUESTION.states if state != QUESTION.initial]
    found = found.filter(state=asked) if asked in states else found.urgent()
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "states": [(state, QUESTION.label(state)) for state in states],
        "asked": asked,
        "times": answer_times(),
        "receivers": receiver_times(),
    }
    return render(request, "questions/question_queue.html", context)


@login_required
@require_POST
def question_route(request: PersonRequest, pk: int) -> HttpResponse:
    """Send it to who may know."""
    found = _seen(request, pk)
    if not permits(request.user, DECIDE):
        raise PermissionDenied
    form = RouteForm(request.POST, prefix="route", question=found)
    if not form.is_valid():
        return question_page(request, found, forms={"route": form}, status=422)
    given = form.cleaned_data
    do = partial(verbs.route, found, given["who"], by=request.user, seen=given["seen"])
    return tried(request, found, "", do, _(QUESTION.step("route").done))


@login_required
@require_POST
@_unless_passed_on
def question_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer it; where somebody wrote meanwhile, what was typed is there again, below that."""
    found = _seen(request, pk)
    if not permits(request.user, ANSWER, found):
        raise PermissionDenied
    form = AnswerForm(request.POST, may_be_public=found.may_be_public)
    if form.is_valid():
        try:
            verbs.answer(found, by=request.user, **form.cleaned_data)
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
            form.data = typed(form, seen=str(newest_reply(found)))
        except NotAllowed as error:
            raise PermissionDenied from error
        else:
            messages.success(request, _(QUESTION.step("answer").done))
            return redirect(found)
    found.refresh_from_db()
    return question_page(request, found, forms={"answer": form}, status=422)


@login_required
@require_POST
@_unless_passed_on
def question_refuse(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that it is not for those who have it."""
    found = _seen(request, pk)
    if not permits(request.user, RECEIVE, found):
        raise PermissionDenied
    form = WhyNotForm(request.POST, prefix="refuse")
    if not form.is_valid():
        return question_page(request, found, forms={"refuse": form}, status=422)
    do = partial(verbs.pass_on, found, by=request.user, **form.cleaned_data)
    return tried(request, found, "", do, _(QUESTION.step("pass-on").done), {"refuse": form})


@login_required
@require_POST
def question_decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that the coalition does not answer it."""
    found = _seen(request, pk)
    if not permits(request.user, DECIDE):
        raise PermissionDenied
    form = WhyNotForm(request.POST, prefix="decline")
    if not form.is_valid():
        return question_page(request, found, forms={"decline": form}, status=422)
    do = partial(verbs.decline, found, by=request.user, **form.cleaned_data)
    return tried(request, found, "", do, _(QUESTION.step("decline").done), {"decline": form})


@login_required
@require_POST
def reply_share(request: PersonRequest, pk: int, reply: int) -> HttpResponse:
    """Make a draft of knowledge of an answer, and go there."""
    found = _seen(request, pk)
    shared = get_object_or_404(Reply.objects.filter(question=found), pk=reply)
    try:
        item = verbs.share(shared, by=request.user)
    except (Conflict, InvalidInput) as error:
        messages.error(request, str(error))
        return redirect(found)
    except NotAllowed as error:
        raise PermissionDenied from error
    messages.success(request, _("It is a draft of knowledge now. Look it through, and publish it."))
    return redirect(item)


def _seen(request: PersonRequest, pk: int) -> Question:
    seen = Question.objects.visible_to(request.user).with_receivers()
    found: Question = get_object_or_404(seen, pk=pk)
    return found
