"""The commands of the exchange, against a site that is really served: what people read, what programs get, and what is refused."""

import json
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from click.testing import Result
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.utils import timezone

from katalysator.activities.enrolments.verbs import register
from katalysator.boards.models import SavedSearch
from katalysator.boards.verbs import save_search
from katalysator.cli.exchange.site import TOKEN, URL, ExchangeSite
from katalysator.cli.root import cli
from katalysator.coalition.models import Person
from katalysator.faults import InvalidInput
from katalysator.introductions.models import Introduction
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind, Listing
from katalysator.matches.models import GapCount
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.sending import send_all, take_all_back
from katalysator.rounds.models import MatchingRound
from katalysator.rounds.workflow import RUNS
from katalysator.search.indexing import make_findable
from katalysator.search.models import findables
from katalysator.site import urls  # noqa: F401 — with the addresses come the scopes of all rooms
from katalysator.tokens import verbs as tokens
from katalysator.webhooks.models import Delivery, Webhook
from katalysator.webhooks.signing import secrets_of
from tests import builders
from tests.cli.conftest import running
from tests.introductions.steps import Pair
from tests.matches.steps import NEED, OFFER
from tests.receiver import receiving
from tests.rounds.markets import MARKET, RoundTable, coordinator

pytestmark = pytest.mark.django_db

run = running(cli)
As = Callable[..., Result]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        return


@pytest.fixture
def served() -> Iterator[str]:
    """The site on a free port, on the database as this test sees it: one request at a time, while the test waits."""
    ours = connections["default"]
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)

    def serve() -> None:
        connections["default"] = ours
        server.serve_forever(poll_interval=0.02)
        del connections["default"]

    ours.inc_thread_sharing()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        ours.dec_thread_sharing()


@pytest.fixture
def by(served: str) -> Callable[..., Any]:
    """Runs commands with a token of somebody."""

    def of(person: Person, *scopes: str) -> As:
        until = timezone.localdate() + timedelta(days=1)
        named = scopes or ("listings", "introductions", "rounds", "searches", "webhooks")
        _token, secret = tokens.make(
            person, by=person, name="terminal", scopes=named, ends_on=until
        )

        def asked(*words: object) -> Result:
            done = run(*words, env={URL: served, TOKEN: secret})
            assert secret not in done.output
            return done

        return asked

    return of


def answer(done: Result) -> Any:
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


class TestReading:
    def test_people_get_a_table_and_programs_json(self, by: Callable[..., As]) -> None:
        owner = builders.organisation(name="Voorbeeldlab")
        listing = builders.listing(owner, title="Longscans lezen")
        ask = by(builders.person(owner))
        done = ask("listings", "list")
        assert done.exit_code == 0, done.output
        header, row = done.stdout.splitlines()
        assert header.split() == ["Number", "Kind", "State", "Of", "Title"]
        assert row.split() == [str(listing.pk), "need", "published", "Voorbeeldlab", "Longscans", "lezen"]  # fmt: skip
        (item,) = answer(ask("listings", "list", "--json"))["items"]
        assert item["title"] == "Longscans lezen"
        shown = ask("listings", "show", listing.pk).stdout
        assert "close" in shown
        assert "Title: Longscans lezen" in shown

    def test_more_than_is_shown_is_said(self, by: Callable[..., As]) -> None:
        owner = builders.organisation()
        for _ in range(3):
            builders.listing(owner)
        ask = by(builders.person(owner))
        assert "2 more: ask for them with --limit." in ask("listings", "list", "--limit", 1).stdout
        assert "There is nothing." in ask("listings", "list", "--area", "energie").stdout

    def test_a_title_cannot_order_a_terminal_about(self, by: Callable[..., As]) -> None:
        owner = builders.organisation()
        listing = builders.listing(owner)
        Listing.objects.filter(pk=listing.pk).update(title="Een \x1b[2J\x07titel\u202e\nnog")
        shown = by(builders.person(owner))("listings", "list").stdout
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
        assert len(shown.splitlines()) == 2

    def test_without_a_token_one_sees_what_a_stranger_does(self, served: str) -> None:
        owner = builders.organisation()
        builders.listing(owner, title="Voor ieder")
        builders.listing(owner, title="Voor deelnemers", visibility="participants")
        done = run("listings", "list", env={URL: served, TOKEN: ""})
        assert "Voor ieder" in done.stdout
        assert "Voor deelnemers" not in done.stdout

    def test_a_search_finds_by_words(self, by: Callable[..., As]) -> None:
        builders.organisation(name="Voorbeeldrobotica", slug="voorbeeldrobotica")
        found = answer(by(builders.person())("search", "Voorbeeldrobotica", "--json"))
        assert found["total"] >= 1
        shown = by(builders.person())("search", "Voorbeeldrobotica", "--kind", "organisation")
        assert "voorbeeldrobotica" in shown.stdout

    def test_its_answers_are_in_the_language_of_who_asks(self, served: str) -> None:
        builders.listing(builders.organisation())
        done = run("listings", "list", "--language", "nl", env={URL: served, TOKEN: ""})
        assert "Nummer" in done.stdout


