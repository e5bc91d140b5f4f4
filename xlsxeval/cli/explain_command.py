"""``xlsxeval explain``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from xlsxeval import api
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit
from xlsxeval.cli.editions_command import parameter_value
from xlsxeval.cli.options import templates
from xlsxeval.errors import UsageError
from xlsxeval.forms.settings import FIRM_FAMILIES
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.resources import rule_codes

if TYPE_CHECKING:
    from xlsxeval.forms.definition import Edition
    from xlsxeval.rules.catalogue import RulePage

_SEVERITIES = {"error": "错误", "warning": "请核对", "info": "提示", "off": "关"}


@click.command("explain", epilog=CHECKED_EXIT_CODES)
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help="列出全部规则")
@click.option("--edition", "name", help="表样版本：写出它的参数值和级别设置")
def command(code: str | None, everything: bool, name: str | None) -> None:
    """解释一个规则编号：查什么、为什么、怎么改、依据、用到的参数、能不能改级别和登记例外。

    例：xlsxeval explain L101 --edition hunan-2024
    """
    edition = None if name is None else api.edition(name, templates=templates())
    if everything:
        emit("\n".join(_page(page, edition) for page in api.rules(templates=templates()).values()))
        return
    if code is None:
        raise UsageError("请写一个规则编号，例如 xlsxeval explain L101；或用 --all 列出全部。")
    pages = api.rules((), templates=templates())
    if code.upper() not in pages:  # perhaps a check that stands in a form alone
        pages = api.rules(templates=templates())
    if code.upper() not in pages:
        raise UsageError(
            f"没有「{code}」这条规则（用 xlsxeval explain --all 列出全部）{suggestion(code.upper(), pages)}"
        )
    emit(_page(pages[code.upper()], edition))


def _page(page: RulePage, edition: Edition | None) -> str:
    severity = _SEVERITIES[page.severity.value]
    lines = [f"{page.code}  {page.title}（{severity}，{page.slug}）", f"  为什么：{page.why}", f"  怎么改：{page.fix}"]
    lines += [f"  依据：{page.basis}", *_parameters(page, edition), *_setting(page, edition)]
    return "\n".join(lines) + "\n"


def _parameters(page: RulePage, edition: Edition | None) -> Iterator[str]:
    """The parameters that the rule uses; with an edition also their values."""
    for name in page.parameters:
        parameter = edition.parameters.get(name) if edition else None
        if parameter is not None:
            yield f"  参数：{name} = {parameter_value(parameter.value)}  {parameter.label}（依据：{parameter.basis}）"
        elif edition is not None and page.code in rule_codes():
            yield f"  参数：{name}（版本 {edition.id} 没有设，用程序的默认值）"
        else:
            yield f"  参数：{name}"


def _in_forms(page: RulePage, edition: Edition) -> Iterator[str]:
    """Reports whether the edition's forms use a check, and its severity where it differs."""
    severities = {check.severity for form in edition.forms for check in form.checks if check.code == page.code}
    if not severities and page.code not in rule_codes():
        yield f"  版本 {edition.id} 的表不用这项检查"
    elif severities - {page.severity}:
        words = "、".join(_SEVERITIES[severity.value] for severity in sorted(severities))
        yield f"  版本 {edition.id} 的表里是：{words}"


def _setting(page: RulePage, edition: Edition | None) -> Iterator[str]:
    """Options for changing the rule's severity or waiving it, and the edition's setting."""
    if page.firm:
        yield f"  级别：不能改，也不能登记例外：它说的是{FIRM_FAMILIES[page.code[0]]}"
        return
    if edition is not None:
        yield from _in_forms(page, edition)
    yield "  级别：版本和任务可以改或者关（rules），查过的可以登记例外（xlsxeval waive）"
    setting = edition.settings.get(page.code) if edition else None
    if edition is not None and setting is not None:
        basis = f"（{setting.basis}）" if setting.basis else ""
        yield f"  版本 {edition.id} 设为：{_SEVERITIES[setting.level]}{basis}"
