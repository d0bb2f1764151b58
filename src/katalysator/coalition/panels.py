"""What this room shows on pages of others: whose facts grow old, and who is in a corner."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from katalysator.coalition.corners import Corner
from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.models import Organisation
from katalysator.core.panels import Waits, panel, waits
from katalysator.core.personal import reader

_SHOWN, _IN_CORNER = 10, 12
_SAID_LATELY = timedelta(days=300)


@panel("bureau", "coalition/_itself.html", position=15)
def itself(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:  # noqa: ARG001 — for the bureau alone
    """What the coalition has not said of itself, or said long ago; `security.txt` is good for a year."""
    said_at = Coalition.objects.filter(pk=1).values_list("confirmed_at", flat=True).first()
    if said_at and said_at > timezone.now() - _SAID_LATELY:
        return None
    return {"said_at": said_at}


@panel("bureau", "coalition/_stale.html", position=40)
def stale(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Participants whose facts nobody said to be correct for a year."""
    found = Organisation.objects.visible_to(request.user).stale()
    return {"organisations": found[:_SHOWN], "count": found.count()}


@panel("corner", "coalition/_in_corner.html", position=40)
def organisations_in(request: HttpRequest, corner: Corner) -> dict[str, Any]:
    """Who says to be there, the participants first."""
    seen = Organisation.objects.visible_to(reader(request))
    found = OrganisationFilter(corner.query, seen, request=request).qs
    url = f"{reverse('organisation-list')}?{urlencode(corner.query)}"
    return {"organisations": found[:_IN_CORNER], "count": found.count(), "url": url}


@waits(position=30)
def own_grow_old(person: Any) -> Iterator[Waits]:
    """Organisations of one's own whose facts nobody said to be correct for a year."""
    for each in Organisation.objects.of(person).stale():
        text = _("Is the page of %(name)s still correct?") % {"name": each.name}
        yield Waits(text, each.get_absolute_url())
