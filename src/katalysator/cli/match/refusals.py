"""How the command says no to a row or a table, whatever is in its single cells."""

from katalysator.cli.match.columns import Column
from katalysator.cli.match.values import RowKind
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _


def unsaved_formula() -> InvalidInput:
    """The refusal of a formula whose value was never worked out."""
    return InvalidInput(
        "cell-formula",
        _("The cell holds a formula, but the file does not hold its value."),
        hint=_("Open the file in a spreadsheet program and save it again."),
    )


def says_nothing() -> InvalidInput:
    """A row without title and text."""
    return InvalidInput(
        "row-silent",
        _("Title and text are both empty."),
        hint=_("Say in a sentence what is asked or offered, or take the row out."),
    )


def id_empty() -> InvalidInput:
    """A row without an id in a table with ids."""
    return InvalidInput(
        "id-empty",
        _("The id is empty."),
        hint=_("Give every row its own, or take out the column: line numbers will do."),
    )


def id_twice(key: str, first: int, second: int) -> InvalidInput:
    """An id that two lines have."""
    return InvalidInput(
        "id-twice",
        _("“%(key)s” stands on line %(first)s and again on line %(second)s."),
        hint=_("Give every row its own id."),
        key=key,
        first=str(first),
        second=str(second),
    )


def none_of_kind(kind: RowKind) -> InvalidInput:
    """A table in which every row is of the other kind."""
    return InvalidInput(
        "rows-of-kind",
        _("None of the rows says “%(kind)s” here."),
        hint=_("Have the two files traded places? The needs come first."),
        kind=kind,
    )


def insists_on_nothing(about: Column) -> InvalidInput:
    """A "yes" beside an empty list."""
    return InvalidInput(
        "insists-on-nothing",
        _("The row insists on its “%(about)s”, but names none."),
        hint=_("Fill in “%(about)s”, or write “no” here."),
        about=about,
    )
