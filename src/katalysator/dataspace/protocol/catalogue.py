"""What a connector offers, as the protocol tells it: datasets with their offers, and where they can be had."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.paginator import EmptyPage, Paginator

from katalysator.dataspace.deciding import shown
from katalysator.dataspace.models import Connector, Dataset, DatasetOffer
from katalysator.dataspace.protocol.faults import ProtocolFault
from katalysator.dataspace.protocol.messages import ListQuestion, answer
from katalysator.dataspace.queries import DatasetQuerySet
from katalysator.dataspace.records.protocol_face import described

A_PAGE: Final = 50


def page(connector: Connector, speaker: str, number: int) -> tuple[dict[str, Any], str | None]:
    """One page of what a participant may ask for, and where the next one is.

    Raises ProtocolFault where there is no such page.
    """
    found = _offered(connector, speaker)
    pages = Paginator(found, A_PAGE)
    try:
        some = pages.page(number)
    except EmptyPage:
        raise ProtocolFault.unknown() from None
    told = _catalogue(connector, some)
    if not some.has_next():
        return told, None
    return told, f"{connector.base}/catalog/request?page={number + 1}"


def part(connector: Connector, speaker: str, wanted: list[Any]) -> dict[str, Any]:
    """What a participant may ask for, from one place in the list to another.

    Eclipse EDC puts its question of "from where" and "how many" in `filter`, which the protocol leaves open. That is understood;
    any other filter is refused by ProtocolFault.
    """
    try:
        (question,) = map(ListQuestion.model_validate, wanted)
    except ValueError:
        raise ProtocolFault.bad("filter: this catalogue cannot be filtered") from None
    begin, most = question.offset, min(question.limit, A_PAGE)
    return _catalogue(connector, _offered(connector, speaker)[begin : begin + most])


def _catalogue(connector: Connector, some: Iterable[Dataset]) -> dict[str, Any]:
    return answer(
        "Catalog",
        **{"@id": f"{connector.base}/catalog"},
        participantId=connector.participant_id,
        service=[_service(connector)],
        dataset=[_dataset(connector, each) for each in some] or None,
    )


def one(connector: Connector, speaker: str, key: str) -> dict[str, Any]:
    """A dataset that a participant may ask for. Raises ProtocolFault where there is none of this name."""
    found = _offered(connector, speaker, key=key).first()
    if found is None:
        raise ProtocolFault.unknown()
    told = _dataset(connector, found)
    return answer("Dataset", **{name: each for name, each in told.items() if name != "@type"})


def _offered(connector: Connector, speaker: str, **which: str) -> DatasetQuerySet:
    """The datasets with the offers that a participant sees; each answer of the terms is written down."""
    mine = Dataset.objects.filter(connector=connector, **which).offered()
    opened = DatasetOffer.objects.filter(is_open=True, dataset__in=mine.values("pk"))
    seen = mine.with_offers(shown(connector, opened, speaker))
    found: DatasetQuerySet = seen.select_related("connector__organisation")
    return found


def _dataset(connector: Connector, row: Dataset) -> dict[str, Any]:
    return {
        "@id": row.key,
        "@type": "Dataset",
        **described(row),
        "hasPolicy": [{"@id": each.key, "@type": "Offer", **each.terms} for each in row.opened],
        "distribution": [
            {"@type": "Distribution", "format": each, "accessService": connector.base}
            for each in row.formats
        ],
    }


def _service(connector: Connector) -> dict[str, Any]:
    return {"@id": connector.base, "@type": "DataService", "endpointURL": connector.base}
