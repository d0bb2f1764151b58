"""What was read of a dataset elsewhere, before it is kept: plain facts, cut to what is kept of them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import urlsplit

from katalysator.cleaning import cleaned, plain_line
from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.dataspace.vocabularies import DataTheme

MOST_KEYWORDS: Final = 30
_TAG: Final = re.compile("[A-Za-z0-9-]{1,12}")
"""How a tag of a language looks."""


@dataclass(frozen=True, slots=True)
class ReadDataset:
    """The same facts as `FoundDataset` keeps."""

    key: str
    title: str
    text: str = ""
    language: str = ""
    publisher: str = ""
    theme: str = ""
    keywords: str = ""
    licence: str = ""
    lives_at: str = ""

    @property
    def digest(self) -> str:
        """Names what it says: another name where anything changed."""
        told = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return blake2b(told.encode(), digest_size=16).hexdigest()


def as_found(told: Mapping[str, Any]) -> ReadDataset | None:
    """What is kept of a dataset; None for one without a name or a title, which nobody could find."""
    key, title = cleaned(str(told.get("key") or "")), plain_line(str(told.get("title") or ""))[:300]
    if not key or not title:
        return None
    theme, language = str(told.get("theme") or ""), str(told.get("language") or "")
    return ReadDataset(
        key=_short_key(key),
        title=title,
        text=cleaned(str(told.get("text") or "")).strip()[:4_000],
        language=language if _TAG.fullmatch(language) else "",
        publisher=plain_line(str(told.get("publisher") or ""))[:200],
        theme=theme if theme in DataTheme.values else "",
        keywords=_keywords(told.get("keywords") or ()),
        licence=plain_line(str(told.get("licence") or ""))[:LONGEST_ADDRESS],
        lives_at=web_address(told.get("lives_at")),
    )


def _short_key(key: str) -> str:
    """A name that fits; a longer one is known by its sum."""
    return key if len(key) <= 300 else f"urn:blake2b:{blake2b(key.encode()).hexdigest()}"


def _keywords(said: Iterable[Any]) -> str:
    words = {plain_line(str(each))[:60] for each in said}
    return ", ".join(sorted(each for each in words if each)[:MOST_KEYWORDS])


def web_address(said: Any) -> str:
    """An address that a person may follow; empty for anything else."""
    address = str(said or "")
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.netloc and address.isprintable()
    return address if is_web and len(address) <= LONGEST_ADDRESS else ""
