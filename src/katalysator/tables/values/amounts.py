"""Amounts of euros in a cell, as keepers of lists write them: “20 à 25 duizend”, “max. 3.500,-”.

A price for each hour, day or person is no amount of a whole, and tells nothing here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.values import LONGEST_VALUE
from katalysator.tables.values.figures import FACTORS, figure, refused


@dataclass(frozen=True, slots=True)
class Amounts:
    """Euros from `low` to `high`, both included; None leaves an end open."""

    low: Decimal | None
    high: Decimal | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.high < self.low:
            raise InvalidInput(
                "range-reversed",
                _("The highest amount, %(max)s, is below the lowest, %(min)s."),
                hint=_("Change one of the two amounts, or let them trade places."),
                min=self.low,
                max=self.high,
            )


_UNITS: Final = {
    **FACTORS,
    **dict.fromkeys(("t", "tsd", "tausend", "dzd"), 1_000),
    **dict.fromkeys(("miljoenen", "millions"), 1_000_000),
    "ton": 100_000,
}
_UNIT: Final = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_EURO: Final = r"(?:€|eur(?:o|os)?(?![a-z]))"
_AMOUNT: Final = re.compile(
    rf"""
    (?<![\w.,]) (?:(?P<times>[0-9]{{1,3}})\ ?[x×*]\ ?)?
    (?P<before>(?:{_EURO}|[kmt]€)\ ?)?
    (?P<number>(?!0[0-9])[0-9]{{1,3}}(?:(?P<group>[., ])[0-9]{{3}})(?:(?P=group)[0-9]{{3}})*(?![0-9])(?:[.,][0-9]{{1,2}}(?![0-9]))?
      |(?!0[0-9])[0-9]+(?:[.,][0-9]+)?)
    (?P<dash>[,.](?:--?|=))?
    (?:\ ?(?P<unit>{_UNIT})(?=€|eur|[^a-z0-9]|$)\.?)?
    (?P<after>\ ?{_EURO})?
    (?:\ ?[x×]\ ?(?P<times_after>[0-9]{{1,3}})(?![0-9.,]))?
    (?![0-9a-z%]|\ %|[.,][0-9])
    """,
    re.VERBOSE,
)
_BETWEEN: Final = re.compile(
    r" ?(?:-|tot(?: en met)?|t/m|à|á|a|to|till|until|bis|en|and|und|of|or|/) ?(?:max(?:imaal|imum)?\.? ?)?"
)
_ABOUT: Final = r"\W*(?:(?:ca|circa|ongeveer|about|around|plm)\W*)?$"
_FROM: Final = re.compile(
    r"(?:\b(?:vanaf|min|minimaal|minimum|minstens|at least|from|(?<!niet )meer dan|(?<!no )(?<!not )more than|over|boven|ab|starting at)\b|[>≥])"
    + _ABOUT
)
_UP_TO: Final = re.compile(
    r"(?:\b(?:max|maximaal|maximum|hooguit|hoogstens|ten hoogste|tot(?: en met)?|t/m|up to|at most|until|"
    r"minder dan|less than|niet meer dan|not? more than|onder|under|below|bis)\b|[<≤])" + _ABOUT
)
_OR_MORE: Final = re.compile(
    r"\W*(?:\+(?! ?[\w€])|(?:of|en|or|and) (?:meer|hoger|more|up|higher)\b|(?:min|minimaal|minimum)\b)"
)
_OR_LESS: Final = re.compile(
    r"\W*(?:(?:of|en|or|and) (?:minder|lager|less|lower)\b|(?:max|maximaal|maximum)\b)"
)
_NOTHING: Final = re.compile(
    r"(?<!niet )(?<!not )(?<!nog )\b(?:gratis|kosteloos|kostenloos|kostenlos|kosten?vrij|om niet|pro bono|pro deo|nihil|"
    r"free(?: of charge)?|(?:geen|zonder|no|without) (?:kosten|vergoeding|budget|bijdrage|costs?|fee|charge)|"
    r"for nothing)\b"
)
_WORTH: Final = re.compile(r"(?:t\.?w\.?v\.?|waarde(?: van)?|worth|value)\W*$")
_NONE_AT_ALL: Final = frozenset({"geen", "none", "nul", "nil", "zero"})
_FOREIGN: Final = re.compile(r"[$£¥]|\b(?:usd|gbp|chf|dollars?|pounds?|pond(?:en)?)\b")
_EACH: Final = re.compile(
    r"\b(?:uur|uren|hours?|dag(?:en|delen)?|days?) ?(?:[x×*@]|à )|\bper\b|\bp ?[./] ?[a-z]|\bp\.?[pu]\b|\b(?:each|cents?|ct|uurtarief|dagtarief|hourly|daily|monthly)\b|"
    r"/ ?(?:u|uur|h|hr|hour|dag(?:deel)?|day|week|mnd|maand|month|jaar|year|jr|pers|persoon|person|p|pp|team|"
    r"student|deelnemer|participant|stuks?|st|sessie|session|blz|pagina|page)\b"
)
_OTHER_THINGS: Final = re.compile(
    r" ?(?:uur|uren|u|h|hours?|dag(?:en|deel|delen)?|days?|we(?:ek|ken|eks)|maand(?:en)?|mnd|months?|jaar|jaren|"
    r"years?|fte|personen|mensen|people|persons?|teams?|studenten|students?|medewerkers?|keer|maal|times|stuks?|"
    r"sessies?|sessions?|workshops?|credits?|punten|points|e|ste|de|x)\b|[-/][0-9]|:[0-9]"
)
_HALVES: Final = (
    (re.compile(r"\b(?:(?:een|a) )?hal(?:f|ve) (?:an? )?(?=miljoen|mln|ton|million)"), "0,5 "),
    (re.compile(r"\banderhal(?:f|ve) (?=miljoen|mln|ton)"), "1,5 "),
    (re.compile(r"\b(?:een|één|one|a) (?=miljoen|mln|ton|million)"), "1 "),
)
_YEARS: Final = range(2020, 2041)
"""What is rather a year than an amount, where other words stand beside it."""
_LARGEST: Final = 10**12


def read_amounts(text: str, *, unit: int = 1) -> Amounts | None:
    """The euros that a cell tells, from the least to the most; None where it tells none.

    Parameters
    ----------
    text
        The cell.
    unit
        What its column counts in, such as 1000; numbers with a unit of their own keep that.

    Raises
    ------
    InvalidInput
        An amount can be read as two, is below nothing, or the most is less than the least.

    """
    line = _plain(text) if len(text) <= LONGEST_VALUE else ""
    if line in _NONE_AT_ALL:
        return Amounts(Decimal(0), Decimal(0))
    if _FOREIGN.search(line) or _EACH.search(line):
        return None
    if re.match(rf"(?:{_EURO} ?)?-{_EURO}?[0-9]", line):
        raise InvalidInput(
            "amount-negative",
            _("“%(text)s” is less than nothing."),
            hint=_("Write the amount without a minus sign."),
            text=text,
        )
    found = _told(line)
    free = bool(_NOTHING.search(line))
    if free:
        found = [one for one in found if not (_is_year(one) or _WORTH.search(line[: one.start()]))]
    if not found:
        return Amounts(Decimal(0), Decimal(0)) if free else None
    return _amounts(line, found, unit, text, free=free)


def unit_of(header: str) -> int:
    """What the amounts of a column are counted in, by its header: “Budget (k€)” in thousands."""
    line = _plain(header)
    found = re.search(
        rf"(?:^|[(\[ ])(?:x |in |\* )?(?:{_EURO} ?)?(k|1[. ]?000|m|mln|mio|miljoen(?:en)?|millions?|duizend(?:en)?|"
        rf"thousands?)\.? ?{_EURO}?(?=[)\] ]|$)",
        line,
    )
    if not found or (len(found[1]) == 1 and "€" not in found[0] and "eur" not in found[0]):
        return 1
    return 1_000_000 if found[1].startswith("m") else 1_000


def _plain(text: str) -> str:
    text = re.sub("[−–—‒]", "-", text.casefold())
    for words, number in _HALVES:
        text = words.sub(number, text)
    return " ".join(text.split())


def _told(line: str) -> list[re.Match[str]]:
    """The numbers that are amounts: those with a sign of money, or else the only ones there are."""
    found = list(_AMOUNT.finditer(line))
    linked = [bool(_is_range(line, one, other)) for one, other in pairwise(found)]
    marked = {place for place, one in enumerate(found) if _marked(one)}
    for place, link in enumerate(linked):
        if link and {place, place + 1} & marked:
            marked |= {place, place + 1}
    if marked:
        return [found[place] for place in sorted(marked)]
    bare = [one for one in found if not _OTHER_THINGS.match(line, one.end()) or _ranged(one, line)]
    if len(bare) > 1 and not _is_range(line, *bare[:2]):
        bare = [one for one in bare if not _is_year(one)]
    return bare if _sure(line, bare) else []


def _marked(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("before", "dash", "unit", "after"))


def _ranged(found: re.Match[str], line: str) -> bool:
    """Whether a dash or slash leads from a number to one other, so that it is no date."""
    return bool(re.match(r"[-/][0-9][0-9.,]*(?:\D|$)(?!-)", line[found.end() :]))


def _sure(line: str, bare: Sequence[re.Match[str]]) -> bool:
    """Whether numbers without a sign of money are amounts: one, or a range; no year, no telephone."""
    if re.search(r"(?:^|[:(+] ?)0[0-9]", line):
        return False
    if len(bare) == 1:
        alone = bare[0][0] == line or re.fullmatch(r"[\W]*", line.replace(bare[0][0], "", 1))
        known = _FROM.search(line[: bare[0].start()]) or _UP_TO.search(line[: bare[0].start()])
        return bool(alone or known) or not _is_year(bare[0])
    return len(bare) == 2 and (
        _is_range(line, *bare) or bool(_FROM.search(line[: bare[0].start()]))
    )


def _is_year(found: re.Match[str]) -> bool:
    return found["number"].isdecimal() and int(found["number"]) in _YEARS


def _is_range(line: str, one: re.Match[str], other: re.Match[str]) -> bool:
    between = line[one.end() : other.start()]
    return bool(_BETWEEN.fullmatch(between))


def _amounts(
    line: str, found: Sequence[re.Match[str]], unit: int, text: str, *, free: bool
) -> Amounts | None:
    values = _values(line, found, unit, text)
    if values is None or re.search(r"[0-9k€-] ?\+ ?(?:€ ?)?[0-9]", line):
        return None
    if len(values) == 1 and not free:
        return _bounded(line, found[0], values[0])
    ends = [Decimal(0), *values] if free else values
    linked = len(values) == 2 and not free and _is_range(line, *found)
    return Amounts(ends[0], ends[-1]) if linked else Amounts(min(ends), max(ends))


def _bounded(line: str, found: re.Match[str], euros: Decimal) -> Amounts:
    """A single amount: the least, the most, or both."""
    before = line[: found.start()]
    if _FROM.search(before) or _OR_MORE.match(line, found.end()):
        return Amounts(euros, None)
    if _UP_TO.search(before) or _OR_LESS.match(line, found.end()):
        return Amounts(None, euros)
    return Amounts(euros, euros)


def _values(
    line: str, found: Sequence[re.Match[str]], unit: int, text: str
) -> list[Decimal] | None:
    factors = [_factor(one) for one in found]
    for place, (one, other) in enumerate(pairwise(found)):
        if factors[place] is None and factors[place + 1] and _is_range(line, one, other):
            if _raw(one) < _raw(other):
                factors[place] = factors[place + 1]
            else:
                factors[place] = 1
    values = [_value(one, factor, unit, text) for one, factor in zip(found, factors, strict=True)]
    euros = [value for value in values if value is not None]
    return euros if len(euros) == len(values) else None


def _factor(found: re.Match[str]) -> int | None:
    """What the number's own unit multiplies it by; None where it has none."""
    sign = (found["before"] or "").strip()
    word = found["unit"] or (sign[0] if sign.endswith("€") and len(sign) == 2 else "")
    return _UNITS.get(word)


def _raw(found: re.Match[str]) -> Fraction:
    return figure(found["number"], 1, found[0]) or Fraction(0)


def _value(found: re.Match[str], factor: int | None, unit: int, text: str) -> Decimal | None:
    euros = figure(found["number"], factor or 1, text)
    if euros is None:
        return None
    euros *= int(found["times"] or found["times_after"] or 1) * (unit if factor is None else 1)
    if euros > _LARGEST:
        raise refused("money-large", _("“%(text)s” is more than we can hold."), text)
    return Decimal(euros.numerator) / Decimal(euros.denominator)
