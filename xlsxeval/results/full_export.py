"""Everything of a campaign for other programs and for the files: ledger as tables, counting workbooks, results."""

from __future__ import annotations

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxeval.campaign.files import file_name
from xlsxeval.campaign.folders import RESULTS
from xlsxeval.campaign.ledger_files import export_ledger
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.standing import standing_by_ledger


def export_all(workspace: Workspace, folder: Path) -> Path:
    """Writes the archive into ``folder`` under today's date and time, and returns its path.

    It holds neither keys nor hashes of passwords; a backup (``xlsxeval backup``) has those.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"导出 {workspace.clock().astimezone():%Y-%m-%d %H%M%S}.zip"
    with workspace.ledger() as ledger, ledger.read() as r:
        counting = standing_by_ledger(workspace, r).counting
    results = workspace.folder / RESULTS
    made = [one for one in results.rglob("*") if one.is_file() and not one.is_relative_to(folder)]
    listener = workspace.listener
    with TemporaryDirectory(prefix="xlsxeval-") as place, zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        for table in export_ledger(workspace, Path(place) / "tables", "csv", force=True):
            archive.write(table, f"台账/{table.name}")
        for one in listener.counted(counting, len(counting), "导出"):
            part = f" {file_name(one.part)}" if one.part else ""
            archive.write(
                workspace.archive.path(one.receipt.sha256), f"算数的表/{file_name(one.unit or '')}{part}.xlsx"
            )
        for one_made in sorted(made):
            archive.write(one_made, f"{RESULTS}/{one_made.relative_to(results).as_posix()}")
    return path
