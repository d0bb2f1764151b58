"""The API of the data space: that of each part."""

from ninja import Router

from katalysator.dataspace.harvest.api import router as harvest

router = Router()
for part in (harvest,):
    router.add_router("", part)
