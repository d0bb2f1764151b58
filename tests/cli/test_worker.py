"""`katalysator worker`: which queues it serves, and how it ends."""

import pytest
from click.testing import CliRunner

from katalysator.cli.root import cli
from katalysator.core.jobs import QUEUES
from katalysator.running.serving import WORKERS


def test_the_workers_of_serve_are_those_of_the_queues() -> None:
    assert tuple(WORKERS) == QUEUES


@pytest.mark.parametrize("queues", [["shrt"], ["short", "careful"]])
def test_a_queue_that_is_not_there_is_told_before_anything_starts(queues: list[str]) -> None:
    done = CliRunner().invoke(cli, ["worker", *queues])
    assert done.exit_code == 2
    assert f"There is no queue “{queues[-1]}”. There are: short, long, outside." in done.output
