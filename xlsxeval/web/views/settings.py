"""Settings of a campaign: deadline, severities of rules, limits; written into the file that it is read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import Response, request

from xlsxeval import api
from xlsxeval.errors import UsageError
from xlsxeval.forms.settings import is_settable
from xlsxeval.limits import SETTINGS, Limits
from xlsxeval.web.pages import go, page
from xlsxeval.web.seen import shown, unchanged
from xlsxeval.web.views.campaigns import asked_date
from xlsxeval.web.workplace import Workplace

_SHOWN: Final[Mapping[str, Callable[[Workplace, str], str]]] = {
    "deadline": lambda work, key: shown(work.campaign(key).campaign.deadline),
    "rules": lambda work, key: shown(sorted(work.campaign(key).campaign.settings.items())),
    "limits": lambda work, key: shown(sorted(work.campaign(key).campaign.limits.items())),
}
"""What each form replaces."""


def settings(work: Workplace, key: str) -> str:
    """What is set, and what may be."""
    from xlsxeval.roster.setting_lines import LEVELS  # openpyxl only where settings are looked at

    opened = work.campaign(key)
    campaign, edition = opened.campaign, opened.edition
    rules = api.rules([edition.id], templates=work.templates)
    settable = {code: rule.title for code, rule in rules.items() if is_settable(code)}
    limits = [(one, campaign.limits.get(one.name), one.of(Limits())) for one in SETTINGS.values()]
    made = {**edition.settings, **campaign.settings}
    seen = {name: one(work, key) for name, one in _SHOWN.items()}
    values = {"campaign": campaign, "shown": seen, "rules": settable, "made": made, "levels": LEVELS, "limits": limits}
    return page(work, "settings", title="设置", key=key, step="roster", rule=request.args.get("rule", ""), **values)


def set_deadline(work: Workplace, key: str) -> Response:
    """Takes the deadline."""
    deadline = asked_date("deadline")
    if deadline is None:
        raise UsageError("没有写日期。请写成 2025-05-31 这样。")
    with unchanged(lambda: _SHOWN["deadline"](work, key)):
        api.set_deadline(work.folder(key), deadline)
    work.notice(f"上报期限改为 {deadline.year}年{deadline.month}月{deadline.day}日。已经下发的表上还是原来的日期。")
    return go("settings", key=key)


def set_severity(work: Workplace, key: str) -> Response:
    """Takes what a rule's findings become."""
    code = request.form.get("rule", "").strip().partition(" ")[0].upper()
    level, basis = request.form.get("level", ""), request.form.get("basis", "").strip()[:200]
    if code not in api.rules([work.campaign(key).edition.id], templates=work.templates):
        raise UsageError(f"没有“{code}”这条规则。请从列表里选，或到“帮助”里找。")
    with unchanged(lambda: _SHOWN["rules"](work, key), basis):
        api.set_severity(work.folder(key), code, level or None, basis)
    work.notice(f"{code} 的级别已经写进任务的文件。新收的表按它核对；收过的，在“汇总与报告”点“全部做一遍”重新核对。")
    return go("settings", key=key)


def set_limits(work: Workplace, key: str) -> Response:
    """Takes the bounds on received files; a blank one is the default again."""
    told = {name: request.form.get(name, "").strip() for name in SETTINGS}
    wrong = [SETTINGS[name].label for name, value in told.items() if value and not value.isdecimal()]
    if wrong:
        raise UsageError(f"“{wrong[0]}”要写整数，没有改。请只写数字，例如 60；空着就用程序自己的。")
    with unchanged(lambda: _SHOWN["limits"](work, key)):
        api.set_limits(work.folder(key), {name: int(value) if value else None for name, value in told.items()})
    work.notice("限额已经写进任务的文件。")
    return go("settings", key=key)
