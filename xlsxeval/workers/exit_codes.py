"""What the exit code of a worker tells."""

from __future__ import annotations

import signal
import sys

from xlsxeval.workers.protocol import LossReason, Lost

_WINDOWS_CRASHES = {0xC0000005: "访问了不该访问的内存", 0xC00000FD: "栈溢出", 0xC0000017: "内存不够"}


def farewell(code: int | None) -> Lost:
    """Why a worker ended that nobody here ended."""
    if code is not None and code < 0:
        return Lost(LossReason.DIED, f"工作进程被信号 {_name(-code)} 结束{_guess(-code)}")
    if sys.platform == "win32" and code is not None and (crash := code & 0xFFFFFFFF) in _WINDOWS_CRASHES:
        return Lost(LossReason.DIED, f"工作进程崩溃（0x{crash:08X}，{_WINDOWS_CRASHES[crash]}）")
    return Lost(LossReason.DIED, f"工作进程自己退出了（退出码 {code}）")


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _guess(number: int) -> str:
    kill = getattr(signal, "SIGKILL", None)
    return "，多半是系统的内存不够" if number == kill else ""
