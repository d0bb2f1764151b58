"""A page of what a source has, or a fault that says what was wrong."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from katalysator.core.outgoing import NotReached, spoken
from katalysator.dataspace.harvest.found import ReadDataset, as_found, web_address
from katalysator.dataspace.harvest.reading import MOST, read_page
from katalysator.dataspace.models import Connector, HarvestSource, Partner
from katalysator.dataspace.protocol.doors import answer_to
from katalysator.dataspace.protocol.messages import message
from katalysator.dataspace.protocol.transport import CATALOGUE, say
from katalysator.faults import InvalidInput, gettext_noop as _

PATIENCE: Final = 30.0
"""Seconds in which a page has to be here."""
_ACCEPT: Final = "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8"


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """The datasets of a page, how many were left out, for they have no name or title, and where the next page is; empty for none."""

    records: list[ReadDataset]
    left_out: int
    following: str


def start(source: HarvestSource) -> str:
    """Where the first page of a source is."""
    return source.address or CATALOGUE


def fetched(source: HarvestSource, place: str) -> FetchedPage:
    """A page of a source. Raises InvalidInput or NotReached where anything is wrong with it: then nothing of all counts."""
    ask = _page_of_feed if source.kind == HarvestSource.Kind.DCAT else _page_of_partner
    told, following = ask(source, place)
    records = [as_found(each) for each in told]
    known = [each for each in records if each is not None]
    return FetchedPage(known, len(records) - len(known), following)


def may_ask(connector: Connector, partner: Partner) -> bool:
    """Whether a connector takes part, and speaks with a participant elsewhere. Cost: one query."""
    heard = Partner.objects.known_to(connector).filter(pk=partner.pk, is_blocked=False)
    return connector.organisation.is_participant and heard.exists()


def _page_of_feed(source: HarvestSource, address: str) -> tuple[list[dict[str, Any]], str]:
    page = read_page(_asked(address), address)
    return page.datasets, _following(source, address, page.next_page) if page.next_page else ""


def _following(source: HarvestSource, address: str, said: str) -> str:
    """The next page of a feed, as a page of it says. Raises InvalidInput where it is no address on the same site."""
    with suppress(ValueError):
        following = urljoin(address, said)
        if web_address(following) and _host(following) == _host(source.address):
            return following
    raise InvalidInput(
        "feed-elsewhere", _("The next page of this feed stands on another site: it is not read.")
    )


def _host(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()


def _asked(address: str) -> bytes:
    """What stands at an address. Raises NotReached, and InvalidInput for an address that is not spoken to."""
    answer = spoken("GET", address, None, {"Accept": _ACCEPT}, most=MOST, patience=PATIENCE)
    if answer.status in range(300, 400):
        raise NotReached("feed-moved", _("This feed has moved: say where it is now."))
    if answer.status != HTTPStatus.OK:
        raise NotReached(
            "feed-status", _("The answer there is %(status)s."), status=str(answer.status)
        )
    return answer.body


def _page_of_partner(source: HarvestSource, path: str) -> tuple[list[dict[str, Any]], str]:
    """A page of the catalogue of a participant, over the protocol."""
    partner, connector = source.partner, source.connector
    if partner is None or connector is None or not may_ask(connector, partner):
        raise InvalidInput(
            "partner-blocked",
            _("Our connector does not take part, or does not speak with this participant."),
        )
    answer = say(
        connector,
        "POST",
        partner.address,
        path,
        to=partner.participant_id,
        within=answer_to,
        told=message("CatalogRequestMessage"),
    )
    if answer.is_good and not answer.told:
        raise NotReached("partner-unreadable", _("The answer of the other side cannot be read."))
    if answer.is_good:
        told = list(_of_catalogue(answer.told, partner.name))
        return told, answer.following(partner.address)
    raise NotReached(
        "partner-refused",
        _("The other side refused, with %(status)s: %(reasons)s"),
        status=str(answer.status),
        reasons=answer.reasons or "—",
    )


def _of_catalogue(told: dict[str, Any], publisher: str) -> Iterator[dict[str, Any]]:
    """The datasets of a catalogue of the protocol, also of those that stand in it."""
    catalogues = _several(told.get("catalog"))
    for each in (told, *catalogues):
        for dataset in _several(each.get("dataset") or each.get("dcat:dataset")):
            yield _of_protocol(dataset, publisher)


def _of_protocol(told: dict[str, Any], publisher: str) -> dict[str, Any]:
    key = str(told.get("@id") or told.get("id") or "")
    page = _said(told, "landingPage", "dcat:landingPage")
    offers = _several(told.get("hasPolicy"))
    return {
        "key": key,
        "title": _said(told, "dct:title", "title", "dcterms:title", "edc:name", "name") or key,
        "text": _said(told, "dct:description", "description", "dcterms:description"),
        "language": _said(told, "dct:language", "language"),
        "publisher": publisher,
        "theme": _said(told, "theme", "dcat:theme").rpartition("/")[2],
        "keywords": _words(told.get("keyword") or told.get("dcat:keyword")),
        "landing_page": page,
        "lives_at": page,
        "record": {"offers": len(offers)},
    }


def _several(told: Any) -> list[dict[str, Any]]:
    several = told if isinstance(told, list) else [told]
    return [each for each in several if isinstance(each, dict)]


def _said(told: dict[str, Any], *names: str) -> str:
    """The first text under one of some names, also one that says its language or its address."""
    for name in names:
        said = told.get(name)
        first = said[0] if isinstance(said, list) and said else said
        if isinstance(first, dict):
            first = first.get("@value", first.get("@id"))
        if isinstance(first, str) and first:
            return first
    return ""


def _words(told: Any) -> list[str]:
    several = told if isinstance(told, list) else [told]
    return [each for each in several if isinstance(each, str)]
