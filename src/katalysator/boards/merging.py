"""What becomes of the sites of two organisations that merge."""

from katalysator.boards.models import EmbeddingPlace
from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation


@where_both_have_one(EmbeddingPlace)
def one_place(row: EmbeddingPlace, kept: Organisation) -> None:  # noqa: ARG001 — its own stays
    """A site that both have is one."""
    row.delete()
