"""管理: the pages that keep units, people, numbers, calendar, backups, log and archive."""
