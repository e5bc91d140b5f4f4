"""Examiners that some files bring down, to be sent to worker processes."""

from __future__ import annotations

import os
import time
from typing import Any

from xlsxeval.collection.examination import Examiner, PartsTogether, Question
from xlsxeval.judging.assessment import ArchivedFile
from xlsxeval.workers import Bounds


class Fragile(Examiner):
    """Does what a file's name says, else its work; within little time and memory."""

    fails_together = False

    @property
    def bounds(self) -> Bounds:
        return Bounds(seconds=2, memory_bytes=400 << 20)

    def __call__(self, task: Question) -> Any:
        if isinstance(task, PartsTogether) and self.fails_together:
            raise ZeroDivisionError
        if isinstance(task, ArchivedFile):
            match task.name:
                case "睡.xlsx":
                    time.sleep(600)
                case "死.xlsx":
                    os._exit(3)
                case "吃.xlsx":
                    return len([bytes(1 << 20) + b"1" for _ in range(100_000)])
                case "错.xlsx":
                    raise ZeroDivisionError
        return super().__call__(task)
