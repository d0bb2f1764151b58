"""Encoders in a folder: ONNX by its own runtime, all others by sentence-transformers. Nothing is fetched."""

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from katalysator.engine.arrays import Float32Array
from katalysator.engine.text.models.faults import not_installed, unusable
from katalysator.engine.text.models.vectors import each_once, unit

_GRAPHS: Final = ("model.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx")
_WEIGHTS: Final = (*_GRAPHS, "model.safetensors", "pytorch_model.bin")
_PADS: Final = ("[PAD]", "<pad>")
_BATCH: Final = 16  # texts at once
_WINDOW: Final = 512  # tokens, where the folder does not say


def graph_of(folder: Path) -> Path | None:
    """The ONNX file of a folder that has a tokenizer beside it."""
    found = next((folder / each for each in _GRAPHS if (folder / each).is_file()), None)
    return found if found and (folder / "tokenizer.json").is_file() else None


def versioned(folder: Path) -> str:
    """The name of a folder, and the first letters of a digest of its weights: its version."""
    weights = next((folder / each for each in _WEIGHTS if (folder / each).is_file()), None)
    if weights is None:
        return folder.name
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{folder.name} {digest[:8]}"


class OnnxEncoder:
    """A folder with `model.onnx` and `tokenizer.json`, as sentence-transformers exports it.

    The mean of the tokens, or the first one where `1_Pooling/config.json` says so. Needs the packages
    onnxruntime and tokenizers, and no PyTorch. Cost: that of the model, on one thread.
    """

    def __init__(self, folder: Path) -> None:
        self.name = versioned(folder)
        self._folder = folder
        self._session, self._tokenizer = _loaded(folder)
        self._asked = {each.name for each in self._session.get_inputs()}

    @cached_property
    def dimension(self) -> int:
        """As the model has it."""
        return int(self._batch(["katalysator"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors of shape (len(texts), dimension); an empty text becomes the zero vector."""
        return each_once(texts, self.dimension, self._read)

    def _read(self, texts: Sequence[str]) -> Float32Array:
        return np.concatenate(
            [self._batch(texts[n : n + _BATCH]) for n in range(0, len(texts), _BATCH)]
        )

    def _batch(self, texts: Sequence[str]) -> Float32Array:
        read = self._tokenizer.encode_batch(list(texts))
        mask = np.array([each.attention_mask for each in read], np.int64)
        told = {
            "input_ids": np.array([each.ids for each in read], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        found = self._session.run(None, {name: told[name] for name in told if name in self._asked})
        return unit(self._pooled(np.asarray(found[0], np.float64), mask), self.name)

    def _pooled(self, tokens: Any, mask: Any) -> Any:
        """One vector a text, from one a token (n, t, d), or as it is where the model did that."""
        if tokens.ndim != 3:
            return tokens
        if self._by_first_token:
            return tokens[:, 0]
        return (tokens * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)[:, None]

    @cached_property
    def _by_first_token(self) -> bool:
        pooling = self._folder / "1_Pooling" / "config.json"
        said = json.loads(pooling.read_text("utf-8")) if pooling.is_file() else {}
        return bool(said.get("pooling_mode_cls_token", False))


def _loaded(folder: Path) -> tuple[Any, Any]:
    """The session of a graph and the tokenizer beside it."""
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise not_installed(error.name or "onnxruntime", "models") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(str(graph_of(folder)), options)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # noqa: BLE001 - both have faults of their own kinds
        raise unusable(str(folder), type(error).__name__) from None
    tokenizer.enable_truncation(_window(folder))
    tokenizer.enable_padding(**_padding(tokenizer))
    return session, tokenizer


def _padding(tokenizer: Any) -> dict[str, Any]:
    """The sign that fills up the shorter texts of a batch: some models count places by it."""
    for token in _PADS:
        if (number := tokenizer.token_to_id(token)) is not None:
            return {"pad_id": number, "pad_token": token}
    return {}


def _window(folder: Path) -> int:
    told = folder / "sentence_bert_config.json"
    said = json.loads(told.read_text("utf-8")) if told.is_file() else {}
    return int(said.get("max_seq_length") or _WINDOW)


def of_sentence_transformers(kind: str, place: str, **more: Any) -> tuple[Any, str]:
    """A model of sentence-transformers, of a class of that library, and its name with its version.

    From a folder or from what the library has kept on this machine.

    Raises
    ------
    ModelFault
        Where the library or the model is not there, or cannot be loaded.

    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the library is first imported
    try:
        import sentence_transformers
    except ImportError:
        raise not_installed("sentence-transformers", "sentence-transformers") from None
    try:
        model = getattr(sentence_transformers, kind)(
            place, local_files_only=True, device="cpu", **more
        )
    except Exception as error:  # noqa: BLE001 - of many kinds, none of them documented
        raise unusable(place, type(error).__name__) from None
    return model, versioned(Path(place)) if Path(place).is_dir() else place


class SentenceTransformerEncoder:
    """Any model that sentence-transformers loads, from a folder or from what it has kept on this machine.

    Needs the package sentence-transformers, and PyTorch with it. Cost: that of the model.
    """

    def __init__(self, place: str) -> None:
        self._model, self.name = of_sentence_transformers("SentenceTransformer", place)
        self.dimension = int(self._batch(["katalysator"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors of shape (len(texts), dimension); an empty text becomes the zero vector."""
        return each_once(texts, self.dimension, self._batch)

    def _batch(self, texts: Sequence[str]) -> Float32Array:
        found = self._model.encode(list(texts), batch_size=_BATCH, show_progress_bar=False)
        return unit(found, self.name)
