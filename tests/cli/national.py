"""`katalysator talent match` run in this process, on a nation of a few people."""

from pathlib import Path

from click.testing import CliRunner, Result

from katalysator.cli.talent.command import talent
from katalysator.engine.skills import pack
from tests.cli.allocating import Columns, save
from tests.talent.taxonomies import small_taxonomy

PEOPLE: Columns = {
    "id": ["Al", "Bo", "Cy", "Di"],
    "occupation": ["occupation/nurse", "occupation/carer", None, "occupation/analyst"],
    "skills": [None, [], ["skill/sql", "skill/python"], None],
    "region": ["NL321", "NL32", "", "NL31"],
    "level": [4, None, 6, 3],
    "hours": [32.0, None, None, 40.0],
}
OPENINGS: Columns = {
    "id": [1, 2, 3],
    "occupation": ["occupation/nurse", "occupation/programmer", "occupation/analyst"],
    "region": ["NL32", "NL", "NL31"],
    "seats": [1, 1, 2],
    "level": [4, None, 2],
}


def files(folder: Path, people: Columns = PEOPLE, openings: Columns = OPENINGS) -> tuple[Path, ...]:
    """People, openings, and the option with the taxonomy that their codes are of."""
    taxonomy = folder / "small.taxonomy"
    taxonomy.write_bytes(pack(small_taxonomy()))
    return save(folder / "p.parquet", people), save(folder / "o.parquet", openings), taxonomy


def run(people: Path, openings: Path, taxonomy: Path | None, *arguments: object) -> Result:
    """Run the command as a user whose environment says no language."""
    clean = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}
    codes = ["--taxonomy", taxonomy] if taxonomy else []
    asked = ["match", people, openings, *codes, *arguments]
    return CliRunner().invoke(talent, [str(each) for each in asked], env=clean)
