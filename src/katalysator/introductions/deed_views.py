"""The buttons and forms of the page of an introduction: each does one verb and comes back."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from katalysator.coalition.models import PersonRequest
from katalysator.core.language import active_language
from katalysator.introductions import together, verbs
from katalysator.introductions.forms import (
    AlongForm,
    LessonForm,
    MessageForm,
    NoForm,
    ResultForm,
    StepForm,
)
from katalysator.introductions.models import Introduction, NextStep, Party
from katalysator.introductions.pages import pressed, seen_introduction, sent
from katalysator.introductions.plain_deeds import PLAIN_DEEDS
from katalysator.introductions.seen import seen_parties
from katalysator.introductions.thread import verbs as thread
from katalysator.introductions.workflow import INTRODUCTION


@login_required
@require_POST
def move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """What needs no words."""
    row = seen_introduction(request, pk)
    do = partial(PLAIN_DEEDS[deed], row, by=request.user)
    return pressed(request, row, do, _(INTRODUCTION.step(deed).done))


@login_required
@require_POST
def accept(request: PersonRequest, pk: int, party: int) -> HttpResponse:
    """Say yes."""
    row = seen_introduction(request, pk)
    do = partial(verbs.accept, _party(row, party), by=request.user)
    return pressed(request, row, do, _("You said yes. Thank you."))


@login_required
@require_POST
def decline(request: PersonRequest, pk: int, party: int) -> HttpResponse:
    """Say no, and why."""
    row, form = seen_introduction(request, pk), NoForm(request.POST, prefix="refuse")
    mine = _party(row, party)

    def do() -> object:
        return verbs.decline(mine, by=request.user, **form.cleaned_data)

    return sent(request, row, "refuse", form, do, _(INTRODUCTION.step("decline").done))


@login_required
@require_POST
def take_over(request: PersonRequest, pk: int, party: int) -> HttpResponse:
    """Speak for one's party from now on."""
    row = seen_introduction(request, pk)
    do = partial(verbs.take_over, _party(row, party), by=request.user)
    return pressed(request, row, do, _("You speak for your party from now on."))


@login_required
@require_POST
def say(request: PersonRequest, pk: int) -> HttpResponse:
    """Write to the other parties."""
    row, form = seen_introduction(request, pk), MessageForm(request.POST, prefix="message")

    def do() -> object:
        return thread.say(row, by=request.user, text=form.cleaned_data["text"])

    return sent(request, row, "message", form, do, _("Sent."))


@login_required
@require_POST
def ask_along(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask one more along."""
    row, form = seen_introduction(request, pk), AlongForm(request.POST, prefix="along")

    def do() -> object:
        return verbs.ask_along(row, form.side(request.user), by=request.user)

    return sent(request, row, "along", form, do, _("Asked. They get a mail."))


@login_required
@require_POST
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down what is to be done."""
    row = seen_introduction(request, pk)
    form = StepForm(request.POST, prefix="step", parties=seen_parties(row, request.user))

    def do() -> object:
        given = form.cleaned_data
        party = row.parties.filter(pk=given["party"]).first() if given["party"] else None
        return together.plan(
            row, by=request.user, what=given["what"], party=party, due=given["due"]
        )

    return sent(request, row, "step", form, do, _("Written down."))


@login_required
@require_POST
def tick(request: PersonRequest, pk: int, step: int) -> HttpResponse:
    """Say that a step is done, or is not after all."""
    row, found = _step(request, pk, step)
    done = request.POST.get("done") == "yes"
    do = partial(together.tick, found, by=request.user, done=done)
    return pressed(request, row, do, _("Done.") if done else _("Taken back."))


@login_required
@require_POST
def drop(request: PersonRequest, pk: int, step: int) -> HttpResponse:
    """Take a step off the list."""
    row, found = _step(request, pk, step)
    do = partial(together.drop, found, by=request.user)
    return pressed(request, row, do, _("Taken off the list."))


@login_required
@require_POST
def stop(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop, and say why."""
    row, form = seen_introduction(request, pk), NoForm(request.POST, prefix="end")

    def do() -> object:
        return together.stop(row, by=request.user, **form.cleaned_data)

    return sent(request, row, "end", form, do, _(INTRODUCTION.step("end").done))


@login_required
@require_POST
def finish(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell what came of it."""
    row, form = seen_introduction(request, pk), ResultForm(request.POST, prefix="result")

    def do() -> object:
        return together.finish(row, by=request.user, result=form.content())

    return sent(request, row, "result", form, do, _(INTRODUCTION.step("finish").done))


@login_required
@require_POST
def learn(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down what was learned."""
    row, form = seen_introduction(request, pk), LessonForm(request.POST, prefix="lesson")

    def do() -> object:
        return together.learn(row, by=request.user, lesson=form.cleaned_data["lesson"])

    return sent(
        request,
        row,
        "lesson",
        form,
        do,
        _("Thank you. Share it as knowledge, so that others find it."),
    )


@login_required
@require_POST
def share(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a draft of knowledge of it."""
    row = seen_introduction(request, pk)
    do = partial(together.share, row, by=request.user, language=active_language())
    return pressed(request, row, do, _("A draft of knowledge is made. Read it, and publish it."))


def _party(row: Introduction, number: int) -> Party:
    found: Party = get_object_or_404(row.parties.select_related("introduction"), pk=number)
    return found


def _step(request: PersonRequest, pk: int, number: int) -> tuple[Introduction, NextStep]:
    row = seen_introduction(request, pk)
    steps = NextStep.objects.visible_to(request.user).filter(introduction=row)
    found: NextStep = get_object_or_404(steps.select_related("introduction"), pk=number)
    return row, found
