"""Catalogues elsewhere are read whole or not at all: what is new, changed and gone, and what was wrong."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, override_settings
from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.core.models import Event
from katalysator.core.outgoing import OutsideAnswer
from katalysator.dataspace.catalogues.reading import datasets_in
from katalysator.dataspace.harvest import fetching, verbs
from katalysator.dataspace.harvest.found import as_found
from katalysator.dataspace.harvest.harvesting import harvest, told
from katalysator.dataspace.harvest.verbs import SourceFacts
from katalysator.dataspace.models import (
    Connector,
    DatasetVersion,
    FoundDataset,
    HarvestedPage,
    HarvestSource,
    Partner,
)
from katalysator.dataspace.protocol import catalogue
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.attack.steps import inside
from tests.dataspace.harvest.feeds import served
from tests.dataspace.world import connector, dataset, manager

pytestmark = pytest.mark.django_db

START = (
    "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> ."
    " @prefix hydra: <http://www.w3.org/ns/hydra/core#> . <urn:all> a dcat:Catalog .\n"
)


@pytest.fixture(autouse=True)
def _loopback() -> Iterator[None]:
    with override_settings(OUTGOING_LOOPBACK=True):
        yield


def feed(*titles: str, more: str = "") -> bytes:
    """A page of a feed with datasets of these titles; `more` is where it goes on."""
    lines = [f'<urn:{each}> a dcat:Dataset ; dct:title "{each}" .' for each in titles]
    if more:
        lines.append(f"<urn:page> a hydra:PagedCollection ; hydra:nextPage <{more}> .")
    return (START + "\n".join(lines)).encode()


def source(address: str, **fields: Any) -> HarvestSource:
    facts = SourceFacts("Voorbeeldportaal", address=address, **fields)
    return verbs.add_source(facts, by=builders.person(is_coordinator=True))


def done(row: HarvestSource) -> HarvestSource:
    """The source, after it was read."""
    HarvestSource.objects.filter(pk=row.pk).update(state="waits")
    for number in range(1, 20):
        harvest(row.pk, number)
        harvest(row.pk, number)  # a job may run twice
        row.refresh_from_db()
        if row.state == "rests":
            break
    return row


def known(whom: Connector, **fields: Any) -> Partner:
    """A participant that speaks as one of elsewhere does."""
    told = {"participant_id": whom.participant_id, "name": "Elders", "address": whom.base}
    return Partner.objects.create(**told | fields)


def asking(own: Connector, whom: Partner) -> HarvestSource:
    """A source that a connector of ours asks for, said by who manages it and is of the bureau."""
    facts = SourceFacts("Voorbeeldportaal", partner=whom, connector=own)
    return verbs.add_source(facts, by=manager(own, is_coordinator=True))


def titles(person: Person | AnonymousUser | None = None) -> list[str]:
    found = FoundDataset.objects.visible_to(person or AnonymousUser()).there()
    return [each.title for each in found]


def test_what_is_new_changed_and_gone_is_told() -> None:
    pages: dict[str, bytes | int] = {"/c": feed("a", "b", "c")}
    with served(pages) as address:
        row = done(source(f"{address}/c"))
        assert row.report == {"new": 3, "changed": 0, "gone": 0, "same": 0, "left_out": 0}

        pages["/c"] = feed("b", "d").replace(b'"b"', b'"B"')
        row = done(row)
        assert row.report == {"new": 1, "changed": 1, "gone": 2, "same": 0, "left_out": 0}
        assert titles() == ["B", "d"]

        pages["/c"] = feed("a")
        row = done(row)

    assert row.report == {"new": 0, "changed": 1, "gone": 2, "same": 0, "left_out": 0}
    assert titles() == ["a"]
    assert FoundDataset.objects.count() == 4
    assert row.problem == {}


def test_a_feed_of_many_pages_is_read_to_its_end() -> None:
    pages: dict[str, bytes | int] = {}
    with served(pages) as address:
        pages["/c"] = feed("a", more=f"{address}/c?page=2")
        pages["/c?page=2"] = feed("b", more=f"{address}/c?page=3")
        pages["/c?page=3"] = feed("c", more=f"{address}/c")
        row = done(source(f"{address}/c"))

    assert titles() == ["a", "b", "c"]
    assert row.pages == 3
    assert not HarvestedPage.objects.exists()


def test_nothing_of_a_feed_counts_before_its_last_page_was_read() -> None:
    pages: dict[str, bytes | int] = {}
    with served(pages) as address:
        pages["/c"] = feed("a", more=f"{address}/c?page=2")
        pages["/c?page=2"] = feed("b")
        row = source(f"{address}/c")
        harvest(row.pk, 2)  # of a time before
        harvest(row.pk, 1)
        row.refresh_from_db()
        assert (row.state, row.pages, titles()) == ("reads", 1, [])
        harvest(row.pk, 2)

    assert titles() == ["a", "b"]


@pytest.mark.parametrize("first", [feed("old"), b"<broken"], ids=["good", "bad"])
def test_a_reading_that_another_overtook_changes_nothing(
    first: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: dict[str, bytes | int] = {"/c": first}
    with served(pages) as address:
        row = source(f"{address}/c")

        def overtaken(of: HarvestSource, place: str) -> fetching.FetchedPage:
            monkeypatch.undo()
            page = None
            with suppress(InvalidInput):
                page = fetching.fetched(of, place)
            pages["/c"] = feed("new", more=f"{address}/c?page=2")
            harvest(row.pk, 1)
            if page is None:
                raise InvalidInput("feed-no-rdf", "x")
            return page

        monkeypatch.setattr("katalysator.dataspace.harvest.harvesting.fetched", overtaken)
        harvest(row.pk, 1)
        row.refresh_from_db()
        assert (row.state, row.pages, row.problem, titles()) == ("reads", 1, {}, [])
        pages["/c?page=2"] = feed("newer")
        harvest(row.pk, 2)

    assert titles() == ["new", "newer"]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (500, "feed-status"),
        (302, "feed-moved"),
        (b"<broken", "feed-no-rdf"),
        (feed("x", more="http://127.0.0.1:1/c"), "feed-elsewhere"),
        (feed("x", more="file:///etc/passwd"), "feed-elsewhere"),
        (feed("x", more="https://[x"), "feed-elsewhere"),
        (feed("x", more="/c\\u0000"), "feed-elsewhere"),
        (feed("x", more="/" + "c" * 600), "feed-elsewhere"),
    ],
)
def test_where_a_page_is_wrong_all_stays_as_it_was(second: bytes | int, code: str) -> None:
    pages: dict[str, bytes | int] = {"/c": feed("a", "b")}
    with served(pages) as address:
        row = done(source(f"{address}/c"))
        before = row.read_at
        pages["/c"] = feed("new", more=f"{address}/c?page=2")
        pages["/c?page=2"] = second
        row = done(row)

    assert row.problem["code"] == code
    assert told(row.problem)
    assert titles() == ["a", "b"]
    assert row.state == "rests"
    assert row.read_at == before


def test_nobody_there_is_told_and_a_page_that_is_too_large_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = done(source("http://127.0.0.1:1/c"))
    assert row.problem["code"] == "unreachable"

    monkeypatch.setattr("katalysator.dataspace.harvest.fetching.MOST", 10)
    with served({"/c": feed("a")}) as address:
        row = done(source(f"{address}/c"))
    assert row.problem["code"] == "answer-too-long"


def test_a_catalogue_of_too_many_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("katalysator.dataspace.harvest.harvesting.MOST_FOUND", 2)
    with served({"/c": feed("a", "b", "c")}) as address:
        row = done(source(f"{address}/c"))

    assert row.problem["code"] == "source-too-large"
    assert titles() == []


def test_what_has_no_title_is_left_out_and_odd_texts_are_made_plain() -> None:
    odd = (
        START
        + '<urn:1> a dcat:Dataset . <urn:2> a dcat:Dataset ; dct:title "  <b>T</b>\\u0000w\\u202eee " ;'
        ' dct:description "a\\u0000b" ; dcat:landingPage <javascript:alert(1)> ; dcat:keyword "" .'
        f' <urn:3> a dcat:Dataset ; dct:title "{"x" * 4000}" ; dcat:landingPage <https://x.example/{"y" * 900}> .'
    )
    with served({"/c": odd.encode()}) as address:
        row = done(source(f"{address}/c"))

    assert row.report["left_out"] == 1
    two, three = FoundDataset.objects.order_by("key")
    assert (two.title, two.text, two.lives_at, two.keywords) == ("Twee", "ab", "", "")
    assert (len(three.title), three.lives_at) == (300, "")


def test_a_tag_of_a_language_is_kept_where_it_looks_like_one() -> None:
    said = {"nl": "nl", "zh-Hant-TW": "zh-Hant-TW", "n\0l": "", "\ud800": "", "x" * 13: "", "": ""}
    found = [as_found({"key": "k", "title": "t", "language": each}) for each in said]
    assert [each.language for each in found if each] == list(said.values())


@pytest.mark.parametrize(
    "body",
    [b"<p>", b"[]", b'{"dataset": [{"@id": "\\u0000"}]}', b'{"@id": "\\ud800"}', b'{"n": NaN}'],
)
def test_a_catalogue_that_cannot_be_kept_changes_nothing(
    body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, ours = connector(), connector()
    dataset(theirs, title="Verkeer")
    row = done(asking(ours, known(theirs)))
    Partner.objects.update(address="https://elders.example/dsp")
    monkeypatch.setattr(
        "katalysator.dataspace.protocol.transport.spoken",
        lambda *_given, **_named: OutsideAnswer(200, body),
    )

    assert done(row).problem["code"] == "partner-unreadable"
    assert titles(manager(ours)) == ["Verkeer"]


def test_our_own_catalogue_read_back_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("katalysator.dataspace.records.views.A_PAGE", 2)
    own = connector(contact="loket@voorbeeld.example")
    facts = {
        "text": "Wat we meten.", "theme": "HEAL", "keywords": ["metingen", "zorg"], "language": "nl",
        "licence": "CC_BY_4_0", "access": "PUBLIC", "frequency": "DAILY",
    }  # fmt: skip
    rows = [
        dataset(own, f"urn:dataset:{n}", **facts | {"title": f"Metingen {n}"}) for n in range(3)
    ]
    DatasetVersion.objects.create(dataset=rows[0], number="1")
    for ending in ("ttl", "rdf", "jsonld"):
        pages: dict[str, bytes | int] = {}
        with served(pages) as address, override_settings(ADDRESS=address):
            for place in (f"/catalog.{ending}", f"/catalog.{ending}?page=2"):
                pages[place] = Client().get(place).content
            row = done(source(f"{address}/catalog.{ending}"))
            assert row.problem == {}
            found = sorted(row.found.all(), key=lambda each: each.title)
            assert [each.title for each in found] == [each.title for each in rows]
            for ours, theirs in zip(rows, found, strict=True):
                assert theirs.keywords == ", ".join(ours.keywords)
                same = ("title", "text", "theme", "language")
                assert [getattr(ours, name) for name in same] == [
                    getattr(theirs, name) for name in same
                ]
                assert theirs.publisher == own.organisation.name
                assert theirs.licence.endswith("/licence/CC_BY_4_0")
                assert theirs.lives_at == f"{address}/dataspace/datasets/{ours.pk}"


def test_a_catalogue_is_asked_over_the_protocol(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "A_PAGE", 2)  # so there is a next page
    theirs, ours = connector(), connector()
    for number in range(3):
        dataset(theirs, f"urn:dataset:{number}", title=f"D{number}", theme="TRAN", text="Wat")
    row = done(asking(ours, known(theirs)))

    assert row.problem == {}
    assert titles(manager(ours)) == ["D0", "D1", "D2"]
    found = row.found.first()
    assert found
    assert (found.publisher, found.text, found.theme) == ("Elders", "Wat", "TRAN")

    Partner.objects.update(is_blocked=True)
    assert done(row).problem["code"] == "partner-blocked"


def test_what_a_connector_was_told_only_those_see_who_manage_its_organisation() -> None:
    theirs, ours = connector(), connector()
    dataset(theirs, title="Besloten")
    row = done(asking(ours, known(theirs)))
    bureau = builders.person(is_coordinator=True)

    assert row.problem == {}
    assert titles(manager(ours)) == ["Besloten"]
    for person in (bureau, manager(theirs), builders.person(ours.organisation), AnonymousUser()):
        assert titles(person) == []
    page = f"/en/dataspace/elsewhere/?where={row.pk}"
    listed = "found in Voorbeeldportaal"
    assert listed in inside(manager(ours)).get(page).content.decode()
    assert "Voorbeeldportaal" not in inside(bureau).get(page).content.decode()
    assert "Besloten" not in inside(bureau).get(row.get_absolute_url()).content.decode()
    told = inside(manager(ours)).get("/api/v1/all-datasets").json()["items"]
    assert [each["place"] for each in told] == ["here"]


def test_texts_of_a_catalogue_in_many_languages_are_read_as_those_of_a_feed() -> None:
    told = {
        "catalog": [{"dcat:dataset": {
            "@id": "urn:x", "dct:title": [{"@value": "Traffic", "@language": "en"}, {"@value": "Verkeer", "@language": "nl"}],
            "dcat:landingPage": {"@id": "https://elders.example/x"}, "dcat:keyword": "tellingen", "dcat:theme": ".../TRAN",
        }}]
    }  # fmt: skip
    (found,) = (as_found(fetching.of_protocol(each, "Elders")) for each in datasets_in(told))
    assert found
    said = (found.title, found.lives_at, found.keywords, found.theme)
    assert said == ("Verkeer", "https://elders.example/x", "tellingen", "TRAN")


def test_a_connector_asks_only_whom_it_knows_and_while_it_takes_part() -> None:
    theirs, ours = connector(), connector()
    unknown = known(theirs, connector=connector())
    with pytest.raises(InvalidInput) as fault:
        asking(ours, unknown)
    assert fault.value.where == ("connector",)
    with pytest.raises(NotAllowed):
        source("", partner=known(theirs), connector=ours)

    row = asking(ours, known(theirs, connector=ours))
    Organisation.objects.filter(pk=ours.organisation.pk).update(state="left")
    assert done(row).problem["code"] == "partner-blocked"


def test_only_the_bureau_says_what_is_read() -> None:
    with pytest.raises(NotAllowed):
        verbs.add_source(SourceFacts("X", address="https://x.example/c"), by=builders.person())
    row = source("https://voorbeeld.example/c")
    for deed in (verbs.read_now, verbs.remove_source):
        with pytest.raises(NotAllowed):
            deed(row, by=builders.person())


def test_an_address_that_is_not_spoken_to_or_is_there_is_refused() -> None:
    source("https://voorbeeld.example/c")
    with pytest.raises(InvalidInput):
        source("https://voorbeeld.example/c")
    with override_settings(OUTGOING_LOOPBACK=False):
        for address in ("http://127.0.0.1/c", "https://10.0.0.1/c", "file:///etc/passwd", "", "x"):
            with pytest.raises(InvalidInput):
                source(address)


def test_it_is_read_once_at_a_time_and_forgotten_when_it_is_removed() -> None:
    bureau = builders.person(is_coordinator=True)
    with served({"/c": feed("a")}) as address:
        row = source(f"{address}/c")
        with pytest.raises(Conflict):
            verbs.read_now(row, by=bureau)
        done(row)
        verbs.read_now(row, by=bureau)
        verbs.remove_source(row, by=bureau)
        harvest(row.pk, 1)

    assert not FoundDataset.objects.exists()
    told_of = list(Event.objects.filter(verb__startswith="harvest").values_list("verb", flat=True))
    assert sorted(told_of) == ["harvest.add", "harvest.read", "harvest.remove"]


def test_each_is_read_when_its_time_has_come() -> None:
    now = timezone.now()
    made = {
        name: HarvestSource.objects.create(
            name=name, address=f"https://x.example/{name}", every=every, state=state,
            tried_at=None if ago is None else now - ago,
        )
        for name, every, state, ago in (
            ("new", "day", "waits", None), ("waiting", "day", "waits", timedelta(days=2)), ("day", "day", "rests", timedelta(days=1)),
            ("today", "day", "rests", timedelta(hours=5)), ("week", "week", "rests", timedelta(days=7)),
            ("this week", "week", "rests", timedelta(days=3)), ("cut off", "week", "reads", timedelta(hours=3)),
            ("busy", "day", "reads", timedelta(hours=1)),
        )
    }  # fmt: skip

    due = {each.name for each in HarvestSource.objects.due(now)}

    assert due == {"day", "week", "cut off"}
    assert len(made) == 8
