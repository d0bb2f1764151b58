"""Pages on which people come to speak for an organisation, and part from it."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.admission.joining import verbs
from katalysator.admission.joining.forms import AskForm, HandOverForm, InviteForm, PresentForm
from katalysator.admission.joining.workflow import JOINING
from katalysator.admission.models import Joining
from katalysator.admission.workflow import OWN
from katalysator.coalition.models import Membership, Organisation, PersonRequest
from katalysator.coalition.organisations.views import own_organisation
from katalysator.coalition.people import verbs as people
from katalysator.coalition.workflow import MANAGE
from katalysator.core.actors import APPLICANT, permits
from katalysator.core.forms import add_fault, done, form_page
from katalysator.core.language import active_language
from katalysator.core.links import linked
from katalysator.faults import Conflict, InvalidInput, NotAllowed

_writing = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@_writing
def people_list(request: PersonRequest, slug: str) -> HttpResponse:
    """Who speaks for an organisation, whom to invite, and who asks."""
    organisation = own_organisation(request, slug)
    may_manage = permits(request.user, MANAGE, organisation)
    if request.method == "POST" and not may_manage:
        raise PermissionDenied
    form = InviteForm(request.POST or None, initial={"language": active_language()})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.invite(organisation, by=request.user, **_typed(form))
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Invited: they get a mail with a link."))
            return redirect("people-list", slug=slug)
    return _people_page(request, organisation, form, may_manage=may_manage)


@login_required
@require_POST
def role_change(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Give somebody another role."""
    membership, role = _membership(request, slug, pk), request.POST.get("role", "")
    return _done(request, slug, partial(people.give_role, membership, by=request.user, role=role))


@login_required
@require_POST
def membership_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """End that somebody speaks for an organisation."""
    membership = _membership(request, slug, pk)
    is_own = membership.person == request.user
    answer = _done(request, slug, partial(people.part, membership, by=request.user))
    still_there = Membership.objects.filter(pk=membership.pk).exists()
    return redirect("account") if is_own and not still_there else answer


@login_required
@_writing
def hand_over(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Let a colleague take over from somebody who leaves."""
    membership = _membership(request, slug, pk)
    is_own = membership.person == request.user
    if not (is_own or permits(request.user, MANAGE, membership.organisation)):
        raise PermissionDenied
    form = HandOverForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        try:
            people.hand_over(membership, form.cleaned_data["heir"], by=request.user)
        except Conflict as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Handed over."))
            return redirect("account") if is_own else redirect("people-list", slug=slug)
    context = {"membership": membership, "organisation": membership.organisation, "is_own": is_own}
    return form_page(request, "admission/hand_over.html", form, **context)


@login_required
@require_POST
def joining_move(request: PersonRequest, slug: str, pk: int, deed: str) -> HttpResponse:
    """Decide on who asks, or withdraw an invitation."""
    organisation = own_organisation(request, slug, MANAGE)
    seen = Joining.objects.visible_to(request.user).filter(organisation=organisation)
    joining = get_object_or_404(seen, pk=pk)
    return _done(request, slug, partial(verbs.move, joining, deed, by=request.user))


@login_required
@_writing
def present(request: PersonRequest, slug: str) -> HttpResponse:
    """Say how one is shown on the organisation's page."""
    mine = Membership.objects.filter(person=request.user, organisation__slug=slug)
    membership = get_object_or_404(mine.select_related("organisation"))
    initial = {"name": membership.name, "function": membership.function}
    form = PresentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            people.present(membership, by=request.user, **form.cleaned_data)
        except InvalidInput as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(membership.organisation)
    return form_page(request, "admission/present.html", form, organisation=membership.organisation)


@_writing
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to speak for an organisation, with an address of its domain."""
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).participants(), slug=slug
    )
    if not organisation.mail_domains:
        raise Http404
    if request.method == "POST" and (refusal := consume_or_429(request, action="apply")):
        return cast("HttpResponse", refusal)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            verbs.ask(organisation, by=APPLICANT, email=email, language=active_language())
        except InvalidInput as error:
            add_fault(form, error)
        else:
            return redirect("ask-sent")
    return form_page(request, "admission/ask.html", form, organisation=organisation)


@require_safe
def ask_sent(request: HttpRequest) -> HttpResponse:
    """What happens now: a link was sent."""
    return render(request, "admission/ask_sent.html")


@require_safe
def joining_own(request: HttpRequest, key: str) -> HttpResponse:
    """An invitation, or the wish to join, for who has the link; it asks first, as programs follow links too."""
    joining = linked(Joining.objects.select_related("organisation"), key)
    if joining is None:
        return render(request, "admission/joining_gone.html", status=404)
    steps = JOINING.transitions_from(joining.state, OWN)
    context = {"joining": joining, "key": key, "steps": steps}
    return render(request, "admission/joining_own.html", context)


@require_POST
def joining_answer(request: HttpRequest, key: str, deed: str) -> HttpResponse:
    """Accept, refuse or confirm, by who has the link."""
    joining = linked(Joining.objects.select_related("organisation"), key)
    if joining is None:
        return render(request, "admission/joining_gone.html", status=404)
    try:
        verbs.move(joining, deed, by=APPLICANT)
    except (Conflict, NotAllowed) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _(JOINING.step(deed).done))
    return redirect("joining-own", key=key)


def _typed(form: InviteForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {**said, "role": Membership.Role(said["role"])}


def _membership(request: PersonRequest, slug: str, pk: int) -> Membership:
    organisation = own_organisation(request, slug)
    found = Membership.objects.filter(organisation=organisation)
    return get_object_or_404(found.select_related("organisation", "person"), pk=pk)


def _done(request: PersonRequest, slug: str, do: Callable[[], object]) -> HttpResponse:
    """Do it, say so or say why not, and go back to the people."""
    done(request, do, _("Done."))
    return redirect("people-list", slug=slug)


def _people_page(
    request: PersonRequest, organisation: Organisation, form: InviteForm, *, may_manage: bool
) -> HttpResponse:
    joinings = Joining.objects.visible_to(request.user).open().filter(organisation=organisation)
    members = Membership.objects.filter(organisation=organisation).select_related("person")
    return form_page(
        request,
        "admission/people_list.html",
        form,
        organisation=organisation,
        may_manage=may_manage,
        roles=Membership.Role,
        members=members.order_by("role", "person__email"),
        joinings=[
            (each, JOINING.transitions_from(each.state, MANAGE))
            for each in (joinings if may_manage else ())
        ],
    )
