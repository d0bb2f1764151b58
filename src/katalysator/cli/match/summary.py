"""What is said at the end: how much was read and found, what was not found and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import numpy as np

from katalysator.cli.match.rows import Listings
from katalysator.cli.match.terms import TERMS
from katalysator.cli.sentences import decimal, say
from katalysator.core.language import Language, gettext_noop
from katalysator.engine.matching.explanation import Strength, strength
from katalysator.engine.matching.pipeline import Matching

NO_MARKET: Final = "market"
"""What kept offers away where there is none in the need's own market."""

NO_REASON: Final = "score"
"""What kept offers away where no constraint did: none scored high enough."""

_MOST_NAMED: Final = 10
_WHY: Final = {
    NO_MARKET: gettext_noop("no offer in its market"),
    "own": gettext_noop("of the same organisation"),
    "period": gettext_noop("another period"),
    "area": gettext_noop("another area, where the need insists on its own"),
    "region": gettext_noop("another region, where the need insists on its own"),
    "ticket": gettext_noop("another amount"),
    "capacity": gettext_noop("too few places"),
    NO_REASON: gettext_noop("no offer that comes close enough"),
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
            "expired": {"needs": self.needs.expired, "offers": self.offers.expired},
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


def sentences(summary: Summary, language: Language) -> list[str]:
    """The facts in words, a sentence each."""
    return [
        *_about_reading(summary, language),
        *_about_matches(summary, language),
        *_about_unmatched(summary, language),
        *_about_division(summary, language),
    ]


def _commonest(refused: Mapping[str, int], offers: int) -> str:
    """What took most offers of the need's own market: a constraint, or the score what is left."""
    inside = {name: count for name, count in refused.items() if name != NO_MARKET}
    counts = {NO_REASON: offers - sum(refused.values()), **inside}
    reason = max(counts, key=lambda name: counts[name])
    return reason if counts[reason] else NO_MARKET


def _why(reason: str, language: Language) -> str:
    if reason in TERMS:
        sentence = gettext_noop("nothing in common under “%(term)s”")
        return say(sentence, language, term=TERMS[reason])
    return say(_WHY[reason], language)


def _about_reading(summary: Summary, language: Language) -> list[str]:
    needs, offers = summary.needs, summary.offers
    lines = [
        say(
            gettext_noop("Needs: %(needs)s. Offers: %(offers)s."),
            language,
            needs=len(needs.profiles),
            offers=len(offers.profiles),
        )
    ]
    if needs.other_kind or offers.other_kind:
        sentence = gettext_noop(
            "Left out, because of the other kind: %(offers)s offers among the needs, %(needs)s "
            "needs among the offers."
        )
        lines.append(say(sentence, language, offers=needs.other_kind, needs=offers.other_kind))
    if needs.expired or offers.expired:
        sentence = gettext_noop(
            "Left out, because over by then: needs %(needs)s, offers %(offers)s."
        )
        lines.append(say(sentence, language, needs=needs.expired, offers=offers.expired))
    if html := needs.html_cells + offers.html_cells:
        lines.append(
            say(gettext_noop("Cells that HTML was taken out of: %(count)s."), language, count=html)
        )
    about_files = [*_about_file(needs, language), *_about_file(offers, language)]
    return [*lines, *dict.fromkeys(about_files)]


def _about_file(side: Listings, language: Language) -> list[str]:
    lines = []
    if side.sheet:
        sentence = gettext_noop("%(file)s: only the first sheet was read, “%(sheet)s”.")
        lines.append(say(sentence, language, file=side.file, sheet=side.sheet))
    if side.ignored:
        sentence = gettext_noop("%(file)s: columns not used: %(columns)s.")
        lines.append(say(sentence, language, file=side.file, columns=side.ignored))
    return lines


def _about_matches(summary: Summary, language: Language) -> list[str]:
    sentence = gettext_noop(
        "Matches: %(matches)s, of which %(strong)s strong, %(good)s good and %(weak)s weak."
    )
    counts = {str(strength): count for strength, count in summary.strengths.items()}
    return [say(sentence, language, matches=summary.matches, **counts)]


def _about_unmatched(summary: Summary, language: Language) -> list[str]:
    if not summary.unmatched:
        return []
    ids = list(summary.unmatched)
    more = ("…",) if len(ids) > _MOST_NAMED else ()
    reason, times = Counter(summary.unmatched.values()).most_common(1)[0]
    return [
        say(
            gettext_noop("Needs without an offer: %(count)s (%(ids)s)."),
            language,
            count=len(ids),
            ids=(*ids[:_MOST_NAMED], *more),
        ),
        say(
            gettext_noop("The commonest reason (%(times)s of %(count)s): %(reason)s."),
            language,
            reason=_why(reason, language),
            times=times,
            count=len(ids),
        ),
    ]


def _about_division(summary: Summary, language: Language) -> list[str]:
    if summary.gap is None:
        return []
    percent = max(1, ceil(summary.gap * 10_000)) / 100
    sentence = gettext_noop("The seats are divided within %(percent)s %% of the best possible.")
    given = gettext_noop("Seats given: %(placed)s, after comparing %(pairs)s pairs in full.")
    return [
        say(given, language, placed=summary.placed, pairs=summary.pairs),
        say(sentence, language, percent=decimal(percent, 2, language)),
    ]
