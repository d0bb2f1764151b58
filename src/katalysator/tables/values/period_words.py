"""What the words around a piece of the calendar say: “vanaf”, “uiterlijk”, “begin”, “circa”."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from katalysator.tables.values.calendar_pieces import DaySpan, First, Piece, piece
from katalysator.tables.values.calendar_words import MONTH, PIECE


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of the calendar, and what the words around it say of it.

    Parameters
    ----------
    piece
        The piece.
    bound
        “from”, “after”, “until”, “before”, or empty.
    dash
        Whether a dash stands between it and the piece before.

    """

    piece: Piece
    bound: str = ""
    dash: bool = False


@dataclass(slots=True)
class Sentence:
    """A cell taken apart, word by word.

    Parameters
    ----------
    text
        The cell as it was written, for faults.
    first
        What goes first in 03/04/2026.
    said
        The pieces of the calendar in it.
    about
        Whether it says “about”.
    strange
        Whether it has words that are not understood.

    """

    text: str
    first: First
    said: list[Said] = field(default_factory=list)
    about: bool = False
    strange: bool = False
    _bound: str = ""
    _part: str = ""
    _dash: bool = False
    _now: bool = False

    def read(self, line: str) -> None:
        """Take in a line in small letters without accents."""
        for found in _TOKEN.finditer(line):
            kind = found.lastgroup or ""
            if does := _WORDS.get(kind):
                does(self, found)
            elif kind != "quiet":
                self._take(kind, found)
        if self._dash and len(self.said) == 1:
            self._bind_last("from")

    def bind(self, bound: str) -> None:
        self._bound = bound

    def part(self, found: re.Match[str]) -> None:
        self._part = found[0]

    def doubt(self, _found: re.Match[str]) -> None:
        self.about = True

    def now(self, _found: re.Match[str]) -> None:
        self._now = True

    def dash(self, _found: re.Match[str]) -> None:
        self._dash = True
        if self._now and not self.said:
            self._bound = "until"

    def unknown(self, _found: re.Match[str]) -> None:
        self.strange, self._bound, self._part = True, "", ""

    def _bind_last(self, bound: str) -> None:
        self.said[-1:] = [replace(one, bound=one.bound or bound) for one in self.said[-1:]]

    def onward(self, _found: re.Match[str]) -> None:
        self._bind_last("from")

    def earlier(self, _found: re.Match[str]) -> None:
        self._bind_last("until")

    def _take(self, kind: str, found: re.Match[str]) -> None:
        if (what := piece(kind, found, self.first, self.text)) is None:
            self.strange = True
            return
        self.said.append(_with_part(Said(what, self._bound, self._dash), self._part))
        self._bound, self._part, self._dash = "", "", False


_WORDS: Final[dict[str, Callable[[Sentence, re.Match[str]], None]]] = {
    **{
        bound: lambda sentence, found: sentence.bind(found.lastgroup or "")
        for bound in ("from", "after", "until", "before")
    },
    "not_before": lambda sentence, _found: sentence.bind("from"),
    "part": Sentence.part,
    "onward": Sentence.onward,
    "earlier": Sentence.earlier,
    "dash": Sentence.dash,
    "about": Sentence.doubt,
    "doubt": Sentence.doubt,
    "now": Sentence.now,
    "unknown": Sentence.unknown,
}


