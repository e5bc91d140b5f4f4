"""``xlsxeval doctor``."""

from __future__ import annotations

import importlib.metadata
import locale
import platform
import shutil
import sys
from pathlib import Path

import click

from xlsxeval import __version__
from xlsxeval.campaign.bounds import limit_lines
from xlsxeval.campaign.source import load_source
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit
from xlsxeval.cli.options import library
from xlsxeval.errors import XlsxevalError

_PACKAGES = ("click", "docxtpl", "jinja2", "lxml", "pydantic", "python-docx", "ruamel.yaml", "xlsxwriter")


@click.command("doctor", epilog=CHECKED_EXIT_CODES)
@click.option("--campaign", "path", type=click.Path(path_type=Path), help="任务文件夹：列出这个任务用的限额")
def command(path: Path | None) -> None:
    """检查本机环境：程序和软件包的版本、模板、LibreOffice、收表的限额，各是谁定的。

    例：xlsxeval doctor --campaign 任务
    """
    lines = [f"xlsxeval {__version__}，Python {platform.python_version()}，{platform.platform()}"]
    lines.append(f"控制台编码 {sys.stdout.encoding}，系统编码 {locale.getpreferredencoding(False)}")
    bad = False
    for package in _PACKAGES:
        try:
            lines.append(f"  ✓ {package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            lines.append(f"  ✗ {package} 没有安装：请运行 pip install {package}")
            bad = True
    try:
        templates = library()
        names = templates.editions()
        lines.append(f"  ✓ 模板 {templates.directory}：{len(names)} 个版本（{'、'.join(names)}）")
        for name in names:
            templates.edition(name)
    except XlsxevalError as error:
        lines.append(f"  ✗ 模板：{error}")
        bad = True
    office = shutil.which("soffice") or shutil.which("libreoffice")
    lines.append(
        f"  ✓ LibreOffice {office}" if office else "  － 没有 LibreOffice：不影响核对和写 Word 报告，只是不能转 PDF"
    )
    try:
        lines += limit_lines(None if path is None else load_source(path, library())[0])
    except XlsxevalError as error:
        lines.append(f"  ✗ 限额：{error}")
        bad = True
    emit("\n".join(lines) + "\n")
    sys.exit(2 if bad else 0)
