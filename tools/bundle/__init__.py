"""Folders to double-click: the program with its own interpreter for Windows and Linux, an installer, and a wheelhouse.

``python -m tools.bundle --help`` in a checkout lists the parts. Nothing is taken that ``inputs.toml`` or ``wheels.txt`` does not
name with its SHA-256, and the same inputs give the same bytes.
"""
