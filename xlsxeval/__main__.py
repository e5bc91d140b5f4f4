"""``python -m xlsxeval``."""

from xlsxeval.cli import main

main()
