"""The data folder is closed to others, at every start; what is not ours in it is left."""

from pathlib import Path

import pytest

from katalysator.running.data_folder import keep_private, open_to_others


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as versions of before left it, with something of somebody else."""
    made = tmp_path / "data"
    for name in ("mail", "theirs"):
        (made / name).mkdir(parents=True)
        (made / name / "file").touch(0o644)
        (made / name).chmod(0o755)
    (made / "secret-key").touch(0o640)
    made.chmod(0o755)
    return made


def modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_mode & 0o777
        for path in (folder, *folder.rglob("*"))
    }


def test_it_is_closed_with_all_that_is_ours(folder: Path) -> None:
    keep_private(folder)
    assert modes(folder) == {
        ".": 0o700,
        "mail": 0o700,
        "mail/file": 0o600,
        "secret-key": 0o600,
        "static": 0o700,
        "theirs": 0o755,
        "theirs/file": 0o644,
    }
    assert list(open_to_others(folder)) == []


def test_what_is_open_is_told(folder: Path) -> None:
    assert {str(path.relative_to(folder)) for path in open_to_others(folder)} == {
        ".",
        "mail",
        "mail/file",
        "secret-key",
    }


def test_what_lies_in_a_closed_folder_is_not_open(folder: Path) -> None:
    keep_private(folder)
    (folder / "static" / "style.css").touch(0o644)
    assert list(open_to_others(folder)) == []


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").touch(0o644)
    (folder / "mail" / "link").symlink_to(tmp_path / "elsewhere")
    keep_private(folder)
    assert (tmp_path / "elsewhere").stat().st_mode & 0o777 == 0o644
