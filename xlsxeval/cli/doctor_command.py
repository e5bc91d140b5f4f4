"""``xlsxeval doctor``."""

from __future__ import annotations

import datetime as dt
import locale
import platform
import sys
from pathlib import Path

import click

from xlsxeval import __version__
from xlsxeval.api import look_at_machine
from xlsxeval.campaign.components import Component
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit
from xlsxeval.cli.options import campaign_of, now, templates


@click.command("doctor", epilog=CHECKED_EXIT_CODES)
@click.option("--campaign", "path", type=click.Path(path_type=Path), help="任务文件夹：列出这个任务用的限额")
def command(path: Path | None) -> None:
    """检查本机环境：程序和软件包的版本、模板、LibreOffice、收表的限额，各是谁定的。

    例：xlsxeval doctor --campaign 任务
    """
    found = look_at_machine(path, templates=templates())
    lines = [f"xlsxeval {__version__}，Python {platform.python_version()}，{platform.platform()}"]
    lines.append(f"控制台编码 {sys.stdout.encoding}，系统编码 {locale.getpreferredencoding(False)}")
    lines += [_component(one, now().date()) for one in found.components]
    for package, version in found.packages:
        missing = f"  ✗ {package} 没有安装：请运行 pip install {package}"
        lines.append(missing if version is None else f"  ✓ {package} {version}")
    if found.templates is not None:
        names = found.editions
        lines.append(f"  ✓ 模板 {found.templates}：{len(names)} 个版本（{'、'.join(names)}）")
    if found.templates_fault:
        lines.append(f"  ✗ 模板：{found.templates_fault}")
    without = "  － 没有 LibreOffice：不影响核对和写 Word 报告，只是不能转 PDF"
    lines.append(f"  ✓ LibreOffice {found.office}" if found.office else without)
    for name, other in found.fonts.items():
        free = found.free_font(name)
        lines.append(
            f"  － 没有字体 {name}"
            + (f"，转 PDF 时用 {other} 代替" if other else "")
            + (f"；可以免费用：{free}" if free else "")
        )
    lines += found.bounds
    if found.bounds_fault:
        lines.append(f"  ✗ 限额：{found.bounds_fault}")
    lines += [
        f"  {'✓' if version else '－'} {package} {version or '没有安装：工作台和上报页面才要'}"
        for package, version in found.extras
    ]
    health = campaign_of(path).portal_health() if path is not None and not found.bounds_fault else []
    lines += [f"  {'✓' if one.is_good else '✗'} 上报页面：{one.told}" for one in health]
    emit("\n".join(lines) + "\n")
    sys.exit(0 if found.is_sound else 2)


def _component(one: Component, today: dt.date) -> str:
    date = f"（{one.date}）" if one.date else "（日期不详）"
    if not one.is_old(today):
        return f"  ✓ {one.name} {one.version}{date}"
    return f"  △ {one.name} {one.version}{date}超过 12 个月了：收到的文件由它读。系统自带的可能打过补丁；双击用的文件夹请换新版"
