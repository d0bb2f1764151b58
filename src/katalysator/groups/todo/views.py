"""Pages of tasks, for members."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core import audit
from katalysator.core.forms import carried_out, done, form_page
from katalysator.groups.models import GroupTask
from katalysator.groups.pages import own_group, paper_of
from katalysator.groups.papers.forms import TaskForm, task_initial
from katalysator.groups.papers.workflow import TASK
from katalysator.groups.todo import verbs
from katalysator.groups.workflow import WORK

PAGE = 30
_writing = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def task_list(request: PersonRequest, slug: str) -> HttpResponse:
    """The tasks of a group, those that are open first."""
    group = own_group(request, slug, WORK)
    seen = GroupTask.objects.visible_to(request.user).filter(group=group).with_holders()
    shown = Paginator(seen.open_first(), PAGE).get_page(request.GET.get("page"))
    rows = [(each, TASK.transitions_from(each.state)) for each in shown]
    context = {"group": group, "page": shown, "rows": rows}
    return render(request, "groups/task_list.html", context)


@login_required
@_writing
def task_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Add a task."""
    group = own_group(request, slug, WORK)
    form = TaskForm(request.POST or None, group=group)

    def add() -> GroupTask:
        said = {name: form.cleaned_data[name] for name in ("what", "holder", "due")}
        return verbs.add(group, by=request.user, **said)

    if carried_out(request, form, add):
        messages.success(request, _("Added."))
        return redirect("group-tasks", slug)
    return form_page(request, "groups/paper_form.html", form, group=group, heading=_("Add a task"))


@login_required
@_writing
def task_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Change a task."""
    group = own_group(request, slug, WORK)
    found: GroupTask = paper_of(group, GroupTask.objects.visible_to(request.user), pk)
    initial = {**task_initial(found), "seen": audit.latest_of(found)}
    form = TaskForm(request.POST or None, group=group, initial=initial)
    if carried_out(request, form, lambda: verbs.edit(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("group-tasks", slug)
    return form_page(
        request, "groups/paper_form.html", form, group=group, heading=_("Change the task")
    )


@login_required
@require_POST
def task_move(request: PersonRequest, slug: str, pk: int, deed: str) -> HttpResponse:
    """Say that a task is done, is dropped, or is open again."""
    group = own_group(request, slug, WORK)
    found: GroupTask = paper_of(group, GroupTask.objects.visible_to(request.user), pk)
    move = partial(verbs.move, found, deed, by=request.user)
    done(request, move, _(TASK.step(deed).done))
    return redirect("group-tasks", slug)
