"""The servers that the tests talk to: real ones, each in a folder of its own."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from katalysator import postgres


@pytest.fixture
def place() -> Iterator[Path]:
    """A short path to an empty folder that every account may enter."""
    made = Path(tempfile.mkdtemp(prefix="pg-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="package")
def folder() -> Iterator[Path]:
    """A data folder that the tests have in common, each leaving it stopped."""
    top = Path(tempfile.mkdtemp(prefix="pg-"))
    top.chmod(0o755)
    with postgres.running(top / "data") as server:
        server.ensure("kept")
        with psycopg.connect(server.url("kept")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    yield top / "data"
    postgres.remove(top / "data")
    top.rmdir()


@pytest.fixture
def moved(folder: Path, place: Path) -> Iterator[Callable[[str], Path]]:
    """Lends that data folder under another name in `place`."""
    targets: list[Path] = []

    def move(name: str) -> Path:
        targets.append(folder.rename(place / name))
        return place / name

    yield move
    for target in targets:
        target.rename(folder)


@pytest.fixture(scope="package")
def top() -> Iterator[Path]:
    """A short path to a folder that every account may enter."""
    made = Path(tempfile.mkdtemp(prefix="pg-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="package")
def server(top: Path) -> Iterator[postgres.Server]:
    """The running server of `top / "data"`."""
    with postgres.running(top / "data") as started:
        yield started


@pytest.fixture(scope="package")
def url(server: postgres.Server) -> str:
    """A database with needs, vectors and a fuzzy index; every test leaves it like that."""
    made = server.ensure("needs")
    with psycopg.connect(made) as connection:
        connection.execute(
            "CREATE TABLE need (id int PRIMARY KEY, title text, meaning vector(2));"
            "INSERT INTO need SELECT n, 'coöperatie ' || md5(n::text), ARRAY[n, -n]::vector"
            " FROM generate_series(1, 1000) AS n;"
            "CREATE INDEX ON need USING gin (title gin_trgm_ops);"
            "CREATE INDEX ON need USING hnsw (meaning vector_l2_ops)"
        )
    return made


@pytest.fixture
def whole(url: str, tmp_path: Path) -> Path:
    """A dump of the database."""
    postgres.dump(url, tmp_path / "whole.dump")
    return tmp_path / "whole.dump"
