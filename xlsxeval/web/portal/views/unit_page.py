"""A unit's page: what is asked, its workbook, what it handed in, messages, 确认上报, receipts."""

from __future__ import annotations

import io
from typing import Any

from flask import Response, abort, render_template, request, send_file, url_for

from xlsxeval.board import BoardLine
from xlsxeval.errors import UsageError
from xlsxeval.model import Severity
from xlsxeval.output import words
from xlsxeval.results.unit_dossier import HandedFile, UnitDossier
from xlsxeval.results.upload_receipt import WORDS, receipt_lines
from xlsxeval.web.pages import go
from xlsxeval.web.portal.carried_files import carries_over
from xlsxeval.web.portal.office import Knock, Office
from xlsxeval.web.seen import shown, unchanged

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def unit(office: Office, knock: Knock) -> str:
    """The page of a unit."""
    dossier = knock.campaign.dossier(knock.code)
    return unit_template(office, knock, "unit", dossier=dossier, states=WORDS, shown=counted(dossier.line))


def form(office: Office, knock: Knock) -> str:
    """What counts for the unit, drawn as in Excel with its findings."""
    returns = knock.campaign.drawn_by_workers(knock.campaign.unit(knock.code))
    if not returns:
        raise UsageError("还没有算数的表，没有可看的。请先在“交表”里交上来；交过而没有算数的，原因在“交过的文件”里。")
    return unit_template(office, knock, "unit_form", returns=returns)


def workbook(office: Office, knock: Knock) -> Response:
    """The unit's workbook, with the values that it returned last typed in."""
    counting = [file for file in knock.campaign.dossier(knock.code).files if file.counts and file.part is None]
    return _made(office, knock, counting[0].sha256 if counting else None)


def blank(office: Office, knock: Knock) -> Response:
    """The unit's workbook without values."""
    return _made(office, knock, None)


def carried(office: Office, knock: Knock, number: str) -> Response:
    """The unit's workbook with the values of a file that was set aside typed in."""
    file = own_file(knock, number)
    if not carries_over(file):
        abort(404)
    return _made(office, knock, file.sha256)


def prepare(office: Office, knock: Knock) -> Response:
    """Makes the unit's workbook where the campaign changed since it was sent, so that it can be downloaded."""
    asking(knock).send_own([knock.code])
    return go("workbook", token=token())


def annotated(office: Office, knock: Knock, digest: str) -> Response:
    """The annotated copy of what counts."""
    copy = knock.campaign.annotated(knock.code, digest)
    return send_file(io.BytesIO(copy.content), _XLSX, as_attachment=True, download_name=copy.name)


def handed_file(office: Office, knock: Knock, number: str) -> Response:
    """A file as it was handed in."""
    file = own_file(knock, number)
    path = knock.campaign.archived(file.sha256)
    return send_file(path, "application/octet-stream", as_attachment=True, download_name=file.name)


def receipt(office: Office, knock: Knock, number: str) -> str:
    """The receipt for a file."""
    dossier = knock.campaign.dossier(knock.code)
    file = own_file(knock, number, dossier)
    return unit_template(office, knock, "receipt", file=file, lines=receipt_lines(dossier, file))


def receipt_file(office: Office, knock: Knock, number: str) -> Response:
    """The receipt as a Word document."""
    file = own_file(knock, number)
    data = knock.campaign.upload_receipt(knock.code, file.number)
    name = f"{knock.code} 收件回执 {file.number}.docx"
    return send_file(io.BytesIO(data), _DOCX, as_attachment=True, download_name=name)


def confirm(office: Office, knock: Knock) -> Response:
    """Takes the unit's 确认上报."""
    person = request.form.get("person", "")
    with unchanged(lambda: counted(knock.campaign.unit(knock.code)), person):
        asking(knock).confirm(knock.code, person)
    return go("unit", token=token())


def ask(office: Office, knock: Knock) -> Response:
    """Takes a message of the unit."""
    if office.words.count(f"{knock.key}/{knock.code}"):
        raise UsageError("一小时里留言太多了。请过一会儿再写，或打电话。")
    asking(knock).write_message(knock.code, request.form.get("text", ""), from_unit=True)
    return go("unit", token=token())


def counted(line: BoardLine | None) -> str:
    """What a unit confirms: the files that count."""
    return shown(sorted(line.counting) if line is not None else [])


def token() -> str:
    """The token of the address that was asked for."""
    return str((request.view_args or {})["token"])


def asking(knock: Knock) -> Any:
    """The campaign, on behalf of the unit: so the ledger names it."""
    found = knock.campaign.campaign.unit(knock.code)
    assert found is not None
    return knock.campaign.acting_for(f"{found.name}（链接）")


def own_file(knock: Knock, number: str, dossier: UnitDossier | None = None) -> HandedFile:
    """A file of the unit by the number of its receipt; another unit's is none."""
    files = (dossier or knock.campaign.dossier(knock.code)).files
    found = next((file for file in files if str(file.number) == number), None)
    if found is None:
        abort(404)
    return found


def unit_template(office: Office, knock: Knock, template: str, **values: object) -> str:
    """A page for a unit."""
    campaign = knock.campaign.campaign
    own = campaign.unit(knock.code)
    shared = {
        "campaign": campaign,
        "own": own,
        "token": token(),
        "words": words,
        "csrf": "",
        "key": "",
        "severity": Severity,
    }
    told = {"carries_over": carries_over, "waiting": office.queue.length, "title": own.name if own else ""}
    return render_template(f"portal/{template}.html.j2", **{**shared, **told, **values})


def _made(office: Office, knock: Knock, source: str | None) -> Response:
    made = knock.campaign.own_workbook(knock.code, source)
    if not made.is_sent:
        return Response(unit_template(office, knock, "prepare", address=url_for("prepare", token=token())))
    return send_file(io.BytesIO(made.content), _XLSX, as_attachment=True, download_name=made.name)
