"""Another careful encoder reads in the background while the old one serves, and may fail without harm."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.engine.matching import CAREFUL
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import candidates
from katalysator.matches.careful import some_unread
from katalysator.matches.entries import profile, renew_standing
from katalysator.matches.models import MarketEntry, Match
from katalysator.matches.plugged import encoder_status
from katalysator.matches.search import rematch, rescore
from katalysator.matches.tasks import catch_up, match_listing, read_listing_carefully
from katalysator.readings.careful import read_carefully, serving, wanted
from katalysator.readings.models import CarefulEncoder, CarefulReading, ModelTrouble
from katalysator.readings.tasks import forget_unused
from tests import builders
from tests.matches.encoders import Plain
from tests.matches.steps import FAR, NEED, OFFER
from tests.model_server import DIMENSION, Answer, ModelServer, embeddings, serving as answering

pytestmark = pytest.mark.django_db

_NOW = 1_800_000_000


@pytest.fixture
def server(settings: Any) -> Iterator[ModelServer]:
    """A model behind an address, which the operator has asked for."""
    with answering(embeddings) as running:
        settings.CAREFUL = running.spec
        yield running


@pytest.fixture
def board() -> list[Listing]:
    """A need and three offers, matched by what the old encoder read in 8 dimensions."""
    made = [builders.listing(builders.organisation(), **NEED)]
    made += [builders.listing(builders.organisation(), Kind.OFFER, **OFFER) for _ in range(2)]
    made.append(builders.listing(builders.organisation(), Kind.OFFER, **FAR))
    for each in made:
        rematch(each)
    read_carefully([profile(each) for each in made], Plain("old"))
    renew_standing("expertise")
    rescore("expertise")
    ProcrastinateJob.objects.all().delete()
    return made


def scores() -> dict[tuple[int, int], dict[str, float]]:
    rows = Match.objects.order_by("need", "offer").values_list("need", "offer", "parts")
    return {(need, offer): parts for need, offer, parts in rows}


def waiting() -> set[str]:
    return set(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True))


class TestChangingOver:
    def test_the_old_one_serves_until_the_new_one_has_read_everything(
        self, board: list[Listing], server: ModelServer
    ) -> None:
        before = scores()
        assert len(some_unread()) == len(board)
        catch_up(_NOW)
        assert scores() == before
        now = serving()
        assert now is not None
        assert now.name == "old"
        assert some_unread() == []
        assert {entry.encoder for entry in MarketEntry.objects.all()} == {now}

    def test_then_it_serves_and_all_markets_are_renewed(
        self, board: list[Listing], server: ModelServer
    ) -> None:
        catch_up(_NOW)
        assert waiting() == {"matches.catch_up"}
        catch_up(_NOW)
        now = serving()
        assert now is not None
        assert (now.name, now.dimension) == (wanted().name, DIMENSION)
        assert now.habit != CAREFUL
        assert waiting() == {"matches.catch_up", "matches.renew_standing"}

    def test_each_market_changes_at_once_and_then_scores_by_the_new_one(
        self, board: list[Listing], server: ModelServer
    ) -> None:
        before = scores()
        catch_up(_NOW)
        catch_up(_NOW)
        assert scores() == before
        renew_standing("expertise")
        rescore("expertise")
        after = scores()
        assert after.keys() == before.keys()
        assert all(after[pair]["meaning"] != before[pair]["meaning"] for pair in after)
        assert {each["start"] for each in after.values()} == {
            each["start"] for each in before.values()
        }
        catch_up(_NOW)
        assert scores() == after

    def test_two_encoders_are_never_in_one_score(
        self, board: list[Listing], server: ModelServer
    ) -> None:
        """A listing that stands by the new one already is scored quickly with those that do not."""
        need = board[0]
        carefully = scores()
        catch_up(_NOW)
        catch_up(_NOW)
        rematch(need)  # in between: the market was not renewed yet
        mixed = scores()
        assert {each["start"] for each in mixed.values()}.isdisjoint(
            each["start"] for each in carefully.values()
        )
        found = candidates(need, seen_by=None)
        assert found is not None
        assert {item.listing.pk for item in found.items} >= {offer for _, offer in mixed}

    def test_what_comes_meanwhile_is_read_by_the_new_one(
        self, board: list[Listing], server: ModelServer
    ) -> None:
        catch_up(_NOW)
        late = builders.listing(builders.organisation(), **FAR | {"title": "Later"})
        rematch(late)
        read_listing_carefully(late.pk)
        (row,) = CarefulReading.objects.filter(reading__entries__listing=late)
        assert row.encoder.name == wanted().name

    def test_what_is_closed_is_not_waited_for(
        self, board: list[Listing], server: ModelServer
    ) -> None:
        for each in board[1:]:
            verbs.move(each, "close", by=builders.HOUSE)
        assert some_unread() == board[:1]

    @pytest.mark.parametrize("at_once", [32, 1])
    def test_a_listing_that_is_refused_stops_nothing(
        self,
        board: list[Listing],
        settings: Any,
        monkeypatch: pytest.MonkeyPatch,
        at_once: int,
    ) -> None:
        """By number the first of all, alone or among others; the quick encoder stands for it."""
        monkeypatch.setattr("katalysator.matches.careful.AT_ONCE", at_once)

        def reply(question: dict[str, Any]) -> Any:
            refused = any(NEED["title"] in text for text in question["input"])
            return Answer({}, 400) if refused else embeddings(question)

        with answering(reply) as running:
            settings.CAREFUL = running.spec
            for _ in range(len(board) + 1):
                catch_up(_NOW)
            now = serving()
            assert now is not None
            assert now.name == wanted().name
            renew_standing("expertise")
            rescore("expertise")
        assert encoder_status().trouble == ""
        settings.CAREFUL = "none"
        after = scores()
        CarefulReading.objects.filter(encoder=now, reading__entries__listing=board[0]).delete()
        rescore("expertise")
        assert scores() == after

    def test_at_night_the_old_readings_go(self, board: list[Listing], server: ModelServer) -> None:
        night = int(timezone.now().timestamp())
        catch_up(_NOW)
        forget_unused(night)
        assert CarefulEncoder.objects.count() == 2
        catch_up(_NOW)
        forget_unused(night)
        assert [each.name for each in CarefulEncoder.objects.all()] == [wanted().name]
        renew_standing("expertise")
        assert rescore("expertise") == len(scores())

    def test_back_to_the_old_one_is_no_work(
        self, board: list[Listing], server: ModelServer, settings: Any
    ) -> None:
        catch_up(_NOW)
        settings.CAREFUL = "none"
        asked = len(server.asked)
        catch_up(_NOW)
        assert len(server.asked) == asked
        assert (some_unread(), serving()) == ([], CarefulEncoder.objects.get(name="old"))

    def test_what_was_missed_is_read_later_and_matched(self, server: ModelServer) -> None:
        need = builders.listing(builders.organisation(), **NEED)
        offer = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
        for each in (need, offer):
            rematch(each)
        quick = scores()
        catch_up(_NOW)
        assert scores()[need.pk, offer.pk]["start"] != quick[need.pk, offer.pk]["start"]


class TestWhatIsNotOpen:
    """Texts may go to somebody else's address: those of drafts and of what is closed stay here."""

    def test_nothing_is_queued_for_it(self, server: ModelServer) -> None:
        match_listing(builders.draft(builders.organisation()).pk)
        closed = builders.listing(builders.organisation(), **NEED)
        verbs.move(closed, "close", by=builders.HOUSE)
        match_listing(closed.pk)
        assert "matches.read_carefully" not in waiting()

    def test_what_closes_while_it_waits_is_not_sent(
        self, board: list[Listing], server: ModelServer
    ) -> None:
        need = board[0]
        match_listing(need.pk)
        assert "matches.read_carefully" in waiting()
        verbs.move(need, "close", by=builders.HOUSE)
        read_listing_carefully(need.pk)
        assert NEED["title"] not in server.texts


