"""What docs/running.md tells people to write is understood by the programs that read it."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import house
from tests.cli.process import katalysator

PAGE = (Path(__file__).parents[1] / "docs/running.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def checked(*words: object) -> str:
    """What a program says that checks a file; a machine without it skips the test."""
    if shutil.which(str(words[0])) is None:
        pytest.skip(f"there is no {words[0]} here")
    done = subprocess.run([*map(str, words)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_nginx_reads_what_is_written_for_it(tmp_path: Path) -> None:
    certificate = tmp_path / "fullchain.pem"
    key = tmp_path / "privkey.pem"
    checked(
        *(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=coalition.example",
        ),
        *("-keyout", key, "-out", certificate),
    )
    (site,) = blocks("nginx")
    site = site.replace("/etc/ssl/coalition", str(tmp_path)).replace(":80 ", ":8080 ")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off;\n{site}}}"
    )
    checked("nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf")


def test_caddy_reads_what_is_written_for_it(tmp_path: Path) -> None:
    (site,) = blocks("caddyfile")
    (tmp_path / "Caddyfile").write_text(site)
    said = checked(
        "caddy", "validate", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile"
    )
    assert "not formatted" not in said


def test_systemd_reads_what_is_written_for_it(tmp_path: Path) -> None:
    names = re.findall(r"/etc/systemd/system/(katalysator[-.a-z]+)`:", PAGE)
    assert len(names) == len(blocks("ini")) == 3
    for name, unit in zip(names, blocks("ini"), strict=True):
        program = "/opt/katalysator/bin/katalysator"
        (tmp_path / name).write_text(
            unit.replace(program, "/bin/true").replace("User=coalition", "User=root")
        )
    said = checked("systemd-analyze", "verify", *(tmp_path / name for name in names))
    assert not [line for line in said.splitlines() if str(tmp_path) in line or "nknown" in line]


@pytest.fixture
def database() -> Iterator[str]:
    """The name of a database that will be made by hand, with the endings of its two users."""
    name = house.named("by_hand")
    yield name
    with psycopg.connect(house.address("postgres"), autocommit=True) as administrator:
        administrator.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        for user in ("owner", "site"):
            administrator.execute(f'DROP ROLE IF EXISTS "{name}_{user}"'.encode())


def test_the_sql_makes_two_users_that_are_apart(database: str, tmp_path: Path) -> None:
    """Done as an administrator of a server; both are then used as the addresses below it say."""
    (written,) = blocks("sql")
    named = re.sub(r"coalition_(owner|site)", rf'"{database}_\1"', written)
    by_server, by_database = re.sub(r"DATABASE coalition\b", f'DATABASE "{database}"', named).split(
        "\\connect coalition\n"
    )
    for place, script in (("postgres", by_server), (database, by_database)):
        with psycopg.connect(house.address(place), autocommit=True) as administrator:
            for statement in script.splitlines():
                administrator.execute(statement.encode())
    owner = house.address(database, user=f"{database}_owner", password="long-and-random-1")
    site = house.address(database, user=f"{database}_site", password="long-and-random-2")
    both = {"DATABASE_OWNER_URL": owner, "DATABASE_URL": site}
    done = katalysator("register", "lab", "Lab", env=both, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    told = katalysator("doctor", "--json", env={"DATABASE_URL": site}, folder=tmp_path)
    assert (told.returncode, '"wrong"' in told.stdout) == (0, False), told.stdout
