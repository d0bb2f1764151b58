"""Forms: texts as they may be pasted, and what a verb refuses is said where it was typed."""

from typing import Any

from django import forms
from django.forms import BaseForm

from katalysator.core.cleaning import plain_line, without_markup
from katalysator.faults import InvalidInput, KatalysatorError


class PlainText(forms.CharField):
    """Text as it may be pasted: cleaned, and without mark-up."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No longest length for the browser: it would cut what is pasted without a word."""
        return {
            name: value
            for name, value in super().widget_attrs(widget).items()
            if name != "maxlength"
        }

    def to_python(self, value: Any) -> str:
        """The text that somebody sees."""
        return without_markup(super().to_python(value) or "")


class PlainLine(PlainText):
    """The same in one line: a title, a name, a remark."""

    def to_python(self, value: Any) -> str:
        """The line that somebody sees."""
        return plain_line(super().to_python(value))


def add_fault(form: BaseForm, fault: KatalysatorError) -> None:
    """Say a fault beside the field that it is about; above the form where it is about none of them."""
    if isinstance(fault, InvalidInput):
        name = str(fault.where[0]) if fault.where else ""
        form.add_error(name if name in form.fields else None, fault.sentence)
    else:
        form.add_error(None, str(fault))
