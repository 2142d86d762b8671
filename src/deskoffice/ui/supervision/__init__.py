"""Pages and dialogs of chased tasks."""
