"""What the house sends goes to public addresses only, whatever a name says a moment later, and never takes long."""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import LazySettings

from katalysator.core.outgoing import (
    LARGEST_ANSWER,
    Destination,
    NotReached,
    destination,
    is_public,
    post,
)
from katalysator.faults import InvalidInput
from tests.receiver import receiving

NAME = "haken.voorbeeld.example"
HOSTILE_ADDRESSES = (
    "http://voorbeeld.example/",
    "ftp://voorbeeld.example/",
    "file:///etc/passwd",
    "gopher://voorbeeld.example/",
    "javascript:alert(1)",
    "//voorbeeld.example/",
    "voorbeeld.example",
    "",
    "https://",
    "https:///pad",
    "https://user:secret@voorbeeld.example/",
    "https://user@voorbeeld.example/",
    "https://@voorbeeld.example/",
    "https://voorbeeld.example:22/",
    "https://voorbeeld.example:25/",
    "https://voorbeeld.example:5432/",
    "https://voorbeeld.example:8100/",
    "https://voorbeeld.example:0/",
    "https://voorbeeld.example:99999/",
    "https://voorbeeld.example:x/",
    "https://voorbeeld.example\\@127.0.0.1/",
    "https://voorbeeld.example/\r\nHost: localhost",
    "https://voorbeeld.example/a b",
    "https://voorbeeld.example\t.example/",
    "https://vöorbeeld.example/",
    f"https://voorbeeld.example/{'x' * 500}",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fc00::1]/",
    "https://[ff02::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::10.0.0.1]/",
    "https://[64:ff9b:1::1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:db8::1]/",
    "https://[::127.0.0.1]/",
    "https://[not-a-number]/",
)
HIDDEN_NUMBERS = (
    "127.0.0.1", "127.8.9.10", "10.1.2.3", "172.31.255.255", "192.168.0.10", "169.254.169.254", "100.127.0.1",
    "0.0.0.0", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "192.88.99.1", "224.0.0.251", "239.1.1.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:192.168.0.1", "64:ff9b::7f00:1", "64:ff9b::c0a8:1",
    "64:ff9b:1::a00:1", "2002:c0a8:1::", "2002:7f00:1::", "2001::1", "2001:db8::1", "3fff::1", "fe80::1", "fec0::1",
    "fc00::1", "fd12:3456::1", "ff02::1", "100::1", "5f00::1",
)  # fmt: skip
PUBLIC_NUMBERS = ("9.9.9.9", "145.100.0.1", "64:ff9b::909:909", "2a00:1450::1", "::ffff:9.9.9.9")


def leading_to(*numbers: str) -> Callable[[str, int], Sequence[str]]:
    """A lookup that answers with these, each time."""
    return lambda _host, _port: list(numbers)


def send(address: str, **how: Any) -> Any:
    return post(address, b"{}", {"Content-Type": "application/json"}, **how)


def reason(address: str, **how: Any) -> str:
    with pytest.raises(NotReached) as refused:
        send(address, **how)
    return refused.value.code


@pytest.fixture
def near(settings: LazySettings) -> None:
    """The operator lets the house speak to this machine."""
    settings.OUTGOING_LOOPBACK = True


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_a_hostile_address_is_refused_before_anything_is_asked(address: str) -> None:
    def never(_host: str, _port: int) -> Sequence[str]:
        raise AssertionError

    with pytest.raises(InvalidInput):
        send(address, lookup=never)


@pytest.mark.parametrize(
    ("address", "there"),
    [
        (f"https://{NAME}", Destination("https", NAME, 443, "/")),
        (f"https://{NAME.upper()}./a/b?c=d#e", Destination("https", NAME, 443, "/a/b?c=d")),
        (f"https://{NAME}:8443/x", Destination("https", NAME, 8443, "/x")),
        (f"https://{NAME}:8080/x", Destination("https", NAME, 8080, "/x")),
        ("https://9.9.9.9/x", Destination("https", "9.9.9.9", 443, "/x")),
    ],
)
def test_a_good_address_is_read(address: str, there: Destination) -> None:
    assert destination(address) == there


@pytest.mark.parametrize("number", HIDDEN_NUMBERS)
def test_a_name_that_leads_to_a_hidden_machine_is_not_spoken_to(number: str) -> None:
    assert not is_public(ipaddress.ip_address(number))
    assert reason(f"https://{NAME}/", lookup=leading_to(number)) == "not-public"
    assert reason(f"https://{NAME}/", lookup=leading_to("9.9.9.9", number)) == "not-public"


@pytest.mark.parametrize("number", PUBLIC_NUMBERS)
def test_numbers_of_the_public_internet_are_public(number: str) -> None:
    assert is_public(ipaddress.ip_address(number))


def test_a_name_that_is_not_there_says_the_same_as_one_behind_our_door() -> None:
    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror

    sentences = set()
    for lookup in (unknown, leading_to(), leading_to("10.0.0.1")):
        with pytest.raises(NotReached) as refused:
            send(f"https://{NAME}/", lookup=lookup)
        sentences.add(str(refused.value))
    assert len(sentences) == 1


