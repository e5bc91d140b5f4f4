"""The notice (催报) to one unit: what is still open, in plain and polite words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xlsxeval.board.state import BoardLine, CampaignState, ReceivedPart, UnitStatus
from xlsxeval.board.strays import strays_of
from xlsxeval.board.words import day_text
from xlsxeval.model import Severity
from xlsxeval.output.characters import for_terminal
from xlsxeval.output.groups import FindingGroup, by_sheet, groups
from xlsxeval.output.words import WHOLE_FILE, labelled, values

MOST = 10
"""Findings told in the notice itself; the annotated workbook lists them all."""
_LONGEST = 40
_NUMERALS = "一二三四五"
Titles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The names of the files that go with a notice: annotated workbooks, and blank ones of what did not come."""

    annotated: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice, ready to be sent."""

    unit: str
    subject: str
    text: str


WAY = "贵单位的上报页面（只给贵单位用，请不要转发）：\n{address}\n在页面上下载表、填好交回，马上可以看到核对结果。"
"""What a notice says of the unit's link."""


def with_link(told: Notice, address: str | None) -> Notice:
    """The notice with the address of the unit's page at its end, where there is one."""
    return told if address is None else replace(told, text=f"{told.text}\n{WAY.format(address=address)}\n")


def notice(
    state: CampaignState, unit: BoardLine, enclosed: Enclosed, titles: Titles, until: dt.date | None = None
) -> Notice:
    """The notice to a unit of which something is open.

    ``titles`` are those of the rules by code; ``until`` is the day by which the answer is asked for.
    """
    opening = _returned(state, unit) if unit.came else _absent(state, unit)
    sections = [*_refused(state, unit), *_sections(unit, titles)]
    numbered = [f"{numeral}、{section}" for numeral, section in zip(_NUMERALS[: len(sections)], sections, strict=True)]
    closing = [_enclosing(unit, enclosed), _asking(unit, until)]
    signed = f"{state.department}\n{day_text(state.as_of)}"
    blocks = [f"{unit.name}：", opening, *numbered, *closing, signed]
    return Notice(unit.code, subject(state, unit), for_terminal("\n\n".join(block for block in blocks if block) + "\n"))


def subject(state: CampaignState, unit: BoardLine) -> str:
    """``【催报】2024年度绩效自评表——某某局``: one line whatever the campaign's texts hold."""
    what = "请修改" if unit.status is UnitStatus.ERRORS else "请核对"
    if not unit.came:
        what = "催报"
    return for_terminal(" ".join(f"【{what}】{state.year}年度绩效自评表——{unit.name}（{unit.code}）".split()))


def _absent(state: CampaignState, unit: BoardLine) -> str:
    asked = f"{state.year}年度绩效自评"
    if state.deadline is None:
        return f"请贵单位报送{asked}表。到{day_text(state.as_of)}，我们还没有收到。"
    due = f"按照{asked}的安排，自评表应于{day_text(state.deadline)}前报送。"
    late = f"，已逾期 {unit.days_late} 天" if unit.days_late else ""
    return f"{due}到{day_text(state.as_of)}，我们还没有收到贵单位的表{late}。如果已经寄出，请告诉我们寄出的时间和方式。"


def _returned(state: CampaignState, unit: BoardLine) -> str:
    sure = state.source == "ledger"  # a file's own day is none to write into a letter
    when = f"已于{day_text(unit.received)}" if sure and unit.received else "已经"
    return f"贵单位的{state.year}年度绩效自评表{when}收到，谢谢。看过以后，还有下面的事要请贵单位办。"


def _refused(state: CampaignState, unit: BoardLine) -> Iterator[str]:
    """Files that could not be taken, with what to do, in the words of the rule."""
    found = strays_of(state, unit)
    if found:
        lines = (f"   {number}. {one.name}：{one.reason}" for number, one in enumerate(found[:MOST], 1))
        yield "\n".join(["看文件名，下面的文件像是贵单位发来的，但没有能收下，请按所写的办：", *lines])


def _sections(unit: BoardLine, titles: Titles) -> Iterator[str]:
    if unit.came and unit.missing:
        late = f"（已逾期 {unit.days_late} 天）" if unit.days_late else ""
        yield f"还缺的表{late}：{'、'.join(unit.missing)}。请补报。"
    if unit.conflicts:
        yield "\n".join(["收到了几份内容不同的表，请回复以哪一份为准：", *map(_choice, unit.conflicts)])
    for severity, title in (
        (Severity.ERROR, "要改的，共 {count} 处："),
        (Severity.WARNING, "请核对的，共 {count} 处：有错的请改；没有错的请回复说明原因，由我们登记。"),
    ):
        if count := unit.count(severity):
            yield "\n".join([title.format(count=count), *_items(unit, severity, titles)])


def _choice(slot: ReceivedPart) -> str:
    files = (f"{file.name}{f'（{day_text(file.day)}收到）' if file.day else ''}" for file in slot.conflict)
    return f"   {slot.part or '自评表'}：{'；'.join(files)}"


def _items(unit: BoardLine, severity: Severity, titles: Titles) -> list[str]:
    found = [finding for finding in unit.open if finding.severity is severity]
    told = [(sheet, group) for sheet, own in by_sheet(found).items() for group in groups(own)]
    lines = [
        line for number, (sheet, group) in enumerate(told[:MOST], 1) for line in _item(number, sheet, group, titles)
    ]
    rest = sum(len(group.findings) for _, group in told[MOST:])
    return [*lines, f"   其余 {rest} 处见标注版里的“问题清单”。"] if rest else lines


def _item(number: int, sheet: str | None, group: FindingGroup, titles: Titles) -> list[str]:
    first, many = group.first, len(group.findings)
    cells = [finding.place.cell for finding in group.findings if finding.place.cell]
    place = f"{sheet or WHOLE_FILE} {'、'.join(cells[:5])}".rstrip() + (" 等" if len(cells) > 5 else "")
    what = labelled(first) if many == 1 else f"{group.message or titles.get(first.code, first.message)}（{many} 处）"
    facts = values(replace(first, shown=first.shown or None), _LONGEST) if many == 1 else ""
    return [f"   {number}. {place}　{what}{f'：{facts}' if facts else ''}", f"      怎么改：{first.fix}"]


def _enclosing(unit: BoardLine, enclosed: Enclosed) -> str:
    told = []
    if enclosed.annotated:
        changed = any(finding.code.startswith("T") for finding in unit.open)
        restored = "改动过的公式和锁定的内容，在标注版里已经恢复，只要看结果对不对。" if changed else ""
        told.append(
            f"随信附上标注版（{'、'.join(enclosed.annotated)}）：贵单位填的内容都在，问题标在格子上，第一页是问题清单。"
            f"{restored}请直接在标注版里改好、保存、发回，不要另做新表。"
        )
    if enclosed.blank:
        told.append(f"随信附上空白表（{'、'.join(enclosed.blank)}）。请填好，看过“自查”页没有不符，再发回原文件。")
    return "\n".join(told)


def _asking(unit: BoardLine, until: dt.date | None) -> str:
    when = f"于{day_text(until)}前" if until else "尽快"
    act = "办好发回" if unit.came else "报送"
    return f"请{when}{act}。有不清楚的，请与我们联系。谢谢支持。"


def open_units(units: Sequence[BoardLine]) -> list[BoardLine]:
    """The units that something is asked of; what was never sent out is nobody's to send back."""
    return [unit for unit in units if unit.status not in (UnitStatus.DONE, UnitStatus.UNSENT)]
