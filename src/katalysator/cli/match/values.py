"""The values of single cells, each read from a text, or refused with what would mend it."""

import re
from typing import Final, Literal

from katalysator.cleaning import one_line
from katalysator.core import regions
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.core.money import Money
from katalysator.faults import InvalidInput, gettext_noop as _

LONGEST_TITLE: Final = 1_000
LONGEST_TEXT: Final = 20_000
MOST_SEATS: Final = 1_000_000

RowKind = Literal["need", "offer"]
"""What a row is."""

_LIST_SIGNS: Final = re.compile(r"[;\n]")
_YES: Final = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "waar"})
_NO: Final = frozenset({"no", "n", "false", "0", "nee", "onwaar"})
_LANGUAGES: Final = {
    **{code: code for code in TEXT_LANGUAGES},
    **{name.casefold(): code for code, name in TEXT_LANGUAGES.items()},
    "dutch": "nl",
    "engels": "en",
}
_KINDS: Final[dict[str, RowKind]] = {
    **dict.fromkeys(("need", "needs", "vraag", "vragen"), "need"),
    **dict.fromkeys(("offer", "offers", "aanbod"), "offer"),
}
_EXCEL_ERRORS: Final = frozenset(
    {
        *("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
        *("#VERW!", "#N/B", "#NAAM?", "#WAARDE!", "#DEEL/0!", "#GETAL!", "#LEEG!"),
    }
)


def without_excel_error(text: str) -> str:
    """The text, unless it is what a spreadsheet shows where a formula failed."""
    if text in _EXCEL_ERRORS:
        raise InvalidInput(
            "cell-error",
            _("The cell shows the error %(text)s."),
            hint=_("Mend its formula, or empty the cell."),
            text=text,
        )
    return text


def listed(text: str) -> tuple[str, ...]:
    """The items of a list with semicolons or new lines; empty ones are left out."""
    items = (one_line(item) for item in _LIST_SIGNS.split(text))
    return tuple(dict.fromkeys(item for item in items if item))


def region_codes(text: str) -> frozenset[str]:
    """Regions by code or name, several with semicolons between."""
    return frozenset(map(regions.parse, listed(text)))


def language(text: str) -> str:
    """The language of a text by code or name; empty where it is not said."""
    if not text:
        return ""
    if found := _LANGUAGES.get(text.casefold()):
        return found
    raise InvalidInput(
        "language-unknown",
        _("“%(text)s” is not a language that we match in."),
        hint=_("Write one of these: %(codes)s; or leave it empty, for the text itself will tell."),
        text=text,
        codes=tuple(TEXT_LANGUAGES),
    )


def kind(text: str) -> RowKind | Literal[""]:
    """Whether a row is a need or an offer; empty where it is not said."""
    if not text:
        return ""
    if found := _KINDS.get(text.casefold()):
        return found
    raise InvalidInput(
        "kind-unknown",
        _("“%(text)s” is neither a need nor an offer."),
        hint=_("Write need or offer; or rename the column, where it says another thing."),
        text=text,
    )


def seats(text: str, *, blank: int) -> int:
    """A whole number of places."""
    if not text:
        return blank
    if re.fullmatch(r"[0-9]{1,9}", text) and int(text) <= MOST_SEATS:
        return int(text)
    raise InvalidInput(
        "seats-number",
        _("“%(text)s” is not a number of places."),
        hint=_("Write only digits: a whole number from 0 to %(most)s."),
        text=text,
        most=MOST_SEATS,
    )


def amount(text: str) -> Money | None:
    """An amount in euros, not below zero; None where it is not said."""
    if not text:
        return None
    money = Money.parse(text)
    if money.cents < 0:
        raise InvalidInput(
            "amount-negative",
            _("“%(text)s” is less than nothing."),
            hint=_("Write the amount without a minus sign."),
            text=text,
        )
    return money


def insisted(text: str) -> bool | str:
    """Whether a need insists on what it names (yes, no), or the list that it insists on."""
    word = text.casefold()
    if not word or word in _NO:
        return False
    return True if word in _YES else text


def yes_or_no(text: str) -> bool | None:
    """A yes or a no; None where it is not said."""
    word = text.casefold()
    if word in _YES or word in _NO or not word:
        return word in _YES if word else None
    raise InvalidInput(
        "yes-or-no",
        _("“%(text)s” is neither yes nor no."),
        hint=_("Write yes or no, or leave it empty where it is not known yet."),
        text=text,
    )


def short_enough(text: str, most: int) -> str:
    """The text, unless it is longer than `most` characters."""
    if len(text) > most:
        raise InvalidInput(
            "text-long",
            _("The text has %(length)s characters; %(most)s is the most."),
            hint=_("Shorten it: the first sentences decide about a match."),
            length=len(text),
            most=most,
        )
    return text
