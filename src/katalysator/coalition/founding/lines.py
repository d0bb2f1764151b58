"""What is said in lines, such as “Hub East | Gelderland, Overijssel | where it says so”: one form for terminal, file and page."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.text import slugify

from katalysator.cleaning import plain_line
from katalysator.coalition.areas import AREAS
from katalysator.coalition.founding.facts import AreaFacts, HubFacts
from katalysator.coalition.models import Area, Hub
from katalysator.core import regions
from katalysator.core.language import ENGLISH
from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.names import words

_NUMBER: Final = re.compile(r"[0-9]{1,12}([.,][0-9]{1,4})?")
_SPELLINGS: Final = (
    (re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"), (1, 2, 3)),
    (re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})"), (3, 2, 1)),
)


def parts_of(line: str, most: int) -> list[str]:
    """The parts of a line between bars, padded to `most` of them. Raises InvalidInput for more."""
    parts = [plain_line(part) for part in line.split("|")]
    if len(parts) > most:
        raise InvalidInput(
            "line-parts",
            _("“%(line)s” has more parts than there may be: %(most)s."),
            hint=_("Put a bar ( | ) between the parts, and nowhere else."),
            line=line,
            most=most,
        )
    return parts + [""] * (most - len(parts))


def read_areas(lines: Sequence[str], known: Sequence[Area]) -> tuple[AreaFacts, ...]:
    """Areas, each by the name of one that is there or proposed, or by names of its own. Raises InvalidInput."""
    names = dict(AREAS) | {each.slug: each.name for each in known}
    by_words = {
        words(name): slug for slug, each in names.items() for name in (slug, *each.values())
    }
    found = [_area(line, names, by_words) for line in lines]
    _require_once([each.slug for each in found])
    return tuple(found)


def _area(
    line: str, names: Mapping[str, Translated], by_words: Mapping[tuple[str, ...], str]
) -> AreaFacts:
    named, said = _slug_in(line, 30)
    dutch, english = parts_of(said, 2)
    slug = named or by_words.get(words(dutch)) or slugify(dutch)[:30]
    if not slug:
        raise InvalidInput("area-name", _("Give the area a name."))
    if not english and words(dutch) in by_words:
        return AreaFacts(slug, names[by_words[words(dutch)]])
    return AreaFacts(slug, Translated(nl=dutch, en=english or dutch))


def read_hubs(lines: Sequence[str], known: Sequence[Hub]) -> tuple[HubFacts, ...]:
    """Hubs: a name, the regions, and where it is said. Raises InvalidInput."""
    by_words = {words(each.name): each.slug for each in known}
    found = [_hub(line, by_words) for line in lines]
    _require_once([each.slug for each in found])
    return tuple(found)


def _hub(line: str, by_words: Mapping[tuple[str, ...], str]) -> HubFacts:
    named, said = _slug_in(line, 60)
    name, places, source = parts_of(said, 3)
    codes = tuple(
        dict.fromkeys(map(regions.parse, filter(None, map(str.strip, places.split(",")))))
    )
    slug = named or by_words.get(words(name)) or slugify(name)[:60]
    if not slug or not codes:
        raise InvalidInput(
            "hub",
            _("“%(line)s” does not say which regions the hub serves."),
            hint=_("Write it as: Hub East | Gelderland, Overijssel | source"),
            line=line,
        )
    return HubFacts(slug, name, codes, source)


def read_targets(lines: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """What is to be reached: a name, a number and its source. Raises InvalidInput."""
    return tuple(_target(line) for line in lines)


def _target(line: str) -> Mapping[str, str]:
    name, number, source = parts_of(line, 3)
    number = number.replace(",", ".").replace(" ", "")
    if not name or not _NUMBER.fullmatch(number):
        raise InvalidInput(
            "target",
            _("“%(line)s” does not say how much of what."),
            hint=_("Write it as: Labs | 20 | source"),
            line=line,
        )
    return {"name": name, "number": number, "source": source}


def read_problems(lines: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """What is not accessible: the problem, what is done about it, and when. Raises InvalidInput."""
    names = ("problem", "measure", "planned")
    return tuple(dict(zip(names, parts_of(line, 3), strict=True)) for line in lines)


def read_day(text: str) -> date | None:
    """A day, as 2026-03-31 or 31-3-2026; None for no text. Raises InvalidInput."""
    if not text:
        return None
    for pattern, order in _SPELLINGS:
        if found := pattern.fullmatch(text):
            try:
                return date(*(int(found[place]) for place in order))
            except ValueError:
                break
    raise InvalidInput(
        "day", _("“%(text)s” is not a day."), hint=_("Write it as 2026-03-31."), text=text
    )


def area_line(area: Area) -> str:
    """An area as it is written."""
    english = area.name.get(ENGLISH, "")
    dutch = area.name.get("nl", english)
    return f"{area.slug} = {dutch} | {english or dutch}"


def hub_line(hub: Hub) -> str:
    """A hub as it is written."""
    return f"{hub.slug} = {joined([hub.name, ', '.join(hub.regions), hub.source])}"


def joined(parts: Sequence[str]) -> str:
    """Parts as one line, without empty ones behind."""
    return " | ".join(parts).rstrip(" |")


def _slug_in(line: str, most: int) -> tuple[str, str]:
    """The address in front of a line such as “zorg = Zorg | Care”, if there is one, and the rest."""
    before, sign, after = line.partition(" = ")
    slug = before.strip()
    if not sign or slugify(slug) != slug or not 0 < len(slug) <= most:
        return "", line
    return slug, after


def _require_once(slugs: Sequence[str]) -> None:
    twice = [slug for place, slug in enumerate(slugs) if slug in slugs[:place]]
    if twice:
        raise InvalidInput(
            "line-twice",
            _("“%(name)s” is named twice."),
            hint=_("Take one of the two out."),
            name=twice[0],
        )
