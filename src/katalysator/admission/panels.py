"""What this room shows on pages of others: who waits to be let in, and the people of an organisation."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from katalysator.admission.joining.workflow import TO_LET_IN
from katalysator.admission.models import Application
from katalysator.coalition.models import Membership, Organisation
from katalysator.core.panels import Waits, panel, waits

_SHOWN = 10


@panel("bureau", "admission/_waiting.html", position=20)
def waiting(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Applications that wait for an answer, the oldest first."""
    found = Application.objects.visible_to(request.user).waiting()
    return {"applications": found[:_SHOWN], "count": found.count()}


@panel("organisation", "admission/_people.html", position=45)
def people(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """Those of a participant who want to be found; how to join them."""
    if not organisation.is_participant:
        return None
    found = organisation.memberships.visible_to(request.user).order_by("name")
    can_ask = bool(organisation.mail_domains)
    shown = {"organisation": organisation, "people": found, "can_ask": can_ask}
    return shown if found or can_ask else None


@panel("organisation-deeds", "admission/_to_people.html", position=20)
def to_people(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:  # noqa: ARG001
    """The way to who speaks for it."""
    return {"organisation": organisation}


@panel("account", "admission/_of_account.html", position=20)
def organisations_of(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The organisations that one speaks for."""
    mine = Membership.objects.filter(person_id=request.user.pk or 0).select_related("organisation")
    return {"memberships": mine.order_by("organisation__sort_name")}


@waits(position=10)
def applications_wait(person: Any) -> Iterator[Waits]:
    """Organisations that wait for the bureau."""
    count = Application.objects.visible_to(person).waiting().count()
    if count:
        text = ngettext("%(count)s application waits", "%(count)s applications wait", count)
        yield Waits(text % {"count": count}, reverse("application-list"))


@waits(position=20)
def colleagues_wait(person: Any) -> Iterator[Waits]:
    """People who ask to speak for an organisation that one manages."""
    mine = Organisation.objects.managed_by(person).filter(joinings__state=TO_LET_IN)
    asked = mine.annotate(count=Count("joinings")).order_by("sort_name")
    for name, slug, count in asked.values_list("name", "slug", "count"):
        text = ngettext(
            "%(count)s person asks to join %(name)s",
            "%(count)s people ask to join %(name)s",
            count,
        )
        link = reverse("people-list", args=[slug])
        yield Waits(text % {"count": count, "name": name}, link)
