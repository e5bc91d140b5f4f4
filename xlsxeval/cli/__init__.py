"""The command line: one file for each command. Nothing below this package prints, reads the clock, or exits."""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from xlsxeval import __version__
from xlsxeval.cli.click_words import OPTIONS, SUBCOMMANDS, named_in_chinese, speak_chinese
from xlsxeval.cli.console import CHECKED_EXIT_CODES, fail, prepare_console, say
from xlsxeval.errors import DefinitionError, XlsxevalError, told_once
from xlsxeval.interpreter import settle

speak_chinese()

COMMANDS = {
    "desk": "工作台：在浏览器里做完全部工作，不用敲命令",
    "serve": "上报页面：每个单位一个链接，交上马上看到核对结果",
    "account": "上报页面的用户：开户、重设密码、停用",
    "links": "单位的上报链接：做链接表（带二维码），收回",
    "new": "新建一个任务（名册.xlsx 或 campaign.yaml）",
    "give": "把其他系统导出的数按对照写进名册",
    "generate": "按任务生成各单位的锁定工作簿",
    "fields": "列出一份表或一个版本的全部字段",
    "fill": "把 YAML 里的值填进工作簿",
    "check": "核对收回的工作簿",
    "collect": "收表：存档、认出单位、分清版本、记入台账",
    "status": "看进度：谁报了、有没有错误、逾期几天；看板网页",
    "remind": "催报：清单、通知和邮件，附标注版或空白表",
    "report": "用收回的工作簿写 Word 报告",
    "submit": "上报：把算数的表做成签了名的上报包，交给上一级收",
    "summary": "把收回的表汇总成一个工作簿（公式是活的，带图表）",
    "appraise": "起草考核评分表（能定的分写上原因，要人评的留空）",
    "run": "一条命令做完：生成、收表、核对、写报告",
    "review": "审核：一个单位的表通过、退回或待核",
    "dismiss": "放到一边：搁置的文件看过了、不用管的",
    "waive": "登记例外：查过了、不用改的问题",
    "ledger": "台账：经过、导出、核对存档",
    "backup": "备份：整个任务写成一个文件，写完核对",
    "restore": "恢复：由备份恢复任务，先核对",
    "audit": "核对别处做的报告（Word、网页、Excel、PDF）",
    "recalc": "把任何工作簿的公式重算一遍",
    "import-form": "由官方空白表（Excel、Word）起草表样和版本",
    "lint": "检查表样定义和任务文件",
    "explain": "解释一个规则编号",
    "editions": "列出表样版本和它的参数",
    "doctor": "检查本机环境",
    "demo": "用自带的样例走一遍",
}

INTERRUPTED = 130
"""Exit code after Ctrl-C, as in shells."""


class _LazyGroup(click.Group):
    """A group of commands that are imported when they are used, so that ``--help`` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"xlsxeval.cli.{cmd_name.replace('-', '_')}_command")
        command: click.Command = module.command
        return named_in_chinese(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            alike = difflib.get_close_matches(name, COMMANDS, n=1)
            ctx.fail(f"没有「{name}」这条命令" + (f"，是不是 {alike[0]}？" if alike else "。"))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\n已停下，工作进程都已结束。收到的文件没有改动；要做完，再运行一次。", err=True)
            ctx.exit(INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    epilog=CHECKED_EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar=OPTIONS,
    subcommand_metavar=SUBCOMMANDS,
)
@click.option("--templates", metavar="路径", type=click.Path(path_type=Path), help="模板目录（默认用程序自带的）")
@click.version_option(__version__, message="xlsxeval %(version)s")
@click.pass_context
def cli(ctx: click.Context, templates: Path | None) -> None:
    """绩效自评：生成锁定的 Excel 表，核对收回的表，写出 Word 报告。

    第一次用，请运行：xlsxeval demo
    """
    ctx.obj = templates


def main(args: list[str] | None = None) -> Any:
    """Runs the command line and exits: 0 clean, 1 findings, 2 usage or internal."""
    settle()
    prepare_console()
    try:
        cli.main(args=args, prog_name="xlsxeval", standalone_mode=True)
    except DefinitionError as error:
        for line in told_once(error.problems):
            say(line)
        fail(f"共 {len(error.problems)} 处错误，请改正后再运行。")
    except XlsxevalError as error:
        fail(str(error))
    except OSError as error:
        name = error.filename or ""
        fail(f"读写文件失败：{name} {error.strerror or error}。请检查路径、权限和磁盘空间。")
    except Exception as error:
        if os.environ.get("XLSXEVAL_DEBUG"):
            raise
        fail(
            f"程序内部错误（{type(error).__name__}：{error}）。这是程序的问题，不是您的；设 XLSXEVAL_DEBUG=1 再运行可以看到详情。"
        )
    sys.exit(0)
