"""What `katalysator audit verify` found, in sentences."""

from dataclasses import dataclass
from pathlib import Path

from katalysator.cli.answering import naming
from katalysator.core.audit import Chain, verify
from katalysator.core.heads import (
    Departure,
    Heads,
    begins_elsewhere,
    departures,
    from_text,
    shown,
)
from katalysator.core.language import say
from katalysator.faults import gettext_noop


@dataclass(frozen=True, slots=True)
class Checked:
    """A line for each thing that is wrong, and lines about the rest."""

    faults: list[str]
    facts: list[str]


def checked(file: Path | None) -> Checked:
    """Check all chains, also against the heads in a file where one is given.

    Raises Refused for a file that does not hold heads.
    """
    kept = _read(file) if file else None
    verdict = verify()
    faults = [_broken(chain) for chain in verdict.broken]
    facts = [
        say(
            "Events that hold: %(events)s. Chains: %(chains)s.",
            events=verdict.events,
            chains=len(verdict.chains),
        )
    ]
    if kept and (departed := _beside(kept)):
        faults += departed
    elif kept:
        going_on = gettext_noop("All chains go on from their heads of %(at)s.")
        facts.append(say(going_on, at=shown(kept.at)))
    return Checked(faults, facts)


def _read(file: Path) -> Heads:
    with naming(file):
        return from_text(file.read_bytes())


def _beside(kept: Heads) -> list[str]:
    """What is wrong beside the heads."""
    if begins_elsewhere(kept):
        elsewhere = gettext_noop(
            "No chain begins as one in the file does. The file is of another coalition, or the"
            " whole trail was written anew after %(at)s."
        )
        return [say(elsewhere, at=shown(kept.at))]
    return [_departed(departure, kept) for departure in departures(kept)]


def _broken(chain: Chain) -> str:
    return say(
        "Chain “%(chain)s”: event %(event)s is not as it was written, or one before it is"
        " missing. The events before it hold: %(events)s.",
        chain=chain.name,
        event=str(chain.broken),
        events=chain.events,
    )


def _departed(departure: Departure, kept: Heads) -> str:
    return say(
        _sentence(departure),
        chain=departure.head.chain,
        event=str(departure.head.last),
        events=departure.head.events,
        at=shown(kept.at),
        end=str(departure.end[0]) if departure.end else "",
        ended=shown(departure.end[1]) if departure.end else "",
    )


def _sentence(departure: Departure) -> str:
    if departure.end is None:
        return gettext_noop(
            "Chain “%(chain)s” is gone. On %(at)s it had events: %(events)s, up to event %(event)s."
        )
    if departure.is_cut:
        return gettext_noop(
            "Chain “%(chain)s” was cut off after %(at)s. It had events then: %(events)s, up to event"
            " %(event)s. It ends now with event %(end)s of %(ended)s."
        )
    return gettext_noop(
        "Chain “%(chain)s” was written anew after %(at)s: event %(event)s, the last one then, is"
        " another one now, or gone."
    )
