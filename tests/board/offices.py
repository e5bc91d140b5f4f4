"""Campaigns whose units stand in every state, made by hand: the files' verdicts, and the same told to a ledger."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from xlsxeval.board import CampaignState, Desk, SheetPoints
from xlsxeval.board.from_verdicts import from_verdicts
from xlsxeval.forms.campaign import Campaign, Project, Unit
from xlsxeval.forms.library import Library
from xlsxeval.layout.placing import part_names
from xlsxeval.ledger import Ledger, Writer
from xlsxeval.model import Finding, Place, Severity, Waiver
from xlsxeval.resources import templates_directory
from xlsxeval.rules.verdict import Subject, Verdict

EDITION = Library(templates_directory()).edition("hunan-2024")
DEADLINE = dt.date(2025, 5, 31)
TODAY = dt.date(2025, 6, 5)
SHEETS = ("附件1", "附件2", "附件3-1", "报告正文")
ZONE = dt.timezone(dt.timedelta(hours=8))
NAMES = (
    "财政",
    "教育",
    "民政",
    "司法",
    "人社",
    "自然资源",
    "住建",
    "交通",
    "水利",
    "农业农村",
    "商务",
    "文旅",
    "卫健",
    "应急",
    "审计",
    "市场监管",
    "统计",
    "医保",
    "林业",
    "信访",
)
NOON = dt.datetime(2025, 6, 4, 12, tzinfo=ZONE)


def unit(code: str, name: str, projects: int = 1) -> Unit:
    given = {"name": "", "department": name, "unit": name}
    own = tuple(Project(**{**given, "name": f"某某专项{number}"}, given={}) for number in range(1, projects + 1))  # type: ignore[arg-type]
    return Unit(code, name, own, {})


def campaign(*units: Unit, deadline: dt.date | None = DEADLINE) -> Campaign:
    return Campaign("board-2024", "hunan-2024", 2024, "某某市财政局", deadline, units)


def desk(made: Campaign, sent: Sequence[str] | None = None, as_of: dt.date = TODAY) -> Desk:
    return Desk(made, EDITION, as_of, sent)


def error(sheet: str | None = "附件2", cell: str | None = "G4", **changes: Any) -> Finding:
    """A wrong execution rate."""
    plain = Finding(
        code="L101",
        slug="execution-rate",
        severity=Severity.ERROR,
        message="执行率不等于执行数÷预算数",
        fix="请核对执行数和预算数，公式会重算执行率。",
        basis="[表] 执行率",
        place=Place(sheet, cell, "funds.rate"),
        label="执行率",
        shown="100.00%",
        expected="93.48%",
        working="2113.82 ÷ 2261.16 = 93.48%",
    )
    return replace(plain, **changes)


def warning(sheet: str = "附件3-1", cell: str = "I12", **changes: Any) -> Finding:
    """Points taken off and no reason given."""
    plain = Finding(
        code="S106",
        slug="reason-missing",
        severity=Severity.WARNING,
        message="扣了分没有写原因",
        fix="请写明偏差原因和改进措施。",
        basis="[表] 偏差原因分析及改进措施",
        place=Place(sheet, cell, "indicators[3].reason"),
        label="偏差原因分析及改进措施（第3行）",
        shown="",
    )
    return replace(plain, **changes)


HINT = warning(code="V030", slug="full-width", severity=Severity.INFO, message="数字写成了文字", cell="G8")
ACCEPTED = error(waived=Waiver("预算科", "年中调整过预算", "2025-06-01"))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def came(of: Unit, *findings: Finding, part: str | None = None, content: str = "") -> Verdict:
    """A file of a unit. ``content`` tells several apart."""
    path = f"收回/{of.code}{part or ''}{content}.xlsx"
    sheets = ("填报说明", *part_names(campaign(of), of, EDITION)) if part is None else ("填报说明", part)
    subject = Subject(of.code, of.name, "board-2024", "hunan-2024", sheets, part, "verified")
    return Verdict(path, sha(path), subject, findings)


def unreadable(name: str = "坏的.xlsx") -> Verdict:
    reason = error(None, None, code="F003", slug="not-a-workbook", message="文件是空的")
    return Verdict(f"收回/{name}", sha(name), None, (replace(reason, place=Place()),))


def state_of(
    made: Campaign,
    *verdicts: Verdict,
    sent: Sequence[str] | None = None,
    days: Mapping[str, dt.date] | None = None,
    as_of: dt.date = TODAY,
) -> CampaignState:
    """The state of files that all came on the day of NOON unless ``days`` says otherwise by path."""
    known = {verdict.path: NOON.date() for verdict in verdicts}
    return from_verdicts(desk(made, sent, as_of), verdicts, {**known, **(days or {})})


def record(ledger: Ledger, made: Campaign, *verdicts: Verdict, sent: Sequence[str] = ()) -> None:
    """Tells the ledger what the files' verdicts say, as collecting them does."""
    with ledger.write("绩效科", NOON, "collect") as w:
        w.campaign_version(made, EDITION.digest)
        for code in sent:
            w.distribution(code, None, f"{code}.xlsx", sha(code), "", EDITION.digest)
        for verdict in verdicts:
            _collect(w, verdict)


