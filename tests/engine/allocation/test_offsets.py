"""Markets of more edges than 32 bits can count: the kernels read the right ones.

Three thousand million edges would take 24 GB. A file with a hole in it has their offsets without
their bytes: the first person owns the hole, a row of zeros that is left at its first edge, and the
people behind it have real options.
"""

from pathlib import Path

import numpy as np
import pytest

from katalysator.engine.matching.allocation.auction import (
    AuctionMarket,
    Wanted,
    first_bids,
    forward,
    holder_of,
    nobody_seated,
    profits,
    seat_all,
    seated,
    value_of,
)
from katalysator.engine.matching.allocation.near_kernels import digest_rows, near
from katalysator.engine.matching.allocation.reverse import START, Seating, by_opening
from katalysator.engine.matching.allocation.waiting import Waiting

HOLE = 3_000_000_000
assert HOLE > 2**31


@pytest.fixture
def market(tmp_path: Path) -> AuctionMarket:
    size = HOLE + 4
    opening = np.memmap(tmp_path / "opening", np.uint32, "w+", shape=(size,))
    score = np.memmap(tmp_path / "score", np.float32, "w+", shape=(size,))
    if (tmp_path / "score").stat().st_blocks * 512 > 2**20:
        pytest.skip("this file system keeps no holes")
    opening[HOLE:], score[HOLE:] = [0, 1, 0, 1], [0.9, 0.5, 0.8, 0.1]
    start = np.array([0, HOLE, HOLE + 2, HOLE + 4])
    return AuctionMarket(start, np.asarray(opening), np.asarray(score), np.array([0, 1, 2]))


def test_the_auction_seats_people_whose_edges_lie_beyond_32_bits(market: AuctionMarket) -> None:
    books = nobody_seated(market, np.zeros(2, np.float32))
    waiting = Waiting(np.zeros(1, np.uint64), np.zeros(1, np.uint64))
    wanted = Wanted(np.empty(3, np.int32), np.empty(3, np.float32), np.empty(3, np.float32))
    first_bids(market, books.price, 0.01, wanted, 0, 3)
    assert wanted.target.tolist() == [-1, 0, 0]
    seat_all(market, books, waiting, wanted, (0, 2))
    forward(market, books, waiting, wanted.worth, 0.01, 10**9)
    choice = np.empty(3, np.int32)
    seated(market, books, choice)
    assert choice.tolist() == [-1, 1, 0]
    assert value_of(market, choice, 0, 3) == pytest.approx(1.3)
    assert wanted.worth.tolist()[1:] == pytest.approx([0.5, 0.8])
    assert profits(market, books.price, 0, 3) + books.price.sum() == pytest.approx(1.3, abs=0.03)


def test_the_reverse_auction_finds_them_too(market: AuctionMarket) -> None:
    places = Seating(
        np.array([-1, 1, 0], np.int32),
        np.array([0, 0.5, 0.8], np.float32),
        np.array([0.6, 0.0], np.float32),
        np.array([0, 0], np.int64),
    )
    who, least = np.arange(3), np.array([0.3, np.inf], np.float32)
    profit = np.array([0.0, 0.5, 0.2], np.float32)
    found = near(market, profit, least, np.float32(0.0), who, 1, 3)
    assert (found.opening.tolist(), [holder_of(each) for each in found.suitor]) == ([0, 0], [1, 2])
    assert by_opening(found, places, market.seat).book[:, START].tolist() == [0, 3]


def test_rows_beyond_32_bits_have_a_digest(market: AuctionMarket) -> None:
    digest = np.zeros(3, np.uint64)
    digest_rows(market, market.score.view(np.uint32), digest, 1, 3)
    assert digest[0] == 0
    assert digest[1] != digest[2]
