"""The API of the bureau's rules on who proposes to whom."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.writing_api import named_organisations
from katalysator.core.api import RecordNumber, Resource
from katalysator.core.api_writing import Given
from katalysator.introductions.meeting_rules import verbs
from katalysator.introductions.meeting_rules.stopping import stopped_by
from katalysator.introductions.models import KeptApart, MeetingRule
from katalysator.introductions.wishes.writing_api import router
from katalysator.introductions.writing_api import INTRODUCTIONS

__all__ = ("router",)

_CHANGES = INTRODUCTIONS.required


class MeetingRuleResource(Resource):
    """A rule: in which market (null: in all) some do not propose to others, and how many matches it stops now.

    Each is a kind of organisation, or `group:` and the slug of a working group: those that somebody is in it for.
    """

    id: int
    market: str | None
    asking: str
    asked: str
    stopped: int


class MeetingRuleList(Resource):
    """All rules."""

    items: list[MeetingRuleResource]


class MeetingRuleGiven(Given):
    """A rule: kinds of organisations as `kind` of `/organisations` or groups (`group:slug`), and a market of `/markets`; none for all.

    With `both` neither proposes to the other: two rules are made, and the first is answered.
    """

    asking: str
    asked: str
    market: str = ""
    both: bool = False


@router.get("/meeting-rules", response=MeetingRuleList)
def meeting_rules(request: HttpRequest) -> MeetingRuleList:
    """The rules of the bureau, for the bureau; none for others."""
    seen = MeetingRule.objects.visible_to(request.user).with_groups()
    return MeetingRuleList(items=[_rule(each, stopped) for each, stopped in stopped_by(seen)])


@router.post("/meeting-rules", response={201: MeetingRuleResource}, **_CHANGES)
def rule_out(request: PersonRequest, given: MeetingRuleGiven) -> MeetingRuleResource:
    """Rule out that some propose to others."""
    made = verbs.rule_out(
        by=request.user,
        asking=given.asking,
        asked=given.asked,
        market=given.market,
        both=given.both,
    )
    ((rule, stopped),) = stopped_by([made])
    return _rule(rule, stopped)


@router.delete("/meeting-rules/{rule}", response={204: None}, **_CHANGES)
def drop_rule(request: PersonRequest, rule: RecordNumber) -> None:
    """Take a rule away."""
    found = get_object_or_404(MeetingRule.objects.visible_to(request.user), pk=rule)
    verbs.drop_rule(found, by=request.user)


class KeptApartResource(Resource):
    """Two organisations that are not to be introduced before a day."""

    id: int
    organisation: str
    other: str
    until: date


class KeptApartList(Resource):
    """Who is kept apart now."""

    items: list[KeptApartResource]


class KeptApartGiven(Given):
    """Two organisations by their slugs, and until when."""

    organisation: str
    other: str
    until: date


@router.get("/kept-apart", response=KeptApartList)
def kept_apart(request: HttpRequest) -> KeptApartList:
    """Who is kept apart, for the bureau; none for others."""
    seen = KeptApart.objects.visible_to(request.user).now().select_related("organisation", "other")
    return KeptApartList(items=[_kept(each) for each in seen])


@router.post("/kept-apart", response={201: KeptApartResource}, **_CHANGES)
def keep_apart(request: PersonRequest, given: KeptApartGiven) -> KeptApartResource:
    """Let nobody introduce two organisations before a day."""
    seen = Organisation.objects.visible_to(request.user)
    (one,) = named_organisations(seen, [given.organisation], at="organisation")
    (other,) = named_organisations(seen, [given.other], at="other")
    return _kept(verbs.keep_apart(one, other, by=request.user, until=given.until))


@router.delete("/kept-apart/{kept}", response={204: None}, **_CHANGES)
def let_meet(request: PersonRequest, kept: RecordNumber) -> None:
    """Keep two apart no more."""
    found = get_object_or_404(KeptApart.objects.visible_to(request.user), pk=kept)
    verbs.let_meet(found, by=request.user)


def _kept(each: KeptApart) -> KeptApartResource:
    return KeptApartResource(
        id=each.pk, organisation=each.organisation.slug, other=each.other.slug, until=each.until
    )


def _rule(rule: MeetingRule, stopped: int) -> MeetingRuleResource:
    return MeetingRuleResource(
        id=rule.pk,
        market=rule.market or None,
        asking=rule.asking_key,
        asked=rule.asked_key,
        stopped=stopped,
    )