def test_a_name_that_leads_elsewhere_a_moment_later_gains_nothing(
    near: None, settings: LazySettings
) -> None:
    asked: list[str] = []

    def changing(_host: str, _port: int) -> Sequence[str]:
        asked.append("")
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    with receiving() as receiver:
        address = f"http://{NAME}:{receiver.port}/pad"
        assert send(address, lookup=changing).status == 200
        assert asked == [""]  # once: what was looked at is what was spoken to
        assert receiver.got[0].headers["Host"] == f"{NAME}:{receiver.port}"
        assert reason(address, lookup=changing) == "not-public"
    assert len(receiver.got) == 1


def test_without_the_setting_this_machine_is_not_spoken_to(settings: LazySettings) -> None:
    assert not settings.OUTGOING_LOOPBACK
    with receiving() as receiver:
        with pytest.raises(InvalidInput):
            send(receiver.address)
        assert reason(f"https://{NAME}:8000/", lookup=leading_to("127.0.0.1")) == "not-public"
    assert receiver.got == []


@pytest.mark.parametrize("number", ["10.0.0.1", "9.9.9.9", "169.254.169.254"])
def test_with_the_setting_http_goes_to_this_machine_and_nowhere_else(
    near: None, number: str
) -> None:
    assert reason(f"http://{NAME}:8000/", lookup=leading_to(number)) == "not-public"
    assert reason(f"https://{NAME}:22/", lookup=leading_to(number)) == "not-public"


class TestAnswers:
    def test_what_is_sent_arrives_and_what_is_answered_is_read(self, near: None) -> None:
        with receiving(status=418, body=b"Graag thee") as receiver:
            answer = send(receiver.address)
        assert (answer.status, answer.body) == (418, b"Graag thee")
        (got,) = receiver.got
        assert (got.body, got.headers["Content-Type"]) == (b"{}", "application/json")

    def test_nothing_is_followed(self, near: None) -> None:
        with receiving() as other, receiving(status=302, headers={"Location": other.address}) as it:
            assert send(it.address).status == 302
        assert other.got == []

    def test_an_answer_that_is_too_long_is_refused(self, near: None) -> None:
        with receiving(body=b"x" * LARGEST_ANSWER) as receiver:
            assert len(send(receiver.address).body) == LARGEST_ANSWER
        with receiving(body=b"x" * (LARGEST_ANSWER + 1)) as receiver:
            assert reason(receiver.address) == "answer-too-long"

    @pytest.mark.parametrize(
        "piece", [b"", b"H", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\nx"]
    )
    def test_who_answers_a_byte_at_a_time_is_cut_off(self, near: None, piece: bytes) -> None:
        with trickling(piece) as port:
            began = time.monotonic()
            assert reason(f"http://127.0.0.1:{port}/", patience=0.6) == "late"
            assert reason(f"https://127.0.0.1:{port}/", patience=0.6) in {"late", "unreachable"}
            assert time.monotonic() - began < 3

    def test_a_lookup_that_takes_long_is_not_waited_for(self) -> None:
        def slow(_host: str, _port: int) -> Sequence[str]:
            time.sleep(1)
            return ["9.9.9.9"]

        began = time.monotonic()
        assert reason(f"https://{NAME}/", lookup=slow, patience=0.2) == "late"
        assert time.monotonic() - began < 0.8

    def test_what_is_no_web_server_or_is_not_there_is_told_alike(self, near: None) -> None:
        with trickling(b"SSH-2.0-x\r\n", once=True) as port:
            assert reason(f"http://127.0.0.1:{port}/") == "unreachable"
        assert reason(f"http://127.0.0.1:{port}/") == "unreachable"


class TestCertificates:
    def test_a_pinned_machine_proves_its_name(self, near: None, tmp_path: Path) -> None:
        ours, trusted = certificate(tmp_path, NAME)
        with receiving(secured=ours) as receiver:
            address = f"https://{NAME}:{receiver.port}/pad"
            here = leading_to("127.0.0.1")
            assert send(address, lookup=here, trusted=trusted).status == 200
            assert receiver.got[0].headers["Host"] == f"{NAME}:{receiver.port}"
            other = f"https://ander.voorbeeld.example:{receiver.port}/pad"
            assert reason(other, lookup=here, trusted=trusted) == "certificate"
            assert reason(address, lookup=here) == "certificate"
        assert len(receiver.got) == 1


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server with this name shows, and what believes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "both.pem"
    file.write_bytes(pem + secret)
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(file)
    return shown, ssl.create_default_context(cadata=pem.decode())


@contextmanager
def trickling(piece: bytes, *, once: bool = False) -> Iterator[int]:
    """Something at a port that says `piece` over and over, slowly; or once, and is gone."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)

        def serve() -> None:
            while not over.is_set():
                try:
                    line, _who = server.accept()
                except TimeoutError:
                    continue
                with line:
                    speak(line)

        def speak(line: socket.socket) -> None:
            while not over.is_set():
                try:
                    line.sendall(piece)
                except OSError:
                    return
                if once:
                    return
                over.wait(0.05)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            thread.join()
