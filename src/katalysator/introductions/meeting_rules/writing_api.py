"""The API of the bureau's rules on who proposes to whom."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from katalysator.coalition.models import PersonRequest
from katalysator.core.api import RecordNumber, Resource
from katalysator.core.api_writing import Given
from katalysator.introductions.meeting_rules import verbs
from katalysator.introductions.meeting_rules.stopping import stopped_by
from katalysator.introductions.models import MeetingRule
from katalysator.introductions.wishes.writing_api import router
from katalysator.introductions.writing_api import INTRODUCTIONS

__all__ = ("router",)

_CHANGES = INTRODUCTIONS.required


class MeetingRuleResource(Resource):
    """A rule: in which market (null: in all) one kind of organisation does not propose to another, and how many matches it stops now."""

    id: int
    market: str | None
    asking: str
    asked: str
    stopped: int


class MeetingRuleList(Resource):
    """All rules."""

    items: list[MeetingRuleResource]


class MeetingRuleGiven(Given):
    """A rule: kinds of organisations as `kind` of `/organisations`, and a market of `/markets`; none for all."""

    asking: str
    asked: str
    market: str = ""


@router.get("/meeting-rules", response=MeetingRuleList)
def meeting_rules(request: HttpRequest) -> MeetingRuleList:
    """The rules of the bureau, for the bureau; none for others."""
    seen = MeetingRule.objects.visible_to(request.user)
    return MeetingRuleList(items=[_rule(each, stopped) for each, stopped in stopped_by(seen)])


@router.post("/meeting-rules", response={201: MeetingRuleResource}, **_CHANGES)
def rule_out(request: PersonRequest, given: MeetingRuleGiven) -> MeetingRuleResource:
    """Rule out that one kind of organisation proposes to another."""
    made = verbs.rule_out(
        by=request.user, asking=given.asking, asked=given.asked, market=given.market
    )
    ((rule, stopped),) = stopped_by([made])
    return _rule(rule, stopped)


@router.delete("/meeting-rules/{rule}", response={204: None}, **_CHANGES)
def drop_rule(request: PersonRequest, rule: RecordNumber) -> None:
    """Take a rule away."""
    found = get_object_or_404(MeetingRule.objects.visible_to(request.user), pk=rule)
    verbs.drop_rule(found, by=request.user)


def _rule(rule: MeetingRule, stopped: int) -> MeetingRuleResource:
    return MeetingRuleResource(
        id=rule.pk,
        market=rule.market or None,
        asking=rule.asking,
        asked=rule.asked,
        stopped=stopped,
    )
