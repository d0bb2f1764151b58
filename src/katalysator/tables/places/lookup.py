"""One name, with what people write around it, looked up among all names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from katalysator.tables.places.names import BRIEFLY, NAMES, PROPER, PROVINCE, NutsCodes
from katalysator.tables.places.nuts import as_code, covers
from katalysator.tables.places.postcodes import POSTCODE, province_of
from katalysator.tables.places.spelling import folded
from katalysator.tables.places.words import AFTER, BEFORE, BUT_NOT, COMPASS, NO_MATTER, ONLINE

_IN_BRACKETS: Final = re.compile(r"(?P<name>[^()]+?)\s*\((?P<added>[^()]*)\)(?P<rest>[^()]*)")
_ADDED: Final = re.compile(r"[;,+&/]|\b(?:en|and|of|or)\b", re.IGNORECASE)
_HYPHEN: Final = re.compile(r"[-–—]")
_MOST_SPACES: Final = 10
"""A sentence is not looked up."""

_IN_LETTERS: Final = re.compile(r"..|DE[A-G]|FR[B-MY]|IT[CF-I]|UK[C-N]")
_NO_CODES: Final = frozenset({"AL", "FR", "IS", "IT", "LI", "ME", "NO"})
"""Words, or provinces, before they are countries."""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """What one piece of a cell means."""

    codes: NutsCodes = ()
    online: bool = False


NOWHERE: Final = KnownPlace()
"""The place is no matter, or is left open."""


@lru_cache(maxsize=1 << 14)
def look_up(text: str) -> KnownPlace | None:
    """Read one place; None for what is not known, or not for certain."""
    key = folded(text)
    if key.count(" ") > _MOST_SPACES:
        return None
    if key in NO_MATTER:
        return NOWHERE
    found = _bare(key, text)
    if found is None and "(" in text:
        found = _with_brackets(text)
    found = found or _with_postcode(text) or _with_hyphens(text) or _online_too(key)
    return NOWHERE if found is None and BEFORE.issuperset(key.split()) else found


def named(text: str) -> NutsCodes:
    """Return all places that go by exactly this name or code, also where none is meant first."""
    meaning = NAMES.get(folded(text))
    if meaning:
        return meaning.all
    code = _code(text)
    return (code,) if code else ()


def briefly(text: str) -> NutsCodes:
    """Return the province and the country that a few letters may stand for."""
    short = BRIEFLY.get(folded(text)), as_code(text) if text.isupper() else None
    return tuple(code for code in short if code)


def is_country_or_province(text: str) -> bool:
    """Tell whether this may be the last part of an address; “landelijk” is none."""
    return folded(text) in PROPER or _code(text.strip()) is not None


def _bare(key: str, text: str) -> KnownPlace | None:
    """Read a name without brackets, as it stands or less the words around it."""
    for core in _cores(key):
        if core in ONLINE:
            return KnownPlace(online=True)
        meaning = NAMES.get(core)
        if meaning and meaning.codes:
            return KnownPlace(meaning.codes)
    if code := _code(text.strip()) or province_of(text):
        return KnownPlace((code,))
    codes = next(filter(None, (_told_apart(core) or _part(core) for core in _cores(key))), ())
    return KnownPlace(codes) if codes else None


def _cores(key: str) -> Iterator[str]:
    """Yield the name as it stands, then without more and more of the words around it."""
    words = key.split()
    while words:
        yield " ".join(words)
        for count in (1, 2, 3):
            if len(words) > count and " ".join(words[-count:]) in AFTER:
                yield " ".join(words[:-count])
        if words[0] not in BEFORE:
            return
        words = words[1:]


def _told_apart(key: str) -> NutsCodes:
    """Read a name with the province or country behind it: Bergen NH, Hengelo Gelderland."""
    words = key.split()
    for count in (1, 2):
        name = NAMES.get(" ".join(words[:-count]))
        outer = _outer(" ".join(words[-count:])) if name else ()
        if name and (codes := _within(name.all, outer)):
            return codes
    return ()


def _part(key: str) -> NutsCodes:
    """Read “Oost-Gelderland” as Gelderland; of a country that would be too much."""
    side, _, whole = key.partition(" ")
    meaning = NAMES.get(whole) if side in COMPASS else None
    codes = meaning.codes if meaning else ()
    return codes if all(len(code) == PROVINCE for code in codes) else ()


def _outer(key: str) -> NutsCodes:
    if key in BRIEFLY:
        return (BRIEFLY[key],)
    meaning = NAMES.get(key)
    return meaning.codes if meaning else ()


def _within(codes: NutsCodes, outer: NutsCodes) -> NutsCodes:
    return tuple(code for code in codes if any(covers(each, code) for each in outer))


def _code(text: str) -> str | None:
    """Read a NUTS code; a short one must be in capitals, for “be” and “no” are words."""
    code = as_code(text)
    if code is None or text in _NO_CODES:
        return None
    certain = any(sign.isdigit() for sign in text) or text.casefold() == "nl"
    return code if certain or (text.isupper() and _IN_LETTERS.fullmatch(text)) else None


def _with_brackets(text: str) -> KnownPlace | None:
    """Read “Limburg (NL + B)”, “België (Vlaanderen)”, “Kleve (DE)”, “Almelo (e.o.)”."""
    parts = _IN_BRACKETS.fullmatch(text.strip())
    if not parts:
        return None
    name, added = f"{parts['name']} {parts['rest']}", parts["added"]
    if not BUT_NOT.isdisjoint(folded(added).split()):
        return None
    whole = _bare(folded(f"{name} {added}"), "")
    return whole or _with_added(name, [each for each in _ADDED.split(added) if each.strip()])


def _with_added(name: str, added: list[str]) -> KnownPlace | None:
    """Let what stands in brackets tell which place of that name is meant, or what part of it."""
    found = NOWHERE if folded(name) in NO_MATTER else _bare(folded(name), name)
    where = found.codes if found else ()
    meant = [_bare(folded(each), each) for each in added]
    online = any(each.online for each in (found, *meant) if each)
    all_outer = [
        _outer(folded(each)) or (other.codes if other else ())
        for each, other in zip(added, meant, strict=True)
    ]
    outer = tuple(code for codes in all_outer for code in codes)
    told = _within(named(name), outer) or _within(outer, where)
    codes = told or where or (outer if all(all_outer) else ())
    return KnownPlace(codes, online) if codes or (found and online) else None


def _online_too(key: str) -> KnownPlace | None:
    """Read “NL remote” and “online via Teams”: a place, or none, with a word for online."""
    words = key.split()
    rest = [word for word in words if word not in ONLINE]
    if len(rest) == len(words):
        return None
    place = _bare(" ".join(rest), "") or (NOWHERE if BEFORE.issuperset(rest) else None)
    return KnownPlace(place.codes, online=True) if place else None


def _with_postcode(text: str) -> KnownPlace | None:
    """Read “3511 AB Utrecht”: the town where it is known, else the province of the postcode."""
    postcode = POSTCODE.search(text)
    province = province_of(postcode[0]) if postcode else None
    if postcode is None or province is None:
        return None
    town = named(text[: postcode.start()] + text[postcode.end() :])
    return KnownPlace(_within(town, (province,)) or (province,))


def _with_hyphens(text: str) -> KnownPlace | None:
    """Read names with hyphens between them: Nijmegen-Kleve."""
    for hyphen in _HYPHEN.finditer(text):
        before, after = text[: hyphen.start()], text[hyphen.end() :]
        first = _bare(folded(before), before)
        others = _bare(folded(after), after) or _with_hyphens(after)
        if first and first.codes and others and others.codes:
            return KnownPlace(first.codes + others.codes)
    return None
