"""Workbooks in which more was changed than the cells to fill in, and those that another program saved."""

from __future__ import annotations

from tests.support.made import spoiling
from tests.support.made.kinds.base import BOTH, Case, check, done, errors, kind
from tests.support.rewriting import as_excel_writes, as_wps_writes, by_openpyxl, with_shared_formulas


@kind("执行率打成100%，公式没有了", errors("L101", "T101"), share=4)
def rate_typed_over(case: Case) -> None:
    case.put(case.unit.file, case.unit.book({"附件2!funds.rate": 1.0}))


@kind("总分打成100分，公式没有了", errors("L116", "T101"), share=3)
def total_typed_over(case: Case) -> None:
    case.put(case.unit.file, case.unit.book({"附件2!total.score": 100.0}))


@kind("表头的万元改成了元", errors("T132"), share=3)
def heading_changed(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(spoiling.retexted(book.data, "附件2", "C3", "年初预算数\n（元）")))


@kind("中间插入一行", errors("T110"), share=3)
def row_inserted(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(spoiling.with_row(book.data, "附件2", 15)))


@kind("工作表改名", errors("T120"), share=3)
def sheet_renamed(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(spoiling.renamed_sheet(book.data, "附件2", "整体支出自评")))


@kind("撤销了工作表保护", done("T001"), share=3)
def protection_removed(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(spoiling.unprotected(book.data, "附件2")))


@kind("隐藏了一行", check("T130"))
def row_hidden(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(spoiling.hidden_row(book.data, "附件2", 14)))


@kind("多了一张工作表", check("T122", sheets={"附件2": "done"}))
def sheet_added(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(spoiling.with_sheet(book.data, "底稿")))


@kind("印章页删了，由文档属性认出", errors("I020", sheets={"附件2": "done"}))
def seal_removed(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(spoiling.without_seal(book.data, property_too=False)))


@kind("打开后另存过（脚本）", done("C001"), share=3)
def saved_by_a_script(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(by_openpyxl(book.data)))


@kind("用 WPS 存过", done(), share=6)
def saved_by_wps(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(as_wps_writes(book.data)))


@kind("用 Excel 存过", done(), share=6, forms=BOTH)
def saved_by_excel(case: Case) -> None:
    book = case.unit.book()
    case.put(case.unit.file, book.spoilt(with_shared_formulas(as_excel_writes(book.data))))
