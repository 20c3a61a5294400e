"""Personal data does not get past the mask, and what a question needs does."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.mask import KINDS, Kind, mask

MASKED = """
我的身份证号是110101199003071234 | 我的身份证号是[ID]
身份证11010119900307123X怎么查养老金 | 身份证[ID]怎么查养老金
身份证11010119900307123x | 身份证[ID]
110101 19900307 1234 | [ID]
110101-19900307-1234 | [ID]
110101 1990 0307 1234 查一下 | [ID] 查一下
1101 0119 9003 0712 34 | [ID]
1 1 0 1 0 1 1 9 9 0 0 3 0 7 1 2 3 X | [ID]
１１０１０１１９９００３０７１２３Ｘ，男 | [ID]，男
id110101199003071234please | id[ID]please
3. 110101199003071234，社保卡 | 3. [ID]，社保卡
老身份证110101900307123 | 老身份证[ID]
110101 900307 123 | [ID]
身份证写错了110101199013071234 | 身份证写错了[ID]
身份证写错了11010119901307123X | 身份证写错了[ID]
港澳居民居住证810000199003071234 | 港澳居民居住证[ID]
我叫王芳，13800138000，社保断缴 | 我叫王芳，[phone]，社保断缴
138 0013 8000 | [phone]
138-0013-8000 | [phone]
138 - 0013 - 8000 | [phone]
138.0013.8000 | [phone]
13800 138000 | [phone]
1 3 8 0 0 1 3 8 0 0 0 | [phone]
１３８００１３８０００ | [phone]
+8613800138000 | [phone]
+86 138 0013 8000 | [phone]
+86-138-0013-8000 | [phone]
8613800138000 | [phone]
008613800138000 | [phone]
电话13800138000万先生 | 电话[phone]万先生
打13800138000或13900139000 | 打[phone]或[phone]
13800138000\u200b。 | [phone]\u200b。
\u202d138 0013 8000\u202c | \u202d[phone]\u202c
138\u00a00013\u00a08000 | [phone]
138\u20110013\u20118000 | [phone]
一三八零零一三八零零零 | [phone]
幺三八〇〇幺三八〇〇〇 | [phone]
010-87654321 | [phone]
0591 8765 4321 | [phone]
（0591）87654321 | [phone]
059187654321 | [phone]
0591-8765432转801 | [phone]
010-87654321-801 | [phone]
大厅电话 0000-1234501 | 大厅电话 [phone]
家里电话87654321 | 家里电话[phone]
我的电话是 8765 4321 | 我的电话是 [phone]
电话：8765-4321 | 电话：[phone]
my phone is 8765 4321 | my phone is [phone]
+44 20 7946 0958 | [phone]
+44 (0)20 7946 0958 | [phone]
call +44 7700 900123 please | call [phone] please
07700 900123 | [phone]
0044 20 7946 0958 | [phone]
+1 (415) 555-2671 | [phone]
(415) 555-2671 | [phone]
415-555-2671 | [phone]
+852 9123 4567 | [phone]
0912-345-678 | [phone]
卡号6222021234567890123 | 卡号[card]
6222 0212 3456 7890 | [card]
6222 0212 3456 7890 123 | [card]
6222-0212-3456-7890 | [card]
６２２２　０２１２　３４５６　７８９０ | [card]
4111111111111111 | [card]
4111 1111 1111 1111 | [card]
3782 822463 10005 | [card]
622202 1234567890123 | [card]
2026 6222 0212 3456 7890 | 2026 [card]
6 2 2 2 0 2 1 2 3 4 5 6 7 8 9 4 | [card]
发到zhang.san@qq.com可以吗 | 发到[e-mail]可以吗
ZHANG_san+1@mail.example.co.uk. | [e-mail].
zhangsan＠１６３．ｃｏｍ | [e-mail]
zhang @ example.com | [e-mail]
josé@example.com | [e-mail]
13800138000@139.com | [e-mail]
110101199003071234@qq.com | [e-mail]
护照E12345678 | 护照[ID]
护照 E 12345678 | 护照 [ID]
护照e12345678丢了 | 护照[ID]丢了
passportE12345678 | passport[ID]
护照EA1234567 | 护照[ID]
my passport is AB 1234567 | my passport is [ID]
港澳通行证C12345678 | 港澳通行证[ID]
回乡证H1234567890 | 回乡证[ID]
香港身份证A123456(7) | 香港身份证[ID]
US passport 123456789 | US passport [ID]
社保卡号 1234567890 | 社保卡号 [ID]
个人账户 12345678901234567890123 | 个人账户 [ID]
永久居留证CHN110101900307 | 永久居留证CHN[ID]
十五位一二三四五六七八九〇一二三四五 | 十五位[ID]
张三 110101199003071234 13800138000 6222021234567890123 a@b.cn | 张三 [ID] [phone] [card] [e-mail]
"""

LEFT_ALONE = """
社保卡丢了怎么办？
2026年退休金涨多少
2026年11月23日
2026-11-23
2026/11/23 10:00
2026.11.23
20261123
2026-11-23 14:30
2026-11-23 08:30-12:00
预约 2026-11-23 9:00 到 2026-11-24 17:00
2023 2024 2025 2026
2023-2024 2025-2026
8:30-12:00 13:30-17:30
08:30—11:30，14:30—17:00
9:00-12:00，14:00-17:00
15分钟
200元
¥12000.00
12000 kg
12,000.50 元
100000000元
123456789 元
1000000000元
13.5亿元
3000-5000元
2000-3000-4000元
养老金 1860.35 元，医保 420.7 元
工资 4500 4800 5200
12345
12333
110
打 12345 还是 12333
12345 12333 12348 110 119 120
400-123-4567
4001234567
400 820 8820
800-123-4567
400-123-4567 或 12345
95588
96156
K7M4Q
A1234567
SW123456
回执 7F3K92QD
回执号 AB12CD
3号窗口
1-12号窗口
1 2 3 4 5 6 7 8
一二三四五六七八九十
二〇二六年十一月
一、二、三、四
邮编 350100
B座 12 楼 1203 室
第 16 条第 2 款第 3 项
冀政办〔2008〕17号
法释〔2020〕25号
GB/T 2260-2007
身份证要复印几份
ID card lost
what is your phone number?
windows 3-5, floor 2
1/2
3.14159
0.0035
-12
50%
60岁，缴费15年
男60女55
@客服
a@b
meet @ 8.30
version 2.1.9
abc.def
……
。
"""

positive = [tuple(line.split(" | ")) for line in MASKED.strip().splitlines()]
negative = LEFT_ALONE.strip().splitlines()


@pytest.mark.parametrize(("text", "masked"), positive)
def test_personal_data_is_replaced_in_place(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", negative)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask(text) == text


def test_the_words_around_stay_as_they_were_written() -> None:
    text = "我（王芳）的证：１１０１０１１９９００３０７１２３４；\n谢谢！"
    assert mask(text) == "我（王芳）的证：[ID]；\n谢谢！"


@given(st.text())
def test_any_text_can_be_masked(text: str) -> None:
    mask(text)


@given(st.text(alphabet="0123456789 -.()+@xXE一〇\ue000"))
def test_any_mess_of_numbers_can_be_masked(text: str) -> None:
    mask(text)


@given(st.text(st.characters(exclude_categories=["N"], exclude_characters="@一二三四五六七八九")))
def test_text_without_numbers_and_addresses_is_not_changed(text: str) -> None:
    assert mask(text) == text


ID_NUMBERS = st.builds(
    "{}{:%Y%m%d}{:03}{}".format,
    st.integers(110000, 829999),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.integers(0, 999),
    st.sampled_from("0123456789Xx"),
)
MOBILE_NUMBERS = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
BANK_CARDS = st.from_regex(r"[3-689][0-9]{15}([0-9]{3})?", fullmatch=True)
LOCAL_PARTS = st.from_regex(r"[a-z0-9]([a-z0-9._+-]{0,20}[a-z0-9])?", fullmatch=True)
NO_DIGITS = st.text(st.characters(exclude_categories=["N", "Cs"]))


def spaced(numbers: st.SearchStrategy[str], gaps: str) -> st.SearchStrategy[str]:
    """The numbers as people write them: a gap after some digits, perhaps full-width."""
    wide = {ord("0") + digit: chr(ord("０") + digit) for digit in range(10)}

    def spell(number: str, after: set[int], gap: str, full: bool) -> str:
        parts = [digit + gap * (place in after) for place, digit in enumerate(number[:-1])]
        text = "".join(parts) + number[-1]
        return text.translate(wide) if full else text

    places = st.sets(st.integers(0, 20))
    return st.builds(spell, numbers, places, st.sampled_from(gaps), st.booleans())


@given(NO_DIGITS, spaced(ID_NUMBERS, " -　—"), NO_DIGITS)
def test_no_digit_of_an_id_number_gets_through_however_it_is_spaced(
    before: str, number: str, after: str
) -> None:
    assert not re.search(r"\d", mask(before + number + after))


AROUND = st.text() | st.text("0123456789 -+()aX一@.")


@given(AROUND, ID_NUMBERS, AROUND)
def test_an_id_number_does_not_get_through_whatever_stands_around_it(
    before: str, number: str, after: str
) -> None:
    assert number[6:17] not in re.sub(r"[ -]", "", mask(before + number + after))


@given(NO_DIGITS, MOBILE_NUMBERS | BANK_CARDS, NO_DIGITS)
def test_no_digit_of_a_phone_or_a_bank_card_gets_through(
    before: str, number: str, after: str
) -> None:
    assert not re.search(r"\d", mask(before + number + after))


@given(LOCAL_PARTS, st.sampled_from(["qq.com", "163.com", "mail.example.co.uk"]))
def test_nothing_of_an_address_gets_through(local: str, domain: str) -> None:
    assert mask(f"发到 {local}@{domain}，谢谢") == "发到 [e-mail]，谢谢"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.label)
def test_no_pattern_can_read_a_text_again_and_again(kind: Kind) -> None:
    """A repeat is bounded or possessive, and an unbounded one has a guard before it.

    Then a start costs a bounded number of steps, or reads what no other start will read.
    """
    source = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "x", kind.pattern.pattern)
    possessive = r"(?:[*+]|\{\d+,\d*\})\+"
    assert not re.search(r"[*+]|\{\d+,\}", re.sub(possessive, "", source))
    if re.search(r"(?:[*+]|\{\d+,\})\+", source):
        assert source.startswith("(?<!x)")
