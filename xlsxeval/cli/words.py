"""Next steps in the words of a terminal: each step is a command to type."""

from __future__ import annotations

from xlsxeval.board.steps import NextStep, Step, StepWording

_MOST_CODES = 3
_MOST_LEVELS = 5


def wording(campaign: str) -> StepWording:
    """Words the steps of the campaign that commands take as ``campaign``."""

    def worded(step: Step) -> str:
        count = step.count
        match step.what:
            case NextStep.COLLECT:
                return f"“收回”里有 {count} 份文件还没有收进台账：xlsxeval collect {campaign}，再看进度"
            case NextStep.JUDGE_AGAIN:
                return f"{count} 份表是按以前的程序、表样或任务核对的：xlsxeval collect {campaign} 重新核对，再看进度"
            case NextStep.DISTRIBUTE:
                return f"{count} 个单位还没有下发：xlsxeval run {campaign}，再把“下发”里的表发出去"
            case NextStep.DISTRIBUTE_AGAIN:
                codes = " --unit ".join(step.names[:_MOST_CODES]) + (" …" if count > _MOST_CODES else "")
                return (
                    f"{count} 个单位发的表与现在的任务不同：重新生成再发，"
                    f"xlsxeval generate {campaign} -o 新表 --unit {codes}"
                )
            case NextStep.REMIND:
                overdue = f"（{step.late} 个逾期）" if step.late else ""
                return f"{count} 个单位未报{overdue}：催报，xlsxeval remind {campaign} -o 催报"
            case NextStep.CHOOSE:
                record = f"用 xlsxeval collect {campaign} --choose 编号 --reason 理由 选定"
                how = record if step.recorded else "把别的移出“收回”"
                return f"{count} 个单位有几份不同的表：问清以哪份为准，{how}"
            case NextStep.RETURN:
                return f"{count} 个单位要改：把标注版发回去，xlsxeval remind {campaign} -o 催报"
            case NextStep.REVIEW:
                return f"{count} 个单位有要核对的：核对后改正，或登记例外（xlsxeval waive）"
            case NextStep.SEE_TO_ASIDE:
                return f"{count} 份文件没有算数：看原因，请单位重报，或放到一边（xlsxeval dismiss）"
            case NextStep.ASK_LEVELS:
                names = "、".join(step.names[:_MOST_LEVELS]) + ("等" if count > _MOST_LEVELS else "")
                return f"{count} 个下级没有算数的上报（{names}）：请它们运行 xlsxeval submit"
            case NextStep.MEND_LEVELS:
                return f"{count} 个下级的上报有问题：xlsxeval collect 列出是哪些，请它们改正后重新上报"
            case NextStep.REPORT:
                return f"全部单位已报无误：写报告，xlsxeval report {campaign} -o 报告"
            case NextStep.CHOOSE_FILE:
                unit, *part = step.names
                whose = f" --unit {unit}" + "".join(f' --part "{one}"' for one in part)
                return (
                    f'问清单位，写前面的编号选定：xlsxeval collect "{campaign}" --choose {count}{whose} --reason 理由'
                )
            case NextStep.CHOOSE_FORM:
                return "请用 --choose 编号 --unit 单位代码 --part 工作表（或 整份）选定"
            case NextStep.PUT_AWAY:
                return f'请单位重报；看过了、不用管的，放到一边：xlsxeval dismiss "{campaign}" {count} --reason 理由'
            case NextStep.ANNOTATE:
                return "请用 xlsxeval check --annotate 做标注版"
        raise AssertionError(step)

    return worded


def remedy(step: Step) -> str:
    """Text that completes a remark on the same line, with its punctuation: the command to type about it."""
    match step.what:
        case NextStep.COLLECT:
            return "；先运行 xlsxeval collect。"
        case NextStep.JUDGE_AGAIN:
            return f"。先运行 xlsxeval collect {''.join(step.names)}，再看。"
        case NextStep.DISTRIBUTE_AGAIN:
            return "。请重新生成（generate --unit）再发。"
        case NextStep.FORCE_REPORT:
            return "；先看样子可以加 --force，要看标在哪里可以加 --draft"
        case NextStep.FORCE_CONSOLIDATED:
            return "。先看样子可以加 --force。"
        case NextStep.NAME_FILES:
            return "，请用 --from 指定用哪一份"
        case NextStep.CHOOSE:
            return "。先用 xlsxeval collect --choose 选定。"
    raise AssertionError(step)
