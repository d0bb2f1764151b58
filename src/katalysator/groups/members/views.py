"""Pages on which people come into a group, and its chair sees who they are."""

from functools import partial
from typing import cast

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.coalition.models import PersonRequest
from katalysator.core.forms import carried_out, done, form_page
from katalysator.groups.members import verbs
from katalysator.groups.members.coming_in import own_participants
from katalysator.groups.members.forms import GroupInviteForm
from katalysator.groups.members.workflow import MEMBERSHIP
from katalysator.groups.models import GroupMembership
from katalysator.groups.pages import own_group, seen_group
from katalysator.groups.queries import GroupMembershipQuerySet
from katalysator.groups.workflow import CHAIR, JOIN


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_list(request: PersonRequest, slug: str) -> HttpResponse:
    """Who is in a group or on the way in, for its chair, who invites others."""
    group = own_group(request, slug, CHAIR)
    if request.method == "POST" and (refusal := consume_or_429(request, action="invite")):
        return cast("HttpResponse", refusal)
    form = GroupInviteForm(request.POST or None)
    if carried_out(
        request, form, lambda: verbs.invite(group, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _(MEMBERSHIP.step("invite").done))
        return redirect("group-members", slug=slug)
    found = group.memberships.with_names().select_related("person", "organisation")
    people = [(each, MEMBERSHIP.transitions_from(each.state, CHAIR)) for each in found]
    template, roles = "groups/member_list.html", GroupMembership.Role
    return form_page(request, template, form, group=group, people=people, roles=roles)


@login_required
@require_POST
def group_enter(request: PersonRequest, slug: str, deed: str) -> HttpResponse:
    """Join, or ask to."""
    group = own_group(request, slug, JOIN)
    asked = own_participants(request.user).filter(slug=request.POST.get("organisation", ""))
    me, organisation = request.user, asked.first()
    enter = partial(verbs.enter, group, me, deed, by=me, organisation=organisation)
    done(request, enter, _(MEMBERSHIP.step(deed).done))
    return redirect(group)


@login_required
@require_POST
def group_membership_move(request: PersonRequest, slug: str, pk: int, deed: str) -> HttpResponse:
    """Take somebody further in or out: oneself, or, as the chair, another."""
    group = seen_group(request, slug)
    membership = get_object_or_404(_seen(request).filter(group=group), pk=pk)
    move = partial(verbs.move, membership, deed, by=request.user)
    done(request, move, _(MEMBERSHIP.step(deed).done))
    return redirect("group-members" if MEMBERSHIP.step(deed).permission == CHAIR else "group", slug)


@login_required
@require_POST
def group_role(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another role; who was the chair may be a member afterwards."""
    group = own_group(request, slug, CHAIR)
    membership = get_object_or_404(_seen(request).filter(group=group), pk=pk)
    role = request.POST.get("role", "")
    give = partial(verbs.give_role, membership, by=request.user, role=role)
    done(request, give, _("Done."))
    return redirect(group)


def _seen(request: PersonRequest) -> GroupMembershipQuerySet:
    found = GroupMembership.objects.visible_to(request.user)
    return found.select_related("group")
