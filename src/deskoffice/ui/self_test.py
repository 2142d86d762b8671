"""Opens the main window on a vault, waits for its first list and takes a picture: what a bundle must be able to do."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from deskoffice.ui import theme
from deskoffice.ui.areas import OPENERS
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.theme import LIGHT
from deskoffice.ui.window import MainWindow
from deskoffice.usecases.office import open_office

PATIENCE_MS = 3000


def grab(folder: Path, login: str, password: str, picture: Path) -> bool:
    """True when the window came up and was saved as a PNG."""
    app = QApplication(["deskoffice"])
    theme.prepare(app)
    theme.wear(app, LIGHT)
    jobs = Jobs(app)
    office = open_office(folder, login, password)
    desk = Desk(office, jobs, tokens=LIGHT, openers=OPENERS, parent=app)
    window = MainWindow(desk)
    window.resize(1366, 768)
    window.show()
    QTimer.singleShot(PATIENCE_MS, app.quit)
    app.exec()
    saved = window.grab().save(str(picture))
    window.close()
    jobs.run(lambda _: office.close(), app, done=lambda _: None)
    jobs.finish()
    return saved
