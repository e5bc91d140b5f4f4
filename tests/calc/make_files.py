"""Makes the workbooks of ``files/`` again: written here, computed and saved by LibreOffice.

python -m tests.calc.make_files
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import xlsxwriter

from tests.calc import libreoffice
from tests.calc.differences import known_difference
from tests.calc.test_libreoffice import agree, documented
from xlsxeval.calc import ExcelError

FILES = Path(__file__).parent / "files"

LINES = (
    ("数量指标", "培训人次", 500, 520, 10), ("数量指标", "印发资料", 2000, 1800, 10), ("质量指标", "合格率", 0.95, 0.97, 15),
    ("时效指标", "按期完成率", 1, 0.9, 15), ("成本指标", "项目成本", 480, 455.37, 20), ("效益指标", "群众满意度", 0.9, 0.925, 20),
)  # fmt: skip
FUNDS = {
    "项目一": (100.1, 120.35, 112.5),
    "项目二": (0.1, 0.2, 0.3),
    "项目三": (35, 0, 0),
    "附件 4": (12.34, 56.78, 50),
}


def write_forms(path: Path) -> None:
    """Self-evaluation forms: rates, scores, totals over worksheets, checks, defined names, dates."""
    book = xlsxwriter.Workbook(path, {"use_future_functions": True})
    total, check = book.add_worksheet("附件1"), book.add_worksheet("自查")
    for name, funds in FUNDS.items():
        sheet = book.add_worksheet(name)
        sheet.write_row("A1", ["年初预算数", "全年预算数", "全年执行数", "执行率", "得分"])
        sheet.write_row("A2", funds)
        sheet.write_formula("D2", '=IF(N(B2)=0,"",ROUND(C2/B2,4))')
        sheet.write_formula("E2", '=IF(D2="","",ROUND(MIN(D2,1)*10,2))')
        for row, line in enumerate(LINES, 4):
            sheet.write_row(row - 1, 0, line)
            sheet.write_formula(f"F{row}", f"=IF(D{row}>=C{row},E{row},ROUND(D{row}/C{row}*E{row},2))")
            sheet.write_formula(f"G{row}", f'=IF(AND(F{row}<E{row},LEN(H{row})=0),"✗ 请说明原因","✓")')
        sheet.write_formula("F10", "=SUM(F4:F9)+N(E2)")
        sheet.write_formula("G10", '=IF(F10>=90,"优",IF(F10>=80,"良",IF(F10>=60,"中","差")))')
    book.define_name("预算合计", "='项目一'!$B$2+'项目二'!$B$2+'项目三'!$B$2")
    book.define_name("附件1!分值", "='项目一'!$E$4:$E$9")
    totals = (
        "SUM(项目一:项目三!B2)", "预算合计", "SUM(分值)", "SUMPRODUCT(分值,'项目一'!F4:F9)/SUM(分值)", "'附件 4'!C2/'附件 4'!B2",
        'TEXT(SUM(项目一:项目三!C2)/预算合计,"0.00%")', "SUMIF('项目一'!A4:A9,\"数量*\",'项目一'!F4:F9)",
        "COUNTIF('项目二'!G4:G9,\"✗*\")",
        "VLOOKUP(\"合格率\",'项目一'!B4:F9,5,FALSE)", "INDEX('项目一'!B4:B9,MATCH(20,分值,0))",
        'HYPERLINK("#附件1!A1","查看")',
        "AVERAGE(项目一:项目三!F10)", "MAX('项目一'!F4:F9 '项目一'!A5:H6)",
        'DATE(2024,12,31)-DATE(2024,1,1)+1',
        'EOMONTH(DATE(2024,1,31),1)', "ROUND(SUM('项目一'!F:F),1)",
        "RANK('项目一'!F10,'项目一'!F4:F10)",
    )  # fmt: skip
    for row, formula in enumerate(totals, 1):
        total.write_formula(row - 1, 0, f"={formula}")
    checks = (
        "IF(ABS('项目一'!A2-100.1)<0.005,\"✓\",\"✗\")", "'项目二'!A2+'项目二'!B2='项目二'!C2", "'项目二'!A2+'项目二'!B2-'项目二'!C2",
        "IF(附件1!A1=预算合计,\"✓\",\"✗\")", 'COUNTIF(A1:A4,"✗")', 'IF(A5=0,"全部通过","还有 "&A5&" 处")',
        'IFERROR(1/N(\'项目三\'!D2),"未执行")',
    )  # fmt: skip
    for row, formula in enumerate(checks, 1):
        check.write_formula(row - 1, 0, f"={formula}")
    check.write_array_formula("C1:C3", "{='项目一'!D4:D6*'项目一'!E4:E6}")
    check.write_array_formula("D1", "{=SUM(('项目一'!E4:E9>10)*'项目一'!F4:F9)}")
    book.close()


def write_functions(path: Path) -> None:
    """The documented cases on which LibreOffice agrees, errors apart."""
    cells, formulas, expected = documented()
    with tempfile.TemporaryDirectory() as folder:
        results = libreoffice.compute(Path(folder), cells, formulas)
    kept = {
        place: formula
        for place, formula in formulas.items()
        if not isinstance(expected[place][0], ExcelError)
        and agree(expected[place][0], results[place])
        and type(expected[place][0]) is type(results[place])
        and known_difference(formula) is None
    }
    libreoffice.write_book(path, cells, kept)


def write_1904(path: Path) -> None:
    """Dates in the 1904 system."""
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet("日期")
    sheet.write_column("A1", [39267, 0, 1.75])
    for row, formula in enumerate(
        ("YEAR(A1)", "MONTH(A1)", "DAY(A1)", "DATE(2011,7,5)", "HOUR(A3)", "EDATE(A1,12)"), 1
    ):
        sheet.write_formula(row - 1, 1, f"={formula}")
    book.close()


def main() -> None:
    """Writes all files."""
    for name, write in (("forms", write_forms), ("functions", write_functions), ("dates-1904", write_1904)):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / f"{name}.xlsx"
            write(source)
            shutil.copy(libreoffice.convert(source, Path(folder)), FILES / source.name)


if __name__ == "__main__":
    main()
