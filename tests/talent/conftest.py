"""What the tests of talent share: a store of files of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where the files of evidence are kept in a test."""
    with override_settings(FILES=tmp_path):
        yield tmp_path
