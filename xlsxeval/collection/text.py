"""Describes the result of a collection in Chinese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from xlsxeval.board.steps import NextStep, Step, StepWording
from xlsxeval.collection.level_text import level_lines, level_sections
from xlsxeval.collection.result import CollectResult, Filed
from xlsxeval.ledger import FileState
from xlsxeval.output.characters import for_terminal

WORDS = {
    FileState.CURRENT: "有效",
    FileState.CONFLICT: "待选择",
    FileState.SUPERSEDED: "已被替代",
    FileState.DUPLICATE: "重复",
    FileState.SET_ASIDE: "搁置",
}
_MOST_NAMES = 20


def collect_text(result: CollectResult, wording: StepWording, annotated: Path | None = None) -> str:
    """The summary; ``wording`` gives the next steps in the shell's own words.

    ``annotated`` is the folder of the annotated workbooks, where they are written.
    """
    mended = f"把 {annotated} 里的标注版" if annotated else wording(Step(NextStep.ANNOTATE))
    sections = [
        _counts(result),
        _list(f"要改的表（有错误，{mended}发回单位）", _faulty(result)),
        _list(
            "待选择（同一天收到同一张表的不同文件，选定以前都不算数）",
            _conflicts(result, wording),
            len(result.conflicts),
        ),
        _list(
            f"又有整份又有分表（不知道以哪一种为准，{wording(Step(NextStep.CHOOSE_FORM))}）",
            (line for code in result.both for line in _whole_and_parts(result, code)),
            len(result.both),
        ),
        _list(
            "搁置（存档里有原件，没有计入；前面是编号）",
            _unsettled(result, wording),
            len(result.unsettled),
        ),
        _list(
            "搁置过、已经了结（单位后来报齐了，或者已经选定、移走、放到一边，不用再管）",
            [_aside(one) for one in result.of(FileState.SET_ASIDE) if one.settled and not one.companion],
        ),
        _list(
            "随表来的其他文件（不是表，原件在存档里，不用管）",
            [one.receipt.source for one in result.of(FileState.SET_ASIDE) if one.companion],
        ),
        _list(
            "没有读取（下次运行再试）", [f"{one.source}  {one.fault.code} {one.fault.detail}" for one in result.unread]
        ),
        _list("请注意", _remarks(result)),
        _list(
            "没有收齐的表",
            [f"{_unit(result, one.unit)}：缺 {'、'.join(one.parts)}" for one in result.missing if one.parts],
        ),
        _list("还没有报的单位", _absent(result), sum(not one.parts for one in result.missing)),
        *level_sections(result),
    ]
    return "\n".join(for_terminal(section) for section in sections if section)


def fresh_lines(result: CollectResult) -> list[str]:
    """Files that came with this run, a line each: progress, not the result."""
    lines = []
    for one in result.files:
        if one.new:
            whose = _unit(result, one.unit) + _part(one.part) if one.unit else ""
            lines.append(for_terminal(f"{WORDS[one.state]}  {one.receipt.source}  {whose}".rstrip()))
    lines += [for_terminal(line) for line in level_lines(result, WORDS)]
    if result.judged_again:
        lines.append(f"程序、表样、任务或例外变了，收过的表有 {result.judged_again} 份重新核对了")
    return lines


def _counts(result: CollectResult) -> str:
    counts = "，".join(f"{WORDS[state]} {len(result.of(state))}" for state in FileState)
    lines = [
        f"任务「{result.campaign}」：{len(result.units)} 个单位，报齐 {result.complete} 个，没有报齐 {len(result.missing)} 个",
        f"收件处共 {len(result.files)} 份文件：{counts}",
    ]
    if result.clock_back:
        lines.append("注意：本机的时钟比上次记录时还早，请校准。收到的先后不可靠，比现用的早的文件一律列为待选择。")
    return "\n".join(lines) + "\n"


def _list(title: str, lines: Iterable[str], count: int | None = None) -> str:
    found = list(lines)
    return (
        "\n".join([f"{title}：{len(found) if count is None else count}", *(f"  {line}" for line in found)]) + "\n"
        if found
        else ""
    )


def _faulty(result: CollectResult) -> Iterator[str]:
    for one in result.of(FileState.CURRENT):
        if one.errors and one.unit:
            yield f"{_unit(result, one.unit)}{_part(one.part)}  错误 {one.errors} 处  第 {one.version} 版  {one.receipt.source}"


def _conflicts(result: CollectResult, wording: StepWording) -> Iterator[str]:
    for conflict in result.conflicts:
        yield f"{_unit(result, conflict.unit)}{_part(conflict.part)}  以哪一份为准？"
        for number, receipt in zip(conflict.numbers, conflict.files, strict=True):
            sender = f"  {receipt.sender}" if receipt.sender else ""
            yield f"  {number}  {local(receipt.received_at)}  {receipt.source}{sender}  （{receipt.sha256[:8]}）"
        if conflict.message:
            yield f"  {conflict.message}"
        names = (conflict.unit, *([conflict.part] if conflict.part else []))
        yield f"  {wording(Step(NextStep.CHOOSE_FILE, conflict.numbers[-1], names))}"


def _whole_and_parts(result: CollectResult, code: str) -> Iterator[str]:
    yield _unit(result, code)
    for one in result.of(FileState.CONFLICT):
        if one.unit == code:
            yield f"  {one.version}  {_part(one.part) or '整份'}  {one.receipt.source}  （{one.receipt.sha256[:8]}）"


def _unsettled(result: CollectResult, wording: StepWording) -> Iterator[str]:
    for one in result.unsettled:
        yield f"{one.number}  {_aside(one)}"
    if result.unsettled:
        yield wording(Step(NextStep.PUT_AWAY, result.unsettled[0].number))


def _aside(one: Filed) -> str:
    return f"{one.receipt.source}  {one.code} {one.message}"


def _remarks(result: CollectResult) -> Iterator[str]:
    for one in result.files:
        told = one.state in (FileState.CURRENT, FileState.SUPERSEDED, FileState.DUPLICATE)
        if told and one.message and one.unit:
            yield f"{_unit(result, one.unit)}{_part(one.part)}  {one.message}  {one.receipt.source}"


def _absent(result: CollectResult) -> list[str]:
    codes = [one.unit for one in result.missing if not one.parts]
    shown = [_unit(result, code) for code in codes[:_MOST_NAMES]]
    rest = len(codes) - len(shown)
    return [*shown, f"…… 另有 {rest} 个"] if rest else shown


def _unit(result: CollectResult, code: str) -> str:
    return f"{code} {result.units.get(code, '')}".rstrip()


def _part(part: str | None) -> str:
    return f"「{part}」" if part else ""


def local(moment: dt.datetime | None) -> str:
    """A moment in the time zone of this machine."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else "时间不明"
