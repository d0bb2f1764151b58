"""The anonymous route: five questions to three directions, and nothing of it is kept anywhere."""

import logging
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from katalysator.engine.skills import Coverage, Route, Taxonomy, coverage_with
from katalysator.talent.models import Figure, FigureSet, LearningCourse, WorkGroup
from katalysator.talent.roads import directions
from katalysator.talent.roads.answers import LONGEST_WORDS, RoadAnswers
from katalysator.talent.roads.directions import directions_of
from katalysator.talent.taxonomies.starter import read_starter
from katalysator.talent.taxonomies.verbs import take_in_starter
from tests import builders

pytestmark = pytest.mark.django_db

ROAD = "/nl/talent/road/"
CASHIER = "starter/work/cashier"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_TICKED = re.compile(r'<input [^>]*name="(\w+)" value="([^"]*)" checked *>')


@pytest.fixture
def starter() -> None:
    take_in_starter(by=builders.HOUSE)


class Visitor:
    """Somebody with a browser that fills in one page after another."""

    def __init__(self) -> None:
        self.client = Client()
        self.page: Any = self.client.get(ROAD)

    def answer(self, go: str = "on", **said: Any) -> str:
        """Fill in what is asked, with what the page ticks and sends along, and press a button."""
        sent: dict[str, Any] = {}
        text = self.page.content.decode()
        for name, value in (*_HIDDEN.findall(text), *_TICKED.findall(text)):
            sent.setdefault(name, []).append(unescape(value))
        self.page = self.client.post(ROAD, {**sent, **said, "go": go})
        return str(self.page.content.decode())


def walked(visitor: Visitor) -> str:
    """The way of a cashier in Utrecht to the result."""
    visitor.answer(work="kassamedewerkster")
    visitor.answer(occupation="starter/work/cashier")
    visitor.answer()
    visitor.answer(words="Ik help ook met Excel en doe de boekhouding van de club.")
    visitor.answer(extra=["starter/skill/spreadsheets", "starter/skill/bookkeeping"])
    visitor.answer(region="NL31", hours="28")
    return visitor.answer(matters="pay")


def test_five_questions_lead_to_three_directions(starter: None) -> None:
    visitor = Visitor()
    assert "Question 1 of 5" in visitor.client.get("/en/talent/road/").content.decode()
    page = walked(visitor)
    assert page.count('id="direction-') == 3
    assert page.count("<details") >= 3


def test_nothing_is_kept(starter: None, caplog: pytest.LogCaptureFixture) -> None:
    before = _counts()
    with caplog.at_level(logging.DEBUG):
        visitor = Visitor()
        walked(visitor)
    assert _counts() == before
    assert not Session.objects.exists()
    assert not visitor.client.cookies
    said = caplog.text.casefold()
    for word in ("kassamedewerkster", "boekhouding", "nl31", "cashier"):
        assert word not in said


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {}
        for model in apps.get_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            counts[model._meta.label] = cursor.fetchone()[0]
    return counts


def test_one_goes_back_with_what_was_answered(starter: None) -> None:
    visitor = Visitor()
    visitor.answer(work="kassamedewerkster")
    visitor.answer(occupation="starter/work/cashier")
    visitor.answer(doing=["starter/skill/cash-register"])
    page = visitor.answer(go="back")
    ticked = [value for name, value in _TICKED.findall(page) if name == "doing"]
    assert ticked == ["starter/skill/cash-register"]
    visitor.answer(go="back")
    assert 'value="kassamedewerkster"' in visitor.answer(go="back")


def test_work_that_is_not_known_is_told_in_own_words(starter: None) -> None:
    visitor = Visitor()
    page = visitor.answer(work="qqqq zzzz")
    assert 'name="words"' in page
    page = visitor.answer(words="ik rij heftruck")
    assert 'value="starter/skill/forklift"' in page
    visitor.answer(extra=["starter/skill/forklift"])
    visitor.answer()
    assert 'id="direction-1"' in visitor.answer(matters="near")


def test_who_ticks_nothing_is_told_to_go_back(starter: None) -> None:
    visitor = Visitor()
    visitor.answer(work="qqqq zzzz")
    visitor.answer(words="")
    visitor.answer()
    page = visitor.answer(matters="pay")
    assert 'id="direction-1"' not in page
    assert visitor.page.status_code == 200


def test_what_is_asked_must_be_answered_and_not_be_a_book(starter: None) -> None:
    visitor = Visitor()
    visitor.answer(work="")
    assert visitor.page.status_code == 422
    visitor.answer(work="qqqq zzzz")
    visitor.answer(words="x" * 100_000)
    assert visitor.page.status_code == 422
    visitor.answer(words="x" * LONGEST_WORDS)
    assert visitor.page.status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"at": "nowhere", "occupation": "x", "doing": ["y"], "hours": "1e9", "matters": "all"},
        {"at": "result", "go": "save"},
        {"at": "doing", "occupation": "starter/work/nothing"},
        {"at": "which", "work": "\0", "occupation": "<script>"},
    ],
)
def test_made_up_answers_are_not_heard(starter: None, sent: dict[str, Any]) -> None:
    assert Client().post(ROAD, sent).status_code in {200, 422}


