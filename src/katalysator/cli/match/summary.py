"""What is said at the end: how much was read and found, what was not found and why."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from math import ceil
from typing import Any, Final

import numpy as np

from katalysator.core.language import number, say, translate
from katalysator.engine.matching import Matching, Strength, strength
from katalysator.faults import gettext_noop as _
from katalysator.listings.market import all_hard_terms
from katalysator.matches.sheet_profiles import Listings

NO_MARKET: Final = "market"
"""What kept offers away where there is none in the need's own market."""

NO_REASON: Final = "score"
"""What kept offers away where no constraint did: none scored high enough."""

_MOST_NAMED: Final = 10
_WHY: Final = {
    NO_MARKET: _("no offer in its market"),
    "own": _("of the same organisation"),
    "area": _("another area, where the need insists on its own"),
    "region": _("another region, where the need insists on its own"),
    NO_REASON: _("no offer that comes close enough"),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts; `unmatched` maps the ids of needs without an offer to what kept most away.

    `pairs` were compared in full, and `placed` seats given, within `gap` of the best possible.
    """

    needs: Listings
    offers: Listings
    strengths: Mapping[Strength, int]
    unmatched: Mapping[str, str]
    gap: float | None
    pairs: int = 0
    placed: int = 0

    @property
    def matches(self) -> int:
        """The number of rows written."""
        return sum(self.strengths.values())

    def as_json(self) -> dict[str, Any]:
        """The facts in plain values."""
        return {
            "needs": len(self.needs.profiles),
            "offers": len(self.offers.profiles),
            "other_kind": {"needs": self.needs.other_kind, "offers": self.offers.other_kind},
            "closed": {"needs": self.needs.closed, "offers": self.offers.closed},
            "expired": {"needs": self.needs.expired, "offers": self.offers.expired},
            "left_out": {
                "needs": len(self.needs.read.left_out),
                "offers": len(self.offers.read.left_out),
            },
            "matches": self.matches,
            "strengths": {str(strength): self.strengths[strength] for strength in Strength},
            "needs_without_offer": dict(self.unmatched),
            "pairs": self.pairs,
            "placed": self.placed,
            "gap": self.gap,
        }


def summarise(needs: Listings, offers: Listings, found: Matching) -> Summary:
    """Count. The gap of the division is left out where there was nothing to divide."""
    matches = found.matches
    counted = Counter(map(strength, matches.score.tolist()))
    matched = {matches.needs[row].key for row in np.unique(matches.need).tolist()}
    return Summary(
        needs,
        offers,
        {strength: counted[strength] for strength in Strength},
        {
            need.key: _commonest(found.refused[need.key], len(offers.profiles))
            for need in needs.profiles
            if need.key not in matched
        },
        found.certificate.gap if found.certificate.bound > 0 else None,
        found.pairs,
        found.placed,
    )


def sentences(summary: Summary) -> Iterator[str]:
    """The facts in words, a sentence each."""
    yield from _about_reading(summary)
    yield say(
        "Matches: %(matches)s, of which %(strong)s strong, %(good)s good, %(possible)s possible and "
        "%(weak)s weak.",
        matches=summary.matches,
        **{str(strength): count for strength, count in summary.strengths.items()},
    )
    yield from _about_unmatched(summary)
    yield from _about_division(summary)


def _commonest(refused: Mapping[str, int], offers: int) -> str:
    """What took most offers of the need's own market: a constraint, or the score what is left."""
    inside = {name: count for name, count in refused.items() if name != NO_MARKET}
    counts = {NO_REASON: offers - sum(refused.values()), **inside}
    reason = max(counts, key=lambda name: counts[name])
    return reason if counts[reason] else NO_MARKET


def _about_reading(summary: Summary) -> Iterator[str]:
    needs, offers = summary.needs, summary.offers
    count = {"needs": len(needs.profiles), "offers": len(offers.profiles)}
    yield say("Needs: %(needs)s. Offers: %(offers)s.", **count)
    left = {"needs": len(needs.read.left_out), "offers": len(offers.read.left_out)}
    if any(left.values()):
        yield say("Left out, to be mended: needs %(needs)s, offers %(offers)s.", **left)
    if needs.other_kind or offers.other_kind:
        yield say(
            "Left out, because of the other kind: %(offers)s offers among the needs, %(needs)s "
            "needs among the offers.",
            offers=needs.other_kind,
            needs=offers.other_kind,
        )
    if needs.closed or offers.closed:
        over = {"needs": needs.closed, "offers": offers.closed}
        yield say(
            "Left out, because withdrawn or closed: needs %(needs)s, offers %(offers)s.", **over
        )
    if needs.expired or offers.expired:
        over = {"needs": needs.expired, "offers": offers.expired}
        yield say("Left out, because over by then: needs %(needs)s, offers %(offers)s.", **over)


def _about_unmatched(summary: Summary) -> Iterator[str]:
    if not summary.unmatched:
        return
    count, ids = len(summary.unmatched), tuple(islice(summary.unmatched, _MOST_NAMED))
    more = ("…",) if count > len(ids) else ()
    yield say("Needs without an offer: %(count)s (%(ids)s).", count=count, ids=(*ids, *more))
    reason, times = Counter(summary.unmatched.values()).most_common(1)[0]
    yield say(
        "The commonest reason (%(times)s of %(count)s): %(reason)s.",
        reason=all_hard_terms()[reason].refusal
        if reason in all_hard_terms()
        else translate(_WHY[reason]),
        times=times,
        count=count,
    )


def _about_division(summary: Summary) -> Iterator[str]:
    if summary.gap is None:
        return
    percent = number(max(1, ceil(summary.gap * 10_000)) / 100, 2)
    counts = {"placed": summary.placed, "pairs": summary.pairs}
    yield say("Seats given: %(placed)s, after comparing %(pairs)s pairs in full.", **counts)
    yield say("The seats are divided within %(percent)s %% of the best possible.", percent=percent)
