"""Pages of knowledge. Each view: fetch through `visible_to`, do one verb, show."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import audit
from katalysator.core.actors import permits
from katalysator.core.changes import EVERYTHING, states
from katalysator.core.forms import add_fault, form_page
from katalysator.core.language import active_language
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.knowledge import verbs
from katalysator.knowledge.cards import card_page
from katalysator.knowledge.filters import KnowledgeFilter
from katalysator.knowledge.forms import KnowledgeForm, initial_of
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.pages import item_page
from katalysator.knowledge.workflow import EDIT, KNOWLEDGE, WRITE

_writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """Browse and filter what this person may see."""
    choices_of = states().of(EVERYTHING)
    seen = KnowledgeItem.objects.visible_to(request.user)
    asked = KnowledgeFilter(request.GET, seen, request=request)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "feed_query": query.urlencode(),
        "form": asked.form,
        "choices_of": choices_of,
        "page": card_page(asked.qs, request.GET.get("page")),
        "active_filters": list(asked.active()),
        "may_write": speaks_for_any(request.user),
    }
    return render(request, "knowledge/item_list.html", context)


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """What an item says, what others say of it, and what fits it."""
    return render(request, "knowledge/item.html", item_page(request, visible(request, pk)))


@login_required
@_writing
def item_new(request: PersonRequest) -> HttpResponse:
    """Write something down, as a draft."""
    if not permits(request.user, WRITE):
        raise PermissionDenied
    start = {"language": active_language(), "kind": request.GET.get("kind", "")}
    form = KnowledgeForm(request.POST or None, person=request.user, item=None, initial=start)
    if request.method == "POST" and form.is_valid():
        giver = form.cleaned_data["organisation"]
        try:
            made = verbs.write(giver, by=request.user, content=form.content())
        except InvalidInput as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Saved as a draft. Add files, and ask for a review."))
            return redirect(made)
    return form_page(request, "knowledge/item_form.html", form, item=None)


@login_required
@_writing
def item_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what an item says."""
    found = editable(request, pk)
    start = {**initial_of(found), "seen": audit.latest_of(found)}
    form = KnowledgeForm(request.POST or None, person=request.user, item=found, initial=start)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            verbs.edit(found, by=request.user, content=form.content(), seen=seen)
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return form_page(request, "knowledge/item_form.html", form, item=found)


@login_required
@require_POST
def item_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """Take an item to its next state."""
    found = visible(request, pk)
    try:
        verbs.move(found, deed, by=request.user)
    except NotAllowed:
        raise PermissionDenied from None
    except Conflict as error:
        messages.error(request, str(error))
    except InvalidInput as error:
        messages.error(request, error.sentence)
        return redirect("knowledge-edit", pk)
    else:
        messages.success(request, _(KNOWLEDGE.step(deed).done))
        if deed == "submit":
            return redirect("knowledge-reviewers", pk)
    return redirect(found)


@login_required
@require_POST
def item_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that an item is still correct."""
    found = editable(request, pk)
    try:
        verbs.confirm(found, by=request.user)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you. We ask again in two years."))
    return redirect(found)


@login_required
@_writing
def item_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after asking."""
    found = editable(request, pk)
    if request.method != "POST" and found.state == KNOWLEDGE.initial:
        return render(request, "knowledge/item_delete.html", {"item": found})
    try:
        verbs.delete(found, by=request.user)
    except Conflict as error:
        messages.error(request, str(error))
        return redirect(found)
    messages.success(request, _("The draft is gone."))
    return redirect("my-knowledge")


@login_required
@require_safe
def my_knowledge(request: PersonRequest) -> HttpResponse:
    """What this person's organisations gave, drafts included."""
    mine = KnowledgeItem.objects.of(request.user).order_by("-changed_at", "-pk")
    context = {"page": card_page(mine, request.GET.get("page"))}
    return render(request, "knowledge/my_knowledge.html", context)


def visible(request: HttpRequest, pk: int) -> KnowledgeItem:
    """An item that who asks may see. Raises Http404."""
    seen: Any = KnowledgeItem.objects.visible_to(request.user).with_names()
    found: KnowledgeItem = get_object_or_404(seen, pk=pk)
    return found


def editable(request: PersonRequest, pk: int) -> KnowledgeItem:
    """An item that this person may change. Raises Http404, PermissionDenied."""
    found = visible(request, pk)
    if not permits(request.user, EDIT, found):
        raise PermissionDenied
    return found


def deed_page(request: HttpRequest, item: KnowledgeItem, form: Any) -> HttpResponse:
    """The page of a form that is about an item; the form brings its words."""
    template = "knowledge/item_deed.html"
    return form_page(request, template, form, item=item, words=form.words)
