"""`katalysator dataspace`: what each of its commands takes; what it does is loaded when it is asked for."""

from typing import Any

import click

from katalysator.cli import options
from katalysator.cli.dataspace.telling import DataspaceOutcome, organisation, told, waits
from katalysator.cli.exchange.showing import limit


@click.group()
def dataspace() -> None:
    """Share data of an organisation, and get that of others, over the Dataspace Protocol.

    \b
    To share:  katalysator dataspace open my-org
               katalysator dataspace publish data.csv --title "My data" --contact-name Desk
                   --contact-email desk@my-org.example --text "What is in it." --terms members --automatic
    To get:    katalysator dataspace catalog their-org
               katalysator dataspace negotiate their-org DATASET --purpose research --wait
               katalysator dataspace fetch AGREEMENT --out data.csv --wait
               katalysator dataspace bring AGREEMENT s3://bucket/data.csv --secret store.json
    """


@dataspace.command("open")
@told
@click.argument("slug", metavar="ORGANISATION")
def open_(slug: str) -> DataspaceOutcome:
    """Let ORGANISATION take part in the data space, with a connector of its own."""
    from katalysator.cli.dataspace import sharing

    return sharing.opened(slug)


@dataspace.command()
@told
@click.argument("data", metavar="FILE")
@click.option("--title", default="", help="What it is called; needed for a new dataset.")
@click.option("--text", default="", help="What is in it.")
@click.option("--contact-name", default="", help="Who answers questions: a desk, not a person.")
@click.option("--contact-email", default="", help="The address of that desk.")
@click.option("--area", "areas", multiple=True, help="An area of the coalition. Repeatable.")
@click.option("--theme", default="TECH", show_default=True, help="Theme of data.europa.eu.")
@click.option(
    "--terms",
    default="open",
    show_default=True,
    metavar="open|members|FILE",
    help="For everybody, for participants of this coalition, or rules of ODRL in a JSON file.",
)
@click.option(
    "--automatic", is_flag=True, help="Who surely meets the terms gets it without anybody deciding."
)
@click.option("--personal", is_flag=True, help="It is about people who can be known from it.")
@click.option(
    "--secret",
    type=options.FILE,
    help="A JSON file with what an address wants to hear: name and value of a header, or endpoint, "
    "region, key and secret of a store.",
)
@click.option("--dataset", default="", help="Give another version of this dataset instead.")
@click.option("--notes", default="", help="What changed in that version.")
@organisation
def publish(**given: Any) -> DataspaceOutcome:
    """Share FILE: a file, or an address that begins with https:// or s3://, where the data stays.

    All of it is done or nothing: the record, the data, the terms, and that others see it.
    """
    from katalysator.cli.dataspace import sharing

    return sharing.published(sharing.PublishRequest(**given))


@dataspace.command()
@told
@click.argument("partner", required=False, default="")
@click.option("--page", type=options.whole(1), default=1, show_default=True, help="Which page.")
@organisation
def catalog(partner: str, page: int, slug: str) -> DataspaceOutcome:
    """Show what PARTNER shares with you; without PARTNER, whom you can ask.

    PARTNER is an organisation of this coalition, by its name in addresses, or the id of one elsewhere.
    """
    from katalysator.cli.dataspace import asking

    return asking.catalogue(slug, partner, page)


@dataspace.command()
@told
@click.argument("partner")
@click.argument("dataset")
@click.option("--offer", default="", help="Which of its offers; left out where there is one.")
@click.option("--purpose", multiple=True, help="What you want it for. Repeatable.")
@click.option("--results", multiple=True, help="What you do with results. Repeatable.")
@waits
@organisation
def negotiate(**given: Any) -> DataspaceOutcome:
    """Ask PARTNER for DATASET, on the terms that it offers. Says the agreement when there is one."""
    from katalysator.cli.dataspace import asking

    return asking.negotiated(asking.NegotiateRequest(**given))


@dataspace.command()
@told
@click.argument("agreement")
@click.option("--out", required=True, type=options.TARGET, help="File to write.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@waits
@organisation
def fetch(**given: Any) -> DataspaceOutcome:
    """Fetch the data of AGREEMENT into a file, whole or not at all."""
    from katalysator.cli.dataspace import fetching

    return fetching.fetched(fetching.FetchRequest(**given))


@dataspace.command()
@told
@click.argument("agreement")
@click.argument("address")
@click.option(
    "--secret",
    type=options.FILE,
    help="A JSON file with what the address wants to hear: authorization, authType and method, or "
    "endpoint, region, key and secret of a store.",
)
@waits
@organisation
def bring(**given: Any) -> DataspaceOutcome:
    """Have the data of AGREEMENT brought to ADDRESS, which begins with https:// or s3://.

    Who has the data brings it, and tries again where nobody takes it.
    """
    from katalysator.cli.dataspace import bringing

    return bringing.brought(bringing.BringRequest(**given))


@dataspace.command()
@told
@click.argument("pid", required=False, default="")
@limit
@organisation
def status(pid: str, limit: int, slug: str) -> DataspaceOutcome:
    """List negotiations and transfers, the newest first; of PID alone, every step."""
    from katalysator.cli.dataspace import standing

    return standing.process(slug, pid) if pid else standing.processes(slug, limit)


@dataspace.command()
@told
@limit
@organisation
def agreements(limit: int, slug: str) -> DataspaceOutcome:
    """List agreements, the newest first."""
    from katalysator.cli.dataspace import standing

    return standing.agreements(slug, limit)


@dataspace.command()
@told
@click.argument("agreement", required=False, default="")
@click.option("--decisions", is_flag=True, help="What terms answered, instead of uses.")
@limit
@organisation
def log(agreement: str, decisions: bool, limit: int, slug: str) -> DataspaceOutcome:
    """List uses of data, the newest first: of AGREEMENT, or of all that you share."""
    from katalysator.cli.dataspace import standing

    if decisions:
        return standing.decisions(slug, agreement, limit)
    return standing.uses(slug, agreement, limit)
