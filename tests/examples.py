"""How many examples a property is tried with: all that it names in `make faults`, else a quarter (of 100 if it names none).

Most of the time of these tests goes into making examples. `make test` makes the same ones each time, so that
a change is judged by what it changed; `make faults` makes others each time, to find what nobody thought of.
"""

from hypothesis import settings

FULL = "faults"
_SHARE = 4
settings.register_profile("test", max_examples=100 // _SHARE, deadline=None, derandomize=True)
settings.register_profile(FULL, max_examples=500, deadline=None)


def examples(count: int) -> settings:
    """Settings for a property; the profile must be loaded before its module is."""
    full = settings.get_current_profile_name() == FULL
    return settings(max_examples=count if full else max(10, count // _SHARE), deadline=None)
