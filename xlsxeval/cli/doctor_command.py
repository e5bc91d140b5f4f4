"""``xlsxeval doctor``."""

from __future__ import annotations

import importlib.metadata
import locale
import platform
import shutil
import sys
from dataclasses import fields

import click

from xlsxeval import __version__
from xlsxeval.cli.campaigns import library
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit
from xlsxeval.errors import XlsxevalError
from xlsxeval.intake.limits import Limits

_PACKAGES = ("click", "docxtpl", "jinja2", "lxml", "pydantic", "python-docx", "ruamel.yaml", "xlsxwriter")


@click.command("doctor", epilog=CHECKED_EXIT_CODES)
def command() -> None:
    """检查本机环境：程序和软件包的版本、模板、LibreOffice、收表的限额。

    例：xlsxeval doctor
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
    lines.append("收表的限额：")
    limits = Limits()
    lines += [f"  {field.name} = {getattr(limits, field.name):,}" for field in fields(limits)]
    emit("\n".join(lines) + "\n")
    sys.exit(2 if bad else 0)
