"""Datasets as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.template.defaultfilters import truncatewords

from katalysator.coalition.naming import area_names
from katalysator.dataspace.models import Dataset
from katalysator.dataspace.queries import DatasetQuerySet

PAGE: Final = 20
_SUMMARY_WORDS: Final = 28


@dataclass(frozen=True, slots=True)
class DatasetCard:
    """A dataset in a list, with the names of its areas and the first words of its text."""

    dataset: Dataset
    summary: str
    areas: list[str]


def cards(datasets: Iterable[Dataset]) -> list[DatasetCard]:
    """Datasets for a list. Cost: one query for the areas."""
    names = area_names()
    return [
        DatasetCard(
            each,
            truncatewords(each.text, _SUMMARY_WORDS),
            [names[slug] for slug in each.areas if slug in names],
        )
        for each in datasets
    ]


def card_page(datasets: DatasetQuerySet, number: str | None) -> Page[DatasetCard]:
    """A page of a long list; the last page for a number beyond it. Cost: three queries."""
    page = Paginator(datasets.with_holder(), PAGE).get_page(number)
    return Page(cards(page.object_list), page.number, page.paginator)  # type: ignore[arg-type]
