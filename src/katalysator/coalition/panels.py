"""What this room shows on pages of others: people of an organisation, one's own organisations, whose facts grow old."""

from typing import Any

from django.http import HttpRequest

from katalysator.coalition.models import Membership, Organisation
from katalysator.core.panels import panel

_SHOWN = 10


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
