"""Bounds for received files: the program's defaults, replaced by the campaign's, and these by the environment's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from xlsxeval.errors import UsageError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.limits import MB, SETTINGS, Limits, setting_fault, with_settings
from xlsxeval.workers import Bounds, LossReason
from xlsxeval.workers.memory import holds_memory
from xlsxeval.workers.pool import FEW
from xlsxeval.workers.within import OverBoundsError, within

VARIABLE = "XLSXEVAL_LIMITS"
LOST_CODES = {
    LossReason.TIME: FaultCode.TAKES_TOO_LONG,
    LossReason.MEMORY: FaultCode.TAKES_TOO_MUCH_MEMORY,
    LossReason.DIED: FaultCode.CHECK_BROKE_OFF,
    LossReason.BUG: FaultCode.CHECK_FAILED,
}
"""The rule for a file whose reading or judging did not finish, by the reason."""
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
    yield f"  多于 {FEW} 份时另开工作进程，一份崩溃了不影响别的；不另开的（包括 -j 1）同样受时间和内存的限额"


def bounds_of(limits: Limits) -> Bounds:
    """Bounds on the time and memory that a worker may spend on one file."""
    return Bounds(limits.seconds, limits.memory_bytes)


@contextmanager
def bounded_reading(path: Path, seconds: int = 0) -> Iterator[None]:
    """Bounds the time and memory of reading a file that is no return; ``seconds`` is the least that it may take.

    Raises UsageError where it takes more.
    """
    bounds = bounds_of(limits_for(None))
    most = Bounds(max(bounds.seconds or 0, seconds), bounds.memory_bytes)
    try:
        with within(most):
            yield
    except OverBoundsError as error:
        took = f"用了 {most.seconds:g} 秒" if error.lost.why is LossReason.TIME else "内存不够，"
        raise UsageError(
            f"{path}：{took}还没有读完，没有再读。请打开看看是不是这个文件、里面有没有多余的内容；"
            f"确实这么大，请把环境变量 {VARIABLE} 里的 seconds、memory_mb 调大。"
        ) from None


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
