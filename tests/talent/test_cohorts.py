"""Cohorts: from a sheet without names to scenarios side by side, each proven; who sees them, and how groups are told of."""

import io
from itertools import product
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, strategies as st
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation
from katalysator.core.models import Event
from katalysator.engine.matching import UNPLACED
from katalysator.engine.skills import CohortSkills, coverage_of, demands_of, held_skills
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.importing.reading import GivenFile
from katalysator.listings.models import Kind
from katalysator.site.demo.cohorts import EMPLOYER, load_cohort
from katalysator.talent.cohorts import told, verbs
from katalysator.talent.cohorts.computing import compute
from katalysator.talent.cohorts.fairness import told_groups
from katalysator.talent.cohorts.scenarios import SCENARIOS, CohortMarket, Scenario, place
from katalysator.talent.cohorts.sheets import read_openings, read_people
from katalysator.talent.cohorts.skill_words import SkillWords
from katalysator.talent.cohorts.verbs import CohortContent
from katalysator.talent.models import Cohort
from katalysator.talent.taxonomies.starter import read_starter
from tests import builders
from tests.attack.steps import inside
from tests.examples import examples
from tests.talent.profiles import used
from tests.talent.taxonomies import small_taxonomy

PEOPLE = """key;beroep;vaardigheden;regio;niveau;uren per week;groep
p1;;excel, sql;Utrecht;mbo;24-32;
p2;;excel;Utrecht;mbo;32;
p3;;techniek;Groningen;vmbo;;
"""
OPENINGS = """titel;soort;vaardigheden;regio;niveau;uren per week;plaatsen
Analist;werk;excel, sql;Utrecht;mbo;24-36;2
Monteur;werk;techniek, lassen;Groningen;vmbo;;1
Cursus SQL;cursus;sql;;;;1
"""


def given_file(text: str) -> GivenFile:
    return GivenFile(text.encode(), "blad.csv")


def content(people: str = PEOPLE, openings: str = OPENINGS, **more: Any) -> CohortContent:
    said: dict[str, Any] = {"name": "Klerken", "from_market": False, "least": 60} | more
    return CohortContent(
        people=read_people(given_file(people)),
        openings=read_openings(given_file(openings)) if openings else [],
        **said,
    )


def made(owner: Organisation, **more: Any) -> Cohort:
    return verbs.make(owner, content(**more), by=builders.person(owner))


def computed(owner: Organisation, **more: Any) -> Cohort:
    row = verbs.compute(made(owner, **more), by=builders.person(owner))
    compute(row, row.run)
    return Cohort.objects.get(pk=row.pk)


def where(found: Cohort, scenario: str) -> dict[str, str]:
    """Where each person goes in a scenario; why nowhere."""
    return {each.key: each.work or each.why for each in told.people(found, scenario)}


