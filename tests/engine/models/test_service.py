"""A model behind an address: where it may be, and what comes of answers that are none."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import sleep
from typing import Any

import pytest

from katalysator.engine.text import ModelFault, Service
from katalysator.faults import InvalidInput
from tests.model_server import HASTE, Answer, ModelServer, serving

SECRET = "sk-very-secret"


@pytest.mark.parametrize(
    "spec",
    [
        "https://models.example/v1#m",
        "http://127.0.0.1:8080/v1#m",
        "http://localhost/v1#m",
        "http://[::1]:99/v1#m",
        "http://10.0.0.8/v1#m",
        "http://ollama:11434/v1#llama3:8b",
        "https://modèles.example/v1#modèle",
    ],
)
def test_https_everywhere_and_http_nearby(spec: str) -> None:
    assert Service.at(spec).model == spec.partition("#")[2]


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("http://models.example/v1#m", "without encryption"),
        ("http://8.8.8.8/v1#m", "without encryption"),
        ("https://models.example/v1", "no address of a model"),
        ("https://models.example/v1#", "no address of a model"),
        ("https://me:word@models.example/v1#m", "no address of a model"),
        ("https://models.example/v1?key=word#m", "no address of a model"),
        ("https:///v1#m", "no address of a model"),
        ("https://host:port/v1#m", "no address of a model"),
        ("https://models.example/v 1#m", "no address of a model"),
        ("https://mod els.example/v1#m", "no address of a model"),
        ("https://models.example/v1\n#m", "no address of a model"),
        ("https://models.example/één#m", "no address of a model"),
        (f"https://{'a' * 64}.example/v1#m", "no address of a model"),
    ],
)
def test_other_addresses_are_refused_without_showing_a_password(spec: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason) as refused:
        Service.at(spec)
    assert "word@" not in str(refused.value)
    assert "key=word" not in str(refused.value)


def test_a_key_goes_with_the_question_and_is_never_shown() -> None:
    with serving(lambda _: {"good": True}) as server:
        service = Service.at(server.spec, SECRET, HASTE)
        assert service.ask("x", {"a": 1}) == {"good": True}
    assert server.keys == [f"Bearer {SECRET}"]
    assert server.asked == [{"path": "/v1/x", "model": "small-model", "a": 1}]
    assert SECRET not in repr(service)


def test_space_around_a_key_is_no_part_of_it() -> None:
    """A file that holds it ends with a line."""
    with serving(lambda _: {}) as server:
        Service.at(server.spec, f" {SECRET}\r\n", HASTE).ask("x", {})
        Service.at(server.spec, "\n", HASTE).ask("x", {})
    assert server.keys == [f"Bearer {SECRET}", None]


@pytest.mark.parametrize("sign", ["\n", "\r\nX: y", "\0", "é", "\u200b", "你"])
def test_a_key_that_cannot_be_sent_is_refused_without_showing_it(sign: str) -> None:
    with pytest.raises(InvalidInput, match=r"The key for models\.example") as refused:
        Service.at("https://models.example/v1#m", f"{SECRET}{sign}more")
    assert SECRET not in str(refused.value) + repr(refused.value.parameters)


BAD: dict[str, tuple[Any, str, int]] = {
    "too busy": (Answer({}, 503), "refuses to answer", 3),
    "broken": (Answer(b"secret text", 500), "refuses to answer", 3),
    "refused": (Answer({"error": "secret text"}, 401), "refuses to answer", 1),
    "unknown": (Answer(b"", 404), "refuses to answer", 1),
    "elsewhere": (Answer(b"", 302, headers={"Location": "https://other.example/"}), "refuses", 1),
    "late": (Answer({}, after=0.8), "did not answer within", 3),
    "a page": (b"<html>secret text</html>", "no JSON", 3),
    "a list": ([1, 2], "no JSON", 3),
    "nothing": (b"", "no JSON", 3),
    "no number": (b'{"a": NaN}', "no JSON", 3),
    "deep": (b"[" * 100_000, "no JSON", 3),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_answer_is_a_fault_that_shows_nothing_of_it(kind: str) -> None:
    answer, reason, times = BAD[kind]
    with serving(lambda _: answer) as server, pytest.raises(ModelFault, match=reason) as fault:
        Service.at(server.spec, SECRET, HASTE).ask("x", {"input": "secret text"})
    assert len(server.asked) == times
    shown = str(fault.value) + repr(fault.value.parameters)
    assert "secret" not in shown
    assert "small-model" in shown


def test_what_was_over_in_a_moment_is_no_fault() -> None:
    answers = iter([Answer({}, 500), b"<html>", {"fine": 1}])
    with serving(lambda _: next(answers)) as server:
        assert Service.at(server.spec, patience=HASTE).ask("x", {}) == {"fine": 1}


@contextmanager
def sending(*pieces: bytes) -> Iterator[str]:
    """The address of somebody who answers three times with these bytes, a tenth of a second between them."""
    listening = socket.create_server(("127.0.0.1", 0))

    def send() -> None:
        for _ in range(3):
            with listening.accept()[0] as other:
                try:
                    other.recv(10_000)
                    other.sendall(pieces[0])
                    for piece in pieces[1:]:
                        sleep(0.1)
                        other.sendall(piece)
                except OSError:
                    continue

    thread = Thread(target=send, daemon=True)
    thread.start()
    with listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1#m"
    thread.join(5)


GOOD = b"HTTP/1.1 200 OK\r\n"


def test_an_answer_that_trickles_in_is_late() -> None:
    """The whole answer counts, not each of its bytes."""
    pieces = [GOOD + b"Content-Length: 50\r\n\r\n", *[b" "] * 20]
    with sending(*pieces) as spec, pytest.raises(ModelFault, match="did not answer within"):
        Service.at(spec, patience=HASTE).ask("x", {})


NO_HTTP = {
    "another language": b"SSH-2.0-OpenSSH secret\r\n",
    "a status that is none": b"HTTP/1.1 secret\r\n\r\n",
    "a piece that is cut": GOOD + b"Transfer-Encoding: chunked\r\n\r\nff\r\nsecret",
    "a size that is none": GOOD + b"Transfer-Encoding: chunked\r\n\r\nsecret\r\n",
    "a long line": GOOD + b"X: " + b"secret" * 20_000 + b"\r\n\r\n",
    "many headers": GOOD + b"X: secret\r\n" * 101 + b"\r\n",
}


@pytest.mark.parametrize("kind", NO_HTTP)
def test_what_is_no_http_is_a_fault_too(kind: str) -> None:
    with sending(NO_HTTP[kind]) as spec, pytest.raises(ModelFault) as fault:
        Service.at(spec, patience=HASTE).ask("x", {})
    assert "cannot be reached" in str(fault.value)
    assert "secret" not in str(fault.value)


def test_nobody_there_is_a_fault() -> None:
    with serving(lambda _: {}) as server:
        gone: ModelServer = server
    with pytest.raises(ModelFault, match="cannot be reached"):
        Service.at(gone.spec, patience=HASTE).ask("x", {})


def test_what_is_asked_is_json_in_any_language() -> None:
    with serving(lambda _: {}) as server:
        Service.at(server.spec, patience=HASTE).ask("x", {"input": ["zoë – 你好"]})
    assert json.loads(server.texts)[0]["input"] == ["zoë – 你好"]
