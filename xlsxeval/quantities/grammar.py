"""The grammar of targets and actuals: label, words of comparison, figure, words of comparison, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from xlsxeval.quantities.deadline import read_deadline
from xlsxeval.quantities.numerals import CHINESE, folded, read_chinese
from xlsxeval.quantities.quantity import read_quantity, read_range
from xlsxeval.quantities.target import Between, Comparator, Qualitative, Reading, Several, Target, Unsure, Vague
from xlsxeval.quantities.units import QuantityKind
from xlsxeval.quantities.words import after, before, is_vague

# Longer texts are prose; they are not taken apart for one figure.
LONGEST = 120
_TOO_LONG = "文字太长，不逐字理解"
_START = re.compile(rf"[-\d{CHINESE}]|百分之")
_FIGURE = re.compile(r"\d|百分之|[二三四五六七八九十]分之")
_SPLIT = re.compile(r"[、;/\n]|,(?!\d{3})| |[和及与](?=[^和及与]{0,12}\d)")
_RANGE = re.compile(r"-?[\d,.]{1,30}[^\d]{0,6}[-~至到]{1,2} ?\d")
_YEAR = re.compile(r"(?:19|20)\d\d ?年")
# 2024年参保率≥95%: the year that a target is for; an actual of another year would be another matter.
# 90多人, 1200余人次: the word belongs behind the unit.
_MORE_THAN = re.compile(rf"(?<=[\d{CHINESE}])([多余])(人次|[^\s\d多余次元少]{{1,3}})$")
_OF_YEAR = re.compile(r"^(?:19|20)\d\d ?年度?(?=[^\d前底末内初以之至到~ -])")
# A measure word that the program does not know is kept as itself: 3桶.
_LONGEST_UNIT = 3
_BLANK = frozenset(("", "-", "--", "/", "\\", "无", "不适用", "N/A", "n/a"))


def read_target(text: str) -> Reading:
    """What a target asks for. Never raises; takes time in proportion to the text's length at most."""
    return _read(text, in_target=True)


def read_actual(text: str) -> Reading:
    """What an actual says, in the same terms: 达到95% is the bare figure, a Target with a comparator a figure kept open."""
    return _read(text, in_target=False)


def _read(text: str, *, in_target: bool) -> Reading:
    return _short(text, in_target) if len(text) <= LONGEST * 4 else Unsure(_TOO_LONG)


@lru_cache(maxsize=1024)
def _short(text: str, in_target: bool) -> Reading:
    """A dozen rules read the same line, and the units of a campaign have many a target in common."""
    plain = trimmed(text)
    if plain is None:
        return Unsure(_TOO_LONG)
    plain = _MORE_THAN.sub(r"\2\1", plain)
    if not in_target:
        plain = _SPOKEN.sub(_in_digits, plain)
    if plain in _BLANK:
        return Unsure("没有填")
    read = read_deadline(plain) or _one(_OF_YEAR.sub("", plain) if in_target else plain, in_target)
    if read is not None:
        return read
    if _FIGURE.search(plain):
        return _several(plain, in_target)
    return Vague(plain) if is_vague(plain) else Qualitative(plain)


_SPOKEN = re.compile(
    r"(?P<low>[一二三四五六七八])(?P<high>[二三四五六七八九])成|(?P<about>十几|[几数]十|上百|[几数]百|上千|[几数]千)(?!万|亿)"
)
_ABOUT = {"十几": "11-19", "十": "20-99", "上百": "100-999", "百": "200-999", "上千": "1000-9999", "千": "2000-9999"}


def _in_digits(match: re.Match[str]) -> str:
    """八九成 as 80%-90%, 十几 as 11-19: the range that a figure of speech leaves open."""
    if match["about"]:
        return _ABOUT[match["about"] if match["about"] in _ABOUT else match["about"][-1]]
    low, high = (read_chinese(match[name]) for name in ("low", "high"))
    return f"{low}0%-{high}0%" if low is not None and high == low + 1 else match.group()


def trimmed(text: str) -> str | None:
    """A text folded, without the marks around it; None where it is prose."""
    if len(text) > LONGEST * 4:
        return None
    plain = folded(text).strip("。.;,! ")
    return plain if len(plain) <= LONGEST else None


def _several(plain: str, in_target: bool) -> Several | Unsure:
    parts = [part for part in (piece.strip() for piece in _SPLIT.split(plain)) if part]
    read = [_one(part, in_target) for part in parts]
    targets = tuple(one for one in read if isinstance(one, Target | Between))
    if len(targets) > 1 and len(targets) == len(parts):
        return Several(targets)
    return Unsure("数字以外还有别的文字")


def _one(plain: str, in_target: bool) -> Target | Between | Unsure | None:
    """One figure with its label and words of comparison; None where the text is something else.

    A Chinese numeral may be part of the label (一网通办率≥95%), so the next figure is tried; a digit may not.
    """
    for start in _START.finditer(plain):
        head = before(plain[: start.start()], in_target)
        found = None if head is None else _figure(plain[start.start() :], *head)
        if found is not None or plain[start.start()].isdigit():
            return found
    return None


def _figure(body: str, label: str, first: Comparator) -> Target | Between | Unsure | None:
    if _RANGE.match(body):
        return _between(body, label) if first is Comparator.NONE else None
    quantity, end = read_quantity(body)
    if quantity is None:
        return Unsure("数字太长") if body[:16].isdigit() else None
    tail = after(body[end:])
    if tail is None or (quantity.spelled and not quantity.unit) or _YEAR.match(quantity.text):
        return None
    noun, last = tail
    if noun and quantity.spelled:
        return None  # 三年行动任务 names a thing
    if noun and quantity.kind is QuantityKind.BARE:
        if noun.startswith("/") or len(noun) > _LONGEST_UNIT:
            return None
        quantity, noun = replace(quantity, unit=noun, kind=QuantityKind.COUNT, text=quantity.text + noun), ""
    marks = {first, last} - {Comparator.NONE}
    if len(marks) > 1:
        return Unsure("比较词前后不一致")
    return Target(marks.pop() if marks else Comparator.NONE, quantity, label + noun)


def _between(body: str, label: str) -> Between | None:
    ends = read_range(body.removesuffix("之间"))
    return None if ends is None else Between(*ends, label)
