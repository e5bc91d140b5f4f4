"""The rules, held against case files and against a workbook that is tampered with cell by cell."""
