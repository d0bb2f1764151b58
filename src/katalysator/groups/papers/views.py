"""Pages of meetings with their minutes, and of decisions."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core import audit
from katalysator.core.forms import carried_out, done, form_page
from katalysator.groups.models import Decision, Meeting
from katalysator.groups.pages import own_group, paper_of, seen_group
from katalysator.groups.papers import verbs
from katalysator.groups.papers.forms import DecisionForm, MeetingForm, MinutesForm, meeting_initial
from katalysator.groups.papers.workflow import DECISION, MEETING
from katalysator.groups.rules import powers
from katalysator.groups.workflow import KEEP

PAGE = 20
_writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All meetings of a group that may be read."""
    group = seen_group(request, slug)
    seen = Meeting.objects.visible_to(request.user).filter(group=group).select_related("group")
    page = Paginator(seen, PAGE).get_page(request.GET.get("page"))
    keeps = KEEP in powers(request.user, group)
    context = {"group": group, "page": page, "keeps": keeps}
    return render(request, "groups/meeting_list.html", context)


@require_safe
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One meeting: its agenda, its minutes, and what came of it."""
    group = seen_group(request, slug)
    found: Meeting = paper_of(group, Meeting.objects.visible_to(request.user), pk)
    keeps = KEEP in powers(request.user, group)
    steps = MEETING.transitions_from(found.state) if keeps else ()
    context = {
        "group": group,
        "meeting": found,
        "keeps": keeps,
        "steps": [step for step in steps if step.deed != "write"],
        "writes": any(step.deed == "write" for step in steps),
        "decisions": Decision.objects.visible_to(request.user).filter(meeting=found),
    }
    return render(request, "groups/meeting.html", context)


@login_required
@_writing
def meeting_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Plan a meeting."""
    group = own_group(request, slug, KEEP)
    form = MeetingForm(request.POST or None)

    def plan() -> Meeting:
        said = {name: form.cleaned_data[name] for name in ("starts_at", "place", "agenda")}
        return verbs.plan(group, by=request.user, **said)

    if carried_out(request, form, plan):
        messages.success(request, _("Planned. Members hear of it by mail."))
        return redirect(group)
    return form_page(
        request, "groups/paper_form.html", form, group=group, heading=_("Plan a meeting")
    )


@login_required
@_writing
def meeting_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Change when and where a meeting is, and what it is about."""
    group = own_group(request, slug, KEEP)
    found: Meeting = paper_of(group, Meeting.objects.visible_to(request.user), pk)
    initial = {**meeting_initial(found), "seen": audit.latest_of(found)}
    form = MeetingForm(request.POST or None, initial=initial)
    if carried_out(request, form, lambda: verbs.edit(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(found)
    return form_page(
        request, "groups/paper_form.html", form, group=group, heading=_("Change the meeting")
    )


@login_required
@_writing
def minutes_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Write what was said."""
    group = own_group(request, slug, KEEP)
    found: Meeting = paper_of(group, Meeting.objects.visible_to(request.user), pk)
    initial = {"minutes": found.minutes, "seen": audit.latest_of(found)}
    form = MinutesForm(request.POST or None, initial=initial)
    if carried_out(request, form, lambda: verbs.write(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _(MEETING.step("write").done))
        return redirect(found)
    return form_page(request, "groups/paper_form.html", form, group=group, heading=_("Minutes"))


@login_required
@require_POST
def meeting_move(request: PersonRequest, slug: str, pk: int, deed: str) -> HttpResponse:
    """Adopt minutes, open them again, or cancel a meeting."""
    group = own_group(request, slug, KEEP)
    found: Meeting = paper_of(group, Meeting.objects.visible_to(request.user), pk)
    move = partial(verbs.move, found, deed, by=request.user)
    done(request, move, _(MEETING.step(deed).done))
    return redirect(found)


@require_safe
def decision_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All decisions of a group that may be read, the newest first."""
    group = seen_group(request, slug)
    seen = Decision.objects.visible_to(request.user).filter(group=group)
    page = Paginator(seen.select_related("meeting__group"), PAGE).get_page(request.GET.get("page"))
    keeps = KEEP in powers(request.user, group)
    context = {"group": group, "page": page, "keeps": keeps}
    return render(request, "groups/decision_list.html", context)


@login_required
@_writing
def decision_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Write down a decision."""
    group = own_group(request, slug, KEEP)
    asked = {"meeting": request.GET.get("meeting")}
    form = DecisionForm(request.POST or None, group=group, initial=asked)
    if carried_out(
        request, form, lambda: verbs.decide(group, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Written down, with a number."))
        return redirect("group-decisions", slug)
    return form_page(
        request, "groups/paper_form.html", form, group=group, heading=_("Write down a decision")
    )


@login_required
@require_POST
def decision_revoke(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Revoke a decision."""
    group = own_group(request, slug, KEEP)
    found: Decision = paper_of(group, Decision.objects.visible_to(request.user), pk)
    revoke = partial(verbs.revoke, found, by=request.user)
    done(request, revoke, _(DECISION.step("revoke").done))
    return redirect("group-decisions", slug)
