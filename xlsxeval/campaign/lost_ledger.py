"""A ledger that is gone while the archive beside it is full: told with the way back, never silently begun anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.storage import archive_of, ledger_target
from xlsxeval.errors import StorageError, UsageError

if TYPE_CHECKING:
    from xlsxeval.ledger import Ledger

_WAY_BACK = (
    "没有另起新台账：那样，发过什么、收过什么、怎么选定的，都丢了。请从备份恢复（xlsxeval restore 备份文件，或把备份里的台账拷回来）；"
    "确实没有备份的，运行 xlsxeval ledger begin {folder}，再把收到的表重新收一遍。"
)


def refuse_lost(folder: Path, address: str | None) -> None:
    """Raises StorageError where the campaign in ``folder`` has received files in its archive, and its ledger is gone."""
    target = ledger_target(folder, address)
    if "://" in str(target) or holds_anything(Path(target)):
        return
    count = sum(1 for _ in archive_of(folder))
    if count:
        what = "是空的（0 字节）" if Path(target).exists() else "不见了"
        raise StorageError(f"台账{what}：{target}，而存档里有收到的 {count} 份文件。{_WAY_BACK.format(folder=folder)}")


def refuse_strange(folder: Path, ledger: Ledger) -> None:
    """Raises UsageError where a database knows nothing of the campaign in ``folder`` whose archive has received files."""
    with ledger.read() as r:
        known = r.last_moment() is not None
    if not known and next(iter(archive_of(folder)), None) is not None:
        raise UsageError(
            f"台账 {ledger.place} 里没有任务「{ledger.campaign}」的任何记录，而存档里有收到的文件。"
            f"请检查台账的地址；{_WAY_BACK.format(folder=folder)}"
        )


def holds_anything(path: Path) -> bool:
    """Whether a ledger's file is there and not empty; what was written last may still lie beside it."""
    return any(one.is_file() and one.stat().st_size for one in (path, path.with_name(f"{path.name}-wal")))
