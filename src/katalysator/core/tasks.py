"""Background work of the kernel: heads of the audit trail are kept elsewhere every night."""

from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from katalysator.core.heads import Heads, as_text, heads, shown

_AT_NIGHT = "45 3 * * *"


@app.periodic(cron=_AT_NIGHT)
@app.task(name="core.keep_heads", queueing_lock="keep-heads", retry=3)
def keep_heads(timestamp: int) -> None:  # noqa: ARG001 — the scheduler gives it
    """Keep the heads where the settings say; nowhere where they say nothing."""
    folder, address = settings.AUDIT_HEADS, settings.AUDIT_MAIL
    kept = heads() if folder or address else None
    if kept and folder:
        write(kept, Path(folder).expanduser())
    if kept and address:
        send(kept, address)


def write(kept: Heads, folder: Path) -> Path:
    """Write the heads to a new file in a folder that must be there; nothing is written over."""
    unfinished = folder / f".{name(kept)}.unfinished"
    try:
        unfinished.write_text(as_text(kept), "utf-8")
        return unfinished.rename(folder / name(kept))
    finally:
        unfinished.unlink(missing_ok=True)


def send(kept: Heads, address: str) -> None:
    """Send the heads to an address, as an attachment."""
    message = EmailMessage(
        _("Heads of the audit trail, %(at)s") % {"at": shown(kept.at)},
        _(
            "Keep this mail. `katalysator audit verify --head FILE` checks the trail against the"
            " file that comes with it, and shows what was cut off or written anew after this time."
        ),
        to=[address],
    )
    message.attach(name(kept), as_text(kept), "application/json")
    message.send()


def name(kept: Heads) -> str:
    """The name of the file: in the order of time, and no other's."""
    return f"audit-heads-{kept.at:%Y%m%dT%H%M%S%fZ}.json"
