"""Terms in free words: shown and searched, never compared."""

import re
from typing import Any

from django import forms

from katalysator.core.terms.base import Half, LabelText, Term
from katalysator.faults import gettext_noop

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")  # what no table and no file can hold


class Text(Term):
    """A few words, at most `longest` characters."""

    def __init__(self, label: LabelText, *, longest: int = 200, **more: Any) -> None:
        super().__init__(label, **{"required": False, **more}, hard=False)
        self.longest = longest

    def clean(self, value: Any) -> str | None:
        """The words; None for none."""
        if not isinstance(value, str | None) or _UNWRITABLE.search(value or ""):
            raise self._not_one(value)
        words = (value or "").strip()
        if len(words) > self.longest:
            raise self._refused(
                gettext_noop("This has %(length)s characters."),
                gettext_noop("Use at most %(most)s."),
                length=len(words),
                most=self.longest,
            )
        return words or None

    def words(self, value: str) -> str:
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest, "pattern": r"^[^\u0000]*$"}

    def fields(self, half: Half) -> dict[str, forms.Field]:  # noqa: ARG002
        field = forms.CharField(
            label=self.label,
            help_text=self.help_text,
            required=self.required,
            max_length=self.longest,
        )
        return {self.name: field}
