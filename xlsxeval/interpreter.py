"""What a process of this program asks of Python itself."""

from __future__ import annotations

import atexit
import gc

_THRESHOLDS = (50_000, 20, 100)


def settle() -> None:
    """Looks less often for garbage in circles, and not at all at the end.

    A layout is some hundred thousand objects that live as long as the process. Python's collector goes through them after
    every few thousand new objects, and three times more when the process ends: that was two fifths of the processor time of
    ``check`` on one workbook, and found nothing. What is in no circle is freed at once, as ever.
    """
    gc.set_threshold(*_THRESHOLDS)
    atexit.register(gc.freeze)
