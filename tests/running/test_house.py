"""Starts at the same time: what all need is made by one of them, while the others wait."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.utils import translation

from katalysator.running.house import one_at_a_time

LONGEST = 30.0


def test_one_waits_for_the_other_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    began, order = Event(), list[str]()

    def second() -> None:
        began.set()
        with translation.override("en"), one_at_a_time():
            order.append("second")

    with ThreadPoolExecutor(1) as pool:
        with one_at_a_time():
            waiting = pool.submit(second)
            assert began.wait(LONGEST)
            with pytest.raises(TimeoutError):
                waiting.result(0.3)
            order.append("first")
        waiting.result(LONGEST)
    assert order == ["first", "second"]
    assert "Another start is under way here: waiting for it." in capsys.readouterr().err
