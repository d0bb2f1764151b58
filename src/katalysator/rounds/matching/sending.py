"""The proposals of a round, sent or taken back one by one.

Each is a transaction of its own: what stops in between goes on where it was, and what one refuses keeps no other from it.
"""

from django.db import transaction

from katalysator.core.actors import ROUNDS
from katalysator.core.language import ENGLISH, speaking
from katalysator.core.rows import locked
from katalysator.faults import Conflict, KatalysatorError, gettext_noop as _
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction
from katalysator.introductions.verbs import propose, withdraw
from katalysator.rounds.matching.rows import moved
from katalysator.rounds.models import MatchingRound, RoundPair


def send_all(found: MatchingRound) -> None:
    """Propose what is not proposed yet. Cost: a transaction a pair."""
    language = found.author.language if found.author else ENGLISH
    while _send_next(found, language):
        pass
    _close(found, "sending", "arrive")


def take_all_back(found: MatchingRound) -> None:
    """Take back what nobody has answered. Cost: a transaction a pair."""
    for number in found.pairs.filter(introduction__state="proposed").values_list(
        "introduction", flat=True
    ):
        _take_back(number)
    _close(found, "undoing", "return")


@transaction.atomic
def _send_next(found: MatchingRound, language: str) -> bool:
    """Propose one pair that nobody else has in hand; whether there was one."""
    row = MatchingRound.objects.filter(pk=found.pk, state="sending").first()
    if row is None:
        return False
    waiting = RoundPair.objects.filter(round=row, introduction=None, refused="")
    pair = waiting.select_for_update(of=("self",), skip_locked=True).order_by("pk").first()
    if pair is None:
        return False
    try:
        with transaction.atomic():
            sides = [MeetingSide.of(pair.need), MeetingSide.of(pair.offer)]
            pair.introduction = propose(sides, by=ROUNDS, why=row.why)
    except KatalysatorError as error:
        with speaking(language):
            pair.refused = str(error)
    pair.save(update_fields=["introduction", "refused"])
    return True


@transaction.atomic
def _take_back(number: int) -> None:
    introduction = Introduction.objects.filter(pk=number).first()
    if introduction is None:
        return
    try:
        row = locked(introduction, _("This introduction is not here any more."))
        if not row.parties.exclude(answer="").exists():
            withdraw(row, by=ROUNDS)
    except Conflict:
        return  # somebody was first


@transaction.atomic
def _close(found: MatchingRound, state: str, deed: str) -> None:
    row = locked(found, _("This round is not here any more."))
    if row.state == state:
        moved(row, deed, by=ROUNDS)
