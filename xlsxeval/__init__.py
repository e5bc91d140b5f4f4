"""xlsxeval: locked workbooks, verified returns and Word reports for Chinese budget-performance self-evaluations."""

__version__ = "0.1.0"
