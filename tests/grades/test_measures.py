"""Figures of the coalition's own matching: reckoned by hand, and honest where there are few grades."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from katalysator.cli.offline import learn
from katalysator.grades.charts import reliability_dots
from katalysator.grades.measures import (
    FEWEST_NEEDS,
    GradedPair,
    graded_pairs,
    measured,
    quality,
    reliability,
)
from katalysator.grades.models import Grade
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind
from tests import builders
from tests.grades.steps import browser, graded, met
from tests.matches.steps import OFFER, match_all


def pair(
    need: int, offer: int, grade: float, score: float, quick: float = 0.0, **more: Any
) -> GradedPair:
    given: dict[str, Any] = {
        "market": "expertise", "is_across": False, "month": "2026-11", "chosen": "score",
    }  # fmt: skip
    return GradedPair(need=need, offer=offer, grade=grade, score=score, quick=quick, **given | more)


def board(needs: Iterable[int], **more: Any) -> list[GradedPair]:
    """Of each need three offers: the score puts the grades as 3, 0, 1; the quick encoder as 0, 1, 3."""
    return [
        each
        for need in needs
        for each in (
            pair(need, 1, 3, 0.9, 0.1, **more),
            pair(need, 2, 0, 0.6, 0.9, **more),
            pair(need, 3, 1, 0.3, 0.5, **more),
        )
    ]


class TestRankings:
    def test_by_hand(self) -> None:
        found = quality(board(range(FEWEST_NEEDS)))
        assert found.ours
        assert found.quick
        assert found.gain
        best = 7 + 1 / log2(3)
        ours, quick = (7 + 1 / 2) / best, (1 / log2(3) + 7 / 2) / best
        assert found.ours.ndcg.value == pytest.approx(ours)
        assert found.quick.ndcg.value == pytest.approx(quick)
        assert found.gain.value == pytest.approx(ours - quick)
        assert (found.ours.first.value, found.quick.first.value) == (1.0, 0.0)
        assert (found.ours.three.value, found.quick.three.value) == (1.0, 1.0)
        assert (found.needs, found.pairs, found.more) == (8, 24, 0)

    def test_too_few_needs_give_no_figure_but_how_many_are_wanted(self) -> None:
        found = quality(board(range(FEWEST_NEEDS - 2)))
        assert (found.ours, found.quick, found.gain) == (None, None, None)
        assert (found.needs, found.more) == (6, 2)

    def test_a_need_with_nothing_useful_or_hardly_ranked_counts_for_none(self) -> None:
        hopeless = [pair(50, offer, 1, 0.5) for offer in range(5)]
        short = board([51])[:2]
        assert quality([*hopeless, *short]).needs == 0

    def test_pairs_near_a_threshold_or_from_a_card_are_no_ranking(self) -> None:
        for chosen in ("uncertain", "card"):
            assert quality(board(range(20), chosen=chosen)).pairs == 0
        for chosen in ("score", "quick", "concepts", "words", "random"):
            assert quality(board(range(20), chosen=chosen)).pairs == 60


class TestReliability:
    def test_by_hand(self) -> None:
        found = reliability(
            [pair(1, 1, 3, 0.8), pair(1, 2, 0, 0.7), pair(1, 3, 0, 0.05), pair(2, 1, 2, 1.0)]
        )
        assert [(step.low, step.high, step.seen.count) for step in found] == [
            (0.0, 0.1, 1),
            (0.7, 0.9, 2),
            (0.9, 1.0, 1),
        ]
        assert [found[1].said, found[1].seen.value] == pytest.approx([0.75, 0.5])

    def test_pairs_that_another_ranking_chose_are_left_out(self) -> None:
        for chosen in ("quick", "concepts", "words", "card"):
            assert reliability([pair(1, 1, 3, 0.8, chosen=chosen)]) == []
        assert len(reliability([pair(1, 1, 3, 0.8, chosen="uncertain")])) == 1

    def test_it_is_drawn_within_its_frame(self) -> None:
        (dot,) = reliability_dots(reliability([pair(1, 1, 3, 0.8), pair(1, 2, 0, 0.72)]))
        assert (dot.left, dot.top, dot.pairs) == (76, 50, 2)
        assert 0 <= dot.highest < dot.top < dot.lowest <= 100
        assert dot.step == "70% – 90%"
        assert dot.seen.startswith("50% (")


@pytest.mark.django_db
class TestOfTheSite:
    @pytest.fixture
    def broker(self) -> Client:
        return browser(builders.person(is_coordinator=True))

    @pytest.fixture
    def many(self) -> None:
        """Eight needs in one language with three graded offers each, three of them in the other."""
        owner = builders.organisation()
        offers = [
            builders.listing(owner, Kind.OFFER, **OFFER, language=lang)
            for lang in ("nl", "nl", "en")
        ]
        needs = [builders.listing(builders.organisation()) for _ in range(FEWEST_NEEDS)]
        day = datetime(2026, 10, 3, 12, tzinfo=UTC)
        Grade.objects.bulk_create(
            Grade(
                need=need, offer=offer, market="expertise", value=value, side="bureau", chosen="score",
                score=score, parts={}, quick=1 - score, at=day,
            )
            for need in needs
            for offer, value, score in zip(offers, (3, 0, 1), (0.9, 0.6, 0.3), strict=True)
        )  # fmt: skip

    def test_grades_of_the_page_only_and_the_mean_of_two_brokers(self) -> None:
        two = met()
        other = builders.person(is_coordinator=True)
        graded(two.need, two.offer, two.people["need"], 0)
        graded(two.need, two.offer, two.people["bureau"], 3, chosen="score")
        graded(two.need, two.offer, other, 2, chosen="random")
        (found,) = graded_pairs(Grade.objects.all())
        assert (found.grade, found.chosen) == (2.5, "score")
        assert found.is_useful
        assert not found.is_across

    def test_by_market_language_and_month(self, many: None) -> None:
        found = measured(Grade.objects.all())
        assert set(found.markets) == {"expertise"}
        assert set(found.months) == {"2026-10"}
        assert found.languages["same"].needs == 0  # two offers each are no ranking
        assert found.languages["across"].pairs == FEWEST_NEEDS
        assert found.whole.ours
        assert [kind for kind, _, _ in found.groups()] == [
            "all", "market", "language", "language", "month",
        ]  # fmt: skip

    def test_a_month_is_that_of_the_house(self, many: None) -> None:
        Grade.objects.update(at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
        assert set(measured(Grade.objects.all()).months) == {"2026-11"}

    def test_the_page_says_what_is_measured_and_what_is_wanted(
        self, many: None, broker: Client
    ) -> None:
        page = broker.get("/en/measures/").content.decode()
        assert "October 2026" in page
        assert "All together" in page
        assert "Groups may hold fewer needs" in page
        assert "Too few grades yet: 8 more needs" in page
        assert "0.98 (0.98 to 0.98)" in page
        assert 'role="img"' in page
        for label in ("nDCG@5", "The first is useful", "Gain over the simple way"):
            assert f'data-label="{label}">' in page  # where the head of the table has no room

    def test_in_dutch_the_drawing_stays_a_drawing(self, many: None, broker: Client) -> None:
        page = broker.get("/nl/measures/").content.decode()
        assert "0,98 (0,98 tot 0,98)" in page
        assert 'cx="90"' in page

    def test_without_grades_it_leads_to_grading(self, broker: Client) -> None:
        page = broker.get("/en/measures/").content.decode()
        assert "Nothing was graded yet" in page
        assert 'href="/en/grading/"' in page

    def test_the_figures_as_a_table(self, many: None, broker: Client) -> None:
        answer = broker.get("/en/measures/export.csv")
        rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
        assert rows[0]["group"] == "all"
        assert float(rows[0]["ndcg"]) == pytest.approx(0.9828, abs=1e-4)
        assert float(rows[0]["gain"]) > 0
        assert rows[2]["ndcg"] == ""

    def test_the_grades_as_a_table_with_words_that_run_nothing_and_without_names(
        self, broker: Client
    ) -> None:
        two = met()
        graded(two.need, two.offer, two.people["need"], 0, reason="subject", remark="=1+1")
        text = b"".join(broker.get("/en/measures/grades.csv")).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text))
        assert (row["need"], row["offer"]) == (str(two.need.pk), str(two.offer.pk))
        assert (row["useful"], row["grade"], row["reason"]) == ("no", "0", "subject")
        assert row["remark"] == "'=1+1"
        assert two.people["need"].email not in text

    def test_what_was_said_as_learn_reads_it_beside_the_downloads_of_both_halves(
        self, broker: Client, tmp_path: Path
    ) -> None:
        two = met()
        other = {**OFFER, "title": "Fietsen", "text": "Wij maken fietsen voor op reis."}
        second = builders.listing(builders.organisation(), Kind.OFFER, **other)
        third = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
        match_all()
        for who, value in (("need", 3), ("offer", 0), ("bureau", 3)):
            graded(two.need, two.offer, two.people[who], value)
        graded(two.need, second, two.people["need"], 0)
        graded(two.need, third, two.people["need"], 0, reason="size")
        listings.move(second, "close", by=builders.HOUSE)
        asked = {
            "needs": "/en/listings/export.csv?kind=need&state=any",
            "offers": "/en/listings/export.csv?kind=offer&state=any",
            "outcomes": "/en/measures/outcomes.csv",
        }
        paths = {name: tmp_path / f"{name}.csv" for name in asked}
        for name, address in asked.items():
            paths[name].write_bytes(b"".join(broker.get(address)))
        rows = list(csv.DictReader(io.StringIO(paths["outcomes"].read_text("utf-8"))))
        assert [(row["offer"], row["accepted"]) for row in rows] == [
            (str(two.offer.pk), "yes"),
            (str(second.pk), "no"),
        ]
        made = tmp_path / "weights.json"
        given = [*map(str, paths.values()), "--out", str(made), "--careful", "no"]
        answer = CliRunner().invoke(learn, given)
        assert (answer.exit_code, made.exists()) == (0, True), answer.output

    def test_the_api_has_the_same_for_the_bureau_only(self, many: None, broker: Client) -> None:
        found = broker.get("/api/v1/measures").json()
        assert found["groups"][0]["ours"]["first"] == {
            "value": 1.0, "low": pytest.approx(0.6756, abs=1e-3), "high": 1.0, "count": 8,
        }  # fmt: skip
        assert found["groups"][0]["moreNeeds"] == 0
        assert found["groups"][2]["ours"] is None
        assert sum(step["seen"]["count"] for step in found["reliability"]) == 24
        for who in (Client(), browser(builders.person(builders.organisation()))):
            assert who.get("/api/v1/measures").status_code == 404

    def test_more_grades_cost_no_more_queries(
        self, many: None, broker: Client, django_assert_max_num_queries: Any
    ) -> None:
        broker.get("/en/measures/")
        with django_assert_max_num_queries(5):
            broker.get("/en/measures/")
