"""Which bounds hold for received files: the program's own, those of the campaign, and the machine's last word."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.yamlfile import suggestion
from xlsxeval.limits import SETTINGS, Limits, setting_fault, with_settings
from xlsxeval.workers import Bounds

VARIABLE = "XLSXEVAL_LIMITS"
_PART = re.compile(r"(?P<name>[a-z_]+)=(?P<value>[0-9]+)")


def limits_for(campaign: Campaign | None) -> Limits:
    """The bounds that hold. Raises UsageError where the environment's word cannot be understood."""
    return with_settings({**(campaign.limits if campaign is not None else {}), **of_environment()})


def bounds_of(limits: Limits) -> Bounds:
    """What one file may take of a worker."""
    return Bounds(limits.seconds, limits.memory_bytes)


def of_environment() -> Mapping[str, int]:
    """What ``XLSXEVAL_LIMITS`` sets (``seconds=60 memory_mb=2048``). Raises UsageError where it cannot be understood."""
    found = {}
    for part in re.split(r"[\s,;]+", os.environ.get(VARIABLE, "").strip()):
        match = _PART.fullmatch(part)
        if match is None and part:
            raise UsageError(f"环境变量 {VARIABLE} 里的「{part}」不对：应写成 seconds=60 这样，几项用空格隔开。")
        if match is None:
            continue
        name, value = match["name"], int(match["value"])
        fault = setting_fault(name, value)
        if fault is not None:
            near = "" if name in SETTINGS else suggestion(name, SETTINGS)
            raise UsageError(f"环境变量 {VARIABLE}：{fault}{near}")
        found[name] = value
    return found
