"""`python -m hotline.config SUBCOMMAND`."""

import sys

from hotline.config.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
