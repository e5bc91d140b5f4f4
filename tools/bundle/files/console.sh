#!/bin/sh
# The command line of the bundle.
here=$(dirname "$(readlink -f "$0")")
PYTHONPATH="$here/@APP@" exec "$here/python/bin/python3" -s -m xlsxeval "$@"
