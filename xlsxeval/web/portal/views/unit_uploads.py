"""Uploads of a unit, and the answer: what became of each file, and its findings in the drawn form."""

from __future__ import annotations

from flask import Response, render_template, request, url_for

from xlsxeval.errors import UsageError
from xlsxeval.results.upload_receipt import WORDS
from xlsxeval.web.pages import base_name, go, uploads
from xlsxeval.web.portal.office import Knock, Office
from xlsxeval.web.portal.too_often import TooOftenError
from xlsxeval.web.portal.views.unit_page import asking, token, unit_template

_MOST_FILES = 20
_MOST_SHOWN = 60
_NOTHING = "没有收到文件。请先点“选择文件”选填好的表（.xlsx），再点“交表”。"


def hand_in(office: Office, knock: Knock) -> Response | tuple[str, int, dict[str, str]]:
    """Takes the files of a unit. The answer comes once they are on the disk and in the ledger."""
    wait = office.uploads.count(f"{knock.key}/{knock.code}")
    if wait:
        raise TooOftenError(wait)
    campaign, numbers = asking(knock), list[int]()
    with office.queue.turn() as is_mine:
        if not is_mine:
            told = f"现在交的人太多，前面还有 {office.queue.length} 份在排队，这一次没有收下。请过一分钟再交一次。"
            page = render_template("portal/fault.html.j2", message=told, code=503, back=url_for("unit", token=token()))
            return page, 503, {"Retry-After": "60"}
        if knock.campaign.portal_settings().closed:
            raise UsageError("组织部门已经停止收表，这一次没有收下。还要补交的，请与组织部门联系。")
        for count, file in enumerate(uploads(_NOTHING), start=1):
            if count > _MOST_FILES:
                raise UsageError(f"一次最多交 {_MOST_FILES} 个文件。前 {_MOST_FILES} 个收下了，其余的请再交一次。")
            numbers += campaign.hand_in(knock.code, file.data, name=base_name(file.name)).receipts
    return go("answer", token=token(), n=numbers[:_MOST_SHOWN])


def answer(office: Office, knock: Knock) -> str:
    """What became of an upload. It is read from the ledger, so it can be opened again."""
    dossier = knock.campaign.dossier(knock.code)
    asked = set(request.args.getlist("n")[:_MOST_SHOWN])
    files = [file for file in dossier.files if str(file.number) in asked]
    if not files:
        raise UsageError("没有这一次上传的记录。请看“交过的文件”。")
    counting = {file.sha256 for file in files if file.state in ("current", "duplicate")}
    returns = [one for one in knock.campaign.drawn_by_workers(dossier.line) if one.sha256 in counting]
    return unit_template(
        office, knock, "answer", dossier=dossier, files=files, returns=returns, states=WORDS, title="交表结果"
    )
