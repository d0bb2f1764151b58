"""Schedules of short talks: who meets whom, when and at which table, with a proof of quality.

>>> from katalysator.engine.scheduling import Day, schedule
>>> day = Day.of([(0, 1), (1, 2)], [2.0, 1.0], people=3, slots=2, tables=1)
>>> schedule(day).certificate.value
3.0
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
