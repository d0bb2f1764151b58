"""The examples in the engine's docstrings run, and say what they say."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import katalysator.engine

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(katalysator.engine.__path__, "katalysator.engine.")
)


def examples(name: str) -> list[doctest.DocTest]:
    return [found for found in doctest.DocTestFinder().find(import_module(name)) if found.examples]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for example in examples(name):
        runner.run(example)
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize(
    "name",
    ["allocation.solver", "allocation.stable", "allocation.equilibrium", "retrieval.index"],
)
def test_the_main_functions_have_an_example(name: str) -> None:
    assert examples(f"katalysator.engine.matching.{name}")
