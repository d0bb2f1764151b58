"""Knowledge as a list shows it: labels in the reader's language, and the beginning of its text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.template.defaultfilters import truncatewords

from katalysator.coalition.naming import area_names
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.queries import KnowledgeItemQuerySet

PAGE: Final = 20
_SUMMARY_WORDS: Final = 28


@dataclass(frozen=True, slots=True)
class KnowledgeCard:
    """An item in a list, with the names of its areas and the first words of its text."""

    item: KnowledgeItem
    title: str
    summary: str
    areas: list[str]
    note: str = ""


def cards(items: Iterable[KnowledgeItem]) -> list[KnowledgeCard]:
    """Items for a list. Cost: one query for the areas."""
    names = area_names()
    return [_card(item, names) for item in items]


def card_page(
    items: KnowledgeItemQuerySet, number: str | None, most: int = PAGE
) -> Page[KnowledgeCard]:
    """A page of a long list; the last page for a number beyond it. Cost: three queries."""
    page = Paginator(items.with_counts().with_names(), most).get_page(number)
    return Page(cards(page.object_list), page.number, page.paginator)  # type: ignore[arg-type]


def _card(item: KnowledgeItem, names: dict[str, str]) -> KnowledgeCard:
    areas = [names[slug] for slug in item.areas if slug in names]
    return KnowledgeCard(item, item.title, truncatewords(item.plain_text, _SUMMARY_WORDS), areas)
