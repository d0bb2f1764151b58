"""No homonyms: a class, and a name for a type, exists once in the whole house."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import katalysator

HOUSE = Path(katalysator.__file__).parent
DJANGO = ("Migration", "Meta")
"""What Django wants by this name in every app; and the configuration of each, by its ending."""


def names(module: ast.Module) -> Iterator[str]:
    for statement in module.body:
        if isinstance(statement, ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from (
                each.id for each in targets if isinstance(each, ast.Name) and is_type(each.id)
            )


def is_type(name: str) -> bool:
    return name[0].isupper() and not name.isupper()


def homonyms(house: Path) -> dict[str, list[str]]:
    found = defaultdict(list)
    for file in sorted(house.rglob("*.py")):
        for name in names(ast.parse(file.read_text("utf-8"))):
            if name not in DJANGO and not name.endswith("Config"):
                found[name].append(str(file.relative_to(house)))
    return {name: files for name, files in found.items() if len(files) > 1}


def test_every_class_has_a_name_of_its_own() -> None:
    assert homonyms(HOUSE) == {}


def test_a_homonym_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("class Market: ...\nclass Meta: ...\nROOM = 1")
    (tmp_path / "two.py").write_text("Market = list[int]\nclass Meta: ...\nROOM = 2")
    assert homonyms(tmp_path) == {"Market": ["one.py", "two.py"]}
