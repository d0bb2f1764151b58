"""The API of the data space: that of each part."""

from ninja import Router

from katalysator.dataspace.datasets.writing_api import router as datasets

router = Router()
for part in (datasets,):
    router.add_router("", part)
