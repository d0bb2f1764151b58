"""What single cells mean: each function reads one text, and says None where it tells nothing."""

from typing import Final

LONGEST_VALUE: Final = 300
"""Characters of a cell that may hold a day, an amount or a count; longer ones are prose."""
