"""What this room shows on pages of others: that of each part."""

from katalysator.dataspace.agreements import panels as of_agreements
from katalysator.dataspace.catalogues import panels as of_catalogues
from katalysator.dataspace.connectors import panels as of_connectors
from katalysator.dataspace.datasets import panels as of_datasets
from katalysator.dataspace.harvest import panels as of_harvest
from katalysator.dataspace.processes import panels as of_processes

__all__ = (
    "of_agreements",
    "of_catalogues",
    "of_connectors",
    "of_datasets",
    "of_harvest",
    "of_processes",
)
