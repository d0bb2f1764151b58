"""What is kept: under its key until the room is taken, in bytes that are counted."""

from collections.abc import Iterator

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
