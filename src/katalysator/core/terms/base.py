"""What every term is."""

from collections.abc import Mapping
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from django import forms
from django.db.models import Q

from katalysator.core.language import say
from katalysator.faults import InvalidInput, gettext_noop

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText
else:
    from django.utils.functional import Promise as LazyText

Half = Literal["need", "offer"]
Interval = tuple[float, float]
LabelText = str | LazyText

EVERYTHING: Final[Interval] = (-inf, inf)


class Term:
    """One thing that listings of a market state.

    Values are plain JSON. What is compared stands beside them in two columns of the table, so that
    the database can hold the constraints: `labels`, an array of “term:choice”, and `ranges`, an
    object with the ends of each interval by the term's name.

    Parameters
    ----------
    label
        Its name for people.
    hard
        Both sides must agree on it; else it is only shown and searched.
    required
        A listing must state it before it is published.
    help_text
        What to fill in, said below the field.

    """

    parts: ClassVar[tuple[str, ...]] = ("",)
    """What a value consists of: a form field and a column each, named `term` or `term_part`."""
    is_interval: ClassVar[bool] = False
    """Whether a hard one holds by intervals that overlap, rather than by a label that is shared."""
    kept_in: ClassVar[tuple[str, ...]] = ()
    """The columns of a listing that hold the value; else it stands among the listing's `terms`."""

    def __init__(
        self,
        label: LabelText,
        *,
        hard: bool = False,
        required: bool = True,
        help_text: LabelText = "",
    ) -> None:
        self.label, self.hard, self.required, self.help_text = label, hard, required, help_text
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its form fields, and of its columns in a table."""
        return tuple(f"{self.name}_{part}" if part else self.name for part in self.parts)

    def clean(self, value: Any) -> Any:
        """The value as it is kept, None for none; raises InvalidInput for what cannot be."""
        raise NotImplementedError

    def words(self, value: Any) -> str:
        """The value as people read it, in the active language."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a value."""
        raise NotImplementedError

    def fields(self, half: Half) -> dict[str, forms.Field]:
        """The form fields that ask for it, by name."""
        raise NotImplementedError

    def from_form(self, cleaned: Mapping[str, Any]) -> Any:
        """The value in what a form has read."""
        return cleaned.get(self.name)

    def to_form(self, value: Any) -> dict[str, Any]:
        """The value as the form fields show it."""
        return {self.name: value}

    def to_columns(self, value: Any) -> dict[str, Any]:  # noqa: ARG002
        """The columns of a listing that hold the value, where it is not among its `terms`."""
        return {}

    def from_columns(self, record: Any) -> Any:
        """The value in the columns of a listing; only asked of terms that are kept in such."""
        raise NotImplementedError

    def to_cells(self, value: Any) -> dict[str, str]:
        """The value in the columns of a table."""
        return {self.name: "" if value is None else str(value)}

    def choice_words(self, choice: str) -> str:
        """A choice, as people read it; of a term without choices, the value itself."""
        return choice

    def labels(self, value: Any) -> tuple[str, ...]:  # noqa: ARG002 — most terms have none
        """The choices of which both sides must share one, without the term's name."""
        return ()

    def interval(self, half: Half, value: Any) -> Interval | None:  # noqa: ARG002
        """The interval that must overlap that of the other side; None for no such thing."""
        return None

    def condition(self, half: Half, value: Any) -> Q:
        """What a listing of the other half must satisfy, in SQL; empty where it need not."""
        interval = self.interval(half, value) if self.hard else None
        return Q() if interval is None else self._overlaps(interval)

    def _overlaps(self, interval: Interval) -> Q:
        low, high = interval
        key = f"ranges__{self.name}"
        holds = Q()
        if high < inf:
            holds &= Q(**{f"{key}__low__isnull": True}) | Q(**{f"{key}__low__lte": high})
        if low > -inf:
            holds &= Q(**{f"{key}__high__isnull": True}) | Q(**{f"{key}__high__gte": low})
        return holds

    @property
    def refusal(self) -> str:
        """Why a listing is not shown, where this does not hold: “Not shown: 3, …”."""
        return say("with another choice for “%(term)s”", term=self.label)

    def agreement(self, shared: Any) -> str:
        """What both sides state, for the sentence “agrees on …”; empty where it goes unsaid.

        `shared` is what `labels` have in common, or the overlap of the intervals.
        """
        return f"{str(self.label).lower()} {self._shared(shared)}"

    def _shared(self, shared: Any) -> str:
        return "/".join(f"“{choice}”" for choice in shared)

    def _refused(self, message: str, hint: str, **parameters: object) -> InvalidInput:
        return InvalidInput("term", message, hint=hint, **parameters).at(self.name)

    def _not_one(self, value: object) -> InvalidInput:
        return self._refused(
            gettext_noop("“%(value)s” is not a value for this."),
            gettext_noop("Look at what /markets says of it."),
            value=value,
        )
