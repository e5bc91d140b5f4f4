"""SARIF 2.1.0 (OASIS), for viewers and platforms that gather the results of many checkers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from xlsxeval import __version__
from xlsxeval.forms.settings import RuleSetting
from xlsxeval.model import Finding, FindingState, Fixed, Place, Severity
from xlsxeval.output.characters import encodable
from xlsxeval.output.format import OutputFormat
from xlsxeval.output.records import dump, fingerprint
from xlsxeval.output.words import labelled, values, waiver
from xlsxeval.rules.catalogue import RulePage
from xlsxeval.rules.settings import settings_in_force
from xlsxeval.rules.verdict import Verdict

SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "%SRCROOT%"
_FINGERPRINT = "xlsxeval/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASELINE = {FindingState.NEW: "new", FindingState.OPEN: "unchanged"}


def check_sarif(verdicts: Sequence[Verdict], pages: Mapping[str, RulePage]) -> str:
    """``check --format sarif``: one run. ``pages`` are the rules that were looked for."""
    indexes = {code: index for index, code in enumerate(pages)}
    driver = {
        "name": "xlsxeval",
        "version": __version__,
        "language": "zh-CN",
        "rules": [_rule(page) for page in pages.values()],
    }
    overrides = [_override(setting) for setting in settings_in_force(verdict.settings for verdict in verdicts)]
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "invocations": [{"executionSuccessful": True, "ruleConfigurationOverrides": overrides}],
        "originalUriBaseIds": {_BASE: {"description": {"text": "运行 xlsxeval 时所在的文件夹"}}},
        "artifacts": [_artifact(verdict) for verdict in verdicts],
        "results": [
            result
            for number, verdict in enumerate(verdicts)
            for result in (
                *(_result(finding, verdict, number, indexes) for finding in verdict.findings),
                *(_absent(fixed, verdict, number, indexes) for fixed in verdict.fixed),
            )
        ],
    }
    return dump({"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(page: RulePage) -> dict[str, Any]:
    full = "".join(part for part in (f"{page.title}。", page.why) if part)
    told = [page.why, f"怎么改：{page.fix}" if page.fix else "", f"依据：{page.basis}" if page.basis else ""]
    return {
        "id": page.code,
        "name": page.slug or page.code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": full},
        "help": {"text": "\n".join(part for part in told if part) or page.title},
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
    }


def _artifact(verdict: Verdict) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": _location_of(verdict.path), "roles": ["analysisTarget"]}
    if verdict.sha256:
        artifact["hashes"] = {"sha-256": verdict.sha256}
    facts = {"status": verdict.status}
    if verdict.subject is not None:
        subject = verdict.subject
        facts |= {"campaign": subject.campaign, "edition": subject.edition, "seal": subject.seal_state}
        facts |= {"unitCode": subject.code, "unitName": subject.name}
    return {**artifact, "properties": facts}


def _result(finding: Finding, verdict: Verdict, number: int, indexes: Mapping[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        **_rule_of(finding.code, indexes),
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_location(finding.place, verdict.path, number)],
        "partialFingerprints": {_FINGERPRINT: fingerprint(finding, verdict)},
    }
    related = [place for place in finding.related if place.sheet is not None]
    if related:
        places = enumerate(related)
        result["relatedLocations"] = [{"id": i, **_location(place, verdict.path, number)} for i, place in places]
    if finding.waived is not None:
        told = {"kind": "external", "status": "accepted", "justification": waiver(finding.waived)}
        result["suppressions"] = [told]
    if finding.state is not None:
        result["baselineState"] = _BASELINE[finding.state]
    facts = {name: getattr(finding, name) for name in ("shown", "expected", "working", "label", "severity_set_by")}
    facts |= {"field": finding.place.field, "fix": finding.fix, "basis": finding.basis}
    result["properties"] = {name: value for name, value in facts.items() if value is not None}
    return result


def _absent(fixed: Fixed, verdict: Verdict, number: int, indexes: Mapping[str, int]) -> dict[str, Any]:
    """What an earlier run had found and this one does not."""
    return {
        **_rule_of(fixed.code, indexes),
        "level": _LEVELS[fixed.severity],
        "message": {"text": _literal(labelled(fixed))},
        "locations": [_location(fixed.place, verdict.path, number)],
        "partialFingerprints": {_FINGERPRINT: fixed.fingerprint},
        "baselineState": "absent",
    }


def _rule_of(code: str, indexes: Mapping[str, int]) -> dict[str, Any]:
    return {"ruleId": code, "ruleIndex": indexes[code]} if code in indexes else {"ruleId": code}


def _override(setting: RuleSetting) -> dict[str, Any]:
    """A rule that an edition or a campaign gave another severity, or switched off."""
    configuration: dict[str, Any] = {"enabled": setting.severity is not None}
    if setting.severity is not None:
        configuration["level"] = _LEVELS[setting.severity]
    facts = {"setBy": setting.set_by, "basis": setting.basis}
    return {"descriptor": {"id": setting.code}, "configuration": configuration, "properties": facts}


def _message(finding: Finding) -> str:
    """What, what should be, how it was worked out, what to do: viewers show little more than this."""
    what = labelled(finding)
    said = values(finding)
    parts = [f"{what}（{said}）" if said else what]
    if finding.working:
        parts.append(f"怎么算：{finding.working}")
    return _literal("。".join([*(part.rstrip("。") for part in parts), f"怎么改：{finding.fix}"]))


def _literal(text: str) -> str:
    """The text as a message in which nothing is a placeholder (SARIF 2.1.0, 3.11.5) or a link (3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(place: Place, path: str, number: int) -> dict[str, Any]:
    """The file, and in it the worksheet or the cell, for a workbook has no lines."""
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {**_location_of(path), "index": number}}}
    if place.sheet is not None:
        full = f"{place.sheet}!{place.cell}" if place.cell else place.sheet
        kind = "cell" if place.cell else "worksheet"
        named = {"name": place.cell or place.sheet, "fullyQualifiedName": full, "kind": kind}
        location["logicalLocations"] = [named]
    return location


def _location_of(path: str) -> dict[str, str]:
    """A relative path as a URI below the folder of the run, an absolute one as a file URI; both percent-encoded."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        path = encodable(path)
    pure = PurePath(path)
    if pure.is_absolute():
        return {"uri": pure.as_uri()}
    return {"uri": quote(os.fsencode(pure.as_posix())), "uriBaseId": _BASE}


FORMAT = OutputFormat(
    name="sarif",
    order=50,
    title="{names} 供其他程序读",
    suffixes=(".sarif",),
    begins=r'\{\s*"\$schema": [^\n]*,\s*"version": "2\.1\.0",\s*"runs": \[\s*\{\s*"tool": \{\s*"driver": \{\s*"name": "xlsxeval"',
    write=lambda verdicts, sources: check_sarif(verdicts, sources.rule_pages(verdicts)),
)
