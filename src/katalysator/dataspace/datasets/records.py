"""What the record of a dataset says: checked as a whole, put into the row, and told to the audit trail."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.models import Area
from katalysator.core import regions
from katalysator.core.language import lazy
from katalysator.core.lengths import require_short
from katalysator.core.rows import require_fit
from katalysator.dataspace.models import Dataset, DataSource
from katalysator.dataspace.vocabularies import AccessRights, DataTheme
from katalysator.faults import InvalidInput, gettext_noop as _

MOST_KEYWORDS: Final = 20
_LINES: Final = ("title", "creator", "contact_name", "contact_email")
_NEEDED: Final = {
    "title": lazy(_("Title")),
    "text": lazy(_("What is in it?")),
    "contact_name": lazy(_("Who answers questions about it?")),
    "contact_email": lazy(_("Address for questions about it")),
}
NEEDED: Final = tuple(_NEEDED)
"""What a record says before others may see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRecord:
    """All that its holder says of a dataset. Before it is published a title is enough."""

    title: str
    language: str = "nl"
    text: str = ""
    theme: str = DataTheme.TECHNOLOGY.value
    access: str = AccessRights.RESTRICTED.value
    creator: str = ""
    contact_name: str = ""
    contact_email: str = ""
    licence: str = "agreed"
    model: str = "contract"
    personal: str = "none"
    keywords: Collection[str] = ()
    areas: Collection[str] = ()
    region: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    frequency: str = ""
    shows_rows: bool = False


SAID: Final = tuple(part.name for part in fields(DatasetRecord))


def record_of(dataset: Dataset, **said: Any) -> DatasetRecord:
    """All that the record of a dataset says, but for what is said otherwise."""
    return DatasetRecord(**({name: getattr(dataset, name) for name in SAID} | said))


def fill(dataset: Dataset, record: DatasetRecord) -> None:
    """Put what is said into the row. Raises InvalidInput at the name of a part. Cost: one query."""
    for name in SAID:
        value = getattr(record, name)
        setattr(dataset, name, list(value) if isinstance(value, tuple) else value)
    for name in _LINES:
        setattr(dataset, name, plain_line(getattr(record, name)))
        require_short(getattr(dataset, name), Dataset, name)
    dataset.text = without_markup(record.text)
    require_short(dataset.text, Dataset, "text")
    if not dataset.title:
        raise InvalidInput("title", _("It has no title.")).at("title")
    dataset.keywords = _keywords(record.keywords)
    dataset.areas = _areas(record.areas)
    dataset.region = _region(record.region)
    if record.begins_on and record.ends_on and record.ends_on < record.begins_on:
        raise InvalidInput("period", _("The last day is before the first one.")).at("ends_on")
    require_fit(dataset)


def unfinished(dataset: Dataset) -> dict[str, str]:
    """What its record must still say before it can be published: each by its name, with its label."""
    return {name: label for name, label in _NEEDED.items() if not getattr(dataset, name)}


def require_publishable(dataset: Dataset) -> None:
    """Refuse what others would see before it is finished. Raises InvalidInput at the first that is missing."""
    if missing := unfinished(dataset):
        raise InvalidInput(
            "unfinished",
            _("Before others can see this, answer: %(fields)s"),
            fields=tuple(missing.values()),
        ).at(next(iter(missing)))


def lacks_data(row: Dataset) -> bool:
    """Whether it cannot be published yet because its data is not there; what stays put needs none here. Cost: one query at most."""
    return row.model != Dataset.Model.STAYS and not DataSource.objects.filter(dataset=row).exists()


def told(dataset: Dataset) -> dict[str, Any]:
    """What the trail says of it: its record, as JSON knows it."""
    said = {name: getattr(dataset, name) for name in SAID}
    return {name: str(each) if isinstance(each, date) else each for name, each in said.items()}


def _keywords(said: Collection[str]) -> list[str]:
    found = list(dict.fromkeys(filter(None, map(plain_line, said))))
    if len(found) > MOST_KEYWORDS:
        raise InvalidInput(
            "many-keywords", _("Use at most %(most)s keywords."), most=MOST_KEYWORDS
        ).at("keywords")
    for each in found:
        require_short(each, Dataset, "keywords")
    return found


def _areas(said: Collection[str]) -> list[str]:
    known = set(Area.objects.filter(slug__in=said).values_list("slug", flat=True))
    if unknown := [slug for slug in said if slug not in known]:
        raise InvalidInput(
            "area",
            _("There is no area “%(area)s”."),
            hint=_("Choose from the list."),
            area=unknown[0],
        ).at("areas")
    return list(dict.fromkeys(said))


def _region(said: str) -> str:
    try:
        return regions.parse(said) if said else ""
    except InvalidInput as error:
        raise error.at("region") from None
