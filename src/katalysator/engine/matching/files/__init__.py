"""Markets in files: tables of pairs and openings in, a table of placements out.

Parquet, Arrow (Feather) and CSV, read in batches so that the memory does not grow with the file but
with the market. polars reads and writes; the compiled kernels are loaded when a file is read.
"""

from katalysator.engine.matching.files.groups import UNKNOWN_GROUP, Groups, read_groups
from katalysator.engine.matching.files.inputs import open_files
from katalysator.engine.matching.files.market import NamedMarket, read_market
from katalysator.engine.matching.files.pairs import Opinions
from katalysator.engine.matching.files.prices import read_prices
from katalysator.engine.matching.files.problems import Fault
from katalysator.engine.matching.files.results import placement_table, price_table
from katalysator.engine.matching.files.tables import FORMS, write_table

__all__ = [
    "FORMS",
    "UNKNOWN_GROUP",
    "Fault",
    "Groups",
    "NamedMarket",
    "Opinions",
    "open_files",
    "placement_table",
    "price_table",
    "read_groups",
    "read_market",
    "read_prices",
    "write_table",
]
