"""A database is for the example or for a coalition of its own, for good.

The log-ins of the example are published: a database with them is never served as a coalition's own.
"""

from katalysator.core.models import Purpose
from katalysator.faults import Conflict, gettext_noop as _


def claim(*, is_example: bool) -> None:
    """Say what the database is for, where nobody has said it yet.

    Raises Conflict where it is for the other. Who comes first is first, also of two at the same time.
    """
    if settle(is_example=is_example) == is_example:
        return
    if is_example:
        raise Conflict(
            "database-is-own",
            _("This database is of a coalition of its own: the example is not loaded into it."),
            hint=_(
                "Give the example another folder (KATALYSATOR_DATA) or database (DATABASE_URL)."
            ),
        )
    raise Conflict(
        "database-is-example",
        _("This database holds the example, whose passwords everybody knows: it is not served."),
        hint=_(
            "Run `katalysator demo` for the example. Give your own coalition another folder"
            " (KATALYSATOR_DATA) or database (DATABASE_URL)."
        ),
    )


def settle(*, is_example: bool) -> bool:
    """Claim the database unless somebody did before; whether it is the example's. Cost: a query."""
    row, _made = Purpose.objects.get_or_create(pk=1, defaults={"is_example": is_example})
    return row.is_example