class TestReading:
    def test_a_sheet_of_people(self) -> None:
        first, second, third = read_people(given_file(PEOPLE))
        assert SkillWords(None).skills(first) == {"excel", "sql"}
        assert (first["regions"], first["levels"], first["hours"]) == (["NL31"], ["mbo"], [24, 32])
        assert second["hours"] == [32, 32]
        assert third["hours"] is None

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("naam;vaardigheden\nAnna;excel\nBen;sql\n", "key of your own"),
            ("key;vaardigheden\np1;\n", "neither an occupation nor a skill"),
            ("key;vaardigheden\na@b.nl;excel\n", "tells who it is"),
            ("key;vaardigheden\np1;excel\np1;sql\n", "Line 3"),
        ],
    )
    def test_a_sheet_that_tells_too_much_or_too_little_is_refused_whole(
        self, text: str, said: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            read_people(given_file(text))
        assert said in str(refused.value)


class TestCoverage:
    def test_what_is_rare_weighs_more(self) -> None:
        taxonomy = small_taxonomy()
        keys = taxonomy.skills.keys
        rare, common = (keys[int(taxonomy.weight.argmax())], keys[int(taxonomy.weight.argmin())])
        skills = CohortSkills.of([{rare}, {common}], [{rare, common}], [], taxonomy)
        has_rare, has_common = skills.coverage()[:, 0]
        assert has_rare > has_common

    def test_it_is_the_coverage_of_routes(self) -> None:
        taxonomy, words = small_taxonomy(), SkillWords(small_taxonomy())
        people = [{"skill/sql"}, {"skill/wounds", "skill/python"}, {"jongleren"}]
        work = [
            words.skills({"occupation": labels[0], "skills": []})
            for labels in taxonomy.occupations.labels["nl"]
        ]
        skills = CohortSkills.of(people, work, [], taxonomy)
        for person, found in zip(people, skills.coverage(), strict=True):
            known = {
                taxonomy.skills.row[each]: 100 for each in person if each in taxonomy.skills.row
            }
            routes = coverage_of(demands_of(taxonomy), held_skills(taxonomy, skills=known))
            assert found.tolist() == routes.essential.tolist()

    def test_a_course_adds_what_it_teaches_and_somebody_lacks(self) -> None:
        skills = CohortSkills.of([{"a"}, {"b"}], [{"a", "b"}], [{"b", "c"}])
        after = skills.coverage_after(0)
        assert after[0, 0] == pytest.approx(1)
        assert after[1, 0] == skills.coverage()[1, 0]

    def test_an_occupation_brings_what_it_cannot_do_without(self) -> None:
        taxonomy = small_taxonomy()
        words = SkillWords(taxonomy)
        nurse = words.skills({"occupation": "Verpleegkundige", "skills": []})
        assert "skill/wounds" in nurse
        assert words.skills({"occupation": "", "skills": ["wonden verzorgen"]}) == {"skill/wounds"}
        assert words.called("skill/wounds", "nl") == "wonden verzorgen"
        assert words.skills({"occupation": "keizer", "skills": ["Jongleren"]}) == {"jongleren"}


@st.composite
def small(draw: st.DrawFn) -> CohortMarket:
    people, work = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    pool = ["a", "b", "c", "d"]
    sets = st.sets(st.sampled_from(pool))
    skills = CohortSkills.of(
        [draw(sets) for _ in range(people)],
        [draw(sets) | {"a"} for _ in range(work)],
        [draw(sets)],
    )
    near = np.array([[draw(st.booleans()) for _ in range(work)] for _ in range(people)])
    seats = np.array([draw(st.integers(0, 2)) for _ in range(work)])
    return CohortMarket(
        skills,
        may=np.ones((people, work), np.bool_),
        near=near,
        may_learn=np.ones((people, 1), np.bool_),
        seats=seats,
        course_seats=np.array([draw(st.integers(0, 2))]),
        least=0.5,
    )


def ways(market: CohortMarket, nearby: bool) -> list[tuple[int, float, float]]:
    """People, coverage and the lowest coverage of every way to place people without courses."""
    cover = market.skills.coverage()
    good = (cover >= market.least) & (market.near if nearby else True)
    found = []
    for work in product(range(-1, cover.shape[1]), repeat=cover.shape[0]):
        load = np.bincount([each for each in work if each >= 0], minlength=cover.shape[1])
        if (load > market.seats).any():
            continue
        pairs = [(person, each) for person, each in enumerate(work) if each >= 0]
        if all(good[pair] for pair in pairs):
            got = [float(cover[pair]) for pair in pairs]
            found.append((len(got), sum(got), min(got, default=0.0)))
    return found


@given(small(), st.booleans())
@examples(40)
def test_each_scenario_is_the_best_of_all_ways(market: CohortMarket, nearby: bool) -> None:
    every = ways(market, nearby)
    most = place(market, Scenario("most", nearby=nearby))
    people = max(each[0] for each in every)
    assert most.placed == people == most.bound
    skill = place(market, Scenario("skills", nearby=nearby))
    assert skill.coverage.sum() == pytest.approx(max(each[1] for each in every), abs=1e-4)
    behind = place(market, Scenario("behind", nearby=nearby))
    assert behind.placed == people
    lowest = max(each[2] for each in every if each[0] == people)
    got = behind.coverage[behind.work != UNPLACED]
    assert got.min(initial=1.0 if not people else np.inf) == pytest.approx(
        lowest if people else 1.0
    )


@given(small())
@examples(40)
def test_courses_take_no_more_than_their_seats_and_bring_nobody_below_the_least(
    market: CohortMarket,
) -> None:
    plain = place(market, Scenario("most"))
    skills = place(market, Scenario("skills", courses=True))
    assert skills.bound is not None
    assert skills.coverage.sum() <= skills.bound + 1e-6
    found = place(market, Scenario("most", courses=True))
    assert np.count_nonzero(found.course == 0) <= market.course_seats[0]
    rows = np.flatnonzero(found.work != UNPLACED)
    assert (found.coverage[rows] >= market.least).all()
    assert (np.bincount(found.work[rows], minlength=market.seats.size) <= market.seats).all()
    assert found.bound is not None
    assert plain.placed <= found.placed <= found.bound


@pytest.mark.django_db
class TestScenarios:
    def test_side_by_side_with_a_reason_for_who_goes_nowhere(self) -> None:
        found = computed(builders.organisation())
        assert found.state == "computed"
        assert set(found.figures["scenarios"]) == {each.name for each in SCENARIOS}
        most = where(found, "most")
        assert most["p1"] == "Analist"
        assert "enough is known" in most["p2"]
        assert where(found, "most-courses")["p2"] == "Analist"
        (second,) = [each for each in told.people(found, "most-courses") if each.key == "p2"]
        assert (second.course, second.missing) == ("Cursus SQL", [])
        labels = [each.label for each in told.scenarios(found)]
        assert labels[0] == "As many people as possible"
        assert all(each.proof.startswith("Proven") for each in told.scenarios(found))

    def test_what_lacks_is_named(self) -> None:
        found = computed(builders.organisation(), least=30)
        (third,) = [each for each in told.people(found, "most") if each.key == "p3"]
        assert (third.work, third.missing) == ("Monteur", ["lassen"])

    def test_what_is_open_in_the_markets_counts(self) -> None:
        terms = {**builders.content("job").terms, "level": ["mbo"]}
        offer = builders.listing(
            builders.organisation(),
            Kind.OFFER,
            "job",
            terms=terms,
            skills=("excel",),
            title="Rapporteur",
        )
        found = computed(builders.organisation(), openings="", from_market=True)
        (row,) = [each for each in told.people(found, "most") if each.work]
        assert (row.work, row.listing) == ("Rapporteur", offer.pk)

    def test_a_job_that_runs_twice_or_too_late_changes_nothing(self) -> None:
        owner = builders.organisation()
        row = verbs.compute(made(owner), by=builders.person(owner))
        verbs.stop(row, by=builders.person(owner))
        compute(row, row.run)
        assert Cohort.objects.get().state == "draft"
        found = computed(owner)
        compute(found, found.run)
        assert Event.objects.filter(verb="cohort.finish").count() == 1

    def test_nothing_goes_out_and_the_trail_names_nobody(self) -> None:
        computed(builders.organisation())
        (event,) = Event.objects.filter(verb="cohort.make")
        assert event.after == {"people": 3, "openings": 3}


class TestGroups:
    """No number of fewer than ten is told, nor follows from what is."""

    def test_small_groups_are_told_together(self) -> None:
        of = ["a"] * 40 + ["b"] * 30 + ["c"] * 6 + ["d"] * 5
        placed = [n % 2 == 0 for n in range(len(of))]
        groups = told_groups(of, {"most": placed})
        assert [(each.names, each.people) for each in groups] == [
            (("a",), 40),
            (("b", "c", "d"), 41),
        ]

    def test_where_one_line_would_be_left_nothing_is_told(self) -> None:
        assert told_groups(["a"] * 30, {"most": [n % 2 == 0 for n in range(30)]}) == []
        assert told_groups(["a"] * 9 + ["b"] * 9, {"most": [True] * 18}) == []

    def test_a_group_of_which_all_or_none_are_placed_is_not_told_by_itself(self) -> None:
        of = ["a"] * 50 + ["b"] * 50
        assert told_groups(of, {"most": [True] * 50 + [False] * 50}) == []

    @given(
        st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans(), st.booleans()), max_size=120)
    )
    @examples(60)
    def test_every_number_and_its_rest_is_of_ten_or_more(
        self, rows: list[tuple[str, bool, bool]]
    ) -> None:
        of = [each[0] for each in rows]
        placed = {"one": [each[1] for each in rows], "two": [each[2] for each in rows]}
        groups = told_groups(of, placed)
        assert not groups or sum(each.people for each in groups) == len(rows)
        for group in groups:
            for number in group.placed:
                assert 10 <= number <= group.people - 10


