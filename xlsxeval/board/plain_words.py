"""What to do next in plain words, for shells that have none of their own: the thing itself, and no command or button."""

from __future__ import annotations

from xlsxeval.board.steps import NextStep, Step

_WORDS = {
    NextStep.COLLECT: "“收回”里有 {0} 份文件还没有收进台账：收表，再看进度",
    NextStep.JUDGE_AGAIN: "{0} 份表是按以前的程序、表样或任务核对的：重新收表，再看进度",
    NextStep.DISTRIBUTE: "{0} 个单位还没有下发：生成表，再发出去",
    NextStep.DISTRIBUTE_AGAIN: "{0} 个单位发的表与现在的任务不同：重新生成再发",
    NextStep.REMIND: "{0} 个单位未报：催报",
    NextStep.CHOOSE: "{0} 个单位有几份不同的表：问清以哪份为准，选定一份",
    NextStep.CHOOSE_FILE: "选定一份，写明理由",
    NextStep.PUT_AWAY: "请单位重报；看过了、不用管的，放到一边",
    NextStep.CHOOSE_FORM: "请选定一种",
    NextStep.RETURN: "{0} 个单位要改：把标注版发回去",
    NextStep.ANNOTATE: "请做标注版",
    NextStep.REVIEW: "{0} 个单位有要核对的：核对后改正，或登记例外",
    NextStep.SEE_TO_ASIDE: "{0} 份文件没有算数：看原因，请单位重报",
    NextStep.ASK_LEVELS: "{0} 个下级没有算数的上报：请它们上报",
    NextStep.MEND_LEVELS: "{0} 个下级的上报有问题：请它们改正后重新上报",
    NextStep.REPORT: "全部齐了：写报告",
    NextStep.FORCE_REPORT: "有错误没有改：先看样子可以写带水印的，要看标在哪里可以写草稿",
    NextStep.FORCE_CONSOLIDATED: "先看样子可以写带水印的",
    NextStep.AWAIT: "把“下发”里的表发给各单位",
    NextStep.SEE_TO: "有的文件要人处理",
    NextStep.SEE_TO_REPORTS: "有的报告没有写：按原因处理",
    NextStep.NOTHING: "全部单位都报齐了，没有错误",
    NextStep.NAME_FILES: "请指定用哪一份",
}


def plain_words(step: Step) -> str:
    """A step as a Chinese clause without a full stop."""
    return _WORDS[step.what].format(step.count)
