"""A round computed, one way of choosing after another; what a dead worker had done stays done.

Each stage is a transaction of its own. A job that begins again reads the candidates anew, and where nothing changed since
goes on after the last stage that was kept.
"""

from collections.abc import Callable, Collection, Iterator
from copy import copy
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.utils import timezone

from katalysator.core.actors import ROUNDS
from katalysator.engine.matching import (
    NOBODYS,
    OwnOrderChoice,
    RoundChoice,
    RoundMarket,
    best_round,
    round_by_own_orders,
    round_in_turn,
    round_outcome,
    stable_round,
)
from katalysator.listings.models import Kind
from katalysator.rounds.matching.candidates import RoundCandidates
from katalysator.rounds.matching.figures import kept_figures, kept_outcome, who_is_served
from katalysator.rounds.matching.rows import moved
from katalysator.rounds.models import MatchingRound, RoundOrder, RoundPair, RoundShortfall
from katalysator.rounds.orders.gathering import gather
from katalysator.rounds.orders.opinions import FEWEST_TOLD, RoundOpinions

_Method = MatchingRound.Method
_Reason = RoundShortfall.Reason
_BEFORE_ORDERS: Final = (_Reason.NOTHING, _Reason.NOT_NOW, _Reason.LEAST, _Reason.HAND)
"""Why nothing was left before anybody said an order."""
CHOSEN: Final = "chosen"
IN_TURN: Final = "in-turn"
WITHOUT: Final = "without-"
"""Before the name of the setting that is left out."""
_LOOSE: Final[dict[str, Any]] = {
    "least": 0,
    "within_capacity": False,
    "per_organisation": None,
    "kept": 0,
}
"""What it means to leave out a setting that limits."""
RULINGS: Final = "rulings"
REGION: Final = "region-"
"""Before the code of the region whose least number is left out."""
_SOLVERS: Final[dict[str, Callable[[RoundMarket], RoundChoice]]] = {
    _Method.BEST: best_round,
    _Method.STABLE: stable_round,
}
_AT_ONCE: Final = 1_000


def stages_of(found: MatchingRound) -> list[str]:
    """What is reckoned of a round, in order: what is chosen, the other ways beside it, and it without each of its limits."""
    other = _Method.STABLE if found.method == _Method.BEST else _Method.BEST
    if found.is_by_own_order:  # a limit left out would bring pairs of which nobody was asked
        return [CHOSEN, other.value, IN_TURN, *_without_regions(found)]
    without = [name for name, loose in _LOOSE.items() if getattr(found, name) != loose]
    if found.rulings.exists():
        without.append(RULINGS)
    return [CHOSEN, other.value, IN_TURN, *(f"{WITHOUT}{name}" for name in without)]


def _without_regions(found: MatchingRound) -> list[str]:
    """The stages without the least number of one region; none where few said an order: it would tell what one of them said."""
    said = RoundOrder.objects.filter(round=found, listing__kind=Kind.NEED).count()
    return [f"{WITHOUT}{REGION}{code}" for code in found.least_in if said >= FEWEST_TOLD]


def compute(found: MatchingRound, run: int) -> None:
    """Compute a round, or what is left of it, until it is stopped. Cost: `python -m bench.site.rounds`."""
    if not _is_wanted(found, run):
        return
    if found.author is None:  # whose eyes it would see with
        _end(found, run, "stop")
        return
    candidates = RoundCandidates.of(found, found.author)
    if found.is_by_own_order:
        candidates = candidates.unfixed()
    if found.is_by_own_order and found.ordered_until is None:
        _gather(found, run, candidates)
    elif _chosen(found, run, candidates):
        _end(found, run, "finish", computed_at=timezone.now())


def _chosen(found: MatchingRound, run: int, candidates: RoundCandidates) -> bool:
    """Go through the stages that are left; whether the round was not stopped meanwhile."""
    stamp, stages = candidates.stamp(found), stages_of(found)
    if found.figures.get("stamp") != stamp:
        found.figures = kept_figures(stamp, candidates)
    for number, stage in enumerate(stages, 1):
        if stage in found.figures["outcomes"]:
            continue
        market, choice = _choice(found, candidates, stage)
        if not _keep(found, run, candidates, (market, choice), (stage, number, len(stages))):
            return False
    return True


def _choice(
    found: MatchingRound, candidates: RoundCandidates, stage: str
) -> tuple[RoundMarket, RoundChoice]:
    """What there is to choose from in a stage, and what is chosen."""
    left_out = stage.removeprefix(WITHOUT) if stage.startswith(WITHOUT) else ""
    loose = copy(found)
    if left_out in _LOOSE:
        setattr(loose, left_out, _LOOSE[left_out])
    market = (candidates.unruled() if left_out == RULINGS else candidates).market(loose)
    if stage == IN_TURN:
        return market, round_in_turn(market, candidates.need)
    if stage == CHOSEN and found.is_by_own_order:
        return market, _by_own_orders(found, candidates, market)
    if left_out.startswith(REGION):
        loose.least_in = {
            code: least for code, least in found.least_in.items() if left_out != f"{REGION}{code}"
        }
        opinions = RoundOpinions.of(found, candidates)
        return market, RoundChoice(_own_choice(loose, candidates, market, opinions).taken)
    return market, _SOLVERS[stage if stage in _SOLVERS else found.method](market)