@pytest.mark.django_db
class TestWhoMay:
    def test_an_employer_sees_its_own_and_the_bureau_sees_them_not(self) -> None:
        owner = builders.organisation()
        found = computed(owner)
        bureau = builders.person(is_coordinator=True)
        own = verbs.make(None, content(name="Van het bureau"), by=bureau)
        for person, sees in (
            (builders.person(owner), [found]),
            (builders.person(builders.organisation()), []),
            (bureau, [own]),
        ):
            assert list(Cohort.objects.visible_to(person)) == sees
            client = inside(person)
            status = 200 if found in sees else 404
            for page in ("", "people/most/", "people/most.csv"):
                assert client.get(f"/en/talent/cohorts/{found.pk}/{page}").status_code == status
            api = client.get("/api/v1/cohorts").json()["items"]
            assert [each["id"] for each in api] == [each.pk for each in sees]
            assert client.get(f"/api/v1/cohorts/{found.pk}").status_code == status

    def test_nobody_makes_or_moves_one_of_another(self) -> None:
        owner, stranger = builders.organisation(), builders.person(builders.organisation())
        found = made(owner)
        with pytest.raises(NotAllowed):
            verbs.make(owner, content(), by=stranger)
        with pytest.raises(NotAllowed):
            verbs.make(None, content(), by=stranger)
        for deed in (*verbs.DEEDS.values(), verbs.remove):
            with pytest.raises(NotAllowed):
                deed(found, by=stranger)
            with pytest.raises(NotAllowed):
                deed(found, by=builders.person(is_coordinator=True))

    def test_it_is_thrown_away_with_its_people(self) -> None:
        owner = builders.organisation()
        found = computed(owner)
        verbs.remove(found, by=builders.person(owner))
        assert not Cohort.objects.exists()
        with pytest.raises(Conflict):
            verbs.compute(found, by=builders.person(owner))


