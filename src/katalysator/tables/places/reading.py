"""The places that one cell names, as codes of NUTS 2021."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from katalysator.tables.places.lookup import (
    KnownPlace,
    briefly,
    is_country_or_province,
    look_up,
    named,
)
from katalysator.tables.places.names import CITIES_WITH_PARTS, IN_FULL, NAMES, NutsCodes
from katalysator.tables.places.nuts import NUTS, covers, outermost
from katalysator.tables.places.postcodes import POSTCODE
from katalysator.tables.places.spelling import folded
from katalysator.tables.places.words import BUT_NOT, COMPASS

LONGEST: Final = 500
"""Letters in a cell that can be a list of places; a longer one is a text."""

_BRACKETS: Final = re.compile(r"\([^()]*\)")
_SEPARATOR: Final = re.compile(
    r"\s+(?:en/of|and/or)\s+|[;:\n|+&,•·]|(?<!\ba)/(?!d )|\s[-–—]\s|\s{2,}|\t"
    r"|\s(?:en|and|und|of(?! the )|or|oder|et|ou|plus)\s",
    re.IGNORECASE,
)
_MADE_UP: Final = (-1, -1)
"""The place of a text that does not stand so in the cell."""
_MOST_ITEMS_OF_A_NAME: Final = 4
"""“Nuenen, Gerwen en Nederwetten” is one name, of three items."""

_NEAR: Final = 0.8
"""How much alike (as difflib has it) a name must be to be suggested: Amsterdam is no Drenthe."""

_MOST_SUGGESTIONS: Final = 3


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """What a cell says about where.

    Parameters
    ----------
    codes
        NUTS 2021, in the order of the cell; none lies in another.
    online
        Whether it says that one need not be there.
    unknown
        What is no place that we know, as it was written.

    """

    codes: NutsCodes
    online: bool
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _ListItem:
    text: str
    start: int
    end: int
    after: str
    """What separates it from the next one."""


def read_places(text: str) -> NamedPlaces:
    """Read the places that a cell names.

    Parameters
    ----------
    text
        One cell: towns, municipalities, provinces, regions, countries, codes or postcodes, one or
        several, with words such as “regio” or “e.o.”; or “online”, or that the place is no matter.

    Returns
    -------
    NamedPlaces
        Nothing in it where the cell is blank or asks for no place.

    Notes
    -----
    A name that several places bear is not known, unless what is added to it tells which is meant.
    About 20 µs for a name, 70 µs for three, 150 µs for a sentence.

    """
    cell = text.strip()
    if len(cell) > LONGEST:
        return _together([cell])
    whole = look_up(cell)
    if whole is not None:
        return _together([whole])
    items = _completed(_items(cell))
    address = _address(items)
    return _together([KnownPlace(address)] if address else _list(cell, items))


def near(text: str) -> tuple[str, ...]:
    """Return names that may be meant, the nearest first; at most three.

    They are all places of that name where there are several, else names that are written nearly so.
    """
    same = NAMES.get(folded(text))
    if same and not same.codes:
        return tuple(dict.fromkeys(f"{same.spelling} ({_around(code)})" for code in same.others))
    keys = get_close_matches(folded(text), IN_FULL, n=_MOST_SUGGESTIONS, cutoff=_NEAR)
    return tuple(dict.fromkeys(NAMES[key].spelling for key in keys))


def _around(code: str) -> str:
    """Return the province that a place is in, abroad the country."""
    return NUTS[code[:4]].nl if covers("NL", code) else code[:2]


def _together(read: Iterable[KnownPlace | str]) -> NamedPlaces:
    every = list(read)
    known = [each for each in every if isinstance(each, KnownPlace)]
    unknown = dict.fromkeys(each for each in every if isinstance(each, str))
    codes = outermost(code for place in known for code in place.codes)
    return NamedPlaces(codes, any(place.online for place in known), tuple(unknown))


def _list(cell: str, items: list[_ListItem]) -> Iterator[KnownPlace | str]:
    """Yield what the items mean; as text what is not known."""
    read = list(_read(cell, items))
    beside = [code for each in read if isinstance(each, KnownPlace) for code in each.codes]
    for each in read:
        if isinstance(each, KnownPlace):
            yield each
        elif not _is_street(each, cell):
            yield from _city_and_part(each) or [_in_company(each, beside)]


def _city_and_part(text: str) -> list[KnownPlace | str]:
    """Read “Utrecht Overvecht” as Utrecht, and tell that the rest is not known."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        rest = " ".join(words[count:])
        city = look_up(" ".join(words[:count])) if _may_be_part(rest) else None
        if city and folded(" ".join(words[:count])) in CITIES_WITH_PARTS:
            return [city, look_up(rest) or rest]
    return []


