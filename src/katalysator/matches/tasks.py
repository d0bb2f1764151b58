"""Background work: jobs carry numbers and names only, and may run twice without harm."""

from collections.abc import Sequence
from itertools import chain

from django.db import transaction
from procrastinate.contrib.django import app

from katalysator.core.jobs import LONG, RETRY, SHORT, SOON, defer_once
from katalysator.listings.market import markets
from katalysator.listings.models import Listing
from katalysator.matches.allocation import allocate
from katalysator.matches.careful import change_over, read_by_careful, some_unread
from katalysator.matches.entries import renew_standing, standing_is_stale
from katalysator.matches.judging import judge_best, needs_of, needs_to_judge
from katalysator.matches.search import rematch, renew_best, rescore
from katalysator.matches.webhook_events import tell_of_new_matches
from katalysator.readings.careful import wanted
from katalysator.readings.texts import lexicon, renew_lexicon, use_new_concepts
from katalysator.search.indexing import batches, read_concepts_again
from katalysator.search.models import findables

_NEEDS_AT_ONCE = 50


def match_soon(listing_id: int) -> None:
    """Queue the search for matches of a listing."""
    defer_once(match_listing, f"match-{listing_id}", listing_id=listing_id)


def allocate_soon(market: str) -> None:
    """Queue the allocation of a market."""
    defer_once(allocate_market, f"allocate-{market}", market=market)


def rescore_soon(market: str) -> None:
    """Queue the scoring of all matches of a market."""
    defer_once(rescore_market, f"rescore-{market}", market=market)


def read_concepts_soon() -> None:
    """Queue the reading of all texts for the concepts of now."""
    defer_once(read_concepts, "read-concepts")


def renew_best_soon(market: str) -> None:
    """Queue the setting of best scores of a market."""
    defer_once(renew_best_of_market, f"renew-best-{market}", market=market)


def judge_soon(need_id: int) -> None:
    """Queue the second reading of the best matches of a need."""
    defer_once(judge_need, f"judge-{need_id}", listing_id=need_id)


def _market_changed(market: str) -> None:
    """Queue what follows for a whole market when the matches of one listing were found."""
    if standing_is_stale(market):
        defer_once(renew_standing_of_market, f"standing-{market}", market=market)
    allocate_soon(market)


@app.task(name="matches.match_listing", queue=SHORT, retry=RETRY)
def match_listing(listing_id: int) -> None:
    """Read a listing that changed, find its matches, and let its market be allocated again."""
    listing = Listing.objects.filter(pk=listing_id).first()
    if listing is not None:
        rematch(listing)
        _market_changed(listing.market)
        for need in needs_of(listing):
            judge_soon(need)
        if listing.is_open and wanted():
            defer_once(read_listing_carefully, f"careful-{listing_id}", listing_id=listing_id)


@app.task(name="matches.read_concepts", queue=LONG, lock="read-concepts", retry=RETRY)
def read_concepts() -> None:
    """Read all texts for the concepts of now; find matches again of what means others, and score all."""
    use_new_concepts()
    thesaurus = lexicon().thesaurus
    for batch in chain.from_iterable(map(batches, findables())):
        with transaction.atomic():
            for record in read_concepts_again(batch, thesaurus):
                if isinstance(record, Listing) and record.is_open:
                    match_soon(record.pk)
    renew_lexicon()
    for market in markets():
        rescore_soon(market.slug)


@app.task(name="matches.rescore_market", queue=LONG, lock="standing", retry=RETRY)
def rescore_market(market: str) -> None:
    """Score the matches of a market by the weights and concepts of now, and divide its seats again."""
    rescore(market)
    allocate_soon(market)


@app.task(name="matches.read_carefully", queue=LONG, priority=-10, retry=RETRY)
def read_listing_carefully(listing_id: int) -> None:
    """Let the slower encoder read a listing too, and find its matches by what it says."""
    listing = Listing.objects.filter(pk=listing_id).first()
    if listing is not None:
        _read_carefully([listing])


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="matches.catch_up",
    queue=LONG,
    priority=-20,
    lock="catch-up",
    queueing_lock="catch-up",
    retry=RETRY,
)
def catch_up(timestamp: int) -> None:
    """Let the slower encoder read what it missed, all of it when it is new; then it serves."""
    listings = some_unread()
    if listings and _read_carefully(listings):
        defer_once(catch_up, "catch-up", timestamp=timestamp)
    elif not listings and change_over():
        for market in markets():
            defer_once(renew_standing_of_market, f"standing-{market.slug}", market=market.slug)


def _read_carefully(listings: Sequence[Listing]) -> bool:
    """Read, and where that changes scores find matches again; whether all has been read."""
    counts, worked = read_by_careful(listings)
    for listing in listings if counts else ():
        rematch(listing)
        _market_changed(listing.market)
    return worked


@app.task(name="matches.judge_need", queue=LONG, priority=-30, lock="judge", retry=RETRY)
def judge_need(listing_id: int) -> None:
    """Let the judge read the best matches of a need, a few at a time, and score them by what it says."""
    need = Listing.objects.filter(pk=listing_id).first()
    if need is not None and judge_best(need):
        rematch(need)
        allocate_soon(need.market)
        judge_soon(need.pk)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="matches.judge_missed",
    queue=LONG,
    priority=-30,
    lock="judge-missed",
    queueing_lock="judge-missed",
    retry=RETRY,
)
def judge_missed(timestamp: int) -> None:  # noqa: ARG001
    """Queue the needs whose best matches nobody has judged: new ones, and those of a failure."""
    for need in needs_to_judge(_NEEDS_AT_ONCE):
        judge_soon(need)


@app.task(name="matches.allocate_market", queue=LONG, lock="allocate", retry=RETRY)
def allocate_market(market: str) -> None:
    """Divide the seats of a market among those who fit, set how busy each offer is, and tell programs of new matches."""
    allocate(market)
    tell_of_new_matches(market)


@app.task(name="matches.renew_best", queue=LONG, priority=SOON, retry=RETRY)
def renew_best_of_market(market: str) -> None:
    """Set the best scores of a market again, after a listing was thrown away."""
    renew_best(market)


@app.task(name="matches.renew_standing", queue=LONG, lock="standing", retry=RETRY)
def renew_standing_of_market(market: str) -> None:
    """Find what is usual in a market again, and score its matches by it."""
    renew_standing(market)
    rescore(market)
