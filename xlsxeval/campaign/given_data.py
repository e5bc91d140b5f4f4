"""Given data taken over from exports of other systems into the campaign's roster, by a mapping that is kept with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlsxeval.campaign.files import write_new_files
from xlsxeval.campaign.source_edits import replace_roster
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError
from xlsxeval.forms.labels import form_label
from xlsxeval.roster import make_plan, roster_bytes
from xlsxeval.roster.campaign_lines import campaign_lines
from xlsxeval.roster.export_mapping import read_mapping
from xlsxeval.roster.exports import GivenReport, columns_of, with_export

MAPPING = "对照.yaml"


@dataclass(frozen=True, slots=True)
class GivenData:
    """Values taken from an export. ``roster`` is the new roster, None where nothing was written; ``aside`` the name of the old."""

    report: GivenReport
    roster: Path | None
    aside: Path | None


def take_export(workspace: Workspace, export: Path, mapping: Path | None, advice: str, *, write: bool) -> GivenData:
    """Takes the values of an export into the roster; the present one is renamed. ``mapping`` is by default the campaign's.

    Raises UsageError where a roster cannot hold the campaign, DefinitionError for faults of the mapping and the export.
    """
    campaign, edition = workspace.campaign, workspace.edition
    rules = read_mapping(mapping or workspace.folder / MAPPING, edition)
    changed, report = with_export(campaign, edition, export, rules)
    if not write or not report.taken:
        return GivenData(report, None, None)
    lines = campaign_lines(changed, edition, make_plan(edition))
    if lines.left_out:
        what = "".join(f"\n  {one}" for one in lines.left_out)
        raise UsageError(f"名册里写不了下面这些，没有写。请留着用 campaign.yaml，或先把它们删去：{what}")
    data = roster_bytes(edition, tuple(workspace.library.editions()), lines.task, advice, lines.tables)
    aside = replace_roster(workspace.folder, data)
    return GivenData(report, workspace.folder / "名册.xlsx", aside)


def draft_mapping(workspace: Workspace, export: Path) -> tuple[Path, int]:
    """Writes a mapping for an export, with the columns that are named exactly as fields; returns it and their number.

    Raises UsageError where the campaign has one already.
    """
    edition, target = workspace.edition, workspace.folder / MAPPING
    columns = columns_of(export)
    plan = make_plan(edition)
    items = [*plan.items, *plan.texts]
    known = {
        column: [item for item in items if item.block is None and column in _names(item.label)] for column in columns
    }
    sure = {column: found[0] for column, found in known.items() if len(found) == 1}
    unit = next(
        (column for column in columns if column in ("单位代码", "单位编码", "预算单位编码", "单位名称")), "单位编码"
    )
    project = next((column for column in columns if column in ("项目名称",)), "")
    lines = [
        f"# {export.name} 的列和表样字段的对照；改好以后一直用。没有写进 fields 的列不取。",
        f"# 这份导出的列：{'、'.join(columns)}",
        f"unit: {unit}        # 哪一列是单位（代码或全称，要和名册里的一样）",
        *([f"project: {project}    # 哪一列是项目全称"] if project else ["# project: 项目名称"]),
        "money: 万元          # 导出的金额单位：元、千元、万元、亿元",
        "fields:              # 表的代号!字段: 列名",
        *(f"  {item.form.id}!{item.field.id}: {column}" for column, item in sure.items()),
        "# 可以写的字段：",
        *(
            f"#   {item.form.id}!{item.field.id}: {form_label(item.form)} {item.label}"
            for item in items
            if item.block is None
        ),
    ]
    if not sure:
        lines[lines.index("fields:              # 表的代号!字段: 列名")] = "fields: {}           # 表的代号!字段: 列名"
    write_new_files({target: ("\n".join(lines) + "\n").encode("utf-8")}, way_out="请改它，或先移走。")
    return target, len(sure)


def _names(label: str) -> tuple[str, str]:
    """A field's label, and without the line that it stands in: 年度资金总额（年初预算数） is 年初预算数 of the whole."""
    inner = label.rpartition("（")[2].rstrip("）") if label.startswith("年度资金总额（") else label
    return label, inner
