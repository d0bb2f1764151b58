"""Pages of working groups: which there are, and each one's own."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core import audit
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.groups import verbs
from katalysator.groups.filters import GroupFilter
from katalysator.groups.forms import GroupDeclineForm, GroupForm, NewGroupForm, initial_of
from katalysator.groups.members.coming_in import known_person
from katalysator.groups.models import WorkingGroup
from katalysator.groups.pages import own_group, seen_group
from katalysator.groups.showing import told
from katalysator.groups.workflow import CHAIR, GROUP, PROPOSE, RUN

PAGE = 20
_writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """The working groups of the coalition."""
    seen = WorkingGroup.objects.visible_to(request.user)
    asked = GroupFilter(request.GET, seen, request=request)
    found = asked.qs.with_counts().select_related("hub").prefetch_related("areas")
    context = {
        "form": asked.form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "active_filters": list(asked.active()),
    }
    return render(request, "groups/group_list.html", context)


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One group: what it does, who is in it, and its papers for who may read them."""
    return render(request, "groups/group.html", told(request, seen_group(request, slug)))


@login_required
@_writing
def group_new(request: PersonRequest) -> HttpResponse:
    """Propose a group; the bureau starts one."""
    if not permits(request.user, PROPOSE):
        raise PermissionDenied
    form = NewGroupForm(request.POST or None, person=request.user)
    if made := carried_out(request, form, lambda: _begun(request, form)):
        messages.success(request, _begun_words(made))
        return redirect(made)
    return form_page(request, "groups/group_form.html", form)


@login_required
@_writing
def group_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Change what a group says of itself."""
    found = own_group(request, slug, CHAIR)
    initial = {**initial_of(found), "seen": audit.latest_of(found)}
    form = GroupForm(request.POST or None, initial=initial)

    def edit() -> WorkingGroup:
        seen = form.cleaned_data["seen"]
        return verbs.edit(found, by=request.user, group_facts=form.facts(), seen=seen)

    if carried_out(request, form, edit):
        messages.success(request, _("Saved."))
        return redirect(found)
    return form_page(request, "groups/group_form.html", form, group=found)


@login_required
@require_POST
def group_move(request: PersonRequest, slug: str, deed: str) -> HttpResponse:
    """Take a group to its next state."""
    found = own_group(request, slug, GROUP.step(deed).permission)
    move = partial(verbs.move, found, deed, by=request.user)
    if deed == "decline":
        return _declined(request, found, GroupDeclineForm(request.POST), move)
    done(request, move, _(GROUP.step(deed).done))
    return redirect(found)


def _declined(
    request: PersonRequest, found: WorkingGroup, form: GroupDeclineForm, move: Any
) -> HttpResponse:
    if carried_out(request, form, lambda: move(reason=form.cleaned_data["reason"])):
        messages.success(request, _(GROUP.step("decline").done))
        return redirect("bureau")
    return form_page(request, "groups/group.html", form, **told(request, found, form))


def _begun(request: PersonRequest, form: NewGroupForm) -> WorkingGroup:
    if permits(request.user, RUN):
        chair = known_person(form.cleaned_data["chair"])
        return verbs.start(form.facts(), by=request.user, chair=chair)
    organisation = form.cleaned_data.get("organisation")
    me = request.user
    return verbs.propose(form.facts(), by=me, chair=me, organisation=organisation)


def _begun_words(made: WorkingGroup) -> str:
    if made.is_running:
        return _("The group has started.")
    return _("Proposed. The bureau looks at it, and you hear by mail.")
