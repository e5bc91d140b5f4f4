"""Step 4: the units' returns, each drawn as in Excel with its findings; exceptions, notes, sending back, passing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flask import Response, abort, request, send_file, url_for

from xlsxeval.api import OpenCampaign
from xlsxeval.board import BoardLine
from xlsxeval.campaign.folders import RESULTS
from xlsxeval.errors import UsageError
from xlsxeval.model import Severity
from xlsxeval.web.pages import begin, go, page, reason
from xlsxeval.web.seen import shown, unchanged
from xlsxeval.web.tasks import Task, TaskLine
from xlsxeval.web.workplace import Workplace

_SENT_BACK = "退回"


def states() -> Mapping[str, str]:
    """The words for the states of a review."""
    from xlsxeval.ledger import ReviewState  # the ledger's program only once a campaign is opened

    return {state.value: state.word for state in ReviewState}


def reviews(work: Workplace, key: str) -> str:
    """All units with their findings and the state of their review, filtered as asked."""
    state = work.campaign(key).status()
    asked = {name: request.args.get(name, "") for name in ("code", "severity", "sheet", "state")}
    units = [unit for unit in state.units if unit.came and _fits(unit, asked)]
    found = [finding for unit in state.units for finding in unit.open]
    filters = {
        "codes": sorted({finding.code for finding in found}),
        "sheets": sorted({finding.place.sheet for finding in found if finding.place.sheet}),
        "severities": list(Severity),
    }
    values = {"state": state, "units": units, "asked": asked, "states": states(), **filters}
    return page(work, "reviews", title="核对", key=key, step="reviews", **values)


def review(work: Workplace, key: str, code: str) -> str:
    """A unit's page: its forms with marks, its findings, what was decided."""
    campaign = work.campaign(key)
    line, returns = campaign.unit(code), campaign.drawn_returns(code)
    unit = campaign.campaign.unit(code)
    if unit is None:
        abort(404)
    codes = [one.code for one in campaign.campaign.units]
    place = codes.index(code)
    beside = {"before": codes[place - 1] if place else "", "after": codes[place + 1] if place + 1 < len(codes) else ""}
    message = _message(work.folder(key), code) if line and line.review_state == "returned" else ""
    values = {"unit": unit, "line": line, "shown": _shown(line), "returns": returns, "states": states(), **beside}
    values["message"] = message
    return page(work, "review", title=unit.name, key=key, step="reviews", **values)


def decide(work: Workplace, key: str, code: str) -> Response:
    """Takes the state of a unit's review, with a note; or the note alone."""
    from xlsxeval.ledger import ReviewState

    campaign, told = work.campaign(key), request.form.get("state", "")
    if told == "note":
        line = campaign.unit(code)
        told = line.review_state if line is not None else ReviewState.PENDING.value
    if told not in states():
        raise UsageError("没有选审核结果。请选 待核、退回 或 通过。")
    note = request.form.get("note", "")
    with unchanged(lambda: _shown(campaign.unit(code)), note):
        campaign.review(code, ReviewState(told), note)
    work.notice(f"备注和审核结果“{states()[told]}”已经记下。")
    return go("review", key=key, code=code)


def waive(work: Workplace, key: str, code: str) -> Response:
    """Records an exception for one finding, with its reason."""
    told, cell = reason("登记例外", "年中追加预算，有批复文件"), request.form.get("cell", "") or None
    done = work.campaign(key).waive(request.form.get("rule", ""), code, told, cell=cell)
    work.notice(f"已登记例外 {'、'.join(str(one.number) for one in done)}：这处问题不再计入。")
    return go("review", key=key, code=code)


def withdraw(work: Workplace, key: str) -> Response:
    """Withdraws an exception."""
    number = request.form.get("number", "")
    if not number.isdigit():
        abort(400)
    work.campaign(key).withdraw(int(number))
    work.notice(f"例外 {number} 已撤销。")
    return go("exceptions", key=key)


def exceptions(work: Workplace, key: str) -> str:
    """The exceptions on record."""
    register = work.campaign(key).exceptions()
    return page(work, "exceptions", title="例外", key=key, step="reviews", register=register)


def send_back(work: Workplace, key: str, code: str) -> Response:
    """Makes the annotated copies and the message of a unit, and records that its return goes back."""
    campaign, note = work.campaign(key), request.form.get("note", "")
    out, files = work.folder(key) / RESULTS / _SENT_BACK, f"{url_for('roster', key=key)}files"

    def prepare(task: Task) -> None:
        task.text = _sent_back(campaign, out, code, note, task)
        task.lines += [TaskLine(path.name, f"{files}/{work.places.key(path)}", "good") for path in _made(out, code)]

    with unchanged(lambda: _shown(campaign.unit(code)), note):
        return begin(work, key, "准备退回的标注版和通知", prepare, "review", code=code)


def original(work: Workplace, key: str, code: str, digest: str) -> Response:
    """A counting file as it came."""
    line = work.campaign(key).unit(code)
    files = [slot.current for slot in line.slots if slot.current] if line is not None else []
    file = next((one for one in files if one.sha256 == digest), None)
    if file is None:
        abort(404)
    name = file.name.rpartition("/")[2]
    return send_file(work.campaign(key).archived(digest), as_attachment=True, download_name=name)


def _sent_back(campaign: OpenCampaign, out: Path, code: str, note: str, task: Task) -> str:
    """The message to the unit, once everything for it is written and recorded."""
    from xlsxeval.ledger import ReviewState

    told = campaign.remind(out, [code], progress=task.progress, tell=task.tell)
    campaign.review(code, ReviewState.RETURNED, note)
    return told.texts.get(code, "")


def _made(out: Path, code: str) -> list[Path]:
    """The files that go back to a unit."""
    return sorted(path for path in out.glob(f"{code} */*") if path.is_file())


def _message(folder: Path, code: str) -> str:
    """The message that was written when the unit's return was sent back."""
    from xlsxeval.results.reminders import NOTICE

    found = [path for path in _made(folder / RESULTS / _SENT_BACK, code) if path.name == f"{NOTICE}.txt"]
    return found[0].read_text(encoding="utf-8-sig") if found else ""


def _shown(line: BoardLine | None) -> str:
    """What a review rests on: the counting files, and the review before it."""
    return shown(None if line is None else (sorted(line.counting), line.review))


def _fits(unit: BoardLine, asked: Mapping[str, str]) -> bool:
    if asked["state"] and unit.review_state != asked["state"]:
        return False
    if not any(asked[name] for name in ("code", "severity", "sheet")):
        return True
    return any(
        asked["code"] in ("", finding.code)
        and asked["severity"] in ("", finding.severity.value)
        and asked["sheet"] in ("", finding.place.sheet or "")
        for finding in unit.open
    )
