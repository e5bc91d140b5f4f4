"""One run at a time: a row says who holds the ledger, from which process of which host, since when."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import Connection, Row, delete, insert, select

from xlsxeval.errors import LedgerBusyError
from xlsxeval.ledger.processes import Process, this_process
from xlsxeval.ledger.schema import runs


def take(connection: Connection, campaign: str, who: str, what: str, at: dt.datetime) -> str:
    """Takes the run and gives back its token. Raises LedgerBusyError where a process holds it that may still be alive."""
    holder = connection.execute(select(runs).where(runs.c.campaign == campaign)).one_or_none()
    if holder is not None:
        if not Process(holder.host, holder.process, holder.started).is_gone():
            raise LedgerBusyError(_busy(holder))
        connection.execute(delete(runs).where(runs.c.campaign == campaign))
    token, process = secrets.token_hex(8), this_process()
    own = {"host": process.host, "process": process.number, "started": process.started}
    connection.execute(insert(runs).values(campaign=campaign, token=token, who=who, what=what, since=at, **own))
    return token


def release(connection: Connection, campaign: str, token: str | None = None) -> bool:
    """Ends a run, without a token whosever it is. False where there was none."""
    own = runs.c.campaign == campaign
    gone = connection.execute(delete(runs).where(own if token is None else own & (runs.c.token == token)))
    return gone.rowcount > 0


def _busy(holder: Row[tuple[object, ...]]) -> str:
    since = holder.since.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return (
        f"任务「{holder.campaign}」的台账正被另一次运行占用：{holder.who} 从 {since} 起在计算机 {holder.host} 上运行"
        f"「{holder.what}」（进程 {holder.process}）。这次什么也没有写，请等它结束再运行。"
        f"如果确定它已经停了，请运行 xlsxeval ledger unlock 解除占用。"
    )
