"""What the other sides and the datasets of processes are called, for many at once."""

from collections.abc import Iterable, Mapping

from django.db.models import F, Q

from katalysator.dataspace.models import Connector, Dataset, Negotiation, Partner
from katalysator.dataspace.protocol.machines import ProtocolRole


def names_of(participants: Iterable[str], connectors: Iterable[int]) -> dict[str, str]:
    """The names of participants by their ids: of ours, and as these connectors (by their numbers) know them. Cost: two queries.

    Whoever is in neither keeps its id.
    """
    asked = set(participants)
    slugs = {each.rpartition(":")[2] for each in asked}
    own = Connector.objects.filter(organisation__slug__in=slugs).select_related("organisation")
    known = Partner.objects.filter(
        Q(connector=None) | Q(connector__in=set(connectors)), participant_id__in=asked
    ).order_by(F("connector").asc(nulls_first=True))
    found = {each.participant_id: each.organisation.name for each in own} | dict(
        known.values_list("participant_id", "name")
    )
    return {each: found.get(each, each) for each in asked}


def titles_of(negotiations: Iterable[Negotiation]) -> Mapping[int, str]:
    """What the datasets of negotiations are called, by the numbers of these. Cost: a query.

    Of datasets that are not ours to tell it is what stood in the catalogue when they were asked for, else their key.
    """
    asked = list(negotiations)
    rows = Dataset.objects.select_related("connector__organisation")
    found = {row.key: row for row in rows.filter(key__in={each.dataset_key for each in asked})}
    return {each.pk: _title(each, found.get(each.dataset_key)) for each in asked}


def _title(row: Negotiation, dataset: Dataset | None) -> str:
    if dataset is not None and _is_about(row, dataset):
        return dataset.title
    return row.title or row.dataset_key


def _is_about(row: Negotiation, dataset: Dataset) -> bool:
    """Whether this dataset is the one of a negotiation, and its side may see it: one elsewhere may have the same key."""
    if row.side is ProtocolRole.PROVIDER:
        return dataset.connector_id == row.connector_id
    return dataset.is_published and dataset.connector.participant_id == row.partner_id
