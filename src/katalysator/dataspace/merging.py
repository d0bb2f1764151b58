"""What becomes of connectors where two organisations merge that both have one."""

from typing import Final

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.dataspace.models import (
    Agreement,
    Connector,
    Dataset,
    HarvestSource,
    Negotiation,
    Partner,
    PolicyDecision,
    Transfer,
)

_GO_ALONG: Final = (Dataset, Negotiation, Agreement, Transfer, PolicyDecision)


@where_both_have_one(Connector)
def one_connector(row: Connector, kept: Organisation) -> None:
    """What the second one shared, agreed and has read goes on under the first; its key, and what is known twice, go."""
    own = Connector.objects.get(organisation=kept)
    for model in _GO_ALONG:
        model.objects.filter(connector=row).update(connector=own)
    known = own.partners.values("participant_id")
    row.partners.exclude(participant_id__in=known).update(connector=own)
    _let_sources_go_along(row, own)
    row.delete()


def _let_sources_go_along(row: Connector, own: Connector) -> None:
    """Catalogues elsewhere are read on, each once, of participants as the connector that stays knows them."""
    known = {each.participant_id: each for each in Partner.objects.known_to(own)}
    read: set[str] = set()
    for connector in (own, row):
        for source in HarvestSource.objects.filter(connector=connector).select_related("partner"):
            whom = known.get(source.partner.participant_id) if source.partner else None
            if whom is not None and whom.participant_id not in read:
                read.add(whom.participant_id)
                source.connector, source.partner = own, whom
                source.save(update_fields=["connector", "partner"])
