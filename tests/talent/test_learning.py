"""The monitor of learning: people counted once, nothing told of few, and no key kept."""

import itertools
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.importing.reading import GivenFile
from katalysator.talent.learning import verbs
from katalysator.talent.learning.digests import person_digest
from katalysator.talent.learning.monitor import course, last_of_month, monitor
from katalysator.talent.learning.sheets import read_stages
from katalysator.talent.learning.verbs import StageReport
from katalysator.talent.models import LearningPilot, LearningStage
from tests import builders
from tests.talent.pilots import DAY, came, facts, pilot

pytestmark = pytest.mark.django_db
NOW = date(2026, 11, 30)


def test_people_are_counted_by_the_stage_that_they_came_to() -> None:
    made = pilot()
    came(made, 1, range(100))
    came(made, 2, range(60))
    came(made, 3, range(40))
    came(made, 4, range(20))
    found = monitor(NOW)
    assert found.all.counts == (100, 60, 40, 20)
    (row,) = found.by("pilot")
    assert row.target == 500
    assert row.rates[2]
    assert (row.rates[2].hits, row.rates[2].of) == (20, 40)


def test_who_came_to_a_stage_came_to_those_before_it() -> None:
    came(pilot(), 4, range(30))
    assert monitor(NOW).all.counts == (30, 30, 30, 30)


def test_who_is_in_two_pilots_counts_once() -> None:
    owner = builders.organisation()
    one, other = pilot(owner), pilot(owner, name="Tweede", region="NL31")
    came(one, 1, range(40))
    came(other, 1, range(20, 60))
    found = monitor(NOW)
    assert found.all.counts[0] == 60
    assert {row.name: row.counts[0] for row in found.by("region")} == {
        "North Holland": 40,
        "Utrecht": 40,
    }


def test_an_address_is_the_same_person_in_every_organisation_and_a_number_is_not() -> None:
    one, other = builders.organisation(), builders.organisation()
    assert person_digest(one, "Iemand@voorbeeld.nl") == person_digest(other, " iemand@Voorbeeld.nl")
    assert person_digest(one, "12") != person_digest(other, "12")
    assert person_digest(one, "12") == person_digest(one, " 12 ")


def test_no_key_is_kept_and_the_same_line_counts_once() -> None:
    made = pilot()
    assert came(made, 1, ["geheim@voorbeeld.nl"] * 3) == 1
    assert came(made, 1, ["geheim@voorbeeld.nl"], on=DAY + timedelta(days=1)) == 0
    row = LearningStage.objects.get()
    assert row.on == DAY
    assert b"geheim" not in bytes(row.person)
    assert "geheim" not in str(Event.objects.filter(verb="learning-pilot.report").values())


def test_few_people_are_not_told_nor_what_gives_them_away() -> None:
    owner = builders.organisation()
    came(pilot(owner, name="Klein"), 1, range(4))
    came(pilot(owner, name="Middel"), 1, range(100, 130))
    came(pilot(owner, name="Groot"), 1, range(200, 260))
    found = monitor(NOW)
    told = {row.name.split(" ")[0]: row.counts[0] for row in found.by("pilot")}
    assert told["Klein"] is None
    assert told["Middel"] is None
    assert told["Groot"] == 60
    assert found.all.counts[0] == 94


def test_who_stopped_between_two_stages_is_not_given_away() -> None:
    made = pilot()
    came(made, 1, range(40))
    came(made, 2, range(35))
    counts = monitor(NOW).all.counts
    assert None in counts
    assert (counts[0], counts[1]) != (40, 35)


def test_how_few_are_in_two_pilots_is_not_given_away() -> None:
    owner = builders.organisation()
    came(pilot(owner), 1, range(40))
    came(pilot(owner, name="Tweede"), 1, range(37, 80))
    found = monitor(NOW)
    told = [row.counts[0] for row in (*found.by("all"), *found.by("pilot"))]
    assert None in told


def test_without_pilots_nothing_was_reached() -> None:
    assert monitor(NOW).all.counts == (0, 0, 0, 0)
    assert course(monitor(NOW))[-1].reached == 0


def test_no_two_points_of_the_course_differ_by_few_people() -> None:
    made = pilot()
    came(made, 1, range(30), on=date(2026, 1, 5))
    came(made, 1, range(30, 33), on=date(2026, 2, 5))
    came(made, 1, range(33, 60), on=date(2026, 3, 5))
    found = course(monitor(date(2026, 4, 30)))
    assert [point.reached for point in found][-1] == 60
    numbers = [point.reached for point in found]
    assert all(b - a == 0 or b - a >= 10 for a, b in itertools.pairwise(numbers))


