"""No module needs itself: not through others, and not by an import inside a function.

Imports for types only do not count: they run nothing. The order of the rooms is for `make check`.
"""

import grimp
import pytest


def circles(graph: grimp.ImportGraph) -> set[str]:
    """The shortest circle through every module that is in one, told from its first in the alphabet."""
    found = set()
    for module in sorted(graph.modules):
        ways = [
            graph.find_shortest_chain(importer=imported, imported=module)
            for imported in graph.find_modules_directly_imported_by(module)
        ]
        if shortest := min(filter(None, ways), key=len, default=None):
            first = shortest.index(min(shortest))
            found.add(" → ".join((*shortest[first:], *shortest[:first], shortest[first])))
    return found


@pytest.fixture
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("katalysator", cache_dir=None, exclude_type_checking_imports=True)


def test_no_import_runs_in_a_circle(graph: grimp.ImportGraph) -> None:
    assert circles(graph) == set()


def test_a_circle_is_found_however_late_its_import_runs(graph: grimp.ImportGraph) -> None:
    one, other = "katalysator.running.house", "katalysator.running.serving"
    assert not graph.direct_import_exists(importer=one, imported=other)
    before = circles(graph)
    graph.add_import(importer=one, imported=other)
    assert circles(graph) - before == {f"{one} → {other} → {one}"}


def test_imports_inside_functions_are_seen(graph: grimp.ImportGraph) -> None:
    one, other = "katalysator.cli.serving", "katalysator.site.demo.logins"
    assert graph.direct_import_exists(importer=one, imported=other)
