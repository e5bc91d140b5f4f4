"""``xlsxeval account``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.cli.options import campaign_of, ledger_option
from xlsxeval.errors import UsageError
from xlsxeval.ledger.portal import AccountRole


@click.command("account", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", metavar="任务", type=click.Path(path_type=Path))
@click.argument("name", metavar="用户名", required=False)
@click.option(
    "--role",
    type=click.Choice([role.value for role in AccountRole]),
    help="新用户的角色：organiser 组织人员，auditor 查阅人员",
)
@click.option("--close", is_flag=True, help="停用")
@click.option("--by", help="谁办的（默认：登录本机的用户名）")
@ledger_option
def command(
    campaign: Path, name: str | None, role: str | None, close: bool, by: str | None, address: str | None
) -> None:
    """上报页面的用户：开户、重设密码、停用，记在台账里。不写用户名就列出全部。密码由程序生成，只显示这一次。

    例：xlsxeval account 自评2024 王会计 --role organiser    xlsxeval account 自评2024 王会计
    """
    opened = campaign_of(campaign, address, by)
    if name is None:
        emit(
            "".join(f"{one.name}  {AccountRole(one.role).word}\n" for one in opened.accounts().values())
            or "还没有用户。\n"
        )
        return
    if close:
        opened.set_account(name, None, None)
        say(f"“{name}”已停用。")
        return
    try:
        from xlsxeval.web.portal.passwords import new_password, password_hash
    except ModuleNotFoundError as error:
        raise UsageError(f"要多装几个包（缺 {error.name}）：pip install 'xlsxeval[desk]'") from None
    password = new_password()
    done = opened.set_account(name, AccountRole(role) if role else None, password_hash(password, name))
    say(f"“{name}”（{done.word}）的密码在下面，只显示这一次。请告诉本人，登录后改掉。")
    emit(f"{password}\n")
