"""The command line of a bundle, as the content of ``xlsxeval.exe``."""

import sys

if __name__ == "__main__":
    from xlsxeval.cli import main

    sys.exit(main())
