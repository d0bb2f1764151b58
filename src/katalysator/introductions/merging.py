"""What becomes of an introduction between two organisations that merge."""

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.introductions.models import Party
from katalysator.introductions.workflow import KNOWN, OPEN

_TWO = 2


@where_both_have_one(Party)
def one_party(row: Party, kept: Organisation) -> None:  # noqa: ARG001 — its party stays as it is
    """They are one party now; where nobody else is left to meet, it is over."""
    introduction = row.introduction
    row.delete()
    if introduction.parties.count() < _TWO and introduction.state in OPEN:
        introduction.state = "ended" if introduction.state in KNOWN else "withdrawn"
        introduction.save(update_fields=["state"])
