"""The severities that edition and campaign set for rules, applied to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from xlsxeval.forms.settings import RuleSetting, Settings
from xlsxeval.model import Finding


def is_off(code: str, settings: Settings) -> bool:
    """Whether the rule or check with this code is switched off."""
    return code in settings and settings[code].severity is None


def apply_settings(findings: Iterable[Finding], settings: Settings) -> Iterator[Finding]:
    """Yields the findings with the severities that were set, without those of rules that are switched off."""
    for finding in findings:
        setting = settings.get(finding.code)
        if setting is None or setting.severity is finding.severity:
            yield finding
        elif setting.severity is not None:
            yield replace(finding, severity=setting.severity, severity_set_by=setting.set_by)


def settings_in_force(all_settings: Iterable[Iterable[RuleSetting]]) -> list[RuleSetting]:
    """The settings of several verdicts, each once, in order of code."""
    found = {setting for settings in all_settings for setting in settings}
    return sorted(found, key=lambda setting: (setting.code, setting.set_by, setting.level))
