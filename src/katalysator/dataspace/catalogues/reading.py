"""What a catalogue says: read as far as we understand it, from whoever it comes; what cannot be read is left out and counted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from pydantic import ValidationError

from katalysator.dataspace.models.connectors import LONGEST_ID
from katalysator.dataspace.protocol.policy_shapes import OfferShape

_MOST: Final = 500
"""Datasets of one page that are shown."""
_MOST_OFFERS: Final = 20
_LONGEST_TITLE: Final = 200
_LONGEST_TEXT: Final = 2_000
TITLES: Final = (
    "dct:title",
    "title",
    "dcterms:title",
    "http://purl.org/dc/terms/title",
    "edc:name",
    "name",
)
TEXTS: Final = (
    "dct:description",
    "description",
    "dcterms:description",
    "http://purl.org/dc/terms/description",
)


@dataclass(frozen=True, slots=True)
class FoundOffer:
    """Terms on which a dataset can be had, by their key."""

    key: str
    terms: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A dataset as its catalogue tells it; `unreadable` counts offers whose terms we cannot read."""

    key: str
    title: str
    text: str
    offers: tuple[FoundOffer, ...]
    formats: tuple[str, ...]
    unreadable: int


def entries(told: Mapping[str, Any], languages: Iterable[str]) -> list[CatalogueEntry]:
    """The datasets of a page of a catalogue, also of catalogues within it."""
    wanted = tuple(languages)
    found = (entry(each, wanted) for each in datasets_in(told))
    return list(islice((each for each in found if each is not None), _MOST))


def datasets_in(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The datasets of a page of a catalogue as they are told, also of catalogues within it."""
    for each in (told, *_maps(told.get("catalog"))):
        yield from _maps(each.get("dataset") or each.get("dcat:dataset"))


def entry(told: Mapping[str, Any], languages: Iterable[str]) -> CatalogueEntry | None:
    """One dataset; None where it has no name by which it can be asked for."""
    key = told.get("@id")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_ID:
        return None
    policies = _maps(told.get("hasPolicy"))[:_MOST_OFFERS]
    offers = [each for each in map(_offer, policies) if each is not None]
    wanted = tuple(languages)
    title = text_of(told, TITLES, wanted)[:_LONGEST_TITLE]
    formats = [each.get("format") for each in _maps(told.get("distribution"))]
    return CatalogueEntry(
        key,
        title or key,
        text_of(told, TEXTS, wanted)[:_LONGEST_TEXT],
        tuple(offers),
        tuple(dict.fromkeys(str(each)[:120] for each in formats if isinstance(each, str))),
        len(policies) - len(offers),
    )


def _offer(told: Mapping[str, Any]) -> FoundOffer | None:
    try:
        read = OfferShape.model_validate({"@type": "Offer", **told})
    except (ValidationError, RecursionError):
        return None
    return FoundOffer(read.key, read.terms())


def _maps(told: Any) -> list[Mapping[str, Any]]:
    """The objects of a list, or of one that stands alone."""
    several = told if isinstance(told, list) else [told]
    return [each for each in several if isinstance(each, dict)]


def text_of(told: Mapping[str, Any], names: Iterable[str], languages: Iterable[str] = ()) -> str:
    """A text or an address under one of some names, in the first of the languages that it is told in."""
    value = next((told[name] for name in names if told.get(name)), "")
    several = value if isinstance(value, list) else [value]
    said: dict[str, str] = {}
    for each in several:
        if isinstance(each, str):
            said.setdefault("", each)
        elif isinstance(each, dict):
            text = each.get("@value", each.get("@id"))
            if isinstance(text, str):
                said.setdefault(str(each.get("@language", "")), text)
    ordered = [said[each] for each in (*languages, "") if each in said] or list(said.values())
    return " ".join(ordered[0].split()) if ordered else ""
