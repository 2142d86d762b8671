"""Backup of the whole vault to a folder, its proof, and the way back."""

from deskoffice.vault.backup_create import BackupResult, create, fingerprint
from deskoffice.vault.backup_drill import drill
from deskoffice.vault.backup_restore import BackupVerdict, restore, verify

__all__ = ["BackupResult", "BackupVerdict", "create", "drill", "fingerprint", "restore", "verify"]
