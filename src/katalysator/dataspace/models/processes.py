"""Negotiations, agreements and transfers: what both sides know of them, and every message that went to and fro."""

from typing import Any, ClassVar, Final, Literal, TypeVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.core.sealing import SealedJSON
from katalysator.dataspace.models.connectors import LONGEST_ID, Connector
from katalysator.dataspace.models.datasets import Dataset
from katalysator.dataspace.protocol.machines import (
    BEGUN,
    NEGOTIATION,
    TRANSFER,
    ProtocolMachine,
    ProtocolRole,
)
from katalysator.dataspace.queries import AgreementQuerySet, ProcessQuerySet
from katalysator.faults import gettext_noop as _

_ENDED: Final = _("the agreement has ended")
_UNSIGNED: Final = _("the agreement is not signed by both yet")
_NO_DATASET: Final = _("the dataset is not there any more")
ROLES: Final = [(role.value, role.value) for role in ProtocolRole]


def new_pid() -> str:
    """What we call a process, as the protocol wants it: an address that nothing else has."""
    return f"urn:uuid:{uuid4()}"


class ProtocolProcess(models.Model):
    """Our side of a process; the other side has one of its own, in the same state once it has taken what we said.

    `outbox` is the message that we are sending: `message`, `target` (the state it leads to) and `body`. The state is that
    from before until it arrives. `heard` is the last message of the other side. Both may hold what opens data, and are kept
    sealed. Both pids name the process; `pid` is ours.
    """

    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=ROLES)
    provider_pid = models.CharField(max_length=LONGEST_ID, blank=True)
    consumer_pid = models.CharField(max_length=LONGEST_ID, blank=True)
    partner_id = models.CharField(max_length=LONGEST_ID)
    partner_address = models.CharField(max_length=LONGEST_ADDRESS)
    state = models.CharField(max_length=10, default=BEGUN)
    outbox: Any = SealedJSON(null=True, blank=True)
    heard: Any = SealedJSON(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    kind: ClassVar[Literal["negotiation", "transfer"]]
    machine: ClassVar[ProtocolMachine]

    class Meta:
        abstract = True
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pid}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse(self.kind, args=[self.pk])

    @property
    def side(self) -> ProtocolRole:
        """Which role we have in it."""
        return ProtocolRole(self.role)

    @property
    def pid(self) -> str:
        """What we call it."""
        return self.provider_pid if self.side is ProtocolRole.PROVIDER else self.consumer_pid

    @property
    def partner_pid(self) -> str:
        """What the other side calls it; empty until it has said so."""
        return self.consumer_pid if self.side is ProtocolRole.PROVIDER else self.provider_pid

    @property
    def is_over(self) -> bool:
        """Whether nothing can be said in it any more."""
        return self.state in self.machine.ended

    @property
    def is_waiting(self) -> bool:
        """Whether somebody of ours has to decide, or to look why something does not arrive."""
        if self.outbox is not None:
            return self.next_at is None
        return self.state in self.machine.turns(self.side)


def _pids_once(name: str) -> list[models.BaseConstraint]:
    """Each side has given a process one name, and a partner has named it once."""
    return [
        models.UniqueConstraint(
            fields=[pid, *more],
            condition=Q(role=role) & ~Q(**{pid: ""}),
            name=f"{name}_{role}_{'other' if more else 'own'}_pid",
        )
        for role, own, other in (
            ("provider", "provider_pid", "consumer_pid"),
            ("consumer", "consumer_pid", "provider_pid"),
        )
        for pid, more in ((own, ()), (other, ("connector", "partner_id")))
    ]


class Negotiation(ProtocolProcess):
    """The way to a contract about a dataset; `offer` is what is on the table: its key, target and terms.

    `declared` is what the consumer says of itself when it asks: for which purposes, and what it does with results. It
    may be about an agreement that takes the place of one from before.
    `title` is what its dataset was called in the catalogue where the consumer found it.
    """

    kind = "negotiation"
    machine = NEGOTIATION
    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="negotiations")
    offer: Any = models.JSONField()
    declared: Any = models.JSONField(default=dict, blank=True)
    renews = models.ForeignKey(
        "Agreement", on_delete=models.SET_NULL, null=True, blank=True, related_name="renewals"
    )
    title = models.CharField(max_length=200, blank=True)

    objects: ClassVar = ProcessQuerySet.as_manager()

    class Meta(ProtocolProcess.Meta):
        constraints = _pids_once("negotiation")

    @property
    def dataset_key(self) -> str:
        """What it is about."""
        return str(self.offer["target"])


class Agreement(models.Model):
    """What two participants agreed on, as each of them keeps it; it counts once its negotiation is final.

    `policy` is the whole agreement as it went over the wire; by its terms it `ends_at` some day, of which its people are
    told before. One that `ended_at` some moment gives no right any more.
    """

    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="agreements")
    negotiation = models.OneToOneField(
        Negotiation, on_delete=models.CASCADE, related_name="agreement"
    )
    key = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=8, choices=ROLES)
    partner_id = models.CharField(max_length=LONGEST_ID)
    dataset_key = models.CharField(max_length=LONGEST_ID)
    policy: Any = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True, db_index=True)
    end_told_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)

    objects: ClassVar = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["connector", "role", "key"], name="an_agreement_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def dataset(self) -> Dataset | None:
        """The dataset that it is about, where it is ours and still there."""
        return Dataset.objects.filter(connector=self.connector, key=self.dataset_key).first()

    def formats(self) -> list[str]:
        """How its dataset can be had."""
        found = self.dataset
        return list(found.formats) if found else []

    @property
    def waits_for_signatures(self) -> bool:
        """Whether both have to sign its text first, and have not. Cost: two queries at most."""
        text = getattr(self, "text", None)
        return text is not None and text.must_be_signed and text.signatures.count() < len(ROLES)

    def why_not(self) -> str:
        """Why it gives no right to data now, as the other side is told it, in English; empty where it does."""
        if self.ended_at is not None and self.ended_at <= timezone.now():
            return _ENDED
        if self.waits_for_signatures:
            return _UNSIGNED
        return "" if self.dataset is not None else _NO_DATASET


class Transfer(ProtocolProcess):
    """Data on its way under an agreement; `data_address` says where it is fetched, or brought to, and what opens that."""

    kind = "transfer"
    machine = TRANSFER
    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="transfers")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="transfers")
    format = models.CharField(max_length=120)
    data_address: Any = SealedJSON(null=True, blank=True)

    objects: ClassVar = ProcessQuerySet.as_manager()

    class Meta(ProtocolProcess.Meta):
        constraints = _pids_once("transfer")


ProcessT = TypeVar("ProcessT", Negotiation, Transfer)


class ProtocolExchange(models.Model):
    """One message that went to or fro, or was tried to: what it was, what came back, and what it changed.

    It never changes.
    """

    negotiation = models.ForeignKey(
        Negotiation, on_delete=models.CASCADE, null=True, blank=True, related_name="exchanges"
    )
    transfer = models.ForeignKey(
        Transfer, on_delete=models.CASCADE, null=True, blank=True, related_name="exchanges"
    )
    is_ours = models.BooleanField()
    message = models.CharField(max_length=20)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=500, blank=True)
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(negotiation__isnull=True) ^ Q(transfer__isnull=True),
                name="an_exchange_is_of_one_process",
            )
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.before} → {self.after}"