class TestMeeting:
    def test_from_a_proposal_to_a_result(self, by: Callable[..., As]) -> None:
        pair = Pair.new()
        asker, giver = by(pair.asker), by(pair.giver)
        made = answer(
            asker(
                "introductions", "propose", pair.need.pk, pair.offer.pk, "--why", "Samen", "--json"
            )
        )
        number = made["id"]
        assert "proposed" in giver("introductions", "list").stdout
        assert "accept" in giver("introductions", "show", number).stdout
        assert answer(giver("introductions", "accept", number, "--json"))["state"] == "introduced"
        assert pair.asker.email in giver("introductions", "show", number).stdout
        again = giver("introductions", "accept", number)
        assert again.exit_code == 1
        assert "Nobody asks you for an answer here: the state is “introduced”." in again.output
        assert "Dag allemaal" in asker("introductions", "say", number, "Dag allemaal").stdout
        assert "State: agreed" in asker("introductions", "agree", number).stdout
        done = giver("introductions", "finish", number, "--outcome", "pilot", "--summary", "Goed")
        assert "State: result" in done.stdout
        assert Introduction.objects.get().summary == "Goed"

    def test_a_no_has_a_reason(self, by: Callable[..., As]) -> None:
        pair = Pair.new()
        number = pair.proposed().pk
        giver = by(pair.giver)
        assert giver("introductions", "decline", number).exit_code == 2
        done = giver("introductions", "decline", number, "--reason", "time")
        assert "State: declined" in done.stdout
        assert not done.stderr

    def test_what_the_site_refuses_is_said_with_its_remedy(self, by: Callable[..., As]) -> None:
        pair = Pair.new()
        number = pair.introduced().pk
        done = by(pair.asker)("introductions", "withdraw", number)
        assert done.exit_code == 1
        assert "is not possible while the state is “Introduced”. Possible now:" in done.output

    def test_a_listing_goes_through_its_life(self, by: Callable[..., As]) -> None:
        owner = builders.organisation()
        draft = builders.draft(owner)
        ask = by(builders.person(owner))
        assert "State: published" in ask("listings", "publish", draft.pk).stdout
        assert "State: closed" in ask("listings", "close", draft.pk).stdout
        assert ask("listings", "settle", draft.pk).exit_code == 1