def test_the_result_is_saved_as_a_file_of_ones_own(starter: None) -> None:
    visitor = Visitor()
    walked(visitor)
    text = visitor.answer(go="save")
    assert visitor.page["Content-Disposition"].startswith("attachment")
    assert "werken met spreadsheets" in text
    assert "<" not in text


def test_every_figure_has_its_source_and_the_best_paid_comes_first(starter: None) -> None:
    _figures()
    _course(title_nl="Klanten helpen")
    page = walked(Visitor())
    assert "Voorbeeldbureau, 2022, NL" in page
    assert "Klanten helpen" in page
    assert "Voorbeeldschool" in page


def _figures() -> None:
    """Pay by which work with customers stands among the first."""
    WorkGroup.objects.create(code="0422", name="Boekhouders", isco=["3313"])
    WorkGroup.objects.create(code="1112", name="Verkopers", isco=["5230", "5223", "4222"])
    pay = FigureSet.objects.create(
        kind="pay", source="Voorbeeldbureau", period="2022", country="NL", digest="x"
    )
    for code, middle in (("0422", 25.5), ("1112", 14.0)):
        Figure.objects.create(
            figures=pay,
            group=code,
            values={"p25": 12.0, "p50": middle, "p75": 30.0, "employees": 900},
        )


def _course(key: str = "klanten", **said: Any) -> LearningCourse:
    told: dict[str, Any] = {
        "title_nl": f"Cursus {key}",
        "school": "Voorbeeldschool",
        "hours": 100,
        "cost": 500,
        "teaches": ["starter/skill/customer-system", "starter/skill/phone-answering"],
    }
    return LearningCourse.objects.create(key=key, **told | said)


def test_a_course_leads_to_its_page_and_says_its_level(starter: None) -> None:
    _figures()
    _course(url="https://voorbeeldschool.example/klanten", level=3)
    visitor = Visitor()
    page = walked(visitor)
    assert 'href="https://voorbeeldschool.example/klanten"' in page
    assert "NLQF-niveau 3" in page
    assert "https://voorbeeldschool.example/klanten" in visitor.answer(go="save")


def test_a_course_that_asks_for_what_one_lacks_is_not_shown(starter: None) -> None:
    _figures()
    _course("dicht", cost=1, asks=["starter/skill/forklift"])
    _course("open", asks=["starter/skill/spreadsheets"])
    page = walked(Visitor())
    assert "Cursus open" in page
    assert "Cursus dicht" not in page


def test_what_many_courses_teach_alike_is_reckoned_once(
    starter: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _figures()
    for number in range(20):
        _course(f"klanten-{number}")
    _course("heftruck", teaches=["starter/skill/forklift"])
    asked = []

    def counting(*said: Any) -> Coverage:
        asked.append(said)
        return coverage_with(*said)

    monkeypatch.setattr(directions, "coverage_with", counting)
    assert "Cursus klanten-0" in walked(Visitor())
    assert len(asked) <= 2 * directions.SHOWN


def test_without_a_taxonomy_it_says_so() -> None:
    assert Client().get(ROAD).status_code == 200


def test_questions_cost_few_queries(starter: None, django_assert_max_num_queries: Any) -> None:
    visitor = Visitor()
    with django_assert_max_num_queries(8):
        visitor.answer(work="kassamedewerkster")
    walked(visitor)
    with django_assert_max_num_queries(14):
        visitor.answer(go="save")


def test_the_parts_of_a_direction_add_up_and_a_skill_more_gives_what_is_promised() -> None:
    taxonomy = read_starter().taxonomy
    doing = tuple(
        taxonomy.skills.keys[row]
        for row in taxonomy.essential[[taxonomy.occupations.row[CASHIER]]].indices
    )
    answers = RoadAnswers(occupation=CASHIER, doing_for=CASHIER, doing=doing[1:], matters="pay")
    with_more = replace(answers, extra=("starter/skill/customer-system",))
    found, better = (_routes(each, taxonomy) for each in (answers, with_more))
    for key, route in found.items():
        needed = [part for part in route.parts if part.is_essential]
        gained = sum(part.worth * part.counts for part in needed)
        assert gained / (100 * sum(part.worth for part in needed)) == pytest.approx(route.essential)
        for part in needed:
            if taxonomy.skills.keys[part.skill] == "starter/skill/customer-system":
                assert better[key].essential == part.essential_after


def test_what_one_took_away_of_the_own_work_does_not_count() -> None:
    taxonomy = read_starter().taxonomy
    nothing = RoadAnswers(occupation=CASHIER, doing_for=CASHIER, doing=())
    some = replace(nothing, doing=("starter/skill/cash-register",))
    assert not _routes(nothing, taxonomy)
    assert _routes(some, taxonomy)


def _routes(answers: RoadAnswers, taxonomy: Taxonomy) -> dict[str, Route]:
    return {each.key: each.route for each in directions_of(answers, taxonomy).shown}
