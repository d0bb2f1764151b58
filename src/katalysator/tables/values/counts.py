"""Numbers of places, people or hours in a cell: “max. 15”, “2 à 3”, “6 teams per semester”."""

import re
from typing import Final, Literal

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.values import LONGEST_VALUE

MOST_COUNTED: Final = 1_000_000

_WORDS: Final = {
    word: str(number)
    for number, words in enumerate(
        (
            *("één one", "twee two", "drie three", "vier four", "vijf five", "zes six"),
            *("zeven seven", "acht eight", "negen nine", "tien ten", "elf eleven", "twaalf twelve"),
        ),
        start=1,
    )
    for word in words.split()
}
_WORD: Final = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")
_NUMBER: Final = r"[0-9]{1,3}(?:[. ][0-9]{3})+(?![0-9])|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+"
_COUNT: Final = re.compile(
    rf"(?<![\w.,:/#€$£-])(?<![€$£] )(?P<one>{_NUMBER})(?![0-9:%]|[.,][0-9])(?:\ ?(?:-|–|à|á|a|tot(?:\ en\ met)?|t/m|/|of|or|to|en|and)"
    rf"\ ?(?:max(?:imaal)?\.?\ )?(?P<other>{_NUMBER}))?(?:st|stuks?|x|pers)?(?![\w:%€]|[.,][0-9]|[-/][0-9]|\ ?[€%])",
)
_PER_NUMBER: Final = re.compile(
    r"\b(?:min(?:imaal|imum)?\.?|at least) ?(?P<one>[0-9]+)\W+(?:en |and )?max(?:imaal|imum)?\.? ?(?P<other>[0-9]+)"
)


def read_count(text: str, *, of_range: Literal["most", "least"] = "most") -> int | None:
    """The number that a cell tells; None where it tells none, such as “onbeperkt” or “een paar”.

    Of several numbers the first counts, so that “32 (8 groepen van 4)” is 32.

    Parameters
    ----------
    text
        The cell.
    of_range
        Which end of a range counts: the most for what is offered, the least for what is needed.

    Raises
    ------
    InvalidInput
        The number is more than a million.

    """
    if len(text) > LONGEST_VALUE:
        return None
    line = " ".join(text.casefold().replace("−", "-").split())
    line = re.sub(r"(?<=[0-9])\.0(?![0-9])", "", line)  # whole numbers as programs write them
    line = _WORD.sub(lambda found: _WORDS[found[0]], line)
    found = _PER_NUMBER.search(line) or _COUNT.search(line)
    if not found:
        return None
    ends = [_whole(found[name], text) for name in ("one", "other") if found[name]]
    return max(ends) if of_range == "most" else min(ends)


def _whole(number: str, text: str) -> int:
    digits = re.sub("[., ]", "", number)
    if len(digits) < 10 and int(digits) <= MOST_COUNTED:
        return int(digits)
    raise InvalidInput(
        "seats-number",
        _("“%(text)s” is not a number of places."),
        hint=_("Write only digits: a whole number from 0 to %(most)s."),
        text=text,
        most=MOST_COUNTED,
    )
