"""The folders of a campaign that people see."""

SENT = "下发"
RETURNED = "收回"
RESULTS = "结果"
