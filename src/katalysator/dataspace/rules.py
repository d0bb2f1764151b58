"""Who may do what in the data space. Denied unless allowed here."""

from typing import Final

import rules

from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator, manages
from katalysator.core.actors import Actor, permits
from katalysator.dataspace.models import Agreement, Connector, Dataset, ProtocolProcess
from katalysator.faults import NotAllowed, gettext_noop as _

SPEAK: Final = "dataspace.speak"
"""Decide in a negotiation or a transfer of an organisation."""
SHARE: Final = "dataspace.share"
"""Keep the connector of an organisation, and what it shares."""
KEEP_SOURCES: Final = "dataspace.keep_sources"
"""Say which catalogues elsewhere are read."""


@rules.predicate
def manages_its_organisation(
    person: Person, row: ProtocolProcess | Dataset | Agreement | Connector
) -> bool:
    """Who manages the organisation whose connector it is, or whose connector it is of."""
    connector = row if isinstance(row, Connector) else row.connector
    return bool(manages(person, connector.organisation))


rules.add_perm(SPEAK, manages_its_organisation)
rules.add_perm(SHARE, manages_its_organisation)
rules.add_perm(KEEP_SOURCES, is_coordinator)


def require_speaker(row: ProtocolProcess | Agreement | Dataset, by: Actor) -> None:
    """Refuse who may not decide for this organisation. Raises NotAllowed."""
    if not permits(by, SPEAK, row):
        raise NotAllowed(
            "dataspace-not-yours", _("Only who manages the organisation decides this.")
        )


def require_sharer(row: Dataset | Connector, by: Actor) -> None:
    """Refuse who may not keep this connector or dataset. Raises NotAllowed."""
    if not permits(by, SHARE, row):
        raise NotAllowed(
            "not-your-connector",
            _("Only who manages the organisation may do this."),
            hint=_("Ask a colleague who does."),
        )