def test_what_cannot_be_is_refused_with_its_line_and_nothing_is_taken_in() -> None:
    made, by = pilot(), builders.person(is_coordinator=True)
    good = StageReport("a", 1, DAY)
    for bad, said in (
        (StageReport(" ", 1, DAY), "Line 2 has no key"),
        (StageReport("b", 9, DAY), "Line 2 has no stage"),
        (StageReport("b", 1, date(2025, 12, 31)), "line 2 is before the pilot"),
        (StageReport("b", 1, timezone.localdate() + timedelta(days=1)), "still to come"),
    ):
        with pytest.raises(InvalidInput, match=said):
            verbs.report(made, [good, bad], by=by)
    with pytest.raises(InvalidInput, match="nobody"):
        verbs.report(made, [], by=by)
    assert not LearningStage.objects.exists()


def test_a_pilot_is_kept_by_its_organisation_and_the_bureau() -> None:
    owner = builders.organisation()
    made = verbs.make(owner, facts(), by=builders.person(owner))
    with pytest.raises(Conflict, match="of this name"):
        verbs.make(owner, facts(), by=builders.person(owner))
    with pytest.raises(InvalidInput, match="ends before"):
        verbs.edit(made, facts(ends_on=date(2025, 1, 1)), by=builders.person(owner))
    other = builders.person(builders.organisation())
    for refused in (
        lambda: verbs.make(owner, facts(name="x"), by=other),
        lambda: verbs.edit(made, facts(), by=other),
        lambda: verbs.report(made, [StageReport("a", 1, DAY)], by=other),
        lambda: verbs.remove(made, by=other),
    ):
        with pytest.raises(NotAllowed):
            refused()
    verbs.edit(made, facts(name="Anders"), by=builders.person(owner))
    verbs.remove(made, by=builders.person(owner))
    assert not LearningPilot.objects.exists()


def test_a_sheet_is_read_whole_or_not_at_all() -> None:
    rows = read_stages(
        GivenFile(b"sleutel;stap;datum\na1;bereikt;2026-03-02\na1;gestart;02-03-2026\n", "x.csv")
    )
    assert rows == [StageReport("a1", 1, DAY), StageReport("a1", 2, DAY)]
    for text, said in (
        ("sleutel;stap\na;bereikt\n", "column is missing"),
        ("sleutel;stap;datum\na;bereikt;2026-03-02\nb;ooit;2026-03-02\n", "no stage"),
        ("sleutel;stap;datum\na;bereikt;2026-03-02\nb;bereikt;\n", "no day"),
    ):
        with pytest.raises(InvalidInput, match=said):
            read_stages(GivenFile(text.encode(), "x.csv"))


def test_pages_take_a_sheet_and_show_what_may_be_told(client: Client) -> None:
    owner = builders.organisation()
    client.force_login(builders.person(owner))
    said = vars_of(facts()) | {"organisation": owner.pk}
    assert client.post("/en/talent/pilots/", said).status_code == 302
    made = LearningPilot.objects.get()
    last = last_of_month(timezone.localdate())
    day = max(last, made.starts_on)
    lines = "".join(f"p{number};reached;{day}\n" for number in range(30))
    sheet = SimpleUploadedFile("x.csv", f"key;stage;date\n{lines}".encode())
    assert client.post(f"/en/talent/pilots/{made.pk}/", {"file": sheet}).status_code == 302
    bad = SimpleUploadedFile("x.csv", b"key;stage\na;reached\n")
    assert client.post(f"/en/talent/pilots/{made.pk}/", {"file": bad}).status_code == 422
    page = client.get("/en/talent/monitor/").content.decode()
    assert "three million" in page
    assert "Voorbeeldpilot" in page
    csv = b"".join(client.get("/en/talent/monitor/monitor.csv")).decode()
    assert csv.splitlines()[1].startswith("all,,30,0,0,0")
    assert client.get("/api/v1/learning-monitor").json()["rows"][0]["reached"] == 30
    assert client.get(f"/en/talent/pilots/{made.pk}/edit/").status_code == 200


def test_the_monitor_asks_as_much_of_few_as_of_many(client: Client) -> None:
    counts = []
    owner = builders.organisation()
    for size in (1, 6):
        for number in range(size):
            came(
                pilot(owner, name=f"Pilot {size} {number}"), 1, range(number * 20, number * 20 + 20)
            )
        client.get("/en/talent/monitor/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/talent/monitor/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def vars_of(told: verbs.PilotFacts) -> dict[str, object]:
    """What a form sends of a pilot."""
    names = ("name", "region", "skill_group", "starts_on", "ends_on", "target")
    return {name: getattr(told, name) for name in names} | {"sector": told.sector.pk}
