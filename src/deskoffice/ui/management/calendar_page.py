"""年历: the working days of a year, as deadlines count them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.calendar_page import Ui_CalendarPage
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_files
from deskoffice.ui.jobs import Progress
from deskoffice.usecases import calendars
from deskoffice.usecases.calendars import TakenCalendar, YearCalendar
from deskoffice.usecases.office import Office

FILTER = "放假通知或放假表 (*.xlsx *.csv *.docx *.pdf *.txt *.json)"


class CalendarPage(Page):
    """One year at a time."""

    help_topic = "officers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._year = desk.office.today().year
        self._ui = Ui_CalendarPage()
        self._ui.setupUi(self)
        ui = self._ui
        ui.yearGrid.set_tokens(desk.tokens)
        ui.yearGrid.day_chosen.connect(self._on_day_chosen)
        ui.beforePushButton.clicked.connect(lambda: self._turn(-1))
        ui.afterPushButton.clicked.connect(lambda: self._turn(1))
        ui.bundledPushButton.clicked.connect(self._on_bundled_clicked)
        ui.importPushButton.clicked.connect(
            lambda: choose_files(self.window(), self.tr("案头 · 导入放假安排"), self._take_file, name_filter=FILTER)
        )

    def refresh(self) -> None:
        """Read the year."""
        office, year = self.desk.office, self._year
        self.desk.jobs.run(lambda _: calendars.of_year(office, year), self, done=self._show)

    def _turn(self, years: int) -> None:
        self._year += years
        self.refresh()

    def _show(self, calendar: YearCalendar) -> None:
        ui = self._ui
        ui.yearLabel.setText(self.tr("%1年").replace("%1", str(calendar.year)))
        moved = sum(works for works, _ in calendar.days.values())
        text = (
            self.tr("放假 %1 天，调休上班 %2 天")
            if calendar.is_known
            else self.tr("这一年的放假安排还没有录入，期限按周一至周五算")
        )
        ui.summaryLabel.setText(text.replace("%1", str(len(calendar.days) - moved)).replace("%2", str(moved)))
        ui.yearGrid.show_year(calendar, self.desk.office.today())

    def _on_day_chosen(self, day: date) -> None:
        self._change(lambda office: calendars.toggle(office, day))

    def _on_bundled_clicked(self) -> None:
        year = self._year
        self._change(lambda office: calendars.take_bundled(office, year))

    def _take_file(self, paths: list[Path]) -> None:
        office, path = self.desk.office, paths[0]
        self.desk.jobs.run(
            lambda _: calendars.take_file(office, path.name, path.read_bytes()), self, done=self._on_taken
        )

    def _on_taken(self, taken: TakenCalendar) -> None:
        """The year that the file is of comes into view."""
        self._year = taken.years[0]
        years = "、".join(map(str, taken.years))
        text = self.tr("已导入%1年的放假安排：放假 %2 天，调休上班 %3 天")
        for place, value in enumerate((years, taken.free, taken.worked), start=1):
            text = text.replace(f"%{place}", str(value))
        self.desk.tell(text)
        self.refresh()

    def _change(self, act: Callable[[Office], object]) -> None:
        office = self.desk.office

        def work(progress: Progress) -> None:
            del progress
            act(office)

        self.desk.jobs.run(work, self, done=lambda _: self.refresh())
