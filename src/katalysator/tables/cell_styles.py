"""The styles of a workbook that change what a cell says: text that is crossed out, and percentages."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

_PERCENT_FORMATS: Final = frozenset({"9", "10"})  # those that every program knows: 0% and 0.00%
_LITERAL: Final = re.compile(r'"[^"]*"|\\.')  # in a format: text that is shown as it is


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The numbers of the styles that cross text out, and of those that show a number as a percentage."""

    struck: frozenset[str] = frozenset()
    percent: frozenset[str] = frozenset()


def cell_styles(root: ET.Element) -> CellStyles:
    """What the part with the styles says."""
    fonts = enumerate(root.iterfind("{*}fonts/{*}font"))
    struck = {str(number) for number, font in fonts if _crosses_out(font)}
    formats = root.iterfind("{*}numFmts/{*}numFmt")
    percent = {form.get("numFmtId", "") for form in formats if _is_percentage(form)}
    return CellStyles(
        _styles(root, "fontId", struck), _styles(root, "numFmtId", percent | _PERCENT_FORMATS)
    )


def _crosses_out(font: ET.Element) -> bool:
    strike = font.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _is_percentage(form: ET.Element) -> bool:
    return "%" in _LITERAL.sub("", form.get("formatCode", ""))


def _styles(root: ET.Element, part: str, numbers: Container[str]) -> frozenset[str]:
    """The numbers of the styles of cells of which this part has one of these numbers."""
    styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(str(number) for number, style in styles if style.get(part, "0") in numbers)
