"""What is held of a person who makes rounds."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.rounds.models import (
    MatchingRound,
    MeetingDay,
    MeetingGuest,
    MeetingTalk,
    MeetingWish,
    RoundOrder,
)


@holds("rounds", MatchingRound)
def rounds_of(person: Any) -> dict[str, Any]:
    """The rounds that the person made or computed last."""
    return {
        "made": rows(MatchingRound.objects.filter(author_id=person.pk), "id", "name", "made_at")
    }


@holds("round_orders", RoundOrder)
def orders_of(person: Any) -> dict[str, Any]:
    """In which order the person said to rather meet others."""
    mine = RoundOrder.objects.filter(said_by_id=person.pk)
    names = ("round__name", "listing__title", "order", "refused", "rest_by_score", "said_at")
    return {"said": rows(mine, *names)}


@holds("talks", MeetingDay, MeetingGuest, MeetingWish, MeetingTalk)
def talks_of(person: Any) -> dict[str, Any]:
    """Where the person takes part in talks, whom they asked for and what they answered, and which talks they have."""
    about = "day__activity__title"
    mine = MeetingWish.objects.filter(person_id=person.pk)
    return {
        "planned": rows(MeetingDay.objects.filter(author_id=person.pk), "activity__title"),
        "takes_part": rows(
            MeetingGuest.objects.filter(person_id=person.pk), about, "away", "most", "made_at"
        ),
        "asked_for": rows(mine, about, "answer", "made_at"),
        "asked_by_others": rows(
            MeetingWish.objects.filter(other_id=person.pk), about, "answer", "made_at"
        ),
        "talks": rows(
            MeetingTalk.objects.filter(is_out=True).of(person), about, "slot", "table", "off_at"
        ),
    }
