"""What the bundle's program runs: the command line, or one of its own modules in a limited child process."""

import runpy
import sys

from deskoffice.cli import main

if __name__ == "__main__":
    # Started by ourselves as `sys.executable -m deskoffice.…`, which a bundle does not understand by itself.
    if sys.argv[1:2] == ["-m"] and sys.argv[2].startswith("deskoffice."):
        sys.argv = sys.argv[2:]
        runpy.run_module(sys.argv[0], run_name="__main__")
        sys.exit(0)
    sys.exit(main())
