"""How the models that read and judge here are doing, for the operator."""

from dataclasses import dataclass

from katalysator.engine.text import ModelChoice
from katalysator.listings.workflow import OPEN
from katalysator.matches.careful import unread
from katalysator.matches.judging import flagged_listings, matches_to_judge, wanted_judge
from katalysator.matches.models import MarketEntry, PairJudgement
from katalysator.readings.careful import serving, wanted
from katalysator.readings.models import ModelTrouble
from katalysator.readings.trouble import in_words


@dataclass(frozen=True, slots=True)
class EncoderStatus:
    """The careful encoder: the one asked for, the one that serves, and open listings: all, and still unread."""

    choice: ModelChoice
    serves: str
    listings: int
    waiting: int
    trouble: str


@dataclass(frozen=True, slots=True)
class JudgeStatus:
    """The judge: pairs with a grade, pairs that wait, and listings that seem to speak to a model."""

    choice: ModelChoice
    graded: int
    waiting: int
    flagged: list[int]
    trouble: str


def encoder_status() -> EncoderStatus:
    """Cost: some counts; reading a folder's weights for their digest."""
    now = serving()
    return EncoderStatus(
        choice=wanted(),
        serves=now.name if now else "",
        listings=MarketEntry.objects.filter(listing__state=OPEN).count(),
        waiting=unread().count(),
        trouble=_trouble(ModelTrouble.Role.ENCODER),
    )


def judge_status() -> JudgeStatus:
    """Cost: some counts."""
    choice = wanted_judge()
    name = choice.name if choice else ""
    return JudgeStatus(
        choice=choice,
        graded=PairJudgement.objects.filter(judge=name, grade__isnull=False).count(),
        waiting=matches_to_judge(name).count() if choice else 0,
        flagged=flagged_listings(name) if choice else [],
        trouble=_trouble(ModelTrouble.Role.JUDGE),
    )


def _trouble(role: ModelTrouble.Role) -> str:
    """What is the matter and since when, in words."""
    found = ModelTrouble.objects.filter(role=role).first()
    return (
        f"{found.since:%Y-%m-%d %H:%M} – {found.last_at:%Y-%m-%d %H:%M}: {in_words(found)}"
        if found
        else ""
    )
