"""The folders of a campaign that people see."""

SENT = "下发"
RETURNED = "收回"
RESULTS = "结果"
ANNOTATED = "标注版"
"""In the results: the annotated workbooks that go back to the units."""
