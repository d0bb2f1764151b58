"""What the pages of several kinds of sheets say alike; see `kinds.ImportWords`."""

from collections.abc import Mapping
from typing import Any, Final

from katalysator.core.language import lazy as _

LOOKING: Final = (
    _("You see what each column was taken for, and change that where it is wrong."),
    _("You see which rows are new, which change something, and which cannot be used and why."),
)
"""What happens first."""
DRAFT_WORDS: Final[Mapping[str, Any]] = {
    "new": _("New draft"),
    "new_note": _("New rows become drafts."),
    "undo_note": _(
        "Throw the new drafts away that nobody has touched since. What was changed stays changed."
    ),
}
"""Of sheets whose rows become drafts."""