def _may_be_part(text: str) -> bool:
    return text.istitle() and BUT_NOT.isdisjoint(folded(text).split())


def _in_company(text: str, beside: list[str]) -> KnownPlace | str:
    """Read what is too short to stand alone as its neighbours: GR, FR, DR are three provinces."""
    sizes = {len(code) for code in beside}
    meant = [code for code in briefly(text) if {len(code)} == sizes]
    return KnownPlace(tuple(meant)) if meant else text


def _is_street(item: str, text: str) -> bool:
    """Tell whether the item may be a street and a number: there is a postcode beside it."""
    numbered = any(sign.isdigit() for sign in item) and not POSTCODE.search(item)
    return numbered and POSTCODE.search(text) is not None


def _items(text: str) -> list[_ListItem]:
    """Cut the cell where a list may have a new item; what stands in brackets stays whole."""
    masked = _BRACKETS.sub(lambda found: "_" * len(found[0]), text)
    start, items = 0, []
    for cut in _SEPARATOR.finditer(masked):
        items.append(
            _ListItem(text[start : cut.start()].strip(), start, cut.start(), cut[0].strip())
        )
        start = cut.end()
    items.append(_ListItem(text[start:].strip(), start, len(text), ""))
    return [item for item in items if item.text]


def _completed(items: list[_ListItem]) -> list[_ListItem]:
    """Give “Noord-” in “Noord- en Oost-Nederland” its second half."""
    following = ""
    completed: list[_ListItem] = []
    for item in reversed(items):
        half = _is_half(item.text, following)
        completed.append(_with_tail(item, following) if half else item)
        following = completed[-1].text
    return completed[::-1]


def _with_tail(half: _ListItem, following: str) -> _ListItem:
    tail = re.split(r"[-\s]", following)[-1]
    return _ListItem(f"{half.text.rstrip('-')}-{tail}", *_MADE_UP, half.after)


def _is_half(text: str, following: str) -> bool:
    words = folded(following).split()
    return folded(text) in COMPASS and len(words) > 1 and words[0] in COMPASS


def _read(text: str, items: list[_ListItem]) -> Iterator[KnownPlace | str]:
    """Return what the items mean, the longest names first; as text what is not known."""
    place = 0
    while place < len(items):
        last = min(len(items), place + _MOST_ITEMS_OF_A_NAME)
        for end in range(last, place + 1, -1):
            joined = _joined(text, items[place:end])
            if joined:
                break
        else:
            end, joined = place + 1, look_up(items[place].text)
        yield items[place].text if joined is None else joined
        place = end


def _joined(text: str, items: list[_ListItem]) -> KnownPlace | None:
    """Look up several items as one name."""
    if any((item.start, item.end) == _MADE_UP for item in items):
        return None
    meaning = NAMES.get(folded(text[items[0].start : items[-1].end]))
    return KnownPlace(meaning.codes) if meaning and meaning.codes else None


def _address(items: list[_ListItem]) -> NutsCodes:
    """Read “Hengelo, Gelderland” or “Delft, Zuid-Holland, Nederland”: each lies in the next one."""
    if len(items) < 2 or any(item.after != "," for item in items[:-1]):
        return ()
    if not is_country_or_province(items[-1].text):
        return ()
    inner: NutsCodes = ()
    for item in reversed(items):
        every = named(item.text)
        inside = tuple(code for code in every if any(_strictly(o, code) for o in inner))
        if not every or (inner and not inside):
            return ()
        inner = inside or every
    return inner


def _strictly(outer: str, inner: str) -> bool:
    return covers(outer, inner) and outer != inner
