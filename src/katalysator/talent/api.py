"""The API of talent: that of each part."""

from ninja import Router

from katalysator.talent.work.api import router as work

router = Router()
for part in (work,):
    router.add_router("", part)
