"""What stands of negotiations and transfers on one's own page: those that wait, and the way to them."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from katalysator.core.panels import Waits, panel, waits
from katalysator.dataspace.models import Connector, Negotiation, Transfer


@waits(position=22)
def to_decide(person: Any) -> Iterator[Waits]:
    """Negotiations and transfers in which somebody has to decide, or to look."""
    if number := Negotiation.objects.visible_to(person).waiting().count():
        sentence = ngettext(
            "%(number)s request for data waits for you",
            "%(number)s requests for data wait for you",
            number,
        )
        yield Waits(sentence % {"number": number}, f"{reverse('negotiation-list')}?how=waiting")
    if number := Transfer.objects.visible_to(person).waiting().count():
        sentence = ngettext(
            "%(number)s delivery of data waits for you",
            "%(number)s deliveries of data wait for you",
            number,
        )
        yield Waits(sentence % {"number": number}, f"{reverse('transfer-list')}?how=waiting")


@panel("account", "dataspace/processes/_of_account.html", position=40)
def of_account(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """The way to one's own requests and deliveries, for who manages an organisation with a connector."""
    return {} if Connector.objects.visible_to(request.user).exists() else None


@panel("dataspace", "dataspace/processes/_of_home.html", position=20)
def of_home(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """The ways to asking, deciding and fetching, for who manages an organisation with a connector."""
    person = request.user
    if not person.is_authenticated or not Connector.objects.visible_to(person).exists():
        return None
    return {"waiting": Negotiation.objects.visible_to(person).waiting().count()}
