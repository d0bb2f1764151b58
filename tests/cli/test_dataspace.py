"""`katalysator dataspace`: two organisations share data from the terminal alone, and nothing that goes wrong is a traceback."""

import json
import tracemalloc
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection

from katalysator.cli.root import cli
from katalysator.coalition.models import Organisation
from katalysator.core import outgoing
from katalysator.core.attachments import store
from katalysator.core.models import Event
from katalysator.dataspace.datasets.files import LARGEST
from katalysator.dataspace.models import (
    Agreement,
    Connector,
    Dataset,
    DataSource,
    DataUse,
    Negotiation,
    Transfer,
)
from tests import builders
from tests.cli.conftest import running
from tests.dataspace.elsewhere import elsewhere
from tests.dataspace.world import all_done

pytestmark = pytest.mark.django_db

CONTENT = "dag;waarde\n1;2\n"
LAB, KLINIEK = "voorbeeld-lab", "voorbeeld-kliniek"
run = running(cli, "dataspace")


@pytest.fixture(autouse=True)
def both() -> list[Organisation]:
    return [
        builders.presented(name="Voorbeeld Lab", slug=LAB),
        builders.presented(name="Voorbeeld Kliniek", slug=KLINIEK),
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "metingen.csv"
    path.write_text(CONTENT)
    return path


def opened() -> None:
    for slug in (LAB, KLINIEK):
        assert run("open", slug).exit_code == 0


def shared(file: object, *more: str) -> dict[str, Any]:
    """A dataset of the lab."""
    done = run(
        *("publish", file, "--title", "Metingen", "--text", "Een meting per dag.", "--json"),
        *("--contact-name", "Loket", "--contact-email", "loket@lab.example", "--organisation", LAB),
        *more,
    )
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def told(*words: object, status: int = 0) -> dict[str, Any]:
    done = run(*words, "--json", "--organisation", KLINIEK)
    assert done.exit_code == status, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_whole_way_from_a_file_here_to_a_file_there(file: Path, tmp_path: Path) -> None:
    opened()
    made = shared(file, "--terms", "members", "--automatic")
    (found,) = told("catalog", LAB)["items"]
    assert (found["dataset"], found["title"]) == (made["dataset"], "Metingen")
    asked = told("negotiate", LAB, made["dataset"], "--purpose", "research", "--wait")
    assert (asked["state"], Negotiation.objects.filter(state="FINALIZED").count()) == (
        "FINALIZED",
        2,
    )
    (listed,) = told("agreements")["items"]
    assert listed["agreement"] == asked["agreement"]
    out = tmp_path / "binnen.csv"
    given = told("fetch", asked["agreement"], "--out", out, "--wait")
    assert (out.read_text(), given["size"]) == (CONTENT, len(CONTENT))
    assert len(given["sha256"]) == 64
    again = run("fetch", asked["agreement"], "--out", out, "--wait", "--organisation", KLINIEK)
    assert (again.exit_code, Transfer.objects.count()) == (2, 2)
    assert "is there already" in again.stderr
    forced = told("fetch", asked["agreement"], "--out", out, "--force")
    assert (forced["transfer"], Transfer.objects.count()) == (given["transfer"], 2)
    log = json.loads(run("log", "--json", "--organisation", LAB).stdout)
    assert [(each["count"], each["sent"]) for each in log["items"]] == [(2, 15), (1, 15)]
    steps = told("status", asked["pid"])["steps"]
    assert [each["message"] for each in steps] == [
        "request", "agreement", "verification", "finalized",
    ]  # fmt: skip
    assert {each.system for each in Event.objects.filter(verb="negotiation.request")} >= {
        "data-desk"
    }


def test_it_is_told_to_people_too_and_in_dutch(file: Path) -> None:
    assert "Voorbeeld Lab takes part in the data space." in run("open", LAB).stdout
    assert "doet mee" in run("open", KLINIEK, "--language", "nl").stdout
    made = shared(file, "--automatic")
    done = run("negotiate", LAB, made["dataset"], "--wait", "--organisation", KLINIEK)
    assert "State: FINALIZED" in done.stdout
    assert "Agreement: urn:uuid:" in done.stdout
    listing = run("status", "--organisation", KLINIEK).stdout
    assert "negotiation" in listing
    assert "FINALIZED" in listing
    assert "Metingen" in run("catalog", LAB, "--organisation", KLINIEK).stdout
    assert "did:web:" in run("catalog", "--organisation", KLINIEK).stdout
    assert "No" not in run("log", "--decisions", "--organisation", LAB).stdout.splitlines()[0]
    assert run("agreements", "--organisation", KLINIEK, "--language", "nl").exit_code == 0


def test_how_things_stand_is_told_in_words(file: Path, tmp_path: Path) -> None:
    opened()
    made = shared(file, "--automatic")
    asked = told("negotiate", LAB, made["dataset"], "--wait")
    told("fetch", asked["agreement"], "--out", tmp_path / "binnen.csv", "--wait")
    assert "all was sent" in run("log", "--organisation", LAB).stdout
    DataUse.objects.update(ended="cut-off")
    listing = run("log", "--organisation", LAB, "--language", "nl").stdout
    assert ("cut-off" in listing, "afgebroken" in listing) == (False, True)
    assert (
        "Wij hebben de data" in run("agreements", "--organisation", LAB, "--language", "nl").stdout
    )
    assert (
        "Wij vragen de data" in run("status", "--organisation", KLINIEK, "--language", "nl").stdout
    )


def test_what_a_person_has_to_decide_is_waited_for_and_said(file: Path) -> None:
    opened()
    made = shared(file)
    asked = told("negotiate", LAB, made["dataset"])
    assert (asked["state"], asked["agreement"]) == ("REQUESTED", None)
    waited = run(
        *("negotiate", LAB, made["dataset"], "--wait", "--seconds", "1", "--organisation", KLINIEK)
    )
    assert waited.exit_code == 1
    assert "It waits for the other side" in waited.stdout


def test_data_can_stay_at_an_address(
    tmp_path: Path, settings: LazySettings, django_db_blocker: Any
) -> None:
    settings.OUTGOING_LOOPBACK = True
    opened()
    secret = tmp_path / "geheim.json"
    secret.write_text(json.dumps({"name": "X-Key", "value": "geheim"}))
    with elsewhere(CONTENT.encode()) as place:
        made = shared(place.address, "--automatic", "--secret", str(secret))
        source = DataSource.objects.get()
        assert (source.kind, place.asked[0]["X-Key"]) == ("http", "geheim")
        asked = told("negotiate", LAB, made["dataset"], "--wait")
        out = tmp_path / "binnen.csv"
        told("fetch", asked["agreement"], "--out", out, "--wait")
        assert out.read_text() == CONTENT
        place.behaviour = "error"
        failed = run(
            *("fetch", asked["agreement"], "--out", tmp_path / "x", "--organisation", KLINIEK)
        )
        assert (failed.exit_code, (tmp_path / "x").exists()) == (1, False)
    assert DataUse.objects.count() == 2


def agreed(file: Path) -> str:
    """An agreement on a dataset with this file, by its key."""
    opened()
    made = shared(file, "--automatic")
    key: str = told("negotiate", LAB, made["dataset"], "--wait")["agreement"]
    return key


def test_data_can_be_brought_to_an_address(
    file: Path, tmp_path: Path, settings: LazySettings
) -> None:
    settings.OUTGOING_LOOPBACK = True
    key = agreed(file)
    odd = run("bring", key, "gopher://x.example/", "--organisation", KLINIEK)
    assert (odd.exit_code, odd.stderr.startswith("gopher://x.example/")) == (2, True)
    secret = tmp_path / "geheim.json"
    secret.write_text(json.dumps({"authorization": "geheim", "method": "POST"}))
    with elsewhere() as place:
        words = ("bring", key, place.address, "--secret", secret)
        asked = run(*words, "--organisation", KLINIEK)
        assert (asked.exit_code, "katalysator dataspace status" in asked.stdout) == (0, True)
        again = told(*words)  # that one goes on
        all_done()
    (got,) = place.asked
    assert (got["method"], got["Authorization"]) == ("POST", "Bearer geheim")
    assert place.brought == [CONTENT.encode()]
    assert told("status", again["transfer"])["state"] == "COMPLETED"


def test_data_can_be_brought_to_a_store(file: Path, tmp_path: Path, settings: LazySettings) -> None:
    settings.OUTGOING_LOOPBACK = True
    key = agreed(file)
    secret = tmp_path / "geheim.json"
    with elsewhere() as place:
        base = place.address.rpartition("/")[0]
        secret.write_text(
            json.dumps({"endpoint": base, "region": "nl", "key": "sleutel", "secret": "geheim"})
        )
        told("bring", key, "s3://haven/binnen/metingen.csv", "--secret", secret)
        all_done()
    assert place.brought == [CONTENT.encode()]
    assert "Credential=sleutel" in place.asked[0]["Authorization"]
    assert "/nl/s3/" in place.asked[0]["Authorization"]


def test_what_is_not_brought_in_time_or_never_is_told_so(
    file: Path, settings: LazySettings
) -> None:
    settings.OUTGOING_LOOPBACK = True
    key = agreed(file)
    waited = run(
        *("bring", key, "http://127.0.0.1:9/x", "--wait", "--seconds", "1"),
        *("--organisation", KLINIEK),
    )
    assert waited.exit_code == 1
    Dataset.objects.all().delete()
    over = run("bring", key, "http://127.0.0.1:9/y", "--wait", "--organisation", KLINIEK)
    assert (over.exit_code, "The other side ended it" in over.stderr) == (1, True)


def test_no_transaction_waits_for_an_address(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTGOING_LOOPBACK = True
    opened()
    usual, depths = outgoing.opened, list[int]()

    def noted(*asked: Any, **named: Any) -> Any:
        depths.append(len(connection.savepoint_ids))
        return usual(*asked, **named)

    monkeypatch.setattr(outgoing, "opened", noted)
    with elsewhere(CONTENT.encode()) as place:
        made = shared(place.address)
        given = run("publish", place.address, "--dataset", made["dataset"], "--organisation", LAB)
    assert given.exit_code == 0, given.output
    assert depths == [len(connection.savepoint_ids)] * 2


def test_another_version_is_given_to_the_same_dataset(file: Path) -> None:
    opened()
    made = shared(file)
    file.write_text("nieuw")
    given = run("publish", file, "--dataset", made["dataset"], "--organisation", LAB)
    assert given.exit_code == 0, given.output
    assert (DataSource.objects.get().size, Dataset.objects.get().versions.count()) == (5, 2)


def test_publishing_is_done_whole_or_not_at_all(file: Path, tmp_path: Path) -> None:
    opened()
    terms = tmp_path / "terms.json"
    terms.write_text('{"permission": "x"}')
    done = run(
        *("publish", file, "--title", "Metingen", "--terms", terms, "--organisation", LAB),
        *("--text", "x", "--contact-name", "Loket", "--contact-email", "loket@lab.example"),
    )
    assert (done.exit_code, Dataset.objects.count()) == (2, 0)
    assert done.stderr.startswith("--terms")


REFUSED = (
    (("open", "niemand"), 2),
    (("open", LAB), 1),
    (("publish", "niets.csv", "--title", "x", "--organisation", LAB), 2),
    (("publish", "/", "--title", "x", "--organisation", LAB), 2),
    (("publish", "https://10.0.0.1/x", "--title", "x", "--organisation", LAB), 2),
    (("publish", __file__, "--organisation", LAB), 2),
    (("publish", __file__, "--title", "x", "--organisation", LAB, "--terms", __file__), 2),
    (("publish", __file__, "--title", "x", "--organisation", LAB, "--dataset", "x"), 2),
    (("catalog", "--organisation", "niemand"), 2),
    (("catalog",), 2),
    (("catalog", "did:web:nergens.example", "--organisation", LAB), 2),
    (("negotiate", KLINIEK, "urn:x", "--organisation", LAB), 2),
    (("fetch", "urn:x", "--out", "/tmp/x", "--organisation", LAB), 2),
    (("fetch", "urn:x", "--out", "/niets/x", "--organisation", LAB), 2),
    (("bring", "urn:x", "https://x.example/", "--organisation", LAB), 2),
    (("status", "urn:x", "--organisation", LAB), 2),
    (("status", "\0\u202e", "--organisation", LAB), 2),
    (("status", "\udcff", "--organisation", LAB), 2),
    (("log", "urn:x", "--organisation", LAB), 2),
)


def test_what_cannot_be_done_is_told_in_a_sentence() -> None:
    opened()
    for words, status in REFUSED:
        done = run(*words, "--language", "nl")
        assert (done.exit_code, words) == (status, words), done.output
        assert done.stderr.strip()
        assert "Traceback" not in done.output
    assert (Agreement.objects.count(), Connector.objects.count()) == (0, 2)


@pytest.mark.parametrize("secret", [{"name": 1}, {"name": "X-Key", "value": ["a"]}, {"x": None}])
def test_a_secret_that_is_no_text_is_told_in_a_sentence(
    tmp_path: Path, secret: dict[str, Any]
) -> None:
    opened()
    file = tmp_path / "geheim.json"
    file.write_text(json.dumps(secret))
    done = run(
        *("publish", "https://x.example/a", "--title", "x", "--organisation", LAB),
        *("--secret", file),
    )
    assert (done.exit_code, "must be text" in done.stderr) == (2, True), done.output


def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_that(tmp_path: Path) -> None:
    opened()
    file = tmp_path / "groot.csv"
    with file.open("wb") as made:
        made.truncate(1 << 30)
    tracemalloc.start()
    try:
        done = run("publish", file, "--title", "Metingen", "--organisation", LAB)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (done.exit_code, "is larger than" in done.stderr) == (2, True), done.output
    assert most < 4 * LARGEST


def test_a_disk_that_takes_nothing_is_told_in_a_sentence(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_asked: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    opened()
    monkeypatch.setattr(store, "kept", full)
    done = run("publish", file, "--title", "Metingen", "--organisation", LAB)
    assert (done.exit_code, "No space left" in done.stderr) == (1, True), done.output
    assert not Dataset.objects.exists()


def test_an_agreement_that_is_over_gives_nothing_and_says_so(file: Path, tmp_path: Path) -> None:
    opened()
    made = shared(file, "--automatic")
    asked = told("negotiate", LAB, made["dataset"], "--wait")
    Dataset.objects.all().delete()
    done = run(
        *("fetch", asked["agreement"], "--out", tmp_path / "x", "--wait", "--organisation", KLINIEK)
    )
    assert done.exit_code == 1
    assert "The other side ended it" in done.stderr
    all_done()
