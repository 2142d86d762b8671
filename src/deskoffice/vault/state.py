"""Where the program keeps what must lie outside a vault: a folder of the person in the operating system."""

import os
from pathlib import Path


def state_folder() -> Path:
    """$XDG_STATE_HOME/deskoffice, or what stands for it on this system; it may not exist yet."""
    state = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".local" / "state")
    return Path(state) / "deskoffice"
