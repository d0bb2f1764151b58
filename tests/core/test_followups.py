"""What follows from a deed: subscribed to by name, done in its transaction, in a fixed order."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition.models import Organisation
from katalysator.core import audit, followups
from katalysator.core.followups import follow
from katalysator.core.models import Event
from tests import builders
from tests.core.apart import apart, clear, held

pytestmark = pytest.mark.django_db

SUBJECT = Organisation(pk=7)


@pytest.fixture(autouse=True)
def none_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followups, "_followups", {})


def queue_note(event: Event) -> None:
    """What a room above does: a job with the number of what was changed."""
    app.configure_task("stand-in.note").defer(number=event.subject_id)


def write(verb: str = "stone.turn") -> Event:
    return audit.record(verb, SUBJECT, by=builders.HOUSE)


def waiting() -> list[tuple[str, dict[str, Any]]]:
    jobs = ProcrastinateJob.objects.filter(task_name="stand-in.note")
    return list(jobs.order_by("pk").values_list("task_name", "args"))


class TestSubscribing:
    def test_a_function_gets_the_events_of_its_verbs_and_no_others(self) -> None:
        seen: list[Event] = []
        follow("stone.turn", "stone.throw-away", by=seen.append)
        made = [write("stone.turn"), write("stone.post"), write("stone.throw-away")]
        assert seen == [made[0], made[2]]

    def test_functions_are_called_in_the_order_of_their_subscription(self) -> None:
        order: list[str] = []
        for name in "cab":
            follow("stone.turn", by=partial(lambda name, _event: order.append(name), name))
        write()
        write()
        assert order == ["c", "a", "b"] * 2

    def test_of_events_together_one_that_follows_once_gets_the_last(self) -> None:
        seen: list[Event] = []
        last: list[Event] = []
        follow("stone.turn", by=seen.append)
        follow("stone.turn", by=last.append, once=True)
        deeds = [audit.Deed(SUBJECT)] * 3
        made = audit.record_all("stone.turn", deeds, by=builders.HOUSE, chain="coalition")
        assert (seen, last) == (made, made[-1:])

    @pytest.mark.parametrize(
        "verb", ["", "stone", "stone.", ".turn", "Stone.turn", "stone.turn.over", "stone turn", "stone.*"]
    )  # fmt: skip
    def test_what_is_not_a_verb_is_refused(self, verb: str) -> None:
        with pytest.raises(ValueError, match=r"is not a verb such as 'listing\.edit'"):
            follow(verb, by=queue_note)
        assert not any(followups._followups.values())

    def test_no_verb_is_refused(self) -> None:
        with pytest.raises(ValueError, match="follows no verb"):
            follow(by=queue_note)

    def test_the_same_twice_is_refused(self) -> None:
        follow("stone.turn", by=queue_note)
        with pytest.raises(ValueError, match=r"follows 'stone\.turn' already"):
            follow("stone.turn", by=queue_note)

    @pytest.mark.parametrize("shape", [lambda: None, lambda one, two: None, 7, "queue_note"])
    def test_what_cannot_be_called_with_an_event_is_refused(
        self, shape: Callable[[Event], None]
    ) -> None:
        with pytest.raises(TypeError, match="cannot be called with just an event"):
            follow("stone.turn", by=shape)

    def test_what_would_run_later_is_refused(self) -> None:
        async def later(event: Event) -> None: ...

        with pytest.raises(TypeError, match="not with the deed"):
            follow("stone.turn", by=later)  # type: ignore[arg-type]


class TestDoing:
    @pytest.fixture(autouse=True)
    def subscribed(self, none_yet: None) -> None:
        follow("stone.turn", by=queue_note)

    @pytest.fixture
    def cleared(self) -> Iterator[None]:
        yield
        clear()

    def test_the_job_is_there_when_the_deed_is_done(self, cleared: None) -> None:
        with held(write):
            assert waiting() == []
        assert waiting() == [("stand-in.note", {"number": "7"})]

    def test_the_job_is_not_there_when_the_deed_is_taken_back(self) -> None:
        def taken_back() -> None:
            with transaction.atomic():
                write()
                assert len(waiting()) == 1
                transaction.set_rollback(True)

        apart(taken_back)
        assert waiting() == []

    def test_where_it_fails_the_deed_fails(self) -> None:
        def fail(event: Event) -> None:
            raise RuntimeError("no room for jobs")

        follow("stone.turn", by=fail)
        owner = builders.organisation(name="Zoals het was")

        @transaction.atomic
        def rename() -> None:
            Organisation.objects.filter(pk=owner.pk).update(name="Anders")
            write()

        with pytest.raises(RuntimeError, match="no room"):
            rename()
        owner.refresh_from_db()
        assert owner.name == "Zoals het was"
        assert not Event.objects.exists()
        assert waiting() == []


def test_rooms_are_looked_through_when_the_house_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "room_above"
    room.mkdir()
    (room / "__init__.py").touch()
    (room / "followups.py").write_text(
        "from katalysator.core.followups import follow\n"
        "follow('stone.turn', by=lambda event: None)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(apps.app_configs, "above", AppConfig.create("room_above"))
    apps.get_app_config("core").ready()
    assert list(followups._followups) == ["stone.turn"]
