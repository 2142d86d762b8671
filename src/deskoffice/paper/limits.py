"""What a child process that parses a stranger's file may use."""

import sys


def limit(*, memory: int, seconds: int, open_files: int) -> None:
    """So many bytes, seconds of processor and open files, no file written, no core left: for good."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_files, open_files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
