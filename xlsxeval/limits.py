"""How much one received file may ask of us: every bound in one place, and which of them a person may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one received workbook. All are absolute: ratios say little, honest style parts pack very well."""

    file_bytes: int = 20 * MB
    """The file as it was sent."""
    entries: int = 500
    """Members of the zip directory."""
    part_bytes: int = 64 * MB
    """One part, inflated; counted while inflating, whatever its header says."""
    total_bytes: int = 128 * MB
    """All parts, inflated."""
    depth: int = 200
    """Nested elements of one part."""
    nodes: int = 5_000_000
    """Elements and attributes of all parts together; what is kept of them (names, merges, links) counts for more."""
    token_bytes: int = 4_000_000
    """One tag with the text that follows it."""
    shared_strings: int = 200_000
    """Texts of the table of shared strings."""
    cell_characters: int = 32_767
    """The text of one cell, which is Excel's own bound; what is longer is cut and reported."""
    formula_characters: int = 16_000_000
    """All formulas together, shared ones written out."""
    cells: int = 300_000
    """Cells of all worksheets together, styled blanks among them."""
    far_row: int = 20_000
    """A filled cell below this row is reported: no form is as long."""
    far_column: int = 1_000
    """A filled cell to the right of this column is reported: no form is as wide."""
    faults_of_a_kind: int = 100
    """Faults with the same code that are listed one by one; the rest is counted."""
    seconds: int = 30
    """Reading and judging one file, in a worker process."""
    memory_bytes: int = 1024 * MB
    """All that a worker process may hold, the program itself among it."""


@dataclass(frozen=True, slots=True)
class LimitSetting:
    """A bound that a person may set, in ``unit``, of which one is ``scale`` of the bound's own; from ``least`` to ``most``."""

    name: str
    label: str
    unit: str
    least: int
    most: int
    bound: str
    scale: int = 1

    def of(self, limits: Limits) -> int:
        """What is set, in the unit."""
        value: int = getattr(limits, self.bound) // self.scale
        return value


SETTINGS = {
    setting.name: setting
    for setting in (
        LimitSetting("file_mb", "收到的文件", "MB", 1, 200, "file_bytes", MB),
        LimitSetting("part_mb", "文件里的一个部件，解压以后", "MB", 1, 512, "part_bytes", MB),
        LimitSetting("total_mb", "全部部件，解压以后", "MB", 1, 1024, "total_bytes", MB),
        LimitSetting("entries", "文件里的部件", "个", 50, 10_000, "entries"),
        LimitSetting("depth", "XML 嵌套", "层", 50, 250, "depth"),
        LimitSetting("nodes", "XML 元素和属性", "个", 100_000, 50_000_000, "nodes"),
        LimitSetting("shared_strings", "不同的文字", "条", 1_000, 2_000_000, "shared_strings"),
        LimitSetting("formula_characters", "全部公式", "个字符", 100_000, 40_000_000, "formula_characters"),
        LimitSetting("cells", "全部单元格，设了格式的空格也算", "个", 10_000, 3_000_000, "cells"),
        LimitSetting("far_row", "填了内容的最下一行", "行", 1_000, 1_048_576, "far_row"),
        LimitSetting("far_column", "填了内容的最右一列", "列", 100, 16_384, "far_column"),
        LimitSetting("listed", "同一种读取问题逐条列出", "条", 10, 10_000, "faults_of_a_kind"),
        LimitSetting("seconds", "核对一个文件的时间", "秒", 5, 3_600, "seconds"),
        LimitSetting("memory_mb", "核对一个文件的内存", "MB", 256, 65_536, "memory_bytes", MB),
    )
}
"""By the name under which a person sets it. What is not among them is Excel's own bound or part of the defence itself."""


def setting_fault(name: str, value: object) -> str | None:
    """What is wrong with a bound that was set, in Chinese and without its place; None where nothing is."""
    if name not in SETTINGS:
        return f"没有「{name}」这个限额（可用：{'、'.join(SETTINGS)}）"
    setting = SETTINGS[name]
    if isinstance(value, bool) or not isinstance(value, int) or not setting.least <= value <= setting.most:
        return f"「{name}」（{setting.label}）应为 {setting.least:,} 到 {setting.most:,} 的整数，单位：{setting.unit}"
    return None


def with_settings(values: Mapping[str, int], limits: Limits | None = None) -> Limits:
    """The limits with what was set, by name and in the units of the settings, which must be without fault."""
    changed = {SETTINGS[name].bound: value * SETTINGS[name].scale for name, value in values.items()}
    return replace(limits or Limits(), **changed)
