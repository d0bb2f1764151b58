"""The API's part on matching rounds: the bureau's, and those of working groups for their chair."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.core.api import Links, PageOf, Paging, RecordNumber, Resource, page_facts, paged
from katalysator.core.api_writing import deeds_for, tag
from katalysator.rounds.matching.figures import RoundFigures
from katalysator.rounds.matching.verbs import DEEDS, RoundSettings
from katalysator.rounds.models import MatchingRound, RoundPair, RoundShortfall
from katalysator.rounds.workflow import MATCHING_ROUND

router = Router(tags=["rounds"], by_alias=True)


class RoundSettingsResource(Resource):
    """What a round chooses by: `least` is the lowest chance of a pair in percent; `perOrganisation` is null where there is no most.

    `method` is `best` (the highest sum of chances), `stable` (the best pairs first) or `own` (both sides say whom they would
    rather meet). Of each offer `kept` introductions
    are for needs of organisations of the kind `keptFor`. `leastIn` has the least number of needs by region, by own order only.
    """

    market: str
    method: str
    area: str
    region: str
    least: int
    per_need: int
    per_offer: int
    within_capacity: bool
    per_organisation: int | None
    kept_for: str
    kept: int
    least_in: dict[str, int]


class RoundSummary(Resource):
    """A round, and how far its job is: `done` of `stages`. `orderedUntil` is the last day on which both sides say their order."""

    id: int
    name: str
    state: str
    group: int | None
    done: int
    stages: int
    made_at: datetime
    computed_at: datetime | None
    ordered_until: date | None
    sent_at: datetime | None
    links: Links


class RoundOutcomeResource(Resource):
    """What a way of choosing gives; `value` is the sum of the chances, and none is worth more than `bound`, where that was proven.

    `way` is `chosen`, `best`, `stable`, `in-turn` (one need after another), or `without-` and the setting that was left out (`without-region-NL11`: the least number there).
    """

    way: str
    introductions: int
    value: float
    bound: float | None
    needs: int
    offers: int
    lowest: float
    uneven: float


class ServedKindResource(Resource):
    """How many needs of a kind of organisation there are, and how many get something."""

    kind: str
    needs: int
    served: int


class ReceivedChoice(Resource):
    """How many needs got what they put from the place `first` to the place `last`; told of ten or more."""

    first: int
    last: int
    needs: int


class RegionFiguresResource(Resource):
    """A region with a least number: how many needs it gets, and how many it lacks whatever is chosen."""

    region: str
    least: int
    needs: int
    short: int


class RoundFiguresResource(Resource):
    """What comes of a round, beside how many needs, offers and pairs there were to choose from.

    `checked` says in how many pairs it was sought whether both would rather have each other than what they get: there is
    none, but for needs that fill one of the `regions` with a least number: `kept` says how many, from ten on; null where nobody
    said an order.
    """

    needs: int
    offers: int
    pairs: int
    organisations: int
    kinds: list[ServedKindResource]
    checked: int | None
    received: list[ReceivedChoice]
    regions: list[RegionFiguresResource]
    kept: int | None
    outcomes: list[RoundOutcomeResource]


class RoundResource(RoundSummary):
    """A round with its settings, its figures (null before it was computed), and the deeds that the asker may do now."""

    why: str
    settings: RoundSettingsResource
    figures: RoundFiguresResource | None
    deeds: list[str]


class RoundPage(PageOf):
    """One page of rounds, the newest first."""

    items: list[RoundSummary]


class RoundPairResource(Resource):
    """A need and an offer that a round brings together, by their numbers; `refused` says why it could not be proposed."""

    need: int
    offer: int
    score: float
    proposed: bool
    refused: str


class RoundPairPage(PageOf):
    """One page of pairs, the surest first."""

    items: list[RoundPairResource]


class RoundShortfallResource(Resource):
    """A need or an offer that gets nothing, why, and the best that there was for it.

    `reason` is one of nothing, not-now, least, hand, own, theirs, kept, taken, silent, orders.
    """

    listing: int
    kind: str
    reason: str
    best: int | None
    score: float


class RoundShortfallPage(PageOf):
    """One page of who gets nothing."""

    items: list[RoundShortfallResource]


@router.get("/rounds", response=RoundPage)
def rounds(request: HttpRequest, query: Query[Paging]) -> RoundPage:
    """The matching rounds that the asker decides on; none for others."""
    page = paged(MatchingRound.objects.visible_to(request.user), query)
    items = [_summary(request, each) for each in page]
    return RoundPage(items=items, **page_facts(request, page))


@router.get("/rounds/{number}", response=RoundResource)
def matching_round(
    request: HttpRequest, response: HttpResponse, number: RecordNumber
) -> RoundResource:
    """One round, with what comes of it."""
    found = visible_round(request, number)
    tag(response, found)
    return whole_round(request, found)


@router.get("/rounds/{number}/pairs", response=RoundPairPage)
def round_pairs(request: HttpRequest, number: RecordNumber, query: Query[Paging]) -> RoundPairPage:
    """Whom a round brings together."""
    found = visible_round(request, number)
    page = paged(RoundPair.objects.visible_to(request.user).filter(round=found), query)
    items = [
        RoundPairResource(
            need=each.need_id,
            offer=each.offer_id,
            score=each.score,
            proposed=each.introduction_id is not None,
            refused=each.refused,
        )
        for each in page
    ]
    return RoundPairPage(items=items, **page_facts(request, page))


@router.get("/rounds/{number}/without", response=RoundShortfallPage)
def round_without(
    request: HttpRequest, number: RecordNumber, query: Query[Paging]
) -> RoundShortfallPage:
    """Who gets nothing, and why."""
    found = visible_round(request, number)
    page = paged(RoundShortfall.objects.visible_to(request.user).filter(round=found), query)
    items = [
        RoundShortfallResource(
            listing=each.listing_id,
            kind=each.kind,
            reason=each.reason,
            best=each.best_id,
            score=each.score,
        )
        for each in page
    ]
    return RoundShortfallPage(items=items, **page_facts(request, page))


def visible_round(request: HttpRequest, number: int) -> MatchingRound:
    """A round that the asker may see; raises a 404 for any other."""
    found: MatchingRound = get_object_or_404(
        MatchingRound.objects.visible_to(request.user), pk=number
    )
    return found


def whole_round(request: HttpRequest, found: MatchingRound) -> RoundResource:
    """A round with what the asker may do with it."""
    said = RoundSettings.of(found)
    names = RoundSettingsResource.model_fields
    may = deeds_for(request.user, MATCHING_ROUND, found)
    return RoundResource(
        **_summary(request, found).model_dump(),
        why=found.why,
        settings=RoundSettingsResource(**{name: getattr(said, name) for name in names}),
        figures=_figures(RoundFigures.of(found.figures)),
        deeds=[each for each in may if each in DEEDS],
    )


def _summary(request: HttpRequest, found: MatchingRound) -> RoundSummary:
    return RoundSummary(
        id=found.pk,
        name=found.name,
        state=found.state,
        group=found.group_id,
        done=found.done,
        stages=found.stages,
        made_at=found.made_at,
        computed_at=found.computed_at,
        ordered_until=found.ordered_until,
        sent_at=found.sent_at,
        links=Links.of(request, found, "matching_round"),
    )


def _figures(figures: RoundFigures | None) -> RoundFiguresResource | None:
    if figures is None:
        return None
    return RoundFiguresResource(
        needs=figures.needs,
        offers=figures.offers,
        pairs=figures.pairs,
        organisations=figures.organisations,
        checked=figures.checked,
        received=[
            ReceivedChoice(first=first, last=last, needs=needs)
            for first, last, needs in figures.received
        ],
        regions=[
            RegionFiguresResource(
                region=each.region, least=each.least, needs=each.needs, short=each.short
            )
            for each in figures.regions
        ],
        kept=figures.kept,
        kinds=[
            ServedKindResource(kind=each.kind, needs=each.needs, served=each.served)
            for each in figures.kinds
        ],
        outcomes=[
            RoundOutcomeResource(
                way=way,
                introductions=each.pairs,
                value=each.value,
                bound=each.bound,
                needs=each.needs,
                offers=each.offers,
                lowest=each.lowest,
                uneven=each.uneven,
            )
            for way, each in figures.outcomes.items()
        ],
    )
