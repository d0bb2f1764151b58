"""What stands of negotiations and transfers on one's own page: those that wait, and the way to them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from katalysator.core.panels import Waits, one_by_one, panel, waits
from katalysator.dataspace.agreements.standing import to_sign_by
from katalysator.dataspace.models import Connector, Negotiation, Transfer
from katalysator.dataspace.processes.shown import ToldProcess, told_processes
from katalysator.dataspace.protocol.machines import ProtocolRole


@waits(position=22)
def to_decide(person: Any) -> Iterator[Waits]:
    """Negotiations and transfers in which somebody has to decide, or to look: named where they are few. Cost: a query, and four for each kind of which few wait."""
    first, second = (_waiting(each, person) for each in (Negotiation, Transfer))
    found = list(first.union(second, all=True))
    asked, given = (
        [pk for told, pk in found if told == each.kind] for each in (Negotiation, Transfer)
    )
    many = ngettext(
        "%(number)s request for data waits for you",
        "%(number)s requests for data wait for you",
        len(asked),
    )
    requests = Negotiation.objects.select_related("connector__organisation")
    yield from _waits(requests, asked, lambda row: row, many)
    many = ngettext(
        "%(number)s delivery of data waits for you",
        "%(number)s deliveries of data wait for you",
        len(given),
    )
    given_data = Transfer.objects.select_related(
        "connector__organisation", "agreement__negotiation"
    )
    yield from _waits(given_data, given, lambda row: row.agreement.negotiation, many)


def _waits(
    rows: QuerySet[Any], waiting: Sequence[int], about: Callable[[Any], Negotiation], many: str
) -> Iterable[Waits]:
    """Each process that waits where they are few; else how many there are, with the list of them."""

    def each(numbers: Sequence[int]) -> Iterator[Waits]:
        found = list(rows.filter(pk__in=numbers).order_by("pk"))
        for told in told_processes(found, about):
            yield Waits(_said(told), told.row.get_absolute_url())

    link = f"{reverse(f'{rows.model.kind}-list')}?how=waiting"
    return one_by_one(waiting, each, Waits(many % {"number": len(waiting)}, link))


def _said(told: ToldProcess) -> str:
    """One that waits, in a line."""
    if told.row.outbox is not None:
        sentence = _("“%(title)s”, with %(partner)s: what was sent does not arrive")
        return sentence % {"title": told.title, "partner": told.partner}
    is_asked = told.row.kind == Negotiation.kind and told.row.state == "REQUESTED"
    sentence = (
        _("%(partner)s asks for “%(title)s”")
        if is_asked and told.row.side is ProtocolRole.PROVIDER
        else _("“%(title)s”, with %(partner)s: %(state)s")
    )
    return sentence % {"partner": told.partner, "title": told.title, "state": told.state}


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
