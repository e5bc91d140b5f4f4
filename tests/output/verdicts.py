"""Verdicts as a check gives them, made by hand: every property of a finding comes at least once."""

from __future__ import annotations

from dataclasses import replace

from xlsxeval.forms.settings import RuleSetting
from xlsxeval.model import Finding, FindingState, Fixed, Place, Severity, Waiver
from xlsxeval.output.characters import encodable
from xlsxeval.rules.catalogue import RulePage
from xlsxeval.rules.verdict import Subject, Verdict

PAGES = {
    code: RulePage(code, slug, severity, title, f"{title}的原因。", f"改正{title}。", "依据 [理]")
    for code, slug, severity, title in (
        ("F003", "not-a-workbook", Severity.ERROR, "不是工作簿"),
        ("L101", "execution-rate", Severity.ERROR, "执行率不等于执行数÷预算数"),
        ("S102", "reason-missing", Severity.WARNING, "扣了分没有写原因"),
        ("T101", "formula-replaced", Severity.ERROR, "公式被换成了数"),
        ("V030", "full-width", Severity.INFO, "数字写成了文字"),
    )
}

HOSTILE = (
    '</script><script>document.title="taken"</script>',
    '<img src=x onerror="document.title=1">',
    "]]> & <b>粗</b> \"引号\" 'q'",
    "{{ 7 * 7 }}{% raw %}",
    "控\x00制\x08字\x1b[31m符\x0b\x7f\uffff",
    "孤\ud800立\udfff",
    "行一\n行二\u2028行三",
    "反\u202e向",
)
"""Texts that a unit or the name of a file may hold."""


def finding(code: str = "L101", **changes: object) -> Finding:
    """A finding of a rule of PAGES."""
    page = PAGES[code]
    plain = Finding(
        code=code,
        slug=page.slug,
        severity=page.severity,
        message=page.title,
        fix=page.fix,
        basis=page.basis,
        place=Place("附件2", "G4", "funds.rate"),
        label="执行率",
        shown="100.00%",
        expected="93.48%",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def subject(code: str = "430200101", name: str = "某某局") -> Subject:
    """Whose workbook it is."""
    return Subject(code, name, "shili-2024", "hunan-2024", ("附件1", "附件2", "附件3-1"), None, "verified")


TYPED = tuple(
    finding("T101", place=Place("附件1", f"B{row}", f"line{row}"), label=f"第{row}行", expected=f"=B{row + 20}")
    for row in range(5, 12)
)
RATE = finding(
    working="2113.82 ÷ 2261.16 = 93.48%",
    severity_set_by="edition",
    state=FindingState.NEW,
    related=(Place("附件2", "E4", "funds.executed"),),
)
WAIVED = finding(
    "S102",
    place=Place("附件3-1", "I14", "indicators[3].reason"),
    shown="",
    expected=None,
    waived=Waiver("绩效科", "已在报告正文里说明", "2025-03-01"),
    state=FindingState.OPEN,
)
NOTE = finding(
    "V030", place=Place("附件3-1", "G8", "indicators[1].score"), shown="１０", expected=None, state=FindingState.OPEN
)
FIXED = Fixed(
    "S102",
    Severity.WARNING,
    "扣了分没有写原因",
    "0123456789abcdef",
    Place("附件3-1", "I12", "indicators[1].reason"),
    "偏差原因",
)

FOUND = Verdict(
    "收回/一 局#1%.xlsx",
    "ab" * 32,
    subject(),
    (*TYPED, RATE, WAIVED, NOTE),
    settings=(RuleSetting("L101", Severity.ERROR, "edition", "本市口径"), RuleSetting("V030", None, "campaign")),
    fixed=(FIXED,),
)
CLEAN = Verdict("收回/二局.xlsx", "cd" * 32, subject("430200102", "二局"), ())
REJECTED = Verdict(
    "收回/坏的.xlsx",
    "ef" * 32,
    None,
    (finding("F003", place=Place(), label=None, shown=None, expected=None, message="文件是空的"),),
)
ALL = (FOUND, CLEAN, REJECTED)


def hostile() -> Verdict:
    """A file of which every text is hostile."""
    everything = "".join(HOSTILE)
    who = replace(subject(), name=everything, campaign=everything, forms=(everything,))
    found = [
        finding(
            code="L101",
            message=text,
            label=text,
            shown=text,
            expected=text,
            fix=text,
            basis=text,
            working=text,
            waived=Waiver(text, text, text) if number % 2 else None,
            place=Place(encodable(text), "G4", "f"),
        )
        for number, text in enumerate(HOSTILE)
    ]
    gone = replace(FIXED, message=everything, label=everything, place=Place(everything, "A1", "x"))
    return Verdict(f"收回/{everything}.xlsx", "ab" * 32, who, tuple(found), fixed=(gone,))
