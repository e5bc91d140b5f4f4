"""Bounds for received files: the program's defaults, replaced by the campaign's, and these by the environment's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.limits import MB, SETTINGS, Limits, setting_fault, with_settings
from xlsxeval.workers import Bounds
from xlsxeval.workers.pool import FEW
from xlsxeval.workers.memory import holds_memory

VARIABLE = "XLSXEVAL_LIMITS"
_PART = re.compile(r"(?P<name>[a-z_]+)=(?P<value>[0-9]+)")


def limits_for(campaign: Campaign | None) -> Limits:
    """Bounds on a campaign's received files. Raises UsageError where ``XLSXEVAL_LIMITS`` cannot be understood."""
    return with_settings({**(campaign.limits if campaign is not None else {}), **of_environment()})


def limit_lines(campaign: Campaign | None) -> Iterator[str]:
    """Lists in Chinese every bound that can be set, with its unit, name and origin; then the bounds that are fixed."""
    from xlsxeval.parcels import ParcelLimits  # opens parcels: imported only where it is needed

    limits, ours, machines = limits_for(campaign), campaign.limits if campaign is not None else {}, of_environment()
    yield "收表的限额（在任务的 campaign.yaml 里用 limits 改，或用环境变量 " + VARIABLE + " 改）："
    for name, setting in SETTINGS.items():
        whose = f"环境变量 {VARIABLE}" if name in machines else "这个任务" if name in ours else "程序自带"
        yield f"  {setting.label}：{setting.of(limits):,} {setting.unit}（{name}，{whose}）"
    yield f"  一个单元格的文字：{limits.cell_characters:,} 个字符（Excel 的上限，不能改）"
    parcel = ParcelLimits()
    yield (
        f"  压缩包和邮件：{parcel.parcel_bytes // MB:,} MB，里面最多 {parcel.pieces:,} 个文件，每个 {parcel.piece_bytes // MB} MB，"
        f"共 {parcel.total_bytes // MB:,} MB，最多套 {parcel.depth} 层（不能改）"
    )
    if not holds_memory():
        yield "  － 这个系统不替程序限制内存：memory_mb 不起作用，靠上面文件大小的限额和时间的限额"
    yield f"  多于 {FEW} 份时另开工作进程，时间和内存的限额在那里起作用；-j 1 不另开"


def bounds_of(limits: Limits) -> Bounds:
    """Bounds on the time and memory that a worker may spend on one file."""
    return Bounds(limits.seconds, limits.memory_bytes)


def of_environment() -> Mapping[str, int]:
    """Reads the bounds in ``XLSXEVAL_LIMITS`` (``seconds=60 memory_mb=2048``). Raises UsageError for any other form."""
    found = {}
    for part in re.split(r"[\s,;]+", os.environ.get(VARIABLE, "").strip()):
        match = _PART.fullmatch(part)
        if match is None and part:
            raise UsageError(f"环境变量 {VARIABLE} 里的「{part}」不对：应写成 seconds=60 这样，几项用空格隔开。")
        if match is None:
            continue
        name, value = match["name"], int(match["value"])
        fault = setting_fault(name, value)
        if fault is not None:
            near = "" if name in SETTINGS else suggestion(name, SETTINGS)
            raise UsageError(f"环境变量 {VARIABLE}：{fault}{near}")
        found[name] = value
    return found
