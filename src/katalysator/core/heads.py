"""The ends of the chains of the audit trail, to be kept elsewhere and held against it later.

Whoever owns the database can cut off the end of a chain, or write it anew with digests that fit.
Only beside a head that was out of reach does that show. `tasks.py` keeps heads on a schedule.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.db.models import Count, Max, Min
from django.utils import timezone
from pydantic import AwareDatetime, BaseModel, ConfigDict, PositiveInt, StringConstraints

from katalysator.core.audit import canonical
from katalysator.core.models import Event
from katalysator.faults import InvalidInput, gettext_noop

_HexDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Head(_Kept):
    """How far a chain was: its number of events, its first digest, and its last event's."""

    chain: str
    events: PositiveInt
    first: _HexDigest
    last: PositiveInt
    digest: _HexDigest


class Heads(_Kept):
    """The heads of all chains at one time."""

    kind: Literal["katalysator-audit-heads"] = "katalysator-audit-heads"
    at: AwareDatetime
    chains: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """A chain that does not go on from its head: its last event is gone, or is another one.

    `end` is the number and time of the last event that is left, None where none is.
    """

    head: Head
    end: tuple[int, datetime] | None

    @property
    def is_cut(self) -> bool:
        """Whether the end was taken away, and nothing came in its place."""
        return self.end is None or self.end[0] < self.head.last


def heads() -> Heads:
    """The heads of this moment. Cost: one pass over an index, and two events for each chain."""
    now = timezone.now()
    ends = list(
        Event.objects.values_list("chain")
        .annotate(events=Count("*"), start=Min("pk"), last=Max("pk"))
        .order_by("chain")
    )
    digests = _digests([number for *_, start, last in ends for number in (start, last)])
    return Heads(
        at=now,
        chains=tuple(
            Head(chain=chain, events=events, first=digests[start], last=last, digest=digests[last])
            for chain, events, start, last in ends
        ),
    )


def as_text(kept: Heads) -> str:
    """The heads as a file, with a sum that shows damage."""
    facts = kept.model_dump(mode="json")
    return json.dumps({"heads": facts, "sha256": _sum(facts)}, indent=2) + "\n"


def from_text(text: bytes) -> Heads:
    """The heads that `as_text` wrote. Raises InvalidInput for what is damaged or something else."""
    try:
        file = json.loads(text)
        is_whole = file["sha256"] == _sum(file["heads"])
        kept = Heads.model_validate(file["heads"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidInput(
            "heads-unknown",
            gettext_noop("This file does not hold heads of an audit trail."),
            hint=gettext_noop("Take a file that `katalysator audit head` wrote."),
        ) from error
    if not is_whole:
        raise InvalidInput(
            "heads-damaged",
            gettext_noop("This file was changed after it was written."),
            hint=gettext_noop("Take another copy of it, or an older file."),
        )
    return kept


def departures(kept: Heads) -> list[Departure]:
    """The chains that do not go on from the heads that were kept.

    Whether each chain holds in itself is for `audit.verify`; both together say that all is as it
    was. Cost: one event for each chain.
    """
    digests = _digests([head.last for head in kept.chains])
    return [_departure(head) for head in kept.chains if digests.get(head.last) != head.digest]


def begins_elsewhere(kept: Heads) -> bool:
    """Whether no chain that was kept begins as one here: the heads are not of this trail.

    So it is too where everything was written anew from the first event on. Cost: that of `heads`.
    """
    begun = {(head.chain, head.first) for head in heads().chains}
    ours = [head for head in kept.chains if (head.chain, head.first) in begun]
    return bool(begun and kept.chains and not ours)


def shown(moment: datetime) -> str:
    """A moment as people of the house write it: its day and its time."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _departure(head: Head) -> Departure:
    end = Event.objects.filter(chain=head.chain).order_by("-pk").values_list("pk", "at").first()
    return Departure(head, end)


def _digests(numbers: Sequence[int]) -> dict[int, str]:
    """The digests of events, by their numbers; those that are gone are left out."""
    found = Event.objects.filter(pk__in=numbers).values_list("pk", "digest")
    return {number: bytes(digest).hex() for number, digest in found}


def _sum(facts: object) -> str:
    return hashlib.sha256(canonical(facts)).hexdigest()
