"""What becomes of introductions between two organisations that merge, and of whom each wished to meet."""

from django.db.models import Q

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.introductions.models import KeptApart, MeetingPause, NeverMeet, Party
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


@where_both_have_one(MeetingPause)
def longest_pause(row: MeetingPause, kept: Organisation) -> None:
    """The later day counts."""
    mine = MeetingPause.objects.get(organisation=kept)
    mine.until = max(mine.until, row.until)
    mine.save(update_fields=["until"])
    row.delete()


@where_both_have_one(KeptApart)
def longest_apart(row: KeptApart, kept: Organisation) -> None:
    """The later day counts; and nobody is kept apart from itself."""
    both = (row.organisation_id, row.other_id)
    like_it = Q(organisation=kept, other__in=both) | Q(organisation__in=both, other=kept)
    KeptApart.objects.filter(like_it, until__lt=row.until).update(until=row.until)
    row.delete()


@where_both_have_one(NeverMeet)
def once(row: NeverMeet, kept: Organisation) -> None:  # noqa: ARG001 — what it would say is said already
    """It is said already; and nobody says of itself not to meet it."""
    row.delete()
