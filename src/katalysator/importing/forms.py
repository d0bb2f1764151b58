"""The form with which a sheet is given, and what is said of its columns."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.language import say
from katalysator.importing.reading import LARGEST_SHEET, MOST_COLUMNS, MOST_ROWS

_COLUMN: Final = "column-"


class SheetField(forms.FileField):
    """A spreadsheet, or a text with columns."""

    widget = forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.tsv,.txt"})


class UploadedSheetForm(forms.Form):
    """A sheet. A room asks more where it must know more."""

    use_required_attribute = False

    file = SheetField(label=_("Sheet"), allow_empty_file=True)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.order_fields([*(name for name in self.fields if name != "file"), "file"])
        self.fields["file"].help_text = say(
            "A spreadsheet (.xlsx) or text (.csv) of at most %(megabytes)s MB and %(rows)s rows, with a row for"
            " each and the names of the columns above them.",
            megabytes=LARGEST_SHEET // 1_000_000,
            rows=MOST_ROWS,
        )


def column_name(place: int) -> str:
    """The name of the control that says what a column holds."""
    return f"{_COLUMN}{place}"


def said_of_columns(typed: Mapping[str, Any], usable: Collection[str]) -> dict[int, str]:
    """What was chosen for columns, by their places; what cannot be chosen is not heard."""
    chosen = {place: str(typed.get(column_name(place))) for place in range(MOST_COLUMNS)}
    return {place: name for place, name in chosen.items() if name in usable}
