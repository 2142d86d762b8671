"""设置: the pages of upkeep behind one entry of the navigation; each person sees those that are theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskoffice._generated.management.settings_page import Ui_SettingsPage
from deskoffice.domain.people import Actor, Role
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.management.accounts import accounts_page
from deskoffice.ui.management.authorities_page import AuthoritiesPage, everybody_in_business
from deskoffice.ui.management.calendar_page import CalendarPage
from deskoffice.ui.management.check_page import CheckPage
from deskoffice.ui.management.declassify_page import declassifies, declassify_page
from deskoffice.ui.management.exchange import partners_page
from deskoffice.ui.management.keys_page import KeysPage
from deskoffice.ui.management.media_page import keeps_media, media_page
from deskoffice.ui.management.names_page import NamesPage
from deskoffice.ui.management.password_page import PasswordPage
from deskoffice.ui.management.persons import persons_page
from deskoffice.ui.management.policy_page import PolicyPage
from deskoffice.ui.management.routes_page import RoutesPage, sets_routes
from deskoffice.ui.management.series import series_page
from deskoffice.ui.management.sessions_page import sessions_page
from deskoffice.ui.management.units import units_page
from deskoffice.ui.turns import Turns
from deskoffice.usecases.settings import UPKEEP


def keeps_up(actor: Actor) -> bool:
    """Who keeps names, units, people, series and calendar."""
    return actor.has(*UPKEEP)


def keeps_accounts(actor: Actor) -> bool:
    """Who makes accounts, and who gives rights."""
    return actor.has(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


def exchanges(actor: Actor) -> bool:
    """Who sends and receives packets."""
    return actor.has(Role.CONFIDENTIAL_CLERK)


def keeps_policy(actor: Actor) -> bool:
    """Who sets the rules of passwords."""
    return actor.has(Role.SECURITY_ADMIN)


def everybody(actor: Actor) -> bool:
    """No role is asked for."""
    del actor
    return True


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of upkeep."""

    title: str
    make: Callable[[Desk], Page]
    seen_by: Callable[[Actor], bool]


TABS = (
    Tab("单位", units_page, keeps_up),
    Tab("人员与职务", persons_page, keeps_up),
    Tab("账号", accounts_page, keeps_accounts),
    Tab("代字与编号", series_page, keeps_up),
    Tab("交换单位", partners_page, exchanges),
    Tab("备份介质", media_page, keeps_media),
    Tab("到期解密", declassify_page, declassifies),
    Tab("流程与时限", RoutesPage, sets_routes),
    Tab("授权与移交", AuthoritiesPage, everybody_in_business),
    Tab("年历", CalendarPage, keeps_up),
    Tab("单位名称", NamesPage, keeps_up),
    Tab("体检", CheckPage, everybody),
    Tab("口令规定", PolicyPage, keeps_policy),
    Tab("密钥与整库", KeysPage, keeps_accounts),
    Tab("登录记录", sessions_page, everybody),
    Tab("修改口令", PasswordPage, everybody),
)


class _Place(QWidget):
    """Where the page of a tab stands, made when it is first turned to: most visits are for one."""

    def __init__(self, desk: Desk, make: Callable[[Desk], Page]) -> None:
        super().__init__()
        self._desk, self._make = desk, make
        self._page: Page | None = None
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)

    def page(self) -> Page:
        if self._page is None:
            self._page = self._make(self._desk)
            box = self.layout()
            assert box is not None  # noqa: S101 - made with the place
            box.addWidget(self._page)
        return self._page


class SettingsPage(Page):
    """Tabs; the page in view is read again each time."""

    help_topic = "officers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_SettingsPage()
        self._ui.setupUi(self)
        self._turns = desk.jobs.join(Turns(self))
        tabs = self._ui.settingsTabWidget
        for tab in TABS:
            if tab.seen_by(desk.actor):
                tabs.addTab(_Place(desk, tab.make), tab.title)
        tabs.currentChanged.connect(self.refresh)

    @property
    def current(self) -> Page:
        """The page in view."""
        return self._place.page()

    @property
    def _place(self) -> _Place:
        place = self._ui.settingsTabWidget.currentWidget()
        assert isinstance(place, _Place)  # noqa: S101 - nothing else is added
        return place

    def show_tab(self, title: str) -> None:
        """Turn to a page by its name."""
        tabs = self._ui.settingsTabWidget
        for at in range(tabs.count()):
            if tabs.tabText(at) == title:
                tabs.setCurrentIndex(at)

    def refresh(self) -> None:
        """Read the page in view."""
        self._turns.begin(self._place.page, self._refresh_current)

    def _refresh_current(self) -> None:
        self.current.refresh()

    def start_new(self) -> None:
        """Ctrl+N of the page in view."""
        self.current.start_new()

    def focus_search(self) -> None:
        """Ctrl+F of the page in view."""
        self.current.focus_search()
