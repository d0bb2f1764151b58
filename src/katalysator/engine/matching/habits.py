"""How near texts usually lie by an encoder: some see everything as alike, others hardly anything."""

import json
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.text import Embedder

_NARROWEST: Final = 1e-3  # cosine; whoever sees all texts alike divides by nothing


class Habit(NamedTuple):
    """Mean and spread of an encoder's cosines between needs and offers.

    Texts of one language lie `language` nearer than what they mean.
    """

    mean: float
    spread: float
    language: float = 0.0


QUICK: Final = Habit(0.16, 0.08)
CAREFUL: Final = Habit(0.813, 0.016, language=0.03)
"""Of the two encoders that are bundled, as measured on the boards of `bench`."""

_KNOWN: Final = {"use-multilingual-1": QUICK, "e5-small-4bit": CAREFUL}


def habit_of(encoder: Embedder) -> Habit:
    """The habit of an encoder; of one that nobody measured, on 48 texts that come along.

    Cost: reading these texts, the first time.
    """
    return _KNOWN[encoder.name] if encoder.name in _KNOWN else _measured(encoder)


@cache
def _measured(encoder: Embedder) -> Habit:
    """On 24 needs and 24 offers of our own, half of them in each of two languages."""
    lines = (files("katalysator.engine.matching") / "specimens.jsonl").read_text("utf-8")
    said = [json.loads(line) for line in lines.splitlines()]
    vectors = encoder.encode([each["text"] for each in said])
    asks = np.array([each["kind"] == "need" for each in said])
    tongue = np.array([each["language"] for each in said])
    near = (vectors[asks] @ vectors[~asks].T).astype(np.float64)
    same = tongue[asks][:, None] == tongue[~asks]
    language = float(near[same].mean() - near[~same].mean())
    rest = near - language * same
    return Habit(float(rest.mean()), max(_NARROWEST, float(rest.std())), language)
