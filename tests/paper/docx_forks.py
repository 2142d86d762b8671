"""Feeds Word files to a fresh, limited copy of the reading child each, which is forked and not started anew.

Files come on standard input, each behind its length in eight bytes; for each a line of JSON comes back: what the copy
answered, or how it died. The copy has the limits and the code of the child that the program starts.
"""

import json
import os
import select
import signal
import sys

from deskoffice.paper.docx_child import answer, close_in

SECONDS = 10


def told(data: bytes) -> dict[str, object]:
    """The answer of a copy that has read the file, or its death."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(data, writing)
    os.close(writing)
    said = b""
    while select.select([reading], [], [], SECONDS)[0] and (piece := os.read(reading, 1 << 20)):
        said += piece
    hangs = not os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT | (0 if said else os.WNOHANG))
    if hangs:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    return json.loads(said) if status == 0 and said else {"died": "hangs" if hangs else str(status)}


def _be_the_child(data: bytes, writing: int) -> None:
    status = 1
    try:
        close_in()
        said = json.dumps(answer(data)).encode()
        while said:
            said = said[os.write(writing, said) :]
        status = 0
    finally:
        os._exit(status)


def main() -> None:
    """Answer each file until there are no more."""
    while size := sys.stdin.buffer.read(8):
        sys.stdout.write(json.dumps(told(sys.stdin.buffer.read(int.from_bytes(size, "big")))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
