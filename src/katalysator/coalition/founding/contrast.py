"""Colours of the look, and whether they can be read: WCAG 2.2, success criterion 1.4.3."""

import re
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _

INK: Final = "#14213d"
PAPER: Final = "#fbfaf7"
"""Those of text and page (`frontend/css/theme.css`), which no coalition changes."""
_LEAST: Final = 4.5


def read_colour(text: str) -> str:
    """A colour as #rrggbb, from what people paste. Raises InvalidInput."""
    found = re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", text.strip().lower())
    if not found:
        raise InvalidInput(
            "colour",
            _("“%(text)s” is not a colour."),
            hint=_("Write it as #f77f00."),
            text=text,
        )
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return f"#{digits}"


def contrast(one: str, other: str) -> float:
    """How well two colours stand apart, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def require_readable(text: str, background: str, asked: str) -> None:
    """Refuse a pair in which `asked` makes text hard to read. Raises InvalidInput."""
    found = contrast(text, background)
    if found < _LEAST:
        other = background if asked == text else text
        raise InvalidInput(
            "contrast",
            _("%(colour)s beside %(other)s has a contrast of %(found)s: too little to read."),
            hint=_("WCAG AA asks for 4.5 at least: take a lighter or a darker one."),
            colour=asked,
            other=other,
            found=f"{found:.1f}",
        )


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
