"""``xlsxeval serve``."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import ledger_option, now, templates
from xlsxeval.errors import UsageError


@click.command("serve", epilog=CHECKED_EXIT_CODES)
@click.argument("campaigns", metavar="任务...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="绑在哪个地址")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口")
@click.option("--url", help="单位在浏览器里打开的网址，例如 https://jixiao.example.gov.cn/portal")
@click.option("--prefix", default="", help="反向代理把它放在哪个路径下（写了 --url 就不用写）")
@click.option("--proxy", help="反向代理的地址，例如 127.0.0.1：只信它写的 X-Forwarded-For 等头")
@click.option("--without-tls", is_flag=True, help="冒险：不经 TLS 让别的机器直接连")
@ledger_option
def command(
    campaigns: tuple[Path, ...],
    host: str,
    port: int,
    url: str | None,
    prefix: str,
    proxy: str | None,
    without_tls: bool,
    address: str | None,
) -> None:
    """上报页面：一台服务器，每个单位一个链接，交上马上看到核对结果；组织人员登录后办全部工作。

    前面放 nginx 或 Caddy 做 TLS，见 docs/internals/portal.md。按 Ctrl-C 停。

    例：xlsxeval serve 自评2024 --url https://jixiao.example.gov.cn --proxy 127.0.0.1
    """
    try:
        from xlsxeval.web.portal.office import Office, portal_address
        from xlsxeval.web.portal.serving import bound_server, require_safe, serve_portal, settings_for
    except ModuleNotFoundError as error:
        raise UsageError(f"上报页面要多装几个包（缺 {error.name}）：pip install 'xlsxeval[desk]'") from None
    require_safe(host, risk=without_tls)
    if without_tls and not url:
        raise UsageError("写了 --without-tls，也要用 --url 写明别的机器用什么网址打开，例如 http://10.1.2.3:8000。")

    def office(bound: int) -> Office:
        where = portal_address(url, prefix, bound)
        return Office(campaigns, where, clock=now, log=_log(), ledger=address, templates=templates())

    made, server = bound_server(office, settings_for(host, port, proxy))
    serve_portal(made, server, lambda lines: say("\n".join(lines)))


def _log() -> Callable[[str], None]:
    """Writes to stderr, where systemd keeps it."""
    logger = logging.getLogger("xlsxeval.portal")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger.addHandler(handler)
    logger.propagate = False
    return logger.error
