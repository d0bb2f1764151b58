"""Two first starts at once: one waits for the other, and both serve the same house."""

from tests.faults.served import House


def test_two_first_starts_at_once_are_safe(house: House, two_starts: tuple[House, House]) -> None:
    said = [each.log.read_text() for each in two_starts]
    assert all("Serving on" in each for each in said), said
    assert not any("Traceback" in each for each in said), said
    assert two_starts[1].process
    assert two_starts[1].process.returncode == 0
    assert house.answers()
