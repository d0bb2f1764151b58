"""Whom an organisation may ask for data, and what their catalogues say to it."""

from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlencode

from django.urls import reverse

from katalysator.core.language import active_language
from katalysator.core.outgoing import NotReached
from katalysator.dataspace.catalogues.reading import CatalogueEntry, entries, entry
from katalysator.dataspace.models import Connector, Dataset, Negotiation, Partner
from katalysator.dataspace.processes.words import answer_words
from katalysator.dataspace.protocol.counterparts import own_connector
from katalysator.dataspace.protocol.doors import answer_to
from katalysator.dataspace.protocol.messages import message
from katalysator.dataspace.protocol.transport import (
    CATALOGUE,
    PartnerAnswer,
    is_page,
    say,
    segment,
)
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _


@dataclass(frozen=True, slots=True)
class CatalogueParty:
    """A participant that can be asked what it shares: who it is, what it is called, where it speaks."""

    participant_id: str
    name: str
    address: str
    is_of_house: bool


def parties_for(connector: Connector) -> list[CatalogueParty]:
    """Whom an organisation can ask: those here that share something, and those of the register. Cost: two queries."""
    sharing = Dataset.objects.filter(is_published=True).values("connector")
    inside = Connector.objects.speaking().filter(pk__in=sharing).exclude(pk=connector.pk)
    found = [_of_house(each) for each in inside] + [_elsewhere(each) for each in _known(connector)]
    return sorted(found, key=lambda each: each.name.casefold())


def party(connector: Connector, participant_id: str) -> CatalogueParty | None:
    """The one of this id, if it can be asked by this connector. Cost: two queries."""
    if own := own_connector(participant_id):
        return _of_house(own) if own != connector else None
    row = _known(connector).filter(participant_id=participant_id).first()
    return _elsewhere(row) if row else None


def _known(connector: Connector) -> Any:
    """Participants elsewhere that a connector speaks with."""
    return Partner.objects.known_to(connector).filter(is_blocked=False)


def _of_house(row: Connector) -> CatalogueParty:
    return CatalogueParty(row.participant_id, row.organisation.name, row.base, True)


def _elsewhere(row: Partner) -> CatalogueParty:
    return CatalogueParty(row.participant_id, row.name, row.address, False)


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """A page of a catalogue, and where the next one is below the address of its holder; empty where there is none."""

    entries: list[CatalogueEntry]
    following: str

    @property
    def has_next(self) -> bool:
        """Whether there is another."""
        return bool(self.following)


def asking_address(connector: Connector, participant_id: str, key: str) -> str:
    """The page on which an organisation asks a participant for a dataset."""
    query = urlencode({"of": participant_id, "key": key})
    return f"{reverse('catalogue-dataset', args=[connector.organisation.slug])}?{query}"


def asked_before(rows: Any, participant_id: str, key: str) -> Negotiation | None:
    """The newest of these negotiations in which a participant was asked for a dataset, and that did not end in nothing. Cost: a query."""
    asked = rows.filter(role="consumer", partner_id=participant_id, offer__target=key)
    found: Negotiation | None = asked.exclude(state="TERMINATED").order_by("-pk").first()
    return found


def catalogue_page(
    connector: Connector, whom: CatalogueParty, page: int | str = 1
) -> CataloguePage:
    """A page of what a participant shares with us: the first, one by its number, or one that the page before named.

    Numbers are as our own catalogues have them. Raises Conflict with what went wrong.
    """
    if isinstance(page, int):
        page = "" if page == 1 else f"{CATALOGUE}?page={page}"
    asked = page if is_page(page) else CATALOGUE
    answer = _taken(_said(connector, whom, asked, message("CatalogRequestMessage")))
    return CataloguePage(entries(answer.told, _languages()), answer.following(whom.address))


def catalogue_entry(connector: Connector, whom: CatalogueParty, key: str) -> CatalogueEntry | None:
    """One dataset that a participant shares with us; None where there is none of this key.

    Raises Conflict with what went wrong.
    """
    answer = _said(connector, whom, f"catalog/datasets/{segment(key)}", None)
    if answer.status in _ABSENT:
        return None
    return entry(_taken(answer).told, _languages())


_ABSENT: Final = (400, 404)


def _taken(answer: PartnerAnswer) -> PartnerAnswer:
    if not answer.is_good:
        raise Conflict(
            "catalogue-refused",
            _("The catalogue cannot be read: %(why)s."),
            why=answer_words(answer.status),
        )
    return answer


def _said(
    connector: Connector, whom: CatalogueParty, path: str, told: dict[str, Any] | None
) -> PartnerAnswer:
    method: Literal["GET", "POST"] = "GET" if told is None else "POST"
    try:
        return say(
            connector, method, whom.address, path, to=whom.participant_id, within=answer_to, told=told
        )  # fmt: skip
    except (NotReached, InvalidInput) as fault:
        raise Conflict(fault.code, fault.message, hint=fault.hint, **fault.parameters) from None


def _languages() -> tuple[str, ...]:
    return (active_language(), "en", "nl")
