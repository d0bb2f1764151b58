"""The kinds of what is found, in the order in which they are told."""

from typing import Final, Literal, TypeAlias, get_args

from django.utils.translation import gettext_lazy as _

ResultKind: TypeAlias = Literal[
    "need", "offer", "knowledge", "document", "activity", "question", "organisation", "person"
]
KINDS: Final[tuple[ResultKind, ...]] = get_args(ResultKind)
LABELS: Final = {
    "": _("All"),
    "need": _("Needs"),
    "offer": _("Offers"),
    "knowledge": _("Knowledge"),
    "document": _("Documents"),
    "activity": _("Activities"),
    "question": _("Questions asked"),
    "organisation": _("Organisations"),
    "person": _("People"),
}
