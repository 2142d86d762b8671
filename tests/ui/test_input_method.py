"""Which way keys take, for the desktops met in offices, and what a password field keeps from every one of them."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from deskoffice.ui import input_method
from deskoffice.ui.input_method import Way, choose, composes

FCITX4 = {"org.freedesktop.DBus", "org.fcitx.Fcitx-0"}
FCITX5 = {"org.freedesktop.DBus", "org.fcitx.Fcitx5", "org.fcitx.Fcitx-0", "org.freedesktop.portal.IBus"}
X11 = {"DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("environment", "names", "way"),
    [
        pytest.param(X11 | {"QT_IM_MODULE": "fcitx"}, FCITX4, Way.BRIDGE, id="Kylin V10 with fcitx 4"),
        pytest.param(X11 | {"QT_IM_MODULE": "fcitx"}, FCITX5, Way.IBUS_PORTAL, id="UOS with fcitx 5"),
        pytest.param(X11 | {"XMODIFIERS": "@im=fcitx"}, FCITX4, Way.BRIDGE, id="only the old variable is set"),
        pytest.param(X11 | {"QT_IM_MODULE": "fcitx"}, {"org.freedesktop.DBus"}, Way.NATIVE, id="fcitx is not running"),
        pytest.param(X11 | {"QT_IM_MODULE": "ibus"}, FCITX5, Way.NATIVE, id="ibus needs no help"),
        pytest.param(X11, FCITX4, Way.NATIVE, id="nothing is asked for"),
        pytest.param({"QT_IM_MODULE": "fcitx"}, FCITX5, Way.NATIVE, id="no screen"),
        pytest.param(X11 | {"WAYLAND_DISPLAY": "w", "QT_IM_MODULE": "fcitx"}, FCITX5, Way.NATIVE, id="Wayland"),
    ],
)
def test_keys_take_the_way_the_desktop_offers(environment, names, way):
    assert choose(environment, lambda: names, has_plugin=False) is way


def test_a_matching_plugin_of_qt_is_preferred():
    assert choose(X11 | {"QT_IM_MODULE": "fcitx"}, lambda: FCITX5, has_plugin=True) is Way.NATIVE


def test_the_portal_is_announced_to_qt_by_its_variables(monkeypatch):
    monkeypatch.setattr(input_method, "_session_bus_names", lambda: FCITX5)
    environment = X11 | {"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "fcitx;ibus"}
    assert input_method.prepare(environment) is Way.IBUS_PORTAL
    assert environment == X11 | {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}


def test_the_choice_survives_the_new_process_of_a_lock(monkeypatch):
    monkeypatch.setattr(input_method, "_session_bus_names", lambda: FCITX5)
    environment = X11 | {"QT_IM_MODULE": "fcitx"}
    input_method.prepare(environment)
    before = dict(environment)
    input_method.prepare(environment)
    assert environment == before


def test_without_a_session_bus_keys_stay_as_they_are(monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    assert input_method.prepare(X11 | {"QT_IM_MODULE": "fcitx"}) is Way.NATIVE


@pytest.mark.parametrize(
    ("mode", "composed"),
    [(QLineEdit.EchoMode.Normal, True), (QLineEdit.EchoMode.Password, False), (QLineEdit.EchoMode.NoEcho, False)],
)
def test_a_password_never_reaches_the_input_method(qtbot, mode, composed):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setEchoMode(mode)
    assert composes(field) is composed


def test_pinyin_in_progress_is_shown_and_not_yet_text(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    qtbot.keyClick(field, Qt.Key.Key_A)
    field.inputMethodEvent(input_method._preedit("zhong"))
    assert (field.text(), field.displayText()) == ("a", "a")
    field.event(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier, "b"))
    assert field.text() == "ab"
