"""All data in one list: what participants share here, and what was found in catalogues elsewhere."""

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Left

from katalysator.coalition.models import Person
from katalysator.dataspace.harvest.found import web_address
from katalysator.dataspace.models import Dataset, FoundDataset
from katalysator.dataspace.vocabularies import AUTHORITY, DataTheme

HERE: Final = "here"
_SHOWN: Final = 300  # letters of a text


@dataclass(frozen=True, slots=True)
class EverywhereQuery:
    """What is asked: words, all of which must be there, a theme, and where it lives: here, or the number of a source."""

    words: str = ""
    theme: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class DataEntry:
    """One dataset in the list; `source` names the catalogue in which it was found, and is empty for one of ours."""

    place: Literal["here", "elsewhere"]
    number: int
    title: str
    text: str
    language: str
    publisher: str
    theme: str
    licence: str
    source: str
    page: str

    @property
    def theme_label(self) -> str:
        """The theme in words."""
        return str(dict(DataTheme.choices).get(self.theme, ""))

    @property
    def licence_label(self) -> str:
        """The licence in words, or as its last part where it is an address that nobody here knows."""
        known = dict(Dataset.Licence.choices)
        short = self.licence.rstrip("/").removeprefix(f"{AUTHORITY}/licence/")
        return str(known.get(short, self.licence))


def everywhere(asked: EverywhereQuery, person: Person | AnonymousUser) -> "QuerySet[Any, Any]":
    """Rows for `entry`, by title. Cost: one query for a page, and one for how many there are."""
    ours = Dataset.objects.visible_to(person).filter(is_published=True)
    found = FoundDataset.objects.visible_to(person).there()
    if asked.where == HERE:
        found = found.none()
    elif asked.where:
        ours, found = ours.none(), found.filter(source=int(asked.where))
    if asked.theme:
        ours, found = ours.filter(theme=asked.theme), found.filter(theme=asked.theme)
    no_text = Value("", output_field=TextField())
    told = ours.about(asked.words).order_by().values_list(
        Value("here", output_field=CharField()), "pk", "title", Left("text", _SHOWN), "language",
        "connector__organisation__name", "theme", "licence", no_text, no_text,
    )  # fmt: skip
    others = found.about(asked.words).order_by().values_list(
        Value("elsewhere", output_field=CharField()), "pk", "title", Left("text", _SHOWN), "language",
        "publisher", "theme", "licence", "source__name", "lives_at",
    )  # fmt: skip
    together: QuerySet[Any, Any] = told.union(others, all=True)
    return together.order_by("title", "pk")


def entry(row: Any) -> DataEntry:
    """A row as a list shows it; ours has the address that leads to its page in any language."""
    found = DataEntry(*row)
    ours = f"/dataspace/datasets/{found.number}"
    return replace(found, page=ours if found.place == HERE else web_address(found.page))
