"""Pages of who asks, and of whoever reads: the list, one question, the form, and a stranger's own page."""

from functools import partial
from typing import Any, Final, cast

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.core import panels
from katalysator.core.actors import ASKER, Actor
from katalysator.core.changes import EVERYTHING, states
from katalysator.core.forms import add_fault, form_page
from katalysator.core.language import active_language
from katalysator.core.pages import kept_page
from katalysator.faults import InvalidInput
from katalysator.questions import verbs
from katalysator.questions.filters import QuestionFilter
from katalysator.questions.forms import MoreForm, QuestionForm, typed
from katalysator.questions.models import Question, Reply
from katalysator.questions.pages import actor, gone, question_page, seen_question, tried
from katalysator.questions.tasks import UNPROVEN_KEPT
from katalysator.questions.times import answer_times
from katalysator.questions.workflow import QUESTION
from katalysator.search.finding import understood

PAGE: Final = 20
_PLAIN: Final = {
    "confirm": verbs.confirm,
    "thank": verbs.thank,
    "withdraw": verbs.withdraw,
    "hide": verbs.hide,
    "show": verbs.show,
}
"""Deeds of who asked, and of who looks after what is shown, that need no words."""
_WITH_WORDS: Final = {"ask-more": verbs.follow_up, "reopen": verbs.reopen}


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """Questions that everybody may read."""
    now = states()
    contents, state = partial(_list, choices_of=now.of(EVERYTHING)), now.of(EVERYTHING)
    template = "questions/question_list.html"
    return kept_page(request, template, contents, sees="", now=now, state=state)


def _list(request: HttpRequest, choices_of: str) -> dict[str, Any]:
    asked = QuestionFilter(request.GET, Question.objects.public(), request=request)
    found = asked.qs.with_receivers()
    return {
        "form": asked.form,
        "choices_of": choices_of,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "active_filters": list(asked.active()),
        "times": answer_times(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def question_ask(request: HttpRequest) -> HttpResponse:
    """Ask something; what may answer it already is shown first."""
    if request.method == "POST" and (refusal := consume_or_429(request, action="ask")):
        return cast("HttpResponse", refusal)
    asker = request.user if request.user.is_authenticated else None
    form = QuestionForm(request.POST or None, with_address=asker is None)
    known: list[Any] = []
    if request.method == "POST" and form.is_valid():
        known = [] if form.has_looked else _known(request, form)
        if not known:
            try:
                return _asked(request, form, asker or ASKER)
            except InvalidInput as error:
                add_fault(form, error)
        form.data = typed(form, looked="on")
    return form_page(request, "questions/ask.html", form, known=known)


def _known(request: HttpRequest, form: QuestionForm) -> list[Any]:
    """What all rooms know that may answer it."""
    return panels.shown("before-asking", request, understood(form.cleaned_data["title"]))


def _asked(request: HttpRequest, form: QuestionForm, by: Actor) -> HttpResponse:
    email = form.cleaned_data.get("email", "")
    if by is ASKER and (refusal := consume_or_429(request, action="ask_address", key=email)):
        return cast("HttpResponse", refusal)
    made = verbs.ask(form.content(), by=by, language=active_language(), email=email)
    if by is ASKER:
        return redirect("question-sent")
    messages.success(request, _("Asked. We look for who knows the answer; you get it by mail."))
    return redirect(made)


@require_safe
def question_sent(request: HttpRequest) -> HttpResponse:
    """What happens now: a link was sent."""
    return render(request, "questions/sent.html", {"days": UNPROVEN_KEPT.days})


@require_safe
def question(request: HttpRequest, pk: int = 0, key: str = "") -> HttpResponse:
    """One question, with what the reader may see of it and do with it; by its link it asks first, as programs follow links too."""
    found = seen_question(request, pk, key)
    return question_page(request, found, key) if found else gone(request)


@require_POST
def question_move(request: HttpRequest, deed: str, pk: int = 0, key: str = "") -> HttpResponse:
    """What who asked it decides, or the bureau of what is shown."""
    found, by = seen_question(request, pk, key), actor(request, key)
    if found is None:
        return gone(request)
    if deed not in _WITH_WORDS:
        return tried(request, found, key, partial(_PLAIN[deed], found, by=by), _said(deed))
    form = MoreForm(request.POST)
    if not form.is_valid():
        return question_page(request, found, key, {"more": form}, status=422)
    do = partial(_WITH_WORDS[deed], found, by=by, text=form.cleaned_data["text"])
    return tried(request, found, key, do, _said(deed), {"more": form})


@require_POST
def reply_mark(request: HttpRequest, reply: int, pk: int = 0, key: str = "") -> HttpResponse:
    """Say whether an answer helped."""
    found = seen_question(request, pk, key)
    if found is None:
        return gone(request)
    marked = get_object_or_404(Reply.objects.answers().filter(question=found), pk=reply)
    helped = request.POST.get("helped") == "yes"
    do = partial(verbs.mark, marked, by=actor(request, key), helped=helped)
    return tried(
        request, found, key, do, _("Thank you for saying so.") if helped else _("Taken back.")
    )


def _said(deed: str) -> str:
    """What is said to who did it."""
    if deed == "show":
        return _("Everybody can read it now.")
    if deed == "hide":
        return _("Nobody but those who answer it can read it now.")
    return _(QUESTION.step(deed).done)
