"""The tables of the data space."""

from katalysator.dataspace.models.agreement_texts import (
    AgreementSignature,
    AgreementTemplate,
    AgreementText,
)
from katalysator.dataspace.models.arrivals import ArrivedData
from katalysator.dataspace.models.canvas import SharingCanvas
from katalysator.dataspace.models.connectors import Connector, HeardToken, Partner
from katalysator.dataspace.models.datasets import Dataset, DatasetOffer, DatasetVersion
from katalysator.dataspace.models.decisions import PolicyDecision
from katalysator.dataspace.models.harvest import FoundDataset, HarvestedPage, HarvestSource
from katalysator.dataspace.models.processes import (
    Agreement,
    Negotiation,
    ProtocolExchange,
    ProtocolProcess,
    Transfer,
)
from katalysator.dataspace.models.sources import DataSource, DataUse

__all__ = [
    "Agreement",
    "AgreementSignature",
    "AgreementTemplate",
    "AgreementText",
    "ArrivedData",
    "Connector",
    "DataSource",
    "DataUse",
    "Dataset",
    "DatasetOffer",
    "DatasetVersion",
    "FoundDataset",
    "HarvestSource",
    "HarvestedPage",
    "HeardToken",
    "Negotiation",
    "Partner",
    "PolicyDecision",
    "ProtocolExchange",
    "ProtocolProcess",
    "SharingCanvas",
    "Transfer",
]
