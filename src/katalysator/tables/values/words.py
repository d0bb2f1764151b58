"""Words that say yes, no or nothing, and what a spreadsheet shows where a formula failed."""

import re
from typing import Final

from katalysator.cleaning import one_line
from katalysator.faults import InvalidInput, gettext_noop as _

_EXCEL_ERRORS: Final = frozenset(
    {
        *("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
        *("#VERW!", "#N/B", "#NAAM?", "#WAARDE!", "#DEEL/0!", "#GETAL!", "#LEEG!"),
        *("#BEZUG!", "#NV", "#WERT!", "#ZAHL!", "#FIELD!", "#BLOCKED!", "#OVERLOOP!"),
    }
)


def _phrases(text: str) -> list[str]:
    return [one_line(phrase) for phrase in text.split(",")]


_BLANK: Final = frozenset(  # without dots and brackets
    _phrases(
        """geen, none, null, nan, nil, leeg, empty, blanco, blank, xx, xxx, nvt, niet van toepassing, n/a, na,
        not applicable, ka, k a, keine angabe, entfällt, ntb, nntb, nnb, nnt, nb, n/b, nn, tbd, tba, tbc, pm,
        nader te bepalen, nog te bepalen, nog nader te bepalen, to be determined, to be decided, to be announced,
        onbekend, nog onbekend, niet bekend, nog niet bekend, unknown, not known, not yet known, unbekannt,
        weet niet, weet ik niet, geen idee, no idea, don't know, niet ingevuld, in te vullen, nog in te vullen,
        nader in te vullen, geen opgave, volgt, volgt nog, follows"""
    )
)
_MEANS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(
        _phrases(
            """yes, ja, jawel, jazeker, yep, yeah, true, waar, wel, ok, oke, oké, okay, akkoord, graag, zeker, prima,
            natuurlijk, uiteraard, sure, mogelijk, possible, aanwezig, beschikbaar, available, alleen, only, nur, kan,
            kan wel, mag, mag wel, liever wel, maakt niet uit, geen voorkeur, no preference, geen probleem, no problem,
            geen bezwaar, no objection"""
        ),
        True,
    ),
    **dict.fromkeys(
        _phrases(
            """no, nee, neen, nein, nope, false, onwaar, niet, not, nooit, never, geen, liever niet, rather not,
            nog niet, not yet, kan niet, mag niet, onmogelijk, impossible"""
        ),
        False,
    ),
    **dict.fromkeys(
        _phrases(
            """niet bekend, nog niet bekend, niet duidelijk, nog niet duidelijk, niet zeker, nog niet zeker,
            niet van toepassing, geen idee, no idea, not known, not yet known, not sure, not clear, not applicable,
            kan zijn"""
        ),
        None,
    ),
}
_SIGNS: Final = {
    **dict.fromkeys(("y", "j", "x", "v", "1", "✓", "✔", "☑", "✅", "🗸", "☒", "√", "1.0"), True),
    **dict.fromkeys(("n", "0", "✗", "✘", "❌", "☐", "✕", "✖", "0.0"), False),
}
_WORDS: Final = re.compile(rf"(?:{'|'.join(sorted(_MEANS, key=len, reverse=True))})(?![\w'])")
_HEDGES: Final = re.compile(r"^(?:in principe|waarschijnlijk|vermoedelijk|probably)\W+")
_UNDECIDED: Final = re.compile(r"\W*(?:/|of|or|en|and|\|)\W*(?:ja|nee|yes|no|j|n|y)\b")


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


def is_blank(text: str) -> bool:
    """Whether a cell says that there is nothing to say: a dash, “n.v.t.”, “nog niet bekend”, “geen”.

    Of an amount “geen” is nought, so read amounts first. A cross is no blank: it ticks.
    """
    word = one_line(text).casefold()
    return (
        not re.search(r"[^\W_]|[✓✔☑✅🗸☒√✗✘❌☐✕✖]", word)
        or re.sub(r"[.()\[\]*]", "", word).strip() in _BLANK
    )


def read_yes(text: str) -> bool | None:
    """A yes or a no, by how the cell begins: “Ja, prima”, “nee ivm privacy”, “x”; None for neither.

    “Maakt niet uit” is a yes: what is asked may be done.
    """
    line = _HEDGES.sub("", one_line(text).casefold())
    sign = re.match(r"(\S+?)(?:[.,;:]? |[.,;:]?$|[,;(])", line)
    if (
        sign
        and sign[1] in _SIGNS
        and (len(sign[0].strip()) == len(line) or sign[1] not in {"0", "1"})
    ):
        return _SIGNS[sign[1]]
    found = _WORDS.match(line)
    if not found or _UNDECIDED.match(line, found.end()):
        return None
    return _MEANS[found[0]]
