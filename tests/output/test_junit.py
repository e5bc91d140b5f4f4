"""JUnit: what GitLab and Jenkins read of it."""

from __future__ import annotations

import re

from lxml import etree

from tests.output.verdicts import ALL, CLEAN, FIXED, FOUND, REJECTED, hostile
from xlsxeval.output.formats.junit import check_junit
from xlsxeval.rules.verdict import Verdict


def _root(*verdicts: Verdict) -> etree._Element:
    return etree.fromstring(check_junit(verdicts).encode("utf-8"))


def _cases(suite: etree._Element) -> dict[str, etree._Element]:
    return {case.get("name", ""): case for case in suite.findall("testcase")}


def test_a_suite_a_file_and_a_case_a_worksheet() -> None:
    found, clean, rejected = _root(*ALL)
    assert [suite.get("name") for suite in (found, clean, rejected)] == [verdict.path for verdict in ALL]
    assert list(_cases(found)) == ["某某局 整个文件", "某某局 附件1", "某某局 附件2", "某某局 附件3-1"]
    assert list(_cases(clean)) == ["二局 整个文件", "二局 附件1", "二局 附件2", "二局 附件3-1"]
    assert list(_cases(rejected)) == ["整个文件"]


def test_the_same_worksheets_are_cases_whatever_was_found() -> None:
    """So that a program can tell what newly failed and what was mended."""
    before, after = (_root(Verdict("a.xlsx", "", FOUND.subject, found)) for found in (FOUND.findings, ()))
    assert list(_cases(before[0])) == list(_cases(after[0]))


def test_counts_add_up() -> None:
    root = _root(*ALL)
    for count, path in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error")):
        for suite in root:
            assert int(suite.get(count, "-1")) == len(suite.findall(path))
        assert int(root.get(count, "-1")) == len(root.findall(f"testsuite/{path}"))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("9", "2", "1")


def test_only_errors_that_count_fail_and_the_rest_is_told() -> None:
    cases = _cases(_root(FOUND)[0])
    failure = cases["某某局 附件1"].find("failure")
    assert failure is not None
    assert failure.get("type") == "T101"
    assert "T101×7" in failure.get("message", "")
    assert re.findall(r"T101  (B\d+)", failure.text or "") == [one.place.cell for one in FOUND.findings[:7]]
    light = cases["某某局 附件3-1"]
    assert light.find("failure") is None
    told = light.findtext("system-out") or ""
    assert all(word in told for word in ("V030", "已豁免", "2025-03-01", "已改好", FIXED.code))


def test_a_file_that_cannot_be_read_is_an_error() -> None:
    (suite,) = _root(REJECTED)
    assert [element.tag for element in suite.iter() if element.tag in ("error", "failure")] == ["error"]


def test_jenkins_sees_one_class_and_no_package() -> None:
    names = {case.get("classname", "") for case in _root(*ALL).iter("testcase")}
    assert len(names) == 3
    assert not any("." in name for name in names)


def test_no_text_breaks_the_file() -> None:
    (suite,) = _root(hostile())
    assert "\ufffd" in suite.get("name", "")
    texts = [element.text or "" for element in suite.iter() if element.tag in ("failure", "system-out")]
    assert any("]]> & <b>粗</b>" in text for text in texts)
    assert {element.tag for element in suite.iter()} <= {
        *("testsuite", "properties", "property", "testcase", "failure", "system-out"),
    }


def test_nothing_checked_is_still_a_document() -> None:
    assert _root().get("tests") == "0"
    assert _root(CLEAN).get("failures") == "0"