@pytest.fixture
def at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command waits for is done while it waits."""

    def work(_seconds: float) -> None:
        for row in MatchingRound.objects.filter(state__in=RUNS):
            match row.state:
                case "computing":
                    compute(row, row.run)
                case "sending":
                    send_all(row)
                case _:
                    take_all_back(row)

    monkeypatch.setattr("katalysator.cli.exchange.following.time.sleep", work)


@pytest.mark.usefixtures("at_work")
class TestRounds:
    def test_from_settings_to_proposals_and_back(self, by: Callable[..., As]) -> None:
        table = RoundTable.of({"aX": 0.9, "bX": 0.8})
        table.add_offer("Y")
        ask = by(coordinator())
        made = ask(
            "rounds", "make", "Najaarsronde", MARKET, "--why", "Wij zien een kans", "--least", 0,
            "--per-offer", 1, "--json",
        )  # fmt: skip
        number = answer(made)["id"]
        assert answer(made)["settings"]["perOffer"] == 1
        assert "per-offer 1" in ask("rounds", "show", number).stdout
        assert "Najaarsronde" in ask("rounds", "list").stdout
        done = ask("rounds", "compute", number)
        assert "State: computed" in done.stdout
        assert "Proven: within these limits no choice is worth more." in done.stdout
        shown = ask("rounds", "show", number).stdout
        need, offer, left = table.needs["a"].pk, table.offers["X"].pk, table.needs["b"].pk
        lines = [each.split() for each in shown.splitlines()]
        assert [str(need), str(offer), "90%"] in lines
        assert [str(left), "need", str(offer), "80%", *"What fits went to others".split()] in lines
        assert "One need after" in shown
        assert "State: approved" in ask("rounds", "approve", number).stdout
        assert "State: sent" in ask("rounds", "send", number).stdout
        assert Introduction.objects.get().why == "Wij zien een kans"
        assert "State: undone" in ask("rounds", "undo", number).stdout

    def test_what_is_left_out_of_a_change_stays(self, by: Callable[..., As]) -> None:
        table = RoundTable.of({"aX": 0.9})
        ask = by(coordinator())
        number = answer(ask("rounds", "make", "Ronde", MARKET, "--per-need", 2, "--json"))["id"]
        changed = answer(
            ask("rounds", "change", number, "--method", "stable", "--within-capacity", "--json")
        )
        said = changed["settings"]
        assert (said["perNeed"], said["method"], said["withinCapacity"]) == (2, "stable", True)
        need, offer = table.needs["a"].pk, table.offers["X"].pk
        assert ask("rounds", "rule", number, need, offer, "never").exit_code == 0
        begun = ask("rounds", "compute", number, "--no-wait")
        assert "State: computing" in begun.stdout
        assert "State: draft" in ask("rounds", "stop", number).stdout
        assert "State: dropped" in ask("rounds", "drop", number).stdout

    def test_others_have_none(self, by: Callable[..., As]) -> None:
        ask = by(builders.person(builders.organisation()))
        assert "There is nothing." in ask("rounds", "list").stdout
        refused = ask("rounds", "make", "Ronde", MARKET)
        assert refused.exit_code == 1
        assert "The bureau and chairs of working groups make rounds." in refused.output


class TestTalks:
    def test_from_planning_to_a_wish_that_is_answered(self, by: Callable[..., As]) -> None:
        owner = builders.organisation()
        activity = builders.activity(owner)
        one, other = (builders.person(each) for each in (owner, builders.organisation()))
        for person in (one, other):
            register(activity, person, by=person)
        plans = by(coordinator(), "talks")
        made = plans("talks", "make", activity.pk, "--slots", 2, "--room", "Zaal 1=3", "--json")
        assert answer(made)["rooms"] == [{"name": "Zaal 1", "tables": 3}]
        assert "Zaal 1 (3)" in plans("talks", "change", activity.pk, "--minutes", 20).stdout
        wrong = plans("talks", "change", activity.pk, "--room", "Zaal")
        assert wrong.exit_code == 2
        assert "NAME=TABLES" in wrong.stderr
        asks, answers = by(one, "talks"), by(other, "talks")
        assert "You do not take part." in asks("talks", "show", activity.pk).stdout
        for each in (asks, answers):
            assert "Your talks" in each("talks", "take-part", activity.pk).stdout
        [guest] = answer(asks("talks", "guests", activity.pk, "--json"))["items"]
        wish = answer(asks("talks", "ask", activity.pk, guest["id"], "--json"))["id"]
        assert "To you" in answers("talks", "wishes", activity.pk).stdout
        assert (
            answer(answers("talks", "answer", activity.pk, wish, "yes", "--json"))["answer"]
            == "yes"
        )
        assert "taken back" in asks("talks", "take-back", activity.pk, wish).stdout
        assert "no longer" in answers("talks", "leave", activity.pk).stdout


class TestGaps:
    def test_they_are_listed_with_who_could_help(self, by: Callable[..., As]) -> None:
        owner, helper = builders.organisation(), builders.organisation(name="Voorbeeld Beeld")
        need = builders.listing(owner, **NEED)
        old = builders.listing(helper, Kind.OFFER, **OFFER)
        listings.move(old, "close", by=builders.HOUSE)
        for each in findables():
            make_findable(each)
        ask = by(coordinator())
        header, row, *_ = ask("gaps", "list").stdout.splitlines()
        assert header.split() == ["Number", "Owners", "Days", "Nearest", "Market", "Title"]
        assert row.split()[:5] == [str(need.pk), "1", "0", "0%", "expertise"]
        told = answer(ask("gaps", "list", "--proposals", "--json"))
        assert told["helpers"][0]["items"][0]["organisation"] == helper.slug
        assert answer(ask("gaps", "helpers", need.pk, "--json")) == told["helpers"][0]
        assert OFFER["title"] in ask("gaps", "list", "--proposals").stdout
        assert "There is nothing." in ask("gaps", "list", "--area", "energie").stdout

    def test_their_course_goes_day_by_day(self, by: Callable[..., As]) -> None:
        day = timezone.localdate()
        GapCount.objects.create(
            day=day, inside=True, needs=4, unserved=3, offers=2, unused=1, empty=5
        )
        shown = by(coordinator())("gaps", "course").stdout
        assert [f"{day}", "4", "3", "2", "1", "5"] in [each.split() for each in shown.splitlines()]


class TestWebhooks:
    def test_one_is_added_tested_and_taken_away(self, by: Callable[..., As], settings: Any) -> None:
        settings.OUTGOING_LOOPBACK = True
        owner, manager = builders.organisation(), builders.person()
        owner.memberships.create(person=manager, role="manager")
        ask = by(manager)
        assert "listing.opened" in ask("webhooks", "types").stdout
        with receiving() as receiver:
            done = ask(
                "webhooks", "add", "Onze lijst", receiver.address, "--organisation", owner.slug,
                "--type", "listing.opened", "--type", "match.found",
            )  # fmt: skip
            assert done.exit_code == 0, done.output
            webhook = Webhook.objects.get()
            assert secrets_of(webhook)[0] in done.stdout
            assert "Onze lijst" in ask("webhooks", "list").stdout
            assert "on its way" in ask("webhooks", "test", webhook.pk).stdout
            sent = Delivery.objects.get()
            shown = ask("webhooks", "show", webhook.pk).stdout
            assert "webhook.test" in shown
            assert "on its way again" in ask("webhooks", "again", webhook.pk, sent.pk).stdout
        assert "State: paused" in ask("webhooks", "pause", webhook.pk).stdout
        refused = ask("webhooks", "test", webhook.pk)
        assert refused.exit_code == 1
        assert "Let it work again first." in refused.output
        assert "State: active" in ask("webhooks", "resume", webhook.pk).stdout
        assert "whsec_" in ask("webhooks", "secret", webhook.pk).stdout
        assert ask("webhooks", "remove", webhook.pk, "--yes").exit_code == 0
        assert not Webhook.objects.exists()

    def test_what_cannot_be_kept_is_said_at_its_name(self, by: Callable[..., As]) -> None:
        owner, manager = builders.organisation(), builders.person()
        owner.memberships.create(person=manager, role="manager")
        done = by(manager)(
            "webhooks", "add", "x", "https://10.0.0.1/", "--organisation", owner.slug, "--type", "match.found"
        )  # fmt: skip
        assert (done.exit_code, done.stderr) == (2, "address: This is no public address.\n")


class TestErrors:
    def test_a_token_that_is_not_good_is_told_with_where_to_make_one(self, served: str) -> None:
        done = run("introductions", "list", env={URL: served, TOKEN: "kat_onbekend"})
        assert done.exit_code == 1
        assert "does not know this token" in done.output
        assert f"{served}/en/account/tokens/" in done.output
        assert "kat_onbekend" not in done.output

    def test_writing_without_a_token_says_that_it_needs_one(self, served: str) -> None:
        done = run("introductions", "propose", 1, env={URL: served, TOKEN: ""})
        assert done.exit_code == 1
        assert "This needs a token." in done.output

    def test_a_token_without_the_scope_is_told_which(self, by: Callable[..., As]) -> None:
        done = by(builders.person(), "listings")("introductions", "propose", 1)
        assert done.exit_code == 1
        assert "It needs the scope introductions." in done.output

    def test_a_site_that_is_away_is_told(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        done = run("listings", "list", env={URL: f"http://127.0.0.1:{port}", TOKEN: ""})
        assert done.exit_code == 1
        assert "cannot be reached" in done.output
        assert "Traceback" not in done.output

    def test_the_token_is_not_sent_where_the_site_leads(self) -> None:
        with (
            receiving() as other,
            receiving(status=302, headers={"Location": other.address}) as site,
        ):
            here = {URL: f"http://127.0.0.1:{site.port}", TOKEN: "kat_x"}
            done = run("introductions", "say", 1, "x", env=here)
        assert done.exit_code == 1
        assert f"set KATALYSATOR_URL to http://127.0.0.1:{other.port}" in done.output
        assert other.got == []

    @pytest.mark.parametrize("status", [200, 404, 500])
    def test_what_is_no_katalysator_is_told(self, status: int) -> None:
        with receiving(status=status, body=b"<html>Welkom</html>") as site:
            here = {URL: f"http://127.0.0.1:{site.port}", TOKEN: "kat_x"}
            done = run("introductions", "say", 1, "x", env=here)
        assert done.exit_code == 1
        assert "does not answer as a Katalysator does" in done.output

    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("", "not said which site"),
            ("coalitie.example", "no address of a site"),
            ("ftp://coalitie.example", "no address of a site"),
            ("https://me:secret@coalitie.example", "no address of a site"),
            ("https://coalitie.example:x", "no address of a site"),
            ("http://coalitie.example", "without encryption"),
        ],
    )
    def test_an_address_that_is_none_is_refused_before_anything_is_sent(
        self, address: str, said: str
    ) -> None:
        done = run("listings", "list", env={URL: address, TOKEN: "kat_x"})
        assert done.exit_code == 2
        assert said in done.output
        assert "secret" not in done.output

    def test_a_token_that_cannot_be_sent_is_refused(self) -> None:
        with pytest.raises(InvalidInput):
            ExchangeSite.of_environment({URL: "https://coalitie.example", TOKEN: "kat_x\ny"})


class TestSearches:
    def test_one_is_kept_changed_and_dropped(self, by: Callable[..., As]) -> None:
        person = builders.person(builders.organisation())
        ask = by(person)
        done = ask(
            "searches", "save", "Robots", "--about", "robots", "--kind", "offer", "--pace", "weekly"
        )
        assert done.exit_code == 0, done.output
        kept = SavedSearch.objects.get(person=person)
        assert (kept.query, kept.pace) == ("q=robots&kind=offer", "weekly")
        assert f"/account/searches/{kept.pk}/" in done.stdout
        assert "Robots" in ask("searches", "list").stdout
        assert "Letters: never" in ask("searches", "change", kept.pk, "--pace", "never").stdout
        assert ask("searches", "drop", kept.pk).exit_code == 0
        assert not SavedSearch.objects.exists()

    def test_those_of_others_are_not_there(self, by: Callable[..., As]) -> None:
        person, other = builders.person(), builders.person()
        kept = save_search(other, by=other, name="Geheim", query="", pace="never")
        ask = by(person)
        assert "Geheim" not in ask("searches", "list").stdout
        assert ask("searches", "drop", kept.pk).exit_code == 1
        assert SavedSearch.objects.exists()

    def test_a_name_twice_is_said_at_its_name(self, by: Callable[..., As]) -> None:
        ask = by(builders.person())
        ask("searches", "save", "Robots")
        done = ask("searches", "save", "Robots")
        assert (done.exit_code, done.stderr.partition(".")[0]) == (
            2,
            "name: You have a search “Robots” already",
        )


class TestWishes:
    def test_an_organisation_says_whom_it_meets(self, by: Callable[..., As]) -> None:
        owner, manager = builders.organisation(), builders.person()
        other = builders.organisation()
        owner.memberships.create(person=manager, role="manager")
        ask, until = by(manager), timezone.localdate() + timedelta(days=9)
        assert f"until: {until}" in ask("meeting", "pause", owner.slug, "--until", until).stdout
        assert other.slug in ask("meeting", "never", owner.slug, other.slug).stdout
        shown = answer(ask("meeting", "show", owner.slug, "--json"))
        assert shown == {"pausedUntil": f"{until}", "never": [other.slug]}
        ask("meeting", "resume", owner.slug)
        assert answer(ask("meeting", "allow", owner.slug, other.slug, "--json")) == {
            "pausedUntil": None,
            "never": [],
        }

    def test_nobody_else_hears_or_says_it(self, by: Callable[..., As]) -> None:
        owner = builders.organisation()
        member = builders.person(owner)
        done = by(member)("meeting", "show", owner.slug)
        assert (
            done.exit_code == 1
            or answer(by(member)("meeting", "show", owner.slug, "--json"))["never"] == []
        )
        assert (
            by(member)("meeting", "never", owner.slug, builders.organisation().slug).exit_code == 1
        )
