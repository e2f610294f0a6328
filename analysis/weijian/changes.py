"""Changes and ranks in words: what was more or fewer than a year before, and what stands beside a movement or a rank.

In: the words in front of a number. Out: whether they say more or fewer, and what is left when movement, comparison and rank are taken
off: the owner of the change.
"""

from __future__ import annotations

import re

from weijian.finding import late

THAN_A_YEAR = r"[较比](?:上年|去年|前年|上一年|往年|20\d\d年|年初)(?:度|同期)?"
"""What a change is measured from, as a pattern."""
MORE_OF = re.compile(THAN_A_YEAR + r"(?:多|(?P<less>少))(?![于有出])[\u4e00-\u9fff]{1,8}$")
"""More or fewer than a year before, with what was done: 比上年多体检3100人."""
_MORE = late(rf"^{THAN_A_YEAR}[多少](?=[\u4e00-\u9fff])")
_CHANGE = late(
    r"(?:(?:与|同)?(?:去年|上年|往年|前年)?(?:同期)?(?:相比)?|同比|环比|同期|年均|年平均|平均每年|每年|累计|分别|各|共|净|又|再|将|均|已|约|近|超|了|"
    r"(?:较|比|较之|与)[^,。;]{0,16}?(?=增|减|提|下|上|降|升|扩|多|少|高|低|缩|翻|相比|$)|相比|"
    r"增长率?|增加|增幅达?|增速|减少|下降|降低|降幅|提高|提升|上升|扩大|缩短|压缩|增|减|升|降|多|少|高|低|翻|连降|连升|连续|提前|为|达|、|的|到|以|个)*$"
)
_RANK = late(
    r"(?:跃?(?:位)?[居列]|跃升?|(?<!综合)排名?|名列|位列|继续|稳|连续[^,]{0,4}|保持|全[国省市区县州]|[省市区县]|第|在|并列|中部地区|均|获|各[^,]{0,6}中)*$"
)
_RANK_FROM = late(r"[由从](?:20\d\d年|去年|上年|上一年)?的?(?:全[国省市区县州])?第?$")
_RANK_BEFORE = late(r"[由从](?:[^,;。由从]{0,12})?(?:第(?:\d+|[一二三四五六七八九十]+)[位名]?|首位|榜首)[^,;。]*$")


def beside_change(left: str) -> str:
    """Return the words in front of a change without those that say that something moved, and since when.

    >>> beside_change("门诊量较上年增长"), beside_change("比上年多体检")
    ('门诊量', '体检')
    """
    return _CHANGE.sub("", _MORE.sub("", left))


def beside_rank(left: str) -> str:
    """Return the words in front of a rank without those that say who was ranked among whom.

    >>> beside_rank("签约率居全省第"), beside_rank("满意度由去年的全省第")
    ('签约率', '满意度')
    """
    return _RANK.sub("", _RANK_FROM.sub("", left))


def without_rank_before(words: str) -> str:
    """Return words without the rank that something had before and what moved it on.

    >>> without_rank_before("满意度由第6位上升到")
    '满意度'
    """
    return _RANK_BEFORE.sub("", words)
