"""``xlsxeval explain``."""

from __future__ import annotations

import click

from xlsxeval.cli.campaigns import library
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit
from xlsxeval.errors import UsageError
from xlsxeval.forms.yamlfile import suggestion
from xlsxeval.rules.catalogue import Page, catalogue


@click.command("explain", epilog=CHECKED_EXIT_CODES)
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help="列出全部规则")
def command(code: str | None, everything: bool) -> None:
    """解释一个规则编号：查什么、为什么、怎么改、依据。

    例：xlsxeval explain L101
    """
    pages = catalogue(library())
    if everything:
        emit("\n".join(_page(page) for page in pages.values()))
        return
    if code is None:
        raise UsageError("请写一个规则编号，例如 xlsxeval explain L101；或用 --all 列出全部。")
    if code.upper() not in pages:
        raise UsageError(
            f"没有「{code}」这条规则（用 xlsxeval explain --all 列出全部）{suggestion(code.upper(), pages)}"
        )
    emit(_page(pages[code.upper()]))


def _page(page: Page) -> str:
    severity = {"error": "错误", "warning": "请核对", "info": "提示"}[page.severity.value]
    lines = [f"{page.code}  {page.title}（{severity}，{page.slug}）", f"  为什么：{page.why}", f"  怎么改：{page.fix}"]
    return "\n".join([*lines, f"  依据：{page.basis}"]) + "\n"
