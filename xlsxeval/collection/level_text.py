"""Describes lower levels' exports in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsxeval.collection.result import CollectResult
from xlsxeval.ledger import FileState
from xlsxeval.levels import LevelTotals
from xlsxeval.levels.figures import BUDGET, EXECUTED, figure_text

_MOST = 30
"""Number of an export's findings that are listed; the rest is counted."""
_MONEY = ((BUDGET, "全年预算数"), (EXECUTED, "全年执行数"))
_SEVERITIES = {"error": "错误", "warning": "请核对"}


def level_sections(result: CollectResult) -> list[str]:
    """Sections on the levels, their exports and what to do about them; none for a campaign without levels."""
    if not result.levels and not result.exports:
        return []
    came = sum(state.current is not None for state in result.levels)
    blocks = [_block(f"下级 {len(result.levels)} 个，收到上报 {came} 个", _standings(result))]
    blocks.append(_block("下级上报有问题（数按重算的计；请下级改正后重新上报）", _findings(result)))
    blocks.append(_block("搁置的上报包（存档里有原件，没有计入）", _aside(result)))
    return [block for block in blocks if block]


def level_lines(result: CollectResult, words: Mapping[FileState, str]) -> Iterator[str]:
    """Exports that came with this run, a line each."""
    for one in result.exports:
        if one.new:
            yield f"{words[one.state]}  {one.receipt.source}  {one.level or ''} {one.name} 上报包"


def totals_words(totals: LevelTotals) -> str:
    """Totals as ``25 个单位，已报 24，有错误 3；全年预算数 1085.6，全年执行数 1000，执行率 92.12%，得分 93.4``."""
    counts = f"{totals.units} 个单位，已报 {totals.returned}，有错误 {totals.errors}"
    money = [f"{word} {figure_text(totals.amounts[key])}" for key, word in _MONEY if key in totals.amounts]
    if totals.rate is not None:
        money.append(f"执行率 {totals.rate:.2%}")
    if totals.score is not None:
        money.append(f"得分 {totals.score}")
    return "；".join(part for part in (counts, "，".join(money)) if part)


def _block(title: str, lines: Iterator[str]) -> str:
    found = list(lines)
    return "\n".join([f"{title}：", *(f"  {line}" for line in found)]) + "\n" if found else ""


def _standings(result: CollectResult) -> Iterator[str]:
    for state in result.levels:
        name = f"{state.level.code} {state.level.name}"
        standing = state.standing
        if standing is None or state.current is None or state.current.made is None:
            yield f"{name}：{state.remark}"
            continue
        made = f"{state.current.made.astimezone():%Y-%m-%d %H:%M}"
        yield f"{name}：{totals_words(standing.total)}（{made} 上报，由原表重算 {standing.proven} 个单位）"
        for below in standing.below:
            told = below.remark if below.total is None else totals_words(below.total)
            yield f"{'  ' * below.depth}{below.code} {below.name}：{told}"


def _findings(result: CollectResult) -> Iterator[str]:
    for one in result.exports:
        yield from (_line(finding) for finding in one.findings[:_MOST])
        if len(one.findings) > _MOST:
            yield f"{one.name}：…… 另有 {len(one.findings) - _MOST} 处"


def _line(finding: Mapping[str, str | None]) -> str:
    place = " ".join(part for part in (finding["level"], finding["unit"]) if part)
    facts = [f"{word}“{finding[key]}”" for key, word in (("shown", "上报"), ("expected", "应为")) if finding[key]]
    told = f"：{'，'.join(facts)}" if facts else ""
    word = _SEVERITIES.get(finding["severity"] or "", "提示")
    return f"{word} {finding['code']} {place}  {finding['message']}{told}"


def _aside(result: CollectResult) -> Iterator[str]:
    for one in result.exports:
        if one.state is FileState.SET_ASIDE:
            yield f"{one.receipt.source}  {one.code} {one.message}"
