"""What records of all kinds share in the metadata model of AI-on-Demand (AIOD), the European platform: in its field names.

What a kind of record has of it beside that, the `aiod.py` of its room says: pure functions from records to dicts.
Fields that point to other records by the numbers of AIOD itself (`contact`, `organiser`, `member`) are left out: whoever
takes records in there gives those numbers.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

LANGUAGES: Final[Mapping[str, str]] = {"nl": "nld", "en": "eng"}
"""Languages as AIOD names them (ISO 639-3)."""


def resource(
    *,
    key: str,
    name: str,
    page: str,
    text: str,
    sectors: Sequence[str],
    keywords: Sequence[str],
    links: Sequence[str] = (),
    other_names: Sequence[str] = (),
    same_as: str = "",
    published_at: datetime | None = None,
) -> dict[str, Any]:
    """The fields of any resource.

    Parameters
    ----------
    key, page
        What tells it from others of its kind, and its page here, of which the host is the platform.
    name, text
        What it is called, and about, without mark-up.
    sectors, keywords
        The names of its areas in English, and other words that it is tagged with.
    links, other_names, same_as, published_at
        Where more of it stands, how else it is called, where it is described for good (else its page), since when.

    """
    return {
        "platform": urlsplit(page).hostname,
        "platform_resource_identifier": key,
        "name": name,
        "date_published": moment(published_at),
        "same_as": same_as or page,
        "description": {"plain": text} if text else None,
        "alternate_name": list(other_names),
        "keyword": list(keywords),
        "relevant_link": list(dict.fromkeys(each for each in (page, *links) if each)),
        "application_area": [],
        "industrial_sector": list(sectors),
        "research_area": [],
        "scientific_domain": [],
    }


def moment(at: datetime | None) -> str | None:
    """A moment as AIOD has it: in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
