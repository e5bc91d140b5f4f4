"""Compiles a folder of modules with the interpreter that runs this; told where the code goes: beside (as in a zip) or ``__pycache__``.

Code is kept under the digest of its source and not compared with it at import: unpacking gives files times of another zone.
"""

import importlib.util
import os
import py_compile
import sys

folder, place = sys.argv[1:]
for path, folders, names in os.walk(folder):
    folders.sort()
    for name in sorted(names):
        if not name.endswith(".py"):
            continue
        source = os.path.join(path, name)  # noqa: PTH118 - the interpreter has been started for this alone
        told = os.path.relpath(source, folder).replace(os.sep, "/")
        target = f"{source}c" if place == "beside" else importlib.util.cache_from_source(source)
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        try:
            py_compile.compile(source, target, told, doraise=True, invalidation_mode=mode)
        except py_compile.PyCompileError as error:
            sys.stderr.write(f"{told}: {error.msg}\n")