def _by_own_orders(
    found: MatchingRound, candidates: RoundCandidates, market: RoundMarket
) -> RoundChoice:
    """Choose by what both sides said, and keep how it was checked and who may be told what of it."""
    opinions = RoundOpinions.of(found, candidates)
    chosen = _own_choice(found, candidates, market, opinions)
    if chosen.blocking.size:
        raise ValueError(f"pair {chosen.blocking[0]} would rather have each other")
    found.figures |= {
        "checked": int(np.count_nonzero((market.score > 0.0) & ~market.forbidden)),
        "received": opinions.received(chosen.taken),
        "regions": _regions(found, candidates, chosen),
        "kept": chosen.kept.size if chosen.kept.size >= FEWEST_TOLD else None,
    }
    return RoundChoice(chosen.taken)


def _own_choice(
    found: MatchingRound,
    candidates: RoundCandidates,
    market: RoundMarket,
    opinions: RoundOpinions,
) -> OwnOrderChoice:
    """What comes of what both sides said, with the least numbers of regions."""
    allowed = (market.score > 0.0) & ~market.forbidden
    asks, gives = (np.where(allowed, each, 0.0) for each in (opinions.asks, opinions.gives))
    places, quotas = candidates.places(found), candidates.quotas(found.least_in)
    return round_by_own_orders(candidates.need, candidates.offer, asks, gives, places, quotas)


def _regions(
    found: MatchingRound, candidates: RoundCandidates, chosen: OwnOrderChoice
) -> list[dict[str, Any]]:
    """Of each region with a least number: how many it gets, and how many it lacks whatever was chosen."""
    quotas = candidates.quotas(found.least_in)
    if quotas is None:
        return []
    got = quotas.load(candidates.offer[chosen.taken]).tolist()
    lines = zip(found.least_in.items(), got, chosen.short.tolist(), strict=True)
    return [
        {"region": code, "least": least, "needs": needs, "short": short}
        for (code, least), needs, short in lines
    ]


@transaction.atomic
def _gather(found: MatchingRound, run: int, candidates: RoundCandidates) -> None:
    """Keep who could meet whom, for both sides to put in order."""
    row = MatchingRound.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if row is not None and _is_wanted(row, run):
        gather(found, candidates)
        moved(row, "gather", by=ROUNDS)


@transaction.atomic
def _keep(
    found: MatchingRound,
    run: int,
    candidates: RoundCandidates,
    solved: tuple[RoundMarket, RoundChoice],
    progress: tuple[str, int, int],
) -> bool:
    """Keep a stage, unless the round was stopped meanwhile; whether it is to go on."""
    (market, choice), (stage, number, of) = solved, progress
    row = MatchingRound.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if row is None or not _is_wanted(row, run):
        return False
    outcome = round_outcome(market, candidates.need, candidates.offer, choice)
    found.figures["outcomes"][stage] = kept_outcome(outcome)
    if stage == CHOSEN:
        found.figures |= who_is_served(candidates, choice.taken)
        _keep_pairs(row, candidates, choice)
        _keep_shortfalls(row, candidates, market, choice)
    row.figures, row.done, row.stages = found.figures, number, of
    row.save(update_fields=["figures", "done", "stages"])
    return True


def _keep_pairs(row: MatchingRound, candidates: RoundCandidates, choice: RoundChoice) -> None:
    needs = candidates.needs.numbers[candidates.need[choice.taken]].tolist()
    offers = candidates.offers.numbers[candidates.offer[choice.taken]].tolist()
    scores = candidates.score[choice.taken].tolist()
    RoundPair.objects.filter(round=row).delete()
    RoundPair.objects.bulk_create(
        [
            RoundPair(round=row, need_id=need, offer_id=offer, score=score)
            for need, offer, score in zip(needs, offers, scores, strict=True)
        ],
        batch_size=_AT_ONCE,
    )


def _keep_shortfalls(
    row: MatchingRound, candidates: RoundCandidates, market: RoundMarket, choice: RoundChoice
) -> None:
    silent = RoundOpinions.of(row, candidates).silent if row.is_by_own_order else None
    RoundShortfall.objects.filter(round=row).delete()
    RoundShortfall.objects.bulk_create(
        [
            RoundShortfall(
                round=row, kind=kind, **(told if silent is None else _by_orders(told, silent))
            )
            for kind in Kind.values
            for told in _shortfalls(candidates, market, choice, kind)
        ],
        batch_size=_AT_ONCE,
    )


def _shortfalls(
    candidates: RoundCandidates, market: RoundMarket, choice: RoundChoice, kind: str
) -> Iterator[dict[str, Any]]:
    mine, theirs = candidates.needs, candidates.offers
    other = candidates.offer
    if kind == Kind.OFFER:
        mine, theirs, other = theirs, mine, candidates.need
    for place, reason, pair in candidates.why_not(market, choice.taken, kind):
        about = {} if pair == NOBODYS else {
            "best_id": int(theirs.numbers[other[pair]]), "score": float(candidates.score[pair]),
        }  # fmt: skip
        yield {"listing_id": int(mine.numbers[place]), "reason": reason, **about}


def _by_orders(told: dict[str, Any], silent: Collection[int]) -> dict[str, Any]:
    """Why a listing got nothing by own orders: not by whose order, and of no other."""
    if told["reason"] in _BEFORE_ORDERS:
        return told
    said = _Reason.SILENT if told["listing_id"] in silent else _Reason.ORDERS
    return {"listing_id": told["listing_id"], "reason": said}


@transaction.atomic
def _end(found: MatchingRound, run: int, deed: str, **then: Any) -> None:
    row = MatchingRound.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if row is not None and _is_wanted(row, run):
        moved(row, deed, by=ROUNDS, **then)


def _is_wanted(found: MatchingRound, run: int) -> bool:
    """Whether a job of this run is still to compute it."""
    return found.state == "computing" and found.run == run
