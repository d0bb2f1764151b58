"""The root of the command: its groups, and how every error is told."""

import sys

import click

from katalysator import __version__
from katalysator.cli.allocate.command import allocate
from katalysator.cli.answering import language_of
from katalysator.cli.audit.command import audit
from katalysator.cli.coalition import admit, erase, register
from katalysator.cli.database import database
from katalysator.cli.learn.command import learn
from katalysator.cli.match.command import match
from katalysator.cli.serving import demo, manage, serve, worker
from katalysator.core.language import speaking
from katalysator.faults import KatalysatorError
from katalysator.postgres import PostgresError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="katalysator")
def cli() -> None:
    """Run an AI coalition: bring needs and offers together, and say why they fit.

    \b
    Without any set-up:      katalysator match needs.csv offers.csv --out matches.xlsx
    With scores of your own: katalysator allocate edges.parquet --out result.parquet
    The example coalition:   katalysator demo
    Your own coalition:      katalysator serve, after
                             katalysator register my-org "My organisation"
                             katalysator admit me@my-org.example --coordinator --organisation my-org
    """


for command in (
    match,
    learn,
    allocate,
    demo,
    serve,
    worker,
    register,
    admit,
    erase,
    database,
    audit,
    manage,
):
    cli.add_command(command)


def main() -> None:
    """Run the command. What went wrong is told in a sentence, never as a traceback."""
    with speaking(language_of()):
        try:
            cli(prog_name="katalysator")
        except (KatalysatorError, PostgresError) as error:
            click.echo(f"katalysator: {error}", err=True)
            sys.exit(1)
