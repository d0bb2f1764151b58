"""Room, rights, clocks and mail: each fault is made, and told with what mends it."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from katalysator.faults import KatalysatorError
from katalysator.running.examination import machine, mail

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def codes(problems: Iterable[KatalysatorError]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.fixture
def tiny_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of a megabyte, with the data folder on it."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place))
    if (
        sys.platform != "linux"
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("this user or system cannot make a small disk")
    monkeypatch.setenv("KATALYSATOR_DATA", str(place / "data"))
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_disk_that_is_nearly_full(tiny_disk: Path) -> None:
    (told,) = machine.disk()
    assert told.code == "disk-full"
    assert f"The disk of {tiny_disk / 'data'} is nearly full: 1 MB are free." in str(told)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KATALYSATOR_DATA", str(tmp_path / "data"))
    (tmp_path / "data" / "mail").mkdir(mode=0o700, parents=True)
    (tmp_path / "data").chmod(0o700)
    return tmp_path / "data"


def test_a_folder_of_ours_alone(data: Path) -> None:
    assert codes(machine.folder()) == []


@pytest.mark.parametrize(("name", "mode"), [("", 0o750), ("", 0o701), ("mail", 0o755)])
def test_a_folder_that_others_may_enter(data: Path, name: str, mode: int) -> None:
    (data / name).chmod(mode)
    (told,) = machine.folder()
    assert told.code == "folder-open"
    assert f"chmod -R go= {data}" in str(told)


def test_a_file_that_others_may_read(data: Path) -> None:
    (data / "secret-key").write_text("x")
    (data / "secret-key").chmod(0o640)
    assert codes(machine.folder()) == ["folder-open"]


@pytest.mark.django_db
def test_clocks_that_are_apart() -> None:
    assert codes(machine.clock()) == []
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        (told,) = machine.clock()
    assert told.code == "clock-off"
    assert "300 seconds apart" in str(told)


def test_a_clock_that_nothing_keeps_right() -> None:
    """That a system says so cannot be made without changing its clock; that ours is asked can."""
    assert codes(machine.judged(5)) == ["clock-alone"]
    assert [codes(machine.judged(state)) for state in (-1, 0)] == [[], []]
    assert set(codes(machine.synchronised())) <= {"clock-alone"}


@contextmanager
def mail_server(greeting: bytes, *answers: bytes) -> Iterator[int]:
    """A server that greets one visitor and answers what it says, whatever that is."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            visitor, _address = listening.accept()
            with visitor:
                visitor.sendall(greeting)
                for answer in answers:
                    visitor.recv(1000)
                    visitor.sendall(answer)
                visitor.recv(1000)

        serving = threading.Thread(target=serve)
        serving.start()
        yield int(listening.getsockname()[1])
        serving.join()


def told_of(port: int) -> str:
    own = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}
    with override_settings(**own, EMAIL_USE_TLS=True):
        (told,) = mail.sending(patience=0.2)
    assert told.code == "mail-refused"
    return str(told)


def test_a_mail_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert f"127.0.0.1:{port} cannot be used: [Errno 111] Connection refused." in told_of(port)


def test_a_mail_server_that_says_nothing() -> None:
    with mail_server(b"") as port:
        assert "timed out" in told_of(port)


def test_a_mail_server_without_encryption() -> None:
    hello, bye = b"250-mail.example\r\n250 SIZE 1000\r\n", b"221 bye\r\n"
    with mail_server(b"220 mail.example\r\n", hello, bye) as port:
        assert "STARTTLS" in told_of(port)


@pytest.mark.parametrize(
    ("host", "told"), [("localhost", []), ("coalition.example", ["mail-kept"])]
)
def test_mails_that_are_kept_in_a_folder(host: str, told: list[str]) -> None:
    with override_settings(
        ALLOWED_HOSTS=[host], EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend"
    ):
        assert codes(mail.sending()) == told
