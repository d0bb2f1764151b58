"""The audit trail: what was done is written down in chains that show every later change.

A chain is named by whoever writes: one a room, or one a record. Only deeds of one chain wait for
each other. `heads.py` keeps the ends of the chains elsewhere.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NoReturn, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models, transaction
from django.utils import timezone

from katalysator.cleaning import without_markup
from katalysator.core import actors, followups
from katalysator.core.actors import Actor, System
from katalysator.core.models import Event, Salted
from katalysator.core.workflow import Workflow
from katalysator.faults import Conflict, gettext_noop as _

Facts = Mapping[str, Any]

_FIRST: Final = bytes(32)
_AT_ONCE: Final = 1_000
_LOCK: Final = "SELECT pg_advisory_xact_lock(%s, hashtext(%s))"
_LOCKS: Final = 0x6B6174  # so that other locks of the same number are not ours
_NEWEST: Final = """
    SELECT at, verb FROM core_event WHERE subject_type = %s AND subject_id = %s ORDER BY id DESC LIMIT %s
"""
_NEXT: Final = """
    SELECT array(SELECT nextval(pg_get_serial_sequence('core_event', 'id')) FROM generate_series(1, %s)),
           (SELECT digest FROM core_event WHERE chain = %s ORDER BY id DESC LIMIT 1)
"""

SubjectT = TypeVar("SubjectT", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to one record: see `record`, of whose arguments these are."""

    subject: models.Model
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


def record(
    verb: str,
    subject: models.Model,
    *,
    by: Actor,
    chain: str | None = None,
    before: Facts | None = None,
    after: Facts | None = None,
    personal: Mapping[str, str] | None = None,
    reason: str = "",
) -> Event:
    """Write one event, and queue what follows from it. Call it in the transaction of the deed.

    Parameters
    ----------
    verb
        What was done, as ``listing.edit``.
    subject
        The record it was done to.
    by
        The person or the part of the house who did it.
    chain
        The chain to add to, which stays ours until the transaction ends; that of the subject's
        room where it is left out. Who adds to several chains takes the lower room's first.
    before, after
        What changed, as values that JSON knows but floats, which it does not keep as they are.
    personal
        Personal data of the subject by the name of the field: only salted digests are kept.
    reason
        Why, in the words of whoever did it.

    Raises TypeError for an actor who is nobody, for floats, and for personal data of a subject
    without a salt. Cost: three queries.

    """
    deed = Deed(subject, before or {}, after or {}, personal or {}, reason)
    return record_all(verb, [deed], by=by, chain=chain or subject._meta.app_label)[0]


def record_edit(
    verb: str,
    subject: models.Model,
    *,
    by: Actor,
    before: Facts,
    after: Facts,
    personal: Mapping[str, str] | None = None,
) -> Event:
    """Write what changed of all that a record says; see `record`."""
    changed = {name for name in after if after[name] != before[name]}
    told = [{name: facts[name] for name in changed} for facts in (before, after)]
    return record(verb, subject, by=by, before=told[0], after=told[1], personal=personal)


def record_step(
    workflow: Workflow,
    deed: str,
    subject: Any,
    *,
    by: Actor,
    before: str,
    personal: Mapping[str, str] | None = None,
    reason: str = "",
    **after: Any,
) -> Event:
    """Write that a record came from one state `before` to that of now, by a deed of its workflow; see `record`."""
    return record(
        workflow.audit_verb(deed),
        subject,
        by=by,
        before={"state": before},
        after={"state": subject.state, **after},
        personal=personal,
        reason=reason,
    )


CHANGED_MEANWHILE: Final = "changed-meanwhile"
"""The code of what `require_seen` refuses."""


def require_seen(subject: models.Model, seen: int | None) -> None:
    """Refuse an edit by who did not see the newest event of a record; None for who does not look. Raises Conflict."""
    if seen is not None and seen != latest_of(subject):
        raise Conflict(
            CHANGED_MEANWHILE,
            _("Somebody changed this while you were writing."),
            hint=_("Open it in another tab, compare, and save again to overwrite."),
        )


def record_all(verb: str, deeds: Sequence[Deed], *, by: Actor, chain: str) -> list[Event]:
    """Write an event of each deed, as `record` does for one. Cost: two queries, and one a thousand."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An event belongs in the transaction of its deed."
        )
    actors.require(by)
    numbers, previous = _end_of(chain, len(deeds))
    events: list[Event] = []
    for number, deed in zip(numbers, deeds, strict=True):
        event = _event(deed, by)
        event.pk, event.chain, event.verb, event.previous = number, chain, verb, previous
        previous = event.digest = digest(event)
        events.append(event)
    Event.objects.bulk_create(events, batch_size=_AT_ONCE)
    followups.run(*events)
    return events


def _event(deed: Deed, by: Actor) -> Event:
    """The event of a deed, without its place in a chain."""
    return Event(
        at=timezone.now(),
        actor=by.pk if isinstance(by, AbstractBaseUser) else None,
        system=by.name if isinstance(by, System) else "",
        subject_type=deed.subject._meta.label_lower,
        subject_id=str(deed.subject.pk),
        before=_plain(deed.before),
        after=_plain(deed.after),
        personal=sealed(deed.subject, deed.personal) if deed.personal else {},
        reason=without_markup(deed.reason),
    )


def digest(event: Event) -> bytes:
    """SHA-256 over the digest before and all the event's own facts in canonical JSON."""
    facts = {
        "id": event.pk,
        "chain": event.chain,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor,
        "system": event.system,
        "verb": event.verb,
        "subject": [event.subject_type, event.subject_id],
        "before": event.before,
        "after": event.after,
        "personal": event.personal,
        "reason": event.reason,
    }
    return hashlib.sha256(bytes(event.previous) + canonical(facts)).digest()


