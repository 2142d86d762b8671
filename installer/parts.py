"""What of Qt and Python goes into the bundle: no network, no foreign screens, no QML."""

import re

LEFT_OUT = re.compile(
    # Ways to the network, and screens that others can watch.
    r"Qt6Network|networkinformation|/tls/|libqvnc|tuiotouch|Qt6WebSockets"
    # QML, and what only QML needs.
    r"|Qt6Qml|Qt6Quick|Qt6VirtualKeyboard|virtualkeyboard|/qml/|qmltooling|/designer/|Qt6Designer|Qt6ShaderTools|Qt6Labs"
    # Screens without a desktop; Wayland desktops run X11 programs.
    r"|/generic/|egldeviceintegrations|EglFS|EglFs|libqeglfs|libqlinuxfb|libqvkkhr|libqminimal|[Ww]ayland"
    # The looks and file dialogs of other desktops: theirs keep lists of recent files.
    r"|libqgtk3|libqxdgdesktopportal|libgtk-3|libgdk|libpango|libcairo|libatk|libepoxy"
    # Formats nobody sends, other databases, other languages.
    r"|Qt6Pdf|imageformats/libqpdf|libqicns|libqtga|libqwbmp|libqwebp|sqldrivers|Qt6Sql|/translations/(?!qt(base)?_zh_CN)"
)
NEVER = re.compile(r"Qt6Network|qvnc|tuiotouch|/tls/|Qt6Qml|Qt6Quick|/qml/|WebEngine|libqgtk3|_internal/aiohttp/")
EXCLUDED_MODULES = [
    *(f"PySide6.Qt{part}" for part in ("Network", "Qml", "Quick", "Sql", "Designer", "UiTools", "Help", "Test")),
    "ensurepip",
    "pip",
    "setuptools",
    "tkinter",
]


def is_kept(name: str) -> bool:
    """Whether a file goes into the bundle, by its place there."""
    return not LEFT_OUT.search("/" + name.replace("\\", "/"))


def unwanted(names: list[str]) -> list[str]:
    """Files that must be in no bundle, whatever a later PyInstaller adds."""
    return [name for name in names if NEVER.search("/" + name)]
