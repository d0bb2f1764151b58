"""What becomes of connectors where two organisations merge that both have one."""

from typing import Final

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.dataspace.models import (
    Agreement,
    Connector,
    Dataset,
    Negotiation,
    PolicyDecision,
    Transfer,
)

_GO_ALONG: Final = (Dataset, Negotiation, Agreement, Transfer, PolicyDecision)


@where_both_have_one(Connector)
def one_connector(row: Connector, kept: Organisation) -> None:
    """What the second one shared and agreed goes on under the first; its key, and whom only it knew twice, go."""
    own = Connector.objects.get(organisation=kept)
    for model in _GO_ALONG:
        model.objects.filter(connector=row).update(connector=own)
    known = own.partners.values("participant_id")
    row.partners.exclude(participant_id__in=known).update(connector=own)
    row.delete()
