"""The Word receipt (回执) for a received file: what came, when, with its SHA-256, and how it stands."""

from __future__ import annotations

from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError
from xlsxeval.results.unit_dossier import HandedFile, UnitDossier, unit_dossier

WORDS = {
    "current": "收到，算数",
    "conflict": "收到，要由组织部门选定用哪一份",
    "superseded": "收到，后来另交了一份，以后来的为准",
    "duplicate": "收到，与以前交的是同一份",
    "set_aside": "收到原件，没有算数",
}
"""The state of a received file, as a unit reads it."""


def upload_receipt(workspace: Workspace, code: str, number: int) -> bytes:
    """The receipt for a file of a unit, by its number in the dossier. Raises UsageError for an unknown one."""
    from xlsxeval.report.receipt import receipt_bytes  # python-docx only where a document is written

    dossier = unit_dossier(workspace, code)
    file = next((one for one in dossier.files if one.number == number), None)
    if file is None:
        raise UsageError("没有这一份文件的回执。请从“交过的文件”里打开。")
    campaign = workspace.campaign
    heading = f"{campaign.year}年度绩效自评表 收件回执"
    made = f"{workspace.clock().astimezone():%Y-%m-%d %H:%M}"
    return receipt_bytes(heading, receipt_lines(dossier, file), campaign.department, made)


def receipt_lines(dossier: UnitDossier, file: HandedFile) -> list[tuple[str, str]]:
    """The receipt's lines, each with its title."""
    state = WORDS[file.state] + (f"：{file.message}" if file.message else "")
    found = "没有问题" if not file.findings else f"{file.errors} 处错误，{file.findings - file.errors} 处请核对或提示"
    confirmed = dossier.confirmation
    lines = [
        ("单位", f"{dossier.name}（{dossier.code}）"),
        ("文件", file.name),
        ("大小", f"{file.size} 字节"),
        ("SHA-256", file.sha256),
        ("收到时间", f"{file.at.astimezone():%Y-%m-%d %H:%M:%S}"),
        ("编号", f"{file.number}" + (f"，第 {file.version} 版" if file.version else "")),
        ("状态", state),
    ]
    if file.counts:
        lines.append(("核对", found))
    if file.counts and confirmed is not None and confirmed.is_current:
        lines.append(("确认上报", f"{confirmed.person}，{confirmed.at.astimezone():%Y-%m-%d %H:%M}"))
    late = 0 if dossier.line is None else dossier.line.days_late
    if file.counts and late:
        lines.append(("逾期", f"{late} 天"))
    return lines
