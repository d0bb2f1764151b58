"""The API of talent: that of each part."""

from ninja import Router

from katalysator.talent.cohorts.api import router as cohorts
from katalysator.talent.learning.api import router as learning
from katalysator.talent.oversight.api import router as oversight
from katalysator.talent.profiles.writing_api import router as profiles
from katalysator.talent.work.api import router as work

router = Router()
for part in (cohorts, learning, oversight, profiles, work):
    router.add_router("", part)
