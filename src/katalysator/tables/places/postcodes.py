"""The province that a Dutch postcode lies in.

Source of the facts: the postcodes of towns as in GeoNames (CC BY 4.0), with the towns' provinces of
Statistics Netherlands. Where a postcode crosses a border, it has no province here.
"""

import re
from bisect import bisect
from typing import Final

_FIRST: Final = """
1000 NL32 1300 NL23 1380 NL32 1390 NL31 1394 NL32 1396 NL31 1398 NL32 1426 NL31 1428 NL33 1430 NL32
2159 NL33 2165 NL32 2166 NL33 3400 NL31 3465 NL33 3467 NL31 3625 NL32 3626 NL31 3651 NL33 3700 NL31
3770 NL22 3790 ?    3794 NL22 3800 NL31 3840 NL22 3890 NL23 3900 NL31 3925 NL22 3926 NL31 4000 NL22
4120 NL31 4146 NL22 4163 NL31 4164 NL22 4200 NL33 4211 NL22 4213 NL33 4214 NL22 4215 NL33 4230 NL31
4240 NL33 4243 NL31 4250 NL41 4300 NL34 4600 NL41 4675 NL34 4680 NL41 4690 NL34 4700 NL41 5300 NL22
5340 NL41 5766 NL42 5770 ?    5800 NL42 5820 NL41 5850 NL42 6020 NL41 6030 NL42 6500 NL22 6584 NL42
6600 NL22 7400 NL21 7439 NL22 7440 NL21 7705 NL13 7706 NL21 7740 NL13 7770 NL21 7800 NL13 7946 NL21
7947 NL13 7950 NL21 7956 NL13 8000 NL21 8050 NL22 8055 NL21 8070 NL22 8100 NL21 8160 NL22 8196 NL21
8200 NL23 8260 NL21 8300 NL23 8325 NL21 8351 NL13 8352 NL21 8380 NL13 8388 NL12 8437 NL13 8440 NL12
9300 NL13 9350 NL11 9400 NL13 9479 NL11 9480 NL13 9500 NL11 9510 NL13 9540 NL11 9564 ?    9565 NL11
9570 NL13 9580 NL11 9654 NL13 9660 NL11 9749 NL13 9750 NL11 9760 NL13 9770 NL11 9850 NL12 9860 NL11
9870 NL12 9880 NL11
""".split()
"""From which number on, until the next one, a postcode lies where."""

_STARTS: Final = tuple(map(int, _FIRST[::2]))
_PROVINCES: Final = tuple(_FIRST[1::2])

POSTCODE: Final = re.compile(r"\b([1-9]\d{3}) ?(?!S[ADS])[A-Z]{2}\b")
_ALONE: Final = re.compile(
    r"(?:pc4?|postcode)?:? ?(?!19|20)([1-9]\d{3})(?: ?(?!s[ads])[a-z]{2})?", re.IGNORECASE
)
"""A number alone may be a year."""


def province_of(text: str) -> str | None:
    """Return the code of the province that the postcode, and nothing else, stands for."""
    found = POSTCODE.fullmatch(text.strip()) or _ALONE.fullmatch(text.strip())
    if found is None:
        return None
    province = _PROVINCES[bisect(_STARTS, int(found[1])) - 1]
    return None if province == "?" else province
