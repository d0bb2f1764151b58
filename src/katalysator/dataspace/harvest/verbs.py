"""What the bureau does with catalogues elsewhere; what a connector is told only who manages its organisation lets be read. Each verb is one transaction with its event."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.outgoing import destination
from katalysator.dataspace.harvest.fetching import may_ask
from katalysator.dataspace.harvest.harvesting import queue
from katalysator.dataspace.models import Connector, HarvestSource, Partner
from katalysator.dataspace.rules import KEEP_SOURCES, require_sharer
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _

MOST = 100
"""So many sources there are at most."""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What is said of a source: an address, or a participant elsewhere with the connector that asks it."""

    name: str
    every: str = "day"
    address: str = ""
    partner: Partner | None = None
    connector: Connector | None = None


@transaction.atomic
def add_source(facts: SourceFacts, *, by: Actor) -> HarvestSource:
    """Have a catalogue elsewhere read at set times, and now. Raises InvalidInput at its field, Conflict, NotAllowed."""
    _require(by)
    if facts.connector is not None:
        require_sharer(facts.connector, by)
    if HarvestSource.objects.count() >= MOST:
        raise Conflict("many-sources", _("There are %(most)s sources already."), most=MOST)
    row = HarvestSource(
        name=facts.name,
        every=facts.every,
        address=facts.address.strip(),
        partner=facts.partner,
        connector=facts.connector,
        kind="dsp" if facts.partner else "dcat",
    )
    _require_place(row)
    rows.require_sound(row)
    row.save()
    audit.record("harvest.add", row, by=by, after=_told(row))
    queue(row)
    return row


@transaction.atomic
def read_now(source: HarvestSource, *, by: Actor) -> HarvestSource:
    """Read it now, before its time. Raises Conflict where it is read already, and NotAllowed."""
    _require(by)
    row = _locked(source)
    if row.state != HarvestSource.State.RESTS:
        raise Conflict("is-read", _("It is being read already."))
    audit.record("harvest.read", row, by=by)
    queue(row)
    return row


@transaction.atomic
def remove_source(source: HarvestSource, *, by: Actor) -> None:
    """Read it no more, and forget what was found there. Raises Conflict, NotAllowed."""
    _require(by)
    row = _locked(source)
    audit.record("harvest.remove", row, by=by, before=_told(row))
    row.delete()


def _require_place(row: HarvestSource) -> None:
    if row.partner is None:
        try:
            destination(row.address)
        except InvalidInput as fault:
            raise fault.at("address") from None
    elif row.connector is None:
        raise InvalidInput("no-connector", _("Choose the connector that asks.")).at("connector")
    elif not may_ask(row.connector, row.partner):
        raise InvalidInput(
            "partner-unknown", _("This connector does not speak with this participant.")
        ).at("connector")


def _told(row: HarvestSource) -> dict[str, Any]:
    """What the trail keeps."""
    return {
        "name": row.name,
        "kind": row.kind,
        "every": row.every,
        "host": urlsplit(row.where).hostname or "",
    }


def _locked(source: HarvestSource) -> HarvestSource:
    return rows.locked(source, _("This source is not here any more."))


def _require(by: Actor) -> None:
    if not permits(by, KEEP_SOURCES):
        raise NotAllowed("not-the-bureau", _("Only the bureau says which catalogues are read."))
