"""Whether somebody may: the facts that we know of a participant, set against terms, and each answer written down."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from katalysator.coalition.models import Organisation
from katalysator.dataspace.models import Connector, DatasetOffer, Negotiation, PolicyDecision
from katalysator.dataspace.policies.evaluation import (
    Ground,
    PolicyAnswer,
    Situation,
    Truth,
    evaluate,
)
from katalysator.dataspace.policies.profile import INCLUDED, in_our_words, rules_of
from katalysator.dataspace.protocol.counterparts import own_connector
from katalysator.dataspace.protocol.machines import ProtocolRole

DECLARED: Final = ("purpose", "derivedData")
"""What only who asks can say, and says when it asks."""
SEEN_LATER: Final = ("count", "elapsedTime")
"""What nobody knows before there is an agreement, and the data is used."""
_LATER: Final = frozenset({*DECLARED, *SEEN_LATER})
_UNKNOWN: Final = Truth.UNKNOWN.name.lower()
_OUTSIDE: Final = frozenset({"outside"})


def situation(
    participant_id: str,
    *,
    now: datetime,
    declared: Mapping[str, Iterable[str]] | None = None,
    count: int | None = None,
    since: datetime | None = None,
) -> Situation:
    """What is known of a participant now: of one of ours what its page says, of others who it is.

    `declared` is what it said itself, of which only `DECLARED` counts. Cost: two queries.
    """
    words: dict[str, frozenset[str]] = {
        "recipient": frozenset({participant_id}),
        "membership": _OUTSIDE,
    }
    if own := own_connector(participant_id):
        words |= _known_of(own.organisation)
    for name in DECLARED:
        if said := frozenset((declared or {}).get(name, ())):
            words[name] = said
    return Situation(now, words, count, since)


def _known_of(organisation: Organisation) -> dict[str, frozenset[str]]:
    areas = frozenset(organisation.areas.values_list("slug", flat=True))
    return {
        "partyKind": frozenset({organisation.kind}),
        "membership": frozenset({"participant"}),
        "area": areas,
        "spatial": frozenset({organisation.region}),
    }


def answers_today(
    several: Iterable[Mapping[str, Any]],
    participant_id: str,
    declared: Mapping[str, Iterable[str]],
) -> list[PolicyAnswer]:
    """What each of these terms says to a participant that says this of itself, of a first use today.

    It is told, not written down: nothing is given by it. Cost: two queries.
    """
    now = timezone.now()
    here = situation(participant_id, now=now, declared=declared, count=1, since=now)
    return [evaluate(terms, asked_of(terms), here) for terms in several]


def unsaid(answer: PolicyAnswer) -> frozenset[str]:
    """What only who asks can say, and did not, where terms answer neither yes nor no without it."""
    if answer.truth is not Truth.UNKNOWN:
        return frozenset()
    of_rule = (each for each in answer.grounds if each.rule == answer.rule)
    return frozenset(each.left for each in of_rule if each.why == "fact" and each.left in DECLARED)


def denied(answer: PolicyAnswer) -> frozenset[str]:
    """What who asks said of itself that terms say no to, where they say no."""
    if answer.truth is not Truth.NO:
        return frozenset()
    false = (each for each in answer.grounds if each.truth is Truth.NO)
    return frozenset(each.left for each in false if each.left in DECLARED)


def decided(
    connector: Connector,
    step: PolicyDecision.Step,
    about: str,
    terms: Mapping[str, Any],
    action: str,
    here: Situation,
) -> PolicyAnswer:
    """What terms say of an action, written down. Cost: one query."""
    answer = evaluate(terms, action, here)
    _row(connector, step, about, action, here, answer).save()
    return answer


def open_offers(
    holder: str, dataset_key: str, several: Sequence[Mapping[str, Any]]
) -> list[DatasetOffer | None]:
    """Of which open offers of a holder here, of this dataset, these are the terms, word for word; None for each that is of none. Cost: one query."""
    keys = [str(each.get("@id", "")) for each in several]
    rows = DatasetOffer.objects.filter(key__in=keys, is_open=True, dataset__key=dataset_key)
    found = {
        each.key: each
        for each in rows.select_related("dataset__connector__organisation")
        if each.dataset.connector.participant_id == holder
    }
    own = zip((found.get(key) for key in keys), several, strict=True)
    return [each if each and rules_of(each.terms) == rules_of(told) else None for each, told in own]


def offer_on_table(row: Negotiation) -> DatasetOffer | None:
    """The open offer of its holder here that is on the table of a negotiation, as it stands; None where other terms are. Cost: one query."""
    is_ours = row.side is ProtocolRole.PROVIDER
    holder = row.connector.participant_id if is_ours else row.partner_id
    return open_offers(holder, row.dataset_key, [row.offer])[0]


def asked_of(terms: Mapping[str, Any]) -> str:
    """What somebody wants who asks for an offer: to use the data, or where its terms allow a part of that alone, that part."""
    named = [rule["action"] for rule in in_our_words(terms.get("permission") or [])]
    return next((each for each in INCLUDED if each in named), "use")


def shown(connector: Connector, offers: Iterable[DatasetOffer], participant_id: str) -> set[str]:
    """The keys of offers that a participant sees in a catalogue, each answer written down.

    Those that may become a right by what it says when it asks, or with time, are shown too. Cost: three queries.
    """
    here = situation(participant_id, now=timezone.now())
    rows, found = list[PolicyDecision](), set[str]()
    for offer in offers:
        action = asked_of(offer.terms)
        answer = evaluate(offer.terms, action, here)
        row = _row(connector, PolicyDecision.Step.CATALOGUE, offer.key, action, here, answer)
        rows.append(row)
        if row.is_allowed or may_become(row):
            found.add(offer.key)
    PolicyDecision.objects.bulk_create(rows)
    return found


def may_become(row: PolicyDecision) -> bool:
    """Whether all that is unknown is what will be said or seen later."""
    unknown = [each for each in row.grounds if each["truth"] == _UNKNOWN]
    return row.truth == _UNKNOWN and all(
        each["why"] == "fact" and each["left"] in _LATER for each in unknown
    )


def _row(
    connector: Connector,
    step: PolicyDecision.Step,
    about: str,
    action: str,
    here: Situation,
    answer: PolicyAnswer,
) -> PolicyDecision:
    (participant_id,) = here.words["recipient"]
    return PolicyDecision(
        connector=connector,
        step=step,
        about=about,
        participant_id=participant_id,
        action=action,
        is_allowed=answer.is_allowed,
        rule=answer.rule,
        truth=answer.truth.name.lower(),
        at=here.now,
        grounds=[ground_facts(each) for each in answer.grounds],
    )


def ground_facts(ground: Ground) -> dict[str, Any]:
    """A ground as it is kept, and put in words by `policies/wording`."""
    return {
        "rule": ground.rule,
        "left": ground.left[:200],
        "operator": ground.operator[:40],
        "right": ground.right,
        "truth": ground.truth.name.lower(),
        "why": ground.why,
    }