@pytest.mark.django_db
def test_from_a_sheet_to_the_download(client: Client) -> None:
    owner = builders.organisation(name="Voorbeeldbank")
    member = inside(builders.person(owner))
    files = {
        "people": SimpleUploadedFile("mensen.csv", PEOPLE.encode()),
        "openings": SimpleUploadedFile("plekken.csv", OPENINGS.encode()),
    }
    typed = {"name": "Klerken", "organisation": str(owner.pk), "least": "60"}
    bad = {"people": SimpleUploadedFile("x.csv", b"naam\nAnna\nBen\n")}
    answer = member.post("/en/talent/cohorts/new/", typed | bad)
    assert answer.status_code == 422
    assert not Cohort.objects.exists()
    member.post("/en/talent/cohorts/new/", typed | files)
    found = Cohort.objects.get()
    assert "Not computed yet" in member.get(found.get_absolute_url()).content.decode()
    member.post(f"/en/talent/cohorts/{found.pk}/compute/")
    found.refresh_from_db()
    compute(found, found.run)
    page = member.get(found.get_absolute_url()).content.decode()
    for said in ("Scenarios side by side", "Most skill in use", "fewer than ten people"):
        assert said in page
    assert "Analist" in member.get(f"/nl/talent/cohorts/{found.pk}/people/most/").content.decode()
    answer = member.get(f"/en/talent/cohorts/{found.pk}/people/most.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "key,work,coverage,missing,course,why_not"
    assert lines[1].startswith("p1,Analist,1.0")
    assert member.get(f"/en/talent/cohorts/{found.pk}/people/bestaat-niet/").status_code == 404
    member.post(f"/en/talent/cohorts/{found.pk}/remove/")
    assert not Cohort.objects.exists()


@pytest.mark.django_db
def test_pages_cost_as_much_with_many_as_with_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    owner = builders.organisation()
    client = inside(builders.person(owner))
    for _ in range(2):
        found = computed(owner)
        client.get("/en/talent/cohorts/")
        for page, queries in (("/en/talent/cohorts/", 3), (found.get_absolute_url(), 2)):
            with django_assert_num_queries(queries):
                client.get(page)


def test_four_hundred_people_are_read_whole() -> None:
    lines = io.StringIO()
    lines.write("key;vaardigheden;regio\n")
    for number in range(400):
        lines.write(f"p{number};excel, sql;Utrecht\n")
    assert len(read_people(given_file(lines.getvalue()))) == 400


@pytest.mark.django_db
def test_the_example_shows_a_cohort_to_who_speaks_for_the_employer() -> None:
    used(read_starter().taxonomy)
    owner = builders.organisation(slug=EMPLOYER)
    person = builders.person(owner, email=f"lid@{EMPLOYER}.example")
    load_cohort()
    found = Cohort.objects.visible_to(person).get()
    assert (found.state, len(found.people)) == ("computed", 40)
    placed = {each.name: each.placed for each in told.scenarios(found)}
    assert placed["most"] < placed["most-courses"] <= 40
