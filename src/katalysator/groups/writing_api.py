"""The API of those who run working groups and take part in them: the group itself, and who is in it.

What a group writes down: `papers/writing_api.py`.
"""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from pydantic import Field

from katalysator.coalition.api import Slug
from katalysator.coalition.models import Organisation, Person, PersonRequest
from katalysator.coalition.writing_api import named_organisation
from katalysator.core.actors import permits
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import (
    DeedGiven,
    Given,
    IfMatch,
    Scope,
    require_patience,
    seen,
    tag,
)
from katalysator.faults import InvalidInput, NotAllowed, gettext_noop as _
from katalysator.groups import verbs
from katalysator.groups.api import (
    GroupPersonResource,
    GroupResource,
    group_person,
    router,
    visible_group,
    visible_members,
    whole_group,
)
from katalysator.groups.facts import GroupFacts, facts_of
from katalysator.groups.members import verbs as members
from katalysator.groups.members.coming_in import entrance, known_person
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.groups.rules import powers
from katalysator.groups.workflow import RUN

__all__ = ("GROUPS", "router")

GROUPS = Scope(
    "groups", _("Propose and run working groups, join and leave them, and write their papers")
)

_ONE: Final = "/working-groups/{slug}"
_MEMBER: Final = f"{_ONE}/members/{{member}}"


def named_group(request: HttpRequest, slug: str) -> WorkingGroup:
    """The group that is sent as `group`. Raises InvalidInput where the asker sees none of this name."""
    found: WorkingGroup | None = (
        WorkingGroup.objects.visible_to(request.user).filter(slug=slug).first()
    )
    if found is None:
        raise InvalidInput("group", _("There is no working group “%(slug)s”."), slug=slug).at(
            "group"
        )
    return found


class GroupChange(Given):
    """What a group says of itself from now on; what is left out stays as it is. `about` holds a text by language."""

    name: str = ""
    about: dict[str, str] = Field(default_factory=dict)
    areas: list[str] = Field(default_factory=list)
    blocks: list[str] = Field(default_factory=list)
    hub: str = ""
    enrolment: str = "open"
    readers: str = "participants"


class NewGroup(GroupChange):
    """A group with oneself as its chair, for one's own `organisation`; the bureau may name another `chair`, by their address."""

    name: str
    organisation: str = ""
    chair: str = ""


class GroupEntering(Given):
    """For which of one's own organisations one comes in; the first where none is named."""

    organisation: str = ""


class GroupInvitationGiven(Given):
    """The address of whom to invite, who speaks for a participant."""

    email: str


class GroupRoleGiven(Given):
    """The role of a member from now on; who becomes the chair takes over from who was."""

    role: str


@router.post("/working-groups", response={201: GroupResource}, **GROUPS.required)
def start_group(request: PersonRequest, response: HttpResponse, given: NewGroup) -> GroupResource:
    """Propose a group; the bureau starts one at once."""
    said = given.stated
    organisation = _organisation(request, said.pop("organisation", ""))
    chair = _chair(request, said.pop("chair", ""))
    begin = verbs.start if permits(request.user, RUN) else verbs.propose
    facts = GroupFacts(**said)
    made = begin(facts, by=request.user, chair=chair, organisation=organisation)
    shown = _shown(request, response, made)
    response["Location"] = shown.links.this
    return shown


@router.patch(_ONE, response=GroupResource, **GROUPS.required)
def change_group(
    request: PersonRequest,
    response: HttpResponse,
    slug: Slug,
    given: GroupChange,
    if_match: IfMatch = "",
) -> GroupResource:
    """Change what a group says of itself."""
    group = visible_group(request, slug)
    facts = facts_of(group, **given.stated)
    verbs.edit(group, by=request.user, group_facts=facts, seen=seen(if_match))
    return _shown(request, response, group)


@router.post(f"{_ONE}/deeds", response=GroupResource, **GROUPS.required)
def move_group(
    request: PersonRequest, response: HttpResponse, slug: Slug, given: DeedGiven
) -> GroupResource:
    """Take a group to its next state, by one of its `deeds`; who is declined gets the reason by mail."""
    group = visible_group(request, slug)
    verbs.move(group, given.deed, by=request.user, reason=given.reason)
    return _shown(request, response, group)


@router.post(f"{_ONE}/members", response={201: GroupPersonResource}, **GROUPS.required)
def enter_group(request: PersonRequest, slug: Slug, given: GroupEntering) -> GroupPersonResource:
    """Join a group, or ask to where its chair lets people in."""
    group, me = visible_group(request, slug), request.user
    organisation = _organisation(request, given.organisation)
    way = entrance(group) or "join"
    made = members.enter(group, me, way, by=me, organisation=organisation)
    return _member(request, group, made.pk)


@router.post(f"{_ONE}/invitations", response={201: GroupPersonResource}, **GROUPS.required)
def invite_member(
    request: PersonRequest, slug: Slug, given: GroupInvitationGiven
) -> GroupPersonResource:
    """Invite somebody of a participant into a group: they get a mail."""
    require_patience(request, "invite")
    group = visible_group(request, slug)
    made = members.invite(group, by=request.user, email=given.email)
    return _member(request, group, made.pk)


@router.post(f"{_MEMBER}/deeds", response=GroupPersonResource, **GROUPS.required)
def move_member(
    request: PersonRequest, slug: Slug, member: RecordNumber, given: DeedGiven
) -> GroupPersonResource:
    """Take somebody further in or out: oneself, or, as the chair, another. Who is `outside` is not there any more."""
    group = visible_group(request, slug)
    found = _visible_member(request, group, member)
    moved = members.move(found, given.deed, by=request.user)
    if moved.pk:
        return _member(request, group, member)
    left = group_person(found, powers(request.user, group), request.user.pk)
    return left.model_copy(update={"state": moved.state, "deeds": []})


@router.put(f"{_MEMBER}/role", response=GroupPersonResource, **GROUPS.required)
def give_group_role(
    request: PersonRequest, slug: Slug, member: RecordNumber, given: GroupRoleGiven
) -> GroupPersonResource:
    """Give a member another role."""
    group = visible_group(request, slug)
    members.give_role(_visible_member(request, group, member), by=request.user, role=given.role)
    return _member(request, group, member)


def _organisation(request: PersonRequest, slug: str) -> Organisation | None:
    return named_organisation(request, slug) if slug else None


def _chair(request: PersonRequest, email: str) -> Person:
    """Whom the bureau names, else oneself. Raises NotAllowed, InvalidInput."""
    if not email:
        return request.user
    if not permits(request.user, RUN):
        raise NotAllowed("not-the-coordinator", _("Only the coordinator may do this."))
    try:
        return known_person(email)
    except InvalidInput as error:
        error.where = ("chair",)
        raise


def _visible_member(request: PersonRequest, group: WorkingGroup, number: int) -> GroupMembership:
    seen_ = visible_members(request, group).with_names().select_related("person", "group")
    found: GroupMembership = get_object_or_404(seen_, pk=number)
    return found


def _member(request: PersonRequest, group: WorkingGroup, number: int) -> GroupPersonResource:
    found: Any = _visible_member(request, group, number)
    return group_person(found, powers(request.user, group), request.user.pk)


def _shown(request: PersonRequest, response: HttpResponse, group: WorkingGroup) -> GroupResource:
    found = visible_group(request, group.slug)
    tag(response, found)
    return whole_group(request, found)
