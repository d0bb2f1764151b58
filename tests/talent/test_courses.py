"""Courses that the bureau keeps: added, changed, undone, ended and given as a sheet, whole or not at all."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.talent.courses import verbs
from katalysator.talent.courses.content import CourseContent
from katalysator.talent.models import LearningCourse
from tests import builders
from tests.attack.steps import inside
from tests.rounds.markets import coordinator
from tests.talent.lists import used_taxonomy

pytestmark = pytest.mark.django_db

SHEET = """titel;school;uren;kosten;leert;vraagt
SQL voor beginners;Voorbeeldschool;40;250;SQL;
Wonden verzorgen;Voorbeeldschool;20;0;wonden verzorgen;SQL
"""
TYPED = {
    "title_nl": "SQL voor beginners",
    "school": "Voorbeeldschool",
    "level": "4",
    "hours": "40",
    "cost": "250",
    "teaches": "SQL\nwonden verzorgen",
    "asks": "",
}


@pytest.fixture(autouse=True)
def _taxonomy() -> None:
    used_taxonomy()


def content(**said: Any) -> CourseContent:
    told: dict[str, Any] = {
        "title_nl": "SQL voor beginners",
        "school": "Voorbeeldschool",
        "hours": 40,
        "teaches": ["SQL"],
    }
    return CourseContent(**told | said)


def added(**said: Any) -> LearningCourse:
    return verbs.add_course(content(**said), by=coordinator())


def _page(by: Person, row: LearningCourse) -> str:
    return inside(by).get(f"/en/talent/courses/{row.pk}/edit/").content.decode()


def test_skills_are_named_by_their_labels_and_kept_by_their_keys() -> None:
    row = added(asks=["skill/wounds"])
    assert (row.key, row.teaches, row.asks) == (
        "sql-voor-beginners",
        ["skill/sql"],
        ["skill/wounds"],
    )
    assert added(school="Andere voorbeeldschool").key == "sql-voor-beginners-2"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title_nl": " "}, "title_nl"),
        ({"school": ""}, "school"),
        ({"hours": 0}, "hours"),
        ({"hours": 99_999}, "hours"),
        ({"teaches": []}, "teaches"),
        ({"teaches": ["jongleren"]}, "teaches"),
        ({"url": "geen adres"}, "url"),
    ],
)
def test_what_makes_no_course_is_refused_at_its_field(said: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        added(**said)
    assert refused.value.where == (field,)
    assert not LearningCourse.objects.exists()


def test_a_school_has_a_title_once() -> None:
    added()
    other = added(title_nl="Python voor beginners")
    with pytest.raises(InvalidInput, match="has a course with this title already"):
        added()
    with pytest.raises(InvalidInput, match="has a course with this title already"):
        verbs.change_course(other, content(), by=coordinator())
    with pytest.raises(InvalidInput, match=r"Course 2 .* has a course with this title already"):
        verbs.add_courses([content(title_nl="Nieuw"), content(title_nl="Nieuw")], by=coordinator())
    with pytest.raises(InvalidInput, match=r"Course 1 .* has a course with this title already"):
        verbs.add_courses([content()], by=coordinator())


def test_the_form_says_that_a_school_has_the_title() -> None:
    client = inside(coordinator())
    client.post("/en/talent/courses/new/", TYPED)
    answer = client.post("/en/talent/courses/new/", TYPED)
    assert "This school has a course with this title already." in answer.content.decode()
    assert LearningCourse.objects.count() == 1


def test_a_change_is_undone_until_something_else_happens() -> None:
    by, row = coordinator(), added()
    with pytest.raises(Conflict):
        verbs.undo_change(row, by=by)
    verbs.change_course(row, content(hours=60, teaches=["Python"]), by=by)
    assert "Undo the last change" in _page(by, row)
    row = verbs.undo_change(row, by=by)
    assert (row.hours, row.teaches) == (40, ["skill/sql"])
    assert "Undo the last change" not in _page(by, row)


def test_a_change_is_not_undone_where_another_course_has_the_title_by_now() -> None:
    client, row = inside(coordinator()), added()
    verbs.change_course(row, content(title_nl="SQL voor gevorderden"), by=coordinator())
    added()
    answer = client.post(f"/en/talent/courses/{row.pk}/undo/", follow=True).content.decode()
    assert "This school has a course with this title already." in answer
    assert "__all__" not in answer
    row.refresh_from_db()
    assert row.title_nl == "SQL voor gevorderden"


def test_a_change_that_changes_nothing_leaves_no_trace() -> None:
    row = added()
    verbs.change_course(row, content(), by=coordinator())
    assert [each.verb for each in audit.history(row)] == ["course.add"]


def test_who_did_not_see_the_last_change_does_not_overwrite_it() -> None:
    client, row = inside(coordinator()), added()
    seen = audit.latest_of(row)
    assert f'name="seen" value="{seen}"' in _page(coordinator(), row)
    verbs.change_course(row, content(hours=60), by=coordinator())
    answer = client.post(f"/en/talent/courses/{row.pk}/edit/", TYPED | {"seen": str(seen)})
    assert "Somebody changed this while you were writing" in answer.content.decode()
    row.refresh_from_db()
    assert row.hours == 60


def test_a_course_that_ended_is_shown_to_nobody_and_can_come_back() -> None:
    by, row = coordinator(), added()
    verbs.end_course(row, by=by)
    assert not LearningCourse.objects.running().exists()
    with pytest.raises(Conflict):
        verbs.end_course(row, by=by)
    verbs.reopen_course(row, by=by)
    assert LearningCourse.objects.running().get() == row


def test_nobody_but_the_bureau_keeps_courses() -> None:
    row, stranger = added(), builders.person(builders.organisation())
    with pytest.raises(NotAllowed):
        verbs.add_course(content(), by=stranger)
    for do in (verbs.end_course, verbs.reopen_course, verbs.undo_change):
        with pytest.raises(NotAllowed):
            do(row, by=stranger)
    client = inside(stranger)
    for page in ("", "new/", f"{row.pk}/edit/"):
        assert client.get(f"/en/talent/courses/{page}").status_code == 403


def test_a_page_adds_changes_and_ends() -> None:
    client = inside(coordinator())
    assert client.post("/en/talent/courses/new/", TYPED | {"hours": "0"}).status_code == 422
    client.post("/en/talent/courses/new/", TYPED)
    row = LearningCourse.objects.get()
    page = client.get(f"/nl/talent/courses/{row.pk}/edit/").content.decode()
    assert "wonden verzorgen" in page
    client.post(f"/en/talent/courses/{row.pk}/edit/", TYPED | {"cost": "10"})
    row.refresh_from_db()
    assert row.cost == 10
    client.post(f"/en/talent/courses/{row.pk}/undo/")
    client.post(f"/en/talent/courses/{row.pk}/end/")
    row.refresh_from_db()
    assert row.cost == 250
    assert row.ended_at is not None
    assert row.title_nl not in client.get("/en/talent/courses/").content.decode()
    assert row.title_nl in client.get("/en/talent/courses/?ended=1&q=sql").content.decode()


def test_a_sheet_is_taken_in_whole_or_not_at_all() -> None:
    client = inside(coordinator())
    for wrong, said in (
        (SHEET.replace("40;250", "40;veel"), "“veel” tells no number"),
        (SHEET.replace("leert;", "x;"), "A column is missing"),
        (SHEET.replace(";wonden verzorgen;", ";jongleren;"), "Course 2 of the sheet"),
    ):
        file = SimpleUploadedFile("cursussen.csv", wrong.encode())
        answer = client.post("/en/talent/courses/", {"file": file})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not LearningCourse.objects.exists()
    client.post(
        "/en/talent/courses/", {"file": SimpleUploadedFile("cursussen.csv", SHEET.encode())}
    )
    assert [(each.hours, each.cost, each.asks) for each in LearningCourse.objects.all()] == [
        (40, 250, []),
        (20, 0, ["skill/sql"]),
    ]


def test_a_sheet_of_many_costs_as_many_queries_as_one_of_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    by = coordinator()
    added()
    for size in (1, 40):
        courses = [content(school=f"School {size}", title_nl=f"SQL {n}?") for n in range(size)]
        with django_assert_num_queries(10):
            made = verbs.add_courses(courses, by=by)
        assert len({each.key for each in made}) == size
    assert audit.verify().broken == []


def test_the_list_costs_as_much_with_many_as_with_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = inside(coordinator())
    for number in range(3):
        added(title_nl=f"Cursus {number}")
        client.get("/en/talent/courses/")
        with django_assert_num_queries(3):
            client.get("/en/talent/courses/")
