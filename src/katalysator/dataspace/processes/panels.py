"""What stands of negotiations and transfers on one's own page: those that wait, and the way to them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from katalysator.core.panels import Waits, panel, waits
from katalysator.dataspace.agreements.standing import to_sign_by
from katalysator.dataspace.models import Connector, Negotiation, Transfer


@waits(position=22)
def to_decide(person: Any) -> Iterator[Waits]:
    """Negotiations and transfers in which somebody has to decide, or to look. Cost: a query."""
    first, second = (_waiting(each, person) for each in (Negotiation, Transfer))
    found = list(first.union(second, all=True))
    asked, given = (
        [pk for told, pk in found if told == each.kind] for each in (Negotiation, Transfer)
    )
    if number := len(asked):
        sentence = ngettext(
            "%(number)s request for data waits for you",
            "%(number)s requests for data wait for you",
            number,
        )
        yield Waits(sentence % {"number": number}, _way("negotiation", asked))
    if number := len(given):
        sentence = ngettext(
            "%(number)s delivery of data waits for you",
            "%(number)s deliveries of data wait for you",
            number,
        )
        yield Waits(sentence % {"number": number}, _way("transfer", given))


def _way(kind: str, waiting: Sequence[int]) -> str:
    """To the one that waits, or to the list of those that do."""
    if len(waiting) == 1:
        return reverse(kind, args=waiting)
    return f"{reverse(f'{kind}-list')}?how=waiting"


def _waiting(model: Any, person: Any) -> QuerySet[Any]:
    """The kind and the number of each process that waits for somebody."""
    found = model.objects.visible_to(person).waiting().order_by()
    rows: QuerySet[Any] = found.values_list(Value(model.kind), "pk")
    return rows


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
    return {
        "waiting": Negotiation.objects.visible_to(person).waiting().count(),
        "to_sign": len(to_sign_by(person)),
    }
