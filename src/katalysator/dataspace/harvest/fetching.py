"""A page of what a source has, or a fault that says what was wrong."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from katalysator.core.outgoing import NotReached, spoken
from katalysator.dataspace.catalogues.reading import TEXTS, TITLES, datasets_in, text_of
from katalysator.dataspace.harvest.feed import PREFERRED
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
        told = [of_protocol(each, partner.name) for each in datasets_in(answer.told)]
        return told, answer.following(partner.address)
    raise NotReached(
        "partner-refused",
        _("The other side refused, with %(status)s: %(reasons)s"),
        status=str(answer.status),
        reasons=answer.reasons or "—",
    )


def of_protocol(told: Mapping[str, Any], publisher: str) -> dict[str, Any]:
    """A dataset of a catalogue of the protocol, as plain facts."""
    key = text_of(told, ("@id", "id"))
    return {
        "key": key,
        "title": text_of(told, TITLES, PREFERRED) or key,
        "text": text_of(told, TEXTS, PREFERRED),
        "language": text_of(told, ("dct:language", "language")),
        "publisher": publisher,
        "theme": text_of(told, ("theme", "dcat:theme")).rpartition("/")[2],
        "keywords": _words(told.get("keyword") or told.get("dcat:keyword")),
        "lives_at": text_of(told, ("landingPage", "dcat:landingPage")),
    }


def _words(told: Any) -> list[str]:
    several = told if isinstance(told, list) else [told]
    return [each for each in several if isinstance(each, str)]
