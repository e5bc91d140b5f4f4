"""Step 2: the workbooks for the units."""

from __future__ import annotations

import io
import zipfile

from flask import Response, request, send_file

from xlsxeval.api import Heard
from xlsxeval.campaign.folders import SENT
from xlsxeval.errors import UsageError
from xlsxeval.web.pages import begin, page
from xlsxeval.web.tasks import Task, TaskLine
from xlsxeval.web.workplace import Workplace


def sending(work: Workplace, key: str) -> str:
    """The units, with what was made for each."""
    campaign = work.campaign(key)
    state = campaign.status()
    return page(work, "sending", title="下发", key=key, step="sending", state=state, files=_files(work, key))


def send(work: Workplace, key: str) -> Response:
    """Makes the workbooks of the chosen units, or of all."""
    campaign, units = work.campaign(key), request.form.getlist("unit")
    split, archive, again = (name in request.form for name in ("split", "archive", "again"))
    if not units:
        raise UsageError("没有选单位。请勾上要生成的单位，或点“全选”。")

    def generate(task: Task) -> None:
        heard = Heard(progress=task.progress, tell=task.tell)
        sent = campaign.generate(None, units, split=split, archive=archive, force=again, **heard)
        task.lines += [TaskLine(f"{one.code} {one.unit}：{one.name}", kind="good") for one in sent]

    return begin(work, key, "生成下发的表", generate, "sending")


def sent_archive(work: Workplace, key: str) -> Response:
    """All workbooks of 下发 in one archive."""
    files = _files(work, key)
    if not files:
        raise UsageError("还没有生成过表。请先在“下发”里生成。")
    folder, packed = work.folder(key) / SENT, io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in files:
            archive.write(folder / name, name)
    packed.seek(0)
    return send_file(packed, as_attachment=True, download_name=f"{work.folder(key).name} 下发.zip")


def _files(work: Workplace, key: str) -> list[str]:
    """Names of the files in 下发, relative to it."""
    folder = work.folder(key) / SENT
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "~$")))
    return sorted(path.relative_to(folder).as_posix() for path in found)
