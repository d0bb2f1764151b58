"""Forms: texts as they may be pasted, and what a verb refuses is said where it was typed."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from katalysator.cleaning import plain_line, without_markup
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.faults import Conflict, InvalidInput, KatalysatorError, NotAllowed

_JUNK = 10  # times as long as may be: so much of what is pasted may be mark-up

DoneT = TypeVar("DoneT")


class PlainText(forms.CharField):
    """Text as it may be pasted: cleaned, and without mark-up.

    What is far too long is not even cleaned: its length refuses it.
    """

    def is_far_too_long(self, value: Any) -> bool:
        """Whether no cleaning would make it short enough."""
        return self.max_length is not None and len(value or "") > _JUNK * self.max_length

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No longest length for the browser: it would cut what is pasted without a word."""
        return {
            name: value
            for name, value in super().widget_attrs(widget).items()
            if name != "maxlength"
        }

    def to_python(self, value: Any) -> str:
        """The text that somebody sees."""
        text = super().to_python(value) or ""
        return text if self.is_far_too_long(text) else without_markup(text)


class PlainLine(PlainText):
    """The same in one line: a title, a name, a remark."""

    def to_python(self, value: Any) -> str:
        """The line that somebody sees."""
        text = super().to_python(value)
        return text if self.is_far_too_long(text) else plain_line(text)


class LinesField(forms.CharField):
    """Texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The lines that say anything."""
        lines = without_markup(super().to_python(value) or "").splitlines()
        return list(filter(None, map(plain_line, lines)))

    def prepare_value(self, value: Any) -> Any:
        """The lines as they are typed."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def run_validators(self, value: Any) -> None:
        """What holds for any text holds for each line."""
        for line in value:
            super().run_validators(line)


class DayInput(forms.DateInput):
    """The browser's own field for a day, which knows no other form than ISO 8601's."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, in the time of the house."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def text_in_languages(name: str, label: str, *, most: int, rows: int = 4) -> dict[str, PlainText]:
    """A question for a text in each language that participants write in; `label` has a ``%(language)s``."""
    return {
        f"{name}_{code}": PlainText(
            label=label % {"language": language},
            required=False,
            max_length=most,
            widget=forms.Textarea(attrs={"rows": rows, "lang": code}),
        )
        for code, language in TEXT_LANGUAGES.items()
    }


def said_in_languages(name: str, said: dict[str, Any]) -> dict[str, str]:
    """The answers to these questions by language, taken out of what was said."""
    return {code: said.pop(f"{name}_{code}") for code in TEXT_LANGUAGES}


def shown_in_languages(name: str, text: Mapping[str, str]) -> dict[str, str]:
    """What these questions show of a text of before."""
    return {f"{name}_{code}": text.get(code, "") for code in TEXT_LANGUAGES}


def carried_out(
    request: HttpRequest, form: BaseForm, do: Callable[[], DoneT], said: str = ""
) -> DoneT | None:
    """What a deed gives, done where its form was sent and can be read; None where the form is to be shown.

    What the deed refuses is said in the form; what is `said` of it, on the next page. Raises PermissionDenied
    where the verb says that this person may not.
    """
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        made = do()
    except NotAllowed:
        raise PermissionDenied from None
    except (InvalidInput, Conflict) as error:
        add_fault(form, error)
        return None
    if said:
        messages.success(request, said)
    return made


def done(request: HttpRequest, do: Callable[[], DoneT], said: str) -> DoneT | bool:
    """Do what a button asks, and tell it with a message, or why it is not done.

    What the deed gives; where that is nothing True, and False where it is not done.
    Raises PermissionDenied where the verb says that this person may not.
    """
    try:
        made = do()
    except NotAllowed:
        raise PermissionDenied from None
    except InvalidInput as error:
        messages.error(request, error.sentence)  # not its place: here is no form with fields
        return False
    except Conflict as error:
        messages.error(request, str(error))
        return False
    messages.success(request, said)
    return made or True


def form_page(request: HttpRequest, template: str, form: BaseForm, **more: Any) -> HttpResponse:
    """The page with a form; its status says whether something is to be mended (RFC 9110: 422)."""
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)


def add_fault(form: BaseForm, fault: KatalysatorError) -> None:
    """Say a fault beside the field that it is about; above the form where it is about none of them."""
    if isinstance(fault, InvalidInput):
        name = str(fault.where[0]) if fault.where else ""
        form.add_error(name if name in form.fields else None, fault.sentence)
    else:
        form.add_error(None, str(fault))
