"""The history of a campaign in lines that people read: each action with what it recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from xlsxeval.ledger.portal import portal_lines
from xlsxeval.ledger.queries import Queries
from xlsxeval.ledger.records import Action, Decision, DecisionKind, SubmissionRecord


@dataclass(frozen=True, slots=True)
class Chapter:
    """An action and its events, in their order."""

    action: Action
    lines: tuple[str, ...]


def history(queries: Queries, unit: str | None = None) -> list[Chapter]:
    """All actions, or those that concern a unit with only what concerns it."""
    lines: dict[int, list[str]] = defaultdict(list)
    for action, line in _lines(queries, unit):
        lines[action].append(line)
    return [Chapter(one, tuple(lines[one.id])) for one in queries.actions() if unit is None or lines[one.id]]


def _lines(queries: Queries, unit: str | None) -> Iterator[tuple[int, str]]:
    submissions = {one.id: one for one in queries.submissions(unit)}
    if unit is None:
        for version in queries.campaign_versions():
            yield version.action, f"记下任务定义 {version.digest[:12]}（版本 {version.edition}）"
    yield from _unit_lines(queries, unit)
    for sent in queries.distributions(unit):
        yield sent.action, f"生成 {sent.file_name}（{sent.sha256[:12]}）"
    own = {one.receipt for one in submissions.values()} | {one.receipt for one in queries.decisions(unit)}
    for receipt in queries.receipts():
        if unit is None or receipt.id in own:
            sender = f"，来自 {receipt.sender}" if receipt.sender else ""
            yield receipt.action, f"收到 {receipt.source}（{receipt.size} 字节，{receipt.sha256[:12]}{sender}）"
    for submission in submissions.values():
        yield submission.action, f"登记为 {_name(submission)}"
    counts = queries.finding_counts()
    for judgement in queries.judgements():
        if judgement.submission in submissions:
            name, count = _name(submissions[judgement.submission]), counts.get(judgement.id, 0)
            yield judgement.action, f"核对 {name}：{count} 处问题"
    for decision in queries.decisions(unit):
        yield decision.action, _decided(decision, submissions)
    yield from _waiver_lines(queries, unit)
    for export in queries.exports() if unit is None else ():
        act = "收下" if export.taken else "搁置"
        reason = f"：{export.message}" if export.message else ""
        yield export.action, f"{act}下级 {export.level} {export.name} 的上报（{export.sha256[:12]}）{reason}"
    for review in queries.reviews(unit):
        note = f"：{review.note}" if review.note else ""
        yield review.action, f"单位 {review.unit} 审核为{review.state.word}{note}"
    yield from portal_lines(queries, unit)
    for report in queries.reports(unit):
        yield report.action, f"写报告 {report.path}（{report.sha256[:12]}）"


def _waiver_lines(queries: Queries, unit: str | None) -> Iterator[tuple[int, str]]:
    lines = queries.waivers()
    units = {line.number: line.unit for line in lines if line.act == "waive"}
    for line in lines:
        if unit is None or units.get(line.number) == unit:
            act = "撤销例外" if line.act == "withdraw" else "登记例外"
            reason = f"：{line.reason}" if line.reason else ""
            yield line.action, f"{act} {line.number}（{line.by}，{line.date}）{reason}"


def _unit_lines(queries: Queries, unit: str | None) -> Iterator[tuple[int, str]]:
    names: dict[str, str] = {}
    for version in queries.unit_versions(unit):
        before = names.get(version.unit)
        names[version.unit] = version.name
        if not version.present:
            yield version.action, f"单位 {version.unit} {version.name} 移出任务"
        elif before is None:
            yield version.action, f"单位 {version.unit} {version.name} 列入任务"
        elif before != version.name:
            yield version.action, f"单位 {version.unit} 由 {before} 改名为 {version.name}"
        else:
            yield version.action, f"单位 {version.unit} {version.name} 的给定内容有改动"


def _name(submission: SubmissionRecord) -> str:
    part = f" {submission.part}" if submission.part else ""
    return f"单位 {submission.unit}{part} 第 {submission.version} 版"


_WORDS = {
    DecisionKind.ACCEPTED: "采用",
    DecisionKind.SUPERSEDED: "不再采用",
    DecisionKind.DUPLICATE: "重复收到",
    DecisionKind.CONFLICT: "有冲突，等人选定",
    DecisionKind.CHOSEN: "人工选定",
    DecisionKind.SET_ASIDE: "搁置",
}


def _decided(decision: Decision, submissions: dict[int, SubmissionRecord]) -> str:
    subject = submissions.get(decision.submission or 0)
    other = submissions.get(decision.other or 0)
    text = f"{_WORDS[decision.kind]} {_name(subject) if subject else f'收到的第 {decision.receipt} 份文件'}"
    if other is not None:
        text += f"，改用 {_name(other)}" if decision.kind is DecisionKind.SUPERSEDED else f"，与 {_name(other)}"
    reason = " ".join(part for part in (decision.code, decision.message) if part)
    return f"{text}：{reason}" if reason else text
