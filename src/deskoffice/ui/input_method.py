"""Chinese typing through fcitx 4, fcitx 5 and ibus, which the Qt wheel alone offers only for ibus."""

import os
import sys
from collections import deque
from collections.abc import Callable, Mapping, MutableMapping
from enum import StrEnum
from pathlib import Path

import PySide6
from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSocketNotifier, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QWidget

ANSWER_SECONDS = 1.0
CAPACITY_PREEDIT = 2
INTERFACE = "org.fcitx.Fcitx.InputContext"


class Way(StrEnum):
    """How keys become characters in this session."""

    NATIVE = "native"
    IBUS_PORTAL = "ibus-portal"
    BRIDGE = "bridge"


class BridgeError(Exception):
    """The input method does not answer as fcitx does."""


def choose(environment: Mapping[str, str], bus_names: Callable[[], set[str]], *, has_plugin: bool) -> Way:
    """What the desktop asks for, met with what answers on its message bus."""
    wish = environment.get("QT_IM_MODULE") or environment.get("XMODIFIERS", "").removeprefix("@im=")
    is_x11 = "DISPLAY" in environment and "WAYLAND_DISPLAY" not in environment
    if has_plugin or not is_x11 or not wish.startswith("fcitx"):
        return Way.NATIVE
    names = bus_names()
    if "org.freedesktop.portal.IBus" in names:
        return Way.IBUS_PORTAL
    return Way.BRIDGE if any(name.startswith("org.fcitx.Fcitx-") for name in names) else Way.NATIVE


def prepare(environment: MutableMapping[str, str]) -> Way:
    """Choose and set the variables; to be called before the QApplication is made."""
    if sys.platform != "linux":
        return Way.NATIVE
    way = choose(environment, _session_bus_names, has_plugin=_has_fcitx_plugin())
    if way is Way.IBUS_PORTAL:
        environment.update(QT_IM_MODULE="ibus", IBUS_USE_PORTAL="1")
        environment.pop("QT_IM_MODULES", None)
    return way


def install(application: QApplication, way: Way) -> None:
    """Connect the program to fcitx where Qt cannot; without an answer keys stay as they are."""
    if way is not Way.BRIDGE:
        return
    try:
        FcitxBridge(application, os.environ["DISPLAY"])
    except (BridgeError, OSError):
        return


def composes(widget: QWidget) -> bool:
    """Whether keys typed into this widget go through the input method, which learns them: never those of a password."""
    is_hidden = bool(widget.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText)
    return widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) and not is_hidden


def _has_fcitx_plugin() -> bool:
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    return any(plugins.glob("*fcitx*"))


def _session_bus_names() -> set[str]:
    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    try:
        with open_dbus_connection("SESSION") as connection:
            answer = connection.send_and_get_reply(new_method_call(bus, "ListNames"), timeout=ANSWER_SECONDS)
    except (OSError, KeyError):
        # No session bus, as under a bare X server.
        return set()
    return set(answer.body[0])


