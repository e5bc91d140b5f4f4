"""设置 of the roster: severities of rules and bounds on received files; the worksheet is there only where it is used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xlsxeval.forms.campaign import Campaign
from xlsxeval.limits import SETTINGS as LIMITS
from xlsxeval.roster.draft import RosterDraft
from xlsxeval.roster.plan import RosterColumn, RosterTable
from xlsxeval.roster.tables import RosterRow

SETTINGS: Final = "设置"
LEVELS: Final = {"错误": "error", "请核对": "warning", "提示": "info", "不查": "off"}
"""The words for what a rule's findings become, and what campaign.yaml says for them."""
SETTINGS_TABLE: Final = RosterTable(
    SETTINGS,
    (
        RosterColumn("name", "规则或限额", "规则的代码，例如 S102；或者限额的名字，例如 seconds", required=True),
        RosterColumn("value", "设成", f"规则写 {'、'.join(LEVELS)}；限额写整数", "figure", required=True),
        RosterColumn("basis", "依据", "为什么这样设，例如哪次会议、哪个文件；可以不填", width=60),
    ),
    lines=300,
)


def read_settings(draft: RosterDraft, rows: Iterable[RosterRow]) -> None:
    """Puts ``rules`` and ``limits`` into the draft, each marked with its cell."""
    for row in rows:
        if not {"name", "value"} <= set(row.cells):
            return  # the missing header is told
        name = draft.required(row.cells["name"], draft.text(row.cells["name"]), "规则或限额")
        value = row.cells["value"]
        kind = "limits" if name in LIMITS else "rules"
        known = draft.data.setdefault(kind, {})
        if name is None:
            continue
        if name in known:
            draft.fault(row.first, f"「{name}」写了两次，请删去一行")
        draft.mark((kind, name), row.first)
        if kind == "limits":
            number = draft.required(value, draft.number(value, "应为整数"), f"「{name}」的限额")
            if number is not None:
                known[name] = int(number) if number == int(number) else number
            continue
        told = draft.required(value, draft.text(value), f"「{name}」的级别")
        level = LEVELS.get(told or "", told)
        if told is not None and level not in LEVELS.values():
            draft.fault(value, f"级别「{told}」应为 {'、'.join(LEVELS)} 里的一个")
        elif told is not None:
            basis = draft.text(row.cells["basis"]) if "basis" in row.cells else None
            known[name] = {"severity": level, "basis": basis or ""}


def setting_lines(campaign: Campaign) -> list[dict[str, object]]:
    """The lines that say what a campaign sets."""
    words = {level: word for word, level in LEVELS.items()}
    rules: list[dict[str, object]] = [
        {"name": code, "value": words[one.level], "basis": one.basis} for code, one in campaign.settings.items()
    ]
    return [*rules, *({"name": name, "value": value} for name, value in campaign.limits.items())]
