"""汇总: what the returns of a campaign come to, and the workbook that shows it, with live formulas and charts.

``figures_of`` takes the numbers out of one return, ``summarise`` puts the campaign together, ``summary_bytes`` writes it.
"""

from xlsxeval.rollup.book import summary_bytes
from xlsxeval.rollup.definition import SummaryDefinition, load_definition, summary_faults
from xlsxeval.rollup.figures import Figures, figures_of
from xlsxeval.rollup.summarising import summarise
from xlsxeval.rollup.summary import Return, Summary

__all__ = [
    "Figures",
    "Return",
    "Summary",
    "SummaryDefinition",
    "figures_of",
    "load_definition",
    "summarise",
    "summary_bytes",
    "summary_faults",
]
