"""Arrays by what they hold, for the whole engine: one name for each kind."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.floating[Any]]
Float32Array = NDArray[np.float32]
Float64Array = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]
Int8Array = NDArray[np.int8]
Int32Array = NDArray[np.int32]
Int64Array = NDArray[np.int64]
StrArray = NDArray[np.str_]

Rows = NDArray[np.intp]
"""Numbers of rows, as numpy indexes with them."""