class TestFailing:
    @pytest.mark.parametrize(
        ("answer", "told"),
        [
            (Answer({}, 401), "refuses to answer (401)"),
            ({"data": []}, "does not answer each text once"),
            (Answer(b"<html>", 404), "refuses to answer (404)"),
        ],
    )
    def test_the_first_stage_stands_and_the_operator_sees_why(
        self, board: list[Listing], settings: Any, answer: Any, told: str
    ) -> None:
        before = scores()
        with answering(lambda _: answer) as running:
            settings.CAREFUL = running.spec
            catch_up(_NOW)
            read_listing_carefully(board[0].pk)
        assert scores() == before
        assert waiting() == set()
        assert told in encoder_status().trouble
        assert encoder_status().waiting == len(board)

    def test_it_is_left_alone_for_some_minutes(self, board: list[Listing], settings: Any) -> None:
        with answering(lambda _: Answer({}, 401)) as running:
            settings.CAREFUL = running.spec
            for each in board:
                read_listing_carefully(each.pk)
            assert len(running.asked) == 1

    def test_what_works_again_is_no_trouble_any_more(
        self, board: list[Listing], server: ModelServer
    ) -> None:
        ModelTrouble.objects.create(role="encoder", model="elsewhere", message="It hurts.")
        assert "It hurts." in encoder_status().trouble
        catch_up(_NOW)
        assert encoder_status().trouble == ""

    def test_a_folder_that_is_not_there(self, board: list[Listing], settings: Any) -> None:
        before = scores()
        settings.CAREFUL = "/not/there"
        catch_up(_NOW)
        assert scores() == before
        assert "neither a folder nor an address" in encoder_status().trouble

    def test_another_dimension_than_it_had_before(
        self, board: list[Listing], server: ModelServer
    ) -> None:
        """As when somebody puts another model behind the same name."""
        about = {"dimension": 99, "mean": 0.1, "spread": 0.1, "language": 0.0}
        CarefulEncoder.objects.create(name=wanted().name, **about)
        before = scores()
        catch_up(_NOW)
        assert scores() == before
        assert "dimensions" in encoder_status().trouble
