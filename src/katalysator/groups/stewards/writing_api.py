"""The API of who names chairs and contact points, and of those themselves."""

from typing import Final

from django.shortcuts import get_object_or_404

from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Area, Hub, Membership, Organisation, PersonRequest
from katalysator.coalition.writing_api import named_organisations
from katalysator.core.actors import permits
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import Given
from katalysator.faults import InvalidInput, NotAllowed, gettext_noop as _
from katalysator.groups.models import Steward
from katalysator.groups.stewards import verbs
from katalysator.groups.stewards.api import (
    StewardResource,
    answered_stewards,
    router,
    steward_resource,
)
from katalysator.groups.workflow import RUN
from katalysator.groups.writing_api import GROUPS

__all__ = ("router",)

_ONE: Final = "/stewards/{steward}"


class NewSteward(Given):
    """Who it is, and of what: an `area`, a `block`, both, or a `hub`.

    `email` is that of somebody of the organisation who wants to be found; without it the organisation itself is meant.
    """

    duty: Steward.Duty
    organisation: str
    email: str = ""
    area: str = ""
    block: str = ""
    hub: str = ""


class AddressShown(Given):
    """Whether one's own e-mail address is shown with it."""

    shows: bool


@router.post("/stewards", response={201: StewardResource}, **GROUPS.required)
def name_steward(request: PersonRequest, given: NewSteward) -> StewardResource:
    """Say who is chair or contact point, as the bureau."""
    if not permits(request.user, RUN):
        raise NotAllowed("not-the-coordinator", _("Only the coordinator may do this."))
    among = Organisation.objects.participants()
    (organisation,) = named_organisations(among, [given.organisation], at="organisation")
    made = verbs.name(
        _corner(given),
        by=request.user,
        duty=given.duty,
        organisation=organisation,
        membership=_membership(organisation, given.email) if given.email else None,
    )
    return _shown(request, made.pk)


@router.delete(_ONE, response={204: None}, **GROUPS.required)
def stop_steward(request: PersonRequest, steward: RecordNumber) -> None:
    """End that somebody is it: as the bureau, or for oneself."""
    verbs.stop(_answered(request, steward), by=request.user)


@router.put(f"{_ONE}/address", response=StewardResource, **GROUPS.required)
def show_steward_address(
    request: PersonRequest, steward: RecordNumber, given: AddressShown
) -> StewardResource:
    """Show one's own e-mail address with it, or no longer."""
    verbs.show_address(_answered(request, steward), by=request.user, shows=given.shows)
    return _shown(request, steward)


def _corner(given: NewSteward) -> Corner:
    """The part of the coalition that is sent. Raises InvalidInput where there is none of this name."""
    area, hub = (
        Area.objects.filter(slug=given.area).first(),
        Hub.objects.filter(slug=given.hub).first(),
    )
    block = Block(given.block) if given.block in Block.values else None
    for name, found in (("area", area), ("block", block), ("hub", hub)):
        if getattr(given, name) and not found:
            raise InvalidInput(
                "corner", _("There is none of the name “%(name)s”."), name=getattr(given, name)
            ).at(name)
    return Corner(area, block, hub)


def _membership(organisation: Organisation, email: str) -> Membership:
    """That of somebody of an organisation, by their address. Raises InvalidInput where there is nobody."""
    found = organisation.memberships.filter(person__email=email.strip().lower())
    membership: Membership | None = found.select_related("person").first()
    if membership is None:
        raise InvalidInput("nobody-there", _("Nobody of this organisation has this address.")).at(
            "email"
        )
    return membership


def _answered(request: PersonRequest, number: int) -> Steward:
    found: Steward = get_object_or_404(answered_stewards(request), pk=number)
    return found


def _shown(request: PersonRequest, number: int) -> StewardResource:
    return steward_resource(request, _answered(request, number))
