"""An encoder behind an address, as OpenAI and those who do as they do speak it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from katalysator.engine.arrays import Float32Array
from katalysator.engine.text.models.faults import REFUSED, ModelFault, nonsense
from katalysator.engine.text.models.service import Service
from katalysator.engine.text.models.vectors import each_once, unit
from katalysator.faults import gettext_noop as _

_BATCH: Final = 32  # texts in a question
_HARMLESS: Final = "katalysator"


class RemoteEncoder:
    """Texts are sent to an address, `/embeddings`, thirty-two at a time; vectors come back.

    Cost: that of the service, and of the way to it. Texts leave the process: the operator chose that.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self.name = service.name

    @cached_property
    def dimension(self) -> int:
        """As the first answer says: one short text is sent to find out."""
        return int(self._asked([_HARMLESS]).shape[1])

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors of shape (len(texts), dimension); an empty or refused text becomes the zero vector.

        Raises
        ------
        ModelFault
            For an answer that is late, twice, too short, of another dimension or no numbers.

        """
        return each_once(texts, self.dimension, self._read)

    def _read(self, texts: Sequence[str]) -> Float32Array:
        found = [self._batch(texts[n : n + _BATCH]) for n in range(0, len(texts), _BATCH)]
        if any(each.shape[1] != self.dimension for each in found):
            raise nonsense(self.name, _("%(model)s changed the number of its dimensions."))
        return np.concatenate(found)

    def _batch(self, texts: Sequence[str]) -> Float32Array:
        """Some texts at once; one by one where they are refused, for one may spoil it for all."""
        try:
            return self._asked(texts)
        except ModelFault as fault:
            if fault.code != REFUSED:
                raise
        self._asked([_HARMLESS])  # what refuses this too refuses everything: that is a fault
        return np.concatenate([self._alone(text) for text in texts])

    def _alone(self, text: str) -> Float32Array:
        try:
            return self._asked([text])
        except ModelFault as fault:
            if fault.code != REFUSED:
                raise
        return np.zeros((1, self.dimension), np.float32)

    def _asked(self, texts: Sequence[str]) -> Float32Array:
        body = {"input": list(texts), "encoding_format": "float"}
        rows = self._rows(self._service.ask("embeddings", body), len(texts))
        return unit(rows, self.name)

    def _rows(self, answer: Mapping[str, Any], count: int) -> list[Any]:
        """One row for each text, by its number: an answer that comes twice is no answer."""
        data = answer.get("data")
        rows = [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []
        numbers = [each.get("index") for each in rows]
        if len(rows) != count or {repr(number) for number in numbers} != set(
            map(repr, range(count))
        ):
            raise nonsense(self.name, _("%(model)s does not answer each text once."))
        by_number = {each["index"]: each.get("embedding") for each in rows}
        return [by_number[number] for number in range(count)]