_BOUNDS: Final = r"""
    (?P<onward>en\ verder|e\.?v\.?(?![a-z])|en\ later|of\ later|or\ later|and\ later|en\ daarna|onwards?|en\ volgende|(?:\+|>|->|\.\.\.|…)\ *$)
  | (?P<earlier>(?:of\ eerder|or\ earlier|or\ before)(?![a-z]))
  | (?P<not_before>(?:niet\ (?:eerder\ dan|voor)|not\ before|(?:not|no)\ earlier\ than|nicht\ vor)(?![a-z]))
  | (?P<until>(?:niet\ (?:later\ dan|na)|not\ after|nicht\ nach)(?![a-z])|(?:tot\ uiterlijk|tot\ en\ met|t/?m|e/m|tot|until|till?|through|thru|up\ to|to|bis(?:\ zum)?|uiterlijk(?:\ op|\ per)?|by
      |(?:no|not)\ later\ than|op\ zijn\ laatst|deadline|ultimo|einddatum|eindigt|<=|≤)(?![a-z]))
  | (?P<before>voor|before|vor|prior\ to|<)(?![a-z])
  | (?P<from>vanaf|per|van|from|since|sinds|ab|vom|seit|as\ (?:of|from)|starting|start(?:t|en|s|datum)?|met\ ingang\ van
      |m\.?i\.?v\.?|ingaand?e?|ingangsdatum|>=|≥|>)(?![a-z])
  | (?P<after>na|after|nach)(?![a-z])
  | (?P<part>(?:begin|beginning|early|anfang|medio|midden|mid|mitte|half|halverwege|halfway|eind|einde|end|ende|late)(?![a-z])
      |(?:(?:1|2)(?:e|ste|de|st|nd|\.)|eerste|tweede|first|second)\ (?:helft|half)(?=\ (?:(?:van|of)\ )?MONTH))(?:[ -]*(?:van|of|in)(?![a-z]))?
"""
_QUIET: Final = r"""
    (?P<about>(?:ca|circa|rond|ongeveer|around|about|omstreeks|plm|waarschijnlijk|vermoedelijk|probably)(?![a-z])\.?)
  | (?P<now>(?:nu|direct|meteen|per\ direct|immediately|heden|now|today|vandaag|present)(?![a-z]))
  | (?P<quiet>(?:ma(?:a?ndag)?|di(?:nsdag)?|wo(?:ensdag)?|do(?:nderdag)?|vr(?:ijdag)?|za(?:terdag)?|zo(?:ndag)?|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?
      |thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag
      |in\ de\ loop\ van|(?:week|weekend|maand|month)\ (?:van|of)|om|at|um|in|im|op|on|am|de|het|the|der|dem|binnen|within|gedurende|during|heel|hele|geheel|gehele|whole|all|full|ganz(?:es)?|ergens
      |kalenderjaar|calendar\ year|jaar|year|jahr|tussen|between|zwischen|periode|period|maand|month|datum|date|beschikbaar|available
      |en|and|und|of|or|oder|zum)(?![a-z])\.?)
"""
_TOKEN: Final = re.compile(
    rf"""(?<![a-z0-9])(?:{_BOUNDS.replace("MONTH", MONTH)})|(?<![a-z0-9])(?<![0-9][.,:])(?:{PIECE})(?![a-z0-9])|(?<![a-z0-9])(?:{_QUIET})
    |(?P<doubt>[±~?])|(?P<dash>-|→)|(?P<unknown>[a-z0-9]+)""",
    re.VERBOSE,
)


def _with_part(said: Said, part: str) -> Said:
    """The piece cut down to “begin”, “medio” or “eind” of it; a day begins or ends a period so."""
    if not part:
        return said
    which = _PARTS[re.split("[ .-]", part, maxsplit=1)[0]]
    if said.piece.one_day:
        return replace(said, bound=said.bound or {"begin": "from", "end": "until"}.get(which, ""))
    if said.bound == "before" and which == "end":
        said = replace(said, bound="until")  # before the end of May is in May still
    whole = said.piece.lies
    cut = replace(said.piece, lies=lambda year: _part(whole(year), which), vague=True)
    return replace(said, piece=cut)


_PARTS: Final = {
    **dict.fromkeys(("begin", "beginning", "early", "anfang"), "begin"),
    **dict.fromkeys(("medio", "midden", "mid", "mitte", "half", "halverwege", "halfway"), "middle"),
    **dict.fromkeys(("eind", "einde", "end", "ende", "late"), "end"),
    **dict.fromkeys(("1e", "1ste", "1st", "1", "eerste", "first"), "first half"),
    **dict.fromkeys(("2e", "2de", "2nd", "2", "tweede", "second"), "second half"),
}


def _part(whole: DaySpan, which: str) -> DaySpan:
    start, end = whole
    day = timedelta(days=1)
    middle = _after(whole, Fraction(1, 2))
    return {
        "begin": (start, _after(whole, Fraction(1, 3)) - day),
        "middle": (middle - day, middle - day),
        "end": (_after(whole, Fraction(2, 3)), end),
        "first half": (start, middle - day),
        "second half": (middle, end),
    }[which]


def _after(whole: DaySpan, share: Fraction) -> date:
    """The first day behind a share of days, in whole months where that is possible."""
    start, end = whole
    months = share * ((end.year - start.year) * 12 + end.month - start.month + 1)
    if months.denominator > 1:
        return start + timedelta(days=int(share * ((end - start).days + 1)))
    years, month = divmod(start.month - 1 + months.numerator, 12)
    return date(start.year + years, month + 1, 1)
