"""Traits that two machines must share for their verdicts on a file to be the same."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from xlsxeval import __version__
from xlsxeval.campaign.sent_forms import SentFormStore
from xlsxeval.forms.keys import find_keys
from xlsxeval.intake.identity import Context
from xlsxeval.ledger.definition import campaign_digest
from xlsxeval.limits import Limits
from xlsxeval.workers.far import Traits

_DIGITS = 12


def traits_of(templates: Path, context: Context, limits: Limits) -> Traits:
    """Versions and digests: program, Python, forms, bounds; with a campaign its definition, its key, last year's record."""
    traits = {
        "程序版本": __version__,
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "表样定义": definitions_digest(templates),
        "限额": _digest(repr(limits).encode()),
    }
    campaign = context.campaign
    if campaign is not None and campaign.directory is not None:
        keys = find_keys(campaign.directory)
        last_year = context.last_year
        traits["上年的记录"] = _digest(repr(getattr(last_year, "index", None)).encode())
        traits["任务"] = campaign_digest(campaign)[:_DIGITS]
        forms = SentFormStore(campaign.directory).traces()
        traits["下发的表样"] = _digest(repr(sorted(forms.items())).encode())
        traits["任务密钥"] = _digest(keys.key) if keys else "没有"
    return traits


def definitions_digest(templates: Path) -> str:
    """Digest of all editions, forms and checks of a templates folder."""
    hashed = hashlib.sha256()
    for path in sorted(templates.rglob("*.yaml")):
        hashed.update(f"{path.relative_to(templates).as_posix()}\0".encode())
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()[:_DIGITS]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]
