"""`katalysator doctor`: what is wrong, and how to mend it."""

import json
import sys
from collections.abc import Iterator
from typing import Final

import click

from katalysator.cli import options
from katalysator.cli.answering import answering
from katalysator.core.language import say, translate
from katalysator.faults import gettext_noop as _
from katalysator.running.examination.findings import Finding

_STATES: Final = {
    "well": _("well"),
    "wrong": _("WRONG"),
    "advice": _("advice"),
    "unseen": _("not seen"),
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@options.language
def doctor(as_json: bool, language: str | None) -> None:
    """Say what is wrong with this site and its machine, and how to mend it.

    Ends with 0 where all is well, advice or not, and with 1 where something is wrong. What cannot be
    seen because something else is wrong is called so. Nothing is changed, but that rights which
    others have on the data folder are told and then taken back, as at each start.
    """
    with answering(language):
        from katalysator.running.examination.checks import examined

        found = examined()
        for line in [_object(found)] if as_json else _lines(found):
            click.echo(line)
    sys.exit(1 if _wrong(found) else 0)


def _wrong(found: list[Finding]) -> int:
    return sum(each.state == "wrong" for each in found)


def _lines(found: list[Finding]) -> Iterator[str]:
    width = max(len(translate(state)) for state in _STATES.values())
    for finding in found:
        yield f"{translate(_STATES[finding.state]).ljust(width)}  {translate(finding.check.title)}"
        for problem in finding.problems or ():
            yield f"{'':{width}}  → {problem}"
    yield ""
    if wrong := _wrong(found):
        yield say("Wrong: %(wrong)s.", wrong=wrong)
    else:
        yield translate("Nothing is wrong.")


def _object(found: list[Finding]) -> str:
    checks = [
        {
            "check": finding.check.name,
            "state": finding.state,
            "problems": [
                {"code": problem.code, "text": str(problem)} for problem in finding.problems or ()
            ],
        }
        for finding in found
    ]
    return json.dumps({"well": not _wrong(found), "checks": checks}, ensure_ascii=False, indent=1)
