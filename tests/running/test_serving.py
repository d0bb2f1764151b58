"""What is looked at before anything is started."""

from pathlib import Path

import pytest

from katalysator.faults import KatalysatorError
from katalysator.running.serving import require_built


def test_a_checkout_whose_styles_were_not_built_is_told_how_to(tmp_path: Path) -> None:
    require_built(tmp_path)
    with pytest.raises(KatalysatorError, match="not built") as told:
        require_built(tmp_path / "vendor")
    assert "make demo" in told.value.hint
