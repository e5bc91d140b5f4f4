"""What an edition or a campaign makes of a rule: another severity, or off (级别设置)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xlsxeval.errors import Problem
from xlsxeval.forms.schema import SettingSpec
from xlsxeval.forms.yaml_file import Place, suggestion
from xlsxeval.model import Severity

FIRM_FAMILIES = {"F": "文件能不能读", "I": "是谁的表", "T": "锁定的内容改没改", "U": "下级上报的数对不对得上"}
"""Families that nobody sets another severity for: what the other rules say rests on them."""

OFF = "off"
_CODE = re.compile(r"^[A-Z][0-9]{3}$")


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What was set for one rule, by whom (``edition`` or ``campaign``), and why. ``severity`` None: switched off."""

    code: str
    severity: Severity | None
    set_by: str
    basis: str = ""

    @property
    def level(self) -> str:
        """The word for it in YAML and JSON."""
        return OFF if self.severity is None else self.severity.value


Settings = Mapping[str, RuleSetting]
"""By code."""


def is_settable(code: str) -> bool:
    """Whether an edition or a campaign may set the severity of the rule of that code."""
    return bool(_CODE.match(code)) and code[0] not in FIRM_FAMILIES


def settings_from(specs: Mapping[str, SettingSpec], set_by: str) -> Settings:
    """What was written, as values."""
    return {
        code: RuleSetting(code, None if spec.severity == OFF else Severity(spec.severity), set_by, spec.basis)
        for code, spec in sorted(specs.items())
    }


def settings_to_data(settings: Settings) -> dict[str, Any]:
    """Settings as plain data, in the shape in which they are written."""
    return {code: {"severity": one.level, "basis": one.basis} for code, one in settings.items()}


def setting_faults(specs: Iterable[str], place: Place, codes: Iterable[str]) -> list[Problem]:
    """Rules that nobody may set, and codes that do not exist, each at its line."""
    known = sorted(codes)
    problems = []
    for code in specs:
        at = place(["rules", code])
        if code not in known:
            problems.append(at.problem(f"没有「{code}」这条规则{suggestion(code, known)}"))
        elif not is_settable(code):
            about = FIRM_FAMILIES[code[0]]
            problems.append(
                at.problem(
                    f"规则「{code}」说的是{about}，别的核对都以它为准，不能改级别，也不能关（{'、'.join(FIRM_FAMILIES)} 开头的都不能）；"
                    "请删去这一行"
                )
            )
    return problems
