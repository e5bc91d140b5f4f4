"""Years in a text that cannot be meant: this year's statement under another year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.narrative.passage import Passage

_SELF = re.compile(
    r"(?P<year>20\d\d)\s*年度?\s*(?:(?:我|本)(?:局|委|办|厅|处|院|校|中心|单位|部门|会|站|所|队|馆|镇|乡|街道)|部门|单位)?[（(]?(?:单位)?[)）]?"
    r"(?:(?:部门|单位)?(?:整体支出|项目支出)绩效(?:自评|评价)|绩效自评)(?:结果|报告|情况|工作)?(?:显示|表明|报告如下|为|得分|如下)"
)
_BEGINS = re.compile(
    r"^\s*(?P<year>20\d\d)\s*年度?[，,]?\s*(?:我|本)(?:局|委|办|厅|处|院|校|中心|单位|部门|会|站|所|队|馆|镇|乡|街道)"
)
_LOOKS_BACK = re.compile(
    r"上年|去年|以前|往年|历年|[较比与和]\s?20|同比|同期|整改|年起|起至|以来|自20|至今|结转|通知|文件|《|根据|按照|依据|应用|运用"
)


def wrong_years(passage: Passage, year: int, whole: str) -> Iterator[tuple[int, int, str]]:
    """Where a self-evaluation of an earlier year is told as this one's: start, end and the year as written.

    ``whole`` is all that the section says: where it names this year anywhere, a sentence that begins with last year
    looks back at it.
    """
    named = str(year) in whole
    for start, end in passage.sentences:
        sentence = passage.text[start:end]
        if _LOOKS_BACK.search(sentence) or str(year) in sentence:
            continue
        for match in _SELF.finditer(sentence):
            if int(match["year"]) < year:
                yield start + match.start(), start + match.end(), match["year"]
        begins = _BEGINS.match(sentence)
        if begins and int(begins["year"]) == year - 1 and not named:
            yield start + begins.start(), start + begins.end(), begins["year"]
