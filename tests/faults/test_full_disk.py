"""A full disk: reading goes on, what would be written is refused in clear words, and nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.people import Browser, Poster
from tests.faults.served import House
from tests.faults.test_survival import assert_whole

PAGES = ("/en/", "/en/listings/", "/en/listings/mine/", "/en/account/", "/en/search/?q=groeigeld")


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a byte is left on the disk."""
    ballast = disk / "ballast"
    try:
        with pytest.raises(OSError, match="No space"):
            _fill(ballast)
        yield
    finally:
        ballast.unlink()


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 16))


@pytest.mark.faults(sample=0)
def test_reading_goes_on_and_nothing_is_lost(house: House, disk: Path) -> None:
    if not disk.is_mount():
        pytest.skip("this user or system cannot mount a small disk to fill up")
    poster, reader = Poster(house, "need"), Browser(house)
    reader.log_in()
    poster.post(1)
    with full(disk):
        for page in PAGES:
            assert reader.get(page)[0] == 200
        poster.post(2)
        assert [each[:3] for each in poster.refused] == ["507"]
        assert (
            "The disk of this house is full, so what you just sent was not kept."
            in (poster.refused[0])
        )
        assert house.process
        assert house.process.poll() is None
    poster.post(3)
    assert len(poster.acknowledged) == 2
    assert_whole(house, [poster])
