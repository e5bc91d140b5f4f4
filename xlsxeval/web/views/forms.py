"""Own forms: an edition drafted from official blank forms, its questions answered by choosing, then its campaign."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, abort, request

from xlsxeval import api
from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.forms.unready import EXAMPLE_DEPARTMENT
from xlsxeval.web.pages import base_name, folder_name, go, page, uploads
from xlsxeval.web.views.campaigns import ADVICE
from xlsxeval.web.workplace import Workplace

if TYPE_CHECKING:
    from xlsxeval.campaign.form_drafting import FormDrafting

_NOTHING = "没有收到空白表。请选一个或几个 .xlsx、.xls、.docx 文件。"


def forms(work: Workplace) -> str:
    """The page that takes the blank forms, and the drafts that were begun."""
    begun = [(work.places.key(one.folder), one) for one in api.unfinished_drafts(work.home)]
    return page(work, "forms", title="由空白表建任务", begun=begun, home=work.home, year=work.clock().year - 1)


def begin(work: Workplace) -> Response:
    """Takes blank forms, and perhaps a published report, into a new folder."""
    name, year, department = _asked()
    blanks = {base_name(one.name): one.data for one in uploads(_NOTHING)}
    published = request.files.get("report")
    report = (base_name(published.filename), published.read()) if published and published.filename else None
    edition = f"{re.sub(r'[^A-Za-z0-9一-鿿]+', '', name)[:30] or 'own'}-{year}"
    drafting = api.begin_drafting(work.home / name, edition, department, year, blanks, report)
    try:
        api.redraft(drafting, front=work.front, templates=work.templates)
    except XlsxevalError:
        api.drop_drafting(drafting)
        raise
    return go("drafted", draft=work.places.key(drafting.folder))


def _asked() -> tuple[str, int, str]:
    """The name, the year and the department of the campaign to be. Raises UsageError for a year that is none."""
    name, year = folder_name(request.form.get("name", "")), request.form.get("year", "")
    if not name:
        raise UsageError("请给任务起一个名字，例如：2024年度绩效自评。")
    if not year.isdigit() or not 2000 <= int(year) <= 2100:
        raise UsageError(f"年度“{year}”不对，请写四位数字，例如 2024。")
    return name, int(year), request.form.get("department", "").strip()[:60] or EXAMPLE_DEPARTMENT


def drafted(work: Workplace, draft: str) -> str:
    """The draft beside the original, with its questions."""
    drafting = _drafting(work, draft)
    made, problems = api.redraft(drafting, front=work.front, templates=work.templates, write=False)
    sheets = {} if problems else {one.name: one for one in api.drawn_edition(made.name, templates=drafting.own)}
    pairs = []
    for number, sheet in enumerate(made.sheets):
        mark = sheet.draft.attachment or sheet.draft.sheet
        shown = next((one for name, one in sheets.items() if name.startswith(mark)), None)
        pairs.append((number, sheet, api.drawn_original(sheet), shown))
    own = sorted((drafting.own).rglob("*.yaml"))
    return page(
        work, "drafted", title=made.title, wide=True, draft_key=draft, drafting=drafting, made=made, problems=problems,
        pairs=pairs, others=[one for name, one in sheets.items() if name.startswith("报告正文")], own=own,
    )  # fmt: skip


def answer(work: Workplace, draft: str) -> Response:
    """Takes answers."""
    drafting = _drafting(work, draft)
    made, _ = api.redraft(drafting, front=work.front, templates=work.templates, write=False)
    given: dict[str, dict[str, str]] = {}
    for number, sheet in enumerate(made.sheets):
        for place, question in enumerate(sheet.draft.questions):
            value = request.form.get(f"q{number}.{place}", "")
            if value:
                given.setdefault(sheet.key, {})[question.key] = value
    changed = api.answer_drafting(drafting, given)
    api.redraft(changed, front=work.front, templates=work.templates)
    work.notice("答案记下了，表样照它改好了。")
    return go("drafted", draft=draft)


def make(work: Workplace, draft: str) -> Response:
    """Makes the campaign of a draft."""
    drafting = _drafting(work, draft)
    made, problems = api.redraft(drafting, front=work.front, templates=work.templates)
    if problems:
        raise UsageError(f"表样还有 {len(problems)} 处错误，先不能建任务：{problems[0]}")
    from xlsxeval.campaign.creation import CampaignDetails  # openpyxl only for a new campaign

    details = CampaignDetails(drafting.year, drafting.department, advice=ADVICE, roster_only=True)
    api.new_campaign(drafting.folder, made.name, details=details, templates=drafting.own)
    work.notice(f"任务建好了，表样在 {drafting.own}，备份时一起带走。")
    return go("roster", key=work.register(drafting.folder))


def _drafting(work: Workplace, key: str) -> FormDrafting:
    folder: Path | None = work.places.path(key)
    found = None if folder is None else api.drafting_in(folder)
    if found is None:
        abort(404)
    return found
