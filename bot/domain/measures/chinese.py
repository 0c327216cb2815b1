"""Numbers written with Chinese characters, as in 一百二十三, 三十点五, 二〇二五 and 壹萬伍仟."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2,
    "兩": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_SHORT = {"廿": "二十", "卅": "三十"}
POINTS = "点點"
NUMERALS = frozenset(_DIGITS) | frozenset(_TENS) | frozenset(_MYRIADS) | frozenset(_SHORT) | frozenset(POINTS)


def read_chinese(numeral: str) -> tuple[Decimal, bool] | None:
    """The value, and whether it is certain: 一万二 is 12,000 to most and may be a slip.

    None where the characters are no number.
    """
    for short, long in _SHORT.items():
        numeral = numeral.replace(short, long)
    whole, point, decimals = numeral.replace("點", "点").partition("点")
    if point and (not decimals or any(char not in _DIGITS for char in decimals)):
        return None
    fraction = "".join(str(_DIGITS[char]) for char in decimals)
    if all(char in _DIGITS for char in whole):
        if not whole or (len(whole) > 1 and whole[0] in "两兩"):
            return None
        digits = "".join(str(_DIGITS[char]) for char in whole)
        certain = len(digits) == 1 or digits[0] != "0"
        return Decimal(f"{digits}.{fraction}" if point else digits), certain
    read = _whole(whole)
    if read is None:
        return None
    value, certain = read
    return Decimal(f"{value}.{fraction}" if point else value), certain


def _whole(numeral: str) -> tuple[int, bool] | None:
    total = section = 0
    digit: int | None = None
    last_unit = last_myriad = 10**16
    zero = False
    for char in numeral:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
            zero = zero or digit == 0
            digit = digit or None
        elif char in _TENS:
            unit = _TENS[char]
            if unit >= last_unit:
                return None
            if digit is None and (section or (total and unit != 10)):
                return None
            section += (digit or 1) * unit
            digit, last_unit, zero = None, unit, False
        else:
            myriad = _MYRIADS[char]
            section += digit or 0
            if section == 0 or myriad >= last_myriad:
                return None
            total += section * myriad
            section, digit, last_unit, last_myriad, zero = 0, None, 10**16, myriad, False
    if digit is not None:
        # 一万二, 三百五: the last digit stands for the next smaller unit, unless a zero is said before it.
        smallest = last_unit if section else last_myriad
        if not zero and smallest > 10 and smallest < 10**16:
            return total + section + digit * smallest // 10, False
        section += digit
    return total + section, True
