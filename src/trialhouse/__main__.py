"""`python -m trialhouse` is the command line."""

import sys

from trialhouse.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
