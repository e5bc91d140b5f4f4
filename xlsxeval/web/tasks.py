"""Work that takes longer than a page: it runs in a thread, tells its progress, and can be left and come back to."""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import Final

from xlsxeval.errors import LedgerBusyError, XlsxevalError

_AT_ONCE: Final = 3
_KEPT: Final = 50
_MESSAGES: Final = 200


class TaskState(StrEnum):
    """How far a task is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A line of a task's result, with the address of a page about it; ``kind`` is a class name of the style sheet."""

    text: str
    link: str = ""
    kind: str = ""


@dataclass(slots=True)
class Task:
    """A piece of work under way. ``back`` is the address of the page to go on with."""

    number: str
    title: str
    back: str
    campaign: str = ""
    state: TaskState = TaskState.RUNNING
    done: int = 0
    total: int = 0
    what: str = ""
    messages: list[str] = field(default_factory=list)
    lines: list[TaskLine] = field(default_factory=list)
    text: str = ""
    """A message to copy."""
    is_locked_out: bool = False
    """Another run holds the campaign."""

    def progress(self, done: int, total: int, what: str) -> None:
        """Takes note of progress, as ``xlsxeval.api`` tells it."""
        self.done, self.total, self.what = done, total, what

    def tell(self, message: str, step: object = None) -> None:
        """Keeps a message, as ``xlsxeval.api`` tells it; beyond 200 the rest is dropped."""
        if len(self.messages) < _MESSAGES:
            self.messages.append(message)

    def as_data(self) -> dict[str, object]:
        """The task for the page that polls it."""
        lines = [{"text": one.text, "link": one.link, "kind": one.kind} for one in list(self.lines)]
        return {
            "state": self.state.value,
            "done": self.done,
            "total": self.total,
            "what": self.what,
            "messages": list(self.messages),
            "lines": lines,
            "text": self.text,
        }


Work = Callable[[Task], None]


class Tasks:
    """The tasks of this desk. The latest fifty are kept."""

    def __init__(self, log: Callable[[str], None]) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, "desk-task")
        self._lock = Lock()
        self._known: dict[str, Task] = {}
        self._log = log

    def begin(self, title: str, work: Work, back: str, campaign: str = "") -> Task:
        """Starts a piece of work; a user's fault in it becomes its last message, a fault of the program is logged."""
        task = Task(secrets.token_hex(8), title, back, campaign)
        with self._lock:
            self._known[task.number] = task
            over = [one for one in self._known.values() if one.state is not TaskState.RUNNING]
            for old in over[: max(len(self._known) - _KEPT, 0)]:
                del self._known[old.number]
        self._threads.submit(self._run, task, work)
        return task

    def get(self, number: str) -> Task | None:
        """The task of that number, None where it is not known any more."""
        return self._known.get(number)

    def running(self, campaign: str | None = None) -> list[Task]:
        """Tasks that run now: all, or those of a campaign."""
        tasks = list(self._known.values())
        return [one for one in tasks if one.state is TaskState.RUNNING and campaign in (None, one.campaign)]

    def close(self) -> None:
        """Waits for running tasks and takes no more."""
        self._threads.shutdown(wait=True)

    def _run(self, task: Task, work: Work) -> None:
        try:
            work(task)
            task.state = TaskState.DONE
        except XlsxevalError as error:
            task.is_locked_out = isinstance(error, LedgerBusyError)
            self._failed(task, str(error))
        except OSError as error:
            self._failed(task, f"读写文件失败：{error.strerror or error}。请检查磁盘空间和权限，再试一次。")
        except Exception as error:
            self._log(traceback.format_exc())
            self._failed(task, f"程序内部错误（{type(error).__name__}）。详情记在日志里；收到的文件都还在。")

    @staticmethod
    def _failed(task: Task, message: str) -> None:
        task.messages.append(message)
        task.state = TaskState.FAILED
