"""What others share, and asking for it."""

from dataclasses import dataclass
from typing import Any

from katalysator.cli.dataspace.carrying import carried_on
from katalysator.cli.dataspace.own import own_connector
from katalysator.cli.dataspace.telling import DataspaceOutcome
from katalysator.cli.exchange.showing import fact, table
from katalysator.core.actors import DATA_DESK
from katalysator.core.language import say, translate
from katalysator.dataspace.catalogues.asking import (
    CatalogueParty,
    catalogue_entry,
    catalogue_page,
    parties_for,
    party,
)
from katalysator.dataspace.catalogues.reading import CatalogueEntry, FoundOffer
from katalysator.dataspace.catalogues.verbs import ask
from katalysator.dataspace.models import Agreement, Connector, Negotiation
from katalysator.faults import InvalidInput, gettext_noop as _


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiateRequest:
    """What is asked of whom, as the options of the command say it."""

    partner: str
    dataset: str
    offer: str
    purpose: tuple[str, ...]
    results: tuple[str, ...]
    wait: bool
    seconds: int
    slug: str


def catalogue(slug: str, partner: str, page: int) -> DataspaceOutcome:
    """Whom an organisation can ask, or what one of them shares with it. Raises KatalysatorError."""
    own = own_connector(slug)
    if not partner:
        return _parties(own)
    found = catalogue_page(own, _party(own, partner), page)
    told = {"items": [_entry(each) for each in found.entries], "hasNext": found.has_next}
    rows = [(each.key, ", ".join(each.formats), each.title) for each in found.entries]
    lines = table((say("Dataset"), say("How"), say("Title")), rows)
    if found.has_next:
        lines.append(say("There is more: --page %(page)s.", page=page + 1))
    return DataspaceOutcome(told, lines)


def negotiated(asked: NegotiateRequest) -> DataspaceOutcome:
    """Ask for a dataset on the terms of an offer, and say what came of it. Raises KatalysatorError."""
    own = own_connector(asked.slug)
    whom = _party(own, asked.partner)
    entry = catalogue_entry(own, whom, asked.dataset)
    if entry is None:
        raise InvalidInput(
            "no-dataset-there",
            _("%(name)s shares no such dataset with you."),
            hint=_("See what it shares with: katalysator dataspace catalog %(partner)s"),
            name=whom.name,
            partner=asked.partner,
        )
    offer = _offer(entry, asked.offer)
    declared = {"purpose": asked.purpose, "derivedData": asked.results}
    row = ask(
        own,
        whom,
        entry.key,
        {"@id": offer.key, **offer.terms},
        declared,
        by=DATA_DESK,
        title=entry.title,
    )
    row = carried_on(row, _is_agreed, wait=asked.wait, seconds=asked.seconds)
    return _told(row, is_waited_for=asked.wait)


def _is_agreed(row: Negotiation) -> bool:
    return row.state == "FINALIZED"


def _told(row: Negotiation, *, is_waited_for: bool) -> DataspaceOutcome:
    agreement = Agreement.objects.filter(negotiation=row).first() if _is_agreed(row) else None
    told = {
        "pid": row.pid,
        "state": row.state,
        "agreement": agreement.key if agreement else None,
        "reason": row.reason,
        "problem": row.problem,
    }
    lines = [fact(say("Number"), row.pid), fact(say("State"), row.state)]
    if agreement:
        lines.append(fact(say("Agreement"), agreement.key))
    if why := row.reason or row.problem:
        lines.append(fact(say("Reason"), translate(why)))
    if not row.is_over:
        lines.append(
            say("It waits for the other side: katalysator dataspace status %(pid)s", pid=row.pid)
        )
    is_refused = row.is_over and agreement is None
    return DataspaceOutcome(
        told, lines, not is_refused and (agreement is not None or not is_waited_for)
    )


def _parties(own: Connector) -> DataspaceOutcome:
    found = parties_for(own)
    told = {
        "items": [
            {"id": each.participant_id, "name": each.name, "address": each.address}
            for each in found
        ]
    }
    rows = [(each.participant_id, each.name) for each in found]
    return DataspaceOutcome(told, table((say("Id"), say("Name")), rows))


def _party(own: Connector, said: str) -> CatalogueParty:
    """Somebody who can be asked, by id or, of the house, by its name in addresses. Raises InvalidInput."""
    found = party(own, said)
    if found is None:
        inner = Connector.objects.speaking().filter(organisation__slug=said).first()
        found = party(own, inner.participant_id) if inner else None
    if found is None:
        raise InvalidInput(
            "no-partner",
            _("Nobody is known here as “%(said)s”."),
            hint=_("See whom you can ask with: katalysator dataspace catalog"),
            said=said,
        )
    return found


def _offer(entry: CatalogueEntry, key: str) -> FoundOffer:
    found = [each for each in entry.offers if key in ("", each.key)]
    if not found:
        raise InvalidInput("no-offer", _("There is no such offer of this dataset.")).at("--offer")
    if len(found) > 1:
        raise InvalidInput(
            "which-offer",
            _("There are more offers: %(offers)s."),
            hint=_("Name one with --offer."),
            offers=tuple(each.key for each in found),
        )
    return found[0]


def _entry(each: CatalogueEntry) -> dict[str, Any]:
    return {
        "dataset": each.key,
        "title": each.title,
        "text": each.text,
        "formats": list(each.formats),
        "offers": [{"@id": offer.key, **offer.terms} for offer in each.offers],
    }
