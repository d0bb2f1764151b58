"""The building blocks stand apart from the models, and so do the markets that are made of them."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module", ["coalition.blocks", "listings.market", "listings.markets", "talent.markets"]
)
def test_a_market_is_declared_without_models_or_settings(module: str) -> None:
    code = (
        f"import katalysator.{module}, sys; sys.exit('katalysator.coalition.models' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})
