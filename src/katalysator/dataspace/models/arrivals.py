"""What arrived: data that we fetched under an agreement, kept in a file of our own."""

from datetime import timedelta
from typing import Final
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.dataspace.models.processes import Transfer

LONGEST_NAME: Final = 200
STALE: Final = timedelta(minutes=10)
"""After so long without a change nobody is fetching it any more, whatever its row says."""


class ArrivedData(models.Model):
    """The data of a transfer in a file of ours, by its `key`: how much of it is there, and whether more comes.

    `size` is what the other side said that it is, in bytes, and `source_key` the key of its source where that is of this
    house: what comes later is of the same only where these are. `problem` is why the last try did not bring all of it. `turn` goes up with
    each turn that begins: the one job that knows it may write.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        RUNNING = "running", _("Is being fetched")
        DONE = "done", _("Is here")
        STOPPED = "stopped", _("Stopped")

    transfer = models.OneToOneField(Transfer, on_delete=models.CASCADE, related_name="arrived")
    key = models.UUIDField(default=uuid4, editable=False, unique=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    source_key = models.UUIDField(null=True, blank=True, editable=False)
    received = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    turn = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name or str(self.transfer)

    @property
    def is_coming(self) -> bool:
        """Whether more of it is on its way, as far as can be seen: a worker may have died."""
        is_alive = self.changed_at > timezone.now() - STALE
        return self.state == self.State.WAITING or (self.state == self.State.RUNNING and is_alive)