class FcitxBridge(QObject):
    """One input context for the whole program, in fcitx 4's own language, which fcitx 5 understands too.

    Lives as long as the application. When fcitx stops answering, the bridge steps aside and keys go straight to Qt.
    """

    def __init__(self, application: QApplication, display: str) -> None:
        super().__init__(application)
        self._application = application
        self._connection: DBusConnection = open_dbus_connection("SESSION")
        name = "org.fcitx.Fcitx-" + display.rsplit(":", 1)[-1].split(".", maxsplit=1)[0]
        server = DBusAddress("/inputmethod", bus_name=name, interface="org.fcitx.Fcitx.InputMethod")
        number = self._call(server, "CreateICv3", "si", ("deskoffice", os.getpid()))[0]
        self._context = DBusAddress(f"/inputcontext_{number}", bus_name=name, interface=INTERFACE)
        # A queue of its own: signals that come while a reply is awaited are dropped otherwise.
        self._signals: deque[Message] = deque()
        rule = MatchRule(type="signal", interface=INTERFACE, path=self._context.object_path)
        Proxy(message_bus, self._connection).AddMatch(rule)
        self._filter = self._connection.filter(rule, queue=self._signals)
        self._call(self._context, "SetCapacity", "u", (CAPACITY_PREEDIT,))
        self._notifier = QSocketNotifier(self._connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_readable)
        application.focusObjectChanged.connect(self._on_focus_changed)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer each key to fcitx first; True when fcitx has taken it."""
        if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        # Without a scan code it is an event of our own.
        if not isinstance(watched, QWidget) or watched is not QApplication.focusWidget() or not event.nativeScanCode():
            return False
        if not composes(watched):
            return False
        try:
            self._tell_cursor(watched)
            is_taken = self._offer(event)
            self._drain()
        except (BridgeError, OSError):
            self._step_aside()
            return False
        return is_taken

    def _offer(self, event: QKeyEvent) -> bool:
        key = (
            event.nativeVirtualKey(),
            event.nativeScanCode(),
            event.nativeModifiers(),
            int(event.type() is QEvent.Type.KeyRelease),
            event.timestamp() & 0xFFFFFFFF,
        )
        return int(self._call(self._context, "ProcessKeyEvent", "uuuiu", key)[0]) > 0

    def _tell_cursor(self, widget: QWidget) -> None:
        rect = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        place = QRectF(rect).toRect()
        corner = widget.mapToGlobal(QPoint(place.x(), place.y()))
        size = (max(1, place.width()), max(1, place.height()))
        self._send("SetCursorRect", "iiii", (corner.x(), corner.y(), *size))

    def _call(self, address: DBusAddress, method: str, signature: str, body: tuple[object, ...]) -> tuple[int, ...]:
        message = new_method_call(address, method, signature, body)
        answer = self._connection.send_and_get_reply(message, timeout=ANSWER_SECONDS)
        if answer.header.message_type is MessageType.error:
            raise BridgeError(method)
        return tuple(answer.body)

    def _send(self, method: str, signature: str = "", body: tuple[object, ...] = ()) -> None:
        self._connection.send(new_method_call(self._context, method, signature or None, body))

    def _on_focus_changed(self, focused: QObject | None) -> None:
        try:
            self._send("FocusOut" if focused is None else "FocusIn")
        except OSError:
            self._step_aside()

    def _on_readable(self) -> None:
        try:
            self._drain()
        except OSError:
            self._step_aside()

    def _drain(self) -> None:
        try:
            while True:
                self._connection.recv_messages(timeout=0)
        except TimeoutError:
            pass
        while self._signals:
            self._show(self._signals.popleft())

    def _show(self, signal: Message) -> None:
        focused = QApplication.focusObject()
        member = signal.header.fields.get(HeaderFields.member)
        if not focused:
            return
        if member == "CommitString":
            commit = QInputMethodEvent()
            commit.setCommitString(signal.body[0])
            QApplication.sendEvent(focused, commit)
        elif member in ("UpdatePreedit", "UpdateFormattedPreedit"):
            pieces = signal.body[0]
            text = pieces if isinstance(pieces, str) else "".join(piece[0] for piece in pieces)
            QApplication.sendEvent(focused, _preedit(text))

    def _step_aside(self) -> None:
        self._notifier.setEnabled(False)
        self._application.removeEventFilter(self)
        self._application.focusObjectChanged.disconnect(self._on_focus_changed)
        self._connection.close()


def _preedit(text: str) -> QInputMethodEvent:
    """The pinyin typed so far, underlined, with the cursor behind it."""
    underlined = QTextCharFormat()
    underlined.setFontUnderline(True)
    kinds = QInputMethodEvent.AttributeType
    return QInputMethodEvent(
        text,
        [
            QInputMethodEvent.Attribute(kinds.TextFormat, 0, len(text), underlined),
            QInputMethodEvent.Attribute(kinds.Cursor, len(text), 1, None),
        ],
    )
