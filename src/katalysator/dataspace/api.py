"""The API of the data space: the router of each part, in one."""

from ninja import Router

from katalysator.dataspace.datasets.writing_api import router as datasets
from katalysator.dataspace.harvest.api import router as harvest

router = Router()
for part in (datasets, harvest):
    router.add_router("", part)
