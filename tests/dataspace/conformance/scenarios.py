"""All scenarios of the kit: what our connector does by itself in each, and what is said to and fro.

A step is `> word` (the other side says it), `< word` (we say it), `! word` (the other side says what it may not: refused,
nothing changes) or `= STATE` (where both are). `moves` are what our side does on entering a state, each time the next.
The ids are those of the conformance kit of the Dataspace Protocol 2025-1; two that it leaves out itself are not here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Scenario:
    """One scenario: `about` is the dataset or the agreement, `role` is ours."""

    name: str
    kind: Literal["negotiation", "transfer"]
    role: Literal["provider", "consumer"]
    about: str
    moves: Mapping[str, Sequence[str]]
    steps: Sequence[str]


def _table(
    kind: Literal["negotiation", "transfer"],
    role: Literal["provider", "consumer"],
    prefix: str,
    lines: str,
) -> list[Scenario]:
    made = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        name, moves, steps = (part.strip() for part in line.split("|"))
        about = prefix + name.rpartition(":")[2].replace("-", "")
        told: dict[str, list[str]] = {}
        for move in moves.split(", ") if moves else ():
            state, word = move.split(" ")
            told.setdefault(state, []).append(word)
        made.append(Scenario(name, kind, role, about, told, steps.split(", ")))
    return made


SCENARIOS: Final = [
    *_table("negotiation", "provider", "ACN", """
        CN:01-01 | REQUESTED offer | > request, < offer, = OFFERED, > termination, = TERMINATED
        CN:01-02 | REQUESTED offer, REQUESTED termination | > request, < offer, > request, < termination, = TERMINATED
        CN:01-03 | REQUESTED offer, ACCEPTED agreement, VERIFIED finalized | > request, < offer, > accepted, < agreement, = AGREED, > verification, < finalized, = FINALIZED
        CN:01-04 | REQUESTED agreement, VERIFIED finalized | > request, < agreement, > verification, < finalized, = FINALIZED
        CN:02-01 | REQUESTED termination | > request, < termination, = TERMINATED
        CN:02-02 | | > request, = REQUESTED, > termination, = TERMINATED
        CN:02-03 | REQUESTED agreement | > request, < agreement, > termination, = TERMINATED
        CN:02-04 | REQUESTED offer | > request, < offer, > termination, = TERMINATED
        CN:02-05 | REQUESTED offer, OFFERED termination | > request, < offer, < termination, = TERMINATED
        CN:02-06 | REQUESTED offer, ACCEPTED termination | > request, < offer, > accepted, < termination, = TERMINATED
        CN:02-07 | REQUESTED agreement, VERIFIED termination | > request, < agreement, > verification, < termination, = TERMINATED
        CN:03-01 | REQUESTED agreement, VERIFIED finalized | > request, < agreement, > verification, < finalized, = FINALIZED, ! termination
        CN:03-02 | REQUESTED offer | > request, < offer, = OFFERED, ! verification
        CN:03-03 | REQUESTED offer | > request, < offer, > accepted, = ACCEPTED, ! verification
        CN:03-04 | REQUESTED offer | > request, < offer, > request, = REQUESTED, ! request
    """),
    *_table("negotiation", "consumer", "ACNC", """
        CN_C:01-01 | OFFERED accepted, AGREED verification | < request, > offer, < accepted, > agreement, < verification, > finalized, = FINALIZED
        CN_C:01-02 | OFFERED request | < request, > offer, < request, = REQUESTED, > termination, = TERMINATED
        CN_C:01-03 | OFFERED termination | < request, > offer, < termination, = TERMINATED
        CN_C:01-04 | AGREED verification | < request, > agreement, < verification, > finalized, = FINALIZED
        CN_C:02-01 | | < request, = REQUESTED, > termination, = TERMINATED
        CN_C:02-02 | REQUESTED termination | < request, < termination, = TERMINATED
        CN_C:02-03 | AGREED termination | < request, > agreement, < termination, = TERMINATED
        CN_C:02-04 | | < request, > offer, = OFFERED, > termination, = TERMINATED
        CN_C:02-05 | OFFERED accepted | < request, > offer, < accepted, = ACCEPTED, > termination, = TERMINATED
        CN_C:02-06 | AGREED verification | < request, > agreement, < verification, = VERIFIED, > termination, = TERMINATED
        CN_C:03-01 | | < request, = REQUESTED, ! finalized
        CN_C:03-02 | | < request, > offer, = OFFERED, ! agreement
        CN_C:03-03 | | < request, > offer, = OFFERED, ! finalized
        CN_C:03-04 | OFFERED accepted | < request, > offer, < accepted, = ACCEPTED, ! finalized
        CN_C:03-05 | OFFERED accepted | < request, > offer, < accepted, = ACCEPTED, ! offer
        CN_C:03-06 | OFFERED accepted | < request, > offer, < accepted, > agreement, = AGREED, ! finalized
    """),
    *_table("transfer", "provider", "ATP", """
        TP:01-01 | REQUESTED start, STARTED termination | > request, < start, < termination, = TERMINATED
        TP:01-02 | REQUESTED start, STARTED completion | > request, < start, < completion, = COMPLETED
        TP:01-03 | REQUESTED start, STARTED suspension, SUSPENDED termination | > request, < start, < suspension, < termination, = TERMINATED
        TP:01-04 | REQUESTED start, STARTED suspension, SUSPENDED start, STARTED completion | > request, < start, < suspension, < start, < completion, = COMPLETED
        TP:01-05 | REQUESTED termination | > request, < termination, = TERMINATED
        TP:02-01 | REQUESTED start | > request, < start, = STARTED, > termination, = TERMINATED
        TP:02-02 | REQUESTED start | > request, < start, > completion, = COMPLETED
        TP:02-03 | REQUESTED start | > request, < start, > suspension, = SUSPENDED, > termination, = TERMINATED
        TP:02-05 | | > request, = REQUESTED, > termination, = TERMINATED
        TP:03-01 | | > request, = REQUESTED, ! completion
        TP:03-02 | | > request, = REQUESTED, ! suspension
        TP:03-03 | REQUESTED start | > request, < start, > suspension, = SUSPENDED, ! completion
        TP:03-04 | REQUESTED start | > request, < start, > termination, = TERMINATED, ! start
        TP:03-05 | REQUESTED start | > request, < start, > termination, = TERMINATED, ! suspension
        TP:03-06 | REQUESTED start | > request, < start, > termination, = TERMINATED, ! completion
    """),
    *_table("transfer", "consumer", "ATPC", """
        TP_C:01-01 | | < request, > start, = STARTED, > termination, = TERMINATED
        TP_C:01-02 | | < request, > start, > completion, = COMPLETED
        TP_C:01-03 | | < request, > start, > suspension, = SUSPENDED, > termination, = TERMINATED
        TP_C:01-04 | | < request, > start, > suspension, > start, = STARTED, > completion, = COMPLETED
        TP_C:01-05 | | < request, = REQUESTED, > termination, = TERMINATED
        TP_C:02-01 | STARTED termination | < request, > start, < termination, = TERMINATED
        TP_C:02-02 | STARTED completion | < request, > start, < completion, = COMPLETED
        TP_C:02-03 | STARTED suspension, SUSPENDED termination | < request, > start, < suspension, < termination, = TERMINATED
        TP_C:02-05 | REQUESTED termination | < request, < termination, = TERMINATED
        TP_C:03-01 | | < request, = REQUESTED, ! completion
        TP_C:03-02 | | < request, = REQUESTED, ! suspension
        TP_C:03-03 | | < request, > start, > suspension, = SUSPENDED, ! completion
        TP_C:03-04 | | < request, > start, > termination, = TERMINATED, ! start
        TP_C:03-05 | | < request, > start, > termination, = TERMINATED, ! suspension
        TP_C:03-06 | | < request, > start, > termination, = TERMINATED, ! completion
    """),
]  # fmt: skip
MOVES: Final = {each.about: each.moves for each in SCENARIOS}
