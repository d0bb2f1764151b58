"""Background work of the kernel, every night: heads of the audit trail are kept elsewhere, old jobs are forgotten."""

from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from katalysator.core.heads import Heads, as_text, heads, shown
from katalysator.core.jobs import LONG, RETRY, SHORT, SOON

_AT_NIGHT = "45 3 * * *"
_KEPT_HOURS = 30 * 24


@app.periodic(cron=_AT_NIGHT)
@app.task(name="core.keep_heads", queue=SHORT, queueing_lock="keep-heads", retry=RETRY)
def keep_heads(timestamp: int) -> None:  # noqa: ARG001 — the scheduler gives it
    """Keep the heads where the settings say; nowhere where they say nothing."""
    folder, address = settings.AUDIT_HEADS, settings.AUDIT_MAIL
    kept = heads() if folder or address else None
    if kept and folder:
        write(kept, Path(folder).expanduser())
    if kept and address:
        send(kept, address)


@app.periodic(cron=_AT_NIGHT)
@app.task(
    name="core.forget_jobs", queue=LONG, priority=SOON, queueing_lock="forget-jobs", retry=RETRY
)
async def forget_jobs(timestamp: int) -> None:  # noqa: ARG001 — the scheduler gives it
    """Throw away jobs that were done a month ago; those that failed stay, for who asks why."""
    await app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS)


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
