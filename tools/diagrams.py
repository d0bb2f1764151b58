"""Draws what the code knows into the docs: the life of a listing, from its one table of states."""

import sys
from pathlib import Path

from katalysator.listings.workflow import LISTING

PAGE = Path(__file__).parents[1] / "docs" / "listing-life.md"


def drawn() -> str:
    """The page as it should be."""
    return f"""# The life of a listing

Drawn from `src/katalysator/listings/workflow.py` by `make docs`; a test holds the two together.
Who may do what: `listings/rules.py`. What each step does and writes down: `listings/verbs.py`.

```mermaid
{LISTING.mermaid()}```
"""


if __name__ == "__main__":
    PAGE.write_text(drawn(), "utf-8")
    sys.exit(0)