def canonical(facts: Any) -> bytes:
    """JSON in its one form: keys in order, no spaces, UTF-8."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def sealed(subject: models.Model, personal: Mapping[str, str]) -> dict[str, str]:
    """The digests that events hold of a subject's personal data, by the name of the field.

    HMAC-SHA-256 with the subject's salt over the name, a zero byte and the value: who has neither
    can try neither. Raises TypeError for a subject without a salt.
    """
    if not isinstance(subject, Salted):
        raise TypeError(f"{subject._meta.label} has no salt to seal personal data with.")
    return {
        name: hmac.digest(bytes(subject.salt), f"{name}\0{value}".encode(), "sha256").hex()
        for name, value in personal.items()
    }


@dataclass(slots=True)
class Chain:
    """What a walk along one chain found: how many events hold, and the first that does not."""

    name: str
    events: int = 0
    head: bytes = _FIRST
    broken: int | None = None

    def walk(self, event: Event) -> None:
        """Take one step, unless the chain was broken before."""
        if self.broken is None:
            if bytes(event.previous) != self.head or bytes(event.digest) != digest(event):
                self.broken = event.pk
            else:
                self.head, self.events = bytes(event.digest), self.events + 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of all chains found, each by its name."""

    chains: Mapping[str, Chain]

    @property
    def events(self) -> int:
        """How many events hold."""
        return sum(chain.events for chain in self.chains.values())

    @property
    def broken(self) -> list[Chain]:
        """The chains that do not hold, by their names."""
        return [chain for _, chain in sorted(self.chains.items()) if chain.broken is not None]


def verify() -> Verdict:
    """Walk all chains from their starts, each to the first event that was changed or is missing.

    An end that was cut off, or written anew as a whole, shows only beside a head that was kept
    elsewhere: see `heads.py`. Cost: one pass over the table.
    """
    chains: dict[str, Chain] = {}
    for event in Event.objects.order_by("pk").iterator(chunk_size=2_000):
        chains.setdefault(event.chain, Chain(event.chain)).walk(event)
    return Verdict(chains)


def history(subject: models.Model) -> models.QuerySet[Event]:
    """The events of one record."""
    return Event.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


def newest(subject: models.Model, most: int) -> list[tuple[datetime, str]]:
    """When and by which verbs something was done to one record, the newest first. Cost: one query."""
    with connection.cursor() as cursor:  # on every page of a record, as the states of `changes.py`
        cursor.execute(_NEWEST, [subject._meta.label_lower, str(subject.pk), most])
        return list(cursor.fetchall())


def histories(subjects: Sequence[models.Model]) -> models.QuerySet[Event]:
    """The events of several records of one kind; none of no record."""
    kinds = {subject._meta.label_lower for subject in subjects}
    numbers = [str(subject.pk) for subject in subjects]
    return Event.objects.filter(subject_type__in=kinds, subject_id__in=numbers)


def untouched(subjects: Sequence[SubjectT], made_by: str) -> list[SubjectT]:
    """Those of records of one kind that nothing was done with but what this verb did. Cost: one query."""
    if not subjects:
        return []
    later = histories(subjects).exclude(verb=made_by).values_list("subject_id", flat=True)
    busy = set(later)
    return [each for each in subjects if str(each.pk) not in busy]


def latest_of(subject: models.Model) -> int:
    """The number of the newest event of a record, 0 where there is none. Cost: one query."""
    return _newest(history(subject))


def latest_id(chain: str) -> int:
    """The number of the newest event of a chain, 0 where there is none. Cost: one query."""
    return _newest(Event.objects.filter(chain=chain))


def _newest(events: models.QuerySet[Event]) -> int:
    return events.aggregate(newest=models.Max("pk"))["newest"] or 0


def _end_of(chain: str, events: int) -> tuple[list[int], bytes]:
    """Wait until the chain is ours; the numbers of its next events, and the digest of its last."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [_LOCKS, chain])
        cursor.execute(_NEXT, [events, chain])
        numbers, last = cursor.fetchone()
    return numbers, _FIRST if last is None else bytes(last)


def _plain(facts: Facts) -> Any:
    """The facts as they will be read back: what is not the same then would break the chain."""
    return json.loads(json.dumps(facts), parse_float=_refuse, parse_constant=_refuse)


def _refuse(number: str) -> NoReturn:
    raise TypeError(f"An event holds no floats: write {number} as a text or a whole number.")
