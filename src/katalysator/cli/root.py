"""The root of the command: its groups, the language it speaks, and how every error is told."""

import gc
import gettext
import os
from typing import Any, Final

import click

from katalysator import __version__
from katalysator.cli.answering import answering
from katalysator.cli.audit.command import audit
from katalysator.cli.coalition import admit, erase, register
from katalysator.cli.concepts.command import concepts
from katalysator.cli.database import database
from katalysator.cli.dataspace.command import dataspace
from katalysator.cli.doctor import doctor
from katalysator.cli.exchange.gaps import gaps
from katalysator.cli.exchange.introductions import introductions
from katalysator.cli.exchange.listings import listings
from katalysator.cli.exchange.meeting import meeting
from katalysator.cli.exchange.rounds import rounds
from katalysator.cli.exchange.search import search
from katalysator.cli.exchange.searches import searches
from katalysator.cli.exchange.talks import talks
from katalysator.cli.exchange.webhooks import webhooks
from katalysator.cli.exporting import export
from katalysator.cli.founding import init
from katalysator.cli.importing import import_
from katalysator.cli.mail import mail
from katalysator.cli.models import models
from katalysator.cli.offline import allocate, learn, match
from katalysator.cli.serving import demo, manage, serve, worker
from katalysator.cli.talent.command import talent
from katalysator.core import language

_NEW_OBJECTS: Final = 50_000
"""Those after which Python looks for rings that fell away. With its 700 that is a quarter of the time of a
start, in which nothing falls away."""


class Katalysator(click.Group):
    """What went wrong is told in a sentence of the user's language, never as a traceback."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run the command. Click too finds its words in our catalogue: it asks gettext for them."""
        gettext.textdomain("django")
        gettext.bindtextdomain("django", language.LOCALE)
        with answering(None):
            return super().main(*arguments, **settings)


@click.group(cls=Katalysator, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="katalysator")
def cli() -> None:
    """Run an AI coalition: bring needs and offers together, and say why they fit.

    \b
    Without any set-up:      katalysator match needs.csv offers.csv --out matches.xlsx
    With scores of your own: katalysator allocate edges.parquet --out result.parquet
    The example coalition:   katalysator demo
    Your own coalition:      katalysator serve, after
                             katalysator init
                             katalysator register my-org "My organisation"
                             katalysator admit me@my-org.example --coordinator --organisation my-org
    A coalition that runs:   katalysator search robots, with KATALYSATOR_URL and KATALYSATOR_TOKEN
    """


_SERVICE = (
    init,
    demo,
    serve,
    worker,
    register,
    admit,
    erase,
    import_,
    export,
    database,
    doctor,
    models,
    audit,
    mail,
    manage,
)
_EXCHANGE = (search, searches, listings, introductions, meeting, rounds, talks, gaps, webhooks)
for command in (match, learn, allocate, talent, concepts, dataspace, *_EXCHANGE, *_SERVICE):
    cli.add_command(command)


def main() -> None:
    """Run the command in the language of LC_ALL, LC_MESSAGES or LANG, click's words included."""
    gc.set_threshold(_NEW_OBJECTS)
    os.environ.pop("LANGUAGE", None)  # gettext would go by it first
    cli(prog_name="katalysator")
