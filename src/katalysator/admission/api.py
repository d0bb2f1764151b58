"""The API of admission: applications for the bureau, and invitations for who manages an organisation."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.params.functions import Path

from katalysator.admission import verbs
from katalysator.admission.joining import verbs as joinings
from katalysator.admission.joining.workflow import JOINING
from katalysator.admission.models import Application, Joining
from katalysator.admission.workflow import APPLICATION, DECIDE
from katalysator.coalition.api import Slug
from katalysator.coalition.models import Membership, Organisation, PersonRequest
from katalysator.coalition.workflow import MANAGE
from katalysator.coalition.writing_api import visible_organisation
from katalysator.core.api import PageOf, Paging, Resource, page_facts, paged
from katalysator.core.api_writing import DeedGiven, Given, Scope
from katalysator.faults import gettext_noop as _

router = Router(tags=["admission"], by_alias=True)

ADMISSION = Scope("admission", _("Decide on who applies, and invite people"))

_NUMBER = Annotated[int, Path(alias="id", ge=1, le=2**63 - 1)]


class ApplicationResource(Resource):
    """What an organisation says that wants to take part; `organisation` is its record, where it has one."""

    id: int
    email: str
    language: str
    name: str
    kind: str
    kvk: str
    website: str
    city: str
    region: str
    areas: list[str]
    about: str
    motivation: str
    promises: dict[str, Any]
    state: str
    reason: str
    sent_at: datetime
    organisation: str | None
    deeds: list[str]


class ApplicationPage(PageOf):
    """One page of applications."""

    items: list[ApplicationResource]


class ApplicationDeed(DeedGiven):
    """`admit`, as the record of `organisation` where one is named, or `decline` with a reason."""

    organisation: str = ""


class InvitationGiven(Given):
    """Whom to invite, in which language and role."""

    email: str
    role: Literal["member", "manager"] = "member"
    language: Literal["nl", "en"] = "nl"


class InvitationResource(Resource):
    """An address that is invited to speak for an organisation, or asks to."""

    id: int
    email: str
    role: str
    state: str
    sent_at: datetime
    deeds: list[str]


class InvitationPage(PageOf):
    """One page of invitations and of who asks."""

    items: list[InvitationResource]


@router.get("/applications", response=ApplicationPage)
def applications(request: HttpRequest, query: Query[Paging]) -> ApplicationPage:
    """Applications, the oldest first, for the bureau; none for others."""
    found = Application.objects.visible_to(request.user).select_related("organisation")
    page = paged(found, query)
    items = [_application(each) for each in page]
    return ApplicationPage(items=items, **page_facts(request, page))


@router.get("/applications/{id}", response=ApplicationResource)
def application(request: HttpRequest, pk: _NUMBER) -> ApplicationResource:
    """One application, for the bureau."""
    return _application(_visible_application(request, pk))


@router.post("/applications/{id}/deeds", response=ApplicationResource, **ADMISSION.required)
def move_application(
    request: PersonRequest, pk: _NUMBER, given: ApplicationDeed
) -> ApplicationResource:
    """Admit an organisation, or decline with a reason that it gets by mail."""
    found = _visible_application(request, pk)
    if given.deed == "admit":
        known = visible_organisation(request, given.organisation) if given.organisation else None
        return _application(verbs.admit(found, by=request.user, organisation=known))
    APPLICATION.transition(found.state, given.deed)
    return _application(verbs.decline(found, by=request.user, reason=given.reason))


@router.get("/organisations/{slug}/invitations", response=InvitationPage)
def invitations(request: HttpRequest, slug: Slug, query: Query[Paging]) -> InvitationPage:
    """Who is invited or asks to speak for an organisation, for who manages it; none for others."""
    organisation = visible_organisation(request, slug)
    page = paged(_joinings(request, organisation).open(), query)
    items = [_invitation(each) for each in page]
    return InvitationPage(items=items, **page_facts(request, page))


@router.post(
    "/organisations/{slug}/invitations", response={201: InvitationResource}, **ADMISSION.required
)
def invite(request: PersonRequest, slug: Slug, given: InvitationGiven) -> InvitationResource:
    """Invite somebody to speak for an organisation: a mail with a link goes out."""
    made = joinings.invite(
        visible_organisation(request, slug),
        by=request.user,
        email=given.email,
        language=given.language,
        role=Membership.Role(given.role),
    )
    return _invitation(made)


@router.post(
    "/organisations/{slug}/invitations/{id}/deeds",
    response=InvitationResource,
    **ADMISSION.required,
)
def move_invitation(
    request: PersonRequest, slug: Slug, pk: _NUMBER, given: DeedGiven
) -> InvitationResource:
    """Let in who asks, decline, or withdraw an invitation."""
    found = get_object_or_404(_joinings(request, visible_organisation(request, slug)), pk=pk)
    return _invitation(joinings.move(found, given.deed, by=request.user))


def _visible_application(request: HttpRequest, pk: int) -> Application:
    seen = Application.objects.visible_to(request.user).select_related("organisation")
    found: Application = get_object_or_404(seen, pk=pk)
    return found


def _joinings(request: HttpRequest, organisation: Organisation) -> Any:
    return Joining.objects.visible_to(request.user).filter(organisation=organisation)


def _application(each: Application) -> ApplicationResource:
    names = ApplicationResource.model_fields.keys() - {"organisation", "deeds"}
    return ApplicationResource(
        **{name: getattr(each, name) for name in names},
        organisation=each.organisation.slug if each.organisation else None,
        deeds=[step.deed for step in APPLICATION.transitions_from(each.state, DECIDE)],
    )


def _invitation(each: Joining) -> InvitationResource:
    names = InvitationResource.model_fields.keys() - {"deeds"}
    return InvitationResource(
        **{name: getattr(each, name) for name in names},
        deeds=[step.deed for step in JOINING.transitions_from(each.state, MANAGE)],
    )
