"""What is kept: under its key until the room is taken, in bytes that are counted."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from katalysator.core import kept


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    kept.forget()
    yield
    kept.forget()


def keep(key: object, value: str = "x") -> str:
    return kept.kept("test", key, lambda: value, len)


def test_it_is_made_once_for_a_key() -> None:
    assert [keep(1, "first"), keep(1, "second"), keep(2, "third")] == ["first", "first", "third"]


def test_keys_of_another_name_are_others() -> None:
    keep(1, "first")
    assert kept.kept("other", 1, lambda: "second", len) == "second"


def test_what_fails_is_not_kept() -> None:
    with pytest.raises(ZeroDivisionError):
        kept.kept("test", 1, lambda: str(1 // 0), len)
    assert keep(1, "made later") == "made later"


def test_it_never_takes_more_than_the_room_and_forgets_what_was_not_used_for_longest() -> None:
    large = "x" * (kept.ROOM // 25)
    for key in range(24):
        keep(key, large)
    keep(0)  # used again
    for key in range(24, 40):
        keep(key, large)
        assert kept.taken() <= kept.ROOM
    assert keep(0, "made anew") == large
    assert keep(1, "made anew") == "made anew"


def test_one_value_does_not_push_all_others_out() -> None:
    keep(1, "small")
    keep(2, "x" * (kept.ROOM // 2))
    assert keep(1, "made anew") == "small"
    assert keep(2, "made anew") == "made anew"


def test_everything_can_be_made_anew_beside_what_is_kept() -> None:
    keep(1, "kept")
    with kept.anew():
        assert keep(1, "made anew") == "made anew"
    assert keep(1, "made later") == "kept"


def keep_each(*keys: int, state: str = "now") -> tuple[dict[int, str], list[int]]:
    """What is given of some records, and which were made for it; nothing is made of 0."""
    made: list[int] = []

    def make(missing: list[int]) -> dict[int, str]:
        made.extend(missing)
        return {number: f"{number} {state}" for number in missing if number}

    return kept.each_kept("each", dict.fromkeys(keys, state), make, len), made


def test_of_some_records_the_missing_are_made_together() -> None:
    assert keep_each(1, 2) == ({1: "1 now", 2: "2 now"}, [1, 2])
    assert keep_each(2, 3, 1) == ({1: "1 now", 2: "2 now", 3: "3 now"}, [3])
    assert keep_each(1, 3) == ({1: "1 now", 3: "3 now"}, [])


def test_each_record_has_its_own_key() -> None:
    keep_each(1, 2)
    assert keep_each(1, state="later") == ({1: "1 later"}, [1])
    assert kept.each_kept("each", {1: "now", 2: "later"}, lambda _: {2: "made"}, len) == {
        1: "1 now",
        2: "made",
    }


def test_what_is_not_made_is_left_out_and_asked_for_again() -> None:
    assert keep_each(0, 1) == ({1: "1 now"}, [0, 1])
    assert keep_each(0, 1) == ({1: "1 now"}, [0])


def test_each_can_be_made_anew_too() -> None:
    keep_each(1)
    with kept.anew():
        assert keep_each(1) == ({1: "1 now"}, [1])
    assert keep_each(1) == ({1: "1 now"}, [])


def renew(state: str, key: int = 1) -> str:
    """What is kept in a state: what it was made of, and the state."""
    return kept.renewed("renewed", key, state, lambda before: f"{before} {state}", len)


def test_what_is_renewed_is_made_of_what_was_there_and_takes_its_place() -> None:
    assert [renew("a"), renew("a"), renew("b")] == ["None a", "None a", "None a b"]
    assert renew("a") == "None a b a"
    assert renew("a", key=2) == "None a"
    assert len(kept._values) == 2


def test_what_is_renewed_can_be_made_anew() -> None:
    renew("a")
    with kept.anew():
        assert renew("b") == "None b"
    assert renew("b") == "None a b"


def at_once(*asked: Callable[[], str]) -> list[str | BaseException]:
    """What some get who ask at once, in the order in which they came; what went wrong where it did."""
    with ThreadPoolExecutor(len(asked)) as threads:
        answers = [threads.submit(each) for each in asked]
        return [each.exception(timeout=10) or each.result() for each in answers]


def test_who_comes_while_it_is_made_waits_for_it() -> None:
    begun, come = Event(), Event()

    def first() -> str:
        begun.set()
        assert come.wait(10)
        return "first"

    def asks_first() -> str:
        return kept.kept("test", 1, first, len)

    def asks_second() -> str:
        assert begun.wait(10)
        assert keep(2, "another key") == "another key"  # is not kept waiting
        come.set()
        return keep(1, "second")

    assert at_once(asks_first, asks_second) == ["first", "first"]
    assert kept._turns == {}


def test_where_it_fails_who_waits_makes_it() -> None:
    begun, come = Event(), Event()

    def fails() -> str:
        begun.set()
        assert come.wait(10)
        raise ZeroDivisionError

    def asks_first() -> str:
        return kept.kept("test", 1, fails, len)

    def asks_second() -> str:
        assert begun.wait(10)
        come.set()
        return keep(1, "second")

    failed, made = at_once(asks_first, asks_second)
    assert isinstance(failed, ZeroDivisionError)
    assert made == "second"
    assert kept._turns == {}
