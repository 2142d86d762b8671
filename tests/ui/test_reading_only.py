"""In a vault that takes no writing every act is out of use and says why; what only shows something is not."""

import factories
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from sitting import Sitting
from vault.boxes import SOAK

from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.ui.management.settings_page import SettingsPage
from deskoffice.ui.reading_only import only_shows
from deskoffice.ui.tree import descendants
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.messages import sentence

REASON = EnvironmentFailure("disk_read_only")
SHOWING = {
    *("去向", "责任倒查(&D)", "打开这一件(&O)", "看这份文件(&O)", "登记信息 ▾", "大窗口", "适宽", "放大", "缩小"),
    *(
        "看督办事项",
        "看会议",
        "打开",
        "今天",
        "‹ 上一段",
        "下一段 ›",
        "‹",
        "›",
        "知道了",
        "看全部",
        "启用文件",
        "再看更早的",
    ),
    *("校验全部日志", "核对核对点…", "审计要点…", "导出核对值…", "验证一套备份…", "从备份恢复…", "开始体检", "停止"),
}
"""What may still be clicked on the pages, chips apart."""
SOME = ("incoming", "copies", "decisions", "meeting_plan", "settings")
SEATS = [
    ("wangli", () if SOAK else SOME),
    ("sysadmin", () if SOAK else ("backup", "settings")),
    ("auditor", () if SOAK else ("log",)),
]


@pytest.fixture
def sitting(qtbot, office):
    made = Sitting(qtbot, office)
    yield made
    made.get_up()


def pages(window, sitting, areas):
    """Every page of this person, the tabs of 设置 included."""
    for key in areas or window.area_keys:
        window.open_area(key)
        sitting.rest()
        page = window.page
        tabs = page._ui.settingsTabWidget if isinstance(page, SettingsPage) else None
        for at in range(tabs.count() if tabs else 1):
            if tabs:
                tabs.setCurrentIndex(at)
                sitting.rest()
            yield page


def in_use(page) -> set[str]:
    shown = (button for button in descendants(page, QPushButton) if button.isVisible() and button.isEnabled())
    return {button.text().split("  ")[0] for button in shown if button.property("role") != "chip"}


@pytest.mark.parametrize(("login", "areas"), SEATS)
def test_no_page_has_an_act_in_use_and_each_says_why(sitting, office, login, areas, monkeypatch):
    incoming.register(office, factories.incoming_draft())
    opened = factories.log_in(office, login)
    monkeypatch.setattr(factories, "log_in", lambda *_: opened)
    opened.vault.database.refusal, opened.vault.database.is_read_only = REASON, True
    window = sitting.sit_down(login)
    refused = 0
    for page in pages(window, sitting, areas):
        assert in_use(page) <= SHOWING
        for button in descendants(page, QPushButton):
            if button.isVisible() and not only_shows(button):
                refused += 1
                assert button.toolTip() == button.accessibleDescription() == sentence(REASON)
        sitting._qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert window._ui.messageFrame.text == sentence(REASON)
        assert QApplication.activeModalWidget() is None
    assert refused > 1
    assert "磁盘只能读" in window._ui.noticeFrame.text
