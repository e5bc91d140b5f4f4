"""A process of the program looks for garbage seldom, and not once more at its end."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import atexit, gc
atexit.register(lambda: print(gc.get_freeze_count() > 0))  # what is registered first runs last
from xlsxeval.interpreter import settle
before = gc.get_threshold()[0]
settle()
print(gc.get_threshold()[0] > before, gc.isenabled(), gc.get_freeze_count())
"""


def test_garbage_is_looked_for_seldom_and_not_at_the_end() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "0", "True"]
