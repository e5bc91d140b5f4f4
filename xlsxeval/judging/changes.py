"""Changes that a campaign made to a unit after its form was sent."""

from __future__ import annotations

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.intake.submission import Submission


def changes_since(submission: Submission, campaign: Campaign | None) -> list[str]:
    """Changes in the campaign since the form of a submission was made, in Chinese; none where the seal is broken."""
    if campaign is None or submission.identity.seal_state == "broken":
        return []
    today = campaign.unit(submission.unit.code)
    return [] if today is None else unit_changes(submission.unit, today)


def unit_changes(then: Unit, now: Unit) -> list[str]:
    """Changes between two definitions of a unit, in Chinese."""
    found = []
    if then.name != now.name:
        found.append(f"单位名称改过：发表时是“{then.name}”，现在是“{now.name}”")
    before, today = ([project.name for project in unit.projects] for unit in (then, now))
    if added := [name for name in today if name not in before]:
        found.append(f"发表以后任务里加了项目：{'、'.join(added)}")
    if gone := [name for name in before if name not in today]:
        found.append(f"发表以后任务里去掉了项目：{'、'.join(gone)}")
    if then.forms != now.forms:
        found.append("发表以后任务里改了这个单位要填的表")
    if _given(then) != _given(now):
        found.append("发表以后任务里改了给定的数或指标")
    return found


def _given(unit: Unit) -> str:
    """Given dates and numbers as text, written alike whether they come from a seal or from the campaign."""
    return _plain([unit.given, [(project.name, project.given) for project in unit.projects]])


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_plain(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_plain, value)) + "]"
    return str(value)
