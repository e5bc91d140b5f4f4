"""JUnit XML as GitLab and Jenkins read it: a test suite a file, a test case a worksheet.

Worksheets and not rules are the test cases, for they are the same in every run: so both programs can tell what newly
failed and what was mended. What is an error fails its worksheet; the rest stands in its system-out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from xlsxeval.model import Finding, Severity
from xlsxeval.output.characters import for_xml
from xlsxeval.output.format import OutputFormat
from xlsxeval.output.groups import by_sheet
from xlsxeval.output.words import FIXED, MARKS, WHOLE_FILE, labelled, marks, values
from xlsxeval.rules.verdict import Verdict


def check_junit(verdicts: Sequence[Verdict]) -> str:
    """``check --format junit``."""
    root = etree.Element("testsuites", name="xlsxeval check")
    for verdict in verdicts:
        _suite(root, verdict)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    body: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return body.decode("utf-8")


def _suite(root: etree._Element, verdict: Verdict) -> None:
    suite = etree.SubElement(root, "testsuite", name=for_xml(verdict.path))
    _properties(suite, verdict)
    sheets = by_sheet(verdict.findings)
    forms = verdict.subject.forms if verdict.subject else ()
    fixed = (one.place.sheet for one in verdict.fixed)
    known = dict.fromkeys([None, *forms, *sheets, *fixed])
    cases = [_case(suite, verdict, sheet, sheets.get(sheet, [])) for sheet in known]
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", str(sum(case.find("error") is not None for case in cases)))
    suite.set("time", "0")


def _properties(suite: etree._Element, verdict: Verdict) -> None:
    facts = {"sha256": verdict.sha256, "status": verdict.status}
    if verdict.subject is not None:
        subject = verdict.subject
        facts |= {"unit": subject.code, "campaign": subject.campaign, "edition": subject.edition}
        facts["seal"] = subject.seal_state
    listed = etree.SubElement(suite, "properties")
    for name, value in facts.items():
        etree.SubElement(listed, "property", name=name, value=for_xml(value))


def _case(suite: etree._Element, verdict: Verdict, sheet: str | None, findings: Sequence[Finding]) -> etree._Element:
    unit = f"{verdict.subject.name} " if verdict.subject else ""
    case = etree.SubElement(suite, "testcase")
    case.set("classname", for_xml(verdict.path.replace(".", "_")))  # Jenkins takes what a dot parts for packages
    case.set("name", for_xml(f"{unit}{sheet or WHOLE_FILE}"))
    case.set("file", for_xml(verdict.path))
    case.set("time", "0")
    rejected = verdict.status == "rejected"
    grave = [f for f in findings if rejected or (f.severity is Severity.ERROR and f.waived is None)]
    if grave:
        kind = "error" if rejected else "failure"
        _told(etree.SubElement(case, kind, message=_headline(grave), type=grave[0].code), map(_lines, grave))
    rest = [_lines(finding) for finding in findings if finding not in grave]
    rest += [f"✓ {FIXED} {one.code}  {labelled(one)}" for one in verdict.fixed if one.place.sheet == sheet]
    if rest:
        _told(etree.SubElement(case, "system-out"), rest)
    return case


def _headline(findings: Sequence[Finding]) -> str:
    """``3 处错误：T101×2、L101×1``."""
    codes = Counter(finding.code for finding in findings)
    return f"{len(findings)} 处错误：" + "、".join(f"{code}×{count}" for code, count in codes.most_common())


def _told(element: etree._Element, told: Iterable[str]) -> None:
    element.text = for_xml("\n" + "\n".join(told) + "\n")


def _lines(finding: Finding) -> str:
    where = f"{finding.place.cell} " if finding.place.cell else ""
    head = f"{MARKS[finding.severity]} {finding.code}  {where}{labelled(finding)}"
    head += "".join(f"〔{mark}〕" for mark in marks(finding))
    rest = [values(finding), f"怎么算：{finding.working}" if finding.working else "", f"怎么改：{finding.fix}"]
    return "\n".join([head, *(f"    {line}" for line in rest if line)])


FORMAT = OutputFormat(
    name="junit",
    order=60,
    title="{names} 供其他程序读",
    suffixes=(".xml",),
    begins=r'<\?xml [^>]*\?>\s*<testsuites name="xlsxeval check"',
    write=lambda verdicts, _: check_junit(verdicts),
)
