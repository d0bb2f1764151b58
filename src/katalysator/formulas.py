"""What a spreadsheet would run in a table of texts, made harmless and read back: one policy for every file.

A leaf like `faults`, for site, commands and engine write tables. Source: OWASP, CSV injection.

Whoever opens a file may read it with another delimiter than ours, or without quotation marks. So a formula
may begin wherever a cell could: at the start, and after a comma, a semicolon, a tab, a bar or a line
break. There an apostrophe is put before it, by which spreadsheets show it as text. Plain numbers up to the end
of a line, such as “-5” and “+1,5”, stay what they are; “+31 6 12345678” does not, for it would be shown as a sum.
"""

import re
from typing import Any, Final

_ENDS: Final = ",;|\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029"  # what may end a cell
_BLANK: Final = r" \x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\xa0\xad\u200b-\u200f\u2060\u3000\ufeff"
_SIGNS: Final = "=+@\uff1d\uff0b\uff0d\uff20-"  # of full width too; the hyphen comes last
_START: Final = rf"(?:^|(?<=[{_ENDS}]))"
_RUNS: Final = rf"(?=[\"'{_BLANK}]*[{_SIGNS}])"
_NUMBER: Final = rf"(?![{_BLANK}]*[+-][0-9.,]*[0-9][.,]?(?:[eE][+-]?[0-9]+)?%?(?:[\r\n]|$))"
_TO_MARK: Final = re.compile(f"{_START}{_NUMBER}{_RUNS}")
_MARKED: Final = re.compile(f"{_START}'{_RUNS}")

MAY_RUN: Final = rf"(?:^|[{_ENDS}])[\"'{_BLANK}]*[{_SIGNS}]"
"""Found in every text that `harmless` or `as_written` changes, and in few others; without looking around,
for tools that cannot."""


def harmless(value: Any) -> Any:
    """The value; a text gets an apostrophe wherever a spreadsheet would begin to run a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("a;-b"), harmless("-5"), harmless(-5)
    ("'=1+1", "a;'-b", '-5', -5)

    """
    return _TO_MARK.sub("'", value) if isinstance(value, str) else value


def as_written(text: str) -> str:
    """The text as it was before `harmless`, whatever it was; other texts are left alone.

    Examples
    --------
    >>> as_written("'=1+1"), as_written("a;'-b"), as_written("'s avonds")
    ('=1+1', 'a;-b', "'s avonds")

    """
    return _MARKED.sub("", text) if "'" in text else text
