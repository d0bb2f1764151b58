"""One job at a time writes the matches of a market, for a moment: what is long is worked out before."""

from typing import Final

from django.db import connection

_MATCHES: Final = 0x6B6D  # of our advisory locks, those on the matches of a market


def take_turn(market: str) -> None:
    """Wait until nobody else writes matches of this market, and keep others from it until we commit.

    Two that write the same rows in another order would wait for each other, and two that put a best
    score would each miss what the other found.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_MATCHES, market])