def _collect(w: Writer, verdict: Verdict) -> None:
    receipt = w.receipt(verdict.sha256, 1, Path(verdict.path).name, verdict.path, received_at=NOON)
    if verdict.subject is None:
        finding = verdict.findings[0]
        w.set_receipt_aside(receipt, finding.code, f"{finding.message}。{finding.fix}")
        return
    unit, part = verdict.subject.code, verdict.subject.part
    before = w.current_submission(unit, part)
    submission = w.submission(unit, part, verdict.sha256, receipt)
    w.judgement(submission, verdict.status, verdict.findings, holds=verdict.subject.holds)
    if before is not None and before.id == submission.id:
        w.duplicate(submission, receipt)
    elif before is not None:
        w.conflict(submission, before)
    else:
        w.accept(submission)


def town() -> CampaignState:
    """Forty units in every state, with scores."""
    units = [unit(f"4302{number:05d}", f"某某市{name}局", number % 3) for number, name in enumerate(NAMES, start=101)]
    units += [
        unit(f"4302{number:05d}", f"某某市{name}服务中心", number % 3) for number, name in enumerate(NAMES, start=201)
    ]
    made = campaign(*units)
    verdicts: list[Verdict] = []
    days: dict[str, dt.date] = {}
    for number, one in enumerate(units):
        sheets = ("附件1", "附件2", "报告正文", *(["附件3-1"] if one.projects else []))
        here = sheets[number % len(sheets)]
        match number % 8:
            case 0 | 1 | 2:
                found = [came(one)]
            case 3:
                found = [came(one, error(), error(here, "C7"), warning())]
            case 4:
                found = [came(one, warning(here), HINT, ACCEPTED)]
            case 5 if number % 3:
                found = [came(one, content="（一稿）"), came(one, error(), content="（改过）")]
            case 6 if number % 3:
                found = [came(one, part="附件1"), came(one, error(), part="附件2")]
            case _:
                found = []
        for verdict in found:
            days[verdict.path] = dt.date(2025, 5, 20) + dt.timedelta(days=number % 17)
        verdicts += found
    verdicts += [unreadable(), unreadable("扫描件.zip")]
    state = state_of(made, *verdicts, sent=[one.code for one in units[:-3]], days=days)
    scored = [_scored(number, one) for number, one in enumerate(state.units)]
    return replace(state, units=tuple(scored))


def _scored(number: int, line: Any) -> Any:
    if not line.came or line.conflicts:
        return line
    score = 99.5 - (number * 7) % 41 * 0.9
    figures = (
        SheetPoints("附件2", score, 1 - (number % 9) / 60),
        *(SheetPoints(f"附件3-{p}", 90.0, None) for p in range(1, number % 3 + 1)),
    )
    return replace(line, figures=figures)
