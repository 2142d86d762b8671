"""What was not foreseen goes to the log: the kind of failure and where it happened, never what was in it."""

import logging
import traceback

log = logging.getLogger("deskoffice")


def record(error: BaseException, doing: str) -> None:
    """One log line with the places of the stack; the error's own text may hold content and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    log.error("%s while %s at %s", type(error).__name__, doing, places)
