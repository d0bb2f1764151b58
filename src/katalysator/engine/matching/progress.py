"""How a long job tells how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Is told what is being done and how far it is."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""
