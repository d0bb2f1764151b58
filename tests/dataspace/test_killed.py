"""Two instances, of which one is killed in the midst of a negotiation or a transfer: both come to the same state."""

from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests import house
from tests.dataspace.stations.driving import DATASET, Station
from tests.faults.served import wait_for

IN_TIME = 30.0
"""Seconds from when the dead one is started again."""
MOMENTS = ("after", "within")
"""After what was said is kept and before anything else, and before it is kept."""


class Line(NamedTuple):
    """Who says what once both are in a state; where nobody has to, it says so itself."""

    state: str
    role: str = ""
    word: str = ""


SCRIPTS = {
    "negotiation": (
        Line("REQUESTED", "provider", "offer"),
        Line("OFFERED", "consumer", "accepted"),
        Line("ACCEPTED"),
        Line("AGREED"),
        Line("VERIFIED"),
        Line("FINALIZED"),
    ),
    "transfer": (
        Line("REQUESTED"),
        Line("STARTED", "consumer", "suspension"),
        Line("SUSPENDED", "provider", "start"),
        Line("STARTED", "consumer", "completion"),
        Line("COMPLETED"),
    ),
}
CASES = [
    (moment, kind, role, state)
    for moment, (kind, script), role in product(MOMENTS, SCRIPTS.items(), ("provider", "consumer"))
    for state in dict.fromkeys(line.state for line in script)
]


class Pair:
    """Who has data and who wants it."""

    def __init__(self, folder: Path) -> None:
        self.both = {
            "provider": Station("houder", folder, _database("houder")),
            "consumer": Station("vrager", folder, _database("vrager")),
        }
        self.pid: dict[str, str] = {}

    def start(self) -> None:
        """Seed both, and serve both."""
        provider, consumer = self.both.values()
        provider.seed(consumer)
        consumer.seed(provider)
        for each in self.both.values():
            each.start()
        self.wait_until_served()

    def wait_until_served(self) -> None:
        """Wait until both answer; whoever is dead is started again."""
        for each in self.both.values():
            if each.is_dead:
                each.start()
            wait_for(each.answers, 60, each.log.read_text)

    def begin(self, kind: str) -> None:
        """Let the consumer ask, for a contract or for data under the first one."""
        provider, consumer = self.both.values()
        whom = {"providerId": provider.participant_id, "connectorAddress": provider.base}
        before = self._newest(kind)
        if kind == "negotiation":
            about = {"datasetId": DATASET, "offerId": f"{DATASET}:offer"}
        else:
            (key,) = consumer.ask("SELECT key FROM dataspace_agreement ORDER BY id LIMIT 1")[0]
            about = {"agreementId": key, "format": "HttpData-PULL"}
        consumer.tell(f"{kind}s", **whom, **about)
        wait_for(lambda: self._newest(kind) != before)
        self.pid[kind] = self._newest(kind)

    def states(self, kind: str) -> list[str]:
        """The state at the provider and at the consumer; those that have none yet are left out."""
        question = f"SELECT state FROM dataspace_{kind} WHERE consumer_pid = %s"
        return [row[0] for each in self.both.values() for row in each.ask(question, self.pid[kind])]

    def story(self, kind: str, role: str) -> list[tuple[str, str]]:
        """The states that one of them went through, from which to which."""
        question = (
            "SELECT before, after FROM dataspace_protocolexchange AS exchange"
            f" JOIN dataspace_{kind} AS process ON process.id = {kind}_id"
            " WHERE consumer_pid = %s AND before <> after ORDER BY exchange.id"
        )
        return [(row[0], row[1]) for row in self.both[role].ask(question, self.pid[kind])]

    def _newest(self, kind: str) -> Any:
        question = f"SELECT consumer_pid FROM dataspace_{kind} ORDER BY id DESC LIMIT 1"
        return next(iter(self.both["consumer"].ask(question)), ("",))[0]


def _database(name: str) -> str:
    return house.address(house.copied_again("migrated", f"station-{name}"))


@pytest.fixture(scope="module")
def pair(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    pair = Pair(tmp_path_factory.mktemp("stations"))
    try:
        pair.start()
        pair.begin("negotiation")
        _play(pair, "negotiation")
        yield pair
    finally:
        for each in pair.both.values():
            each.end()


def _play(pair: Pair, kind: str) -> None:
    """Say line after line, each when both are where it begins; whoever dies is started again at once."""
    for line in SCRIPTS[kind]:
        if not line.word and line.state not in ("FINALIZED", "COMPLETED"):
            continue  # a state that passes by itself
        _reach(pair, kind, line.state)
        if line.word:
            pair.both[line.role].tell("say", kind=kind, word=line.word)


def _reach(pair: Pair, kind: str, state: str) -> None:
    def there() -> bool:
        if any(each.is_dead for each in pair.both.values()):
            pair.wait_until_served()
        return pair.states(kind) == [state] * 2

    wait_for(there, IN_TIME, lambda: f"{pair.states(kind)} instead of {state}")


@pytest.mark.faults(sample=1)
@pytest.mark.parametrize(("moment", "kind", "role", "state"), CASES)
def test_whoever_is_killed_both_come_to_the_same_end_by_the_same_way(
    pair: Pair, moment: str, kind: str, role: str, state: str
) -> None:
    pair.wait_until_served()
    pair.both[role].dies_at(kind, state, moment)
    pair.begin(kind)
    _play(pair, kind)
    assert not pair.both[role].order.exists(), "it never died"
    way = list(pairwise(["BEGUN", *(line.state for line in SCRIPTS[kind])]))
    assert pair.story(kind, "provider") == pair.story(kind, "consumer") == way
