"""What stands below a list of which records can be ticked: what can be done with them."""

from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from katalysator.bureau.bulk.kinds import KINDS

LETTER: Final = "letter"
SHEET: Final = "sheet"


def choosing(request: HttpRequest, kind: str, count: int) -> dict[str, Any]:
    """What `bureau/_choose.html` needs, of a list of this kind that finds so many."""
    deeds = [(each.name, each.label) for each in KINDS[kind].deeds]
    if kind == "participants":
        letter, sheet = _("Write them a letter"), _("Take them along as a sheet")
        deeds = [(LETTER, letter), *deeds, (SHEET, sheet)]
    return {"kind": kind, "count": count, "deeds": deeds, "query": request.GET.urlencode()}
