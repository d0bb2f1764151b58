"""Where to start from: the prices of an earlier allocation of a market like this one."""

from pathlib import Path

import numpy as np
import polars as pl

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching.files.columns import ids_like, numbers_of
from katalysator.engine.matching.files.ids import Ids
from katalysator.engine.matching.files.openings import PRICE, OpeningsFile
from katalysator.engine.matching.files.pairs import OPENING
from katalysator.engine.matching.files.problems import only_good


def read_prices(path: Path, openings: pl.Series, pairs: Path) -> FloatArray:
    """Read the prices that `allocate` may start from, out of a result or a table of prices.

    Parameters
    ----------
    path : Path
        A table with the columns ``opening`` and ``price``. It may lack openings of this market, and
        have others.
    openings : polars series, length O
        As in `Market`.
    pairs : Path
        Where those come from: ids of a CSV file are text, and match whole numbers.

    Returns
    -------
    float64 array, shape (O,)
        0 for openings that are not in the table: a result lacks those that nobody got. Of two
        prices the higher counts.

    """
    source = OpeningsFile.open(path, PRICE).source
    table = source.whole(OPENING, PRICE)
    ids = ids_like(table[OPENING], openings.dtype, source, pairs)
    given = numbers_of(table[PRICE], path, 0)
    only_good(ids, given)
    (known,), (price,) = only_good(ids), only_good(given)
    target = Ids.of(openings).find(known)
    prices = np.zeros(len(openings))
    np.maximum.at(prices, target[target >= 0], price[target >= 0])
    return prices
