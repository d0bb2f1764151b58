"""Who may do what in the data space. Denied unless allowed here."""

from typing import Final

import rules

from katalysator.coalition.models import Person
from katalysator.coalition.rules import manages
from katalysator.dataspace.models import ProtocolProcess

SPEAK: Final = "dataspace.speak"
"""Decide in a negotiation or a transfer of an organisation."""


@rules.predicate
def manages_its_organisation(person: Person, process: ProtocolProcess) -> bool:
    """Who manages the organisation whose connector it is of."""
    return bool(manages(person, process.connector.organisation))


rules.add_perm(SPEAK, manages_its_organisation)
