"""How Dutch, English and German people name days, weeks, months, seasons and years: the patterns."""

from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            *("jan januari january januar", "feb febr februari february februar"),
            *("mrt maart mar march marz", "apr april", "mei may mai", "jun juni june"),
            *("jul juli july", "aug augustus august", "sep sept september"),
            *("okt oct oktober october", "nov november", "dec december dez dezember"),
        ),
        start=1,
    )
    for name in names.split()
}
SEASONS: Final = {
    **dict.fromkeys(("voorjaar", "lente", "spring", "fruhjahr", "fruhling"), 3),
    **dict.fromkeys(("zomer", "summer", "sommer"), 6),
    **dict.fromkeys(("najaar", "herfst", "autumn", "fall", "herbst"), 9),
    "winter": 12,
}
ORDINALS: Final = {
    **dict.fromkeys(("eerste", "first", "erste", "erstes"), 1),
    **dict.fromkeys(("tweede", "second", "zweite", "zweites"), 2),
    **dict.fromkeys(("derde", "third", "dritte", "drittes"), 3),
    **dict.fromkeys(("vierde", "laatste", "fourth", "last", "vierte", "viertes"), 4),
}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


MONTH: Final = rf"(?:{_any(MONTHS)})(?![a-z])\.?"
_Y4: Final = r"(?:19|20|21)[0-9]{2}(?![0-9])"
_YEAR: Final = rf"(?:{_Y4}|'[0-9]{{2}}(?![0-9]))"
_SHORT: Final = r"[1-6][0-9](?![0-9])(?!\.?[ -]?[a-z:])"  # a year in two digits
_OF: Final = r"[ ,/(-]*(?:(?:van|of|in|im)\ )?(?:(?:het|the)\ (?:jaar|year)\ )?"
_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])(?:e|ste|de|st|nd|rd|th)?(?![0-9a-z])\.?"
_LIST: Final = r"\ ?(?:-|/|,|\+|&|en|and|und|of|or|t/m|tm|tot(?:\ en\ met)?|to|bis)\ ?"
_NUMBERED: Final = r"(?:e|ste|de|st|nd|rd|th|\.)?\ ?"
_QUARTER: Final = r"(?:kwartaal|quarter|quartal|kwart|kw|q)(?![a-z])\.?"
_HALF: Final = r"(?:helft|half(?:\ ?jaar)?|halfjaar|half[ -]year|halbjahr|semester)(?![a-z])"
_SCHOOL: Final = r"schooljaar|school\ year|schuljahr|cursusjaar|leerjaar|seizoen|season"
_ACADEMIC: Final = r"studiejaar|collegejaar|academisch\ jaar|academic\ year|study\ year"

PIECE: Final = rf"""
    (?P<iso>(?P<iso_year>[0-9]{{4}})[-/.](?P<iso_month>[0-9]{{1,2}})[-/.](?P<iso_day>[0-9]{{1,2}}))
  | (?P<compact>(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))
  | (?P<numeric>(?P<one>[0-9]{{1,2}})(?P<sign>[-/.])\ ?(?P<other>[0-9]{{1,2}})(?P=sign)\ ?(?P<numeric_year>[0-9]{{4}}|'?[0-9]{{2}}))
  | (?P<week>(?:(?P<week_before>{_Y4})[ -]?)?(?!kw\.?\ ?[1-4](?![0-9]))(?:week(?:nr|nummer)?|weken|weeks|wk|kw|w(?=[0-9]))\.?\ ?(?P<week_first>[0-9]{{1,2}})(?![0-9]|\ {MONTH})
      (?:{_LIST}(?:week|wk|kw|w)?\.?\ ?(?P<week_last>[0-9]{{1,2}})(?![0-9/.-]))?(?:{_OF}(?P<week_year>{_YEAR}))?)
  | (?P<quarter>(?:(?P<quarter_before>{_Y4})[ ,/-]*)?(?:(?:q|kw?\.?)\ ?(?P<q>[1-4])(?:[/-]q?(?P<q_last>[1-4]))?|(?P<nth_q>[1-4]){_NUMBERED}{_QUARTER}
      |(?P<word_q>{_any(ORDINALS)})\ {_QUARTER}|(?:kwartaal|quarter|quartal)\ (?P<q_nth>[1-4]))(?![0-9a-z])(?:{_OF}(?P<quarter_year>{_YEAR}|{_SHORT}))?)
  | (?P<half>(?:(?P<half_before>{_Y4})[ ,/-]*)?(?:h\ ?(?P<h>[12])|(?P<nth_h>[12]){_NUMBERED}{_HALF}|(?P<word_h>{_any(ORDINALS)})\ {_HALF})
      (?![0-9a-z])(?:{_OF}(?P<half_year>{_YEAR}))?)
  | (?P<winter>winter[ ,-]*(?P<winter_year>{_YEAR})\ ?[-/]\ ?(?:{_YEAR}|[0-9]{{2}}(?![0-9])))
  | (?P<season>(?P<season_name>{_any(SEASONS)})(?![a-z])(?:{_OF}(?P<season_year>{_YEAR}))?)
  | (?P<school>(?:(?P<school_name>{_SCHOOL})|{_ACADEMIC})[ :]*(?P<school_first>{_Y4}|'?[0-9]{{2}})(?:\ ?[-/]\ ?(?P<school_last>{_Y4}|'?[0-9]{{2}}))?)
  | (?P<day>(?P<day_number>{_DAY})\ ?-?\ ?(?:(?:van|of)\ )?(?P<day_month>{MONTH})(?:[ ,-]*(?:(?:van|of)\ )?(?P<day_year>{_YEAR})|[ -](?P<day_short>{_SHORT}))?)
  | (?P<lone>(?P<lone_number>{_DAY})(?=(?:{_LIST}(?:(?:ma|di|wo|do|vr|za|zo)[a-z]*\ )?{_DAY}){{1,9}}\ ?-?\ ?(?P<lone_month>{MONTH})))
  | (?P<lone_figure>(?P<figure_day>{_DAY})(?={_LIST}[0-9]{{1,2}}[-/.](?P<figure_month>0?[1-9]|1[0-2])[-/.][0-9]{{4}}))
  | (?P<american>(?P<american_month>{MONTH})\ (?:the\ )?(?P<american_day>[0-9]{{1,2}})(?:(?:st|nd|rd|th)(?:,?\ (?P<ordinal_year>{_Y4}))?|,?\ (?P<american_year>{_Y4})))
  | (?P<month>(?P<month_name>{MONTH})(?:{_OF}(?P<month_year>{_YEAR})|[ -](?P<month_short>{_SHORT}))?)
  | (?P<year_month>(?P<ym_year>{_Y4})[-/](?P<ym_month>0[1-9]|1[0-2])(?![0-9-/]))
  | (?P<month_of>(?P<mo_month>0?[1-9]|1[0-2])[-/](?P<mo_year>{_Y4}))
  | (?P<years>(?P<years_first>{_Y4})\ ?[-/]\ ?'?(?P<years_last>[0-9]{{2}})(?![0-9]))
  | (?P<dotted>(?P<dotted_day>[0-9]{{1,2}})\.\ ?(?P<dotted_month>0?[1-9]|1[0-2])\.(?![0-9]))
  | (?P<short_day>(?P<short_one>[0-9]{{1,2}})(?P<short_sign>[-/])(?P<short_other>[0-9]{{1,2}})(?![0-9]))
  | (?P<year>{_Y4}|'[0-9]{{2}}(?![0-9]))
"""
"""Any piece of the calendar, in a pattern with re.VERBOSE; the name of the outer group says which."""
