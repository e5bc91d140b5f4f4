"""汇总: what the returns of a campaign come to, and the workbook that shows it, with live formulas and charts.

``figures_of`` takes the numbers out of one return, ``summarise`` puts the campaign together, ``summary_bytes`` writes it.
"""

from typing import TYPE_CHECKING

from xlsxeval.late_names import late_names

if TYPE_CHECKING:
    from xlsxeval.rollup.book import summary_bytes
    from xlsxeval.rollup.definition import SummaryDefinition, load_definition, summary_faults
    from xlsxeval.rollup.figures import Figures, figures_of, joined
    from xlsxeval.rollup.handed_up import Handed, handed
    from xlsxeval.rollup.summary import LeftOut, LowerLine, Return, Summary
    from xlsxeval.rollup.summation import summarise

__all__ = [
    "Figures",
    "Handed",
    "LeftOut",
    "LowerLine",
    "Return",
    "Summary",
    "SummaryDefinition",
    "figures_of",
    "handed",
    "joined",
    "load_definition",
    "summarise",
    "summary_bytes",
    "summary_faults",
]

__getattr__ = late_names(
    __name__,
    book=("summary_bytes",),
    definition=("SummaryDefinition", "load_definition", "summary_faults"),
    figures=("Figures", "figures_of", "joined"),
    handed_up=("Handed", "handed"),
    summary=("LeftOut", "LowerLine", "Return", "Summary"),
    summation=("summarise",),
)
