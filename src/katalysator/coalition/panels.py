"""What this room shows on pages of others: people of an organisation, one's own organisations, whose facts grow old."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Membership, Organisation
from katalysator.core.panels import panel
from katalysator.core.personal import reader

_SHOWN, _IN_CORNER = 10, 12


@panel("organisation", "coalition/_people.html", position=45)
def people(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:  # noqa: ARG001
    """Those of it who want to be found; how to join them."""
    named = Membership.objects.filter(organisation=organisation).exclude(name="")
    found = named.order_by("name") if organisation.is_participant else named.none()
    can_ask = organisation.is_participant and organisation.mail_domains
    return (
        {"organisation": organisation, "people": found, "can_ask": can_ask}
        if found or can_ask
        else None
    )


@panel("account", "coalition/_of_account.html", position=20)
def organisations_of(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The organisations that one speaks for."""
    mine = Membership.objects.filter(person_id=request.user.pk or 0).select_related("organisation")
    return {"memberships": mine.order_by("organisation__sort_name")}


@panel("bureau", "coalition/_stale.html", position=40)
def stale(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Participants whose facts nobody said to be correct for a year."""
    found = Organisation.objects.visible_to(request.user).stale()
    return {"organisations": found[:_SHOWN], "count": found.count()}


@panel("corner", "coalition/_in_corner.html", position=40)
def organisations_in(request: HttpRequest, corner: Corner) -> dict[str, Any]:
    """Who says to be there, the participants first."""
    found = corner.organisations(Organisation.objects.visible_to(reader(request)))
    asked = {**corner.query} if not corner.block else {}
    url = f"{reverse('organisation-list')}?{urlencode(asked)}" if asked else ""
    return {"organisations": found[:_IN_CORNER], "count": found.count(), "url": url}
