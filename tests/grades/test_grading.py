"""Twenty pairs, one after another, without knowing what the computer thinks: chosen where they teach."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from katalysator.coalition.models import Person
from katalysator.engine.matching import GOOD, POSSIBLE, STRONG
from katalysator.grades.choosing import SHEET, Chosen, choose
from katalysator.grades.models import Grade
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind, Listing
from katalysator.matches.constraints import hard
from katalysator.matches.models import Match
from tests import builders
from tests.grades.steps import SUBJECTS, browser, graded
from tests.matches.steps import match_all

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def board(lasting: Callable[[], AbstractContextManager[object]]) -> None:
    """Seven needs and offers of expertise, two of each as a pilot; everything read and matched."""
    with lasting():
        for market, subjects in (("expertise", SUBJECTS[:7]), ("pilot", SUBJECTS[:2])):
            for subject in subjects:
                for kind, begins in (
                    (Kind.NEED, "Wij zoeken hulp bij"),
                    (Kind.OFFER, "Wij bieden"),
                ):
                    title = f"{begins} {subject}"
                    owner = builders.organisation()
                    builders.listing(owner, kind, market, title=title, text=f"{title}. ScoreGeheim")
        match_all()


@pytest.fixture
def broker(board: None) -> Person:
    return builders.person(is_coordinator=True)


def pairs(found: list[Chosen]) -> set[tuple[int, int]]:
    return {each.pair for each in found}


class TestChoosing:
    def test_twenty_pairs_none_twice(self, broker: Person) -> None:
        found = choose(broker, seed=1)
        assert len(found) == len(pairs(found)) == SHEET

    def test_the_same_lot_draws_the_same(self, broker: Person) -> None:
        assert choose(broker, seed=1) == choose(broker, seed=1) != choose(broker, seed=2)

    def test_whole_needs_are_pooled_from_several_rankings_and_others_come_beside(
        self, broker: Person
    ) -> None:
        kinds = Counter[str]()
        for seed in range(4):
            kinds.update(each.chosen for each in choose(broker, seed=seed))
        assert kinds["score"] >= 4 * 5
        assert kinds["quick"] > 0
        assert kinds["random"] > 0

    def test_the_best_five_of_a_need_are_all_in_its_pool(self, broker: Person) -> None:
        found = choose(broker, market="expertise", seed=3)
        (need, _), *_ = Counter(each.need for each in found if each.chosen == "score").most_common()
        matches = Match.objects.filter(need=need).order_by("-score")[:5]
        assert set(matches.values_list("need", "offer")) <= pairs(found)

    def test_one_market_or_all_of_them(self, broker: Person) -> None:
        markets = {each.pk: each.market for each in Listing.objects.all()}
        for asked in ("expertise", "pilot"):
            assert {markets[c.need] for c in choose(broker, market=asked, seed=1)} == {asked}
        seen = {markets[c.offer] for seed in range(5) for c in choose(broker, seed=seed)}
        assert seen == {"expertise", "pilot"}

    def test_what_one_graded_is_not_asked_again_but_others_are(self, broker: Person) -> None:
        asked = choose(broker, market="pilot", seed=1)
        for each in asked:
            need, offer = (Listing.objects.get(pk=pk) for pk in each.pair)
            graded(need, offer, broker, 1, chosen=each.chosen)
        assert not pairs(choose(broker, market="pilot", seed=1)) & pairs(asked)
        Grade.objects.update(is_outdated=True)
        assert pairs(choose(broker, market="pilot", seed=1)) == pairs(asked)
        other = builders.person(is_coordinator=True)
        assert pairs(choose(other, market="pilot", seed=1)) == pairs(asked)

    def test_near_a_threshold_is_where_one_learns(self, broker: Person) -> None:
        _, near = Match.objects.order_by("-score")[:2]
        Match.objects.update(score=0.9)
        Match.objects.filter(pk=near.pk).update(score=GOOD + 0.01)
        uncertain = [
            each.pair
            for seed in range(8)
            for each in choose(broker, seed=seed)
            if each.chosen == "uncertain"
        ]
        assert set(uncertain) == {(near.need_id, near.offer_id)}
        assert all(abs(0.9 - least) > 0.05 for least in (POSSIBLE, GOOD, STRONG))

    def test_what_is_forbidden_closed_or_unread_is_never_asked(self, broker: Person) -> None:
        closed = Listing.objects.filter(kind="offer", market="expertise")[0]
        listings.move(closed, "close", by=builders.HOUSE)
        unread = builders.listing(builders.organisation(), Kind.OFFER)
        asked = [each for seed in range(5) for each in choose(broker, seed=seed)]
        assert not {each.offer for each in asked} & {closed.pk, unread.pk}
        for each in asked:
            need = Listing.objects.get(pk=each.need)
            allowed = Listing.objects.filter(*hard(need).values(), pk=each.offer)
            assert allowed.exists()

    def test_an_empty_house_asks_nothing(self, broker: Person) -> None:
        assert choose(broker, market="data", seed=1) == []


class TestThePage:
    @pytest.fixture
    def client(self, broker: Person) -> Client:
        return browser(broker)

    def begin(self, client: Client, market: str = "") -> str:
        answer = client.post("/en/grading/start/", {"market": market}, follow=True)
        return answer.content.decode()

    def press(self, client: Client, deed: str = "grade", **more: str) -> str:
        at = client.session["grading"]["at"]
        answer = client.post("/en/grading/", {"deed": deed, "at": at, **more}, follow=True)
        return answer.content.decode()

    def test_it_begins_by_saying_what_is_asked(self, client: Client) -> None:
        page = client.get("/en/grading/").content.decode()
        assert "Start" in page
        assert "All markets" in page
        assert "ten minutes or so" in page

    def test_a_pair_stands_beside_each_other_with_how_far_one_is(self, client: Client) -> None:
        page = self.begin(client)
        assert "1 of 20" in page
        assert page.count("<article") == 2
        assert page.count('type="radio"') == 4

    def test_it_is_blind(self, client: Client) -> None:
        page = self.begin(client)
        main = page.split("<main")[1].split("</main")[0].lower()
        for word in ("score<", "chance", "strong", "possible", "uncertain", "random", "quick"):
            assert word not in main
        for half in main.split("<article")[1:]:
            assert "<a" not in half.split("</article")[0]  # a listing's page tells its chances

    def test_one_begins_above_both_halves_and_after_an_error_at_what_is_wrong(
        self, client: Client
    ) -> None:
        assert "autofocus" not in self.begin(client).split("<main")[1]
        page = self.press(client, value="").split("<main")[1]
        assert page.count("autofocus") == 1
        assert page.index("autofocus") < page.index("utrecht-alert--error") < page.index("<article")

    def test_a_grade_is_saved_at_once_with_how_the_pair_was_chosen(self, client: Client) -> None:
        self.begin(client)
        first = client.session["grading"]["pairs"][0]
        assert "2 of 20" in self.press(client, value="3")
        made = Grade.objects.get()
        assert (made.need_id, made.offer_id, made.chosen) == (
            first["need"],
            first["offer"],
            first["chosen"],
        )
        assert (made.value, made.side) == (3, "bureau")

    def test_skipping_saves_nothing_and_going_back_shows_what_was_said(
        self, client: Client
    ) -> None:
        self.begin(client)
        self.press(client, "skip")
        assert Grade.objects.count() == 0
        self.press(client, value="1")
        page = self.press(client, "back")
        assert "2 of 20" in page
        assert page.index('value="1"') < page.index("checked") < page.index('value="2"')
        self.press(client, value="2")
        assert Grade.objects.get().value == 2

    @pytest.mark.parametrize("value", ["", "4", "x"])
    def test_no_grade_says_so_and_stays(self, client: Client, value: str) -> None:
        self.begin(client)
        page = self.press(client, value=value)
        assert "1 of 20" in page
        assert "utrecht-alert--error" in page
        assert Grade.objects.count() == 0

    def test_another_tab_that_is_behind_grades_nothing(self, client: Client) -> None:
        self.begin(client)
        self.press(client, "skip")
        client.post("/en/grading/", {"deed": "grade", "at": "0", "value": "3"})
        assert Grade.objects.count() == 0
        assert client.session["grading"]["at"] == 1

    def test_stopping_keeps_what_was_graded(self, client: Client) -> None:
        self.begin(client)
        self.press(client, value="2")
        assert "Start" in self.press(client, "stop")
        assert Grade.objects.count() == 1

    def test_one_goes_on_where_one_was(self, client: Client) -> None:
        self.begin(client)
        self.press(client, value="2")
        assert "2 of 20" in client.get("/en/grading/").content.decode()

    def test_at_the_end_it_is_counted(self, client: Client) -> None:
        self.begin(client)
        for value in ("3", "0", "2"):
            self.press(client, value=value)
        for _ in range(16):
            self.press(client, "skip")
        page = self.press(client, "skip")
        assert "Graded: 3, of which useful: 2. Skipped: 17." in page

    def test_what_closed_meanwhile_is_passed_by(self, client: Client) -> None:
        self.begin(client)
        first = Listing.objects.get(pk=client.session["grading"]["pairs"][0]["offer"])
        first.title = "Wat straks dichtgaat"  # others have the title that it had
        first.save()
        assert first.title in client.get("/en/grading/").content.decode()
        listings.move(first, "close", by=builders.HOUSE)
        page = client.get("/en/grading/").content.decode()
        assert "1 of 20" not in page
        assert first.title not in page

    def test_a_pair_costs_a_few_queries(
        self, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        self.begin(client)
        with django_assert_max_num_queries(7):
            client.get("/en/grading/")

    def test_a_market_that_there_is_not_says_so_and_begins_nothing(self, client: Client) -> None:
        answer = client.post("/en/grading/start/", {"market": "elsewhere"})
        assert answer.status_code == 422
        assert "elsewhere is not one of the available choices" in answer.content.decode()
        assert "grading" not in client.session

    def test_an_empty_market_says_what_to_do(self, client: Client) -> None:
        assert "There is nothing to grade here" in self.begin(client, "data")


@pytest.mark.parametrize("address", ["/en/grading/", "/en/grading/start/"])
def test_only_the_bureau_grades_sheets(board: None, address: str) -> None:
    member = browser(builders.person(builders.organisation()))
    assert member.post(address).status_code == 403
    assert browser().post(address).status_code == 302
