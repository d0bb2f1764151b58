"""Model fields for what the engine read."""

from typing import Any

import numpy as np
from django.db.models.sql.compiler import SQLCompiler
from numpy.typing import NDArray
from pgvector.django import HalfVectorField

_HEADER = 4  # bytes before the numbers: how many there are, and two that are not used


class MeaningField(HalfVectorField):
    """A vector of halves, read as a float32 array of shape (dimensions,).

    It comes as the bytes in which the database sends vectors: thirty times faster than as text.
    """

    def select_format(
        self,
        compiler: SQLCompiler,  # noqa: ARG002
        sql: str,
        params: Any,
    ) -> tuple[str, Any]:
        """Ask for the bytes wherever the field is selected."""
        return f"halfvec_send({sql})", params

    def from_db_value(  # type: ignore[override]
        self,
        value: bytes | None,
        expression: Any,  # noqa: ARG002
        connection: Any,  # noqa: ARG002
    ) -> NDArray[np.float32] | None:
        """Read the bytes, which are in network order."""
        if value is None:
            return None
        return np.frombuffer(value, ">f2", offset=_HEADER).astype(np.float32)
