"""What the other sides and the datasets of processes are called, for many at once."""

from collections.abc import Iterable, Mapping

from django.db.models import F, Q

from katalysator.dataspace.models import Connector, Dataset, Negotiation, Partner


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


def titles_of(negotiations: Iterable[Negotiation]) -> Mapping[str, str]:
    """What the datasets of negotiations are called, by their keys. Cost: a query.

    Of datasets elsewhere it is what stood in the catalogue when they were asked for, else their key.
    """
    asked = list(negotiations)
    keys, connectors = (
        {getattr(each, name) for each in asked} for name in ("dataset_key", "connector_id")
    )
    seen = Q(is_published=True) | Q(connector__in=connectors)
    ours = dict(Dataset.objects.filter(seen, key__in=keys).values_list("key", "title"))
    return {
        each.dataset_key: ours.get(each.dataset_key) or each.title or each.dataset_key
        for each in asked
    }
